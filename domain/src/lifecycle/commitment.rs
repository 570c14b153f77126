//! The life of a promise, which goes on after the matter is closed.
//!
//! A confirmed change is not the end: the promise lives on with its new date until it is reported as
//! fulfilled and confirmed.

use super::{Event, Row, row};
use crate::vocabulary::CommitmentStatus::{self, *};
use crate::vocabulary::SubmissionAction;
use CommitmentEvent as E;

/// What can happen to a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentEvent {
    /// The agency reports it as fulfilled.
    ReportFulfilled,
    /// The agency reports a change with reasons and a new date.
    ReportChanged,
    /// The agency reports again on a promise whose change was confirmed.
    ReportAfterChange,
    /// The agency reports another change of a promise whose change was confirmed.
    ChangeAgain,
    /// The proposer confirms the report.
    Confirm,
    /// The proposer disputes the report.
    Dispute,
    /// The office makes it public.
    Publish,
}

impl CommitmentEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[
        E::ReportFulfilled,
        E::ReportChanged,
        E::ReportAfterChange,
        E::ChangeAgain,
        E::Confirm,
        E::Dispute,
        E::Publish,
    ];
}

impl Event for CommitmentEvent {
    fn verb(self) -> SubmissionAction {
        match self {
            E::ReportFulfilled | E::ReportChanged | E::ReportAfterChange | E::ChangeAgain => {
                SubmissionAction::ReportCommitment
            }
            E::Confirm | E::Dispute => SubmissionAction::AnswerCommitment,
            E::Publish => SubmissionAction::Publish,
        }
    }
}

/// The transitions.
pub const TABLE: &[Row<CommitmentStatus, CommitmentEvent>] = &[
    row(Open, E::ReportFulfilled, Fulfilled),
    row(Open, E::ReportChanged, Changed),
    row(Fulfilled, E::Confirm, Confirmed),
    row(Fulfilled, E::Dispute, Disputed),
    row(Changed, E::ReportFulfilled, Fulfilled),
    row(Changed, E::Confirm, Confirmed),
    row(Changed, E::Dispute, Disputed),
    row(Disputed, E::ReportFulfilled, Fulfilled),
    row(Disputed, E::ReportChanged, Changed),
    row(Confirmed, E::ReportAfterChange, Fulfilled),
    row(Confirmed, E::ChangeAgain, Changed),
    row(Open, E::Publish, Open),
    row(Fulfilled, E::Publish, Fulfilled),
    row(Changed, E::Publish, Changed),
    row(Disputed, E::Publish, Disputed),
    row(Confirmed, E::Publish, Confirmed),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::checks;

    #[test]
    fn grid() {
        insta::assert_snapshot!(checks::table(TABLE, CommitmentStatus::ALL, E::ALL, Open, &[]));
    }
}
