//! Leaders' instructions (批示): internal for ever.

use super::{fields, perform};
use crate::access::{Seen, authorize};
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::trail::Entry;
use domain::event::Happening;
use domain::ids::{InstructionId, SubmissionId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::{Action, Relation, RelationSet};
use domain::vocabulary::SubmissionAction;
use entity::instruction;

/// Give an instruction.
#[derive(Clone, Debug)]
pub struct Instruct {
    /// On which submission.
    pub submission_id: SubmissionId,
    /// The instruction.
    pub text: String,
}

/// Gives an instruction; the transfer office and the agencies are told that there is one.
///
/// The text stands with the instruction alone: neither the trail nor a notification repeats it, so that no mail or
/// message carries it out of the house.
pub async fn instruct(cx: &Cx, cmd: Instruct) -> AppResult<InstructionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let actor = &work.cx.actor;
            let seen = work.see(cmd.submission_id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Instruct))?;
            next(TABLE, seen.matter.row.status, SubmissionEvent::Instruct)?;
            let rules = work.rules(&seen.matter.row).await?;
            let row = instruction::Model {
                id: work.cx.id(),
                submission_id: cmd.submission_id,
                text: fields::body("text", &cmd.text, rules.set.texts.other.instruction)?,
                by_id: actor.user_id,
                position_id: actor.position_id,
                role: actor.role,
                at: work.now(),
            };
            let id = row.id;
            work.insert(&permit, row).await?;
            work.record(&permit, &seen.matter, Entry::new(Happening::Instructed, id)).await?;
            Ok(id)
        })
    })
    .await
}

/// Whether a reader may see an instruction on a submission that he sees.
pub fn visible(cx: &Cx, seen: &Seen, row: &instruction::Model) -> bool {
    let side = RelationSet::EMPTY.with_if(Relation::SameSide, row.role == cx.actor.role);
    seen.may_with(Action::ReadInstruction, side)
}
