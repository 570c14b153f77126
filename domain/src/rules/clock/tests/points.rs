//! Reminders and lags of steps, worked out by hand.

use super::{SplitMix, calendar, day, shanghai};
use crate::rules::calendar::plus_days;
use crate::rules::clock::oracle::random_rules;
use crate::rules::clock::{
    Clock, ClockEvent, Pace, ReminderPoint, StagePace, StageReport, Standing, reminders_between, run, stage_lag,
};
use crate::rules::rule_set::{Basis, PauseReason, ReminderKind};
use crate::vocabulary::HandlingStage::{Contact, Research, Review, WrittenReply};
use crate::vocabulary::{HandlingStage, LagBasis, Role, WarningLevel};
use chrono::NaiveDate;

/// A reply from 2 March 2026, due on 2 June.
fn clock(more: &[ClockEvent]) -> Clock {
    let events: Vec<_> = [ClockEvent::Started { on: day("2026-03-02") }].iter().chain(more).copied().collect();
    run(Basis::Reply, &events, day("2026-06-30"), &shanghai(), calendar()).unwrap().unwrap()
}

fn points(clock: &Clock, standing: &Standing, from: &str, to: &str) -> Vec<ReminderPoint> {
    reminders_between(clock, &shanghai().reminders, standing, calendar(), day(from), day(to))
}

fn short(points: &[ReminderPoint]) -> Vec<String> {
    points.iter().map(|p| format!("{} {} {}", p.on.format("%m-%d"), p.kind, p.days)).collect()
}

#[test]
fn the_ladder_is_climbed_from_the_start_to_long_after_the_due_day() {
    let standing = Standing { contact_due: Some(day("2026-03-30")), ..Standing::default() };
    let found = points(&clock(&[]), &standing, "2026-03-01", "2026-06-10");
    assert_eq!(
        short(&found),
        [
            "03-04 UNSIGNED 2",
            "03-06 UNSIGNED 4",
            "03-30 NO_CONTACT 0",
            "04-07 NO_CONTACT 5", // 4 to 6 April are days off
            "04-17 BEFORE_DUE 30",
            "05-12 BEFORE_DUE 15",
            "05-22 BEFORE_DUE 7",
            "05-28 BEFORE_DUE 3",
            "06-01 BEFORE_DUE 1",
            "06-02 DUE 0",
            "06-03 OVERDUE 1", // daily on working days, with the rung that is reached
            "06-04 OVERDUE 1",
            "06-05 OVERDUE 1",
            "06-08 OVERDUE 1",
            "06-09 OVERDUE 5",
            "06-10 OVERDUE 5",
        ]
    );
    let levels: Vec<_> = found.iter().map(|point| point.level).collect();
    assert!(levels.is_sorted(), "each is escalated further than the one before: {levels:?}");
    let told = |days: u16| &found.iter().find(|p| (p.kind, p.days) == (ReminderKind::BeforeDue, days)).unwrap().to;
    assert_eq!(told(30), &[Role::Handler]);
    assert!(!told(7).contains(&Role::AgencyHead) && told(3).contains(&Role::AgencyHead));
    assert!(found.last().unwrap().to.contains(&Role::RegionLeader));
}

#[test]
fn what_is_done_is_not_reminded_of() {
    let signed = Standing { signed_on: Some(day("2026-03-05")), ..Standing::default() };
    assert_eq!(short(&points(&clock(&[]), &signed, "2026-03-01", "2026-03-31")), ["03-04 UNSIGNED 2"]);
    let contacted = Standing {
        signed_on: Some(day("2026-03-03")),
        contact_due: Some(day("2026-03-30")),
        contacted_on: Some(day("2026-03-30")),
    };
    assert_eq!(short(&points(&clock(&[]), &contacted, "2026-03-01", "2026-04-10")), [""; 0]);
    let finished = clock(&[ClockEvent::Finished { on: day("2026-05-22") }]);
    assert_eq!(
        short(&points(&finished, &signed, "2026-04-01", "2026-07-01")),
        ["04-17 BEFORE_DUE 30", "05-12 BEFORE_DUE 15"]
    );
}

