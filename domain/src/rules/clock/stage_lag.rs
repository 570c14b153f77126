//! Early warning by the steps on the way (前期不抓紧、后期搞突击): which step is missing, and since when, measured
//! by the milestones of the rules and by the region's own past pace.

use super::count::Count;
use super::{Clock, ClockState, Pace};
use crate::rules::calendar::{Calendar, plus_days};
use crate::rules::rule_set::{CountUnit, Mark, Milestone, Milestones, Period, Roll};
use crate::vocabulary::{HandlingStage, LagBasis, WarningLevel};
use chrono::NaiveDate;

/// A step that was reported as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageReport {
    /// The step.
    pub stage: HandlingStage,
    /// On which day of law it was done.
    pub on: NaiveDate,
}

/// A step that is missing though its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageLag {
    /// The step.
    pub stage: HandlingStage,
    /// The day by which it should have been done.
    pub due_on: NaiveDate,
    /// Since when it is missing: the day after.
    pub since: NaiveDate,
    /// Working days since then, at least 0.
    pub working_days: i64,
    /// Yellow, or red when it is missing for longer than its milestone allows.
    pub level: WarningLevel,
    /// By what it is late.
    pub basis: LagBasis,
}

impl Clock {
    /// On how many days from the start to this day the clock ran.
    pub(super) fn running_days(&self, through: NaiveDate) -> i64 {
        let start = self.counts_from;
        let stood: i64 = self.stops.iter().map(|stop| days_within(stop.first, stop.last, start, through)).sum();
        (through - start).num_days() - stood
    }
}

/// The day by which a step should be done, moved by the pauses of the clock as its due day is.
///
/// A share is taken of the calendar days from the start to the due day on which the clock runs, and rounded up; so
/// more time granted moves the later steps too.
pub fn milestone_day(clock: &Clock, mark: &Mark, calendar: &Calendar) -> NaiveDate {
    let percent = match mark {
        Mark::Period(period) => return clock.last_day_of(period, calendar),
        Mark::Percent(percent) => u64::from(*percent),
    };
    let start = clock.counts_from;
    let running = u64::try_from(clock.running_days(clock.due.due_on)).unwrap_or(0);
    let days = Period::counted(CountUnit::CalendarDays, 1, Roll::None);
    let count = Count { start, period: &days, calendar };
    count.advance(start, running.saturating_mul(percent).div_ceil(100), &clock.stops)
}

/// The steps that are missing today, in the order of the milestones; none once the clock is finished.
///
/// Each step is judged by its own report: a reply that was written without the proposer being contacted does not make
/// up for the contact. Reports of another round (before the present count) or of a day to come do not count.
///
/// Where the region used to be faster than its milestone, a step is yellow from the day on by which it is usually
/// done, and judged by the milestone once that has passed; where it used to be slower, the milestone alone holds.
pub fn stage_lag(
    clock: &Clock,
    reports: &[StageReport],
    milestones: &Milestones,
    pace: &Pace,
    today: NaiveDate,
    calendar: &Calendar,
) -> Vec<StageLag> {
    if matches!(clock.state, ClockState::Finished { .. }) {
        return Vec::new();
    }
    let done = |milestone: &Milestone| {
        let counts = |report: &&StageReport| report.on >= clock.counts_from && report.on <= today;
        reports.iter().filter(counts).any(|report| report.stage == milestone.stage)
    };
    let missing = milestones.0.iter().filter(|milestone| !done(milestone));
    let usual =
        |stage| pace.percent(stage).map(|percent| milestone_day(clock, &Mark::Percent(percent.into()), calendar));
    let lag = |milestone: &Milestone| {
        let by_milestone = (milestone_day(clock, &milestone.mark, calendar), LagBasis::Milestone);
        let by_pace = usual(milestone.stage).map(|day| (day, LagBasis::PastPace));
        let (due_on, basis) = [Some(by_milestone), by_pace].into_iter().flatten().find(|(day, _)| today > *day)?;
        let working_days = calendar.working_days_between(due_on, today);
        let red = basis == LagBasis::Milestone && working_days > i64::from(milestone.red_after);
        let level = if red { WarningLevel::Red } else { WarningLevel::Yellow };
        Some(StageLag { stage: milestone.stage, due_on, since: plus_days(due_on, 1), working_days, level, basis })
    };
    missing.filter_map(lag).collect()
}

/// The days from `first` to `last` that lie after `after` and not after `through`.
fn days_within(first: NaiveDate, last: NaiveDate, after: NaiveDate, through: NaiveDate) -> i64 {
    let (first, last) = (first.max(plus_days(after, 1)), last.min(through));
    ((last - first).num_days() + 1).max(0)
}
