//! Putting a matter under supervision (督办).

use super::{fields, perform};
use crate::access::authorize;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::parties;
use crate::repo::trail::Entry;
use domain::event::Happening;
use domain::ids::{SubmissionId, SupervisionId, UserId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal, Thing};
use domain::vocabulary::{Role, SubmissionAction};

/// Put under supervision.
#[derive(Clone, Debug)]
pub struct Supervise {
    /// Which submission.
    pub submission_id: SubmissionId,
    /// The label, e.g. 重点督办.
    pub label: String,
    /// The leader who supervises.
    pub leader_id: Option<UserId>,
    /// Why.
    pub reason: String,
}

/// Adds a supervision label of the region's list; a matter may carry several.
pub async fn supervise(cx: &Cx, cmd: Supervise) -> AppResult<SupervisionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut seen = work.see(cmd.submission_id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Supervise))?;
            let row = seen.matter.row.clone();
            next(TABLE, row.status, SubmissionEvent::Supervise)?;
            let rules = work.rules(&row).await?;
            let label = listed(&cmd.label, &rules.set.supervision_labels)?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            if let Some(leader) = cmd.leader_id {
                let roles = [Role::SupervisingLeader, Role::RegionLeader];
                let found = parties::in_region(work.tx, leader, row.region_id, &roles, work.today()).await?;
                found.ok_or_else(|| Refusal::NoSuch(Thing::Person).at("leaderId"))?;
            }
            let supervision = entity::supervision::Model {
                id: work.cx.id(),
                submission_id: row.id,
                label: label.clone(),
                leader_id: cmd.leader_id,
                reason,
                by_id: cx.actor.user_id,
                at: work.now(),
            };
            let id = supervision.id;
            work.insert(&permit, supervision).await?;
            seen.matter.supervised = true;
            work.record(&permit, &seen.matter, Entry::new(Happening::Supervised, id).because(label)).await?;
            Ok(id)
        })
    })
    .await
}

/// The label, when the rules with which the matter began list it.
fn listed(label: &str, allowed: &[String]) -> Result<String, Fault> {
    let label = label.trim();
    match allowed.iter().find(|other| *other == label) {
        Some(found) => Ok(found.clone()),
        None if label.is_empty() => Err(Refusal::Required.at("label")),
        None => Err(Refusal::NotAmong { allowed: allowed.join(", ") }.at("label")),
    }
}
