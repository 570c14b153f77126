//! Due days: when something is due, how that came about, and how urgent it is.
//!
//! A due day is a pure function of the day on which the clock starts, the region's rules, its calendar and
//! the extension granted. It is never stored as truth: a new notice of holidays changes it. Each step of the
//! computation is kept as a [`Part`], in order, so that [`explain()`] can tell it in one sentence and a later
//! clock with pauses only adds kinds of parts.
//!
//! Deliberately absent: the present day (an argument), pauses and fixed dates (later issues).

mod explain;

pub use explain::{RuleReference, explain};

use super::calendar::{Calendar, CalendarDay, plus_days};
use super::rule_set::{Period, PeriodUnit, Roll, RuleSet, WarningThresholds};
use crate::vocabulary::WarningLevel;
use chrono::{Datelike, Months, NaiveDate};

vocabulary! {
    /// What is due (期限种类).
    pub enum Basis {
        /// The written reply, from assignment (书面答复).
        Reply "REPLY" "书面答复" "written reply",
        /// Asking to hand the assignment back, from assignment (退办).
        ReturnWindow "RETURN_WINDOW" "申请退办" "request to hand back",
        /// Naming another agency, from the request to hand back (改办).
        Reassign "REASSIGN" "重新交办" "reassignment",
        /// The first contact with the proposer, from assignment (首次沟通).
        FirstContact "FIRST_CONTACT" "首次沟通" "first contact",
        /// The opinion of a co-handling agency, from assignment (会办意见).
        CoOpinion "CO_OPINION" "会办意见" "co-handling opinion",
        /// The proposer's feedback, from the issue of the reply (反馈).
        Feedback "FEEDBACK" "反馈意见" "feedback",
        /// The reply of another round, from the order to handle again (重新办理).
        Rehandle "REHANDLE" "重新办理答复" "reply after re-handling",
        /// The publication of the reply, from its issue (公开).
        Publication "PUBLICATION" "答复公开" "publication of the reply",
    }
}

impl Basis {
    /// The region's period for this, if it sets one.
    pub fn period(self, rules: &RuleSet) -> Option<Period> {
        let deadlines = &rules.deadlines;
        match self {
            Self::Reply => Some(deadlines.reply.clone()),
            Self::ReturnWindow => deadlines.return_window.clone(),
            Self::Reassign => deadlines.reassign.clone(),
            Self::FirstContact => deadlines.first_contact.clone(),
            Self::CoOpinion => deadlines.co_opinion.clone(),
            Self::Feedback => deadlines.feedback.clone(),
            Self::Rehandle => deadlines.rehandle.clone(),
            Self::Publication => deadlines.publication.clone(),
        }
    }
}

/// What happened to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeadlineInput {
    /// What is due.
    pub basis: Basis,
    /// The day of law on which the clock starts; it does not count.
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
    /// Whether the day rests on a year whose holidays are not yet published and may still move.
    pub provisional: bool,
    /// The steps of the computation, in order.
    pub parts: Vec<Part>,
}

/// One step of the computation of a due day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The period was counted.
    Counted {
        /// The day of the start, which does not count.
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
    /// The computation touched years whose holidays are not yet published.
    Unpublished {
        /// The years, oldest first.
        years: Vec<i32>,
    },
}

/// Computes a due day; `None` when the region sets no such period.
pub fn due(input: &DeadlineInput, rules: &RuleSet, calendar: &Calendar) -> Option<Due> {
    Some(count(input, input.basis.period(rules)?, calendar))
}

/// The last day to which a reply may be extended, from the day of assignment; `None` when the region sets no limit.
pub fn latest_extension(assigned_on: NaiveDate, rules: &RuleSet, calendar: &Calendar) -> Option<NaiveDate> {
    let input = DeadlineInput { basis: Basis::Reply, start: assigned_on, extension: None };
    Some(count(&input, rules.deadlines.reply_extended.clone()?, calendar).due_on)
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

fn count(input: &DeadlineInput, period: Period, calendar: &Calendar) -> Due {
    let start = input.start;
    let until = end_of(start, &period, calendar);
    let clamped = period.unit == PeriodUnit::Months && until.day() != start.day();
    let by_working_days = period.unit == PeriodUnit::WorkingDays;
    let exceptions = if by_working_days { calendar.days_between(start, until).to_vec() } else { Vec::new() };
    // Plain days and months do not ask the calendar; working days ask it for every day after the start.
    let mut touched = if by_working_days { years(start.succ_opt().unwrap_or(start), until) } else { Vec::new() };
    let rolls = period.roll == Roll::NextWorkingDay;
    let mut parts = vec![Part::Counted { start, period, until, clamped, exceptions }];
    let mut due_on = until;
    if rolls {
        due_on = calendar.next_working_day(until);
        touched.extend(years(until, due_on));
        if due_on > until {
            let before = until.pred_opt().unwrap_or(until);
            parts.push(Part::Rolled {
                from: until,
                to: due_on,
                exceptions: calendar.days_between(before, due_on).to_vec(),
            });
        }
    }
    if let Some(until) = input.extension.filter(|until| *until > due_on) {
        // A granted day is a day named by a person; it rests on no calendar.
        touched.clear();
        due_on = until;
        parts.push(Part::Extended { until });
    }
    touched.dedup();
    touched.retain(|year| !calendar.is_published(*year));
    let provisional = !touched.is_empty();
    if provisional {
        parts.push(Part::Unpublished { years: touched });
    }
    Due { basis: input.basis, due_on, provisional, parts }
}

/// The last day of the period, before any roll.
fn end_of(start: NaiveDate, period: &Period, calendar: &Calendar) -> NaiveDate {
    match period.unit {
        PeriodUnit::CalendarDays => plus_days(start, period.amount.into()),
        PeriodUnit::WorkingDays => calendar.add_working_days(start, period.amount),
        // chrono ends on the month's last day when there is no such day, which is the rule wanted here.
        PeriodUnit::Months => start.checked_add_months(Months::new(period.amount.into())).unwrap_or(NaiveDate::MAX),
    }
}

fn years(first: NaiveDate, last: NaiveDate) -> Vec<i32> {
    (first.year()..=last.year()).collect()
}

#[cfg(test)]
mod tests;
