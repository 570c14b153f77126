//! What may follow what: one transition table per machine, small machines that nest.
//!
//! A submission has assignments, an assignment has one reply per round, a reply has one feedback form
//! per proposer and any number of promises. Each table is data; [`next`] is the only way to use it.
//! Deliberately absent: who may do it ([`crate::policy`]), clocks ([`crate::rules`]), and storing.

pub mod appraisal;
pub mod assignment;
pub mod commitment;
pub mod consultation;
pub mod distribution;
pub mod feedback;
pub mod reply;
pub mod submission;

use crate::refusal::Refusal;
use crate::vocabulary::SubmissionAction;
use std::fmt::Display;

/// One row of a transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<S, E> {
    /// The state before.
    pub from: S,
    /// What happens.
    pub event: E,
    /// The state after.
    pub to: S,
}

pub(crate) const fn row<S, E>(from: S, event: E, to: S) -> Row<S, E> {
    Row { from, event, to }
}

/// A state of one of the machines, as a refusal names it to people.
pub trait State: Copy + PartialEq + Display + 'static {
    /// The word for the state in both languages: Chinese, English.
    fn words(self) -> (&'static str, &'static str);
}

/// An event of one of the machines.
pub trait Step: Copy + PartialEq + 'static {
    /// The refusal where it is not possible, given the words for the present state.
    fn refused(self, state: (&'static str, &'static str)) -> Refusal;
}

/// An event in the life of a matter or of what hangs on it.
pub trait Event: Copy + PartialEq + 'static {
    /// The verb by which a person causes it.
    fn verb(self) -> SubmissionAction;
}

impl<E: Event> Step for E {
    fn refused(self, state: (&'static str, &'static str)) -> Refusal {
        Refusal::WrongState { state, verb: self.verb() }
    }
}

/// The state after the event, or a refusal that names the present state and the verb.
pub fn next<S: State, E: Step>(table: &[Row<S, E>], from: S, event: E) -> Result<S, Refusal> {
    let found = table.iter().find(|row| row.from == from && row.event == event);
    found.map(|row| row.to).ok_or_else(|| event.refused(from.words()))
}

macro_rules! state_words {
    ($($name:ty),+) => {
        $(impl State for $name {
            fn words(self) -> (&'static str, &'static str) {
                (self.label(crate::language::Language::Zh), self.label(crate::language::Language::En))
            }
        })+
    };
}
state_words!(
    crate::vocabulary::AppraisalStatus,
    crate::vocabulary::SubmissionStatus,
    crate::vocabulary::AssignmentStatus,
    crate::vocabulary::ReplyStatus,
    crate::vocabulary::FeedbackStatus,
    crate::vocabulary::CommitmentStatus,
    crate::vocabulary::ConsultationStatus
);

#[cfg(test)]
pub(crate) mod checks {
    use super::{Row, State};
    use std::fmt::{Debug, Write};

    /// The checks that every table must pass, and its grid as text.
    pub fn table<S: State + Debug, E: Copy + PartialEq + Debug>(
        table: &[Row<S, E>],
        states: &[S],
        events: &[E],
        initial: S,
        terminal: &[S],
    ) -> String {
        for (i, row) in table.iter().enumerate() {
            assert!(
                !table[..i].iter().any(|other| other.from == row.from && other.event == row.event),
                "two rows for {row:?}"
            );
        }
        let mut reached = vec![initial];
        loop {
            let more = table.iter().find(|row| reached.contains(&row.from) && !reached.contains(&row.to));
            match more {
                Some(row) => reached.push(row.to),
                None => break,
            }
        }
        for state in states {
            assert!(reached.contains(state), "{state:?} cannot be reached");
            let leaves = table.iter().any(|row| row.from == *state && row.to != *state);
            assert_eq!(leaves, !terminal.contains(state), "{state:?}: exits do not fit");
        }
        for event in events {
            assert!(table.iter().any(|row| row.event == *event), "{event:?} is never possible");
        }
        let mut grid = String::new();
        for state in states {
            let _ = writeln!(grid, "{state}");
            for event in events {
                let to = table.iter().find(|row| row.from == *state && row.event == *event).map(|row| row.to);
                let _ = writeln!(grid, "  {event:?}: {}", to.map_or_else(|| "refused".into(), |to| to.to_string()));
            }
        }
        grid
    }
}
