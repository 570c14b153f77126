//! The clock of an assignment: what happened to it is kept with the assignment, and its due day follows.
//!
//! The stored due day is for lists and indexes; it is written again at each event, and by the daily work when
//! the calendar or an open pause moved it. What people see is computed afresh from the events.

use crate::error::{AppError, AppResult};
use crate::rule_book::Rules;
use chrono::{Days, NaiveDate};
use domain::rules::calendar::Calendar;
use domain::rules::clock::{Clock, ClockEvent, ClockState, run};
use domain::rules::deadline::{Basis, DeadlineInput, due};
use domain::rules::legal_day::legal_day;
use entity::assignment;
use entity::json::ClockEvents;

/// What happened to the clock of this assignment, oldest first; nothing before its release.
pub fn events(assignment: &assignment::Model) -> Vec<ClockEvent> {
    match &assignment.clock {
        Some(stored) => stored.0.clone(),
        None => from_first_schema(assignment),
    }
}

/// Rows of the first schema kept the start of the present round and the last day granted, and no events.
fn from_first_schema(assignment: &assignment::Model) -> Vec<ClockEvent> {
    let Some(on) = assignment.clock_from else { return Vec::new() };
    let mut events = vec![ClockEvent::Started { on }];
    events.extend((1..assignment.round).map(|_| ClockEvent::RoundOpened { on }));
    events.extend(assignment.extended_to.map(|until| ClockEvent::ExtensionGranted { on, until }));
    events.extend(assignment.finished_at.map(|at| ClockEvent::Finished { on: legal_day(at) }));
    events
}

/// The clock as it stands on `today`; none before the release.
///
/// # Errors
/// [`AppError::Internal`] when the stored events contradict each other.
pub fn clock(
    assignment: &assignment::Model,
    today: NaiveDate,
    rules: &Rules,
    calendar: &Calendar,
) -> AppResult<Option<Clock>> {
    let events = events(assignment);
    if events.is_empty() {
        return Ok(None);
    }
    let basis = if assignment.role.answers() { Basis::Reply } else { Basis::CoOpinion };
    run(basis, &events, today, &rules.set, calendar)
        .map_err(|fault| AppError::Internal(format!("clock of {}: {fault:?}", assignment.id)))
}

/// Notes what happened to the clock, and what is due from then on.
///
/// # Errors
/// [`AppError::Internal`] when it cannot have happened after what is stored.
pub fn note(
    assignment: &mut assignment::Model,
    event: ClockEvent,
    rules: &Rules,
    calendar: &Calendar,
) -> AppResult<()> {
    let mut events = events(assignment);
    events.push(event);
    assignment.clock = Some(ClockEvents(events));
    let clock = clock(assignment, event.on(), rules, calendar)?;
    assignment.clock_from = clock.as_ref().map(|clock| clock.counts_from);
    assignment.due_on = clock.map(|clock| clock.due.due_on);
    Ok(())
}

/// A region without a window of its own gives proposers this many days.
const DAYS_WITHOUT_WINDOW: Days = Days::new(30);

/// The last day of a form that was sent on this day.
pub fn feedback_due(sent: NaiveDate, rules: &Rules, calendar: &Calendar) -> NaiveDate {
    let input = DeadlineInput { basis: Basis::Feedback, start: sent, extension: None };
    due(&input, &rules.set, calendar)
        .map(|due| due.due_on)
        .or_else(|| sent.checked_add_days(DAYS_WITHOUT_WINDOW))
        .unwrap_or(sent)
}

/// Notes that the agency's part of the round is done, unless it was before.
///
/// # Errors
/// As [`note`].
pub fn finish(assignment: &mut assignment::Model, on: NaiveDate, rules: &Rules, calendar: &Calendar) -> AppResult<()> {
    match clock(assignment, on, rules, calendar)?.map(|clock| clock.state) {
        None | Some(ClockState::Finished { .. }) => Ok(()),
        Some(_) => note(assignment, ClockEvent::Finished { on }, rules, calendar),
    }
}
