//! Drafting a reply: text, outcome, answers demand by demand, promises.

use super::assigning::see_assignment;
use super::{Work, checking, fields, find_assignment, once, perform};
use crate::access::{Permit, Seen, authorize_with};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{assignments, replies};
use crate::rule_book::Rules;
use chrono::NaiveDate;
use domain::event::Happening;
use domain::ids::{AssignmentId, ReplyId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE as ASSIGNMENT};
use domain::lifecycle::next;
use domain::lifecycle::reply::{ReplyEvent, TABLE};
use domain::policy::{Action, Relation};
use domain::refusal::{Fault, Refusal, Thing};
use domain::rules::legal_day::plausible;
use domain::vocabulary::{AssignmentRole, Disclosure, HandlingMode, Outcome, ReplyStatus, SubmissionAction};
use entity::json::{self, DemandAnswers, Promises, Strings};
use entity::reply;

/// The answer to one demand.
#[derive(Clone, Debug, serde::Serialize)]
pub struct DemandAnswer {
    /// Index of the demand, from 0.
    pub demand: i32,
    /// The answer.
    pub answer: String,
}

/// A promise.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Commitment {
    /// What is promised.
    pub text: String,
    /// By when.
    pub due_on: NaiveDate,
}

/// Draft the reply of the present round.
#[derive(Clone, Debug, serde::Serialize)]
pub struct DraftReply {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// Text.
    pub body: String,
    /// Outcome.
    pub outcome: Outcome,
    /// Disclosure.
    pub disclosure: Disclosure,
    /// Answers demand by demand.
    pub demand_answers: Option<Vec<DemandAnswer>>,
    /// Promises.
    pub commitments: Option<Vec<Commitment>>,
    /// The same key from the same person gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// Change a draft reply; what is left out stays.
#[derive(Clone, Debug)]
pub struct UpdateReply {
    /// Which.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
    /// Text.
    pub body: Option<String>,
    /// Outcome.
    pub outcome: Option<Outcome>,
    /// Disclosure.
    pub disclosure: Option<Disclosure>,
    /// Answers demand by demand.
    pub demand_answers: Option<Vec<DemandAnswer>>,
    /// Promises.
    pub commitments: Option<Vec<Commitment>>,
}

/// A reply at the version seen.
#[derive(Clone, Copy, Debug)]
pub struct ReplyRef {
    /// Which.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
}

/// A reply under way: the matter as seen, the reply read under its lock, and its assignment's place.
pub(super) struct Found {
    pub seen: Seen,
    pub reply: reply::Model,
    pub index: usize,
}

/// Locks the submission of a reply; what the person may not read is not found.
pub(super) async fn find(work: &Work<'_>, id: ReplyId) -> AppResult<Found> {
    let assignment = replies::get(work.tx, id).await?.ok_or(AppError::NotFound)?.assignment_id;
    let seen = see_assignment(work, assignment).await?;
    // Read again under the lock of the submission.
    let reply = replies::get(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let index = find_assignment(&seen.matter, assignment)?;
    let read = if reply.status == ReplyStatus::Issued { Action::ReadReply } else { Action::ReadDraftReply };
    if !seen.may_with(read, work.part(&seen.matter.assignments[index])) {
        return Err(AppError::NotFound);
    }
    Ok(Found { seen, reply, index })
}

impl Found {
    /// Asks for a verb on the reply.
    pub fn authorize(&self, work: &Work<'_>, verb: SubmissionAction) -> AppResult<Permit> {
        let part = work
            .part(&self.seen.matter.assignments[self.index])
            .with_if(Relation::Drafter, self.reply.drafted_by == work.cx.actor.user_id);
        authorize_with(&self.seen, Action::Do(verb), part)
    }

    /// Records something about the reply.
    pub async fn record(
        &self,
        work: &Work<'_>,
        permit: &Permit,
        happening: Happening,
        from: ReplyStatus,
        detail: Option<String>,
    ) -> AppResult<()> {
        let assignment = &self.seen.matter.assignments[self.index];
        let mut entry = Entry::new(happening, self.reply.id).of(assignment);
        if from != self.reply.status {
            entry = entry.from_to(from.code(), self.reply.status.code());
        }
        entry.detail = detail;
        work.record(permit, &self.seen.matter, entry).await
    }
}

/// Drafts the reply of the present round, one for each answering agency.
pub async fn draft(cx: &Cx, cmd: DraftReply) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let seen = see_assignment(work, cmd.assignment_id).await?;
            let index = find_assignment(&seen.matter, cmd.assignment_id)?;
            let assignment = &seen.matter.assignments[index];
            let permit = authorize_with(&seen, Action::Do(SubmissionAction::DraftReply), work.part(assignment))?;
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, &permit, "draftReply", key, &cmd).await? {
                return Ok(first);
            }
            if assignment.role == AssignmentRole::Co {
                return Err(Refusal::NotAnswering.into());
            }
            next(ASSIGNMENT, assignment.status, AssignmentEvent::DraftReply)?;
            // Joint leads agree on one reply, so one of them writes it.
            let writers: Vec<AssignmentId> = if seen.matter.row.mode == Some(HandlingMode::CoLead) {
                seen.matter.live().filter(|a| a.role.answers()).map(|a| a.id).collect()
            } else {
                vec![assignment.id]
            };
            if replies::exists(work.tx, &writers, assignment.round).await? {
                return Err(Refusal::ReplyExists.into());
            }
            let rules = work.rules(&seen.matter.row).await?;
            let row = &seen.matter.row;
            let reply = reply::Model {
                id: work.cx.id(),
                version: 1,
                assignment_id: assignment.id,
                submission_id: row.id,
                round: assignment.round,
                status: ReplyStatus::Drafting,
                body: fields::body("body", &cmd.body, rules.set.texts.other.reply_body)?,
                outcome: cmd.outcome,
                outcome_label: rules.set.outcome_label(row.institution, cmd.outcome).to_owned(),
                demand_answers: answers(
                    cmd.demand_answers.as_deref().unwrap_or_default(),
                    row.demands.0.len(),
                    &rules,
                )?,
                promises: promises(cmd.commitments.as_deref().unwrap_or_default(), work.today(), &rules)?,
                disclosure: cmd.disclosure,
                drafted_by: cx.actor.user_id,
                drafted_at: work.now(),
                step: 0,
                late_opinions: Strings::default(),
                rejection_reason: None,
                document_no: None,
                issued_at: None,
                agency_id: assignment.agency_id,
                published_at: None,
                publication_withdrawn_at: None,
                publication_withdrawal_reason: None,
            };
            let id = reply.id;
            work.insert(&permit, reply).await?;
            once::remember(work, &permit, "draftReply", key, &cmd, id).await?;
            work.record(&permit, &seen.matter, Entry::new(Happening::ReplyDrafted, id).of(assignment)).await?;
            Ok(id)
        })
    })
    .await
}

