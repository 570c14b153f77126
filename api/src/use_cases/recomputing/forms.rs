//! The due days of open feedback forms, computed again as those of assignments are.
//!
//! A form stands between a proposer and the office: the two are told, on the proposer's own matter, and no agency is.

use super::Recomputed;
use crate::access::background_work;
use crate::clocks;
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::due_days::{self, Move};
use crate::repo::matter::{self, Matter};
use crate::repo::trail::{self, Author, Entry, Told};
use crate::repo::{feedbacks, reminders};
use chrono::NaiveDate;
use domain::event::Happening;
use domain::ids::{FeedbackId, RegionId, RuleSetId, SubmissionId};
use domain::rules::legal_day::legal_day;
use domain::vocabulary::FeedbackStatus;
use entity::feedback;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::{BTreeSet, HashMap};

/// How many forms are looked at at once; each may stand between two matters, which one transaction locks.
const BATCH: u64 = 500;

/// Computes the due days of the open forms again, of one region or of all.
pub(super) async fn recompute(deps: &Deps, region: Option<RegionId>) -> AppResult<Recomputed> {
    let mut done = Recomputed::default();
    let mut after: Option<FeedbackId> = None;
    loop {
        let page = reminders::open_forms(deps.db.reader(), region, after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(done) };
        after = Some(last.id);
        done.looked_at += page.len();
        let rules = due_days::rules_of(deps.db.reader(), page.iter().map(|form| form.handled_id)).await?;
        let mut moved = Vec::new();
        for form in page {
            let Some(by) = rules.get(&form.handled_id) else { continue };
            if other_day(deps, deps.db.reader(), &form, *by).await?.is_some() {
                moved.push(form);
            }
        }
        if !moved.is_empty() {
            done.moved += store(deps, moved).await?;
        }
    }
}

/// The due day as it should be stored, if it is another one.
async fn other_day(
    deps: &Deps,
    conn: &impl ConnectionTrait,
    form: &feedback::Model,
    (region, rule_set): (RegionId, RuleSetId),
) -> AppResult<Option<NaiveDate>> {
    let rules = deps.rules.get(conn, rule_set).await?;
    let calendar = deps.rules.calendar(conn, region).await?;
    let due_on = clocks::feedback_due(legal_day(form.requested_at), &rules, &calendar);
    Ok((due_on != form.due_on).then_some(due_on))
}

/// One batch, inside its transaction.
struct Batch<'a> {
    deps: &'a Deps,
    author: Author<'a>,
    told: &'a Told,
    forms: Vec<feedback::Model>,
}

/// Moves the due days of these forms in one transaction, and tells subscribers; how many moved.
async fn store(deps: &Deps, forms: Vec<feedback::Model>) -> AppResult<usize> {
    let told = Told::default();
    let author = Author::server(deps, deps.clock.now(), "recompute");
    let batch = Batch { deps, author, told: &told, forms };
    let moved = deps.db.run(&batch, |tx, batch| Box::pin(move_days(tx, batch))).await?;
    deps.bus.tell(told.take());
    Ok(moved)
}

async fn move_days(tx: &DatabaseTransaction, batch: &Batch<'_>) -> AppResult<usize> {
    batch.told.forget();
    // Whoever answers or settles a form locks the matter that was handled; the entry stands with the proposer's own.
    let ids: BTreeSet<SubmissionId> =
        batch.forms.iter().flat_map(|form| [form.handled_id, form.submission_id]).collect();
    let matters = matter::lock_many(tx, &ids.into_iter().collect::<Vec<_>>()).await?;
    let matters: HashMap<SubmissionId, &Matter> = matters.iter().map(|matter| (matter.row.id, matter)).collect();
    let mut moves = Vec::new();
    let mut entries: Vec<(&Matter, Entry<'_>)> = Vec::new();
    for form in &batch.forms {
        let (Some(handled), Some(own)) = (matters.get(&form.handled_id), matters.get(&form.submission_id)) else {
            continue;
        };
        let Some(rule_set) = handled.row.rule_set_id else { continue };
        // Read again under the lock: it may have been answered meanwhile.
        let Some(form) = feedbacks::get(tx, form.id).await? else { continue };
        if form.status != FeedbackStatus::Requested {
            continue;
        }
        let Some(to) = other_day(batch.deps, tx, &form, (handled.row.region_id, rule_set)).await? else { continue };
        moves.push(Move { id: form.id, from: form.due_on, to });
        let days = format!("{} → {to}", form.due_on);
        entries.push((*own, Entry::new(Happening::FeedbackDayMoved, form.id).because(days)));
    }
    let permit = background_work();
    due_days::move_forms(tx, &permit, &moves).await?;
    trail::record_all(tx, &batch.author, &permit, batch.told, &entries).await?;
    Ok(entries.len())
}
