//! Disputes over which agency must handle a matter (争议裁定): a leader of the region has the last word.

use super::{fields, perform, returning};
use crate::access::authorize;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use domain::event::Happening;
use domain::ids::{OrganizationId, ReturnRequestId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::vocabulary::SubmissionAction;

/// Settle a dispute.
#[derive(Clone, Debug)]
pub struct Arbitrate {
    /// Which request to hand back.
    pub id: ReturnRequestId,
    /// The version seen.
    pub version: i32,
    /// The agency that must handle it; the present one may be named.
    pub agency_id: OrganizationId,
    /// Why.
    pub reason: String,
}

/// Settles a dispute: the agency named must handle the matter and cannot hand it back.
///
/// The reason is internal; the parties learn of a reassignment without it.
pub async fn arbitrate(cx: &Cx, cmd: Arbitrate) -> AppResult<ReturnRequestId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut asked = returning::find(work, cmd.id).await?;
            let permit = authorize(&asked.seen, Action::Do(SubmissionAction::Arbitrate))?;
            expect_version(cmd.version, asked.request.version)?;
            let stays = cmd.agency_id == asked.assignment().agency_id;
            let event = if stays { AssignmentEvent::Uphold } else { AssignmentEvent::Transfer };
            let before = asked.assignment().status;
            let after = next(TABLE, before, event)?;
            let rules = work.rules(&asked.seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            asked.decided(work, &permit, !stays, &reason).await?;
            let concerned = if stays {
                asked.keep(work, &permit, event).await?
            } else {
                let successor = asked.hand_over(work, &permit, event, (cmd.agency_id, "agencyId")).await?;
                let told = Entry::new(Happening::Reassigned, successor.id).of(&successor);
                work.record(&permit, &asked.seen.matter, told.from_to(before.code(), after.code())).await?;
                successor
            };
            let entry = Entry::new(Happening::Arbitrated, cmd.id).of(&concerned).because(reason);
            work.record(&permit, &asked.seen.matter, entry.from_to(before.code(), after.code())).await?;
            Ok(cmd.id)
        })
    })
    .await
}
