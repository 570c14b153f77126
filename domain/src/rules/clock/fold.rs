//! Folds the events of a clock into its present count, and says when they cannot have happened.

use super::count::{Grant, Stop, day_before};
use super::{ClockEvent, ClockFault, ClockState};
use crate::rules::rule_set::{Basis, ClockRules, PauseReason};
use chrono::NaiveDate;

/// What the events came to.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    /// What is due now.
    pub(super) basis: Basis,
    /// From when it is counted.
    pub(super) start: NaiveDate,
    pub(super) round: u32,
    pub(super) state: ClockState,
    /// Days on which the clock stood in the present count, in order.
    pub(super) stops: Vec<Stop>,
    /// More time granted in the present count, in order.
    pub(super) grants: Vec<Grant>,
    /// More time asked for and undecided.
    pub(super) asked: Option<NaiveDate>,
    /// What there is to tell about the present count, in order.
    pub(super) steps: Vec<Step>,
}

/// One thing to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Round {
        on: NaiveDate,
    },
    Reassigned {
        on: NaiveDate,
        restarted: bool,
    },
    /// The next of the stops.
    Stopped,
    Asked {
        on: NaiveDate,
        until: NaiveDate,
    },
    /// The next of the grants.
    Granted,
    Refused {
        on: NaiveDate,
    },
}

struct Fold<'a> {
    rules: &'a ClockRules,
    out: Folded,
    /// The reasons that are open, whether the clock stands for them or not.
    open: Vec<PauseReason>,
    /// Since when the clock stands, and for which reasons in the order in which they came.
    standing: Option<(NaiveDate, Vec<PauseReason>)>,
}

/// Folds the events; an open pause is given an end on `today`.
pub(super) fn fold(
    basis: Basis,
    events: &[ClockEvent],
    today: NaiveDate,
    rules: &ClockRules,
) -> Result<Folded, ClockFault> {
    let Some((&ClockEvent::Started { on: start }, rest)) = events.split_first() else {
        return Err(ClockFault::NotStarted);
    };
    let out = Folded {
        basis,
        start,
        round: 1,
        state: ClockState::Running,
        stops: Vec::new(),
        grants: Vec::new(),
        asked: None,
        steps: Vec::new(),
    };
    let mut fold = Fold { rules, out, open: Vec::new(), standing: None };
    let mut last = start;
    for (at, event) in rest.iter().enumerate().map(|(index, event)| (index + 1, *event)) {
        let on = event.on();
        if on < last {
            return Err(ClockFault::OutOfOrder { at, on, after: last });
        }
        last = on;
        fold.take(at, event)?;
    }
    Ok(fold.end(today))
}

impl Fold<'_> {
    fn take(&mut self, at: usize, event: ClockEvent) -> Result<(), ClockFault> {
        let finished = matches!(self.out.state, ClockState::Finished { .. });
        if finished && !matches!(event, ClockEvent::RoundOpened { .. }) {
            return Err(ClockFault::AfterFinish { at });
        }
        match event {
            ClockEvent::Started { .. } => return Err(ClockFault::StartedTwice { at }),
            ClockEvent::Paused { on, reason } => self.pause(at, on, reason)?,
            ClockEvent::Resumed { on, reason } => self.resume(at, on, reason)?,
            ClockEvent::ExtensionAsked { on, until } => {
                if self.out.asked.is_some() {
                    return Err(ClockFault::AskedTwice { at });
                }
                self.out.asked = Some(until);
                self.out.steps.push(Step::Asked { on, until });
            }
            ClockEvent::ExtensionGranted { on, until } => {
                self.out.asked = None;
                self.out.grants.push(Grant { on, until });
                self.out.steps.push(Step::Granted);
            }
            ClockEvent::ExtensionRefused { on } => {
                self.out.asked.take().ok_or(ClockFault::NothingAsked { at })?;
                self.out.steps.push(Step::Refused { on });
            }
            ClockEvent::Reassigned { on } => {
                self.close(on);
                self.out.asked = None;
                let restarted = self.rules.restarts(self.out.basis);
                if restarted {
                    self.restart(on);
                }
                self.out.steps.push(Step::Reassigned { on, restarted });
            }
            ClockEvent::RoundOpened { on } => {
                self.close(on);
                self.restart(on);
                self.out.asked = None;
                self.out.state = ClockState::Running;
                self.out.round = self.out.round.saturating_add(1);
                self.out.basis = self.out.basis.next_round();
                self.out.steps = vec![Step::Round { on }];
            }
            ClockEvent::Finished { on } => {
                self.close(on);
                self.out.asked = None;
                self.out.state = ClockState::Finished { on };
            }
        }
        Ok(())
    }

    fn pause(&mut self, at: usize, on: NaiveDate, reason: PauseReason) -> Result<(), ClockFault> {
        if self.open.contains(&reason) {
            return Err(ClockFault::AlreadyPaused { at, reason });
        }
        self.open.push(reason);
        if self.rules.pauses_for(reason) {
            let (_, reasons) = self.standing.get_or_insert((on, Vec::new()));
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        Ok(())
    }

    fn resume(&mut self, at: usize, on: NaiveDate, reason: PauseReason) -> Result<(), ClockFault> {
        let index = self.open.iter().position(|open| *open == reason).ok_or(ClockFault::NotPaused { at, reason })?;
        self.open.remove(index);
        if !self.open.iter().any(|open| self.rules.pauses_for(*open)) {
            self.run_again(on);
        }
        Ok(())
    }

    /// Ends every pause.
    fn close(&mut self, on: NaiveDate) {
        self.open.clear();
        self.run_again(on);
    }

    fn run_again(&mut self, on: NaiveDate) {
        let Some((since, reasons)) = self.standing.take() else { return };
        // Paused and resumed on one day: the clock did not stand on any.
        if since < on {
            self.stop(Stop { first: since, last: day_before(on), reasons, open: false });
        }
    }

    /// Notes a stop; one that meets the stop before prolongs it.
    fn stop(&mut self, stop: Stop) {
        match self.out.stops.last_mut().filter(|before| before.last >= day_before(stop.first)) {
            Some(before) => {
                before.last = stop.last;
                before.open = stop.open;
                let new = stop.reasons.into_iter().filter(|reason| !before.reasons.contains(reason));
                before.reasons.extend(new.collect::<Vec<_>>());
            }
            None => {
                self.out.stops.push(stop);
                self.out.steps.push(Step::Stopped);
            }
        }
    }

    /// Begins another count: what was before no longer counts.
    fn restart(&mut self, on: NaiveDate) {
        self.out.start = on;
        self.out.stops.clear();
        self.out.grants.clear();
        // Which round it is stays worth telling.
        self.out.steps.retain(|step| matches!(step, Step::Round { .. }));
    }

    fn end(mut self, today: NaiveDate) -> Folded {
        if let Some((since, reasons)) = self.standing.take() {
            self.out.state = ClockState::Paused { since };
            self.stop(Stop { first: since, last: today.max(since), reasons, open: true });
        }
        self.out
    }
}
