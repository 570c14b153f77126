//! Advice on a text before it is handed in or signed off: places to look at, never a refusal.

use super::fields;
use crate::error::{AppError, AppResult};
use domain::text::personal;
use domain::vocabulary::Outcome;
use entity::{reply, submission};
use lexis::checks::{
    Class, Demand, Draft, DraftLimits, Field, Finding, Reply, check_draft, check_reply, personal_data,
};

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

/// What to mend in it. Places count in the text as it would be stored: cleaned of outer space.
///
/// # Errors
/// `BAD_INPUT` for a text that is too long or holds what no text may hold.
pub fn draft(cmd: &CheckDraft) -> AppResult<Vec<Finding>> {
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
    let mut findings = check_draft(&draft, DraftLimits::default());
    let mut texts = vec![
        (Field::Title, draft.title),
        (Field::Background, draft.background),
        (Field::Analysis, draft.analysis),
        (Field::Recommendations, draft.recommendations),
    ];
    texts.extend(draft.demands.iter().enumerate().map(|(i, demand)| (Field::Demand(i), *demand)));
    findings.extend(texts.into_iter().flat_map(|(field, text)| personal_passages(field, text)));
    Ok(findings)
}

/// Passages that publication would refuse: better left out from the beginning.
fn personal_passages(field: Field, text: &str) -> Vec<Finding> {
    let places = personal::find(text).into_iter().map(|passage| passage.at..passage.at + passage.length);
    personal_data(field, places)
}

/// What to mend in a reply, compared with the matter that it answers.
pub fn reply(matter: &submission::Model, row: &reply::Model) -> Vec<Finding> {
    let answer = |index: usize| {
        let own = row.demand_answers.0.iter().find(|one| usize::try_from(one.demand) == Ok(index));
        own.map(|one| one.answer.as_str())
    };
    let demands: Vec<Demand<'_>> =
        matter.demands.0.iter().enumerate().map(|(i, text)| Demand { text, answer: answer(i) }).collect();
    let mut findings = check_reply(&Reply {
        title: &matter.title,
        demands: &demands,
        body: &row.body,
        class: class(row.outcome),
        // Each promise beside the text has its date; without one the text itself must name it.
        promises_dated: (!row.promises.0.is_empty()).then_some(true),
    });
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
