//! Writes reminders: each with its entry of the trail and its notices, and each once for all time.

use super::{Shift, Worker, permit};
use crate::error::AppResult;
use crate::repo::reminders;
use crate::repo::trail::{self, About, Author, Entry, Told};
use domain::event::Happening;
use domain::ids::{PositionId, ReminderId};
use entity::{assignment, reminder};
use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;
use std::collections::{BTreeSet, HashSet};

/// One thing to be reminded of, and who is.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Rule, item, round and due point: what makes it the same reminder again.
    pub key: String,
    /// Which rung of the ladder.
    pub kind: &'static str,
    /// The day on which it fell due.
    pub on: chrono::NaiveDate,
    /// The matter.
    pub about: About,
    /// The object that it is about, as an id.
    pub subject: String,
    /// The assignment concerned.
    pub assignment: Option<assignment::Model>,
    /// What it says.
    pub text: String,
    /// Who is reminded.
    pub to: BTreeSet<PositionId>,
}

impl Notice {
    fn key_for(&self, position: PositionId) -> String {
        format!("{} {}", self.key, position.0.simple())
    }
}

struct Given<'a> {
    worker: &'a Worker,
    shift: &'a Shift,
    notices: &'a [Notice],
    told: &'a Told,
}

/// Writes those that were not written before, in one transaction; gives how many people were reminded.
pub async fn write(worker: &Worker, shift: &Shift, notices: &[Notice]) -> AppResult<u64> {
    let mut fresh = unwritten(worker, notices).await?;
    fresh.retain(|notice| !notice.to.is_empty());
    if fresh.is_empty() {
        return Ok(0);
    }
    let told = Told::default();
    let given = Given { worker, shift, notices: &fresh, told: &told };
    let body: for<'t> fn(&'t DatabaseTransaction, &'t Given<'_>) -> BoxFuture<'t, AppResult<u64>> =
        |tx, given| Box::pin(write_all(tx, given));
    let count = worker.deps.db.run(&given, body).await?;
    worker.deps.bus.tell(told.take());
    Ok(count)
}

/// What is left when those who were reminded before are taken away, found with one statement.
async fn unwritten(worker: &Worker, notices: &[Notice]) -> AppResult<Vec<Notice>> {
    let keys: Vec<String> = notices.iter().flat_map(|n| n.to.iter().map(|to| n.key_for(*to))).collect();
    let mut written = HashSet::new();
    for some in keys.chunks(5_000) {
        written.extend(reminders::written(worker.deps.db.reader(), some).await?);
    }
    let mut fresh = notices.to_vec();
    for notice in &mut fresh {
        let key = notice.clone();
        notice.to.retain(|to| !written.contains(&key.key_for(*to)));
    }
    Ok(fresh)
}

async fn write_all(tx: &DatabaseTransaction, given: &Given<'_>) -> AppResult<u64> {
    let Given { worker, shift, notices, told } = given;
    told.forget();
    let permit = permit();
    let author = Author::server(&worker.deps, shift.now, &shift.job);
    let mut count = 0;
    for notice in *notices {
        let mut entry = Entry::new(Happening::Reminded, &notice.subject).because(notice.text.clone());
        if let Some(assignment) = &notice.assignment {
            entry = entry.of(assignment);
        }
        let mut event = None;
        for position in &notice.to {
            let notification_id = author.id();
            let row = reminder::Model {
                id: author.id::<ReminderId>(),
                key: notice.key_for(*position),
                kind: notice.kind.to_owned(),
                submission_id: notice.about.submission,
                position_id: *position,
                due_point: notice.on,
                at: shift.now,
                notification_id,
            };
            // Another worker may have been here since the look before: then its notice stands.
            if !reminders::put(tx, &permit, row).await? {
                continue;
            }
            let event = match event {
                Some(event) => event,
                None => *event.insert(trail::write(tx, &author, &permit, told, notice.about, &entry).await?),
            };
            let (submission, position) = (notice.about.submission, *position);
            let told_of = trail::Notice { id: notification_id, position, submission, event, entry: &entry };
            trail::notify(tx, &author, &permit, told, told_of).await?;
            count += 1;
        }
    }
    Ok(count)
}
