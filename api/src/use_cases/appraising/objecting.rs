//! The objection of an agency, and its answer.

use super::{SentFinding, facts, may_read, read_findings, scored, stored, valid_inputs};
use crate::access::{Permit, authorize_appraisal};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::save::expect_version;
use crate::repo::trail::Author;
use crate::repo::{appraisals, scoring_rules};
use crate::rule_book::Rules;
use crate::use_cases::{Work, fields, perform, scoring};
use domain::event::Happening;
use domain::ids::AppraisalId;
use domain::lifecycle::appraisal::{AppraisalEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::vocabulary::{AppraisalAction, OfficeHappening};
use entity::appraisal;
use entity::json::Findings;
use std::sync::Arc;

/// Object to the appraisal of one's agency.
#[derive(Clone, Debug)]
pub struct Object {
    /// Which.
    pub id: AppraisalId,
    /// The version seen.
    pub version: i32,
    /// What is wrong with it.
    pub reason: String,
}

/// Answer an objection.
#[derive(Clone, Debug)]
pub struct AnswerObjection {
    /// To which appraisal.
    pub id: AppraisalId,
    /// The version seen.
    pub version: i32,
    /// Why.
    pub reason: String,
    /// All findings as they should have been; none upholds those announced.
    pub findings: Option<Vec<SentFinding>>,
}

/// Records what the agency objects.
///
/// # Errors
/// `NOT_FOUND` for an appraisal that the person may not read, a refusal after the first objection.
pub async fn object(cx: &Cx, cmd: Object) -> AppResult<AppraisalId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut row, permit) = see(work, cmd.id, AppraisalAction::Object).await?;
            expect_version(cmd.version, row.version)?;
            row.status = next(TABLE, row.status, AppraisalEvent::Object)?;
            row.objection = Some(fields::body("reason", &cmd.reason, limit(work, &row).await?)?);
            row.objected_at = Some(work.now());
            row.objected_by = Some(work.cx.actor.user_id);
            work.update(&permit, &mut row).await?;
            work.tell_of_appraisals(&permit, Happening::AppraisalObjected, std::slice::from_ref(&row)).await?;
            record(work, &permit, &row, OfficeHappening::AppraisalObjected).await
        })
    })
    .await
}

/// Upholds the appraisal, or puts other findings in place of those announced; figures stay as they were frozen.
///
/// # Errors
/// `NOT_FOUND` for another region, a refusal without an objection and for findings that the rules do not know.
pub async fn answer(cx: &Cx, cmd: AnswerObjection) -> AppResult<AppraisalId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut row, permit) = see(work, cmd.id, AppraisalAction::AnswerObjection).await?;
            expect_version(cmd.version, row.version)?;
            let event = if cmd.findings.is_some() { AppraisalEvent::Correct } else { AppraisalEvent::Uphold };
            row.status = next(TABLE, row.status, event)?;
            let most = limit(work, &row).await?;
            row.answer = Some(fields::body("reason", &cmd.reason, most)?);
            if let Some(sent) = &cmd.findings {
                let missing = || AppError::Internal(format!("{} was announced without rules", row.id));
                let rule = scoring_rules::get(work.tx, row.rule_id.ok_or_else(missing)?).await?;
                let rule = scoring::read(rule.ok_or_else(missing)?, false)?;
                row.corrected = Some(Findings(read_findings(sent, &rule.rule, most)?));
                row.corrected_total = stored(scored(&rule.rule, &valid_inputs(&row), "findings")?.total)?;
            }
            row.answered_at = Some(work.now());
            row.answered_by = Some(work.cx.actor.user_id);
            work.update(&permit, &mut row).await?;
            work.tell_of_appraisals(&permit, Happening::ObjectionAnswered, std::slice::from_ref(&row)).await?;
            record(work, &permit, &row, OfficeHappening::ObjectionAnswered).await
        })
    })
    .await
}

/// Locks the appraisal, as long as the person may know of it, and asks whether he may do this to it.
async fn see(work: &Work<'_>, id: AppraisalId, verb: AppraisalAction) -> AppResult<(appraisal::Model, Permit)> {
    let row = appraisals::get(work.tx, id, true).await?.ok_or(AppError::NotFound)?;
    may_read(work.cx, &row)?;
    let permit = authorize_appraisal(&work.cx.actor, Action::Appraise(verb), &facts(&row))?;
    Ok((row, permit))
}

/// The most characters of a reason.
async fn limit(work: &Work<'_>, row: &appraisal::Model) -> AppResult<u16> {
    let book = &work.cx.deps().rules;
    let rules: Arc<Rules> = book.current(work.tx, row.region_id, Some(row.institution), work.today()).await?;
    Ok(rules.set.texts.other.reason)
}

/// What is objected and answered stands with the appraisal alone: not everybody who reads this trail reads it.
async fn record(
    work: &Work<'_>,
    permit: &Permit,
    row: &appraisal::Model,
    happening: OfficeHappening,
) -> AppResult<AppraisalId> {
    let entry = OfficeEntry { happening, subject: row.id.to_string(), detail: None };
    office_trail::write(work.tx, &Author::person(work.cx), permit, row.region_id, entry).await?;
    Ok(row.id)
}
