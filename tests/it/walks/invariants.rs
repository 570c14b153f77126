//! What must hold after every step, whatever was tried.

use super::rows::Rows;
use domain::ids::{ReplyId, SnapshotId};
use domain::lifecycle::submission::derive;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, FeedbackStatus, HandlingMode, ReplyStatus, SubmissionStatus,
};
use entity::{assignment, reply, snapshot, submission};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;

/// What was seen before and may never change again.
#[derive(Debug, Default)]
pub struct Memory {
    snapshots: HashMap<SnapshotId, snapshot::Model>,
    earlier_replies: HashMap<ReplyId, reply::Model>,
}

type Check = Result<(), String>;

fn require(holds: bool, what: impl FnOnce() -> String) -> Check {
    if holds { Ok(()) } else { Err(what()) }
}

impl Memory {
    /// Checks the rows after a step against those before it.
    pub fn check(&mut self, before: &Rows, after: &Rows) -> Check {
        nothing_is_lost(before, after)?;
        self.frozen_texts_stay(after)?;
        self.earlier_rounds_stay(after)?;
        for row in &after.submissions {
            let parts: Vec<_> = after.assignments.iter().filter(|part| part.submission_id == row.id).collect();
            stands_as_its_parts(row, &parts)?;
            lead_is_never_co(row, &parts)?;
            one_live_round(row, &parts, after)?;
            closed_means_settled(row, &parts, after)?;
            what_is_off_binds_nobody(row, &parts)?;
            let earlier = before.submissions.iter().find(|earlier| earlier.id == row.id);
            if let Some(earlier) = earlier {
                facts_stay(earlier, row)?;
            }
        }
        numbers_have_no_gap(after)?;
        every_promise_is_kept_account_of(after)?;
        told_only_of_what_happened(after)
    }

    fn frozen_texts_stay(&mut self, rows: &Rows) -> Check {
        let mut counts: BTreeMap<_, Vec<i32>> = BTreeMap::new();
        for one in &rows.snapshots {
            counts.entry(one.submission_id.to_string()).or_default().push(one.number);
            let first = self.snapshots.entry(one.id).or_insert_with(|| one.clone());
            require(first == one, || format!("the frozen text {} changed", one.id))?;
        }
        for (submission, mut numbers) in counts {
            numbers.sort_unstable();
            let wanted: Vec<i32> = (1..).take(numbers.len()).collect();
            require(numbers == wanted, || format!("{submission}: frozen texts {numbers:?}"))?;
        }
        Ok(())
    }

    /// A reply of an earlier round was issued, and says for ever what it said.
    fn earlier_rounds_stay(&mut self, rows: &Rows) -> Check {
        for reply in &rows.replies {
            let part = rows.assignments.iter().find(|part| part.id == reply.assignment_id);
            let part = part.ok_or_else(|| format!("reply {} has no assignment", reply.id))?;
            if reply.round >= part.round {
                continue;
            }
            require(reply.status == ReplyStatus::Issued, || {
                format!("reply {} of an earlier round: {reply:?}", reply.id)
            })?;
            let told = |reply: &reply::Model| {
                // Only publication may still come.
                reply::Model {
                    version: 0,
                    published_at: None,
                    publication_withdrawn_at: None,
                    publication_withdrawal_reason: None,
                    ..reply.clone()
                }
            };
            let first = self.earlier_replies.entry(reply.id).or_insert_with(|| told(reply));
            require(*first == told(reply), || format!("reply {} of an earlier round changed", reply.id))?;
        }
        Ok(())
    }
}

