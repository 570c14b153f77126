//! Appraisal of agencies (绩效考评): counts them from figures, freezes the inputs, hears objections.
//!
//! A year is announced as of a day that is over: its figures are those that `statistics` gives for that day, now and
//! later, and each has its list. They are the figures as everybody may see them: where few ratings are withheld from the
//! transfer office they have no basis, so that no total tells of them. Nobody writes a figure; what an answer to an
//! objection can correct is the findings, and they stand beside those that were announced.

mod announcing;
mod counting;
mod objecting;

pub use announcing::{Announce, RecordFindings, announce, record_findings};
pub use counting::{Preview, Previewed, preview};
pub use objecting::{AnswerObjection, Object, answer, object};

use crate::access::{Permit, authorize_appraisal, require_possible};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::appraisals::{self, Year};
use crate::repo::scoring_rules;
use crate::use_cases::scoring::{self, StoredRule};
use chrono::NaiveDate;
use domain::actor::Actor;
use domain::appraisal::{Finding, InputFault, Inputs, Points, Score, ScoringRule, rank, score};
use domain::ids::{AppraisalId, OrganizationId, RegionId, ScoringRuleId};
use domain::policy::{Action, AppraisalFacts};
use domain::refusal::{Fault, Refusal, Thing};
use domain::vocabulary::{AppraisalStatus, Institution};
use entity::appraisal;
use entity::json::AppraisalInputs;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The first handling year that can be appraised.
const FIRST_YEAR: i32 = 1990;
/// How often one thing can have happened.
const MOST_TIMES: u32 = 999;
/// The most findings about one agency; a rule has no more codes.
const MOST_FINDINGS: usize = 100;

/// An appraisal with the rules by which it was counted, and what followed.
#[derive(Clone, Debug)]
pub struct Appraised {
    /// The row.
    pub row: appraisal::Model,
    /// The rules; none before it is announced.
    pub rule: Option<Arc<StoredRule>>,
    /// The score of what is valid now, counted again from the frozen inputs; none before it is announced.
    pub score: Option<Score>,
}

impl Appraised {
    /// The stored total that is valid now.
    pub fn total(&self) -> Option<Points> {
        valid_total(&self.row)
    }

    /// Whether the stored totals, that announced and that corrected, follow again from the frozen inputs.
    pub fn counts_again(&self) -> bool {
        let Some(rule) = &self.rule else { return true };
        let again = |inputs: &Inputs| score(&rule.rule, inputs).ok().map(|score| score.total);
        let announced = again(&self.row.inputs.0) == Some(self.row.total.map(Points::from));
        let corrected = self.row.corrected.is_none()
            || again(&valid_inputs(&self.row)) == Some(self.row.corrected_total.map(Points::from));
        announced && corrected
    }
}

/// One agency in the ranking of a year.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// The agency.
    pub agency_id: OrganizationId,
    /// The place from 1; none for who is not ranked.
    pub place: Option<usize>,
    /// The total.
    pub total: Option<Points>,
    /// The appraisal itself, for those who may read it.
    pub appraisal: Option<Arc<Appraised>>,
}

fn facts(row: &appraisal::Model) -> AppraisalFacts {
    AppraisalFacts {
        region_id: row.region_id,
        institution: row.institution,
        agency_id: Some(row.agency_id),
        announced: row.status != AppraisalStatus::Draft,
    }
}

/// What the policy must know of the appraisals of a year together.
fn facts_of(year: Year, announced: bool) -> AppraisalFacts {
    AppraisalFacts { region_id: year.region_id, institution: year.institution, agency_id: None, announced }
}

/// The year in the actor's own region.
fn own(cx: &Cx, institution: Institution, handling_year: i32) -> Year {
    Year { region_id: cx.actor.region_id, institution, handling_year }
}

/// Refuses a year in which nothing can have been handled.
fn check_year(cx: &Cx, year: i32) -> Result<(), Fault> {
    let last = chrono::Datelike::year(&cx.today());
    match (FIRST_YEAR..=last).contains(&year) {
        true => Ok(()),
        false => Err(Refusal::YearOutOfRange { first: FIRST_YEAR, last }.at("handlingYear")),
    }
}

