//! The rules and the calendar, read from the database once and kept.
//!
//! A stored rule set never changes, so it may be kept for ever. A calendar and a pace are kept for a minute, so that a
//! server learns of what another process brought in; whoever brings it in himself calls [`RuleBook::forget`].

use crate::clock::Clock;
use crate::error::{AppError, AppResult};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ids::{RegionId, RuleSetId};
use domain::rules::calendar::{Calendar, CalendarDay, DayKind, PublishedYear};
use domain::rules::clock::Pace;
use domain::rules::rule_set::RuleSet;
use domain::vocabulary::Institution;
use entity::{calendar_year, rule_set};
use sea_orm::ConnectionTrait;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// One stored version of a region's rules.
#[derive(Debug)]
pub struct Rules {
    /// Its id.
    pub id: RuleSetId,
    /// Its version, from 1.
    pub version: u32,
    /// What it says.
    pub set: RuleSet,
}

/// What steps are measured by in a region, beside the rules of each matter.
#[derive(Debug)]
pub struct Habits {
    /// Its working days.
    pub calendar: Arc<Calendar>,
    /// How fast it used to be.
    pub pace: Pace,
}

/// For how long the habits of a region are kept.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(1);

/// The rules and the calendars of the regions.
#[derive(Debug)]
pub struct RuleBook {
    clock: Arc<dyn Clock>,
    by_id: RwLock<HashMap<RuleSetId, Arc<Rules>>>,
    kept: RwLock<Kept>,
}

/// The habits that were read.
#[derive(Debug, Default)]
struct Kept {
    /// Counts how often they were forgotten: what was read before belongs to another state of the database.
    generation: u64,
    by_region: HashMap<RegionId, (DateTime<Utc>, Arc<Habits>)>,
}

impl RuleBook {
    /// A book in which nothing was read yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, by_id: RwLock::default(), kept: RwLock::default() }
    }

    /// The rules with this id.
    pub async fn get(&self, conn: &impl ConnectionTrait, id: RuleSetId) -> AppResult<Arc<Rules>> {
        if let Some(found) = self.by_id.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(found.clone());
        }
        let row = crate::repo::rules::get(conn, id).await?.ok_or(AppError::Unavailable)?;
        self.keep(row)
    }

    /// The rules with which a matter of this institution begins in this region on this day; without an
    /// institution, those that the region made for both.
    ///
    /// # Errors
    /// `UNAVAILABLE` when the region has no rules yet.
    pub async fn current(
        &self,
        conn: &impl ConnectionTrait,
        region: RegionId,
        institution: Option<Institution>,
        on: NaiveDate,
    ) -> AppResult<Arc<Rules>> {
        let row = crate::repo::rules::in_force(conn, region, institution, on).await?.ok_or(AppError::Unavailable)?;
        if let Some(found) = self.by_id.read().unwrap_or_else(PoisonError::into_inner).get(&row.id) {
            return Ok(found.clone());
        }
        self.keep(row)
    }

    /// The working-day calendar of a region: the national days, and its own laid over them.
    pub async fn calendar(&self, conn: &impl ConnectionTrait, region: RegionId) -> AppResult<Arc<Calendar>> {
        Ok(self.habits(conn, region).await?.calendar.clone())
    }

    /// The calendar of a region, and how fast it used to be.
    pub async fn habits(&self, conn: &impl ConnectionTrait, region: RegionId) -> AppResult<Arc<Habits>> {
        let now = self.clock.now();
        let generation = {
            let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((read_at, habits)) = kept.by_region.get(&region)
                && *read_at <= now
                && now - *read_at < KEPT_FOR
            {
                return Ok(habits.clone());
            }
            kept.generation
        };
        let calendar = Arc::new(read_calendar(conn, region).await?);
        let habits = Arc::new(Habits { calendar, pace: crate::repo::pace::of_region(conn, region).await? });
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.generation == generation {
            kept.by_region.insert(region, (now, habits.clone()));
        }
        Ok(habits)
    }

    /// Forgets the habits, so that they are read again; to be called once a change is committed.
    pub fn forget(&self) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.generation += 1;
        kept.by_region.clear();
    }

    fn keep(&self, row: rule_set::Model) -> AppResult<Arc<Rules>> {
        let set = RuleSet::parse(&row.body)
            .map_err(|faults| AppError::Internal(format!("stored rule set {} is faulty: {faults:?}", row.id)))?;
        let version = u32::try_from(row.version).unwrap_or(0);
        let rules = Arc::new(Rules { id: row.id, version, set });
        self.by_id.write().unwrap_or_else(PoisonError::into_inner).insert(row.id, rules.clone());
        Ok(rules)
    }
}

fn year(row: calendar_year::Model) -> PublishedYear {
    PublishedYear { year: row.year, notice: row.notice }
}

/// A region's own day comes later, and so replaces the national one.
async fn read_calendar(conn: &impl ConnectionTrait, region: RegionId) -> AppResult<Calendar> {
    let (years, national, own) = crate::repo::calendar::of_region(conn, region).await?;
    let national = national.into_iter().map(|row| day(row.day, &row.kind, row.name));
    let own = own.into_iter().map(|row| day(row.day, &row.kind, row.name));
    let days = national.chain(own).collect::<AppResult<Vec<_>>>()?;
    Ok(Calendar::new(years.into_iter().map(year), days))
}

fn day(date: NaiveDate, kind: &str, name: String) -> AppResult<CalendarDay> {
    let kind = DayKind::from_code(kind)
        .ok_or_else(|| AppError::Internal(format!("the calendar has {date} with kind {kind}")))?;
    Ok(CalendarDay { date, kind, name })
}