fn nothing_is_lost(before: &Rows, after: &Rows) -> Check {
    // A draft may be deleted with what hangs on it, and a plan replaced; nothing else ever goes.
    let deleted: BTreeSet<_> = before
        .submissions
        .iter()
        .filter(|row| row.status == SubmissionStatus::Draft && row.submitted_at.is_none())
        .map(|row| row.id.to_string())
        .filter(|id| !after.submissions.iter().any(|row| row.id.to_string() == *id))
        .collect();
    gone(
        "submission",
        &before.submissions,
        &after.submissions,
        |row| row.id.to_string(),
        |row| deleted.contains(&row.id.to_string()),
    )?;
    gone(
        "cosignature",
        &before.cosignatures,
        &after.cosignatures,
        |row| row.id.to_string(),
        |row| deleted.contains(&row.submission_id.to_string()),
    )?;
    gone(
        "assignment",
        &before.assignments,
        &after.assignments,
        |row| row.id.to_string(),
        |row| row.status == AssignmentStatus::Planned,
    )?;
    macro_rules! never {
        ($($table:ident),+) => {
            $(gone(stringify!($table), &before.$table, &after.$table, |row| row.id.to_string(), |_| false)?;)+
        };
    }
    never!(
        snapshots,
        progress_reports,
        return_requests,
        extension_requests,
        co_opinions,
        contacts,
        replies,
        reviews,
        feedbacks,
        commitments,
        supervisions,
        instructions,
        meetings,
        urgings,
        events
    );
    gone(
        "notification",
        &before.notifications,
        &after.notifications,
        |row| row.id.to_string(),
        |row| row.submission_id.is_some_and(|id| deleted.contains(&id.to_string())),
    )?;
    let unchanged = after.events.len() >= before.events.len()
        && before.events.iter().all(|event| after.events.iter().any(|later| later == event));
    require(unchanged, || "the trail was changed".to_owned())
}

fn gone<T: Debug>(
    table: &str,
    before: &[T],
    after: &[T],
    key: impl Fn(&T) -> String,
    may_go: impl Fn(&T) -> bool,
) -> Check {
    let kept: BTreeSet<_> = after.iter().map(&key).collect();
    let lost = before.iter().find(|row| !kept.contains(&key(row)) && !may_go(row));
    require(lost.is_none(), || format!("{table}: lost {lost:?}"))
}

/// What was once fixed stays: the first submission, the number, the day of assignment, the rules.
fn facts_stay(before: &submission::Model, after: &submission::Model) -> Check {
    let told = |row: &submission::Model| {
        (row.submitted_at, row.phase, row.rule_set_id, row.accepted_at, row.case_no, row.assigned_at)
    };
    let (was, is) = (told(before), told(after));
    let kept = (was.0.is_none() || (was.0, was.1, was.2) == (is.0, is.1, is.2))
        && (was.3.is_none() || (was.3, was.4) == (is.3, is.4))
        && (was.5.is_none() || was.5 == is.5);
    require(kept, || format!("{}: {was:?} became {is:?}", after.id))?;
    require(before == after || after.version > before.version, || format!("{}: changed unversioned", after.id))?;
    require(after.round >= before.round, || format!("{}: the round went back", after.id))
}

fn stands_as_its_parts(row: &submission::Model, parts: &[&assignment::Model]) -> Check {
    use SubmissionStatus as S;
    if matches!(row.status, S::Assigned | S::Handling | S::Replied | S::Closed) {
        let states: Vec<_> = parts.iter().map(|part| (part.role, part.status)).collect();
        // Without a released part (all handed back at once) the state stays as it was.
        let derived = derive(&states).unwrap_or(row.status);
        require(derived == row.status, || format!("{}: is {}, its parts say {derived}", row.id, row.status))?;
        let due_on = parts
            .iter()
            .filter(|part| part.live && part.role.answers() && part.status.is_open())
            .filter_map(|part| part.due_on)
            .min();
        require(due_on == row.due_on, || format!("{}: due {:?}, its parts {due_on:?}", row.id, row.due_on))?;
    }
    let numbered = row.accepted_at.is_some() == row.case_no.is_some();
    require(numbered, || format!("{}: accepted {:?}, number {:?}", row.id, row.accepted_at, row.case_no))
}