/// Changes a draft, or a reply that the office rejected, which returns to drafting.
pub async fn update(cx: &Cx, cmd: UpdateReply) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::DraftReply)?;
            expect_version(cmd.version, found.reply.version)?;
            let before = found.reply.status;
            found.reply.status = next(TABLE, before, ReplyEvent::Edit)?;
            let row = &found.seen.matter.row;
            let rules = work.rules(row).await?;
            let reply = &mut found.reply;
            if let Some(body) = &cmd.body {
                reply.body = fields::body("body", body, rules.set.texts.other.reply_body)?;
            }
            if let Some(outcome) = cmd.outcome {
                reply.outcome = outcome;
                reply.outcome_label = rules.set.outcome_label(row.institution, outcome).to_owned();
            }
            if let Some(list) = &cmd.demand_answers {
                reply.demand_answers = answers(list, row.demands.0.len(), &rules)?;
            }
            if let Some(list) = &cmd.commitments {
                reply.promises = promises(list, work.today(), &rules)?;
            }
            reply.disclosure = cmd.disclosure.unwrap_or(reply.disclosure);
            reply.drafted_by = cx.actor.user_id;
            work.update(&permit, &mut found.reply).await?;
            found.record(work, &permit, Happening::ReplyEdited, before, None).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Hands the draft in for review; from here the sign-off chain decides.
