//! The one clock and the one source of ids.
//!
//! Nothing else in the product asks the machine for the time: use cases get `now` from their context,
//! so that a rehearsal clock or a test can stand in.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::sync::Mutex;
use std::time::Instant;
use uuid::{ContextV7, Timestamp, Uuid};

/// Tells the time.
pub trait Clock: std::fmt::Debug + Send + Sync + 'static {
    /// The present instant, in whole microseconds as both databases keep it.
    fn now(&self) -> DateTime<Utc>;
    /// Whether this is a rehearsal, which marks the trail.
    fn is_rehearsal(&self) -> bool {
        false
    }
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    fn now(&self) -> DateTime<Utc> {
        whole_microseconds(Utc::now())
    }
}

/// A clock that starts at a chosen instant and runs on from there (`serve --clock`).
#[derive(Debug)]
pub struct RehearsalClock {
    start: DateTime<Utc>,
    since: Instant,
}

impl RehearsalClock {
    /// A clock that shows `start` now.
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self { start: whole_microseconds(start), since: Instant::now() }
    }
}

impl Clock for RehearsalClock {
    fn now(&self) -> DateTime<Utc> {
        let run = TimeDelta::from_std(self.since.elapsed()).unwrap_or(TimeDelta::zero());
        whole_microseconds(self.start + run)
    }

    fn is_rehearsal(&self) -> bool {
        true
    }
}

/// A clock that stands still until it is moved, for time travel in one process.
#[derive(Debug)]
pub struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    /// A clock that shows `start`.
    pub fn at(start: DateTime<Utc>) -> Self {
        Self(Mutex::new(whole_microseconds(start)))
    }

    /// Moves the clock.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = whole_microseconds(now);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn is_rehearsal(&self) -> bool {
        true
    }
}

/// The instant in whole microseconds, which is what databases keep.
pub fn whole_microseconds(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(at)
}

/// Makes ids that sort by the time of their making (UUID version 7).
#[derive(Default)]
pub struct Ids(Mutex<ContextV7>);

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}

impl Ids {
    /// A new id of any type.
    #[expect(clippy::disallowed_methods, reason = "this is the one source of ids")]
    pub fn make<T: From<Uuid>>(&self, now: DateTime<Utc>) -> T {
        let context = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        T::from(Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos())))
    }
}
