//! Due days of one matter, by the rules with which it began.

use crate::clocks;
use crate::cx::Cx;
use crate::duties::last_day;
use crate::error::AppResult;
use crate::repo::matter::Matter;
use chrono::NaiveDate;
use domain::rules::deadline::{Basis, RuleReference, explain, status};
use domain::rules::legal_day::legal_day;
use domain::vocabulary::WarningLevel;
use entity::{assignment, return_request};

/// A due day as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineView {
    /// The last day.
    pub due_on: NaiveDate,
    /// The warning lamp.
    pub level: WarningLevel,
    /// Whether it is past, or was met late.
    pub overdue: bool,
    /// Whether it may still move with a notice to come.
    pub provisional: bool,
    /// Working days left; negative when overdue.
    pub working_days_left: i64,
    /// One sentence: how it came about.
    pub explanation: String,
}

/// The due day of an assignment as people see it today; none before its release.
pub async fn of_assignment(
    cx: &Cx,
    matter: &Matter,
    assignment: &assignment::Model,
) -> AppResult<Option<DeadlineView>> {
    let Some(rule_set) = matter.row.rule_set_id else { return Ok(None) };
    let deps = cx.deps();
    let rules = deps.rules.get(deps.db.reader(), rule_set).await?;
    let calendar = deps.rules.calendar(deps.db.reader(), matter.row.region_id).await?;
    let Some(clock) = clocks::clock(assignment, cx.today(), &rules, &calendar)? else { return Ok(None) };
    let due = clock.due;
    let finished = assignment.finished_at.map(legal_day);
    let status = status(due.due_on, cx.today(), finished, &rules.set.warning, &calendar);
    let reference = RuleReference { name: &rules.set.name, version: rules.version };
    Ok(Some(DeadlineView {
        due_on: due.due_on,
        level: status.level,
        overdue: status.overdue,
        provisional: due.provisional,
        working_days_left: status.working_days_left,
        explanation: explain(&due, reference, cx.language()),
    }))
}

/// The due day of the written reply: the earliest that is open, or else the latest that was met.
pub async fn of_submission(cx: &Cx, matter: &Matter) -> AppResult<Option<DeadlineView>> {
    let answering = || matter.live().filter(|a| a.role.answers() && a.clock_from.is_some());
    let open = answering().filter(|a| a.finished_at.is_none()).min_by_key(|a| a.due_on);
    match open.or_else(|| answering().max_by_key(|a| a.due_on)) {
        Some(assignment) => of_assignment(cx, matter, assignment).await,
        None => Ok(None),
    }
}

/// The last day for the decision on a request to hand back; none where the region sets no such period.
pub async fn of_return(cx: &Cx, matter: &Matter, request: &return_request::Model) -> AppResult<Option<NaiveDate>> {
    let Some(rule_set) = matter.row.rule_set_id else { return Ok(None) };
    let deps = cx.deps();
    let rules = deps.rules.get(deps.db.reader(), rule_set).await?;
    let calendar = deps.rules.calendar(deps.db.reader(), matter.row.region_id).await?;
    Ok(last_day(Basis::Reassign, legal_day(request.at), &rules, &calendar))
}

/// Up to which due day the lamps show red and yellow today.
#[derive(Clone, Copy, Debug)]
pub struct LampBounds {
    /// The last due day that shows red.
    pub red_through: NaiveDate,
    /// The last due day that shows yellow.
    pub yellow_through: NaiveDate,
}

impl LampBounds {
    /// The lamp of an open due day; none without one.
    pub fn lamp(&self, due_on: Option<NaiveDate>) -> Option<WarningLevel> {
        due_on.map(|day| match day {
            day if day <= self.red_through => WarningLevel::Red,
            day if day <= self.yellow_through => WarningLevel::Yellow,
            _ => WarningLevel::Green,
        })
    }
}

/// The bounds of the lamps in the reader's region today.
pub async fn lamp_bounds(cx: &Cx) -> AppResult<LampBounds> {
    let deps = cx.deps();
    let rules = deps.rules.current(deps.db.reader(), cx.actor.region_id, cx.actor.institution, cx.today()).await?;
    let calendar = deps.rules.calendar(deps.db.reader(), cx.actor.region_id).await?;
    // The last day with so many working days left is the day before the next working day.
    let through = |days_left: u16| {
        let next = calendar.add_working_days(cx.today(), days_left.saturating_add(1));
        next.pred_opt().unwrap_or(next)
    };
    let warning = &rules.set.warning;
    Ok(LampBounds { red_through: through(warning.red_days_left), yellow_through: through(warning.yellow_days_left) })
}
