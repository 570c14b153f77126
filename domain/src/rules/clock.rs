//! Clocks: what happened to one, in order, gives its due day and the whole story of how it came about.
//!
//! A clock is a fold over its events and is never stored as truth: run it again with a new calendar and it tells
//! the new day. There is no other way in this program to compute a due day ([`super::deadline`] uses it too).
//!
//! # What the events mean
//!
//! - **Days.** The period is made of the days after the start (with `startCounts`: from the start on). The due day
//!   is the day on which its last unit is used up; where the rule says so it then rolls to the next working day.
//! - **Pause** (暂停): the clock stands from the day of the pause up to the day *before* the resumption. Of the two
//!   broken days one counts and one does not, so pausing and resuming on one day changes nothing, two pauses that
//!   meet are one, and pauses that overlap count once. A pause on the due day itself is still in time. The days on
//!   which the clock stands are not used up: working days for a period of working days, calendar days for all
//!   others (a day of the year too). Reasons for which the region's clock does not stand are recorded and change
//!   nothing. A due day never falls on a day on which the clock stands, and a roll passes over such days.
//! - **Open pause**: the due day is that of a resumption on the day after `today`, and provisional; what is left
//!   stays the same from day to day.
//! - **Extension** (延期): the due day is the latest of the day computed and the days granted. A granted day was
//!   named by a person: it does not roll and rests on no calendar. From the day of the grant on, each day on which
//!   the clock stands before the granted day is given back after it. Asking and refusal change nothing.
//! - **Reassignment** (改办): open pauses and an open request for more time end. The clock goes on, or starts anew
//!   on that day where the region says so (`clock.restartOnReassignment`); then earlier pauses and extensions no
//!   longer count.
//! - **Round** (再次办理): the clock starts anew with what is due in a later round ([`Basis::next_round`]).
//! - **Finish** (办结): the clock stands for good. Only another round may follow.
//!
//! Hence, whatever the order: a pause never makes the due day earlier, one pause less never makes it later, and
//! neither does a grant. What a pause adds does not depend on the extensions beside it.
//!
//! Deliberately absent: the present day (an argument), time of day, and who is told (the server).

mod count;
mod fault;
mod fold;
mod pace;
mod reminder_text;
mod reminders;
mod stage_lag;
mod tell;

pub use fault::ClockFault;
pub use pace::{Learning, Pace, SMALLEST_SAMPLE, StagePace};
pub use reminders::{ReminderPoint, Standing, reminders_between};
pub use stage_lag::{StageLag, StageReport, milestone_day, stage_lag};

use super::calendar::Calendar;
use super::deadline::Due;
use super::rule_set::{Basis, PauseReason, Period, RuleSet};
use chrono::NaiveDate;
use count::{Count, Stop};
use serde::{Deserialize, Serialize};

/// Something that happened to a clock; days are days of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClockEvent {
    /// It was started, e.g. by assignment.
    Started {
        /// The day.
        on: NaiveDate,
    },
    /// A reason to stand still came up.
    Paused {
        /// The day, the first on which the clock stands.
        on: NaiveDate,
        /// The reason.
        reason: PauseReason,
    },
    /// The reason is gone.
    Resumed {
        /// The day, the first on which the clock runs again.
        on: NaiveDate,
        /// The reason.
        reason: PauseReason,
    },
    /// More time was asked for.
    ExtensionAsked {
        /// The day of asking.
        on: NaiveDate,
        /// Until when.
        until: NaiveDate,
    },
    /// More time was granted, on request or without one.
    ExtensionGranted {
        /// The day of the decision.
        on: NaiveDate,
        /// Until when.
        until: NaiveDate,
    },
    /// More time was refused.
    ExtensionRefused {
        /// The day of the decision.
        on: NaiveDate,
    },
    /// Another agency took over.
    Reassigned {
        /// The day.
        on: NaiveDate,
    },
    /// It must be done again.
    RoundOpened {
        /// The day.
        on: NaiveDate,
    },
    /// It is done.
    Finished {
        /// The day.
        on: NaiveDate,
    },
}

impl ClockEvent {
    /// The day on which it happened.
    pub const fn on(self) -> NaiveDate {
        match self {
            Self::Started { on }
            | Self::Paused { on, .. }
            | Self::Resumed { on, .. }
            | Self::ExtensionAsked { on, .. }
            | Self::ExtensionGranted { on, .. }
            | Self::ExtensionRefused { on }
            | Self::Reassigned { on }
            | Self::RoundOpened { on }
            | Self::Finished { on } => on,
        }
    }
}

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// It runs (计时中).
    Running,
    /// It stands still (暂停).
    Paused {
        /// Since this day.
        since: NaiveDate,
    },
    /// It is finished (已办结).
    Finished {
        /// On this day.
        on: NaiveDate,
    },
}

/// A clock as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The due day with how it came about; its basis is the one whose period was counted.
    pub due: Due,
    /// From which day the present count runs: the start, the reassignment that restarted it, or the round.
    pub counts_from: NaiveDate,
    /// The round, from 1.
    pub round: u32,
    /// Whether it runs.
    pub state: ClockState,
    /// Until when more time is asked for, while that is undecided.
    pub extension_asked: Option<NaiveDate>,
    /// The last day to which it may be extended, moved by pauses; `None` when the region sets no limit or it cannot
    /// be extended.
    pub latest_extension: Option<NaiveDate>,
    /// On which days it stood, by day, apart from each other; the open one reaches to the day judged.
    stops: Vec<Stop>,
}

impl Clock {
    /// Whether it stood or stands still on this day; an open pause has no end yet.
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        let open = matches!(self.state, ClockState::Paused { since } if since <= day);
        open || self.stops.iter().any(|stop| stop.contains(day))
    }

    /// The last day of another period of the same clock: from the same start, with the same pauses.
    pub fn last_day_of(&self, period: &Period, calendar: &Calendar) -> NaiveDate {
        Count { start: self.counts_from, period, calendar }.evaluate(&self.stops, &[]).due_on
    }
}

/// Runs a clock: what is due first (`basis`), what happened in order, as it stands on `today`.
///
/// `today` only ends an open pause for the time being; every event given has happened, so leave out those after it.
///
/// A step without a period of its own takes that of its fallback ([`Basis::fallback`]); `None` when the region sets
/// no such period at all.
///
/// # Errors
/// [`ClockFault`] when the events cannot have happened in this order; nothing is guessed.
pub fn run(
    basis: Basis,
    events: &[ClockEvent],
    today: NaiveDate,
    rules: &RuleSet,
    calendar: &Calendar,
) -> Result<Option<Clock>, ClockFault> {
    let folded = fold::fold(basis, events, today, &rules.clock)?;
    let (mut basis, mut period) = (folded.basis, folded.basis.period(rules));
    while let (None, Some(fallback)) = (&period, basis.fallback()) {
        (basis, period) = (fallback, fallback.period(rules));
    }
    let Some(period) = period else { return Ok(None) };
    let count = Count { start: folded.start, period: &period, calendar };
    let due = tell::tell(&folded, basis, &count);
    let longest = rules.deadlines.reply_extended.as_ref().filter(|_| basis.can_be_extended());
    let latest_extension =
        longest.map(|period| Count { start: folded.start, period, calendar }.evaluate(&folded.stops, &[]).due_on);
    Ok(Some(Clock {
        due,
        counts_from: folded.start,
        round: folded.round,
        state: folded.state,
        extension_asked: folded.asked,
        latest_extension,
        stops: folded.stops,
    }))
}

#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;
