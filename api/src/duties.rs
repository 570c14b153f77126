//! What offices and agencies owe beside the reply, each within a period of the region: deciding on a request to hand
//! back, naming agencies between sessions, publishing a reply, reporting on a promise.
//!
//! Such a last day is never stored: it is computed from the day since which the thing is owed, by the rules of its
//! matter. Lists ask the other way round: since when must it be owed to be due today?
//!
//! Deliberately absent: who is told (`work::duties`) and the conditions of lists (`repo::duties`).

use crate::rule_book::Rules;
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::ids::RuleSetId;
use domain::rules::calendar::Calendar;
use domain::rules::deadline::{Basis, DeadlineInput, due};
use domain::rules::legal_day::day_begins;
use domain::rules::rule_set::Length;

/// The last day of something that is owed since a day; none when the region sets no such period.
pub fn last_day(basis: Basis, since: NaiveDate, rules: &Rules, calendar: &Calendar) -> Option<NaiveDate> {
    let input = DeadlineInput { basis, start: since, extension: None };
    due(&input, &rules.set, calendar).map(|due| due.due_on)
}

/// The day by which a promise must be reported on: counted from the issue of the reply, and after a report from that.
///
/// Where the region names a day of the year, a report in the quarter that ends the period is the one that is asked for
/// (Chongqing: in the fourth quarter), so that the next is due a year later.
pub fn report_day(
    issued: NaiveDate,
    reported: Option<NaiveDate>,
    rules: &Rules,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    let basis = Basis::CommitmentReport;
    let day = last_day(basis, reported.unwrap_or(issued), rules, calendar)?;
    let yearly = basis.period(&rules.set).is_some_and(|period| matches!(period.length, Length::FixedDate { .. }));
    let given = reported.is_some_and(|on| yearly && quarter(on) == quarter(day));
    if given { last_day(basis, day, rules, calendar) } else { Some(day) }
}

fn quarter(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month0() / 3)
}

/// Before which instant something must have begun to be owed to be due today or earlier, by one version of the rules;
/// none for what the region sets no period for.
#[derive(Clone, Copy, Debug)]
pub struct DueSince {
    /// The rules.
    pub rules: RuleSetId,
    /// Requests to hand back, since they were made.
    pub reassign: Option<DateTime<Utc>>,
    /// Matters handed in between sessions, since they were handed in.
    pub off_session: Option<DateTime<Utc>>,
    /// Replies to be published, since they were issued.
    pub publication: Option<DateTime<Utc>>,
    /// Promises without a report, since the reply was issued.
    pub unreported: Option<DateTime<Utc>>,
    /// Promises with a report, since the last one.
    pub reported: Option<DateTime<Utc>>,
}

impl DueSince {
    /// What is due today by these rules.
    pub fn of(rules: &Rules, calendar: &Calendar, today: NaiveDate) -> Self {
        let of = |basis| first_not_due(today, |since| last_day(basis, since, rules, calendar));
        Self {
            rules: rules.id,
            reassign: of(Basis::Reassign),
            off_session: of(Basis::OffSessionAssignment),
            publication: of(Basis::Publication),
            unreported: first_not_due(today, |since| report_day(since, None, rules, calendar)),
            reported: first_not_due(today, |since| report_day(since, Some(since), rules, calendar)),
        }
    }
}

/// No period of a region is longer than this: a day of the year comes within a year, and months are bounded.
const LOOK_BACK: Days = Days::new(1_500);

/// The first instant since which something may be owed without being due today.
///
/// A later beginning never has an earlier last day, so halving finds it.
fn first_not_due(today: NaiveDate, last_day: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Option<DateTime<Utc>> {
    let (mut due, mut not_due) = (today - LOOK_BACK, today + Days::new(1));
    if last_day(due)? > today {
        return None;
    }
    while (not_due - due).num_days() > 1 {
        let middle = due + Days::new((not_due - due).num_days().unsigned_abs() / 2);
        if last_day(middle)? > today { not_due = middle } else { due = middle }
    }
    Some(day_begins(not_due))
}
