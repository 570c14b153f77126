//! What is followed up after the reply: forms that nobody answered, promises that nobody reported on, reports that the
//! region wants on promises, and the letters at the end of the year about all promises that are open.

use super::duties;
use super::staff::{Part, Staff};
use super::writing::{Notice, write};
use super::{BATCH, Shift, Worker};
use crate::error::AppResult;
use crate::repo::reminders::{self as repo, Subject};
use crate::repo::trail::About;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::ids::{OrganizationId, ReplyId};
use domain::rules::calendar::Calendar;
use domain::rules::legal_day::legal_day;
use domain::rules::rule_set::{FollowUpKind, FollowUpRung};
use entity::commitment;
use std::collections::HashMap;

/// Reminds of forms, promises and what offices owe, and sends the letters; gives how many people were told.
pub async fn send(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    let staff = Staff::read(worker.deps.db.reader(), shift.region, shift.today).await?;
    let after_the_reply = forms(worker, shift, &staff).await? + promises(worker, shift, &staff).await?;
    Ok(after_the_reply + duties::send(worker, shift, &staff).await?)
}

/// The last rung of the kind whose day lies in the days to be done, with that day.
pub(super) fn rung_now(shift: &Shift, kind: FollowUpKind, due_on: NaiveDate) -> Option<(&FollowUpRung, NaiveDate)> {
    let rungs = shift.rules.set.follow_ups.0.iter().filter(|rung| rung.kind == kind);
    let days = rungs.map(|rung| (rung, day_of(due_on, rung.days, &shift.calendar)));
    days.filter(|(_, day)| (shift.from..=shift.today).contains(day)).max_by_key(|(_, day)| *day)
}

/// The working day so many working days after the due day; before it for a negative number.
fn day_of(due_on: NaiveDate, days: i32, calendar: &Calendar) -> NaiveDate {
    match u16::try_from(-days) {
        Ok(left) => calendar.working_day_with_left(due_on, left),
        Err(_) => calendar.add_working_days(due_on, days.unsigned_abs()),
    }
}

/// How far the day is from the due day, in words.
pub(super) fn distance(days: i32, due_on: NaiveDate) -> String {
    let due = format!("{}年{}月{}日", due_on.year(), due_on.month(), due_on.day());
    match days {
        ..0 => format!("还有{}个工作日到期({due})", -days),
        0 => format!("今日到期({due})"),
        1.. => format!("已逾期{days}个工作日(期限{due})"),
    }
}

async fn forms(worker: &Worker, shift: &Shift, staff: &Staff) -> AppResult<u64> {
    let conn = worker.deps.db.reader();
    let (mut after, mut count) = (None, 0);
    loop {
        let batch = repo::open_forms(conn, Some(shift.region), after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(count) };
        after = Some(last.id);
        // The respondent handed in the form's own submission; the entry stands with the handled one.
        let ids: Vec<_> = batch.iter().flat_map(|form| [form.submission_id, form.handled_id]).collect();
        let subjects = repo::subjects(conn, &ids).await?;
        let mut notices = Vec::new();
        for form in batch {
            let (Some(own), Some(handled)) = (subjects.get(&form.submission_id), subjects.get(&form.handled_id)) else {
                continue;
            };
            let Some((rung, on)) = rung_now(shift, FollowUpKind::Feedback, form.due_on) else { continue };
            let part = Part { subject: own, agency: NOBODY, handler: None, leaders: &[] };
            notices.push(Notice {
                key: format!("{} {} {} {on}", rung.kind, rung.days, form.id),
                kind: rung.kind.code(),
                on,
                about: About { submission: handled.id, region: handled.region_id, rules: handled.rule_set_id },
                subject: form.id.to_string(),
                assignment: None,
                text: format!("征询反馈意见{}", distance(rung.days, form.due_on)),
                to: staff.of_part(&part, &rung.to),
            });
        }
        count += write(worker, shift, &notices).await?;
        worker.alive(shift).await?;
    }
}

