//! The life of a feedback form; OVERDUE is REQUESTED past its due day.

use super::{Event, Row, row};
use crate::vocabulary::FeedbackStatus::{self, *};
use crate::vocabulary::SubmissionAction;
use FeedbackEvent as E;
use chrono::NaiveDate;

/// What can happen to a feedback form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedbackEvent {
    /// The due day passes without an answer.
    Lapse,
    /// The proposer rates.
    Rate,
    /// The office settles it and closes the round for this proposer.
    Close,
    /// The office settles it and orders another round.
    Rehandle,
}

impl FeedbackEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[E::Lapse, E::Rate, E::Close, E::Rehandle];
}

impl Event for FeedbackEvent {
    fn verb(self) -> SubmissionAction {
        match self {
            E::Lapse | E::Rate => SubmissionAction::Rate,
            E::Close | E::Rehandle => SubmissionAction::SettleFeedback,
        }
    }
}

/// The transitions.
pub const TABLE: &[Row<FeedbackStatus, FeedbackEvent>] = &[
    row(Requested, E::Lapse, Overdue),
    row(Requested, E::Rate, Submitted),
    row(Overdue, E::Rate, Submitted),
    row(Overdue, E::Close, Settled),
    row(Submitted, E::Close, Settled),
    row(Submitted, E::Rehandle, Settled),
];

/// The state as people see it today: a form not answered by its due day is overdue.
pub fn as_of(stored: FeedbackStatus, due_on: NaiveDate, today: NaiveDate) -> FeedbackStatus {
    if stored == Requested && today > due_on { Overdue } else { stored }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::checks;

    #[test]
    fn grid() {
        insta::assert_snapshot!(checks::table(TABLE, FeedbackStatus::ALL, E::ALL, Requested, &[Settled]));
    }

    #[test]
    fn a_form_is_overdue_from_the_day_after_its_due_day() {
        let due = NaiveDate::from_ymd_opt(2026, 5, 12).expect("a date");
        assert_eq!(as_of(Requested, due, due), Requested);
        assert_eq!(as_of(Requested, due, due.succ_opt().expect("a date")), Overdue);
        assert_eq!(as_of(Submitted, due, due.succ_opt().expect("a date")), Submitted);
    }
}