fn lead_is_never_co(row: &submission::Model, parts: &[&assignment::Model]) -> Check {
    let live: Vec<_> = parts.iter().filter(|part| part.live).collect();
    let agencies: BTreeSet<_> = live.iter().map(|part| part.agency_id.to_string()).collect();
    require(agencies.len() == live.len(), || format!("{}: an agency has it twice: {live:?}", row.id))?;
    let leads = live.iter().filter(|part| part.role == AssignmentRole::Lead).count();
    let most = if row.mode == Some(HandlingMode::CoLead) { live.len() } else { 1 };
    require(leads <= most, || format!("{}: {leads} leads", row.id))
}

fn one_live_round(row: &submission::Model, parts: &[&assignment::Model], rows: &Rows) -> Check {
    let live = parts.iter().filter(|part| part.live).map(|part| part.round).max();
    require(live.is_none_or(|round| round == row.round), || {
        format!("{}: round {}, parts {live:?}", row.id, row.round)
    })?;
    for part in parts {
        let replies: Vec<_> = rows.replies.iter().filter(|reply| reply.assignment_id == part.id).collect();
        let rounds: BTreeSet<_> = replies.iter().map(|reply| reply.round).collect();
        require(rounds.len() == replies.len(), || format!("{}: two replies in one round", part.id))?;
        let open = replies.iter().filter(|reply| reply.status != ReplyStatus::Issued).count();
        require(open <= 1, || format!("{}: {open} replies under way", part.id))?;
        let ahead = rounds.iter().any(|round| *round > part.round);
        require(!ahead, || format!("{}: a reply of a round to come", part.id))?;
    }
    Ok(())
}

fn closed_means_settled(row: &submission::Model, parts: &[&assignment::Model], rows: &Rows) -> Check {
    if row.status != SubmissionStatus::Closed {
        return Ok(());
    }
    let open =
        rows.feedbacks.iter().find(|sheet| sheet.handled_id == row.id && sheet.status != FeedbackStatus::Settled);
    require(open.is_none(), || format!("{}: closed, but {open:?}", row.id))?;
    let busy = parts.iter().find(|part| part.live && part.status != AssignmentStatus::Done);
    require(busy.is_none(), || format!("{}: closed, but {busy:?}", row.id))
}

fn what_is_off_binds_nobody(row: &submission::Model, parts: &[&assignment::Model]) -> Check {
    use SubmissionStatus as S;
    let off = matches!(row.status, S::Withdrawn | S::Refused | S::Converted | S::Merged);
    let bound = parts.iter().find(|part| off && part.live);
    require(bound.is_none(), || format!("{}: is {}, but {bound:?}", row.id, row.status))
}

fn numbers_have_no_gap(rows: &Rows) -> Check {
    let mut series: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for row in &rows.submissions {
        if let Some(number) = row.case_no {
            series.entry(format!("{:?} {:?} {}", row.institution, row.session_id, row.kind)).or_default().push(number);
        }
    }
    for (name, mut numbers) in series {
        numbers.sort_unstable();
        let wanted: Vec<i32> = (1..).take(numbers.len()).collect();
        require(numbers == wanted, || format!("{name}: {numbers:?}"))?;
    }
    Ok(())
}

fn every_promise_is_kept_account_of(rows: &Rows) -> Check {
    for reply in rows.replies.iter().filter(|reply| reply.status == ReplyStatus::Issued) {
        let promised = reply.promises.0.len();
        let followed = rows.commitments.iter().filter(|one| one.reply_id == reply.id).count();
        require(promised == followed, || format!("{}: {promised} promises, {followed} followed", reply.id))?;
    }
    Ok(())
}

fn told_only_of_what_happened(rows: &Rows) -> Check {
    let happened: BTreeSet<_> = rows.events.iter().map(|event| event.id.to_string()).collect();
    let rumour = rows.notifications.iter().find(|one| !happened.contains(&one.event_id.to_string()));
    require(rumour.is_none(), || format!("told of nothing: {rumour:?}"))
}
