//! A slow count that shares no arithmetic with the engine: it steps one day at a time and asks only whether people
//! work on a day. A hundred thousand random lives of clocks must agree with it.

use super::tests::{SplitMix, calendar, day, shanghai};
use super::{ClockEvent, run};
use crate::rules::calendar::Calendar;
use crate::rules::rule_set::{
    Amount, Basis, ClockRules, CountUnit, Length, MonthDay, PauseReason, Period, Roll, RuleSet,
};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Whether people work on each day from 2014 to 2035, asked one by one.
static WORKING: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let days = day("2014-01-01").iter_days().take_while(|d| d.year() < 2036);
    days.map(|d| calendar().is_working_day(d)).collect()
});

fn works(date: NaiveDate) -> bool {
    WORKING[usize::try_from(date.num_days_from_ce() - 735_234).unwrap()]
}

#[test]
fn the_list_of_working_days_begins_where_it_should() {
    assert_eq!(day("2014-01-01").num_days_from_ce(), 735_234);
    assert!(works(day("2026-02-14")) && !works(day("2026-02-15")));
}

/// The days on which a clock stood.
#[derive(Default)]
struct Stood(Vec<NaiveDate>);

impl Stood {
    fn contains(&self, date: &NaiveDate) -> bool {
        self.0.binary_search(date).is_ok()
    }
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap()
}

#[derive(Debug, PartialEq, Eq)]
struct Told {
    due_on: NaiveDate,
    provisional: bool,
    latest_extension: Option<NaiveDate>,
}

/// What the list came to, found by living through it.
struct Life {
    basis: Basis,
    start: NaiveDate,
    grants: Vec<(NaiveDate, NaiveDate)>,
    stood: Stood,
    paused: bool,
}

fn live(basis: Basis, events: &[ClockEvent], today: NaiveDate, rules: &ClockRules) -> Life {
    let begin = events[0].on();
    let mut life = Life { basis, start: begin, grants: Vec::new(), stood: Stood::default(), paused: false };
    let mut open = BTreeSet::new();
    let last = events.last().unwrap().on().max(today);
    let mut date = begin;
    let mut at = 0;
    while date <= last {
        while at < events.len() && events[at].on() == date {
            match events[at] {
                ClockEvent::Started { .. }
                | ClockEvent::ExtensionAsked { .. }
                | ClockEvent::ExtensionRefused { .. } => {}
                ClockEvent::Paused { reason, .. } => drop(open.insert(reason)),
                ClockEvent::Resumed { reason, .. } => drop(open.remove(&reason)),
                ClockEvent::ExtensionGranted { until, .. } => life.grants.push((date, until)),
                ClockEvent::Finished { .. } => open.clear(),
                ClockEvent::Reassigned { .. } => {
                    open.clear();
                    if rules.restart_on_reassignment.contains(&life.basis) {
                        (life.start, life.grants) = (date, Vec::new());
                    }
                }
                ClockEvent::RoundOpened { .. } => {
                    open.clear();
                    (life.start, life.grants) = (date, Vec::new());
                    life.basis = match life.basis {
                        Basis::Reply => Basis::Rehandle,
                        Basis::CoOpinion => Basis::CoOpinionRedo,
                        other => other,
                    };
                }
            }
            at += 1;
        }
        if open.iter().any(|reason| rules.pause_for.contains(reason)) {
            life.stood.0.push(date);
            life.paused = true;
        } else {
            life.paused = false;
        }
        date = next(date);
    }
    life
}

impl Life {
    /// The last day of an amount if the clock never stood.
    fn end_of(&self, amount: &Amount, start_counts: bool) -> NaiveDate {
        let mut date = self.start;
        match amount.unit {
            CountUnit::CalendarDays | CountUnit::WorkingDays => {
                let uses = |d: NaiveDate| amount.unit == CountUnit::CalendarDays || works(d);
                let mut used = u16::from(start_counts && uses(date));
                while used < amount.amount {
                    date = next(date);
                    used += u16::from(uses(date));
                }
                date
            }
            CountUnit::Months => {
                let mut months = 0;
                loop {
                    let before = date;
                    date = next(date);
                    if date.day() == 1 {
                        if months == amount.amount {
                            return before; // the month ended without such a day
                        }
                        months += 1;
                    }
                    if months == amount.amount && date.day() == self.start.day() {
                        return if start_counts { before } else { date };
                    }
                }
            }
        }
    }

