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
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            // One spelling per day: the library also reads signs and blanks in the place of digits.
            Ok(day) if day.to_string() == *text => Ok(Self(day)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_one_spelling() {
        let read =
            |text: &str| <Date as ScalarType>::parse(Value::String(text.to_owned())).map(|day| day.0.to_string());
        assert_eq!(read("2026-11-23").ok().as_deref(), Some("2026-11-23"));
        for other in ["+026-11-23", "-026-11-23", " 026-11-23", "2026- 1- 2", "2026-1-2", "2026-11-023", "2026-02-30"] {
            assert!(read(other).is_err(), "{other:?}");
        }
    }
}
