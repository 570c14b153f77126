//! The server's own work: sealing the trails, due days, files, reminders, follow-ups, letters at the end of the year, morning lists, deliveries.
//!
//! A worker makes rounds. In each it looks whether a region's people are at work now, and does what the day
//! still wants, each piece once: a piece is claimed for the day, and what it writes has keys of its own, so
//! that any number of workers on one database remind nobody twice, and one that is killed in the middle loses
//! nothing. It reads the clock of the server, so that a rehearsal sees a whole year in an hour.
//!
//! Deliberately absent: what a reminder is about and when it falls due (`domain::rules::clock`).

mod digests;
mod duties;
mod files;
mod follow_ups;
mod pace;
mod reminders;
mod staff;
mod writing;

use crate::access::{self, Permit};
use crate::cx::Deps;
use crate::delivery::{Channels, deliver};
use crate::error::AppResult;
use crate::repo::jobs;
use crate::rule_book::Rules;
use crate::use_cases::auditing;
use crate::use_cases::recomputing::recompute;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ids::RegionId;
use domain::rules::calendar::Calendar;
use domain::rules::legal_day::{legal_day, legal_time};
use futures_util::future::BoxFuture;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// How long a worker keeps a piece of work between two signs of life.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How many days a worker makes up for after an outage.
const MAKE_UP: TimeDelta = TimeDelta::days(30);
/// How long a worker rests between two looks at what is to be delivered.
const REST: Duration = Duration::from_secs(5);
/// After how many rests it makes a round again.
const RESTS_BETWEEN_ROUNDS: u32 = 6;
/// How many objects are looked at in one transaction.
const BATCH: u64 = 500;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Reminders of assignments.
    pub reminders: u64,
    /// Reminders of feedback and promises, and letters.
    pub follow_ups: u64,
    /// Morning lists.
    pub digests: u64,
    /// Stored due days that moved.
    pub due_days: u64,
    /// Steps in which a region's own past pace is another one.
    pub paces: u64,
    /// Files that were taken away for good.
    pub files: u64,
}

/// One region's day, as a piece of work sees it.
#[derive(Clone, Debug)]
struct Shift {
    region: RegionId,
    /// The first day that is still to be done.
    from: NaiveDate,
    /// The present day.
    today: NaiveDate,
    /// The present instant.
    now: DateTime<Utc>,
    /// The rules in force in the region today.
    rules: Arc<Rules>,
    calendar: Arc<Calendar>,
    job: String,
}

/// Makes rounds, and delivers what is to be delivered.
#[derive(Clone, Debug)]
pub struct Worker {
    deps: Arc<Deps>,
    channels: Arc<Channels>,
}

type Piece = for<'a> fn(&'a Worker, &'a Shift) -> BoxFuture<'a, AppResult<u64>>;

impl Worker {
    /// A worker with what is wired.
    pub fn new(deps: Arc<Deps>, channels: Channels) -> Self {
        Self { deps, channels: Arc::new(channels) }
    }

    /// Works until `stop` ends. What fails is told to the log and tried again.
    pub async fn run(&self, stop: impl Future) {
        let mut stop = std::pin::pin!(stop);
        let mut rests = 0;
        loop {
            if rests % RESTS_BETWEEN_ROUNDS == 0 {
                let worker = self.clone();
                watched("a round of daily work", async move { worker.round().await }).await;
            }
            rests += 1;
            let worker = self.clone();
            watched("sealing the trails", async move { worker.seal().await }).await;
            let worker = self.clone();
            let delivered =
                watched("deliveries", async move { deliver(&worker.deps, &worker.channels, worker.now()).await }).await;
            let rest = if delivered.is_some_and(|delivered| delivered.more) { Duration::ZERO } else { REST };
            tokio::select! {
                _ = &mut stop => return,
                () = sleep(rest) => {}
            }
        }
    }

    /// Seals what was written to the trails; how many entries.
    ///
    /// # Errors
    /// What the database said; what waits is sealed the next time.
    pub async fn seal(&self) -> AppResult<u64> {
        auditing::seal(&self.deps).await
    }

    fn now(&self) -> DateTime<Utc> {
        self.deps.clock.now()
    }