    fn tell(&self, period: &Period, grants: &[(NaiveDate, NaiveDate)]) -> (NaiveDate, bool) {
        let by_working_days = matches!(period.length, Length::Counted(Amount { unit: CountUnit::WorkingDays, .. }));
        let first = if period.start_counts { self.start } else { next(self.start) };
        let mut years = BTreeSet::new();
        let mut ask = |from: NaiveDate, to: NaiveDate| years.extend(from.year()..=to.year());
        // How many units there are to use up.
        let mut owed: u32 = 0;
        if let Length::Counted(Amount { unit: CountUnit::WorkingDays, amount }) = &period.length {
            owed = (*amount).into();
        } else {
            let end = match &period.length {
                Length::Counted(amount) => self.end_of(amount, period.start_counts),
                Length::FixedDate { date, at_most } => {
                    let mut end = first;
                    while (end.month(), end.day()) != (date.month(), date.day()) {
                        end = next(end);
                    }
                    let bound = at_most.as_ref().map(|amount| self.end_of(amount, period.start_counts));
                    let end = bound.map_or(end, |bound| if bound < end { bound } else { end });
                    if at_most.as_ref().is_some_and(|amount| amount.unit == CountUnit::WorkingDays) {
                        ask(first, end);
                    }
                    end
                }
            };
            let mut date = first;
            while date <= end {
                owed += 1;
                date = next(date);
            }
        }
        let uses = |d: NaiveDate| !self.stood.contains(&d) && (!by_working_days || works(d));
        let mut due = first;
        loop {
            owed -= u32::from(uses(due));
            if owed == 0 {
                break;
            }
            due = next(due);
        }
        if by_working_days {
            ask(first, due);
        }
        if period.roll == Roll::NextWorkingDay {
            let from = due;
            while !works(due) || self.stood.contains(&due) {
                due = next(due);
            }
            ask(from, due);
        }
        let mut best: Option<(NaiveDate, bool, NaiveDate)> = None;
        for (on, until) in grants {
            let (mut date, mut stood, mut missed) = (*on, false, 0);
            while date <= *until {
                stood |= self.stood.contains(&date);
                missed += u32::from(self.stood.contains(&date) && (!by_working_days || works(date)));
                date = next(date);
            }
            let mut date = *until;
            while missed > 0 {
                date = next(date);
                missed -= u32::from(uses(date));
            }
            while self.stood.contains(&date) {
                date = next(date);
            }
            if best.is_none_or(|(day, ..)| date >= day) {
                best = Some((date, stood, *on));
            }
        }
        if let Some((day, stood, on)) = best.filter(|(day, ..)| *day > due) {
            due = day;
            years.clear();
            if by_working_days && stood {
                years.extend(on.year()..=day.year());
            }
        }
        let unpublished = years.iter().any(|year| !(2017..=2026).contains(year));
        (due, unpublished || self.paused)
    }
}

fn oracle(basis: Basis, events: &[ClockEvent], today: NaiveDate, rules: &RuleSet) -> Option<Told> {
    let life = live(basis, events, today, &rules.clock);
    let own = |basis: Basis| basis.period(rules);
    let reply = || Some((Basis::Reply, rules.deadlines.reply.clone()));
    let named = own(life.basis).map(|period| (life.basis, period));
    let (basis, period) = match life.basis {
        Basis::Rehandle | Basis::CoOpinion => named.or_else(reply),
        Basis::CoOpinionRedo => {
            named.or_else(|| own(Basis::CoOpinion).map(|period| (Basis::CoOpinion, period))).or_else(reply)
        }
        _ => named,
    }?;
    let extendable = [Basis::Reply, Basis::Rehandle, Basis::CoOpinion, Basis::CoOpinionRedo].contains(&basis);
    let longest = rules.deadlines.reply_extended.as_ref().filter(|_| extendable);
    let (due_on, provisional) = life.tell(&period, &life.grants);
    Some(Told { due_on, provisional, latest_extension: longest.map(|period| life.tell(period, &[]).0) })
}

