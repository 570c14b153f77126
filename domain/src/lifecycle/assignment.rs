//! The life of one agency's assignment.

use super::{Event, Row, row};
use crate::vocabulary::AssignmentStatus::{self, *};
use crate::vocabulary::SubmissionAction;
use AssignmentEvent as E;

/// What can happen to an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignmentEvent {
    /// The transfer office releases it: the legal clock starts.
    Release,
    /// The agency signs for it.
    SignFor,
    /// The agency asks to hand it back.
    RequestReturn,
    /// The agency asks to hand back a matter that was handed back too often before.
    Dispute,
    /// The transfer office lets it be handed back.
    ApproveReturn,
    /// The transfer office refuses: the agency must handle it.
    RejectReturn,
    /// A leader settles the dispute: this agency must handle it.
    Uphold,
    /// A leader settles the dispute: another agency must handle it.
    Transfer,
    /// Leader, handler and due day are fixed; handling starts.
    StartHandling,
    /// The handler reports progress.
    ReportProgress,
    /// The handler records a contact.
    RecordContact,
    /// The agency asks for more time.
    RequestExtension,
    /// The transfer office decides on more time.
    DecideExtension,
    /// A co-handling agency sends its opinion.
    SendOpinion,
    /// A joint lead agrees to the common reply.
    Agree,
    /// The handler drafts or changes the reply of the round.
    DraftReply,
    /// The reply of the round is issued.
    IssueReply,
    /// A joint lead shares the reply that another lead issues; its own opinion is in.
    ShareReply,
    /// The office orders another round.
    Rehandle,
    /// Every form of the round is settled.
    Settle,
    /// The matter is closed without the opinion that a co-handling agency still owed.
    Lapse,
    /// The transfer office urges.
    Urge,
    /// The matter is withdrawn or merged away.
    Cancel,
}

impl AssignmentEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[
        E::Release,
        E::SignFor,
        E::RequestReturn,
        E::Dispute,
        E::ApproveReturn,
        E::RejectReturn,
        E::Uphold,
        E::Transfer,
        E::StartHandling,
        E::ReportProgress,
        E::RecordContact,
        E::RequestExtension,
        E::DecideExtension,
        E::SendOpinion,
        E::Agree,
        E::DraftReply,
        E::IssueReply,
        E::ShareReply,
        E::Rehandle,
        E::Settle,
        E::Lapse,
        E::Urge,
        E::Cancel,
    ];
}

impl Event for AssignmentEvent {
    fn verb(self) -> SubmissionAction {
        use SubmissionAction as V;
        match self {
            E::Release => V::Release,
            E::SignFor => V::SignFor,
            E::RequestReturn | E::Dispute => V::RequestReturn,
            E::ApproveReturn | E::RejectReturn => V::DecideReturn,
            E::Uphold | E::Transfer => V::Arbitrate,
            E::StartHandling => V::StartHandling,
            E::ReportProgress => V::ReportProgress,
            E::RecordContact => V::RecordContact,
            E::RequestExtension => V::RequestExtension,
            E::DecideExtension => V::DecideExtension,
            E::SendOpinion | E::Agree => V::SendOpinion,
            E::DraftReply => V::DraftReply,
            E::IssueReply | E::ShareReply => V::IssueReply,
            E::Rehandle | E::Settle | E::Lapse => V::SettleFeedback,
            E::Urge => V::Urge,
            E::Cancel => V::Withdraw,
        }
    }
}

/// The transitions.
pub const TABLE: &[Row<AssignmentStatus, AssignmentEvent>] = &[
    row(Planned, E::Release, PendingSign),
    row(Planned, E::Cancel, Cancelled),
    row(PendingSign, E::SignFor, Signed),
    row(PendingSign, E::RequestReturn, ReturnRequested),
    row(PendingSign, E::Dispute, Disputed),
    row(PendingSign, E::Urge, PendingSign),
    row(PendingSign, E::Lapse, Done),
    row(PendingSign, E::Cancel, Cancelled),
    row(Signed, E::RequestReturn, ReturnRequested),
    row(Signed, E::Dispute, Disputed),
    row(Signed, E::StartHandling, Handling),
    row(Signed, E::Urge, Signed),
    row(Signed, E::Lapse, Done),
    row(Signed, E::Cancel, Cancelled),
    row(ReturnRequested, E::ApproveReturn, Returned),
    row(ReturnRequested, E::RejectReturn, Signed),
    row(ReturnRequested, E::Lapse, Done),
    row(ReturnRequested, E::Cancel, Cancelled),
    row(Disputed, E::ApproveReturn, Returned),
    row(Disputed, E::RejectReturn, Signed),
    row(Disputed, E::Uphold, Signed),
    row(Disputed, E::Transfer, Returned),
    row(Disputed, E::Lapse, Done),
    row(Disputed, E::Cancel, Cancelled),
    row(Handling, E::ReportProgress, Handling),
    row(Handling, E::RecordContact, Handling),
    row(Handling, E::RequestExtension, Handling),
    row(Handling, E::DecideExtension, Handling),
    row(Handling, E::SendOpinion, OpinionSent),
    row(Handling, E::Agree, Handling),
    row(Handling, E::DraftReply, Handling),
    row(Handling, E::IssueReply, Replied),
    row(Handling, E::ShareReply, Replied),
    row(Handling, E::Urge, Handling),
    row(Handling, E::Lapse, Done),
    row(Handling, E::Cancel, Cancelled),
    row(OpinionSent, E::ReportProgress, OpinionSent),
    row(OpinionSent, E::RecordContact, OpinionSent),
    row(OpinionSent, E::Rehandle, OpinionSent),
    row(OpinionSent, E::Settle, Done),
    row(OpinionSent, E::Cancel, Cancelled),
    row(Replied, E::ReportProgress, Replied),
    row(Replied, E::RecordContact, Replied),
    row(Replied, E::Rehandle, Handling),
    row(Replied, E::Settle, Done),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::checks;

    #[test]
    fn grid() {
        let grid = checks::table(TABLE, AssignmentStatus::ALL, E::ALL, Planned, &[Returned, Done, Cancelled]);
        insta::assert_snapshot!(grid);
    }
}