#[test]
fn nobody_is_reminded_while_the_clock_stands_and_an_extension_moves_the_ladder() {
    let signed = Standing { signed_on: Some(day("2026-03-03")), ..Standing::default() };
    let (on, until) = (day("2026-05-25"), day("2026-07-01"));
    let reason = PauseReason::Return;
    let open = clock(&[ClockEvent::Paused { on: day("2026-05-20"), reason }]);
    assert_eq!(short(&points(&open, &signed, "2026-05-20", "2026-12-31")), [""; 0]);
    let over = clock(&[
        ClockEvent::Paused { on: day("2026-05-20"), reason },
        ClockEvent::Resumed { on: day("2026-05-30"), reason },
    ]);
    // Due on 12 June now; the pause took no rung away, it moved those that were to come.
    assert_eq!(over.due.due_on, day("2026-06-12"));
    assert_eq!(
        short(&points(&over, &signed, "2026-05-11", "2026-06-12")),
        ["05-12 BEFORE_DUE 15", "06-03 BEFORE_DUE 7", "06-09 BEFORE_DUE 3", "06-11 BEFORE_DUE 1", "06-12 DUE 0"]
    );
    let extended = clock(&[ClockEvent::ExtensionGranted { on, until }]);
    assert_eq!(
        short(&points(&extended, &signed, "2026-05-26", "2026-06-29")),
        ["06-09 BEFORE_DUE 15", "06-22 BEFORE_DUE 7", "06-26 BEFORE_DUE 3"]
    );
    // Not signed for while a request to hand back is open: the days start again with the clock.
    let returned = clock(&[
        ClockEvent::Paused { on: day("2026-03-03"), reason },
        ClockEvent::Resumed { on: day("2026-03-10"), reason },
    ]);
    let found = points(&returned, &Standing::default(), "2026-03-01", "2026-03-31");
    assert_eq!(short(&found), ["03-11 UNSIGNED 2", "03-13 UNSIGNED 4"]);
}

#[test]
fn a_due_day_off_is_reminded_of_on_the_working_day_before() {
    // 4 January + 3 months = Saturday 4 April, the first of three days off.
    let events = [ClockEvent::Started { on: day("2026-01-04") }];
    let clock = run(Basis::Reply, &events, day("2026-01-04"), &shanghai(), calendar()).unwrap().unwrap();
    let signed = Standing { signed_on: Some(day("2026-01-05")), ..Standing::default() };
    assert_eq!(
        short(&points(&clock, &signed, "2026-03-31", "2026-04-08")),
        ["03-31 BEFORE_DUE 3", "04-02 BEFORE_DUE 1", "04-03 DUE 0", "04-07 OVERDUE 1", "04-08 OVERDUE 1"]
    );
}

#[test]
fn spans_that_meet_give_every_point_once_and_always_on_a_running_working_day() {
    let mut random = SplitMix(9);
    let mut rules = shanghai();
    let ladder = rules.reminders.clone();
    let mut found = 0;
    for _ in 0..1_500 {
        random_rules(&mut random, &mut rules);
        let events = random.life();
        let today = random.after(events.last().unwrap().on(), 30);
        let clock = run(Basis::Reply, &events, today, &rules, calendar()).unwrap().unwrap();
        let from = events[0].on();
        let (middle, to) = (random.after(from, 200), plus_days(from, 260));
        let standing = Standing { contact_due: Some(random.after(from, 60)), ..Standing::default() };
        let of = |from, to| reminders_between(&clock, &ladder, &standing, calendar(), from, to);
        let whole = of(from, to);
        let halves = [of(from, middle), of(plus_days(middle, 1), to)].concat();
        assert_eq!(whole, halves, "{events:?}");
        assert!(
            whole.iter().all(|p| calendar().is_working_day(p.on) && !clock.stands_on(p.on) && p.on > clock.counts_from)
        );
        let mut keys: Vec<_> = whole.iter().map(|p| (p.kind, p.days, p.on)).collect();
        keys.dedup();
        assert_eq!(keys.len(), whole.len(), "no point twice");
        found += whole.len();
    }
    assert!(found > 10_000, "{found}");
}

fn lags(
    clock: &Clock,
    reports: &[(HandlingStage, &str)],
    today: &str,
) -> Vec<(HandlingStage, NaiveDate, WarningLevel)> {
    let reports: Vec<_> = reports.iter().map(|(stage, on)| StageReport { stage: *stage, on: day(on) }).collect();
    let found = stage_lag(clock, &reports, &shanghai().milestones, &Pace::default(), day(today), calendar());
    found.into_iter().map(|lag| (lag.stage, lag.since, lag.level)).collect()
}