/// A form is between the proposer and the office: no agency is told of it.
pub(super) const NOBODY: OrganizationId = OrganizationId(uuid::Uuid::nil());

async fn promises(worker: &Worker, shift: &Shift, staff: &Staff) -> AppResult<u64> {
    let conn = worker.deps.db.reader();
    let letter = letter_day(shift);
    let (mut after, mut count) = (None, 0);
    loop {
        let batch = repo::open_promises(conn, shift.region, after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(count) };
        after = Some(last.id);
        let ids: Vec<_> = batch.iter().map(|promise| promise.submission_id).collect();
        let (subjects, leaders) = (repo::subjects(conn, &ids).await?, repo::leaders(conn, &ids).await?);
        let replies: Vec<_> = batch.iter().map(|promise| promise.reply_id).collect();
        let issued = crate::repo::duties::issued(conn, &replies).await?;
        let mut notices = Vec::new();
        for promise in batch {
            let Some(subject) = subjects.get(&promise.submission_id) else { continue };
            let part = Part {
                subject,
                agency: promise.agency_id,
                handler: None,
                leaders: leaders.get(&subject.id).map(Vec::as_slice).unwrap_or_default(),
            };
            // A change that was reported moved the day.
            let due_on = promise.changed_to.unwrap_or(promise.due_on);
            let about = About { submission: subject.id, region: subject.region_id, rules: subject.rule_set_id };
            let notice = |key: String, kind, on, text, to: &[domain::vocabulary::Role]| Notice {
                key,
                kind,
                on,
                about,
                subject: promise.id.to_string(),
                assignment: None,
                text,
                to: staff.of_part(&part, to),
            };
            if let Some((rung, on)) = rung_now(shift, FollowUpKind::Commitment, due_on) {
                let key = format!("{} {} {} {due_on} {on}", rung.kind, rung.days, promise.id);
                let text = format!("承诺事项{}:{}", distance(rung.days, due_on), promise.text);
                notices.push(notice(key, rung.kind.code(), on, text, &rung.to));
            }
            if let Some(report_on) = report_day(worker, shift, subject, &promise, &issued).await?
                && let Some((rung, on)) = rung_now(shift, FollowUpKind::CommitmentReport, report_on)
            {
                let key = format!("{} {} {} {report_on}", rung.kind, rung.days, promise.id);
                let text = format!("请报告承诺事项落实情况,{}:{}", distance(rung.days, report_on), promise.text);
                notices.push(notice(key, rung.kind.code(), on, text, &rung.to));
            }
            if let Some(on) = letter {
                let text = format!("年终承诺事项函:请报告落实情况。{}", promise.text);
                let key = format!("YEAR_END {} {on}", promise.id);
                notices.push(notice(key, "YEAR_END", on, text, &shift.rules.set.year_end_letter.to));
            }
        }
        count += write(worker, shift, &notices).await?;
        worker.alive(shift).await?;
    }
}

/// The day by which the region wants a report on this promise, if it wants one.
async fn report_day(
    worker: &Worker,
    shift: &Shift,
    subject: &Subject,
    promise: &commitment::Model,
    issued: &HashMap<ReplyId, DateTime<Utc>>,
) -> AppResult<Option<NaiveDate>> {
    let (Some(rule_set), Some(issued)) = (subject.rule_set_id, issued.get(&promise.reply_id)) else { return Ok(None) };
    let rules = worker.deps.rules.get(worker.deps.db.reader(), rule_set).await?;
    let reported = promise.reported_at.map(legal_day);
    Ok(crate::duties::report_day(legal_day(*issued), reported, &rules, &shift.calendar))
}

/// The day of this year's letters, if it lies in the days to be done.
fn letter_day(shift: &Shift) -> Option<NaiveDate> {
    let years = [shift.from.year(), shift.today.year()];
    let days = years.iter().filter_map(|year| shift.rules.set.year_end_letter.on.in_year(*year));
    days.map(|day| shift.calendar.next_working_day(day)).find(|day| (shift.from..=shift.today).contains(day))
}
