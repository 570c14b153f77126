//! Deciding that two matters that look alike are no duplicates (查重认定).
//!
//! A decision moves nothing. It is for the offices that review and assign, and for the auditor: neither the advice to
//! anybody else nor the trail that he reads changes by it.

use super::{Work, fields, perform};
use crate::access::{Permit, Seen, authorize};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::pairs;
use crate::repo::trail::Entry;
use domain::event::Happening;
use domain::ids::SubmissionId;
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::{Action, Audience};
use domain::refusal::Refusal;
use domain::vocabulary::SubmissionAction;
use entity::distinct_pair;
use std::collections::HashMap;
use std::sync::Arc;

/// Decide on a pair, or take the decision back.
#[derive(Clone, Debug)]
pub struct Compare {
    /// The matter in hand.
    pub submission_id: SubmissionId,
    /// The one with which it was compared.
    pub other_id: SubmissionId,
    /// Why.
    pub reason: Option<String>,
}

/// The right to know which pairs with a matter were decided.
pub const READ: Action = Action::ReadTrail(Audience::Review);

/// Whether the reader may know what was decided on these two.
pub fn known(one: &Seen, other: &Seen) -> bool {
    one.may(READ) && other.may(READ)
}

/// What was decided on a matter and each of the others, as far as the reader may know it, by the other one.
///
/// # Errors
/// Errors of the database.
pub async fn decided(
    cx: &Cx,
    own: Option<&Seen>,
    others: &[Arc<Seen>],
) -> AppResult<HashMap<SubmissionId, distinct_pair::Model>> {
    let Some(own) = own else { return Ok(HashMap::new()) };
    let ids: Vec<SubmissionId> =
        others.iter().filter(|other| known(own, other)).map(|other| other.matter.row.id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let id = own.matter.row.id;
    let rows = pairs::with(cx.db().reader(), id, &ids).await?;
    Ok(rows.into_iter().map(|row| (if row.first_id == id { row.second_id } else { row.first_id }, row)).collect())
}

/// Holds the two to be no duplicates.
///
/// # Errors
/// `NOT_FOUND` and `FORBIDDEN` for either of the two; a refusal in a state that allows nothing, for a matter and itself,
/// and for what is decided already.
pub async fn keep_apart(cx: &Cx, cmd: Compare) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (permit, one, other, reason) = both(work, cmd).await?;
            if pairs::get(work.tx, cmd.submission_id, cmd.other_id).await?.is_some() {
                return Err(Refusal::KeptApart.at("otherId").into());
            }
            let (first_id, second_id) = pairs::ordered(cmd.submission_id, cmd.other_id);
            let (decided_by, decided_at) = (work.cx.actor.user_id, work.now());
            let row = distinct_pair::Model { first_id, second_id, decided_by, decided_at, reason: reason.clone() };
            work.insert(&permit, row).await?;
            record(work, &permit, Happening::KeptApart, [&one, &other], reason).await?;
            Ok(cmd.submission_id)
        })
    })
    .await
}

/// Takes back that the two are no duplicates.
///
/// # Errors
/// As [`keep_apart`]; a refusal when nothing is decided.
pub async fn lift_apart(cx: &Cx, cmd: Compare) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (permit, one, other, reason) = both(work, cmd).await?;
            if !pairs::remove(work.tx, &permit, cmd.submission_id, cmd.other_id).await? {
                return Err(Refusal::NotKeptApart.at("otherId").into());
            }
            record(work, &permit, Happening::ApartLifted, [&one, &other], reason).await?;
            Ok(cmd.submission_id)
        })
    })
    .await
}

/// Both matters, locked in the order of their ids, each with the right to decide.
async fn both(work: &Work<'_>, cmd: &Compare) -> AppResult<(Permit, Seen, Seen, Option<String>)> {
    let may = Action::Do(SubmissionAction::Compare);
    let same = cmd.submission_id == cmd.other_id;
    let (first, second) = pairs::ordered(cmd.submission_id, cmd.other_id);
    let one = work.see(first).await?;
    let other = if same { one.clone() } else { work.see(second).await? };
    let permit = authorize(&one, may)?;
    authorize(&other, may)?;
    if same {
        return Err(Refusal::SameMatter.at("otherId").into());
    }
    let (one, other) = if first == cmd.submission_id { (one, other) } else { (other, one) };
    // The other one may be as old as it likes: nothing is done to it.
    next(TABLE, one.matter.row.status, SubmissionEvent::Compare)?;
    let rules = work.rules(&one.matter.row).await?;
    let reason = fields::optional("reason", cmd.reason.as_deref(), rules.set.texts.other.reason)?;
    Ok::<_, AppError>((permit, one, other, reason))
}

/// The same on the trail of both; neither names the other, whose readers may be fewer.
async fn record(
    work: &Work<'_>,
    permit: &Permit,
    happening: Happening,
    pair: [&Seen; 2],
    reason: Option<String>,
) -> AppResult<()> {
    for (own, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
        let mut entry = Entry::new(happening, other.matter.row.id);
        entry.detail.clone_from(&reason);
        work.record(permit, &own.matter, entry).await?;
    }
    Ok(())
}
