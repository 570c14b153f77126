//! The duty catalogue (职责清单): clauses that begin and end on days, and are never deleted.
//!
//! A clause is the words in which an agency's mandate document (三定方案: functions, internal bodies, staffing)
//! says what it answers for. Changing it ends the clause on the day before and begins another; the history of an
//! agency is all of them. Who wrote a clause and who ended it is stored with it, so that a day in the past may be
//! named: a mandate document often comes to hand after it is in force.

use crate::refusal::Refusal;
use chrono::NaiveDate;

/// The most clauses of an agency that are in force or still to come; what bounds a search through a region.
pub const MOST_CLAUSES: usize = 100;
/// The most characters of a clause, as in a roster.
pub const CLAUSE: u16 = 200;
/// The most characters of its legal basis.
pub const LEGAL_BASIS: u16 = 200;

/// From when to when a clause holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The first day; none when it held before the catalogue was kept.
    pub from: Option<NaiveDate>,
    /// The last day; none while no end is known.
    pub until: Option<NaiveDate>,
}

impl Term {
    /// Whether the clause holds on this day.
    pub fn holds_on(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The same clause, ended so that this day is the first on which it does not hold.
    ///
    /// On its own first day a clause may still be ended: then it held on no day, and stays in the history.
    ///
    /// # Errors
    /// [`Refusal::DutyEnded`] when its end is written already, [`Refusal::DutyBeganLater`] for a day before its first.
    pub fn ended_before(self, day: NaiveDate) -> Result<Self, Refusal> {
        if let Some(last_day) = self.until {
            return Err(Refusal::DutyEnded { last_day });
        }
        if let Some(from) = self.from.filter(|from| *from > day) {
            return Err(Refusal::DutyBeganLater { from });
        }
        Ok(Self { until: Some(day.pred_opt().unwrap_or(day)), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(from: Option<&str>, until: Option<&str>) -> Term {
        Term { from: from.map(day), until: until.map(day) }
    }

    #[test]
    fn a_clause_holds_from_its_first_to_its_last_day() {
        for (from, until, on, holds) in [
            (None, None, "1999-01-01", true),
            (Some("2024-03-01"), None, "2024-02-29", false),
            (Some("2024-03-01"), None, "2024-03-01", true),
            (Some("2024-03-01"), Some("2026-01-31"), "2026-01-31", true),
            (Some("2024-03-01"), Some("2026-01-31"), "2026-02-01", false),
            (None, Some("2026-01-31"), "1999-01-01", true),
            (Some("2026-02-01"), Some("2026-01-31"), "2026-02-01", false),
            (Some("2026-02-01"), Some("2026-01-31"), "2026-01-31", false),
        ] {
            assert_eq!(term(from, until).holds_on(day(on)), holds, "{from:?} {until:?} {on}");
        }
    }

    #[test]
    fn an_end_is_written_once_and_not_before_the_beginning() {
        for (from, until, on, expected) in [
            (None, None, "2026-02-10", Ok(Some("2026-02-09"))),
            (Some("2026-02-09"), None, "2026-02-10", Ok(Some("2026-02-09"))),
            (Some("2026-02-10"), None, "2026-02-10", Ok(Some("2026-02-09"))),
            (Some("2026-02-11"), None, "2026-02-10", Err(Refusal::DutyBeganLater { from: day("2026-02-11") })),
            (None, Some("2026-02-09"), "2026-02-10", Err(Refusal::DutyEnded { last_day: day("2026-02-09") })),
            (None, Some("2026-12-31"), "2026-02-10", Err(Refusal::DutyEnded { last_day: day("2026-12-31") })),
        ] {
            let ended = term(from, until).ended_before(day(on));
            let expected = expected.map(|last| term(from, last));
            assert_eq!(ended, expected, "{from:?} {until:?} {on}");
        }
    }

    #[test]
    fn a_clause_and_its_successor_leave_no_day_out_and_share_none() {
        let old = term(Some("2024-03-01"), None).ended_before(day("2026-02-10")).unwrap();
        let new = term(Some("2026-02-10"), None);
        for on in day("2026-02-01").iter_days().take(20) {
            assert!(old.holds_on(on) != new.holds_on(on), "{on}");
        }
    }
}
