//! Making replies and promises public, and taking replies back.
//!
//! What the public sees of a matter carries the instant of its last change, in the order of which the public feed
//! tells of it; every verb that changes it sets that instant through `touch`.
//!
//! Deliberately absent: how it is shown (`showing`).

use super::replying::{Found, find};
use super::{Work, fields, indexing, perform};
use crate::access::{Permit, authorize};
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::matter::Matter;
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{commitments, replies};
use domain::event::Happening;
use domain::ids::{CommitmentId, ReplyId};
use domain::lifecycle::commitment::{CommitmentEvent, TABLE as COMMITMENT};
use domain::lifecycle::next;
use domain::lifecycle::reply::{ReplyEvent, TABLE};
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::rules::deadline::first_publication_day;
use domain::rules::legal_day::legal_day;
use domain::text::personal;
use domain::vocabulary::{Confidentiality, Disclosure, SubmissionAction};
use entity::{commitment, reply, submission};

/// How many passages of personal data one refusal names.
const NAMED_AT_ONCE: usize = 20;

/// Publish an issued reply.
#[derive(Clone, Copy, Debug)]
pub struct PublishReply {
    /// Which.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
    /// Publish with the passages masked that look like personal data, instead of refusing.
    pub mask_personal_data: bool,
    /// Keep the names of the proposers from the public from now on.
    pub withhold_names: bool,
}

/// Take a published reply back from the public.
#[derive(Clone, Debug)]
pub struct WithdrawPublication {
    /// Which reply.
    pub id: ReplyId,
    /// The version seen.
    pub version: i32,
    /// Why; not for the public.
    pub reason: String,
}

/// Make a promise public.
#[derive(Clone, Copy, Debug)]
pub struct PublishCommitment {
    /// Which promise.
    pub id: CommitmentId,
    /// The version seen.
    pub version: i32,
    /// Publish with the passages masked that look like personal data, instead of refusing.
    pub mask_personal_data: bool,
}

/// Publishes an issued reply that is for publication, with the text that it answers.
pub async fn publish_reply(cx: &Cx, cmd: PublishReply) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::Publish)?;
            expect_version(cmd.version, found.reply.version)?;
            let before = found.reply.status;
            next(TABLE, before, ReplyEvent::Publish)?;
            if found.reply.published_at.is_some() {
                return Err(Refusal::AlreadyPublished.into());
            }
            may_be_shown(&found.seen.matter.row, &found.reply)?;
            late_enough(work, &found).await?;
            if !cmd.mask_personal_data {
                check_texts(&found.seen.matter.row, &found.reply)?;
            }
            found.reply.published_at = Some(work.now());
            found.reply.publication_withdrawn_at = None;
            found.reply.publication_withdrawal_reason = None;
            work.update(&permit, &mut found.reply).await?;
            let row = &mut found.seen.matter.row;
            if cmd.withhold_names && row.names_withheld_at.is_none() {
                row.names_withheld_at = Some(work.now());
            }
            touch(work, &permit, &mut found.seen.matter).await?;
            found.record(work, &permit, Happening::Published, before, None).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Takes a published reply back, with the promises that were made public from it; it may be published again.
