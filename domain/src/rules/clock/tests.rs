//! Tests of the clock: examples by hand, what holds for every life, and lives that cannot have happened.

mod examples;
mod laws;
mod points;

use super::ClockEvent;
use crate::rules::calendar::{Calendar, CalendarYear, SHIPPED, plus_days};
use crate::rules::rule_set::{PauseReason, RuleSet};
use chrono::NaiveDate;
use std::sync::LazyLock;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn calendar() -> &'static Calendar {
    static SHIPPED_YEARS: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::from_years(SHIPPED.iter().map(|json| CalendarYear::parse(json).unwrap())));
    &SHIPPED_YEARS
}

/// The rules of the preset `shanghai`, with a clock that stands while a return or a dispute is open.
pub(super) fn shanghai() -> RuleSet {
    static SHANGHAI: LazyLock<RuleSet> =
        LazyLock::new(|| RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap());
    let mut rules = SHANGHAI.clone();
    rules.clock.pause_for = PauseReason::ALL.to_vec();
    rules
}

/// A small random generator (SplitMix64), so that every run tries the same lives.
pub(super) struct SplitMix(pub(super) u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }

    /// A day up to so many days later, often the same or one of the next.
    pub(super) fn after(&mut self, day: NaiveDate, most: u64) -> NaiveDate {
        let most = if self.below(3) == 0 { 3 } else { most };
        plus_days(day, self.below(most))
    }

    /// A random life that can have happened.
    pub(super) fn life(&mut self) -> Vec<ClockEvent> {
        let mut on = plus_days(day("2016-12-15"), self.below(3_640));
        let mut events = vec![ClockEvent::Started { on }];
        let mut open: Vec<PauseReason> = Vec::new();
        let (mut asked, mut finished) = (false, false);
        for _ in 0..self.below(12) {
            on = self.after(on, 35);
            if finished {
                events.push(ClockEvent::RoundOpened { on });
                finished = false;
                continue;
            }
            let until = plus_days(on, self.below(150)) - chrono::TimeDelta::days(self.below(20) as i64);
            match self.below(20) {
                0..=6 => {
                    let reason = self.pick(PauseReason::ALL);
                    if open.contains(&reason) {
                        events.push(ClockEvent::Resumed { on, reason });
                        open.retain(|one| *one != reason);
                    } else {
                        events.push(ClockEvent::Paused { on, reason });
                        open.push(reason);
                    }
                }
                7..=10 => {
                    if let Some(reason) = open.pop() {
                        events.push(ClockEvent::Resumed { on, reason });
                    }
                }
                11..=12 if !asked => {
                    events.push(ClockEvent::ExtensionAsked { on, until });
                    asked = true;
                }
                13 if asked => {
                    events.push(ClockEvent::ExtensionRefused { on });
                    asked = false;
                }
                14..=16 => {
                    events.push(ClockEvent::ExtensionGranted { on, until });
                    asked = false;
                }
                17 => {
                    events.push(ClockEvent::Reassigned { on });
                    (open, asked) = (Vec::new(), false);
                }
                18 => {
                    events.push(ClockEvent::Finished { on });
                    (open, asked, finished) = (Vec::new(), false, true);
                }
                19 => {
                    events.push(ClockEvent::RoundOpened { on });
                    (open, asked) = (Vec::new(), false);
                }
                _ => {}
            }
        }
        events
    }
}
