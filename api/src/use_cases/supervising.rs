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
use domain::refusal::{Refusal, Thing};
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

/// The most characters of a label.
const LABEL: u16 = 50;

/// Adds a supervision label; a matter may carry several.
pub async fn supervise(cx: &Cx, cmd: Supervise) -> AppResult<SupervisionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut seen = work.see(cmd.submission_id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Supervise))?;
            let row = seen.matter.row.clone();
            next(TABLE, row.status, SubmissionEvent::Supervise)?;
            let rules = work.rules(&row).await?;
            let label = fields::line("label", &cmd.label, LABEL)?;
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
