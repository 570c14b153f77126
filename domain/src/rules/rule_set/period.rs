//! Periods: how long something may take, and how its last day is found.
//!
//! In JSON a period is `{ "unit": "MONTHS", "amount": 3, "roll": "NONE" }`, or with a day of the year
//! `{ "unit": "FIXED_DATE", "date": "06-30", "atMost": { "unit": "MONTHS", "amount": 3 }, "roll": "NONE" }`;
//! `"startCounts": true` may be added to either.
//!
//! Deliberately absent: the arithmetic (see [`crate::rules::clock`]).

use crate::rules::document::{Entry, Faults, FromJson, add_wrong_type, read_by_code, record};
use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

vocabulary! {
    /// What a period is made of (期限单位).
    pub enum PeriodUnit {
        /// Calendar days (自然日).
        CalendarDays "CALENDAR_DAYS" "日" "calendar days",
        /// Working days of the region's calendar (工作日).
        WorkingDays "WORKING_DAYS" "个工作日" "working days",
        /// Months: they end on the same day of the month, or on the month's last day (月).
        Months "MONTHS" "个月" "months",
        /// A day of the year by which it must be done (固定日期).
        FixedDate "FIXED_DATE" "固定日期" "fixed date",
    }
}

vocabulary! {
    /// In what an amount of time is counted (计算单位).
    pub enum CountUnit {
        /// Calendar days (自然日).
        CalendarDays "CALENDAR_DAYS" "日" "calendar days",
        /// Working days of the region's calendar (工作日).
        WorkingDays "WORKING_DAYS" "个工作日" "working days",
        /// Months: they end on the same day of the month, or on the month's last day (月).
        Months "MONTHS" "个月" "months",
    }
}

vocabulary! {
    /// What happens when the last day is a day off (顺延规则).
    pub enum Roll {
        /// The last day stays (不顺延).
        None "NONE" "不顺延" "no roll",
        /// It moves to the next working day, after the model of the Civil Code, art. 203 (顺延至下一工作日).
        NextWorkingDay "NEXT_WORKING_DAY" "顺延至下一工作日" "next working day",
    }
}

read_by_code!(PeriodUnit, CountUnit, Roll);

record! {
    /// An amount of time.
    pub struct Amount {
        /// In what it is counted.
        pub unit "unit": CountUnit,
        /// How many of them, at least one.
        pub amount "amount": u16,
    }
}

/// A day that every year has, written `06-30`; 29 February is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: u8,
    day: u8,
}

impl MonthDay {
    /// The day of this month, if every year has it.
    pub fn new(month: u8, day: u8) -> Option<Self> {
        // 2023 is no leap year, so it has only days that every year has.
        NaiveDate::from_ymd_opt(2023, month.into(), day.into()).map(|_| Self { month, day })
    }

    /// The month, from 1.
    pub const fn month(self) -> u32 {
        self.month as u32
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u32 {
        self.day as u32
    }

    /// This day in a year; `None` only beyond the years that can be written.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month(), self.day())
    }
}

impl std::fmt::Display for MonthDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromJson for MonthDay {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let two_digits = |text: &str| (text.len() == 2).then(|| text.parse::<u8>().ok()).flatten();
        let found = value.as_str().and_then(|text| text.split_once('-')).and_then(|(month, day)| {
            let (month, day) = (two_digits(month)?, two_digits(day)?);
            Self::new(month, day)
        });
        if found.is_none() {
            add_wrong_type(path, "每年都有的日期,如06-30", "a day that every year has, such as 06-30", faults);
        }
        found
    }
}

/// How long a period is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Length {
    /// An amount of days, working days or months from the start.
    Counted(Amount),
    /// Until the first such day of the year after the start (on or after it, if the start counts).
    ///
    /// A matter that starts after that day of the year has until the day in the year after; what the law
    /// or the region allows at most keeps such a period in bounds.
    FixedDate {
        /// The day of the year.
        date: MonthDay,
        /// The period never ends later than this amount from the start.
        at_most: Option<Amount>,
    },
}

