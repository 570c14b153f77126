//! The ladder of reminders: which points fall due in a span of days, and who is told.

use super::{Clock, ClockState};
use crate::rules::calendar::{Calendar, plus_days};
use crate::rules::rule_set::{Ladder, ReminderKind, Rung};
use crate::vocabulary::Role;
use chrono::NaiveDate;

/// What is known of a matter beside its clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// When the agency signed for the assignment, if it did.
    pub signed_on: Option<NaiveDate>,
    /// By when the proposer should be contacted: the region's period for it, or the milestone of that step.
    pub contact_due: Option<NaiveDate>,
    /// When the proposer was first contacted in this count, if he was.
    pub contacted_on: Option<NaiveDate>,
}

/// A reminder that falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderPoint {
    /// What it is about.
    pub kind: ReminderKind,
    /// The day on which it is sent, always a working day.
    pub on: NaiveDate,
    /// The working days of its rung: left before the due day, or passed.
    pub days: u16,
    /// The rung on the ladder, from 1: the higher, the further it is escalated.
    pub level: usize,
    /// Who is told.
    pub to: Vec<Role>,
}

/// The reminders that fall due from `from` to `to`, both included, by day and then by rung.
///
/// None on a day on which the clock stands, before the start of the present count, or from the finish on. Every
/// point falls on a working day: one before a due day that is a day off is sent on the working day before. A kind
/// that was done on its day or before is not sent.
pub fn reminders_between(
    clock: &Clock,
    ladder: &Ladder,
    standing: &Standing,
    calendar: &Calendar,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<ReminderPoint> {
    let finished_on = match clock.state {
        ClockState::Finished { on } => Some(on),
        _ => None,
    };
    let is_open = |day: NaiveDate, done: Option<NaiveDate>| done.is_none_or(|done| day < done);
    let sent = |day: NaiveDate| {
        from <= day
            && day <= to
            && day > clock.counts_from
            && is_open(day, finished_on)
            && !clock.stands_on(day)
            && calendar.is_working_day(day)
    };
    let mut points = Vec::new();
    for (index, rung) in ladder.0.iter().enumerate() {
        let days = match rung.kind {
            ReminderKind::Unsigned => {
                let day = running_working_day(clock, calendar, clock.counts_from, rung.days);
                day.filter(|day| is_open(*day, standing.signed_on)).into_iter().collect()
            }
            ReminderKind::NoContact => {
                let due = standing.contact_due.map(|due| calendar.next_working_day(due));
                let day = due.and_then(|due| running_working_day(clock, calendar, due, rung.days));
                day.filter(|day| is_open(*day, standing.contacted_on)).into_iter().collect()
            }
            ReminderKind::BeforeDue | ReminderKind::Due => {
                vec![running_day_with_left(clock, calendar, rung.days)]
            }
            ReminderKind::Overdue => overdue_days(clock, ladder, rung, calendar, from, to),
        };
        points.extend(days.into_iter().filter(|day| sent(*day)).map(|on| ReminderPoint {
            kind: rung.kind,
            on,
            days: rung.days,
            level: index + 1,
            to: rung.to.clone(),
        }));
    }
    points.sort_by_key(|point| (point.on, point.level));
    points
}

/// The `count`-th working day after `from` on which the clock runs; `from` itself for 0.
///
/// `None` when an open pause comes first: nobody knows yet when that day will be.
fn running_working_day(clock: &Clock, calendar: &Calendar, from: NaiveDate, count: u16) -> Option<NaiveDate> {
    let mut day = from;
    let mut missing = count;
    while missing > 0 && day < NaiveDate::MAX {
        day = calendar.next_working_day(plus_days(day, 1));
        if matches!(clock.state, ClockState::Paused { since } if day >= since) {
            return None;
        }
        if !clock.stands_on(day) {
            missing -= 1;
        }
    }
    Some(day)
}

/// The working day after which so many working days are left on which the clock runs; for none left, the last one on or
/// before the due day.
///
/// Days on which the clock stood are left out, so a pause takes no rung away: what was left before is left after.
fn running_day_with_left(clock: &Clock, calendar: &Calendar, left: u16) -> NaiveDate {
    let mut missing = left;
    let mut day = calendar.working_day_with_left(clock.due.due_on, 0_u16);
    while day > clock.counts_from && (missing > 0 || clock.stands_on(day)) {
        missing -= u16::from(missing > 0 && !clock.stands_on(day));
        day = calendar.working_day_with_left(day, 1_u16);
    }
    day
}

/// The working days of the span for which this rung is the highest of its kind that is reached.
fn overdue_days(
    clock: &Clock,
    ladder: &Ladder,
    rung: &Rung,
    calendar: &Calendar,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<NaiveDate> {
    let due_on = clock.due.due_on;
    let next = ladder.0.iter().filter(|other| other.kind == ReminderKind::Overdue && other.days > rung.days);
    let next = next.map(|other| other.days).min();
    let mut days = Vec::new();
    let mut day = calendar.next_working_day(from.max(calendar.add_working_days(due_on, rung.days)));
    while day <= to && day < NaiveDate::MAX {
        let passed = calendar.working_days_between(due_on, day);
        if next.is_some_and(|next| passed >= i64::from(next)) {
            break;
        }
        days.push(day);
        day = calendar.next_working_day(plus_days(day, 1));
    }
    days
}
