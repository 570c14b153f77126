//! Scalars of the contract.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;

/// A day of law in the region's calendar, e.g. 2026-11-23 (日期).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day of law in the region's calendar (Asia/Shanghai), written as 2026-11-23 (日期).
#[Scalar(name = "Date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else { return Err(InputValueError::expected_type(value)) };
        // One spelling per day: four, two and two digits.
        let canonical = text.len() == 10 && text.is_ascii();
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(day) if canonical => Ok(Self(day)),
            _ => Err(InputValueError::custom("a day is written as 2026-11-23")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}
