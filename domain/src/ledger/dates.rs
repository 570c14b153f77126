//! Days, years and numbers in the spellings of ledgers.

use super::fault::FaultKind;
use super::fold::fold;
use crate::table::Cell;
use chrono::{Datelike, NaiveDate};

/// The years that a ledger can speak of; others are slips of the pen, such as 2109 for 2019.
pub const YEARS: std::ops::RangeInclusive<i32> = 1954..=2100;

/// A number that spreadsheets show for a day when the cell is not formatted as a date: 1954 to 2100.
const SERIALS: std::ops::RangeInclusive<i64> = 19_725..=73_415;

/// The day of a cell that is not blank.
///
/// # Errors
/// It is no day, a day that no calendar has (2019-02-30), or one outside [`YEARS`].
pub(super) fn day(cell: &Cell) -> Result<NaiveDate, FaultKind> {
    let day = match cell {
        Cell::Date(at) => at.date(),
        other => day_of_text(&other.shown())?,
    };
    if YEARS.contains(&day.year()) { Ok(day) } else { Err(year_out_of_range()) }
}

fn year_out_of_range() -> FaultKind {
    FaultKind::YearOutOfRange { first: *YEARS.start(), last: *YEARS.end() }
}

fn day_of_text(text: &str) -> Result<NaiveDate, FaultKind> {
    let folded = fold(without_time(text));
    if let Some(serial) = number_of(&folded).filter(|serial| SERIALS.contains(serial)) {
        // Day 0 is set so that the days after the 29 February 1900, which never was, come out right.
        let zero = NaiveDate::from_ymd_opt(1899, 12, 30);
        return zero
            .and_then(|zero| zero.checked_add_signed(chrono::TimeDelta::days(serial)))
            .ok_or(FaultKind::NotADate);
    }
    let numbers = three_numbers(&folded).ok_or(FaultKind::NotADate)?;
    let [year, month, day] = numbers;
    let year = i32::try_from(year).map_err(|_| FaultKind::NotADate)?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or(FaultKind::NoSuchDay)
}

/// The text before a time of day: `2019-01-08 09:30:00`, `2019/1/8T9:30`.
fn without_time(text: &str) -> &str {
    let trimmed = text.trim();
    let parted = trimmed.split_once(|character: char| character.is_whitespace() || character == 'T');
    match parted {
        Some((day, time)) if time.contains([':', '\u{FF1A}']) => day,
        _ => trimmed,
    }
}

/// Year, month and day of `2019-1-8`, `2019/1/8`, `2019.1.8`, `2019年1月8日`, `20190108`.
fn three_numbers(folded: &str) -> Option<[u32; 3]> {
    if folded.len() == 8 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some([folded[..4].parse().ok()?, folded[4..6].parse().ok()?, folded[6..].parse().ok()?]);
    }
    let bare = folded.strip_suffix(['日', '号']).unwrap_or(folded);
    let parts: Vec<&str> = bare.split(['-', '/', '.', '。', '年', '月', '—', '–', '\\', '、']).collect();
    let [year, month, day] = parts[..] else { return None };
    let digits = |part: &str, most: usize| {
        let is_number = !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    };
    // Two digits for a year would leave the century open.
    (year.len() == 4).then_some(())?;
    Some([digits(year, 4)?, digits(month, 2)?, digits(day, 2)?])
}

/// The year of a text: `2019`, `2019年`, `2019年度`.
///
/// # Errors
/// It is no number, or outside [`YEARS`].
pub(super) fn year(text: &str) -> Result<i32, FaultKind> {
    let folded = fold(text);
    let bare = folded.trim_end_matches('度').trim_end_matches('年');
    let year = number_of(bare).ok_or(FaultKind::NotAYear)?;
    i32::try_from(year).ok().filter(|year| YEARS.contains(year)).ok_or_else(year_out_of_range)
}

/// The largest number that a ledger can need.
pub const MOST: u32 = 999_999;

