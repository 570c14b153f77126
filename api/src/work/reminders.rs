//! The ladder of reminders: not signed, no contact, so many working days before due, due, overdue.

use super::staff::{Part, Staff};
use super::writing::{Notice, write};
use super::{BATCH, Shift, Worker};
use crate::clocks;
use crate::error::AppResult;
use crate::repo::reminders as repo;
use crate::repo::trail::About;
use crate::rule_book::Rules;
use chrono::{DateTime, Utc};
use domain::ids::SubmissionId;
use domain::language::Language;
use domain::rules::clock::{Clock, ReminderPoint, Standing, milestone_day, reminders_between};
use domain::rules::deadline::Basis;
use domain::rules::legal_day::legal_day;
use domain::rules::rule_set::ReminderKind;
use domain::vocabulary::HandlingStage;
use entity::assignment;
use std::collections::BTreeMap;

/// Reminds whoever is to be reminded of the region's open assignments; gives how many people were.
pub async fn send(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    let conn = worker.deps.db.reader();
    let staff = Staff::read(conn, shift.region, shift.today).await?;
    let mut after = None;
    let mut count = 0;
    loop {
        let batch = repo::open_assignments(conn, shift.region, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(count) };
        after = Some(last.id);
        let ids: Vec<_> = batch.iter().map(|assignment| assignment.id).collect();
        let matters: Vec<SubmissionId> = batch.iter().map(|assignment| assignment.submission_id).collect();
        let subjects = repo::subjects(conn, &matters).await?;
        let contacts = repo::contacts(conn, &ids).await?;
        let leaders = repo::leaders(conn, &matters).await?;
        let mut notices = Vec::new();
        for assignment in batch {
            let Some(subject) = subjects.get(&assignment.submission_id) else { continue };
            let Some(rule_set) = subject.rule_set_id else { continue };
            let rules = worker.deps.rules.get(conn, rule_set).await?;
            let Some(clock) = clocks::clock(&assignment, shift.today, &rules, &shift.calendar)? else { continue };
            let contacted = contacts.get(&assignment.id).map(Vec::as_slice).unwrap_or_default();
            let standing = standing(&assignment, contacted, &clock, &rules, shift);
            let part = Part {
                subject,
                agency: assignment.agency_id,
                handler: assignment.handler_id,
                leaders: leaders.get(&subject.id).map(Vec::as_slice).unwrap_or_default(),
            };
            for point in due_now(&clock, &rules, &standing, shift) {
                notices.push(Notice {
                    key: format!("{} {} {} {} {}", point.kind, point.days, assignment.id, assignment.round, point.on),
                    kind: point.kind.code(),
                    on: point.on,
                    about: About { submission: subject.id, region: subject.region_id, rules: subject.rule_set_id },
                    subject: assignment.id.to_string(),
                    text: point.sentence(&clock, &standing, &shift.calendar, Language::Zh),
                    to: staff.of_part(&part, &point.to),
                    assignment: Some(assignment.clone()),
                });
            }
        }
        count += write(worker, shift, &notices).await?;
        worker.alive(shift).await?;
    }
}

/// What is known of an assignment beside its clock.
fn standing(
    assignment: &assignment::Model,
    contacted: &[DateTime<Utc>],
    clock: &Clock,
    rules: &Rules,
    shift: &Shift,
) -> Standing {
    let period = Basis::FirstContact.period(&rules.set);
    let milestone = rules.set.milestones.0.iter().find(|milestone| milestone.stage == HandlingStage::Contact);
    // A co-handling agency sends its opinion to the lead: it owes the proposer no contact.
    let contact_due = match (assignment.role.answers(), period) {
        (false, _) => None,
        (true, Some(period)) => Some(clock.last_day_of(&period, &shift.calendar)),
        (true, None) => milestone.map(|milestone| milestone_day(clock, &milestone.mark, &shift.calendar)),
    };
    let in_this_count = contacted.iter().map(|at| legal_day(*at)).filter(|day| *day >= clock.counts_from);
    Standing { signed_on: assignment.signed_at.map(legal_day), contact_due, contacted_on: in_this_count.min() }
}

/// The points that fall due now: after an outage the last one of each kind stands for those before it.
fn due_now(clock: &Clock, rules: &Rules, standing: &Standing, shift: &Shift) -> Vec<ReminderPoint> {
    let ladder = &rules.set.reminders;
    let points = reminders_between(clock, ladder, standing, &shift.calendar, shift.from, shift.today);
    let mut last: BTreeMap<ReminderKind, ReminderPoint> = BTreeMap::new();
    for point in points {
        last.insert(point.kind, point);
    }
    // What is due or overdue makes its own announcements pointless.
    if last.contains_key(&ReminderKind::Due) || last.contains_key(&ReminderKind::Overdue) {
        last.remove(&ReminderKind::BeforeDue);
    }
    if last.contains_key(&ReminderKind::Overdue) {
        last.remove(&ReminderKind::Due);
    }
    last.into_values().collect()
}