/// The inputs with what a correction put in place of the findings.
fn valid_inputs(row: &appraisal::Model) -> Inputs {
    let mut inputs = row.inputs.0.clone();
    if let Some(findings) = &row.corrected {
        inputs.findings.clone_from(&findings.0);
    }
    inputs
}

fn valid_total(row: &appraisal::Model) -> Option<Points> {
    let total = if row.corrected.is_some() { row.corrected_total } else { row.total };
    total.map(Points::from)
}

/// The total as it is stored.
fn stored(total: Option<Points>) -> AppResult<Option<i32>> {
    let narrow = |points| i32::try_from(points).map_err(|_| AppError::Internal(format!("a total of {points}")));
    total.map(narrow).transpose()
}

/// The score, or what is wrong with the findings, at this field.
fn scored(rule: &ScoringRule, inputs: &Inputs, field: &str) -> Result<Score, Fault> {
    score(rule, inputs).map_err(|fault| match fault {
        InputFault::UnknownFinding(at) => {
            Refusal::NotAmong { allowed: rule.codes().join(", ") }.at(&format!("{field}.{at}.code"))
        }
        InputFault::NotOnce(at) => {
            Refusal::NotAmong { allowed: format!("1–{MOST_TIMES}") }.at(&format!("{field}.{at}.times"))
        }
        InputFault::Twice(at) => Refusal::NamedTwice(Thing::Finding).at(&format!("{field}.{at}.code")),
    })
}

/// A finding as a person sends it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SentFinding {
    /// The code.
    pub code: String,
    /// How often.
    pub times: i32,
    /// Why.
    pub reason: String,
}

/// The findings, cleaned, or each fault of them: what the rules do not know, and texts that cannot stand.
fn read_findings(sent: &[SentFinding], rule: &ScoringRule, most: u16) -> AppResult<Vec<Finding>> {
    if sent.len() > MOST_FINDINGS {
        return Err(Refusal::TooMany { max: MOST_FINDINGS }.at("findings").into());
    }
    let mut faults = crate::error::Faults::default();
    let mut findings = Vec::with_capacity(sent.len());
    for (i, one) in sent.iter().enumerate() {
        let reason = faults.take(super::fields::body(&format!("findings.{i}.reason"), &one.reason, most));
        let times = u32::try_from(one.times).ok().filter(|times| (1..=MOST_TIMES).contains(times));
        if times.is_none() {
            faults.push(Refusal::NotAmong { allowed: format!("1–{MOST_TIMES}") }.at(&format!("findings.{i}.times")));
        }
        findings.push(Finding { code: one.code.clone(), times: times.unwrap_or(1), reason });
    }
    let tried = Inputs { findings: findings.clone(), ..Inputs::default() };
    if let Err(fault) = scored(rule, &tried, "findings") {
        faults.push(fault);
    }
    faults.check()?;
    Ok(findings)
}

