//! Advice on a text before it is handed in or signed off: places to look at.
//!
//! What is measured, and which findings keep a text back, is a choice of the region; by default nothing is kept back.

use super::fields;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use domain::refusal::Refusal;
use domain::rules::rule_set::TextChecks;
use domain::text::personal;
use domain::vocabulary::{Outcome, TextCheck};
use entity::{reply, submission, text_check};
use lexis::checks::{
    Class, Demand, Draft, DraftLimits, Field, Finding, Reply, ReplyLimits, check_draft, check_reply, personal_data,
};
use std::collections::BTreeSet;

/// Characters of one text that is looked at.
const LONGEST: u16 = 20_000;
/// Demands that are looked at.
const DEMANDS: u16 = 50;

/// A suggestion or proposal that nobody has stored yet.
#[derive(Clone, Debug)]
pub struct CheckDraft {
    /// Title.
    pub title: String,
    /// Background.
    pub background: String,
    /// Analysis.
    pub analysis: String,
    /// Recommendations.
    pub recommendations: String,
    /// Demands.
    pub demands: Vec<String>,
}

/// The checks by which drafts of this person are measured today; where his region has no rules, those of the program.
///
/// # Errors
/// Errors of the database.
pub async fn present(cx: &Cx) -> AppResult<Option<TextChecks>> {
    let (book, actor) = (&cx.deps().rules, &cx.actor);
    match book.current(cx.db().reader(), actor.region_id, actor.institution, cx.today()).await {
        Ok(rules) => Ok(Some(rules.set.text_checks.clone())),
        Err(AppError::Unavailable) => Ok(None),
        Err(other) => Err(other),
    }
}

fn draft_limits(checks: &TextChecks) -> DraftLimits {
    DraftLimits {
        part_min: checks.part_min.into(),
        whole_max: checks.whole_max.into(),
        vague: checks.vague_words.clone(),
        secrets: checks.secret_words.clone(),
    }
}

/// Refuses a text with findings of these checks.
///
/// # Errors
/// A refusal that names what was found.
pub fn keep_back(found: &[Finding], block: &[TextCheck], field: &str) -> AppResult<()> {
    let stands = |check: &&TextCheck| found.iter().any(|one| one.code.name() == check.code());
    let checks: Vec<TextCheck> = block.iter().filter(stands).copied().collect();
    if checks.is_empty() { Ok(()) } else { Err(Refusal::TextKeptBack { checks }.at(field).into()) }
}

/// What to mend in a stored draft.
pub fn stored_draft(row: &submission::Model, checks: &TextChecks) -> Vec<Finding> {
    let demands: Vec<&str> = row.demands.0.iter().map(String::as_str).collect();
    let draft = Draft {
        title: &row.title,
        background: &row.background,
        analysis: &row.analysis,
        recommendations: &row.recommendations,
        demands: &demands,
    };
    findings(&draft, &draft_limits(checks))
}

/// What was found in a draft when it was first handed in, for the figures of quality.
pub fn noted(row: &submission::Model, found: &[Finding]) -> text_check::Model {
    let codes: BTreeSet<&str> = found.iter().map(|one| one.code.name()).collect();
    let findings = codes.into_iter().collect::<Vec<_>>().join(",");
    text_check::Model { submission_id: row.id, findings }
}

/// What to mend in it. Places count in the text as it would be stored: cleaned of outer space.
///
/// # Errors
/// `BAD_INPUT` for a text that is too long or holds what no text may hold.
pub fn draft(cmd: &CheckDraft, checks: Option<&TextChecks>) -> AppResult<Vec<Finding>> {
    let clean = |field: &str, text: &str| {
        let cleaned = fields::optional(field, Some(text), LONGEST);
        let cleaned = cleaned.map_err(|_| AppError::BadInput(vec!["input".into(), field.into()]))?;
        Ok::<_, AppError>(cleaned.unwrap_or_default())
    };
    let title = clean("title", &cmd.title)?;
    let background = clean("background", &cmd.background)?;
    let analysis = clean("analysis", &cmd.analysis)?;
    let recommendations = clean("recommendations", &cmd.recommendations)?;
    let demands = fields::lines("demands", &cmd.demands, DEMANDS, LONGEST);
    let demands = demands.map_err(|_| AppError::BadInput(vec!["input".into(), "demands".into()]))?;
    let demands: Vec<&str> = demands.iter().map(String::as_str).collect();
    let draft = Draft {
        title: &title,
        background: &background,
        analysis: &analysis,
        recommendations: &recommendations,
        demands: &demands,
    };
    Ok(findings(&draft, &checks.map(draft_limits).unwrap_or_default()))
}

fn findings(draft: &Draft<'_>, limits: &DraftLimits) -> Vec<Finding> {
    let mut findings = check_draft(draft, limits);
    let mut texts = vec![
        (Field::Title, draft.title),
        (Field::Background, draft.background),
        (Field::Analysis, draft.analysis),
        (Field::Recommendations, draft.recommendations),
    ];
    texts.extend(draft.demands.iter().enumerate().map(|(i, demand)| (Field::Demand(i), *demand)));
    findings.extend(texts.into_iter().flat_map(|(field, text)| personal_passages(field, text)));
    findings
}

/// Passages that publication would refuse: better left out from the beginning.
fn personal_passages(field: Field, text: &str) -> Vec<Finding> {
    let places = personal::find(text).into_iter().map(|passage| passage.at..passage.at + passage.length);
    personal_data(field, places)
}

/// What to mend in a reply, compared with the matter that it answers.
pub fn reply(matter: &submission::Model, row: &reply::Model, checks: &TextChecks) -> Vec<Finding> {
    let answer = |index: usize| {
        let own = row.demand_answers.0.iter().find(|one| usize::try_from(one.demand) == Ok(index));
        own.map(|one| one.answer.as_str())
    };
    let demands: Vec<Demand<'_>> =
        matter.demands.0.iter().enumerate().map(|(i, text)| Demand { text, answer: answer(i) }).collect();
    let limits =
        ReplyLimits { boilerplate_percent: checks.boilerplate_percent.into(), set_phrases: checks.set_phrases.clone() };
    let text = Reply {
        title: &matter.title,
        demands: &demands,
        body: &row.body,
        class: class(row.outcome),
        // Each promise beside the text has its date; without one the text itself must name it.
        promises_dated: (!row.promises.0.is_empty()).then_some(true),
    };
    let mut findings = check_reply(&text, &limits);
    findings.extend(personal_passages(Field::Body, &row.body));
    findings
}

/// What an outcome says of the text; none where it may say both that something is done and that something is not.
fn class(outcome: Outcome) -> Option<Class> {
    match outcome {
        Outcome::Solved => Some(Class::Solved),
        Outcome::InProgress | Outcome::Planned => Some(Class::Planned),
        Outcome::LaterConditions | Outcome::Reference | Outcome::NotFeasible | Outcome::ReportedUpward => {
            Some(Class::Reference)
        }
        Outcome::PartlySolved | Outcome::Adopted | Outcome::PartlyAdopted | Outcome::SolvedByOtherMeans => None,
    }
}
