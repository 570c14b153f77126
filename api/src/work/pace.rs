//! Learns every day how fast the region was in the two handling years before, for warnings of late steps.

use super::{BATCH, Shift, Worker, permit};
use crate::clocks;
use crate::error::AppResult;
use crate::repo::{due_days, pace};
use chrono::{Datelike, NaiveDate};
use domain::ids::{AssignmentId, RegionId, SubmissionId};
use domain::rules::clock::{Learning, Pace};
use domain::rules::legal_day::legal_day;
use domain::vocabulary::HandlingStage;
use std::collections::{BTreeMap, HashMap};

/// Learns the pace and stores it; gives in how many steps it is another one.
pub async fn learn(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    let learned = learned(worker, shift).await?;
    let known = pace::of_region(worker.deps.db.reader(), shift.region).await?;
    let changed = HandlingStage::ALL.iter().filter(|stage| learned.percent(**stage) != known.percent(**stage)).count();
    if learned != known {
        let given = (shift.region, learned, shift.today);
        worker
            .deps
            .db
            .run(&given, |tx, (region, pace, today): &(RegionId, Pace, NaiveDate)| {
                Box::pin(async move { Ok(pace::replace(tx, &permit(), *region, pace, *today).await?) })
            })
            .await?;
        worker.deps.rules.forget();
    }
    Ok(changed.try_into().unwrap_or(u64::MAX))
}

async fn learned(worker: &Worker, shift: &Shift) -> AppResult<Pace> {
    let conn = worker.deps.db.reader();
    let this_year = shift.today.year();
    let mut learning = Learning::default();
    let mut after: Option<AssignmentId> = None;
    loop {
        let parts = pace::answered_after(conn, shift.region, [this_year - 2, this_year - 1], after, BATCH).await?;
        let Some(last) = parts.last() else { return Ok(learning.pace()) };
        after = Some(last.id);
        let matters: Vec<SubmissionId> = parts.iter().map(|part| part.submission_id).collect();
        let rules_of = due_days::rules_of(conn, matters).await?;
        let ids: Vec<AssignmentId> = parts.iter().map(|part| part.id).collect();
        let mut first_done: HashMap<AssignmentId, BTreeMap<HandlingStage, NaiveDate>> = HashMap::new();
        for (id, stage, at) in pace::steps(conn, &ids).await? {
            let on = legal_day(at);
            first_done.entry(id).or_default().entry(stage).and_modify(|first| *first = on.min(*first)).or_insert(on);
        }
        for part in &parts {
            let Some((_, rule_set)) = rules_of.get(&part.submission_id) else { continue };
            let rules = worker.deps.rules.get(conn, *rule_set).await?;
            if let Some(clock) = clocks::clock(part, shift.today, &rules, &shift.calendar)? {
                learning.add(&clock, first_done.remove(&part.id).unwrap_or_default());
            }
        }
        worker.alive(shift).await?;
    }
}
