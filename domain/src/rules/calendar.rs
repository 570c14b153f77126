//! Working days: Monday to Friday, minus the holidays and plus the make-up days of the yearly notice.
//!
//! The State Council publishes the notice for a year in the autumn before. Until then working days of that
//! year can only be guessed from the week, and what rests on them is provisional ([`Calendar::is_published`]).
//! Regions may add rows of their own (autonomous regions have further holidays); a later row replaces an
//! earlier one of the same day.
//!
//! Cost: every question takes a few binary searches over some forty rows a year; nothing walks over years.
//!
//! Deliberately absent: time of day (see [`super::legal_day`]) and where rows are stored.

mod file;

pub use file::{CalendarYear, SHIPPED};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeMap;

vocabulary! {
    /// How a day differs from an ordinary day of its week (日期类别).
    pub enum DayKind {
        /// A day off by notice (放假).
        Holiday "HOLIDAY" "放假" "holiday",
        /// A Saturday or Sunday on which people work by notice (调休上班).
        MakeUp "MAKE_UP" "调休上班" "make-up day",
    }
}

/// A day that differs from its week.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CalendarDay {
    /// The day.
    pub date: NaiveDate,
    /// How it differs.
    pub kind: DayKind,
    /// The holiday to which it belongs, e.g. 春节.
    pub name: String,
}

/// A year whose notice is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedYear {
    /// The year.
    pub year: i32,
    /// Title and number of the notice.
    pub notice: String,
}

/// The working days of one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// By date, each once.
    days: Vec<CalendarDay>,
    /// Same length as `days`: how many working days the rows up to this one add to the plain weeks.
    added_through: Vec<i64>,
    notices: BTreeMap<i32, String>,
}

impl Calendar {
    /// Builds a calendar; of several rows for one day the last one holds.
    pub fn new(years: impl IntoIterator<Item = PublishedYear>, days: impl IntoIterator<Item = CalendarDay>) -> Self {
        let by_date: BTreeMap<_, _> = days.into_iter().map(|day| (day.date, day)).collect();
        let days: Vec<_> = by_date.into_values().collect();
        let added_through = days
            .iter()
            .scan(0, |sum, day| {
                *sum += match (day.kind, is_week_day(day.date)) {
                    (DayKind::Holiday, true) => -1,
                    (DayKind::MakeUp, false) => 1,
                    _ => 0,
                };
                Some(*sum)
            })
            .collect();
        Self { days, added_through, notices: years.into_iter().map(|year| (year.year, year.notice)).collect() }
    }

    /// Builds a calendar from whole years.
    pub fn from_years(years: impl IntoIterator<Item = CalendarYear>) -> Self {
        let (published, days): (Vec<_>, Vec<_>) =
            years.into_iter().map(|year| (PublishedYear { year: year.year, notice: year.notice }, year.days)).unzip();
        Self::new(published, days.into_iter().flatten())
    }

    /// Whether the notice for this year is published.
    pub fn is_published(&self, year: i32) -> bool {
        self.notices.contains_key(&year)
    }

    /// Title and number of the notice for this year.
    pub fn notice(&self, year: i32) -> Option<&str> {
        self.notices.get(&year).map(String::as_str)
    }

    /// Whether people work on this day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        match self.days.binary_search_by_key(&day, |row| row.date) {
            Ok(index) => self.days[index].kind == DayKind::MakeUp,
            Err(_) => is_week_day(day),
        }
    }

    /// The first working day on or after this day: the day itself if people work then.
    pub fn next_working_day(&self, day: NaiveDate) -> NaiveDate {
        let mut found = day;
        while !self.is_working_day(found) && found < NaiveDate::MAX {
            found = plus_days(found, 1);
        }
        found
    }

    /// The `count`-th working day after `start`; `start` itself never counts, and zero gives `start`.
    pub fn add_working_days(&self, start: NaiveDate, count: impl Into<u64>) -> NaiveDate {
        let count = i64::try_from(count.into()).unwrap_or(i64::MAX);
        // A day is at most one working day, so stepping by the number still missing never overshoots; and the
        // last step is made of working days alone, so it ends on one.
        let mut found = start;
        loop {
            let missing = count - self.working_days_between(start, found);
            if missing <= 0 || found == NaiveDate::MAX {
                return found;
            }
            found = plus_days(found, missing.unsigned_abs());
        }
    }

    /// The last working day after which so many working days are left up to and including `day`; for none left, the
    /// last working day on or before `day`.
    pub fn working_day_with_left(&self, day: NaiveDate, left: impl Into<u64>) -> NaiveDate {
        // One working day more than those left, counted back: stepping by the number still missing never overshoots.
        let wanted = i64::try_from(left.into()).unwrap_or(i64::MAX).saturating_add(1);
        let mut before = day;
        loop {
            let missing = wanted - self.working_days_between(before, day);
            if missing <= 0 || before == NaiveDate::MIN {
                // The last step ended on the day before that working day.
                return before.succ_opt().unwrap_or(before);
            }
            before = minus_days(before, missing.unsigned_abs());
        }
    }

    /// The number of working days after `after` up to and including `through`.
    ///
    /// Negative when `through` lies before `after`: then it is minus the working days after `through` up to
    /// and including `after`.
    pub fn working_days_between(&self, after: NaiveDate, through: NaiveDate) -> i64 {
        week_days_through(through) - week_days_through(after) + self.added(through) - self.added(after)
    }

    /// The rows after `after` up to and including `through`, by date.
    pub fn days_between(&self, after: NaiveDate, through: NaiveDate) -> &[CalendarDay] {
        let first = self.days.partition_point(|row| row.date <= after);
        let last = self.days.partition_point(|row| row.date <= through);
        self.days.get(first..last).unwrap_or_default()
    }

    /// The days of this year that differ from their week, by date.
    pub fn days_of(&self, year: i32) -> &[CalendarDay] {
        let first = self.days.partition_point(|row| row.date.year() < year);
        let last = self.days.partition_point(|row| row.date.year() <= year);
        self.days.get(first..last).unwrap_or_default()
    }

    /// How many working days all rows up to and including `through` add.
    fn added(&self, through: NaiveDate) -> i64 {
        match self.days.partition_point(|row| row.date <= through) {
            0 => 0,
            rows => self.added_through[rows - 1],
        }
    }
}

/// The day so many days later, at most the last day that can be written.
pub(super) fn plus_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

fn minus_days(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn is_week_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Counts Mondays to Fridays from Monday 1 January of the year 1 up to and including the day.
fn week_days_through(day: NaiveDate) -> i64 {
    let days = i64::from(day.num_days_from_ce());
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

#[cfg(test)]
mod tests;
