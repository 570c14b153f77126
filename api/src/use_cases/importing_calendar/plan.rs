//! What a file changes in the stored calendar: compared first, then applied.

use crate::access::Permit;
use crate::error::AppResult;
use crate::repo::calendar;
use chrono::{Datelike, NaiveDate};
use domain::ids::RegionId;
use domain::rules::calendar::CalendarYear;
use entity::{calendar_day, calendar_year, region_calendar_day};
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;
use std::fmt;

/// What changes in the calendar, in days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Days that were missing.
    pub created: usize,
    /// Days that said something else.
    pub updated: usize,
    /// Days that an earlier file of the year named and this one does not.
    pub removed: usize,
    /// Whether the year was not published, or by another notice.
    pub notice: bool,
}

impl Changes {
    /// Whether anything changes.
    pub fn any(self) -> bool {
        self.created + self.updated + self.removed > 0 || self.notice
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{} ~{} -{}", self.created, self.updated, self.removed)
    }
}

/// A stored day, national or a region's own.
struct Stored {
    kind: String,
    name: String,
    /// The notice beside it; national days have theirs with the year.
    notice: Option<String>,
    /// Of which year's notice; rows of the first schema do not say.
    year: Option<i32>,
}

/// What is to be done.
pub struct Plan<'a> {
    year: &'a CalendarYear,
    region: Option<RegionId>,
    published: Option<calendar_year::Model>,
    stored: BTreeMap<NaiveDate, Stored>,
}

impl<'a> Plan<'a> {
    /// Compares a file with what is stored.
    pub async fn make(
        conn: &impl ConnectionTrait,
        year: &'a CalendarYear,
        region: Option<RegionId>,
    ) -> AppResult<Plan<'a>> {
        // A notice may reach back into the December before.
        let first = NaiveDate::from_ymd_opt(year.year - 1, 12, 1).unwrap_or(NaiveDate::MIN);
        let last = NaiveDate::from_ymd_opt(year.year, 12, 31).unwrap_or(NaiveDate::MAX);
        let stored = match region {
            None => {
                let rows = calendar::national_days(conn, first, last).await?;
                let stored =
                    |row: calendar_day::Model| Stored { kind: row.kind, name: row.name, notice: None, year: row.year };
                rows.into_iter().map(|row| (row.day, stored(row))).collect()
            }
            Some(region) => {
                let rows = calendar::own_days(conn, region, first, last).await?;
                let stored = |row: region_calendar_day::Model| Stored {
                    kind: row.kind,
                    name: row.name,
                    notice: Some(row.notice),
                    year: Some(row.year),
                };
                rows.into_iter().map(|row| (row.day, stored(row))).collect()
            }
        };
        let published = if region.is_none() { calendar::year(conn, year.year).await? } else { None };
        Ok(Plan { year, region, published, stored })
    }

    /// What it changes.
    pub fn changes(&self) -> Changes {
        let mut changes = Changes { notice: self.other_notice(), ..Changes::default() };
        for day in &self.year.days {
            match self.stored.get(&day.date) {
                None => changes.created += 1,
                Some(_) if self.differs(day.date) => changes.updated += 1,
                Some(_) => {}
            }
        }
        changes.removed = self.gone().count();
        changes
    }

    /// Stores it.
    pub async fn apply(&self, tx: &impl ConnectionTrait, permit: &Permit) -> AppResult<()> {
        let changed = || self.year.days.iter().filter(|day| self.differs(day.date));
        let away: Vec<NaiveDate> = self.gone().chain(changed().map(|day| day.date)).collect();
        let (year, notice) = (self.year.year, &self.year.notice);
        match self.region {
            None => {
                let new = changed().map(|day| calendar_day::Model {
                    day: day.date,
                    kind: day.kind.code().to_owned(),
                    name: day.name.clone(),
                    year: Some(year),
                });
                if self.other_notice() {
                    let wanted = calendar_year::Model { year, notice: notice.clone() };
                    calendar::put_year(tx, permit, self.published.as_ref(), wanted).await?;
                }
                calendar::replace_national(tx, permit, &away, new.collect()).await
            }
            Some(region_id) => {
                let new = changed().map(|day| region_calendar_day::Model {
                    region_id,
                    day: day.date,
                    kind: day.kind.code().to_owned(),
                    name: day.name.clone(),
                    notice: notice.clone(),
                    year,
                });
                calendar::replace_own(tx, permit, region_id, &away, new.collect()).await
            }
        }
    }

    /// Whether the national notice for the year is missing or another one.
    fn other_notice(&self) -> bool {
        self.region.is_none() && self.published.as_ref().is_none_or(|row| row.notice != self.year.notice)
    }

    /// Whether the file says something else of this day than what is stored.
    fn differs(&self, date: NaiveDate) -> bool {
        let Some(wanted) = self.year.days.iter().find(|day| day.date == date) else { return false };
        self.stored.get(&date).is_none_or(|stored| {
            stored.kind != wanted.kind.code()
                || stored.name != wanted.name
                || stored.notice.as_ref().is_some_and(|notice| *notice != self.year.notice)
        })
    }

    /// Stored days of this year's notice that the file does not name.
    fn gone(&self) -> impl Iterator<Item = NaiveDate> {
        // Where a row of the first schema does not say so, a day in December may be of the notice of the year after.
        let of_year = |date: &NaiveDate, stored: &Stored| match stored.year {
            Some(year) => year == self.year.year,
            None => date.year() == self.year.year && date.month() < 12,
        };
        let named = |date: &NaiveDate| self.year.days.iter().any(|day| day.date == *date);
        self.stored.iter().filter(move |(date, stored)| of_year(date, stored) && !named(date)).map(|(date, _)| *date)
    }
}
