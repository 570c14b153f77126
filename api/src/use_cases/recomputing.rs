//! Computing stored due days again (重算期限): when a new calendar came in, and every day for open pauses.
//!
//! What people see is computed afresh each time they look; the stored day serves lists and indexes. So this changes
//! no right and no rule: it brings the stored days up to date, and tells those concerned when a calendar moved theirs.
//!
//! A first pass reads without locking. Only the matters in which a day differs are locked, a batch in a transaction,
//! and computed once more under the lock. Interrupted at any point and run again it does what is left.

mod forms;

use crate::access::background_work;
use crate::clocks;
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo::due_days::{self, Move};
use crate::repo::matter::{self, Matter};
use crate::repo::trail::{self, Author, Entry, Told};
use chrono::NaiveDate;
use domain::event::Happening;
use domain::ids::{AssignmentId, RegionId, RuleSetId, SubmissionId};
use domain::rules::clock::ClockState;
use entity::assignment;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::BTreeSet;

/// How many assignments are looked at at once; half as many matters change in one transaction at most.
const BATCH: u64 = 1_000;

/// What computing again did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recomputed {
    /// Open assignments and forms that were looked at.
    pub looked_at: usize,
    /// Those whose due day moved.
    pub moved: usize,
}

/// Computes the due days of the open assignments and feedback forms again, of one region or of all, as they stand on
/// `today`.
///
/// A day that moved because of the calendar is recorded and told once; one that moves from day to day while its clock
/// stands still is stored silently.
///
/// # Errors
/// Errors of the database. An assignment whose clock contradicts itself is logged and left as it is.
pub async fn recompute(deps: &Deps, region: Option<RegionId>, today: NaiveDate) -> AppResult<Recomputed> {
    let assignments = assignments(deps, region, today).await?;
    let forms = forms::recompute(deps, region).await?;
    Ok(assignments.and(forms))
}

impl Recomputed {
    const fn and(self, more: Self) -> Self {
        Self { looked_at: self.looked_at + more.looked_at, moved: self.moved + more.moved }
    }
}

/// While a page is stored, in two transactions side by side, the next one is read and computed.
async fn assignments(deps: &Deps, region: Option<RegionId>, today: NaiveDate) -> AppResult<Recomputed> {
    let mut done = Recomputed::default();
    let mut next = look(deps, region, None, today).await?;
    while let Some(mut page) = next {
        let second = page.concerned.split_off(page.concerned.len() / 2);
        let (first, second, following) = tokio::join!(
            store(deps, page.concerned, today),
            store(deps, second, today),
            look(deps, region, Some(page.last), today)
        );
        done = done.and(Recomputed { looked_at: page.looked_at, moved: first? + second? });
        next = following?;
    }
    Ok(done)
}

/// A page of open assignments: how many, the last of them, and the matters in which a stored day differs from the
/// computed one.
struct Page {
    looked_at: usize,
    last: AssignmentId,
    concerned: Vec<SubmissionId>,
}

/// Looks at the page after this assignment.
async fn look(
    deps: &Deps,
    region: Option<RegionId>,
    after: Option<AssignmentId>,
    today: NaiveDate,
) -> AppResult<Option<Page>> {
    let conn = deps.db.reader();
    let page = due_days::open_after(conn, region, after, BATCH).await?;
    let Some(last) = page.last().map(|row| row.id) else { return Ok(None) };
    let rules = due_days::rules_of(conn, page.iter().map(|row| row.submission_id)).await?;
    let mut concerned = BTreeSet::new();
    for row in &page {
        let Some((region, rule_set)) = rules.get(&row.submission_id) else { continue };
        if other_day(deps, conn, row, (*region, *rule_set), today).await?.is_some() {
            concerned.insert(row.submission_id);
        }
    }
    Ok(Some(Page { looked_at: page.len(), last, concerned: concerned.into_iter().collect() }))
}

/// The due day as it should be stored, if it is another one; and whether those concerned are told.
async fn other_day(
    deps: &Deps,
    conn: &impl ConnectionTrait,
    row: &assignment::Model,
    (region, rule_set): (RegionId, RuleSetId),
    today: NaiveDate,
) -> AppResult<Option<(NaiveDate, bool)>> {
    let rules = deps.rules.get(conn, rule_set).await?;
    let calendar = deps.rules.calendar(conn, region).await?;
    let clock = match clocks::clock(row, today, &rules, &calendar) {
        Ok(clock) => clock,
        Err(AppError::Internal(fault)) => {
            tracing::error!(assignment = %row.id, fault, "a due day cannot be computed and stays as it is");
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    let moved = clock.filter(|clock| row.due_on.is_some_and(|stored| stored != clock.due.due_on));
    Ok(moved.map(|clock| (clock.due.due_on, !matches!(clock.state, ClockState::Paused { .. }))))
}

/// One batch, inside its transaction.
struct Batch<'a> {
    deps: &'a Deps,
    author: Author<'a>,
    told: &'a Told,
    ids: Vec<SubmissionId>,
    today: NaiveDate,
}

/// Moves the due days of these matters in one transaction, and tells subscribers; how many assignments moved.
async fn store(deps: &Deps, ids: Vec<SubmissionId>, today: NaiveDate) -> AppResult<usize> {
    if ids.is_empty() {
        return Ok(0);
    }
    let told = Told::default();
    let author = Author::server(deps, deps.clock.now(), "recompute");
    let batch = Batch { deps, author, told: &told, ids, today };
    let moved = deps.db.run(&batch, |tx, batch| Box::pin(move_days(tx, batch))).await?;
    deps.bus.tell(told.take());
    Ok(moved)
}

async fn move_days(tx: &DatabaseTransaction, batch: &Batch<'_>) -> AppResult<usize> {
    batch.told.forget();
    let mut matters = matter::lock_many(tx, &batch.ids).await?;
    let (mut assignments, mut submissions) = (Vec::new(), Vec::new());
    // The matter and the assignment by their places, with the day before.
    let mut to_tell = Vec::new();
    for (place, matter) in matters.iter_mut().enumerate() {
        let Some(rule_set) = matter.row.rule_set_id else { continue };
        let by = (matter.row.region_id, rule_set);
        for (part, row) in matter.assignments.iter_mut().enumerate().filter(|(_, row)| row.status.is_open()) {
            let Some(from) = row.due_on else { continue };
            let Some((to, tell)) = other_day(batch.deps, tx, row, by, batch.today).await? else { continue };
            row.due_on = Some(to);
            assignments.push(Move { id: row.id, from, to });
            if tell {
                to_tell.push((place, part, format!("{from} → {to}")));
            }
        }
        let due_on = matter.due_on();
        if due_on != matter.row.due_on {
            submissions.push(Move { id: matter.row.id, from: matter.row.due_on, to: due_on });
            matter.row.due_on = due_on;
        }
    }
    let permit = background_work();
    due_days::move_assignments(tx, &permit, &assignments, batch.today).await?;
    due_days::move_submissions(tx, &permit, &submissions).await?;
    let entries: Vec<(&Matter, Entry<'_>)> = to_tell
        .into_iter()
        .map(|(place, part, days)| {
            let (matter, assignment) = (&matters[place], &matters[place].assignments[part]);
            (matter, Entry::new(Happening::DueDayMoved, assignment.id).of(assignment).because(days))
        })
        .collect();
    trail::record_all(tx, &batch.author, &permit, batch.told, &entries).await?;
    Ok(assignments.len())
}
