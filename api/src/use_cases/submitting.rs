//! Handing in, and withdrawing.

use super::drafting::SubmissionRef;
use super::{Work, checking, fields, perform};
use crate::access::{Permit, authorize};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::matter::Matter;
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{attachments, cosignatures, drafts, parties, snapshots};
use domain::event::Happening;
use domain::ids::SubmissionId;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::lifecycle::{assignment as assignment_life, next};
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::rules::legal_day::phase;
use domain::rules::rule_set::{JointWithdrawal, WithdrawalLimit};
use domain::vocabulary::{AttachmentPurpose, AttachmentState, SubmissionAction, SubmissionStatus};
use entity::json::{FrozenFile, FrozenText};
use sha2::{Digest, Sha256};

/// Withdraw.
#[derive(Clone, Debug)]
pub struct Withdraw {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Answer the lead's wish to withdraw.
#[derive(Clone, Debug)]
pub struct AnswerWithdrawal {
    /// Which.
    pub submission_id: SubmissionId,
    /// Agree or refuse.
    pub agree: bool,
    /// Opinion.
    pub opinion: Option<String>,
}

/// Hands a draft or a revised text in; the text is frozen, open invitations expire.
///
/// The first submission fixes the phase and the rules with which the matter began; handing it in again
/// after revision keeps the first time.
pub async fn submit(cx: &Cx, cmd: SubmissionRef) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Submit))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let before = seen.matter.row.status;
            let after = next(TABLE, before, SubmissionEvent::Submit)?;
            let rules = work.rules(&seen.matter.row).await?;
            if rules.set.demands_required && seen.matter.row.demands.0.is_empty() {
                return Err(Refusal::DemandRequired.at("demands").into());
            }
            let checks = &rules.set.text_checks;
            let found = checking::stored_draft(&seen.matter.row, checks);
            checking::keep_back(&found, &checks.block_submission, "")?;
            let first = seen.matter.row.submitted_at.is_none();
            if first {
                work.insert(&permit, checking::noted(&seen.matter.row, &found)).await?;
            }
            let row = &mut seen.matter.row;
            row.status = after;
            if first {
                let session = match row.session_id {
                    Some(id) => drafts::session(work.tx, id, row.region_id, row.institution).await?,
                    None => None,
                };
                row.phase = session.map(|session| phase(work.now(), session.submission_cutoff));
                row.submitted_at = Some(work.now());
                row.rule_set_id = Some(rules.id);
            }
            work.update(&permit, row).await?;
            freeze(work, &permit, &seen.matter).await?;
            cosignatures::expire(work.tx, &permit, cmd.id).await?;
            let happening = if first { Happening::Submitted } else { Happening::Resubmitted };
            let entry = Entry::new(happening, cmd.id).from_to(before.code(), after.code());
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

async fn freeze(work: &Work<'_>, permit: &Permit, matter: &Matter) -> AppResult<()> {
    let row = &matter.row;
    let ids: Vec<_> = matter.cosigners().map(|c| c.person_id).collect();
    let people = parties::people(work.tx, &ids).await?;
    let files = attachments::live(work.tx, row.id, AttachmentPurpose::Text).await?.into_iter();
    let files = files.filter(|file| file.state == AttachmentState::Stored);
    let text = FrozenText {
        title: row.title.clone(),
        background: row.background.clone(),
        analysis: row.analysis.clone(),
        recommendations: row.recommendations.clone(),
        demands: row.demands.0.clone(),
        cosigners: people.into_iter().map(|person| person.name).collect(),
        files: files.map(|file| FrozenFile { file_name: file.file_name, sha256: file.sha256 }).collect(),
    };
    let json = serde_json::to_vec(&text).map_err(|error| AppError::Internal(error.to_string()))?;
    let digest = Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect();
    let snapshot = entity::snapshot::Model {
        id: work.cx.id(),
        submission_id: row.id,
        number: snapshots::count(work.tx, row.id).await? + 1,
        taken_at: work.now(),
        taken_by: work.cx.actor.user_id,
        text,
        digest,
    };
    work.insert(permit, snapshot).await
}