/// A count such as `5`, `5人`, `3.0`.
///
/// # Errors
/// It is no whole number, or above [`MOST`].
pub(super) fn count(text: &str) -> Result<u32, FaultKind> {
    let folded = fold(text);
    whole(folded.trim_end_matches(['人', '名', '次', '件', '位']))
}

/// A case number such as `15`, `第15号`, `0015`.
///
/// # Errors
/// It is no whole number, zero, or above [`MOST`].
pub(super) fn case_no(text: &str) -> Result<u32, FaultKind> {
    let folded = fold(text);
    let bare = folded.trim_start_matches("no.").trim_start_matches('第').trim_end_matches(['号', '件']);
    whole(bare).and_then(|number| if number == 0 { Err(FaultKind::NotANumber { max: MOST }) } else { Ok(number) })
}

fn whole(folded: &str) -> Result<u32, FaultKind> {
    let found = number_of(folded).and_then(|number| u32::try_from(number).ok());
    found.filter(|number| *number <= MOST).ok_or(FaultKind::NotANumber { max: MOST })
}

/// A whole number; zeros after a point do not count.
fn number_of(folded: &str) -> Option<i64> {
    let whole = match folded.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => folded,
    };
    let is_number = !whole.is_empty() && whole.len() <= 18 && whole.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| whole.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<NaiveDate, FaultKind> {
        day(&Cell::from(text))
    }

    #[test]
    fn a_day_is_understood_in_every_usual_spelling() {
        let expected = NaiveDate::from_ymd_opt(2019, 1, 8).unwrap();
        for text in [
            "2019-01-08",
            "2019-1-8",
            "2019/1/8",
            "2019.1.8",
            "2019年1月8日",
            "2019 年 1 月 8 日",
            "20190108",
            "43473",
            "43473.0",
            "2019-01-08 09:30:00",
            "2019/1/8 9:30",
            "2019-01-08T00:00:00",
            "２０１９－01－08",
            "2019年1月8号",
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        assert_eq!(day(&Cell::Date(expected.and_hms_opt(9, 30, 0).unwrap())), Ok(expected));
    }

    #[test]
    fn what_is_no_day_is_told_apart_from_a_day_that_never_was() {
        for text in ["2019-02-30", "2019年13月1日", "2019-1-0", "20190230"] {
            assert_eq!(read(text), Err(FaultKind::NoSuchDay), "{text}");
        }
        for text in ["19-1-8", "2019-1", "一月八日", "5", "2019-1-8-9", "2019--8", "已答复", "2019-001-8"] {
            assert_eq!(read(text), Err(FaultKind::NotADate), "{text}");
        }
        for text in ["2109-01-08", "1919-01-08"] {
            assert_eq!(read(text), Err(year_out_of_range()), "{text}");
        }
    }

    #[test]
    fn years_and_numbers_are_read_with_their_words() {
        for text in ["2019", "2019年", "2019年度", " 2019 年 ", "２０１９", "2019.0"] {
            assert_eq!(year(text), Ok(2019), "{text}");
        }
        assert_eq!(year("二零一九"), Err(FaultKind::NotAYear));
        assert_eq!(year("19"), Err(year_out_of_range()));
        for text in ["15", "第15号", "0015", "No.15", "15.0"] {
            assert_eq!(case_no(text), Ok(15), "{text}");
        }
        for text in ["0", "1a", "-1", "2019-15", "1000000"] {
            assert_eq!(case_no(text), Err(FaultKind::NotANumber { max: MOST }), "{text}");
        }
        assert_eq!(["0", "5人", "3 次"].map(count), [Ok(0), Ok(5), Ok(3)]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = (read(&text), year(&text), case_no(&text), count(&text));
        }

        #[test]
        fn a_day_written_is_the_day_read(offset in 0_i64..53_000) {
            let first = NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).unwrap();
            let expected = first + chrono::TimeDelta::days(offset);
            prop_assert_eq!(read(&expected.to_string()), Ok(expected));
        }
    }
}
