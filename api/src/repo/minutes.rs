//! What a transaction writes about itself before it ends: the trail, notices, since when due days hold, and the figures
//! of what it touched. Each kind is one statement, however many verbs share the transaction.

use crate::access::Permit;
use crate::bus::Change;
use crate::error::AppResult;
use crate::repo::due_days;
use crate::repo::statistics::facts::Touched;
use crate::repo::trail::{self, Told};
use chrono::NaiveDate;
use domain::ids::AssignmentId;
use entity::{due_day, event, notification};
use sea_orm::ConnectionTrait;
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The minutes of one transaction, or of one verb in it.
#[derive(Debug, Default)]
pub struct Minutes {
    rows: Mutex<Rows>,
    touched: Touched,
}

#[derive(Debug, Default)]
struct Rows {
    events: Vec<event::Model>,
    notices: Vec<notification::Model>,
    /// One for an assignment and a day; the last word counts.
    due_days: BTreeMap<(AssignmentId, NaiveDate), due_day::Model>,
    changes: Vec<Change>,
}

impl Minutes {
    /// Notes an entry of the trail with its notices.
    pub fn record(&self, (event, notices): (event::Model, Vec<notification::Model>)) {
        let mut rows = self.lock();
        rows.events.push(event);
        rows.notices.extend(notices);
    }

    /// Notes what subscribers are told beside the trail, and notices of what stands on none.
    pub fn tell(&self, changes: impl IntoIterator<Item = Change>, notices: Vec<notification::Model>) {
        let mut rows = self.lock();
        rows.changes.extend(changes);
        rows.notices.extend(notices);
    }

    /// Notes since when a due day holds.
    pub fn due(&self, row: due_day::Model) {
        self.lock().due_days.insert((row.assignment_id, row.noted_on), row);
    }

    /// Notes a stored row, if figures count anything of it.
    pub fn touch(&self, row: &dyn Any) {
        self.touched.note(row);
    }

    /// Adds those of a verb that succeeded.
    pub fn add(&self, other: Self) {
        let other_rows = other.rows.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut rows = self.lock();
        rows.events.extend(other_rows.events);
        rows.notices.extend(other_rows.notices);
        rows.due_days.extend(other_rows.due_days);
        rows.changes.extend(other_rows.changes);
        self.touched.add(other.touched);
    }

    /// Writes all of it; gives what subscribers are told once the transaction is committed.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn write(self, tx: &impl ConnectionTrait, permit: &Permit) -> AppResult<Vec<Change>> {
        let rows = self.rows.into_inner().unwrap_or_else(PoisonError::into_inner);
        let told = Told::default();
        told.note_all(rows.changes);
        trail::store(tx, permit, &told, rows.events, rows.notices).await?;
        due_days::note(tx, permit, rows.due_days.into_values().collect()).await?;
        self.touched.renew(tx, permit).await?;
        Ok(told.take())
    }

    fn lock(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
