//! The life of a question at the consultation desk (两会咨政室).
//!
//! It is the asker's: he alone says whether the answers settled it, and he can take it back as long as nobody
//! has answered. What came of it can be named as long as the question was not taken back.

use super::{Row, Step, row};
use crate::refusal::Refusal;
use crate::vocabulary::ConsultationStatus::{self, *};
use crate::vocabulary::DeskAction;
use ConsultationEvent as E;

/// What can happen to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsultationEvent {
    /// The agency answers, for the first time or again.
    Answer,
    /// The asker says that the answers settled it.
    Settle,
    /// The asker says that they did not.
    LeaveUnsettled,
    /// The asker takes it back.
    Withdraw,
    /// A submission is named that belongs to it.
    Link,
}

impl ConsultationEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[E::Answer, E::Settle, E::LeaveUnsettled, E::Withdraw, E::Link];
}

impl Step for ConsultationEvent {
    fn refused(self, state: (&'static str, &'static str)) -> Refusal {
        let verb = match self {
            E::Answer => DeskAction::Answer,
            E::Settle | E::LeaveUnsettled => DeskAction::Close,
            E::Withdraw => DeskAction::Withdraw,
            E::Link => DeskAction::Link,
        };
        Refusal::WrongDeskState { state, verb }
    }
}

/// The transitions.
pub const TABLE: &[Row<ConsultationStatus, ConsultationEvent>] = &[
    row(Asked, E::Answer, Answered),
    row(Asked, E::Withdraw, Withdrawn),
    row(Asked, E::Link, Asked),
    row(Answered, E::Answer, Answered),
    row(Answered, E::Settle, Settled),
    row(Answered, E::LeaveUnsettled, Unsettled),
    row(Answered, E::Link, Answered),
    row(Settled, E::Link, Settled),
    row(Unsettled, E::Link, Unsettled),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::{checks, next};

    #[test]
    fn grid() {
        let ends = [Settled, Unsettled, Withdrawn];
        insta::assert_snapshot!(checks::table(TABLE, ConsultationStatus::ALL, E::ALL, Asked, &ends));
    }

    #[test]
    fn a_question_is_closed_after_an_answer_and_taken_back_before_one() {
        for close in [E::Settle, E::LeaveUnsettled] {
            let open: Vec<_> =
                ConsultationStatus::ALL.iter().filter(|state| next(TABLE, **state, close).is_ok()).collect();
            assert_eq!(open, [&Answered]);
        }
        assert_eq!(next(TABLE, Asked, E::Withdraw), Ok(Withdrawn));
        let verb = DeskAction::Withdraw;
        let refused = Refusal::WrongDeskState { state: ("已答复", "answered"), verb };
        assert_eq!(next(TABLE, Answered, E::Withdraw), Err(refused));
    }
}
