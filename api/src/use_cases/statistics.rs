//! Figures of a region: checks the scope, counts, and words every figure with its definition.
//!
//! Nobody counts what he cannot list: the counts stand under the same condition as the lists. Ratings
//! count only once settled; few of them are shown to nobody but those who read every form.
//!
//! Figures as of a past day are put together from the trail, so that they are the same whenever they are asked for.

mod answer;
pub mod behind;
mod told;

pub use told::{AgencyStatistics, CategoryOutcomes, Count, Metric, Statistics, YearStatistics};

use crate::access;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{AppError, AppResult};
use crate::repo::statistics as counts;
use answer::Answer;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::actor::Actor;
use domain::figures::ScopeWords;
use domain::ids::{OrganizationId, RegionId};
use domain::language::Language;
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::rules::calendar::Calendar;
use domain::rules::legal_day::{day_begins, legal_day, plausible};
use domain::vocabulary::{AssignmentRole, Institution, RegionLevel, SubmissionKind};
use std::collections::HashSet;

/// The first and the last handling year that can be asked for.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// How many years can be asked for at once.
const MOST_YEARS: usize = 20;

/// Of which matters figures are asked for (统计口径).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StatisticsScope {
    /// The region.
    pub region_id: RegionId,
    /// The handling years, in the order of the answer.
    pub handling_years: Vec<i32>,
    /// These kinds alone.
    pub kinds: Option<Vec<SubmissionKind>>,
    /// These levels of origin alone.
    pub origin_levels: Option<Vec<RegionLevel>>,
    /// Matters with agencies in these parts alone.
    pub roles: Option<Vec<AssignmentRole>>,
    /// Matters of this agency alone.
    pub agency_id: Option<OrganizationId>,
    /// Matters of this institution alone.
    pub institution: Option<Institution>,
    /// As they stood at the end of this day; none for now.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
}

/// Who asks, when, and in which language he is answered.
#[derive(Clone, Debug)]
pub struct Asker<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When: the figures are as of this instant.
    pub now: DateTime<Utc>,
    /// In which language.
    pub language: Language,
}

/// The figures of this scope as of now.
///
/// # Errors
/// `BAD_INPUT` for years out of range, too many or twice, and for empty lists; a refusal for a day to come;
/// `NOT_FOUND` for another
/// region and for what is no agency of the region; `FORBIDDEN` for an agency that asks about another one.
pub async fn compute(cx: &Cx, scope: StatisticsScope) -> AppResult<Statistics> {
    let asker = Asker { actor: &cx.actor, now: cx.now(), language: cx.language() };
    let scope = admit(&asker, scope)?;
    let calendar = cx.deps().rules.calendar(cx.db().reader(), cx.actor.region_id).await?;
    figures(cx.db(), &calendar, &asker, scope).await
}

/// The same over a given database and calendar, without the rest of a request.
pub async fn compute_with(
    db: &Db,
    calendar: &Calendar,
    asker: &Asker<'_>,
    scope: StatisticsScope,
) -> AppResult<Statistics> {
    let scope = admit(asker, scope)?;
    figures(db, calendar, asker, scope).await
}

/// Checks right and scope, and narrows the scope to what this person may ask about.
fn admit(asker: &Asker<'_>, scope: StatisticsScope) -> AppResult<StatisticsScope> {
    let _permit = access::authorize_at_large(asker.actor, Action::ReadStatistics)?;
    check(&scope)?;
    if let Some(day) = scope.as_of {
        plausible(day).map_err(|refusal| refusal.at("scope.asOf"))?;
        if day > legal_day(asker.now) {
            return Err(Refusal::InFuture.at("scope.asOf").into());
        }
    }
    if scope.region_id != asker.actor.region_id {
        return Err(AppError::NotFound);
    }
    Ok(StatisticsScope { agency_id: agency(asker.actor, scope.agency_id)?, ..scope })
}

async fn figures(db: &Db, calendar: &Calendar, asker: &Asker<'_>, scope: StatisticsScope) -> AppResult<Statistics> {
    let (question, agency) = question(db, asker, &scope).await?;
    let (as_of, until) = (question.as_of, question.until);
    let counted = counts::count(db, &question).await?;
    let words = ScopeWords {
        handling_years: scope.handling_years.clone(),
        kinds: scope.kinds.clone(),
        origin_levels: scope.origin_levels.clone(),
        roles: scope.roles.clone(),
        agency,
        institution: scope.institution,
        as_of,
        past: until.is_some(),
    };
    let at = until.map_or(asker.now, |until| until - TimeDelta::milliseconds(1));
    Ok(Answer { at, scope: &scope, asker, counted: &counted, calendar, words: &words }.statistics())
}

/// What is to be counted, and the name of the agency to which it is narrowed.
async fn question(
    db: &Db,
    asker: &Asker<'_>,
    scope: &StatisticsScope,
) -> AppResult<(counts::Question, Option<String>)> {
    let today = legal_day(asker.now);
    let as_of = scope.as_of.unwrap_or(today);
    // What is to come is refused; today is still going on, so that its present state is the one at its end so far.
    let until = (as_of < today).then(|| day_begins(as_of.succ_opt().unwrap_or(today)));
    let agency = match scope.agency_id {
        Some(id) => {
            let name = counts::agency_name(db.reader(), scope.region_id, id).await?;
            Some(name.ok_or(AppError::NotFound)?)
        }
        None => None,
    };
    let question = counts::Question {
        readable: access::list(asker.actor),
        region_id: scope.region_id,
        handling_years: scope.handling_years.clone(),
        kinds: scope.kinds.clone(),
        origin_levels: scope.origin_levels.clone(),
        roles: scope.roles.clone(),
        agency_id: scope.agency_id,
        institution: scope.institution,
        as_of,
        until,
    };
    Ok((question, agency))
}

/// Whether these handling years can be asked for: some, not too many, each once.
pub(super) fn are_years(years: &[i32]) -> bool {
    let distinct: HashSet<&i32> = years.iter().collect();
    (1..=MOST_YEARS).contains(&years.len()) && distinct.len() == years.len() && years.iter().all(|y| YEARS.contains(y))
}

fn check(scope: &StatisticsScope) -> AppResult<()> {
    let bad = |field: &str| Err(AppError::BadInput(vec!["scope".to_owned(), field.to_owned()]));
    if !are_years(&scope.handling_years) {
        return bad("handlingYears");
    }
    // An empty list would ask for the figures of nothing, and is more likely a mistake.
    if scope.kinds.as_ref().is_some_and(Vec::is_empty) {
        return bad("kinds");
    }
    if scope.origin_levels.as_ref().is_some_and(Vec::is_empty) {
        return bad("originLevels");
    }
    if scope.roles.as_ref().is_some_and(Vec::is_empty) {
        return bad("roles");
    }
    Ok(())
}

/// The agency to which the figures are narrowed: an agency asks about itself alone.
///
/// # Errors
/// `FORBIDDEN` for an agency that asks about another one.
pub(super) fn agency(actor: &Actor, asked: Option<OrganizationId>) -> AppResult<Option<OrganizationId>> {
    if !actor.role.in_agency() {
        return Ok(asked);
    }
    match (actor.agency_id, asked) {
        (None, _) => Err(AppError::Forbidden),
        (Some(own), Some(other)) if other != own => Err(AppError::Forbidden),
        (own, _) => Ok(own),
    }
}
