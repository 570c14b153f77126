//! What holds for every life of a clock, tried on many random ones.

use super::{SplitMix, calendar, day, shanghai};
use crate::rules::calendar::plus_days;
use crate::rules::clock::oracle::random_rules;
use crate::rules::clock::{Clock, ClockEvent, ClockState, run};
use crate::rules::rule_set::{Amount, Basis, CountUnit, Length, PauseReason, RuleSet};
use chrono::NaiveDate;

const LIVES: u32 = 4_000;

fn reply(events: &[ClockEvent], today: NaiveDate, rules: &RuleSet) -> Clock {
    run(Basis::Reply, events, today, rules, calendar()).unwrap_or_else(|fault| panic!("{fault}: {events:?}")).unwrap()
}

/// Tries a law on random lives under random rules.
fn for_lives(seed: u64, mut law: impl FnMut(&mut SplitMix, &[ClockEvent], NaiveDate, &RuleSet)) {
    let mut random = SplitMix(seed);
    let mut rules = shanghai();
    for _ in 0..LIVES {
        random_rules(&mut random, &mut rules);
        let events = random.life();
        let today = random.after(events.last().unwrap().on(), 30);
        law(&mut random, &events, today, &rules);
    }
}

/// The pauses of a life as positions of their first event and, if it has one, of its resumption.
fn pauses(events: &[ClockEvent]) -> Vec<(usize, Option<usize>)> {
    let ends = |of: PauseReason, event: &ClockEvent| {
        matches!(event, ClockEvent::Resumed { reason, .. } if *reason == of)
            || matches!(
                event,
                ClockEvent::Reassigned { .. } | ClockEvent::RoundOpened { .. } | ClockEvent::Finished { .. }
            )
    };
    let pause = |at: usize, event: &ClockEvent| match event {
        ClockEvent::Paused { reason, .. } => {
            let end = (at + 1..events.len()).find(|later| ends(*reason, &events[*later]));
            Some((at, end.filter(|end| matches!(events[*end], ClockEvent::Resumed { .. }))))
        }
        _ => None,
    };
    events.iter().enumerate().filter_map(|(at, event)| pause(at, event)).collect()
}

