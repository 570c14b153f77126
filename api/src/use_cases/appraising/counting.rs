//! Counting without storing: what an announcement would give.

use super::{Counted, Year, check_year, facts_of, own, scored, valid_inputs};
use crate::access::{authorize_appraisal, require_possible};
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::appraisals;
use crate::use_cases::scoring::{self, StoredRule};
use crate::use_cases::statistics::{self, StatisticsScope};
use chrono::NaiveDate;
use domain::appraisal::{Inputs, Score, rank};
use domain::figures::protects_raters_from;
use domain::ids::{OrganizationId, RegionId};
use domain::policy::Action;
use domain::vocabulary::{AppraisalAction, Institution};
use entity::appraisal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Count the agencies of a year.
#[derive(Clone, Copy, Debug)]
pub struct Preview {
    /// The region; the actor's own.
    pub region_id: Option<RegionId>,
    /// About the matters of which institution.
    pub institution: Institution,
    /// Handling year.
    pub handling_year: i32,
    /// As of the end of this day; none for now.
    pub as_of: Option<NaiveDate>,
}

/// One agency as it would be ranked.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// The agency.
    pub agency_id: OrganizationId,
    /// The place from 1; none for who is not ranked.
    pub place: Option<usize>,
    /// How many assignments it has.
    pub load: i64,
    /// Its score.
    pub score: Score,
    /// Its appraisal, once findings were recorded or the year announced.
    pub appraisal: Option<appraisal::Model>,
}

/// What counting gives, with the rules by which it was counted.
///
/// # Errors
/// `FORBIDDEN` for everybody but the transfer office, `NOT_FOUND` for another region; a refusal for a year or day to
/// come, for a year without rules, and for findings that the rules do not know any more.
pub async fn preview(cx: &Cx, cmd: Preview) -> AppResult<(Arc<StoredRule>, Vec<Previewed>)> {
    let count = Action::Appraise(AppraisalAction::Count);
    require_possible(&cx.actor, count)?;
    if cmd.region_id.is_some_and(|region| region != cx.actor.region_id) {
        return Err(AppError::NotFound);
    }
    let year = own(cx, cmd.institution, cmd.handling_year);
    let permit = authorize_appraisal(&cx.actor, count, &facts_of(year, false))?;
    check_year(cx, cmd.handling_year)?;
    let conn = cx.db().reader();
    let row = scoring::of_year(conn, year.region_id, year.institution, year.handling_year).await?;
    let rule = scoring::read(row, true)?;
    let mut stored: BTreeMap<OrganizationId, appraisal::Model> =
        appraisals::all(conn, &permit, year).await?.into_iter().map(|row| (row.agency_id, row)).collect();
    let mut inputs = figures(cx, year, cmd.as_of).await?;
    for (agency, row) in &stored {
        inputs.entry(*agency).or_default().findings = valid_inputs(row).findings;
    }
    let mut faults = Faults::default();
    let mut scores = BTreeMap::new();
    for (agency, inputs) in &inputs {
        match scored(&rule.rule, inputs, &format!("findings.{agency}")) {
            Ok(score) => drop(scores.insert(*agency, (score, inputs.load))),
            Err(fault) => faults.push(fault),
        }
    }
    faults.check()?;
    let given: Vec<_> = scores.iter().map(|(agency, (score, load))| (*agency, score.total, *load)).collect();
    let places = rank(given, i64::from(rule.rule.ranked_from));
    let previewed = places.into_iter().filter_map(|placed| {
        let (score, load) = scores.remove(&placed.key)?;
        let appraisal = stored.remove(&placed.key);
        Some(Previewed { agency_id: placed.key, place: placed.place, load, score, appraisal })
    });
    let previewed = previewed.collect();
    Ok((rule, previewed))
}

/// The figures of every agency that had to do with matters of the year: the counts of `statistics`, once for all.
pub(super) async fn figures(cx: &Cx, year: Year, as_of: Option<NaiveDate>) -> AppResult<Counted> {
    // A total is read by many; it may rest only on what is shown to those from whom few ratings are withheld.
    if !protects_raters_from(cx.actor.role) {
        return Err(AppError::Forbidden);
    }
    let scope = StatisticsScope {
        region_id: year.region_id,
        handling_years: vec![year.handling_year],
        kinds: None,
        origin_levels: None,
        roles: None,
        agency_id: None,
        institution: Some(year.institution),
        as_of,
    };
    let found = statistics::compute(cx, scope).await.map_err(|error| match error {
        // The scope is made here; what the person sent is the day.
        AppError::Refused(faults) => {
            AppError::Refused(faults.into_iter().map(|fault| fault.refusal.at("asOf")).collect())
        }
        other => other,
    })?;
    let inputs = found.agencies.into_iter().map(|agency| {
        let figures = agency.metrics.iter().filter(|metric| metric.denominator > 0);
        let figures = figures.map(|metric| (metric.name, (metric.numerator, metric.denominator))).collect();
        let load = agency.lead + agency.co + agency.separate;
        (agency.agency_id, Inputs { figures, load, findings: Vec::new() })
    });
    Ok(inputs.collect())
}