/// The rows with their rules and scores; one statement for the rules of all of them.
async fn complete(cx: &Cx, rows: Vec<appraisal::Model>) -> AppResult<Vec<Appraised>> {
    let mut ids: Vec<ScoringRuleId> = rows.iter().filter_map(|row| row.rule_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut rules: HashMap<ScoringRuleId, Arc<StoredRule>> = HashMap::new();
    if !ids.is_empty() {
        let all = scoring_rules::of_region(cx.db().reader(), cx.actor.region_id).await?;
        let in_force = scoring_rules::in_force_among(&all, chrono::Datelike::year(&cx.today()));
        for row in all.into_iter().filter(|row| ids.contains(&row.id)) {
            rules.insert(row.id, scoring::read(row.clone(), in_force.contains(&row.id))?);
        }
    }
    let one = |row: appraisal::Model| {
        let Some(id) = row.rule_id else { return Ok(Appraised { row, rule: None, score: None }) };
        let missing = || AppError::Internal(format!("{} names no scoring rule of its region", row.id));
        let rule = rules.get(&id).cloned().ok_or_else(missing)?;
        let score = score(&rule.rule, &valid_inputs(&row));
        let score = score.map_err(|fault| AppError::Internal(format!("{}: {fault:?}", row.id)))?;
        Ok(Appraised { row, rule: Some(rule), score: Some(score) })
    };
    rows.into_iter().map(one).collect()
}

/// The ranking of a year that was announced; nothing before.
///
/// # Errors
/// `FORBIDDEN` for who reads no ranking, `NOT_FOUND` for another region.
pub async fn ranking(
    cx: &Cx,
    region: Option<RegionId>,
    institution: Institution,
    handling_year: i32,
) -> AppResult<Vec<Ranked>> {
    require_possible(&cx.actor, Action::ReadAppraisalRanking)?;
    if region.is_some_and(|region| region != cx.actor.region_id) {
        return Err(AppError::NotFound);
    }
    let year = own(cx, institution, handling_year);
    let permit = authorize_appraisal(&cx.actor, Action::ReadAppraisalRanking, &facts_of(year, true))?;
    let rows = appraisals::announced(cx.db().reader(), &permit, year).await?;
    let all = complete(cx, rows).await?;
    let ranked_from = all.iter().find_map(|one| one.rule.as_ref()).map_or(0, |rule| rule.rule.ranked_from);
    let scores = all.iter().map(|one| (one.row.agency_id, one.total(), one.row.inputs.0.load));
    let places = rank(scores.collect::<Vec<_>>(), i64::from(ranked_from));
    let mut by_agency: BTreeMap<OrganizationId, Appraised> =
        all.into_iter().map(|one| (one.row.agency_id, one)).collect();
    let ranked = places.into_iter().map(|placed| Ranked {
        agency_id: placed.key,
        place: placed.place,
        total: placed.total,
        appraisal: by_agency.remove(&placed.key).filter(|one| may_read(cx, &one.row).is_ok()).map(Arc::new),
    });
    Ok(ranked.collect())
}

fn may_read(cx: &Cx, row: &appraisal::Model) -> AppResult<Permit> {
    authorize_appraisal(&cx.actor, Action::ReadAppraisal, &facts(row)).map_err(|_| AppError::NotFound)
}

/// Whether this person may read an appraisal.
pub fn is_open_to(actor: &Actor, row: &appraisal::Model) -> bool {
    authorize_appraisal(actor, Action::ReadAppraisal, &facts(row)).is_ok()
}

/// The appraisals with these ids, those that the person may read.
pub async fn find(cx: &Cx, ids: &[AppraisalId]) -> AppResult<HashMap<AppraisalId, Arc<Appraised>>> {
    let mut rows = appraisals::by_ids(cx.db().reader(), ids).await?;
    rows.retain(|row| is_open_to(&cx.actor, row));
    Ok(complete(cx, rows).await?.into_iter().map(|one| (one.row.id, Arc::new(one))).collect())
}

/// What an appraisal holds before it is announced.
fn draft(cx: &Cx, year: Year, agency_id: OrganizationId, findings: Vec<Finding>) -> appraisal::Model {
    appraisal::Model {
        id: cx.id(),
        version: 1,
        region_id: year.region_id,
        institution: year.institution,
        handling_year: year.handling_year,
        agency_id,
        status: AppraisalStatus::Draft,
        inputs: AppraisalInputs(Inputs { findings, ..Inputs::default() }),
        rule_id: None,
        as_of: None,
        total: None,
        announced_at: None,
        announced_by: None,
        objection: None,
        objected_at: None,
        objected_by: None,
        answer: None,
        answered_at: None,
        answered_by: None,
        corrected: None,
        corrected_total: None,
    }
}

/// The figures and the load of each agency, as they are frozen.
type Counted = BTreeMap<OrganizationId, Inputs>;

/// Whether the day is over.
fn check_over(cx: &Cx, day: NaiveDate) -> Result<(), Fault> {
    domain::rules::legal_day::plausible(day).map_err(|refusal| refusal.at("asOf"))?;
    if day < cx.today() { Ok(()) } else { Err(Refusal::DayNotOver.at("asOf")) }
}
