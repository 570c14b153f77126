//! Which steps of an assignment are late (前期不抓紧、后期搞突击), from what was reported and done so far.
//!
//! What is measured by: the rules of the matter, and the calendar and past pace of its region.

use crate::clocks;
use crate::error::AppResult;
use crate::rule_book::Rules;
use chrono::{DateTime, NaiveDate, Utc};
use domain::rules::calendar::Calendar;
use domain::rules::clock::{Clock, Pace, StageLag, StageReport, stage_lag};
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{HandlingStage, ReplyStatus};
use entity::assignment;

/// How far a reply has come.
#[derive(Clone, Copy, Debug)]
pub struct ReplyStep {
    /// Of which round it is.
    pub round: i32,
    /// Its state.
    pub status: ReplyStatus,
    /// When it was drafted.
    pub drafted_at: DateTime<Utc>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
}

/// What was reported and done in an assignment; of joint leads the one reply counts for each.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// The stages reported, with when.
    pub progress: Vec<(HandlingStage, DateTime<Utc>)>,
    /// When contacts with the proposer were held.
    pub contacts: Vec<DateTime<Utc>>,
    /// Replies of all rounds.
    pub replies: Vec<ReplyStep>,
}

impl Done {
    /// The steps with their days of law, in the round of the assignment.
    fn reports(&self, round: i32) -> Vec<StageReport> {
        let report = |stage, at| StageReport { stage, on: legal_day(at) };
        let mut reports: Vec<_> = self.progress.iter().map(|(stage, at)| report(*stage, *at)).collect();
        reports.extend(self.contacts.iter().map(|at| report(HandlingStage::Contact, *at)));
        for reply in self.replies.iter().filter(|reply| reply.round == round) {
            // A reply that was sent back is a draft again, and its review is still to come.
            if reply.status != ReplyStatus::Drafting {
                reports.push(report(HandlingStage::Review, reply.drafted_at));
            }
            reports.extend(reply.issued_at.map(|at| report(HandlingStage::WrittenReply, at)));
        }
        reports
    }
}

/// The late steps of an assignment whose agency answers the proposer; a co-handling agency has one step alone.
pub fn of_clock(
    assignment: &assignment::Model,
    clock: &Clock,
    done: &Done,
    today: NaiveDate,
    rules: &Rules,
    (calendar, pace): (&Calendar, &Pace),
) -> Vec<StageLag> {
    if !assignment.role.answers() || !assignment.status.is_open() {
        return Vec::new();
    }
    stage_lag(clock, &done.reports(assignment.round), &rules.set.milestones, pace, today, calendar)
}

/// The same, with the clock computed; none before its release.
///
/// # Errors
/// As [`clocks::clock`].
pub fn of_assignment(
    assignment: &assignment::Model,
    done: &Done,
    today: NaiveDate,
    rules: &Rules,
    (calendar, pace): (&Calendar, &Pace),
) -> AppResult<Vec<StageLag>> {
    let clock = clocks::clock(assignment, today, rules, calendar)?;
    Ok(clock.map(|clock| of_clock(assignment, &clock, done, today, rules, (calendar, pace))).unwrap_or_default())
}
