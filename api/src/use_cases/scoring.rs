//! The rules of scoring of a region (评分细则): versions that never change, each from a handling year on.
//!
//! An appraisal keeps the version by which it was counted, so that a later one changes no past result.

use super::{fields, once, perform};
use crate::access::authorize_at_large;
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::scoring_rules;
use crate::repo::trail::Author;
use chrono::Datelike;
use domain::appraisal::ScoringRule;
use domain::ids::{RegionId, ScoringRuleId};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal};
use domain::vocabulary::{Institution, OfficeHappening};
use entity::scoring_rule;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use std::sync::Arc;

/// The last year for which anybody makes rules.
pub const LAST_YEAR: i32 = 2100;
const CHANGE: &str = "changeScoringRules";

/// A stored version with what it says.
#[derive(Clone, Debug)]
pub struct StoredRule {
    /// The row.
    pub row: scoring_rule::Model,
    /// What it says.
    pub rule: ScoringRule,
    /// Whether the present year is scored by it, for either institution.
    pub in_force: bool,
}

/// Reads what a stored version says.
pub(super) fn read(row: scoring_rule::Model, in_force: bool) -> AppResult<Arc<StoredRule>> {
    let rule = ScoringRule::parse(&row.body);
    let rule = rule.map_err(|faults| AppError::Internal(format!("scoring rule {}: {faults:?}", row.id)))?;
    Ok(Arc::new(StoredRule { row, rule, in_force }))
}

/// The version by which a year is scored.
///
/// # Errors
/// [`Refusal::NoScoringRule`] at the handling year.
pub(super) async fn of_year(
    conn: &impl ConnectionTrait,
    region: RegionId,
    institution: Institution,
    year: i32,
) -> AppResult<scoring_rule::Model> {
    let found = scoring_rules::of_year(conn, region, institution, year).await?;
    found.ok_or_else(|| Refusal::NoScoringRule.at("handlingYear").into())
}

/// The versions of the reader's region, latest first; for one institution those by which it can be scored.
///
/// # Errors
/// `NOT_FOUND` for another region.
pub async fn list(
    cx: &Cx,
    region: Option<RegionId>,
    institution: Option<Institution>,
) -> AppResult<Vec<Arc<StoredRule>>> {
    authorize_at_large(&cx.actor, Action::ReadRules)?;
    if region.is_some_and(|region| region != cx.actor.region_id) {
        return Err(AppError::NotFound);
    }
    let rows = scoring_rules::of_region(cx.db().reader(), cx.actor.region_id).await?;
    let in_force = scoring_rules::in_force_among(&rows, cx.today().year());
    let fits = |one: Option<Institution>| institution.is_none() || one.is_none() || one == institution;
    let fitting = rows.into_iter().filter(|row| fits(row.institution));
    fitting.map(|row| read(row.clone(), in_force.contains(&row.id))).collect()
}

/// One version as a reader of its region sees it.
pub async fn find(cx: &Cx, id: ScoringRuleId) -> AppResult<Option<Arc<StoredRule>>> {
    Ok(list(cx, None, None).await?.into_iter().find(|rule| rule.row.id == id))
}

/// Put a new version of the rules of scoring in force.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeScoringRules {
    /// For which region.
    pub region_id: RegionId,
    /// For which institution; for both when left out.
    pub institution: Option<Institution>,
    /// The first handling year that is scored by it; last year or later.
    pub effective_year: i32,
    /// The rules, format `scoring/1`; those that come with the program when left out.
    pub body: Option<String>,
    /// Why.
    pub reason: String,
    /// The same key gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// Makes the next version of the rules of scoring.
///
/// # Errors
/// A refusal with every fault of the rules, `NOT_FOUND` for another region.
pub async fn change(cx: &Cx, cmd: ChangeScoringRules) -> AppResult<ScoringRuleId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let permit = authorize_at_large(&cx.actor, Action::ChangeScoringRules)?;
            if cmd.region_id != cx.actor.region_id {
                return Err(AppError::NotFound);
            }
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, &permit, CHANGE, key, cmd).await? {
                return Ok(first);
            }
            let text = cmd.body.as_deref().unwrap_or(ScoringRule::PRESET);
            let rule = ScoringRule::parse(text).map_err(|faults| {
                AppError::Refused(faults.into_iter().map(|fault| Fault::in_document("body", fault)).collect())
            })?;
            // A region may have rules of handling for each institution alone; the limit of a reason is taken from one.
            let measured_by = Some(cmd.institution.unwrap_or(Institution::Congress));
            let rules = cx.deps().rules.current(work.tx, cmd.region_id, measured_by, work.today()).await?;
            let mut faults = Faults::default();
            let reason = faults.take(fields::body("reason", &cmd.reason, rules.set.texts.other.reason));
            // A year is appraised when it is over; what was announced keeps its rules in any case.
            let first = work.today().year() - 1;
            if !(first..=LAST_YEAR).contains(&cmd.effective_year) {
                faults.push(Refusal::YearOutOfRange { first, last: LAST_YEAR }.at("effectiveYear"));
            }
            faults.check()?;
            let id: ScoringRuleId = cx.id();
            let row = scoring_rule::Model {
                id,
                region_id: cmd.region_id,
                version: scoring_rules::latest_version(work.tx, cmd.region_id).await? + 1,
                institution: cmd.institution,
                effective_year: cmd.effective_year,
                body: serde_json::to_string(&rule).map_err(|error| AppError::Internal(error.to_string()))?,
                reason: reason.clone(),
                created_at: work.now(),
                created_by: cx.actor.user_id,
            };
            match work.insert(&permit, row).await {
                // Somebody else made this version meanwhile.
                Err(AppError::Database(error)) if crate::db::broken(&error).is_some() => {
                    return Err(Refusal::Stale.into());
                }
                other => other?,
            }
            let happening = OfficeHappening::ScoringRulesChanged;
            let entry = OfficeEntry { happening, subject: id.to_string(), detail: Some(reason) };
            office_trail::write(work.tx, &Author::person(cx), &permit, cmd.region_id, entry).await?;
            once::remember(work, &permit, CHANGE, key, cmd, id).await?;
            Ok(id)
        })
    })
    .await
}
