//! The rules and the calendar, read from the database once and kept.
//!
//! A stored rule set never changes, so it may be kept for ever; the calendar is read again by
//! [`RuleBook::refresh`] after it was loaded.

use crate::error::{AppError, AppResult};
use chrono::NaiveDate;
use domain::ids::{RegionId, RuleSetId};
use domain::rules::calendar::{Calendar, CalendarDay, DayKind, PublishedYear};
use domain::rules::rule_set::RuleSet;
use domain::vocabulary::Institution;
use entity::{calendar_day, calendar_year, rule_set};
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

/// The rules and the calendar.
#[derive(Debug, Default)]
pub struct RuleBook {
    by_id: RwLock<HashMap<RuleSetId, Arc<Rules>>>,
    calendar: RwLock<Option<Arc<Calendar>>>,
}

impl RuleBook {
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

    /// The working-day calendar.
    pub async fn calendar(&self, conn: &impl ConnectionTrait) -> AppResult<Arc<Calendar>> {
        let kept = self.calendar.read().unwrap_or_else(PoisonError::into_inner).clone();
        match kept {
            Some(calendar) => Ok(calendar),
            None => self.refresh(conn).await,
        }
    }

    /// Reads the calendar again.
    pub async fn refresh(&self, conn: &impl ConnectionTrait) -> AppResult<Arc<Calendar>> {
        let (years, days) = crate::repo::rules::calendar(conn).await?;
        let days = days.into_iter().map(day).collect::<AppResult<Vec<_>>>()?;
        let calendar = Arc::new(Calendar::new(years.into_iter().map(year), days));
        *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = Some(calendar.clone());
        Ok(calendar)
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

fn day(row: calendar_day::Model) -> AppResult<CalendarDay> {
    let kind = DayKind::from_code(&row.kind)
        .ok_or_else(|| AppError::Internal(format!("calendar_day {} has kind {}", row.day, row.kind)))?;
    Ok(CalendarDay { date: row.day, kind, name: row.name })
}
