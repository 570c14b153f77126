//! Due days: when something is due, how that came about, and how urgent it is.
//!
//! A due day is a pure function of what happened to its clock, the region's rules and its calendar, and is never
//! stored as truth: a new notice of holidays changes it. It is computed by [`super::clock`] alone; [`due`] is the
//! short way for a clock that only started and was perhaps extended. Each step of the computation is kept as a
//! [`Part`], in order, so that [`explain()`] can tell it in one sentence.
//!
//! Deliberately absent: the present day (an argument).

mod explain;

pub use super::rule_set::Basis;
pub use explain::{RuleReference, explain};

use super::calendar::{Calendar, CalendarDay};
use super::clock::{self, Clock, ClockEvent};
use super::rule_set::{PauseReason, Period, RuleSet, WarningThresholds};
use crate::vocabulary::WarningLevel;
use chrono::NaiveDate;

/// What happened to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeadlineInput {
    /// What is due.
    pub basis: Basis,
    /// The day of law on which the clock starts.
    pub start: NaiveDate,
    /// The day until which more time was granted, if so.
    pub extension: Option<NaiveDate>,
}

/// A due day with how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What is due.
    pub basis: Basis,
    /// The last day, until 24:00 in Asia/Shanghai.
    pub due_on: NaiveDate,
    /// Whether the day may still move: it rests on a year whose holidays are not yet published, or its clock stands
    /// still.
    pub provisional: bool,
    /// The steps of the computation, in order.
    pub parts: Vec<Part>,
}

/// One step of the computation of a due day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The period was counted.
    Counted {
        /// The day of the start; the period says whether it counts.
        start: NaiveDate,
        /// The period.
        period: Period,
        /// The last day of the period.
        until: NaiveDate,
        /// Whether the month has no such day, so that its last day stands in.
        clamped: bool,
        /// The holidays and make-up days that changed the count, by date.
        exceptions: Vec<CalendarDay>,
    },
    /// The last day was a day off and moved to the next working day.
    Rolled {
        /// The day off.
        from: NaiveDate,
        /// The next working day.
        to: NaiveDate,
        /// The holidays and make-up days in between, by date; none for a plain weekend.
        exceptions: Vec<CalendarDay>,
    },
    /// More time was granted, beyond the day computed so far.
    Extended {
        /// The new last day, as granted: it does not roll.
        until: NaiveDate,
    },
    /// Another agency took over.
    Reassigned {
        /// The day.
        on: NaiveDate,
        /// Whether the count began anew on that day.
        restarted: bool,
    },
    /// It must be done again; the count began anew.
    Round {
        /// The round, from 2.
        number: u32,
        /// The day.
        on: NaiveDate,
    },
    /// The clock stood still.
    Paused {
        /// The first day on which it stood.
        from: NaiveDate,
        /// The first day on which it ran again; `None` while it stands.
        resumed: Option<NaiveDate>,
        /// Why.
        reasons: Vec<PauseReason>,
        /// The days not used up: working days or calendar days.
        amount: u64,
        /// Whether these are working days.
        working_days: bool,
        /// The last day to which it moved; `None` when it did not move.
        until: Option<NaiveDate>,
        /// The holidays and make-up days on the way, for working days.
        exceptions: Vec<CalendarDay>,
    },
    /// More time was asked for.
    ExtensionAsked {
        /// The day of asking.
        on: NaiveDate,
        /// Until when.
        until: NaiveDate,
    },
    /// More time was refused.
    ExtensionRefused {
        /// The day of the decision.
        on: NaiveDate,
    },
    /// The computation touched years whose holidays are not yet published.
    Unpublished {
        /// The years, oldest first.
        years: Vec<i32>,
    },
}

/// Computes the due day of a clock that only started and was perhaps extended; `None` when the region sets no such
/// period.
pub fn due(input: &DeadlineInput, rules: &RuleSet, calendar: &Calendar) -> Option<Due> {
    Some(clock_of(input, rules, calendar)?.due)
}

/// The last day to which a reply may be extended, from the day of assignment; `None` when the region sets no limit.
///
/// A clock that was paused has a later one: [`Clock::latest_extension`].
pub fn latest_extension(assigned_on: NaiveDate, rules: &RuleSet, calendar: &Calendar) -> Option<NaiveDate> {
    let input = DeadlineInput { basis: Basis::Reply, start: assigned_on, extension: None };
    clock_of(&input, rules, calendar)?.latest_extension
}

/// The first day on which a reply may be published, from the day of its issue; `None` when the region lets no time pass.
pub fn first_publication_day(issued_on: NaiveDate, rules: &RuleSet, calendar: &Calendar) -> Option<NaiveDate> {
    let period = rules.deadlines.publication_not_before.as_ref()?;
    // Any clock that started on that day counts the period alike; every region has one for the reply.
    let input = DeadlineInput { basis: Basis::Reply, start: issued_on, extension: None };
    Some(clock_of(&input, rules, calendar)?.last_day_of(period, calendar))
}

fn clock_of(input: &DeadlineInput, rules: &RuleSet, calendar: &Calendar) -> Option<Clock> {
    let DeadlineInput { basis, start: on, extension } = *input;
    let granted = extension.map(|until| ClockEvent::ExtensionGranted { on, until });
    let events: Vec<_> = [ClockEvent::Started { on }].into_iter().chain(granted).collect();
    // A start and a grant on the same day can always have happened.
    clock::run(basis, &events, on, rules, calendar).ok().flatten()
}

/// How urgent something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueStatus {
    /// The warning lamp; green once finished.
    pub level: WarningLevel,
    /// Whether the due day is past and it is not finished, or whether it was finished late.
    pub overdue: bool,
    /// Working days after the day judged up to and including the due day: 0 on the due day, negative
    /// afterwards, where days off after the due day do not count.
    pub working_days_left: i64,
}

/// Judges a due day on `today`, or on the day on which it was finished.
pub fn status(
    due_on: NaiveDate,
    today: NaiveDate,
    finished_on: Option<NaiveDate>,
    warning: &WarningThresholds,
    calendar: &Calendar,
) -> DueStatus {
    let judged_on = finished_on.unwrap_or(today);
    let overdue = judged_on > due_on;
    let working_days_left = calendar.working_days_between(judged_on, due_on);
    let level = if finished_on.is_some() {
        WarningLevel::Green
    } else if overdue || working_days_left <= i64::from(warning.red_days_left) {
        WarningLevel::Red
    } else if working_days_left <= i64::from(warning.yellow_days_left) {
        WarningLevel::Yellow
    } else {
        WarningLevel::Green
    };
    DueStatus { level, overdue, working_days_left }
}

#[cfg(test)]
mod tests;
