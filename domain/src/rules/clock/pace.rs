//! How fast a region was in the past (往年进度): by which share of the time three of four parts had done a step.
//!
//! A region that is used to contact proposers in the first third of the time learns of a missing contact then, and
//! not only when the milestone of its rules has passed.
//!
//! Deliberately absent: which parts count as the past (the server asks for those of the two years before).

use super::Clock;
use crate::vocabulary::HandlingStage;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// With fewer parts than these nothing is said of a step: a habit does not show.
pub const SMALLEST_SAMPLE: usize = 20;

/// The habit of a region in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StagePace {
    /// The step.
    pub stage: HandlingStage,
    /// Within how many percent of its time three of four parts had done it, 0 to 100.
    pub percent: u8,
    /// How many parts this rests on, at least [`SMALLEST_SAMPLE`].
    pub samples: u32,
}

/// The habits of a region, one for each step of which something is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace(Vec<StagePace>);

impl Pace {
    /// What was stored; a step is taken once.
    pub fn new(stages: impl IntoIterator<Item = StagePace>) -> Self {
        let by_stage: BTreeMap<_, _> = stages.into_iter().map(|pace| (pace.stage, pace)).collect();
        Self(by_stage.into_values().collect())
    }

    /// The habits in the order of the steps.
    pub fn stages(&self) -> &[StagePace] {
        &self.0
    }

    /// Within how many percent of its time the step is usually done.
    pub fn percent(&self, stage: HandlingStage) -> Option<u8> {
        self.0.iter().find(|pace| pace.stage == stage).map(|pace| pace.percent)
    }
}

/// Learns the pace from finished parts, a part at a time.
#[derive(Clone, Debug, Default)]
pub struct Learning(BTreeMap<HandlingStage, BTreeMap<u8, usize>>);

impl Learning {
    /// Adds one part: its clock, and on which day each step was first done.
    pub fn add(&mut self, clock: &Clock, first_done: impl IntoIterator<Item = (HandlingStage, NaiveDate)>) {
        for (stage, on) in first_done {
            if let Some(share) = share(clock, on) {
                *self.0.entry(stage).or_default().entry(share).or_default() += 1;
            }
        }
    }

    /// The pace: the upper quartile by nearest rank, so that one part more or less does not move it.
    pub fn pace(&self) -> Pace {
        Pace::new(self.0.iter().filter_map(|(stage, shares)| {
            let samples: usize = shares.values().sum();
            let rank = (samples * 3).div_ceil(4);
            let mut passed = 0;
            let percent = shares.iter().find_map(|(percent, count)| {
                passed += count;
                (passed >= rank).then_some(*percent)
            })?;
            (samples >= SMALLEST_SAMPLE).then(|| StagePace {
                stage: *stage,
                percent,
                samples: u32::try_from(samples).unwrap_or(u32::MAX),
            })
        }))
    }
}

/// How much of its time had passed on this day, in percent, rounded up; days on which the clock stood are no time.
/// What was late is 100. `None` for a day before the count, or a count without days.
fn share(clock: &Clock, on: NaiveDate) -> Option<u8> {
    let whole = clock.running_days(clock.due.due_on);
    let used = clock.running_days(on);
    if on < clock.counts_from || whole <= 0 {
        return None;
    }
    let percent = (used * 100).checked_add(whole - 1)? / whole;
    u8::try_from(percent.clamp(0, 100)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::clock::tests::{calendar, day, shanghai};
    use crate::rules::clock::{ClockEvent, run};
    use crate::rules::rule_set::{Basis, PauseReason};
    use HandlingStage::{Contact, Research};

    /// 92 calendar days from 2 March 2026, as in the table of Shanghai.
    fn clock(events: &[ClockEvent]) -> Clock {
        let events = [&[ClockEvent::Started { on: day("2026-03-02") }], events].concat();
        run(Basis::Reply, &events, day("2026-07-01"), &shanghai(), calendar()).unwrap().unwrap()
    }

    #[test]
    fn a_share_is_the_running_time_until_the_day() {
        let plain = clock(&[]);
        assert_eq!(share(&plain, day("2026-03-01")), None, "before the count");
        assert_eq!(share(&plain, day("2026-03-02")), Some(0));
        assert_eq!(share(&plain, day("2026-03-03")), Some(2), "1 of 92 days, rounded up");
        assert_eq!(share(&plain, day("2026-04-17")), Some(50), "46 of 92 days");
        assert_eq!(share(&plain, plain.due.due_on), Some(100));
        assert_eq!(share(&plain, day("2027-01-01")), Some(100), "late");
        let reason = PauseReason::Dispute;
        let paused = clock(&[
            ClockEvent::Paused { on: day("2026-03-10"), reason },
            ClockEvent::Resumed { on: day("2026-03-20"), reason },
        ]);
        assert_eq!(share(&paused, day("2026-04-27")), Some(50), "ten days later, the same time");
        assert_eq!(share(&paused, day("2026-03-19")), share(&paused, day("2026-03-09")), "the clock stood");
    }

    #[test]
    fn the_pace_is_the_upper_quartile_of_enough_parts() {
        let clock = clock(&[]);
        let mut learning = Learning::default();
        for part in 1..=19_u64 {
            learning.add(&clock, [(Contact, clock.counts_from + chrono::Days::new(part))]);
        }
        assert_eq!(learning.pace(), Pace::default(), "nineteen parts are no habit");
        learning.add(&clock, [(Contact, clock.counts_from + chrono::Days::new(20)), (Research, day("2026-03-03"))]);
        let pace = learning.pace();
        // The 15th of 20: 15 of 92 days are 16.3 %.
        assert_eq!(pace.stages(), [StagePace { stage: Contact, percent: 17, samples: 20 }]);
        assert_eq!((pace.percent(Contact), pace.percent(Research)), (Some(17), None));
    }
}