/// A period with the way in which its last day is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// How long it is.
    pub length: Length,
    /// Whether the day of the start is its first day; if not, the day after is (民法典 art. 201).
    pub start_counts: bool,
    /// What happens when the last day is a day off.
    pub roll: Roll,
}

impl Period {
    /// An amount of time after the day of the start.
    pub const fn counted(unit: CountUnit, amount: u16, roll: Roll) -> Self {
        Self { length: Length::Counted(Amount { unit, amount }), start_counts: false, roll }
    }

    /// What it is made of.
    pub const fn unit(&self) -> PeriodUnit {
        match &self.length {
            Length::Counted(Amount { unit: CountUnit::CalendarDays, .. }) => PeriodUnit::CalendarDays,
            Length::Counted(Amount { unit: CountUnit::WorkingDays, .. }) => PeriodUnit::WorkingDays,
            Length::Counted(Amount { unit: CountUnit::Months, .. }) => PeriodUnit::Months,
            Length::FixedDate { .. } => PeriodUnit::FixedDate,
        }
    }

    /// The amount of time that it never exceeds, if one is set.
    pub const fn bound(&self) -> Option<&Amount> {
        match &self.length {
            Length::Counted(amount) => Some(amount),
            Length::FixedDate { at_most, .. } => at_most.as_ref(),
        }
    }
}

impl FromJson for Period {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        const KNOWN: &[&str] = &["unit", "amount", "date", "atMost", "startCounts", "roll"];
        let entry = Entry::open(value, path, KNOWN, faults)?;
        let unit = entry.read::<PeriodUnit>("unit", faults);
        let amount = entry.read::<Option<u16>>("amount", faults);
        let date = entry.read::<Option<MonthDay>>("date", faults);
        let at_most = entry.read::<Option<Amount>>("atMost", faults);
        let start_counts = entry.read::<Option<bool>>("startCounts", faults);
        let roll = entry.read::<Roll>("roll", faults);
        let (unit, amount, date, at_most) = (unit?, amount?, date?, at_most?);
        let counted_in = match unit {
            PeriodUnit::CalendarDays => Some(CountUnit::CalendarDays),
            PeriodUnit::WorkingDays => Some(CountUnit::WorkingDays),
            PeriodUnit::Months => Some(CountUnit::Months),
            PeriodUnit::FixedDate => None,
        };
        let length = match counted_in {
            Some(unit) => {
                required(&entry, "amount", amount, faults).map(|amount| Length::Counted(Amount { unit, amount }))
            }
            None => {
                required(&entry, "date", date, faults).map(|date| Length::FixedDate { date, at_most: at_most.clone() })
            }
        };
        let fixed = counted_in.is_none();
        let misplaced = [
            ("amount", fixed && amount.is_some()),
            ("date", !fixed && date.is_some()),
            ("atMost", !fixed && at_most.is_some()),
        ];
        for (key, _) in misplaced.into_iter().filter(|(_, misplaced)| *misplaced) {
            faults.add(entry.path_of(key), "与单位不符", "does not go with this unit");
        }
        Some(Self { length: length?, start_counts: start_counts?.unwrap_or(false), roll: roll? })
    }
}

fn required<T>(entry: &Entry<'_>, key: &str, value: Option<T>, faults: &mut Faults) -> Option<T> {
    if value.is_none() {
        faults.add(entry.path_of(key), "缺少必填字段", "missing");
    }
    value
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("unit", &self.unit())?;
        match &self.length {
            Length::Counted(Amount { amount, .. }) => map.serialize_entry("amount", amount)?,
            Length::FixedDate { date, at_most } => {
                map.serialize_entry("date", &date.to_string())?;
                if let Some(at_most) = at_most {
                    map.serialize_entry("atMost", at_most)?;
                }
            }
        }
        if self.start_counts {
            map.serialize_entry("startCounts", &true)?;
        }
        map.serialize_entry("roll", &self.roll)?;
        map.end()
    }
}
