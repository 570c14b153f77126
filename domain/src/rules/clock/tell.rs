//! Tells a count as the ordered parts of a [`Due`], each with the day to which it led.

use super::count::{Count, Evaluated, day_before};
use super::fold::{Folded, Step};
use crate::rules::calendar::plus_days;
use crate::rules::deadline::{Due, Part};
use crate::rules::rule_set::Basis;
use chrono::{Datelike, NaiveDate};

/// Computes the due day step by step, so that each part can name its own effect.
pub(super) fn tell(folded: &Folded, basis: Basis, count: &Count<'_>) -> Due {
    let mut parts = Vec::new();
    for step in &folded.steps {
        match *step {
            Step::Round { on } => parts.push(Part::Round { number: folded.round, on }),
            Step::Reassigned { on, restarted: true } => parts.push(Part::Reassigned { on, restarted: true }),
            _ => {}
        }
    }
    let mut now = count.evaluate(&[], &[]);
    let by_working_days = count.by_working_days();
    let exceptions = |after: NaiveDate, through: NaiveDate| {
        if by_working_days { count.calendar.days_between(after, through).to_vec() } else { Vec::new() }
    };
    parts.push(Part::Counted {
        start: count.start,
        period: count.period.clone(),
        until: now.counted,
        clamped: now.clamped,
        exceptions: exceptions(count.day_before_first(), now.counted),
    });
    parts.extend(roll(count, &now));
    let (mut stops, mut grants) = (0, 0);
    for step in &folded.steps {
        match *step {
            Step::Round { .. } | Step::Reassigned { restarted: true, .. } => {}
            Step::Reassigned { on, restarted } => parts.push(Part::Reassigned { on, restarted }),
            Step::Asked { on, until } => parts.push(Part::ExtensionAsked { on, until }),
            Step::Refused { on } => parts.push(Part::ExtensionRefused { on }),
            Step::Granted => {
                grants += 1;
                let next = count.evaluate(&folded.stops[..stops], &folded.grants[..grants]);
                if let Some(until) = next.granted.filter(|_| next.due_on > now.due_on) {
                    parts.push(Part::Extended { until });
                }
                now = next;
            }
            Step::Stopped => {
                stops += 1;
                let stop = &folded.stops[stops - 1];
                let next = count.evaluate(&folded.stops[..stops], &folded.grants[..grants]);
                let (before, until) = match (now.granted, next.granted) {
                    (_, Some(until)) => (now.due_on, until),
                    _ => (now.counted, next.counted),
                };
                parts.push(Part::Paused {
                    from: stop.first,
                    resumed: (!stop.open).then(|| plus_days(stop.last, 1)),
                    reasons: stop.reasons.clone(),
                    amount: count.units_of(stop),
                    working_days: by_working_days,
                    until: (next.due_on > now.due_on).then_some(until),
                    exceptions: exceptions(before, until),
                });
                if next.granted.is_none() && next.due_on > now.due_on {
                    parts.extend(roll(count, &next));
                }
                now = next;
            }
        }
    }
    let unpublished = unpublished_years(count, &now);
    let paused = folded.stops.last().is_some_and(|stop| stop.open);
    let provisional = paused || !unpublished.is_empty();
    if !unpublished.is_empty() {
        parts.push(Part::Unpublished { years: unpublished });
    }
    Due { basis, due_on: now.due_on, provisional, parts }
}

/// The part that tells of a roll, if the last day rolled.
fn roll(count: &Count<'_>, now: &Evaluated) -> Option<Part> {
    let before = day_before(now.counted);
    (now.rolled > now.counted).then(|| Part::Rolled {
        from: now.counted,
        to: now.rolled,
        exceptions: count.calendar.days_between(before, now.rolled).to_vec(),
    })
}

/// The years for which the calendar was asked before their notices, oldest first.
fn unpublished_years(count: &Count<'_>, now: &Evaluated) -> Vec<i32> {
    let mut years: Vec<_> = now.asked.iter().flat_map(|(first, last)| first.year()..=last.year()).collect();
    years.sort_unstable();
    years.dedup();
    years.retain(|year| !count.calendar.is_published(*year));
    years
}