pub async fn submit(cx: &Cx, cmd: ReplyRef) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::SubmitReply)?;
            expect_version(cmd.version, found.reply.version)?;
            let before = found.reply.status;
            found.reply.status = next(TABLE, before, ReplyEvent::Submit)?;
            let rules = work.rules(&found.seen.matter.row).await?;
            complete(work, &found, &rules).await?;
            found.reply.step = 0;
            work.update(&permit, &mut found.reply).await?;
            found.record(work, &permit, Happening::ReplySubmitted, before, None).await?;
            Ok(cmd.id)
        })
    })
    .await
}

async fn complete(work: &Work<'_>, found: &Found, rules: &Rules) -> AppResult<()> {
    let reply = &found.reply;
    if rules.set.every_demand_answered {
        let answered = |i: &usize| reply.demand_answers.0.iter().any(|a| usize::try_from(a.demand) == Ok(*i));
        let demands = found.seen.matter.row.demands.0.len();
        let missing: Vec<usize> = (0..demands).filter(|i| !answered(i)).map(|i| i + 1).collect();
        if !missing.is_empty() {
            return Err(Refusal::DemandsUnanswered { missing }.at("demandAnswers").into());
        }
    }
    let checks = &rules.set.text_checks;
    if !checks.block_sign_off.is_empty() {
        let findings = checking::reply(&found.seen.matter.row, reply, checks);
        checking::keep_back(&findings, &checks.block_sign_off, "body")?;
    }
    if rules.set.requires_promise(reply.outcome) && reply.promises.0.is_empty() {
        return Err(Refusal::PromiseRequired.at("commitments").into());
    }
    let needed = rules.set.contacts_before_reply;
    if needed > 0 && assignments::contacts(work.tx, reply.assignment_id).await? < u64::from(needed) {
        return Err(Refusal::ContactsMissing { needed }.into());
    }
    Ok(())
}

fn answers(list: &[DemandAnswer], demands: usize, rules: &Rules) -> Result<DemandAnswers, Fault> {
    let mut found: Vec<json::DemandAnswer> = Vec::new();
    for (i, answer) in list.iter().enumerate() {
        let field = format!("demandAnswers.{i}");
        if usize::try_from(answer.demand).map_or(true, |demand| demand >= demands) {
            return Err(Refusal::NoSuch(Thing::Demand).at(&format!("{field}.demand")));
        }
        if found.iter().any(|other| other.demand == answer.demand) {
            return Err(Refusal::NamedTwice(Thing::Demand).at(&format!("{field}.demand")));
        }
        let text = fields::body(&format!("{field}.answer"), &answer.answer, rules.set.texts.other.demand_answer)?;
        found.push(json::DemandAnswer { demand: answer.demand, answer: text });
    }
    found.sort_by_key(|answer| answer.demand);
    Ok(DemandAnswers(found))
}

fn promises(list: &[Commitment], today: NaiveDate, rules: &Rules) -> Result<Promises, Fault> {
    let limits = &rules.set.texts.other;
    if list.len() > usize::from(limits.commitments) {
        return Err(Refusal::TooMany { max: usize::from(limits.commitments) }.at("commitments"));
    }
    let mut found = Vec::new();
    for (i, promise) in list.iter().enumerate() {
        if promise.due_on <= today {
            return Err(Refusal::NotInFuture.at(&format!("commitments.{i}.dueOn")));
        }
        plausible(promise.due_on).map_err(|refusal| refusal.at(&format!("commitments.{i}.dueOn")))?;
        let text = fields::body(&format!("commitments.{i}.text"), &promise.text, limits.commitment)?;
        found.push(json::Promise { text, due_on: promise.due_on });
    }
    Ok(Promises(found))
}
