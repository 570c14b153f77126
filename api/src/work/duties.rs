//! What offices owe beside the reply: deciding on requests to hand back, naming agencies between sessions, publishing.

use super::follow_ups::{NOBODY, distance, rung_now};
use super::staff::{Part, Staff};
use super::writing::{Notice, write};
use super::{BATCH, Shift, Worker};
use crate::duties::last_day;
use crate::error::AppResult;
use crate::repo::duties::{self, Owed};
use crate::repo::reminders as repo;
use crate::repo::trail::About;
use domain::ids::SubmissionId;
use domain::rules::deadline::Basis;
use domain::rules::legal_day::legal_day;
use domain::rules::rule_set::FollowUpKind;
use uuid::Uuid;

/// One kind of thing that is owed, with its period and its words.
struct Duty {
    kind: FollowUpKind,
    basis: Basis,
    text: &'static str,
}

const RETURNS: Duty = Duty { kind: FollowUpKind::Reassign, basis: Basis::Reassign, text: "退办申请待决定," };
const OFF_SESSION: Duty =
    Duty { kind: FollowUpKind::OffSession, basis: Basis::OffSessionAssignment, text: "闭会期间来件待交办," };
const PUBLICATION: Duty = Duty { kind: FollowUpKind::Publication, basis: Basis::Publication, text: "答复待公开," };

/// Reminds whoever owes something; gives how many people were told.
pub async fn send(worker: &Worker, shift: &Shift, staff: &Staff) -> AppResult<u64> {
    let conn = worker.deps.db.reader();
    let mut count = 0;
    for duty in [RETURNS, OFF_SESSION, PUBLICATION] {
        let mut after: Option<Uuid> = None;
        loop {
            let batch = match duty.kind {
                FollowUpKind::Reassign => duties::returns(conn, shift.region, after, BATCH).await?,
                FollowUpKind::OffSession => duties::off_session_matters(conn, shift.region, after, BATCH).await?,
                _ => duties::publications(conn, shift.region, after, BATCH).await?,
            };
            let Some(last) = batch.last() else { break };
            after = Some(last.id);
            let notices = notices(worker, shift, staff, &duty, &batch).await?;
            count += write(worker, shift, &notices).await?;
            worker.alive(shift).await?;
        }
    }
    Ok(count)
}

async fn notices(worker: &Worker, shift: &Shift, staff: &Staff, duty: &Duty, batch: &[Owed]) -> AppResult<Vec<Notice>> {
    let conn = worker.deps.db.reader();
    let ids: Vec<SubmissionId> = batch.iter().map(|owed| owed.submission).collect();
    let (subjects, leaders) = (repo::subjects(conn, &ids).await?, repo::leaders(conn, &ids).await?);
    let mut notices = Vec::new();
    for owed in batch {
        let Some(subject) = subjects.get(&owed.submission) else { continue };
        let Some(rule_set) = subject.rule_set_id else { continue };
        let rules = worker.deps.rules.get(conn, rule_set).await?;
        let Some(due_on) = last_day(duty.basis, legal_day(owed.since), &rules, &shift.calendar) else { continue };
        let Some((rung, on)) = rung_now(shift, duty.kind, due_on) else { continue };
        let part = Part {
            subject,
            agency: owed.agency.unwrap_or(NOBODY),
            handler: None,
            leaders: leaders.get(&subject.id).map(Vec::as_slice).unwrap_or_default(),
        };
        notices.push(Notice {
            key: format!("{} {} {} {on}", rung.kind, rung.days, owed.id.simple()),
            kind: rung.kind.code(),
            on,
            about: About { submission: subject.id, region: subject.region_id, rules: subject.rule_set_id },
            subject: owed.id.to_string(),
            assignment: None,
            text: format!("{}{}", duty.text, distance(rung.days, due_on)),
            to: staff.of_part(&part, &rung.to),
        });
    }
    Ok(notices)
}
