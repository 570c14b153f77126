//! Handling several matters as one (并案): every proposer keeps his reply and his form.

use super::{Work, fields, perform};
use crate::access::{Seen, authorize};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::assignments;
use crate::repo::trail::Entry;
use domain::event::Happening;
use domain::ids::SubmissionId;
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::{MergeFault, Refusal};
use domain::vocabulary::{SubmissionAction, SubmissionStatus};
use std::collections::BTreeSet;

/// Merge others into a main matter.
#[derive(Clone, Debug)]
pub struct MergeSubmissions {
    /// The main matter.
    pub main_id: SubmissionId,
    /// Those to be merged into it.
    pub merged_ids: Vec<SubmissionId>,
    /// Why.
    pub reason: String,
}

/// Undo a merger.
#[derive(Clone, Debug)]
pub struct UnmergeSubmission {
    /// The merged matter.
    pub id: SubmissionId,
    /// Why.
    pub reason: String,
}

/// The most matters merged at once.
const MOST: usize = 100;

/// Merges all of them, or none.
pub async fn merge(cx: &Cx, cmd: MergeSubmissions) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            if cmd.merged_ids.len() > MOST {
                return Err(Refusal::TooMany { max: MOST }.at("mergedIds").into());
            }
            // Locked in the order of ids, so that two mergers never wait for each other.
            let ids: BTreeSet<SubmissionId> = cmd.merged_ids.iter().copied().chain([cmd.main_id]).collect();
            let mut others: Vec<Seen> = Vec::new();
            let mut main = None;
            for id in ids {
                let seen = work.see(id).await?;
                if id == cmd.main_id { main = Some(seen) } else { others.push(seen) }
            }
            let mut main = main.ok_or(AppError::NotFound)?;
            let permit = authorize(&main, Action::Do(SubmissionAction::Merge))?;
            if cmd.merged_ids.is_empty() {
                return Err(Refusal::Required.at("mergedIds").into());
            }
            if cmd.merged_ids.contains(&cmd.main_id) {
                return Err(Refusal::CannotMerge(MergeFault::Itself).at("mergedIds").into());
            }
            next(TABLE, main.matter.row.status, SubmissionEvent::Absorb)?;
            let rules = work.rules(&main.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            for other in &mut others {
                authorize(other, Action::Do(SubmissionAction::Merge))?;
                fits(&main, other).map_err(|fault| Refusal::CannotMerge(fault).at("mergedIds"))?;
                let before = other.matter.row.status;
                let after = next(TABLE, before, SubmissionEvent::MergeInto)?;
                assignments::delete_planned(work.tx, &permit, other.matter.row.id).await?;
                other.matter.row.status = after;
                other.matter.row.mode = None;
                other.matter.row.merged_into_id = Some(cmd.main_id);
                work.update(&permit, &mut other.matter.row).await?;
                let id = other.matter.row.id;
                let entry =
                    Entry::new(Happening::Merged, id).from_to(before.code(), after.code()).because(reason.clone());
                work.record(&permit, &other.matter, entry).await?;
            }
            work.update(&permit, &mut main.matter.row).await?;
            let entry = Entry::new(Happening::Absorbed, cmd.main_id).because(reason);
            work.record(&permit, &main.matter, entry).await?;
            Ok(cmd.main_id)
        })
    })
    .await
}

fn fits(main: &Seen, other: &Seen) -> Result<(), MergeFault> {
    let (a, b) = (&main.matter.row, &other.matter.row);
    if (a.region_id, a.institution, a.kind) != (b.region_id, b.institution, b.kind) {
        return Err(MergeFault::OtherKind);
    }
    if a.confidentiality != b.confidentiality {
        return Err(MergeFault::OtherConfidentiality);
    }
    if b.merged_into_id.is_some() || !other.matter.merged.is_empty() || a.merged_into_id.is_some() {
        return Err(MergeFault::HasMerged);
    }
    Ok(())
}

/// Takes a merged matter out again, in the state it had before.
pub async fn unmerge(cx: &Cx, cmd: UnmergeSubmission) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut seen, main) = lock_both(work, cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Unmerge))?;
            let was_accepted = seen.matter.row.accepted_at.is_some();
            let event =
                if was_accepted { SubmissionEvent::UnmergeToAccepted } else { SubmissionEvent::UnmergeToReview };
            let before = seen.matter.row.status;
            let after = next(TABLE, before, event)?;
            // Once a reply is given, it answers the merged proposers too.
            let answered = [SubmissionStatus::Replied, SubmissionStatus::Closed, SubmissionStatus::Archived];
            let main_status = main.map(|main| main.matter.row.status);
            if let Some(status) = main_status.filter(|status| answered.contains(status)) {
                let state = domain::lifecycle::State::words(status);
                return Err(Refusal::WrongState { state, verb: SubmissionAction::Unmerge }.into());
            }
            let rules = work.rules(&seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            seen.matter.row.status = after;
            seen.matter.row.merged_into_id = None;
            work.update(&permit, &mut seen.matter.row).await?;
            let entry = Entry::new(Happening::Unmerged, cmd.id).from_to(before.code(), after.code()).because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

async fn lock_both(work: &Work<'_>, id: SubmissionId) -> AppResult<(Seen, Option<Seen>)> {
    let seen = work.see(id).await?;
    let main = match seen.matter.row.merged_into_id {
        Some(main) => Some(work.see(main).await?),
        None => None,
    };
    Ok((seen, main))
}
