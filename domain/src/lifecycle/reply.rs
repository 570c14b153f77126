//! The life of a reply in one round: drafting, the sign-off chain, issue.
//!
//! A rejection anywhere in the chain returns the reply to drafting with all signatures void, and
//! listed; the chain then starts again from its first step.

use super::{Event, Row, row};
use crate::vocabulary::ReplyStatus::{self, *};
use crate::vocabulary::SubmissionAction;
use ReplyEvent as E;

/// What can happen to a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyEvent {
    /// The handler changes the text.
    Edit,
    /// The handler hands it in for review.
    Submit,
    /// A reviewer approves, and further steps follow.
    Approve,
    /// The last reviewer of the chain approves.
    ApproveLast,
    /// A reviewer sends it back.
    SendBack,
    /// The office rejects it before it is issued.
    OfficeReject,
    /// The liaison issues it with a document number.
    Issue,
    /// The congress or CPPCC office publishes it.
    Publish,
    /// The congress or CPPCC office takes it back from the public.
    WithdrawPublication,
}

impl ReplyEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[
        E::Edit,
        E::Submit,
        E::Approve,
        E::ApproveLast,
        E::SendBack,
        E::OfficeReject,
        E::Issue,
        E::Publish,
        E::WithdrawPublication,
    ];
}

impl Event for ReplyEvent {
    fn verb(self) -> SubmissionAction {
        use SubmissionAction as V;
        match self {
            E::Edit => V::DraftReply,
            E::Submit => V::SubmitReply,
            E::Approve | E::ApproveLast | E::SendBack => V::ReviewReply,
            E::OfficeReject => V::RejectReply,
            E::Issue => V::IssueReply,
            E::Publish => V::Publish,
            E::WithdrawPublication => V::WithdrawPublication,
        }
    }
}

/// The transitions.
pub const TABLE: &[Row<ReplyStatus, ReplyEvent>] = &[
    row(Drafting, E::Edit, Drafting),
    row(Drafting, E::Submit, UnderReview),
    row(UnderReview, E::Approve, UnderReview),
    row(UnderReview, E::ApproveLast, SignedOff),
    row(UnderReview, E::SendBack, Drafting),
    row(UnderReview, E::OfficeReject, Rejected),
    row(SignedOff, E::OfficeReject, Rejected),
    row(SignedOff, E::Issue, Issued),
    row(Rejected, E::Edit, Drafting),
    row(Issued, E::Publish, Issued),
    row(Issued, E::WithdrawPublication, Issued),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::checks;

    #[test]
    fn grid() {
        insta::assert_snapshot!(checks::table(TABLE, ReplyStatus::ALL, E::ALL, Drafting, &[Issued]));
    }
}
