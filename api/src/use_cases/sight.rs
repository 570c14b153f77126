//! Whether a reader may see a reply or a form of a submission that he sees; asked by every path that leads to one.

use super::feedback::relations;
use super::part;
use crate::access::Seen;
use crate::cx::Cx;
use domain::policy::Action;
use domain::vocabulary::ReplyStatus;
use entity::{feedback, reply};

/// A reply: once issued as the matter's replies, before that as the work inside the agency.
pub fn reply(cx: &Cx, seen: &Seen, row: &reply::Model) -> bool {
    if row.status == ReplyStatus::Issued { seen.may(Action::ReadReply) } else { inside(cx, seen, row) }
}

/// The sign-off of a reply, which stays inside agency and transfer office.
pub fn inside(cx: &Cx, seen: &Seen, row: &reply::Model) -> bool {
    let assignment = seen.matter.assignments.iter().find(|a| a.id == row.assignment_id);
    assignment.is_some_and(|assignment| seen.may_with(Action::ReadDraftReply, part(cx, assignment)))
}

/// A form, with its ratings.
pub fn feedback(cx: &Cx, seen: &Seen, row: &feedback::Model) -> bool {
    seen.may_with(Action::ReadRating, relations(cx, seen, row))
}
