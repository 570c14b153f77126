//! Reading the plain values of documents: numbers, lines of text, dates, lists, words of the vocabulary.

use super::{Faults, FromJson, add_wrong_type};
use crate::text::TextRule;
use crate::vocabulary::{ContactMode, Gate, HandlingStage, Institution, OrganizationKind, Outcome, RegionLevel, Role};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::Value;

/// The most characters of a line of text in a document, unless its own rule is stricter.
const LINE_MAX_CHARS: usize = 2_000;

read_by_code!(ContactMode, Gate, HandlingStage, Institution, OrganizationKind, Outcome, RegionLevel, Role);

impl FromJson for bool {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        value.as_bool().or_else(|| {
            add_wrong_type(path, "true或false", "true or false", faults);
            None
        })
    }
}

macro_rules! read_whole_numbers {
    ($($name:ty),+) => { $(
        impl FromJson for $name {
            fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
                let found = value.as_i64().and_then(|number| Self::try_from(number).ok());
                if found.is_none() {
                    let (min, max) = (Self::MIN, Self::MAX);
                    add_wrong_type(path, &format!("{min}至{max}的整数"), &format!("a whole number from {min} to {max}"), faults);
                }
                found
            }
        }
    )+ };
}
read_whole_numbers!(u16, u32, i32);

/// A line of text, required and cleaned by [`crate::text`].
impl FromJson for String {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let Some(text) = value.as_str() else {
            add_wrong_type(path, "文字", "a text", faults);
            return None;
        };
        faults.check_text(path, text, TextRule::line(LINE_MAX_CHARS))
    }
}

impl FromJson for NaiveDate {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        // chrono would also take "2026-1-8"; one spelling per day.
        let found = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        if found.is_none() {
            add_wrong_type(path, "日期,如2026-01-08", "a date such as 2026-01-08", faults);
        }
        found
    }
}

impl FromJson for NaiveTime {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let text = value.as_str().filter(|text| text.len() == 5);
        let found = text.and_then(|text| Self::parse_from_str(text, "%H:%M").ok());
        if found.is_none() {
            add_wrong_type(path, "时间,如08:30", "a time such as 08:30", faults);
        }
        found
    }
}

impl FromJson for DateTime<Utc> {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let found = value.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
        if found.is_none() {
            let (zh, en) = (
                "带时区的时间,如2026-01-10T12:00:00+08:00",
                "a time with its offset such as 2026-01-10T12:00:00+08:00",
            );
            add_wrong_type(path, zh, en, faults);
        }
        found.map(|at| at.to_utc())
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::from_json(value, path, faults).map(Some) }
    }

    fn when_missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value, path: &str, faults: &mut Faults) -> Option<Self> {
        let Value::Array(values) = value else {
            add_wrong_type(path, "列表", "a list", faults);
            return None;
        };
        // Every element is read, so that all their faults are named.
        let read: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(index, value)| T::from_json(value, &format!("{path}[{index}]"), faults))
            .collect();
        read.into_iter().collect()
    }
}
