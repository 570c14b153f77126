//! Promises live on after the matter is closed: reported with evidence, confirmed or disputed, rated.

use super::publishing::touch_promise;
use super::{Work, fields, find_assignment, perform};
use crate::access::{Seen, authorize, authorize_with};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{attachments, commitments};
use chrono::NaiveDate;
use domain::event::Happening;
use domain::ids::{AttachmentId, CommitmentId};
use domain::lifecycle::commitment::{CommitmentEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::rules::legal_day::plausible;
use domain::vocabulary::{AttachmentPurpose, AttachmentState, CommitmentStatus, Rating, SubmissionAction};
use entity::{attachment, commitment};

/// Report on a promise.
#[derive(Clone, Debug)]
pub struct ReportCommitment {
    /// Which promise.
    pub id: CommitmentId,
    /// The version seen.
    pub version: i32,
    /// Fulfilled, or changed.
    pub fulfilled: bool,
    /// What was done, or why not.
    pub report: String,
    /// The new date of a changed promise.
    pub changed_to: Option<NaiveDate>,
    /// Files that prove it.
    pub evidence_ids: Option<Vec<AttachmentId>>,
}

/// Answer a report.
#[derive(Clone, Debug)]
pub struct AnswerCommitment {
    /// Which promise.
    pub id: CommitmentId,
    /// The version seen.
    pub version: i32,
    /// The report is true, or not.
    pub confirmed: bool,
    /// How the fulfilment is rated.
    pub rating: Rating,
    /// Comment; needed for a dispute and for dissatisfaction.
    pub comment: Option<String>,
}

pub(super) async fn find(work: &Work<'_>, id: CommitmentId) -> AppResult<(Seen, commitment::Model, usize)> {
    let row = commitments::get(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let seen = work.see(row.submission_id).await?;
    // Read again under the lock of the submission.
    let row = commitments::get(work.tx, id).await?.ok_or(AppError::NotFound)?;
    if !seen.may(Action::ReadHandling) {
        return Err(AppError::NotFound);
    }
    let index = find_assignment(&seen.matter, row.assignment_id)?;
    Ok((seen, row, index))
}

/// Reports a promise as fulfilled, or as changed with reasons and a new date.
pub async fn report(cx: &Cx, cmd: ReportCommitment) -> AppResult<CommitmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut seen, mut row, index) = find(work, cmd.id).await?;
            let part = work.part(&seen.matter.assignments[index]);
            let permit = authorize_with(&seen, Action::Do(SubmissionAction::ReportCommitment), part)?;
            expect_version(cmd.version, row.version)?;
            // A confirmed change is not the end: the promise is reported on again.
            let goes_on = row.status == CommitmentStatus::Confirmed && row.fulfilled == Some(false);
            let event = match (cmd.fulfilled, goes_on) {
                (true, true) => CommitmentEvent::ReportAfterChange,
                (true, false) => CommitmentEvent::ReportFulfilled,
                (false, true) => CommitmentEvent::ChangeAgain,
                (false, false) => CommitmentEvent::ReportChanged,
            };
            let before = row.status;
            let after = next(TABLE, before, event)?;
            let rules = work.rules(&seen.matter.row).await?;
            let report = fields::body("report", &cmd.report, rules.set.texts.other.commitment_report)?;
            new_date(cmd, work.today()).map_err(|refusal| refusal.at("changedTo"))?;
            let ids = cmd.evidence_ids.as_deref().unwrap_or_default();
            let most = rules.set.texts.of(seen.matter.row.kind).attachments;
            let evidence = evidence(work, &row, ids, most).await?;
            row.status = after;
            row.report = Some(report.clone());
            row.reported_at = Some(work.now());
            row.fulfilled = Some(cmd.fulfilled);
            row.changed_to = if cmd.fulfilled { row.changed_to } else { cmd.changed_to };
            row.answered_at = None;
            row.answer_comment = None;
            row.fulfilment_rating = None;
            work.update(&permit, &mut row).await?;
            touch_promise(work, &permit, &mut seen.matter, &row).await?;
            for mut file in evidence {
                file.commitment_id = Some(row.id);
                work.update(&permit, &mut file).await?;
            }
            let happening = if cmd.fulfilled { Happening::CommitmentFulfilled } else { Happening::CommitmentChanged };
            let entry = Entry::new(happening, row.id)
                .of(&seen.matter.assignments[index])
                .from_to(before.code(), after.code())
                .because(report);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(row.id)
        })
    })
    .await
}