fn random_amount(random: &mut SplitMix) -> Amount {
    let unit = random.pick(CountUnit::ALL);
    let most = match unit {
        CountUnit::CalendarDays => 190,
        CountUnit::WorkingDays => 70,
        CountUnit::Months => 7,
    };
    Amount { unit, amount: random.below(most) as u16 + 1 }
}

pub(super) fn random_period(random: &mut SplitMix) -> Period {
    let length = if random.below(6) == 0 {
        let date = MonthDay::new(random.below(12) as u8 + 1, random.below(28) as u8 + 1).unwrap();
        Length::FixedDate { date, at_most: (random.below(2) == 0).then(|| random_amount(random)) }
    } else {
        Length::Counted(random_amount(random))
    };
    Period { length, start_counts: random.below(4) == 0, roll: random.pick(Roll::ALL) }
}

pub(super) fn random_rules(random: &mut SplitMix, rules: &mut RuleSet) {
    let maybe = |random: &mut SplitMix| (random.below(4) > 0).then(|| random_period(random));
    rules.deadlines.reply = random_period(random);
    rules.deadlines.reply_extended = maybe(random);
    rules.deadlines.co_opinion = maybe(random);
    rules.deadlines.co_opinion_redo = maybe(random);
    rules.deadlines.rehandle = maybe(random);
    rules.deadlines.feedback = maybe(random);
    let some = |random: &mut SplitMix| random.below(3) > 0;
    rules.clock.pause_for = PauseReason::ALL.iter().copied().filter(|_| some(random)).collect();
    rules.clock.restart_on_reassignment = Basis::ALL.iter().copied().filter(|_| !some(random)).collect();
}

// A hundred thousand lives, in two halves that run side by side.
#[test]
fn fifty_thousand_lives_agree_with_counting_day_by_day() {
    compare(20_260_227, 50_000);
}

#[test]
fn fifty_thousand_other_lives_agree_with_counting_day_by_day() {
    compare(20_170_101, 50_000);
}

fn compare(seed: u64, lives: u32) {
    let calendar: &Calendar = calendar();
    let mut random = SplitMix(seed);
    let mut rules = shanghai();
    let bases = [Basis::Reply, Basis::CoOpinion, Basis::Feedback, Basis::ReturnWindow];
    let (mut paused, mut provisional, mut extended, mut none) = (0, 0, 0, 0);
    for number in 0..lives {
        random_rules(&mut random, &mut rules);
        let events = random.life();
        let today = random.after(events.last().unwrap().on(), 30);
        let basis = random.pick(&bases);
        let clock = run(basis, &events, today, &rules, calendar).unwrap();
        let found = clock.as_ref().map(|clock| Told {
            due_on: clock.due.due_on,
            provisional: clock.due.provisional,
            latest_extension: clock.latest_extension,
        });
        let expected = oracle(basis, &events, today, &rules);
        assert_eq!(
            found, expected,
            "life {number}: {basis} {events:?} on {today} under {:?} {:?}",
            rules.deadlines, rules.clock
        );
        if let Some(clock) = clock {
            use crate::rules::deadline::Part;
            let told = |kind: fn(&Part) -> bool| i32::from(clock.due.parts.iter().any(kind));
            paused += told(|part| matches!(part, Part::Paused { until: Some(_), .. }));
            extended += told(|part| matches!(part, Part::Extended { .. }));
            provisional += i32::from(clock.due.provisional);
        } else {
            none += 1;
        }
    }
    // The lives are no idle ones.
    let told = [paused, extended, provisional, none];
    assert!(told.iter().all(|times| *times > 1_000), "{told:?}");
    assert!(paused > 10_000 && extended > 5_000, "{told:?}");
}
