//! The life of an agency's appraisal: announced once, objected to once, answered once.
//!
//! Figures are frozen when it is announced and never change; an answer can correct findings alone.

use super::{Row, Step, row};
use crate::refusal::Refusal;
use crate::vocabulary::AppraisalAction;
use crate::vocabulary::AppraisalStatus::{self, *};
use AppraisalEvent as E;

/// What can happen to an appraisal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppraisalEvent {
    /// The transfer office records what happened beside the figures.
    RecordFindings,
    /// The transfer office announces it.
    Announce,
    /// The agency objects.
    Object,
    /// The transfer office upholds it.
    Uphold,
    /// The transfer office corrects its findings.
    Correct,
}

impl AppraisalEvent {
    /// Every event.
    pub const ALL: &'static [Self] = &[E::RecordFindings, E::Announce, E::Object, E::Uphold, E::Correct];

    /// The verb by which a person causes it.
    pub fn verb(self) -> AppraisalAction {
        match self {
            E::RecordFindings => AppraisalAction::RecordFindings,
            E::Announce => AppraisalAction::Announce,
            E::Object => AppraisalAction::Object,
            E::Uphold | E::Correct => AppraisalAction::AnswerObjection,
        }
    }
}

/// The transitions.
pub const TABLE: &[Row<AppraisalStatus, AppraisalEvent>] = &[
    row(Draft, E::RecordFindings, Draft),
    row(Draft, E::Announce, Announced),
    row(Announced, E::Object, Objected),
    row(Objected, E::Uphold, Confirmed),
    row(Objected, E::Correct, Corrected),
];

impl Step for AppraisalEvent {
    fn refused(self, state: (&'static str, &'static str)) -> Refusal {
        Refusal::AppraisalState { state, verb: self.verb() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lifecycle::{State, checks, next};

    #[test]
    fn grid() {
        insta::assert_snapshot!(checks::table(TABLE, AppraisalStatus::ALL, E::ALL, Draft, &[Confirmed, Corrected]));
    }

    #[test]
    fn what_is_announced_takes_no_findings_and_is_announced_once() {
        for state in [Announced, Objected, Confirmed, Corrected] {
            for event in [E::RecordFindings, E::Announce] {
                let reason = Refusal::AppraisalState { state: state.words(), verb: event.verb() };
                assert_eq!(next(TABLE, state, event), Err(reason));
            }
        }
    }
}
