//! The life of a submission, suggestion or proposal.
//!
//! From ASSIGNED to CLOSED the state follows from the assignments: see [`derive()`].

use super::{Event, Row, row};
use crate::vocabulary::SubmissionStatus::{self, *};
use crate::vocabulary::{AssignmentRole, AssignmentStatus, SubmissionAction};
use SubmissionEvent as E;

/// What can happen to a submission itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmissionEvent {
    /// The draft or the returned text is changed.
    Update,
    /// The draft is deleted.
    Delete,
    /// Co-signers are invited.
    InviteCosigners,
    /// An invited person accepts or declines.
    AnswerCosign,
    /// It is handed in, for the first time or again.
    Submit,
    /// Its proposers withdraw it.
    Withdraw,
    /// The office returns it for revision.
    ReturnForRevision,
    /// The office accepts and numbers it.
    Accept,
    /// The office refuses it.
    Refuse,
    /// It is merged into another.
    MergeInto,
    /// Others are merged into it.
    Absorb,
    /// The merger is undone; it was under review before.
    UnmergeToReview,
    /// The merger is undone; it was accepted before.
    UnmergeToAccepted,
    /// It becomes a matter of another kind.
    Convert,
    /// Its assignment is planned.
    PlanAssignment,
    /// The planned assignments are released.
    Release,
    /// It is put under supervision.
    Supervise,
    /// A leader gives an instruction.
    Instruct,
    /// A meeting or an inspection about it is recorded.
    RecordMeeting,
    /// It was compared with another matter.
    Compare,
    /// It is filed away.
    Archive,
}

impl SubmissionEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[
        E::Update,
        E::Delete,
        E::InviteCosigners,
        E::AnswerCosign,
        E::Submit,
        E::Withdraw,
        E::ReturnForRevision,
        E::Accept,
        E::Refuse,
        E::MergeInto,
        E::Absorb,
        E::UnmergeToReview,
        E::UnmergeToAccepted,
        E::Convert,
        E::PlanAssignment,
        E::Release,
        E::Supervise,
        E::Instruct,
        E::RecordMeeting,
        E::Compare,
        E::Archive,
    ];
}

impl Event for SubmissionEvent {
    fn verb(self) -> SubmissionAction {
        use SubmissionAction as V;
        match self {
            E::Update => V::Update,
            E::Delete => V::Delete,
            E::InviteCosigners => V::InviteCosigners,
            E::AnswerCosign => V::AnswerCosign,
            E::Submit => V::Submit,
            E::Withdraw => V::Withdraw,
            E::ReturnForRevision => V::ReturnForRevision,
            E::Accept => V::Accept,
            E::Refuse => V::Refuse,
            E::MergeInto | E::Absorb => V::Merge,
            E::UnmergeToReview | E::UnmergeToAccepted => V::Unmerge,
            E::Convert => V::Convert,
            E::PlanAssignment => V::PlanAssignment,
            E::Release => V::Release,
            E::Supervise => V::Supervise,
            E::Instruct => V::Instruct,
            E::RecordMeeting => V::RecordMeeting,
            E::Compare => V::Compare,
            E::Archive => V::Archive,
        }
    }
}

/// Transitions caused by a person. Those caused by assignments are in [`DERIVED`].
pub const TABLE: &[Row<SubmissionStatus, SubmissionEvent>] = &[
    row(Draft, E::Update, Draft),
    row(Draft, E::Delete, Draft),
    row(Draft, E::InviteCosigners, Draft),
    row(Draft, E::AnswerCosign, Draft),
    row(Draft, E::Submit, Submitted),
    row(NeedsRevision, E::Update, NeedsRevision),
    row(NeedsRevision, E::InviteCosigners, NeedsRevision),
    row(NeedsRevision, E::AnswerCosign, NeedsRevision),
    row(NeedsRevision, E::Submit, Submitted),
    row(NeedsRevision, E::Withdraw, Withdrawn),
    row(Submitted, E::Withdraw, Withdrawn),
    row(Submitted, E::ReturnForRevision, NeedsRevision),
    row(Submitted, E::Accept, Accepted),
    row(Submitted, E::Refuse, Refused),
    row(Submitted, E::MergeInto, Merged),
    row(Submitted, E::Absorb, Submitted),
    row(Submitted, E::Convert, Converted),
    row(Submitted, E::Supervise, Submitted),
    row(Submitted, E::RecordMeeting, Submitted),
    row(Submitted, E::Compare, Submitted),
    row(Accepted, E::Withdraw, Withdrawn),
    row(Accepted, E::MergeInto, Merged),
    row(Accepted, E::Absorb, Accepted),
    row(Accepted, E::PlanAssignment, Accepted),
    row(Accepted, E::Release, Assigned),
    row(Accepted, E::Supervise, Accepted),
    row(Accepted, E::Instruct, Accepted),
    row(Accepted, E::RecordMeeting, Accepted),
    row(Accepted, E::Compare, Accepted),
    row(Merged, E::UnmergeToReview, Submitted),
    row(Merged, E::UnmergeToAccepted, Accepted),
    row(Assigned, E::Withdraw, Withdrawn),
    row(Assigned, E::Absorb, Assigned),
    row(Assigned, E::Supervise, Assigned),
    row(Assigned, E::Instruct, Assigned),
    row(Assigned, E::RecordMeeting, Assigned),
    row(Assigned, E::Compare, Assigned),
    row(Handling, E::Withdraw, Withdrawn),
    row(Handling, E::Absorb, Handling),
    row(Handling, E::Supervise, Handling),
    row(Handling, E::Instruct, Handling),
    row(Handling, E::RecordMeeting, Handling),
    row(Handling, E::Compare, Handling),
    row(Replied, E::Supervise, Replied),
    row(Replied, E::Instruct, Replied),
    row(Replied, E::RecordMeeting, Replied),
    row(Replied, E::Compare, Replied),
    row(Closed, E::Supervise, Closed),
    row(Closed, E::Instruct, Closed),
    row(Closed, E::RecordMeeting, Closed),
    row(Closed, E::Compare, Closed),
    row(Closed, E::Archive, Archived),
    row(Refused, E::Archive, Archived),
    row(Withdrawn, E::Archive, Archived),
];