pub async fn withdraw(cx: &Cx, cmd: WithdrawPublication) -> AppResult<ReplyId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut found = find(work, cmd.id).await?;
            let permit = found.authorize(work, SubmissionAction::WithdrawPublication)?;
            expect_version(cmd.version, found.reply.version)?;
            let before = found.reply.status;
            next(TABLE, before, ReplyEvent::WithdrawPublication)?;
            if found.reply.published_at.is_none() {
                return Err(Refusal::NotPublished.into());
            }
            let rules = work.rules(&found.seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            found.reply.published_at = None;
            found.reply.publication_withdrawn_at = Some(work.now());
            found.reply.publication_withdrawal_reason = Some(reason.clone());
            work.update(&permit, &mut found.reply).await?;
            for mut promise in commitments::of_reply(work.tx, cmd.id).await? {
                if promise.published_at.take().is_some() {
                    work.update(&permit, &mut promise).await?;
                }
            }
            touch(work, &permit, &mut found.seen.matter).await?;
            found.record(work, &permit, Happening::PublicationWithdrawn, before, Some(reason)).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Makes a promise public, when the reply that makes it is published and may still be shown.
pub async fn publish_commitment(cx: &Cx, cmd: PublishCommitment) -> AppResult<CommitmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut seen, mut row, index) = super::promising::find(work, cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Publish))?;
            expect_version(cmd.version, row.version)?;
            next(COMMITMENT, row.status, CommitmentEvent::Publish)?;
            if row.published_at.is_some() {
                return Err(Refusal::AlreadyPublished.into());
            }
            let reply = replies::get(work.tx, row.reply_id).await?.ok_or(AppError::NotFound)?;
            may_be_shown(&seen.matter.row, &reply)?;
            if reply.published_at.is_none() {
                return Err(Refusal::ReplyNotPublished.into());
            }
            if !cmd.mask_personal_data {
                check(&[("commitment.text", &row.text)])?;
            }
            row.published_at = Some(work.now());
            let text = row.text.clone();
            work.update(&permit, &mut row).await?;
            touch(work, &permit, &mut seen.matter).await?;
            let entry = Entry::new(Happening::CommitmentPublished, row.id);
            work.record(&permit, &seen.matter, entry.of(&seen.matter.assignments[index]).because(text)).await?;
            Ok(row.id)
        })
    })
    .await
}

/// Notes that what the public sees of the matter has changed now.
async fn touch(work: &Work<'_>, permit: &Permit, matter: &mut Matter) -> AppResult<()> {
    matter.row.public_changed_at = Some(work.now());
    work.update(permit, &mut matter.row).await?;
    indexing::show(work.tx, permit, vec![matter.row.clone()]).await
}

/// Notes a change of a promise, when the public sees that promise.
pub(super) async fn touch_promise(
    work: &Work<'_>,
    permit: &Permit,
    matter: &mut Matter,
    promise: &commitment::Model,
) -> AppResult<()> {
    if promise.published_at.is_some() { touch(work, permit, matter).await } else { Ok(()) }
}

/// Both the matter and its reply must be for publication.
fn may_be_shown(matter: &submission::Model, reply: &reply::Model) -> Result<(), Refusal> {
    let open = reply.disclosure == Disclosure::Proactive
        && matter.disclosure == Disclosure::Proactive
        && matter.confidentiality == Confidentiality::Public;
    if open { Ok(()) } else { Err(Refusal::NotDisclosable) }
}

/// The waiting period of the region, if it has one, must be over.
async fn late_enough(work: &Work<'_>, found: &Found) -> AppResult<()> {
    let rules = work.rules(&found.seen.matter.row).await?;
    let Some(issued) = found.reply.issued_at else { return Err(Refusal::NotDisclosable.into()) };
    let calendar = work.calendar().await?;
    match first_publication_day(legal_day(issued), &rules.set, &calendar) {
        Some(from) if work.today() < from => Err(Refusal::PublicationTooEarly { from }.into()),
        _ => Ok(()),
    }
}

/// Every text that comes before the public with this reply.
fn check_texts(matter: &submission::Model, reply: &reply::Model) -> AppResult<()> {
    check(&[
        ("submission.title", &matter.title),
        ("submission.background", &matter.background),
        ("submission.analysis", &matter.analysis),
        ("submission.recommendations", &matter.recommendations),
        ("reply.body", &reply.body),
    ])
}

fn check(texts: &[(&str, &str)]) -> AppResult<()> {
    let mut faults = Faults::default();
    let found = texts.iter().flat_map(|(field, text)| personal::find(text).into_iter().map(move |one| (field, one)));
    for (field, one) in found.take(NAMED_AT_ONCE) {
        faults.push(Refusal::PersonalData { kind: one.kind, at: one.at, excerpt: one.excerpt }.at(field));
    }
    faults.check()
}
