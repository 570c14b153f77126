//! Which day of law an instant belongs to, and on which side of a meeting's cut-off.
//!
//! Days of law are days of Asia/Shanghai, computed by the server: no client gains a day by its time zone. A
//! day ends at 24:00. The offset is fixed at +08:00; the summer time of 1986 to 1991 is ignored, because no
//! matter in this system is that old.
//!
//! Deliberately absent: the present time; it is an argument.

use crate::refusal::Refusal;
use crate::vocabulary::SessionPhase;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};

/// The hours by which Asia/Shanghai is ahead of UTC.
pub const OFFSET_HOURS: i64 = 8;

/// The day of law on which the instant falls.
pub fn legal_day(at: DateTime<Utc>) -> NaiveDate {
    at.checked_add_signed(TimeDelta::hours(OFFSET_HOURS)).unwrap_or(at).date_naive()
}

/// The time of day in Asia/Shanghai.
pub fn legal_time(at: DateTime<Utc>) -> NaiveTime {
    at.checked_add_signed(TimeDelta::hours(OFFSET_HOURS)).unwrap_or(at).time()
}

/// The first year in which something of this system can have happened.
const FIRST_YEAR: i32 = 1949;
/// The last year of which anybody can promise anything.
const LAST_YEAR: i32 = 2199;

/// The day, unless its year is a slip of the pen or one that a database cannot hold.
///
/// # Errors
/// [`Refusal::YearOutOfRange`].
pub fn plausible(day: NaiveDate) -> Result<NaiveDate, Refusal> {
    match day.year() {
        FIRST_YEAR..=LAST_YEAR => Ok(day),
        _ => Err(Refusal::YearOutOfRange { first: FIRST_YEAR, last: LAST_YEAR }),
    }
}

/// The first instant of the day of law; the day before has ended then.
pub fn day_begins(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN).and_utc();
    midnight.checked_sub_signed(TimeDelta::hours(OFFSET_HOURS)).unwrap_or(midnight)
}

/// Whether a matter was handed in during the meeting; at the very instant of the cut-off it still was.
pub fn phase(submitted_at: DateTime<Utc>, cutoff: DateTime<Utc>) -> SessionPhase {
    if submitted_at <= cutoff { SessionPhase::InSession } else { SessionPhase::OffSession }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_of_law_begins_at_midnight_in_shanghai() {
        assert_eq!(legal_day(at("2026-04-30T15:59:59Z")).to_string(), "2026-04-30");
        assert_eq!(legal_day(at("2026-04-30T16:00:00Z")).to_string(), "2026-05-01");
        assert_eq!(day_begins(legal_day(at("2026-04-30T16:00:00Z"))), at("2026-04-30T16:00:00Z"));
        assert_eq!(legal_day(at("2025-12-31T18:00:00-05:00")).to_string(), "2026-01-01");
    }

    #[test]
    fn years_that_nobody_means_are_refused() {
        for (day, possible) in [
            ("1948-12-31", false),
            ("1949-01-01", true),
            ("2199-12-31", true),
            ("2200-01-01", false),
            ("0206-02-10", false),
        ] {
            let day = day.parse().unwrap();
            assert_eq!(plausible(day).is_ok(), possible, "{day}");
        }
        assert!(plausible(legal_day(DateTime::<Utc>::MIN_UTC)).is_err());
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        legal_day(DateTime::<Utc>::MAX_UTC);
        day_begins(NaiveDate::MIN);
    }

    #[test]
    fn a_matter_handed_in_at_the_cut_off_belongs_to_the_meeting() {
        let cutoff = at("2026-01-10T12:00:00+08:00");
        assert_eq!(phase(cutoff, cutoff), SessionPhase::InSession);
        assert_eq!(phase(cutoff + TimeDelta::milliseconds(1), cutoff), SessionPhase::OffSession);
    }
}
