//! The sign-off chain, rejection by the office, issue.

use super::replying::{Found, find};
use super::{Work, fields, perform};
use crate::access::Permit;
use crate::clocks;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::{assignments, parties, replies};
use crate::rule_book::Rules;
use crate::use_cases::feedback::request_feedback;
use domain::event::Happening;
use domain::ids::{AssignmentId, ReplyId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE as ASSIGNMENT};
use domain::lifecycle::next;
use domain::lifecycle::reply::{ReplyEvent, TABLE};
use domain::refusal::{Refusal, Thing};
use domain::rules::rule_set::SignOffStep;
use domain::vocabulary::{AssignmentRole, Gate, HandlingMode, SubmissionAction, Verdict};
use entity::json::{self, GateChecks, Strings};
use entity::{commitment, review};

/// The verdict at one gate.
#[derive(Clone, Debug)]
pub struct GateCheck {
    /// The gate.
    pub gate: Gate,
    /// Passed or not.
    pub passed: bool,
    /// Remark.
    pub remark: Option<String>,
}

/// Review a reply at the awaited step.
#[derive(Clone, Debug)]
pub struct ReviewReply {
    /// Which.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
    /// The verdict.
    pub verdict: Verdict,
    /// Gate by gate, where the step has gates.
    pub gates: Option<Vec<GateCheck>>,
    /// Comment; needed for a rejection.
    pub comment: Option<String>,
}

/// Reject a reply before it is issued.
#[derive(Clone, Debug)]
pub struct RejectReply {
    /// Which.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Issue a signed reply.
#[derive(Clone, Debug)]
pub struct IssueReply {
    /// Which.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
    /// Document number.
    pub document_no: String,
}

/// Reviews at the awaited step: the last approval signs off, a rejection returns to drafting.
pub async fn review(cx: &Cx, cmd: ReviewReply) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::ReviewReply)?;
            expect_version(cmd.version, found.reply.version)?;
            let rules = work.rules(&found.seen.matter.row).await?;
            let chain = &rules.set.sign_off;
            let at = usize::try_from(found.reply.step).unwrap_or(usize::MAX);
            let last = at + 1 >= chain.len();
            let event = match (cmd.verdict, last) {
                (Verdict::Reject, _) => ReplyEvent::SendBack,
                (Verdict::Approve, false) => ReplyEvent::Approve,
                (Verdict::Approve, true) => ReplyEvent::ApproveLast,
            };
            let before = found.reply.status;
            let after = next(TABLE, before, event)?;
            let step = chain.get(at).ok_or_else(|| AppError::Internal(format!("{} awaits step {at}", cmd.id)))?;
            if step.role != cx.actor.role {
                return Err(Refusal::NotYourStep { awaited: step.role }.into());
            }
            let limits = &rules.set.texts.other;
            let gates = gates(cmd.gates.as_deref().unwrap_or_default(), step, cmd.verdict, limits.gate_remark)?;
            let comment = fields::optional("comment", cmd.comment.as_deref(), limits.comment)?;
            if cmd.verdict == Verdict::Reject && comment.is_none() {
                return Err(Refusal::CommentRequired.at("comment").into());
            }
            if event == ReplyEvent::ApproveLast {
                found.reply.late_opinions = Strings(opinions_in(work, &found).await?);
            }
            let row = review::Model {
                id: work.cx.id(),
                reply_id: cmd.id,
                step: step.role,
                verdict: cmd.verdict,
                gates,
                comment: comment.clone(),
                by_id: cx.actor.user_id,
                at: work.now(),
                voided_at: None,
            };
            work.insert(&permit, row).await?;
            found.reply.status = after;
            found.reply.step = if cmd.verdict == Verdict::Approve { found.reply.step + 1 } else { 0 };
            if cmd.verdict == Verdict::Reject {
                replies::void_reviews(work.tx, &permit, cmd.id, work.now()).await?;
            }
            work.update(&permit, &mut found.reply).await?;
            let happening = match event {
                ReplyEvent::SendBack => Happening::ReplySentBack,
                ReplyEvent::ApproveLast => Happening::ReplySignedOff,
                _ => Happening::ReplyApproved,
            };
            found.record(work, &permit, happening, before, comment).await?;
            Ok(cmd.id)
        })
    })
    .await
}

fn gates(given: &[GateCheck], step: &SignOffStep, verdict: Verdict, most: u16) -> AppResult<GateChecks> {
    let mut checks: Vec<json::GateCheck> = Vec::new();
    for (i, check) in given.iter().enumerate() {
        if checks.iter().any(|other| other.gate == check.gate) {
            return Err(Refusal::NamedTwice(Thing::Gate).at(&format!("gates.{i}.gate")).into());
        }
        let remark = fields::optional(&format!("gates.{i}.remark"), check.remark.as_deref(), most)?;
        checks.push(json::GateCheck { gate: check.gate, passed: check.passed, remark });
    }
    if verdict == Verdict::Approve {
        let missing: Vec<Gate> =
            step.gates.iter().copied().filter(|gate| !checks.iter().any(|c| c.gate == *gate)).collect();
        if !missing.is_empty() {
            return Err(Refusal::GatesIncomplete { missing }.at("gates").into());
        }
        if let Some(failed) = checks.iter().find(|c| !c.passed) {
            return Err(Refusal::GateFailed(failed.gate).at("gates").into());
        }
    }
    Ok(GateChecks(checks))
}