    /// Makes one round: whatever the present day of each region still wants.
    ///
    /// # Errors
    /// What the database said; what was written stays, and the rest is done in a later round.
    pub async fn round(&self) -> AppResult<Done> {
        let now = self.deps.clock.now();
        let today = legal_day(now);
        let mut done = Done::default();
        for region in crate::repo::reminders::regions(self.deps.db.reader()).await? {
            let conn = self.deps.db.reader();
            let Ok(rules) = self.deps.rules.current(conn, region.id, None, today).await else { continue };
            let calendar = self.deps.rules.calendar(conn, region.id).await?;
            let at_work = calendar.is_working_day(today) && rules.set.working_hours.contain(legal_time(now));
            let shift = Shift { region: region.id, from: today, today, now, rules, calendar, job: String::new() };
            let code = &region.code;
            // First, and on days of rest too: what follows reads the stored days.
            let renew: Piece = |worker, shift| Box::pin(due_days(worker, shift));
            done.due_days += self.once(&format!("due days {code}"), &shift, renew).await?;
            let learn: Piece = |worker, shift| Box::pin(pace::learn(worker, shift));
            done.paces += self.once(&format!("pace {code}"), &shift, learn).await?;
            let tidy: Piece = |worker, shift| Box::pin(files::tidy(worker, shift));
            done.files += self.once(&format!("files {code}"), &shift, tidy).await?;
            let sign: Piece = |worker, shift| Box::pin(checkpoint(worker, shift));
            self.once(&format!("checkpoint {code}"), &shift, sign).await?;
            if !at_work {
                continue;
            }
            let send: Piece = |worker, shift| Box::pin(reminders::send(worker, shift));
            done.reminders += self.once(&format!("reminders {code}"), &shift, send).await?;
            let send: Piece = |worker, shift| Box::pin(follow_ups::send(worker, shift));
            done.follow_ups += self.once(&format!("follow-ups {code}"), &shift, send).await?;
            // Last, so that the list counts what the day brought.
            let send: Piece = |worker, shift| Box::pin(digests::send(worker, shift));
            done.digests += self.once(&format!("morning lists {code}"), &shift, send).await?;
        }
        Ok(done)
    }

    /// Does a piece of work of the day, unless it is done or another worker has it.
    async fn once(&self, job: &str, shift: &Shift, piece: Piece) -> AppResult<u64> {
        let permit = permit();
        let conn = self.deps.db.writer();
        if !jobs::claim(conn, &permit, job, shift.today, shift.now, shift.now + LEASE).await? {
            return Ok(0);
        }
        let last = jobs::last_done(self.deps.db.reader(), job).await?;
        // After an outage the days in between are made up for; on the first day of all there are none.
        let from = last.and_then(|day| day.succ_opt()).unwrap_or(shift.today).max(shift.today - MAKE_UP);
        let shift = Shift { from, job: job.to_owned(), ..shift.clone() };
        let count = piece(self, &shift).await?;
        jobs::finish(conn, &permit, job, shift.today, self.deps.clock.now()).await?;
        Ok(count)
    }

    /// A sign of life in the middle of a long piece of work.
    async fn alive(&self, shift: &Shift) -> AppResult<()> {
        let until = self.deps.clock.now() + LEASE;
        jobs::renew(self.deps.db.writer(), &permit(), &shift.job, shift.today, until).await?;
        Ok(())
    }
}

/// Brings the stored due days of the region up to date: those of clocks that stand still, and those that a calendar
/// moved while whoever brought it in was interrupted.
async fn due_days(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    let done = recompute(&worker.deps, Some(shift.region), shift.today).await?;
    Ok(done.moved.try_into().unwrap_or(u64::MAX))
}

/// Signs the state of the region's chain, so that nobody can write another one over it.
async fn checkpoint(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    auditing::sign(&worker.deps, shift.region).await.map(u64::from)
}

/// Does some work in a task of its own, so that a panic ends this work and not the worker.
async fn watched<T>(name: &'static str, work: impl Future<Output = AppResult<T>> + Send + 'static) -> Option<T>
where
    T: Default + PartialEq + Debug + Send + 'static,
{
    match tokio::spawn(work).await {
        Ok(Ok(done)) => {
            if done != T::default() {
                tracing::info!(?done, "{name}");
            }
            return Some(done);
        }
        Ok(Err(error)) => tracing::error!(%error, "{name} failed and will be tried again"),
        Err(panic) => tracing::error!(%panic, "{name} panicked and will be tried again"),
    }
    None
}

fn permit() -> Permit {
    access::background_work()
}