/// Withdraws, or asks the co-signers first where the region wants them all to agree.
pub async fn withdraw(cx: &Cx, cmd: Withdraw) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Withdraw))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let after = next(TABLE, seen.matter.row.status, SubmissionEvent::Withdraw)?;
            let rules = work.rules(&seen.matter.row).await?;
            within_limit(&seen.matter, rules.set.withdrawal.until)?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            let joint = seen.matter.cosigners().next().is_some();
            if joint && rules.set.withdrawal.joint == JointWithdrawal::Unanimous {
                if seen.matter.row.withdrawal_asked_at.is_some() {
                    return Err(Refusal::ConsentAwaited.into());
                }
                seen.matter.row.withdrawal_asked_at = Some(work.now());
                seen.matter.row.withdrawal_reason = Some(reason.clone());
                cosignatures::forget_withdrawal(work.tx, &permit, cmd.id).await?;
                work.update(&permit, &mut seen.matter.row).await?;
                let entry = Entry::new(Happening::WithdrawalAsked, cmd.id).because(reason);
                work.record(&permit, &seen.matter, entry).await?;
                return Ok(cmd.id);
            }
            seen.matter.row.withdrawal_reason = Some(reason);
            end(work, &permit, &mut seen.matter, after).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Answers the lead's wish to withdraw; the last consent withdraws, one refusal ends the wish.
pub async fn answer_withdrawal(cx: &Cx, cmd: AnswerWithdrawal) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut seen = work.see(cmd.submission_id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::AnswerWithdrawal))?;
            if seen.matter.row.withdrawal_asked_at.is_none() {
                return Err(Refusal::NoWithdrawalAsked.into());
            }
            let after = next(TABLE, seen.matter.row.status, SubmissionEvent::Withdraw)?;
            let rules = work.rules(&seen.matter.row).await?;
            within_limit(&seen.matter, rules.set.withdrawal.until)?;
            let opinion = fields::optional("opinion", cmd.opinion.as_deref(), rules.set.texts.other.comment)?;
            let own = seen.matter.cosignatures.iter_mut().find(|c| c.person_id == cx.actor.user_id);
            let own = own.ok_or(AppError::Forbidden)?;
            own.withdrawal_agreed = Some(cmd.agree);
            cosignatures::save(work.tx, &permit, own).await?;
            let happening = if cmd.agree { Happening::WithdrawalAgreed } else { Happening::WithdrawalRefused };
            let mut entry = Entry::new(happening, cmd.submission_id);
            entry.detail = opinion;
            work.record(&permit, &seen.matter, entry).await?;
            if !cmd.agree {
                seen.matter.row.withdrawal_asked_at = None;
                seen.matter.row.withdrawal_reason = None;
                cosignatures::forget_withdrawal(work.tx, &permit, cmd.submission_id).await?;
                work.update(&permit, &mut seen.matter.row).await?;
            } else if seen.matter.cosigners().all(|c| c.withdrawal_agreed == Some(true)) {
                end(work, &permit, &mut seen.matter, after).await?;
            }
            Ok(cmd.submission_id)
        })
    })
    .await
}

fn within_limit(matter: &Matter, limit: WithdrawalLimit) -> Result<(), Refusal> {
    let assigned = matches!(matter.row.status, SubmissionStatus::Assigned | SubmissionStatus::Handling);
    let replied = matter.assignments.iter().any(|a| a.finished_at.is_some() && a.role.answers());
    let over = match limit {
        WithdrawalLimit::BeforeAssignment => assigned,
        // A reply that was given once stays: later rounds do not open the way again.
        WithdrawalLimit::BeforeReply => replied || matter.row.round > 1,
    };
    if over {
        let status = matter.row.status;
        return Err(Refusal::WrongState {
            state: domain::lifecycle::State::words(status),
            verb: SubmissionAction::Withdraw,
        });
    }
    Ok(())
}

async fn end(work: &Work<'_>, permit: &Permit, matter: &mut Matter, after: SubmissionStatus) -> AppResult<()> {
    let before = matter.row.status;
    // Told before the assignments are cancelled: the agencies must learn of it.
    let entry = Entry {
        detail: matter.row.withdrawal_reason.clone(),
        ..Entry::new(Happening::Withdrawn, matter.row.id).from_to(before.code(), after.code())
    };
    work.record(permit, matter, entry).await?;
    cancel_assignments(work, permit, matter).await?;
    matter.row.status = after;
    matter.row.due_on = None;
    work.update(permit, &mut matter.row).await
}

/// Cancels every assignment that is not finished.
pub(super) async fn cancel_assignments(work: &Work<'_>, permit: &Permit, matter: &mut Matter) -> AppResult<()> {
    use assignment_life::AssignmentEvent;
    for assignment in &mut matter.assignments {
        if !assignment.status.is_live() {
            continue;
        }
        assignment.status = next(assignment_life::TABLE, assignment.status, AssignmentEvent::Cancel)?;
        assignment.live = false;
        work.update(permit, assignment).await?;
    }
    Ok(())
}