/// Checks that every opinion owed to this reply is in; gives the names of agencies whose opinion is overdue.
async fn opinions_in(work: &Work<'_>, found: &Found) -> AppResult<Vec<String>> {
    let matter = &found.seen.matter;
    let joint = matter.row.mode == Some(HandlingMode::CoLead);
    let owing: Vec<_> = matter
        .live()
        .filter(|a| a.status.is_released() && a.id != found.reply.assignment_id)
        .filter(|a| a.role == AssignmentRole::Co || (joint && a.role == AssignmentRole::Lead))
        .collect();
    let ids: Vec<AssignmentId> = owing.iter().map(|a| a.id).collect();
    let mut sent = assignments::with_opinion(work.tx, &ids, 1).await?;
    if found.reply.round > 1 {
        sent.extend(assignments::with_opinion(work.tx, &ids, found.reply.round).await?);
    }
    let missing: Vec<_> = owing.into_iter().filter(|a| !sent.contains(&a.id)).collect();
    let overdue = |due: Option<chrono::NaiveDate>| due.is_some_and(|due| work.today() > due);
    let agencies: Vec<_> = missing.iter().map(|a| a.agency_id).collect();
    let names = parties::organizations_by_id(work.tx, &agencies).await?;
    let name = |id| names.iter().find(|o| o.id == id).map(|o| o.name.clone()).unwrap_or_default();
    let waiting: Vec<String> = missing.iter().filter(|a| !overdue(a.due_on)).map(|a| name(a.agency_id)).collect();
    if !waiting.is_empty() {
        return Err(Refusal::OpinionsMissing { agencies: waiting }.into());
    }
    Ok(missing.iter().map(|a| name(a.agency_id)).collect())
}

/// Rejects a reply before it is issued; it returns to the handler, all signatures void.
pub async fn reject(cx: &Cx, cmd: RejectReply) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::RejectReply)?;
            expect_version(cmd.version, found.reply.version)?;
            let before = found.reply.status;
            found.reply.status = next(TABLE, before, ReplyEvent::OfficeReject)?;
            let rules = work.rules(&found.seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            found.reply.step = 0;
            found.reply.rejection_reason = Some(reason.clone());
            replies::void_reviews(work.tx, &permit, cmd.id, work.now()).await?;
            work.update(&permit, &mut found.reply).await?;
            found.record(work, &permit, Happening::ReplyRejected, before, Some(reason)).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Issues the signed reply: every proposer gets it with his form, its promises become commitments.
pub async fn issue(cx: &Cx, cmd: IssueReply) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::IssueReply)?;
            expect_version(cmd.version, found.reply.version)?;
            let before = found.reply.status;
            found.reply.status = next(TABLE, before, ReplyEvent::Issue)?;
            let rules = work.rules(&found.seen.matter.row).await?;
            let number = fields::line("documentNo", &cmd.document_no, rules.set.texts.other.document_no)?;
            if replies::number_taken(work.tx, found.reply.agency_id, &number).await? {
                return Err(Refusal::DocumentNoTaken.at("documentNo").into());
            }
            found.reply.document_no = Some(number.clone());
            found.reply.issued_at = Some(work.now());
            work.update(&permit, &mut found.reply).await?;
            make_commitments(work, &permit, &found).await?;
            request_feedback(work, &permit, &found, &rules).await?;
            answered(work, &permit, &mut found, &rules).await?;
            found.record(work, &permit, Happening::ReplyIssued, before, Some(number)).await?;
            Ok(cmd.id)
        })
    })
    .await
}

async fn make_commitments(work: &Work<'_>, permit: &Permit, found: &Found) -> AppResult<()> {
    for (i, promise) in found.reply.promises.0.iter().enumerate() {
        let row = commitment::Model {
            id: work.cx.id(),
            version: 1,
            reply_id: found.reply.id,
            submission_id: found.reply.submission_id,
            assignment_id: found.reply.assignment_id,
            agency_id: found.reply.agency_id,
            region_id: found.seen.matter.row.region_id,
            ordinal: i32::try_from(i).unwrap_or(i32::MAX),
            text: promise.text.clone(),
            due_on: promise.due_on,
            status: domain::vocabulary::CommitmentStatus::Open,
            report: None,
            reported_at: None,
            fulfilled: None,
            changed_to: None,
            answered_at: None,
            answer_comment: None,
            fulfilment_rating: None,
            published_at: None,
        };
        work.insert(permit, row).await?;
    }
    Ok(())
}

/// The assignment is answered; joint leads share the one reply.
async fn answered(work: &Work<'_>, permit: &Permit, found: &mut Found, rules: &Rules) -> AppResult<()> {
    let calendar = work.calendar().await?;
    let joint = found.seen.matter.row.mode == Some(HandlingMode::CoLead);
    let own = found.reply.assignment_id;
    for assignment in &mut found.seen.matter.assignments {
        let event = match (assignment.id == own, joint && assignment.role == AssignmentRole::Lead) {
            (true, _) => AssignmentEvent::IssueReply,
            (false, true) if assignment.status.is_released() => AssignmentEvent::ShareReply,
            _ => continue,
        };
        // A joint lead whose agreement was overdue may not have come so far; the reply ends its part.
        assignment.status = match next(ASSIGNMENT, assignment.status, event) {
            Ok(status) => status,
            Err(_) if event == AssignmentEvent::ShareReply => domain::vocabulary::AssignmentStatus::Replied,
            Err(refusal) => return Err(refusal.into()),
        };
        assignment.finished_at = Some(work.now());
        clocks::finish(assignment, work.today(), rules, &calendar)?;
        work.update(permit, assignment).await?;
    }
    work.follow(permit, &mut found.seen.matter).await
}
