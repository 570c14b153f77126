//! Trying rules out (规则试算): what they would give for something that begins on a day.
//!
//! Whoever changes the rules of a region sees the days before the rules hold. Nothing that is stored is asked; the
//! days come from the same clock that computes those of real matters.

use super::calendar::Calendar;
use super::clock::{Clock, ClockEvent, ReminderPoint, Standing, milestone_day, reminders_between, run};
use super::deadline::Due;
use super::rule_set::{Basis, ReminderKind, RuleSet};
use crate::vocabulary::HandlingStage;
use chrono::NaiveDate;
use std::collections::HashSet;

/// Working days after the due day up to which reminders of being overdue are shown.
const OVERDUE_SHOWN: u16 = 250;

/// One period of the rules, counted from the day tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriedDeadline {
    /// What is due.
    pub basis: Basis,
    /// The due day with how it came about.
    pub due: Due,
    /// The last day to which more time may be granted; `None` when it cannot be, or without a limit.
    pub latest_extension: Option<NaiveDate>,
}

/// The milestone of a step, for a lead assignment that is released on the day tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriedMilestone {
    /// The step.
    pub stage: HandlingStage,
    /// The day by which it should be done; yellow from the day after.
    pub due_on: NaiveDate,
    /// The first working day on which it is red.
    pub red_from: NaiveDate,
}

/// What rules would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The periods that the rules set, in the order of [`Basis`].
    pub deadlines: Vec<TriedDeadline>,
    /// The milestones, in the order of the rules.
    pub milestones: Vec<TriedMilestone>,
    /// The reminders of an assignment on which nothing is done, by day; of those that are repeated every working day
    /// the first.
    pub reminders: Vec<ReminderPoint>,
}

/// Tries rules out for everything that would begin on this day.
pub fn try_out(rules: &RuleSet, starts_on: NaiveDate, calendar: &Calendar) -> Trial {
    let start = [ClockEvent::Started { on: starts_on }];
    // A clock that only started can always have happened.
    let clock = |basis| run(basis, &start, starts_on, rules, calendar).ok().flatten();
    let set = Basis::ALL.iter().copied().filter(|basis| basis.period(rules).is_some());
    let deadlines = set.filter_map(|basis| {
        let Clock { due, latest_extension, .. } = clock(basis)?;
        Some(TriedDeadline { basis, due, latest_extension })
    });
    let deadlines = deadlines.collect();
    let Some(reply) = clock(Basis::Reply) else {
        return Trial { deadlines, milestones: Vec::new(), reminders: Vec::new() };
    };
    let milestone = |stage, mark, red_after: u16| {
        let due_on = milestone_day(&reply, mark, calendar);
        let red_from = calendar.add_working_days(due_on, u64::from(red_after) + 1);
        TriedMilestone { stage, due_on, red_from }
    };
    let milestones: Vec<_> =
        rules.milestones.0.iter().map(|one| milestone(one.stage, &one.mark, one.red_after)).collect();
    let contact = milestones.iter().find(|one| one.stage == HandlingStage::Contact).map(|one| one.due_on);
    let first_contact = Basis::FirstContact.period(rules).map(|period| reply.last_day_of(&period, calendar));
    let standing = Standing { contact_due: first_contact.or(contact), ..Standing::default() };
    let through = calendar.add_working_days(reply.due.due_on, OVERDUE_SHOWN);
    let mut reminders = reminders_between(&reply, &rules.reminders, &standing, calendar, starts_on, through);
    let mut repeated = HashSet::new();
    reminders.retain(|point| point.kind != ReminderKind::Overdue || repeated.insert(point.level));
    Trial { deadlines, milestones, reminders }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::calendar::{CalendarYear, SHIPPED};
    use crate::rules::rule_set::overlay;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn tried(preset: &str, choices: &str, on: &str) -> Trial {
        let calendar = Calendar::from_years(SHIPPED.iter().map(|json| CalendarYear::parse(json).unwrap()));
        let text = overlay(RuleSet::preset(preset).unwrap(), choices).unwrap();
        try_out(&RuleSet::parse(&text).unwrap(), day(on), &calendar)
    }

    fn due(trial: &Trial, basis: Basis) -> Option<String> {
        let found = trial.deadlines.iter().find(|one| one.basis == basis);
        found.map(|one| one.due.due_on.to_string())
    }

    #[test]
    fn each_period_of_shanghai_is_counted_from_the_day_tried() {
        let trial = tried("shanghai", "{}", "2026-01-12");
        for (basis, wanted) in [
            (Basis::Reply, Some("2026-04-12")),
            (Basis::ReturnWindow, Some("2026-01-21")),
            (Basis::CoOpinion, Some("2026-02-12")),
            (Basis::Rehandle, Some("2026-02-12")),
            (Basis::Reassign, None),
            (Basis::FirstContact, None),
        ] {
            assert_eq!(due(&trial, basis).as_deref(), wanted, "{basis}");
        }
        assert_eq!(trial.deadlines[0].latest_extension, Some(day("2026-07-12")));
        let milestones: Vec<_> = trial.milestones.iter().map(|one| one.due_on.to_string()).collect();
        assert_eq!(milestones, ["2026-02-08", "2026-02-22", "2026-03-25", "2026-04-12"]);
        // The sixth working day: those of Spring Festival are none, the make-up Saturday 28 February is one.
        assert_eq!(trial.milestones[1].red_from, day("2026-03-02"));
    }

    #[test]
    fn the_ladder_is_shown_once_whatever_is_repeated() {
        let trial = tried("shanghai", "{}", "2026-01-12");
        let points: Vec<_> = trial.reminders.iter().map(|point| (point.on.to_string(), point.kind)).collect();
        assert_eq!(points[0], ("2026-01-14".to_owned(), ReminderKind::Unsigned));
        assert_eq!(points.iter().filter(|(_, kind)| *kind == ReminderKind::Overdue).count(), 2);
        assert_eq!(trial.reminders.len(), 12, "each rung once: {points:?}");
        assert!(trial.reminders.is_sorted_by_key(|point| point.on));
    }

    #[test]
    fn choices_move_the_days_and_an_unpublished_year_is_provisional() {
        let reply = r#"{"deadlines":{"reply":{"unit":"WORKING_DAYS","amount":30},"feedback":null,
            "replyExtended":{"unit":"WORKING_DAYS","amount":60}}}"#;
        let trial = tried("shanghai", reply, "2026-12-01");
        assert_eq!(due(&trial, Basis::Reply).as_deref(), Some("2027-01-12"));
        assert!(trial.deadlines[0].due.provisional);
        assert_eq!(due(&trial, Basis::Feedback), None);
    }
}