#[test]
fn one_pause_less_never_makes_the_due_day_later_and_so_one_more_never_earlier() {
    let mut tried = 0;
    for_lives(1, |_, events, today, rules| {
        let whole = reply(events, today, rules);
        for (from, to) in pauses(events) {
            let keep = |at: &usize| *at != from && Some(*at) != to;
            let less: Vec<_> = (0..events.len()).filter(keep).map(|at| events[at]).collect();
            let without = reply(&less, today, rules);
            assert!(without.due.due_on <= whole.due.due_on, "{events:?} without the pause at {from}");
            assert!(without.latest_extension <= whole.latest_extension);
            tried += 1;
        }
    });
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn more_time_never_makes_the_due_day_earlier_and_longer_is_never_shorter() {
    for_lives(2, |random, events, today, rules| {
        let before = reply(events, today, rules);
        if matches!(before.state, ClockState::Finished { .. }) {
            return;
        }
        let on = events.last().unwrap().on();
        let mut until = on;
        let mut due_on = before.due.due_on;
        for _ in 0..3 {
            until = random.after(until, 60);
            let granted: Vec<_> = events.iter().copied().chain([ClockEvent::ExtensionGranted { on, until }]).collect();
            let clock = reply(&granted, today.max(on), rules);
            assert!(clock.due.due_on >= due_on, "{granted:?}");
            assert!(clock.due.due_on >= until);
            assert_eq!(clock.latest_extension, before.latest_extension, "a grant moves no limit");
            due_on = clock.due.due_on;
        }
    });
}

#[test]
fn asking_and_refusal_change_nothing() {
    for_lives(3, |_, events, today, rules| {
        let silent: Vec<_> = events
            .iter()
            .copied()
            .filter(|e| !matches!(e, ClockEvent::ExtensionAsked { .. } | ClockEvent::ExtensionRefused { .. }))
            .collect();
        let (told, kept) = (reply(events, today, rules), reply(&silent, today, rules));
        assert_eq!((told.due.due_on, told.latest_extension), (kept.due.due_on, kept.latest_extension));
    });
}

#[test]
fn pausing_and_extending_on_one_day_can_be_told_in_any_order() {
    let mut swapped = 0;
    for_lives(4, |_, events, today, rules| {
        let whole = reply(events, today, rules);
        for at in 1..events.len() - 1 {
            let pair = (events[at], events[at + 1]);
            let commute = matches!(
                pair,
                (ClockEvent::Paused { .. } | ClockEvent::Resumed { .. }, ClockEvent::ExtensionGranted { .. })
                    | (ClockEvent::ExtensionGranted { .. }, ClockEvent::Paused { .. } | ClockEvent::Resumed { .. })
            );
            if commute && pair.0.on() == pair.1.on() {
                let mut other = events.to_vec();
                other.swap(at, at + 1);
                assert_eq!(reply(&other, today, rules).due.due_on, whole.due.due_on, "{events:?} at {at}");
                swapped += 1;
            }
        }
    });
    assert!(swapped > 100, "{swapped}");
}

#[test]
fn a_pause_told_in_two_halves_is_the_same_pause() {
    let mut tried = 0;
    for_lives(5, |random, events, today, rules| {
        let whole = reply(events, today, rules);
        for (from, to) in pauses(events) {
            let Some(to) = to else { continue };
            let ClockEvent::Paused { on, reason } = events[from] else { continue };
            // The halves meet on any day between, told right where the days are in order.
            let length = (events[to].on() - on).num_days() as u64;
            let middle = plus_days(on, random.below(length + 1));
            let mut halves = events.to_vec();
            let at = (from + 1..=to).find(|at| events[*at].on() >= middle).unwrap();
            halves.splice(
                at..at,
                [ClockEvent::Resumed { on: middle, reason }, ClockEvent::Paused { on: middle, reason }],
            );
            assert_eq!(reply(&halves, today, rules).due.due_on, whole.due.due_on, "{halves:?}");
            tried += 1;
        }
    });
    assert!(tried > 1_000, "{tried}");
}

#[test]
fn the_due_day_never_falls_on_a_day_on_which_the_clock_stands() {
    for_lives(6, |_, events, today, rules| {
        let clock = reply(events, today, rules);
        assert!(!clock.stops.iter().any(|stop| stop.contains(clock.due.due_on)), "{events:?}");
        let apart = |pair: &[super::super::count::Stop]| plus_days(pair[0].last, 1) < pair[1].first;
        assert!(clock.stops.windows(2).all(apart), "{:?}", clock.stops);
    });
}

#[test]
fn while_the_clock_stands_what_is_left_stays_the_same_from_day_to_day() {
    let mut tried = 0;
    for_lives(7, |_, events, _, rules| {
        let last = events.last().unwrap().on();
        let clock = reply(events, last, rules);
        let by_working_days = match rules.deadlines.reply.length {
            Length::Counted(Amount { unit, .. }) => unit == CountUnit::WorkingDays,
            Length::FixedDate { .. } => false,
        };
        let in_time = |since: NaiveDate| clock.due.due_on >= since;
        // A roll and a granted day end on a day of the week, not after an amount.
        let plain = clock.round == 1
            && !clock.due.parts.iter().any(|part| {
                use crate::rules::deadline::Part;
                matches!(part, Part::Rolled { .. } | Part::Extended { .. })
            });
        let ClockState::Paused { since } = clock.state else { return };
        let left = |today: NaiveDate, clock: &Clock| {
            if by_working_days {
                calendar().working_days_between(today, clock.due.due_on)
            } else {
                (clock.due.due_on - today).num_days()
            }
        };
        assert!(clock.due.provisional);
        for later in 0..40 {
            let today = plus_days(last, later);
            let then = reply(events, today, rules);
            if in_time(since) {
                assert!(then.due.due_on > today, "never late while it stands: {events:?} on {today}");
            }
            if plain && in_time(since) && rules.deadlines.reply.roll == crate::rules::rule_set::Roll::None {
                assert_eq!(left(today, &then), left(last, &clock), "{events:?} on {today}");
                tried += 1;
            }
        }
    });
    assert!(tried > 1_000, "{tried}");
}

#[test]
fn a_clock_without_pauses_agrees_with_the_short_way() {
    use crate::rules::deadline::{DeadlineInput, due, latest_extension};
    for_lives(8, |random, events, _, rules| {
        let start = events[0].on();
        let until = random.after(start, 200);
        let input = DeadlineInput { basis: Basis::Reply, start, extension: Some(until) };
        let life = [ClockEvent::Started { on: start }, ClockEvent::ExtensionGranted { on: start, until }];
        let clock = reply(&life, start, rules);
        assert_eq!(due(&input, rules, calendar()), Some(clock.due));
        assert_eq!(latest_extension(start, rules, calendar()), clock.latest_extension);
    });
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let rules = shanghai();
    for start in [NaiveDate::MIN, NaiveDate::MAX, day("2026-01-01")] {
        let events = [
            ClockEvent::Started { on: start },
            ClockEvent::Paused { on: start, reason: PauseReason::Return },
            ClockEvent::ExtensionGranted { on: start, until: NaiveDate::MAX },
            ClockEvent::Resumed { on: NaiveDate::MAX, reason: PauseReason::Return },
        ];
        for basis in Basis::ALL {
            for today in [NaiveDate::MIN, NaiveDate::MAX] {
                run(*basis, &events[..2], today, &rules, calendar()).unwrap();
                run(*basis, &events, today, &rules, calendar()).unwrap();
            }
        }
    }
}
