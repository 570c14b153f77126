//! The arithmetic of one count: from a start, over the days on which the clock stands, to the last day.

use crate::rules::calendar::{Calendar, plus_days};
use crate::rules::rule_set::{Amount, CountUnit, Length, MonthDay, PauseReason, Period, Roll};
use chrono::{Datelike, Months, NaiveDate};

/// Days on which the clock stands, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    pub(super) reasons: Vec<PauseReason>,
    /// Whether it is not over yet.
    pub(super) open: bool,
}

impl Stop {
    pub(super) fn contains(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// More time, granted on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) on: NaiveDate,
    pub(super) until: NaiveDate,
}

/// One count: a start and a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count<'a> {
    pub(super) start: NaiveDate,
    pub(super) period: &'a Period,
    pub(super) calendar: &'a Calendar,
}

/// What a count came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Evaluated {
    /// The last day of the period, before any roll and extension.
    pub(super) counted: NaiveDate,
    /// The month has no such day, so its last day stands in.
    pub(super) clamped: bool,
    /// The last day after the roll.
    pub(super) rolled: NaiveDate,
    /// The day granted, with the days given back, when it lies beyond the day computed.
    pub(super) granted: Option<NaiveDate>,
    /// The due day.
    pub(super) due_on: NaiveDate,
    /// The spans of days for which the calendar was asked.
    pub(super) asked: Vec<(NaiveDate, NaiveDate)>,
}

impl Count<'_> {
    /// Finds the due day; the stops are in order and apart from each other.
    pub(super) fn evaluate(&self, stops: &[Stop], grants: &[Grant]) -> Evaluated {
        let (unstopped, clamped) = self.unstopped_end();
        let before = self.day_before_first();
        let counted = match &self.period.length {
            Length::Counted(Amount { unit: CountUnit::WorkingDays, amount }) => {
                self.advance(before, (*amount).into(), stops)
            }
            _ => self.advance(before, (unstopped - before).num_days().unsigned_abs(), stops),
        };
        let mut asked = Vec::new();
        if self.by_working_days() {
            asked.push((plus_days(before, 1), counted));
        } else if self.period.bound().is_some_and(|bound| bound.unit == CountUnit::WorkingDays) {
            asked.push((plus_days(before, 1), unstopped));
        }
        let rolled = match self.period.roll {
            Roll::None => counted,
            Roll::NextWorkingDay => self.roll(counted, stops),
        };
        if self.period.roll == Roll::NextWorkingDay {
            asked.push((counted, rolled));
        }
        let granted = grants.iter().map(|grant| (self.given_back(grant, stops), grant)).max_by_key(|(day, _)| *day);
        let beyond = granted.filter(|(day, _)| *day > rolled);
        if let Some((day, grant)) = beyond {
            // A granted day rests on no calendar; only giving working days back asks for them.
            asked.clear();
            let touched = stops.iter().any(|stop| stop.first <= grant.until && stop.last >= grant.on);
            if self.by_working_days() && touched {
                asked.push((grant.on, day));
            }
        }
        let granted = beyond.map(|(day, _)| day);
        Evaluated { counted, clamped, rolled, granted, due_on: granted.unwrap_or(rolled), asked }
    }

    /// Whether days given back are working days.
    pub(super) fn by_working_days(&self) -> bool {
        matches!(self.period.length, Length::Counted(Amount { unit: CountUnit::WorkingDays, .. }))
    }

    /// The units that lie on days on which the clock stands.
    pub(super) fn units_of(&self, stop: &Stop) -> u64 {
        self.units_from(stop.first, stop.last)
    }

    /// The last day of the period if the clock never stands, and whether the month lacks the day.
    fn unstopped_end(&self) -> (NaiveDate, bool) {
        match &self.period.length {
            Length::Counted(amount) => self.end_of(amount),
            Length::FixedDate { date, at_most } => {
                let fixed = (next_such_day(*date, plus_days(self.day_before_first(), 1)), false);
                let bound = at_most.as_ref().map(|amount| self.end_of(amount));
                bound.filter(|(end, _)| *end < fixed.0).unwrap_or(fixed)
            }
        }
    }

    fn end_of(&self, amount: &Amount) -> (NaiveDate, bool) {
        let Amount { unit, amount } = *amount;
        match unit {
            CountUnit::CalendarDays => (plus_days(self.day_before_first(), amount.into()), false),
            CountUnit::WorkingDays => (self.calendar.add_working_days(self.day_before_first(), amount), false),
            CountUnit::Months => {
                // chrono ends on the month's last day when there is no such day, which is the rule wanted here.
                let end = self.start.checked_add_months(Months::new(amount.into())).unwrap_or(NaiveDate::MAX);
                let clamped = end.day() != self.start.day();
                // A period that begins with its first day ends on the day before the one of the same number;
                // without such a day it ends with the month all the same.
                let ends_before = self.period.start_counts && !clamped;
                (if ends_before { day_before(end) } else { end }, clamped)
            }
        }
    }

    /// The day after which the first day of the period comes.
    pub(super) fn day_before_first(&self) -> NaiveDate {
        if self.period.start_counts { day_before(self.start) } else { self.start }
    }

    /// The day on which so many units after `from` are used up; days on which the clock stands use up none.
    pub(super) fn advance(&self, from: NaiveDate, units: u64, stops: &[Stop]) -> NaiveDate {
        let mut day = self.add(from, units);
        for stop in stops {
            let first = stop.first.max(plus_days(from, 1));
            if first > stop.last {
                continue;
            }
            if first > day {
                break;
            }
            // All units of the stop, for those after `day` are not used up either.
            day = self.add(day, self.units_from(first, stop.last));
        }
        day
    }

    /// The granted day, plus what the clock stood before it since the grant.
    fn given_back(&self, grant: &Grant, stops: &[Stop]) -> NaiveDate {
        let mut day = grant.until;
        for stop in stops {
            let first = stop.first.max(grant.on);
            if first > stop.last {
                continue;
            }
            if first > day {
                break;
            }
            day = self.add(day, self.units_from(first, stop.last));
        }
        // On a day off there is no working day to give back, and a grant may name a day that is past; the clock may
        // still stand then.
        stops.iter().find(|stop| stop.contains(day)).map_or(day, |stop| plus_days(stop.last, 1))
    }

    /// The first day from this one on that is a working day and on which the clock runs.
    fn roll(&self, from: NaiveDate, stops: &[Stop]) -> NaiveDate {
        let mut day = self.calendar.next_working_day(from);
        for stop in stops {
            if stop.contains(day) {
                day = self.calendar.next_working_day(plus_days(stop.last, 1));
            }
        }
        day
    }

    fn add(&self, day: NaiveDate, units: u64) -> NaiveDate {
        if self.by_working_days() { self.calendar.add_working_days(day, units) } else { plus_days(day, units) }
    }

    /// The units from `first` to `last`, both included; none when `last` lies before `first`.
    fn units_from(&self, first: NaiveDate, last: NaiveDate) -> u64 {
        let before = day_before(first);
        let units = if self.by_working_days() {
            self.calendar.working_days_between(before, last)
        } else {
            (last - before).num_days()
        };
        u64::try_from(units).unwrap_or(0)
    }
}

/// The first such day of a year on or after this one.
fn next_such_day(date: MonthDay, from: NaiveDate) -> NaiveDate {
    let this_year = date.in_year(from.year()).filter(|day| *day >= from);
    this_year.or_else(|| date.in_year(from.year().saturating_add(1))).unwrap_or(NaiveDate::MAX)
}

pub(super) fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}