/// Moves that follow from the assignments and from nothing else.
pub const DERIVED: &[(SubmissionStatus, SubmissionStatus)] =
    &[(Assigned, Handling), (Handling, Assigned), (Handling, Replied), (Replied, Handling), (Replied, Closed)];

/// The state of a released submission as its assignments make it.
///
/// REPLIED only when every agency that answers has replied; CLOSED when every one is done.
/// Returns `None` while nothing is released: then the assignments say nothing about the state.
pub fn derive(assignments: &[(AssignmentRole, AssignmentStatus)]) -> Option<SubmissionStatus> {
    use AssignmentStatus as A;
    let released = || assignments.iter().filter(|(_, status)| status.is_released());
    let answering = || released().filter(|(role, _)| role.answers());
    released().next()?;
    let any_answering = answering().next().is_some();
    Some(if any_answering && answering().all(|(_, status)| *status == A::Done) {
        Closed
    } else if any_answering && answering().all(|(_, status)| matches!(status, A::Replied | A::Done)) {
        Replied
    } else if released().any(|(_, status)| matches!(status, A::Handling | A::OpinionSent | A::Replied | A::Done)) {
        Handling
    } else {
        Assigned
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::checks;

    #[test]
    fn grid() {
        // Derived moves take part in reachability through a stand-in event per row.
        let mut rows = TABLE.to_vec();
        for (from, to) in DERIVED {
            if !rows.iter().any(|r| r.from == *from && r.event == E::Release) {
                rows.push(row(*from, E::Release, *to));
            } else {
                rows.push(row(*from, E::Delete, *to));
            }
        }
        checks::table(&rows, SubmissionStatus::ALL, E::ALL, Draft, &[Converted, Archived]);
        let mut grid = checks_grid();
        for (from, to) in DERIVED {
            grid.push_str(&format!("derived: {from} -> {to}\n"));
        }
        insta::assert_snapshot!(grid);
    }

    fn checks_grid() -> String {
        let mut out = String::new();
        for state in SubmissionStatus::ALL {
            out.push_str(&format!("{state}\n"));
            for event in E::ALL {
                let to = TABLE.iter().find(|r| r.from == *state && r.event == *event).map(|r| r.to);
                out.push_str(&format!("  {event:?}: {}\n", to.map_or_else(|| "refused".into(), |s| s.to_string())));
            }
        }
        out
    }

    #[test]
    fn separate_handling_is_replied_only_when_every_agency_replied() {
        use AssignmentRole::{Co, Lead, Separate};
        use AssignmentStatus as A;
        assert_eq!(derive(&[]), None);
        assert_eq!(derive(&[(Lead, A::Planned)]), None);
        assert_eq!(derive(&[(Separate, A::Replied), (Separate, A::PendingSign)]), Some(Handling));
        assert_eq!(derive(&[(Separate, A::Replied), (Separate, A::Returned)]), Some(Replied));
        assert_eq!(derive(&[(Lead, A::PendingSign), (Co, A::OpinionSent)]), Some(Handling));
        assert_eq!(derive(&[(Lead, A::Replied), (Co, A::Handling)]), Some(Replied));
        assert_eq!(derive(&[(Separate, A::Done), (Separate, A::Replied)]), Some(Replied));
        assert_eq!(derive(&[(Separate, A::Done), (Separate, A::Done)]), Some(Closed));
        assert_eq!(derive(&[(Lead, A::Cancelled), (Lead, A::PendingSign)]), Some(Assigned));
    }
}