#[test]
fn the_missing_step_is_named_with_the_day_since_when() {
    use WarningLevel::{Red, Yellow};
    // 92 days: research by the 28th (30 %), contact by the 42nd (45 %), review by the 74th (80 %), reply by the last.
    let clock = clock(&[]);
    assert_eq!(lags(&clock, &[], "2026-03-30"), []);
    assert_eq!(lags(&clock, &[], "2026-03-31"), [(Research, day("2026-03-31"), Yellow)]);
    let researched = [(Research, "2026-03-20")];
    assert_eq!(lags(&clock, &researched, "2026-04-13"), []);
    assert_eq!(lags(&clock, &researched, "2026-04-16"), [(Contact, day("2026-04-14"), Yellow)]);
    assert_eq!(lags(&clock, &researched, "2026-04-21"), [(Contact, day("2026-04-14"), Red)], "the sixth working day");
    // A later step does not make up for the one that is missing; a report of a day to come does not count.
    let skipped = [(Research, "2026-03-20"), (Review, "2026-05-10"), (Contact, "2026-06-20")];
    assert_eq!(
        lags(&clock, &skipped, "2026-06-03"),
        [(Contact, day("2026-04-14"), Red), (WrittenReply, day("2026-06-03"), Red)]
    );
}

#[test]
fn milestones_move_with_pauses_and_extensions_and_end_with_the_finish() {
    let reason = PauseReason::Dispute;
    let early = clock(&[
        ClockEvent::Paused { on: day("2026-03-10"), reason },
        ClockEvent::Resumed { on: day("2026-03-20"), reason },
    ]);
    assert_eq!(lags(&early, &[], "2026-04-09"), [], "ten days later: 9 April");
    assert_eq!(lags(&early, &[], "2026-04-10").len(), 1);
    let late = clock(&[
        ClockEvent::Paused { on: day("2026-05-06"), reason },
        ClockEvent::Resumed { on: day("2026-05-16"), reason },
    ]);
    assert_eq!(lags(&late, &[], "2026-03-31").len(), 1, "a later pause does not excuse what was late before");
    let extended = clock(&[ClockEvent::ExtensionGranted { on: day("2026-03-20"), until: day("2026-08-29") }]);
    // 180 days now: research by the 54th, 25 April.
    assert_eq!(lags(&extended, &[], "2026-04-25"), []);
    assert_eq!(lags(&extended, &[], "2026-04-26").len(), 1);
    let finished = clock(&[ClockEvent::Finished { on: day("2026-05-22") }]);
    assert_eq!(lags(&finished, &[], "2026-06-30"), []);
    let again =
        clock(&[ClockEvent::Finished { on: day("2026-05-22") }, ClockEvent::RoundOpened { on: day("2026-06-01") }]);
    // One month: research by the 9th day. A report of the round before does not count.
    assert_eq!(lags(&again, &[(Research, "2026-03-20")], "2026-06-11").len(), 1);
    assert_eq!(lags(&again, &[(Research, "2026-06-05")], "2026-06-11"), []);
}

#[test]
fn a_region_is_measured_by_its_own_pace_where_that_is_faster() {
    use LagBasis::{Milestone, PastPace};
    let of = |stage, percent| StagePace { stage, percent, samples: 40 };
    // Contact usually within a fifth of the time (the 19th day, 21 March), research not before half of it.
    let pace = Pace::new([of(Contact, 20), of(Research, 50)]);
    let clock = clock(&[]);
    let lags = |today: &str| -> Vec<_> {
        let found = stage_lag(&clock, &[], &shanghai().milestones, &pace, day(today), calendar());
        found.into_iter().map(|lag| (lag.stage, lag.due_on, lag.level, lag.basis)).collect()
    };
    let (yellow, red) = (WarningLevel::Yellow, WarningLevel::Red);
    assert_eq!(lags("2026-03-21"), []);
    assert_eq!(lags("2026-03-22"), [(Contact, day("2026-03-21"), yellow, PastPace)]);
    // By its pace a step never turns red, and once the milestone has passed that is what it is measured by.
    let both = lags("2026-04-13");
    assert_eq!(both[1], (Contact, day("2026-03-21"), yellow, PastPace));
    assert_eq!(both[0].3, Milestone, "a slow habit is no excuse for research");
    assert_eq!(lags("2026-04-14")[1], (Contact, day("2026-04-13"), yellow, Milestone));
    assert_eq!(lags("2026-04-21")[1], (Contact, day("2026-04-13"), red, Milestone));
}