/// The files that a report names: uploaded by the agency of the promise, and proving nothing else.
async fn evidence(
    work: &Work<'_>,
    promise: &commitment::Model,
    ids: &[AttachmentId],
    most: u16,
) -> AppResult<Vec<attachment::Model>> {
    if ids.len() > usize::from(most) {
        return Err(Refusal::TooMany { max: usize::from(most) }.at("evidenceIds").into());
    }
    let brought = attachments::live(work.tx, promise.submission_id, AttachmentPurpose::Evidence).await?;
    let mut found: Vec<attachment::Model> = Vec::new();
    for (i, id) in ids.iter().enumerate() {
        let file = brought.iter().find(|file| {
            file.id == *id
                && file.state == AttachmentState::Stored
                && file.assignment_id == Some(promise.assignment_id)
                && file.commitment_id.is_none_or(|other| other == promise.id)
        });
        match file {
            None => return Err(Refusal::NoSuch(Thing::Attachment).at(&format!("evidenceIds.{i}")).into()),
            Some(file) if found.iter().any(|one| one.id == file.id) => {}
            Some(file) => found.push(file.clone()),
        }
    }
    found.retain(|file| file.commitment_id.is_none());
    Ok(found)
}

/// A changed promise has a new date in the future, a fulfilled one has none.
fn new_date(cmd: &ReportCommitment, today: NaiveDate) -> Result<(), Refusal> {
    match (cmd.fulfilled, cmd.changed_to) {
        (true, None) => Ok(()),
        (true, Some(_)) => Err(Refusal::NewDateForbidden),
        (false, None) => Err(Refusal::NewDateRequired),
        (false, Some(day)) if day <= today => Err(Refusal::NotInFuture),
        (false, Some(day)) => plausible(day).map(drop),
    }
}

/// Confirms or disputes the report, and rates it, by the lead proposer.
pub async fn answer(cx: &Cx, cmd: AnswerCommitment) -> AppResult<CommitmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut seen, mut row, index) = find(work, cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::AnswerCommitment))?;
            expect_version(cmd.version, row.version)?;
            let event = if cmd.confirmed { CommitmentEvent::Confirm } else { CommitmentEvent::Dispute };
            let before = row.status;
            let after = next(TABLE, before, event)?;
            let rules = work.rules(&seen.matter.row).await?;
            let comment = fields::optional("comment", cmd.comment.as_deref(), rules.set.texts.other.comment)?;
            if (!cmd.confirmed || cmd.rating == Rating::Dissatisfied) && comment.is_none() {
                return Err(Refusal::CommentRequired.at("comment").into());
            }
            row.status = after;
            row.answered_at = Some(work.now());
            row.answer_comment = comment.clone();
            row.fulfilment_rating = Some(cmd.rating);
            work.update(&permit, &mut row).await?;
            touch_promise(work, &permit, &mut seen.matter, &row).await?;
            let happening = if cmd.confirmed { Happening::CommitmentConfirmed } else { Happening::CommitmentDisputed };
            let mut entry =
                Entry::new(happening, row.id).of(&seen.matter.assignments[index]).from_to(before.code(), after.code());
            entry.detail = comment;
            work.record(&permit, &seen.matter, entry).await?;
            Ok(row.id)
        })
    })
    .await
}
