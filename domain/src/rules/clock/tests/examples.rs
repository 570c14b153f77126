//! Lives of clocks worked out by hand, and the sentences that tell them.

use super::{calendar, day, shanghai};
use crate::language::Language;
use crate::rules::clock::{Clock, ClockEvent, ClockFault, ClockState, run};
use crate::rules::deadline::{RuleReference, explain};
use crate::rules::rule_set::{Amount, Basis, CountUnit, Length, MonthDay, PauseReason, Period, Roll, RuleSet};

use PauseReason::{Dispute, Return};

fn started(on: &str) -> ClockEvent {
    ClockEvent::Started { on: day(on) }
}
fn paused(on: &str, reason: PauseReason) -> ClockEvent {
    ClockEvent::Paused { on: day(on), reason }
}
fn resumed(on: &str, reason: PauseReason) -> ClockEvent {
    ClockEvent::Resumed { on: day(on), reason }
}
fn asked(on: &str, until: &str) -> ClockEvent {
    ClockEvent::ExtensionAsked { on: day(on), until: day(until) }
}
fn granted(on: &str, until: &str) -> ClockEvent {
    ClockEvent::ExtensionGranted { on: day(on), until: day(until) }
}
fn refused(on: &str) -> ClockEvent {
    ClockEvent::ExtensionRefused { on: day(on) }
}
fn reassigned(on: &str) -> ClockEvent {
    ClockEvent::Reassigned { on: day(on) }
}
fn round(on: &str) -> ClockEvent {
    ClockEvent::RoundOpened { on: day(on) }
}
fn finished(on: &str) -> ClockEvent {
    ClockEvent::Finished { on: day(on) }
}

fn reply_period(unit: CountUnit, amount: u16, roll: Roll) -> RuleSet {
    let mut rules = shanghai();
    rules.deadlines.reply = Period::counted(unit, amount, roll);
    rules
}

/// The clock of a reply, judged on the day of the last event.
fn clock(events: &[ClockEvent], rules: &RuleSet) -> Clock {
    run(Basis::Reply, events, events.last().unwrap().on(), rules, calendar()).unwrap().unwrap()
}

fn due_on(events: &[ClockEvent], rules: &RuleSet) -> String {
    clock(events, rules).due.due_on.to_string()
}

#[test]
fn the_days_on_which_the_clock_stands_are_given_back() {
    let months = shanghai();
    // 2 March + 3 months = 2 June; from the pause up to the day before the resumption it stands.
    let cases: [(&[ClockEvent], &str); 8] = [
        (&[paused("2026-03-10", Return), resumed("2026-03-20", Return)], "2026-06-12"),
        (&[paused("2026-03-10", Return), resumed("2026-03-10", Return)], "2026-06-02"), // one day: nothing
        (&[paused("2026-03-10", Return), resumed("2026-03-11", Return)], "2026-06-03"),
        (&[paused("2026-03-02", Return), resumed("2026-03-05", Return)], "2026-06-04"), // the start counts anyway not
        (&[paused("2026-06-02", Return), resumed("2026-06-05", Return)], "2026-06-05"), // on the due day: in time
        (&[paused("2026-06-03", Return), resumed("2026-06-05", Return)], "2026-06-02"), // too late
        (
            // Overlapping: 2 to 15 March, counted once.
            &[
                paused("2026-03-02", Return),
                paused("2026-03-06", Dispute),
                resumed("2026-03-10", Return),
                resumed("2026-03-16", Dispute),
            ],
            "2026-06-15",
        ),
        (
            // Two that meet are one: 10 to 19 March.
            &[
                paused("2026-03-10", Return),
                resumed("2026-03-15", Return),
                paused("2026-03-15", Dispute),
                resumed("2026-03-20", Dispute),
            ],
            "2026-06-12",
        ),
    ];
    for (pauses, expected) in cases {
        let events: Vec<_> = [started("2026-03-02")].iter().chain(pauses).copied().collect();
        assert_eq!(due_on(&events, &months), expected, "{pauses:?}");
    }
    // From 30 November the month has no such day, and 1 to 10 December are given back.
    let events = [started("2025-11-30"), paused("2025-12-01", Return), resumed("2025-12-11", Return)];
    assert_eq!(due_on(&events, &months), "2026-03-10");
}

#[test]
fn working_days_are_given_back_as_working_days() {
    let rules = reply_period(CountUnit::WorkingDays, 7, Roll::None);
    // Without a pause: 11, 12, 13, make-up 14, then 24, 25, 26 February.
    assert_eq!(due_on(&[started("2026-02-10")], &rules), "2026-02-26");
    // It stands on 12, 13 and 14; Spring Festival is no working day anyway. Then 24 to 27, make-up 28, 2 March.
    let events = [started("2026-02-10"), paused("2026-02-12", Return), resumed("2026-02-24", Return)];
    assert_eq!(due_on(&events, &rules), "2026-03-02");
    // Days off alone are nothing to give back.
    let events = [started("2026-02-10"), paused("2026-02-15", Return), resumed("2026-02-24", Return)];
    assert_eq!(due_on(&events, &rules), "2026-02-26");
}

#[test]
fn a_reason_for_which_the_region_does_not_pause_changes_nothing() {
    let mut rules = shanghai();
    rules.clock.pause_for = vec![Dispute];
    let events = [started("2026-03-02"), paused("2026-03-10", Return), resumed("2026-03-20", Return)];
    assert_eq!(due_on(&events, &rules), "2026-06-02");
    let clock = clock(&events[..2], &rules);
    assert_eq!((clock.state, clock.due.provisional, clock.due.parts.len()), (ClockState::Running, false, 1));
}

#[test]
fn an_open_pause_keeps_what_is_left_and_makes_the_day_provisional() {
    let rules = shanghai();
    let events = [started("2026-03-02"), paused("2026-03-10", Return)];
    for (today, due_on) in [("2026-03-10", "2026-06-03"), ("2026-03-11", "2026-06-04"), ("2026-05-31", "2026-08-24")] {
        let clock = run(Basis::Reply, &events, day(today), &rules, calendar()).unwrap().unwrap();
        assert_eq!(clock.due.due_on, day(due_on));
        assert_eq!((day(due_on) - day(today)).num_days(), 85, "the same is left every day");
        assert!(clock.due.provisional && clock.stands_on(day("2027-01-01")));
        assert_eq!(clock.state, ClockState::Paused { since: day("2026-03-10") });
    }
}

#[test]
fn a_pause_moves_a_day_granted_before_and_the_longest_extension() {
    let rules = shanghai();
    // 12 January + 3 months = 12 April, at most 12 July.
    let before = [started("2026-01-12"), granted("2026-03-20", "2026-06-20")];
    assert_eq!(due_on(&before, &rules), "2026-06-20");
    let after = [before[0], before[1], paused("2026-04-01", Return), resumed("2026-04-08", Return)];
    assert_eq!(due_on(&after, &rules), "2026-06-27");
    assert_eq!(clock(&after, &rules).latest_extension, Some(day("2026-07-19")));
    // What it stood before the grant was known to whoever granted.
    let earlier = [before[0], paused("2026-02-01", Return), resumed("2026-02-08", Return), before[1]];
    assert_eq!(due_on(&earlier, &rules), "2026-06-20");
    assert_eq!(clock(&earlier, &rules).latest_extension, Some(day("2026-07-19")));
    // Both pauses, as in the worked example of the documentation.
    let both = [before[0], earlier[1], earlier[2], before[1], after[2], after[3]];
    assert_eq!(
        (due_on(&both, &rules), clock(&both, &rules).latest_extension),
        ("2026-06-27".into(), Some(day("2026-07-26")))
    );
    // A granted day before the one computed is no extension; refusal changes nothing.
    assert_eq!(due_on(&[before[0], granted("2026-02-01", "2026-04-01")], &rules), "2026-04-12");
    let asking = [before[0], asked("2026-02-01", "2026-06-20")];
    assert_eq!(clock(&asking, &rules).extension_asked, Some(day("2026-06-20")));
    let refusal = [before[0], asked("2026-02-01", "2026-06-20"), refused("2026-02-03")];
    assert_eq!((due_on(&refusal, &rules), clock(&refusal, &rules).extension_asked), ("2026-04-12".into(), None));
}

#[test]
fn a_roll_passes_over_days_off_and_days_on_which_the_clock_stands() {
    let rules = reply_period(CountUnit::Months, 3, Roll::NextWorkingDay);
    // 11 January + 3 months = Saturday 11 April; the clock stands from Sunday to Wednesday.
    let events = [started("2026-01-11"), paused("2026-04-12", Return), resumed("2026-04-16", Return)];
    assert_eq!(due_on(&events, &rules), "2026-04-16");
    assert_eq!(due_on(&events[..1], &rules), "2026-04-13");
}

#[test]
fn a_reassignment_restarts_only_what_the_region_says() {
    let rules = shanghai();
    let events = [
        started("2026-03-02"),
        granted("2026-03-03", "2026-07-01"),
        paused("2026-03-04", Return),
        reassigned("2026-03-09"),
    ];
    let co = run(Basis::CoOpinion, &events, day("2026-03-09"), &rules, calendar()).unwrap().unwrap();
    assert_eq!((co.due.due_on, co.counts_from), (day("2026-04-09"), day("2026-03-09")), "anew, without the extension");
    assert_eq!(co.state, ClockState::Running);
    let reply = clock(&events, &rules);
    assert_eq!((reply.due.due_on, reply.counts_from), (day("2026-07-06"), day("2026-03-02")), "five days given back");
    assert_eq!(reply.state, ClockState::Running, "the reassignment settles the request to hand back");
}

#[test]
fn another_round_counts_anew_with_its_own_period() {
    let mut rules = shanghai();
    let events =
        [started("2026-03-02"), granted("2026-05-02", "2026-07-01"), finished("2026-05-20"), round("2026-06-01")];
    let clock2 = clock(&events, &rules);
    assert_eq!((clock2.due.due_on, clock2.round, clock2.due.basis), (day("2026-07-01"), 2, Basis::Rehandle));
    assert_eq!(clock2.state, ClockState::Running);
    assert_eq!(clock(&events[..3], &rules).state, ClockState::Finished { on: day("2026-05-20") });
    // A region without a period for it falls back on that of the reply.
    rules.deadlines.rehandle = None;
    assert_eq!((due_on(&events, &rules), clock(&events, &rules).due.basis), ("2026-09-01".into(), Basis::Reply));
    let none = run(Basis::FirstContact, &events[..1], day("2026-03-02"), &rules, calendar());
    assert_eq!(none, Ok(None), "the region sets no such period");
}

#[test]
fn a_day_of_the_year_is_the_first_after_the_start_and_never_beyond_its_bound() {
    let mut rules = shanghai();
    let months = Amount { unit: CountUnit::Months, amount: 3 };
    let fixed = |at_most| Length::FixedDate { date: MonthDay::new(6, 30).unwrap(), at_most };
    rules.deadlines.reply.length = fixed(Some(months));
    for (start, expected) in [
        ("2026-04-28", "2026-06-30"),
        ("2026-06-29", "2026-06-30"),
        ("2026-02-10", "2026-05-10"), // three months come first
        ("2026-06-30", "2026-09-30"), // the start does not count, so the next 30 June is meant
        ("2025-11-30", "2026-02-28"),
    ] {
        assert_eq!(due_on(&[started(start)], &rules), expected, "{start}");
    }
    let events = [started("2026-04-28"), paused("2026-05-06", Return), resumed("2026-05-16", Return)];
    assert_eq!(due_on(&events, &rules), "2026-07-10", "ten calendar days given back");
    rules.deadlines.reply.length = fixed(None);
    assert_eq!(due_on(&[started("2026-06-30")], &rules), "2027-06-30");
    rules.deadlines.reply.start_counts = true;
    assert_eq!(due_on(&[started("2026-06-30")], &rules), "2026-06-30");
}

#[test]
fn a_start_that_counts_is_the_first_day_of_the_period() {
    for (unit, amount, start, expected) in [
        (CountUnit::WorkingDays, 5, "2026-02-13", "2026-02-26"), // 13, make-up 14, 24, 25, 26
        (CountUnit::WorkingDays, 1, "2026-02-15", "2026-02-24"), // the start is a day off
        (CountUnit::CalendarDays, 1, "2026-03-01", "2026-03-01"),
        (CountUnit::Months, 1, "2026-03-01", "2026-03-31"),
        (CountUnit::Months, 1, "2026-03-15", "2026-04-14"),
        (CountUnit::Months, 1, "2026-01-31", "2026-02-28"), // no 31 February: the month's last day all the same
    ] {
        let mut rules = reply_period(unit, amount, Roll::None);
        rules.deadlines.reply.start_counts = true;
        assert_eq!(due_on(&[started(start)], &rules), expected, "{amount} {unit} from {start}");
    }
}

#[test]
fn lives_that_cannot_have_happened_are_refused_with_the_reason() {
    let first = started("2026-03-02");
    let cases: [(&[ClockEvent], ClockFault); 11] = [
        (&[], ClockFault::NotStarted),
        (&[paused("2026-03-02", Return)], ClockFault::NotStarted),
        (&[first, started("2026-03-03")], ClockFault::StartedTwice { at: 1 }),
        (
            &[first, paused("2026-03-01", Return)],
            ClockFault::OutOfOrder { at: 1, on: day("2026-03-01"), after: day("2026-03-02") },
        ),
        (
            &[first, paused("2026-03-03", Return), paused("2026-03-04", Return)],
            ClockFault::AlreadyPaused { at: 2, reason: Return },
        ),
        (&[first, resumed("2026-03-03", Return)], ClockFault::NotPaused { at: 1, reason: Return }),
        (
            &[first, paused("2026-03-03", Return), resumed("2026-03-03", Dispute)],
            ClockFault::NotPaused { at: 2, reason: Dispute },
        ),
        (
            &[first, asked("2026-03-03", "2026-07-01"), asked("2026-03-04", "2026-07-01")],
            ClockFault::AskedTwice { at: 2 },
        ),
        (&[first, refused("2026-03-03")], ClockFault::NothingAsked { at: 1 }),
        (&[first, finished("2026-03-03"), paused("2026-03-04", Return)], ClockFault::AfterFinish { at: 2 }),
        (&[first, finished("2026-03-03"), finished("2026-03-04")], ClockFault::AfterFinish { at: 2 }),
    ];
    for (events, fault) in cases {
        assert_eq!(run(Basis::Reply, events, day("2026-03-05"), &shanghai(), calendar()), Err(fault), "{events:?}");
        assert!(!fault.message(Language::Zh).is_empty() && fault.to_string() != fault.message(Language::Zh));
    }
    assert_eq!(ClockFault::NotPaused { at: 1, reason: Return }.message(Language::Zh), "第2个事件:未因申请退办暂停计时");
}

fn told(basis: Basis, events: &[ClockEvent], today: &str, rules: &RuleSet) -> (String, String) {
    let rule = RuleReference { name: "清河区办理规则", version: 3 };
    let clock = run(basis, events, day(today), rules, calendar()).unwrap().unwrap();
    (explain(&clock.due, rule, Language::Zh), explain(&clock.due, rule, Language::En))
}

#[test]
fn one_sentence_tells_the_whole_life() {
    let events = [
        started("2026-01-12"),
        paused("2026-02-01", Return),
        resumed("2026-02-08", Return),
        asked("2026-03-16", "2026-06-20"),
        refused("2026-03-18"),
        asked("2026-03-19", "2026-06-20"),
        granted("2026-03-20", "2026-06-20"),
        paused("2026-04-01", Return),
        paused("2026-04-03", Dispute),
        resumed("2026-04-03", Return),
        resumed("2026-04-08", Dispute),
        reassigned("2026-04-20"),
    ];
    let (zh, en) = told(Basis::Reply, &events, "2026-04-20", &shanghai());
    assert_eq!(
        zh,
        "自2026年1月12日起算(当日不计),依《清河区办理规则》第3版,书面答复期限为3个月,至2026年4月12日届满;\
         因申请退办自2026年2月1日起暂停计时,2026年2月8日恢复,停计7日,顺延至2026年4月19日;\
         2026年3月16日申请延期至2026年6月20日;2026年3月18日未予批准延期;2026年3月19日申请延期至2026年6月20日;\
         经批准延期至2026年6月20日;\
         因申请退办、争议协调自2026年4月1日起暂停计时,2026年4月8日恢复,停计7日,顺延至2026年6月27日;\
         2026年4月20日改由其他单位承办,不重新起算。"
    );
    assert_eq!(
        en,
        "From 12 January 2026 (not counted), by \"清河区办理规则\" version 3, the written reply has 3 months, and ends on \
         12 April 2026; for a request to hand back the clock stood from 1 February 2026 and ran again from 8 February \
         2026: 7 calendar days were not used up, so it moves to 19 April 2026; on 16 March 2026 more time was asked for \
         until 20 June 2026; on 18 March 2026 more time was refused; on 19 March 2026 more time was asked for until 20 \
         June 2026; more time was granted until 20 June 2026; for a request to hand back and a dispute the clock stood \
         from 1 April 2026 and ran again from 8 April 2026: 7 calendar days were not used up, so it moves to 27 June \
         2026; on 20 April 2026 another agency took over, which does not restart the count."
    );
}

#[test]
fn the_sentence_names_working_days_rounds_restarts_and_days_of_the_year() {
    let rules = reply_period(CountUnit::WorkingDays, 7, Roll::None);
    let events = [started("2026-02-10"), paused("2026-02-12", Return)];
    let (zh, en) = told(Basis::Reply, &events, "2026-02-14", &rules);
    assert_eq!(
        zh,
        "自2026年2月10日起算(当日不计),依《清河区办理规则》第3版,书面答复期限为7个工作日,其间春节2月15日至2月23日放假,\
         春节2月14日调休上班,至2026年2月26日届满;因申请退办自2026年2月12日起暂停计时,尚未恢复,停计3个工作日\
         (其间春节2月28日调休上班),暂按顺延至2026年3月2日。"
    );
    assert!(en.ends_with(
        "for a request to hand back the clock stood from 12 February 2026 and still stands: 3 working days were not used \
         up (make-up days 28 February (春节)), so it moves for now to 2 March 2026."
    ), "{en}");
    let late = [started("2026-02-10"), paused("2026-02-27", Return), resumed("2026-03-02", Return)];
    let (zh, _) = told(Basis::Reply, &late, "2026-03-02", &rules);
    assert!(zh.ends_with("因申请退办自2026年2月27日起暂停计时,2026年3月2日恢复,停计2个工作日,期限不变。"), "{zh}");

    let events = [started("2026-03-02"), finished("2026-05-20"), round("2026-06-01")];
    let (zh, en) = told(Basis::Reply, &events, "2026-06-01", &shanghai());
    assert!(zh.starts_with("第2轮办理自2026年6月1日开始;自2026年6月1日起算"), "{zh}");
    assert!(en.starts_with("Round 2 began on 1 June 2026; From 1 June 2026"), "{en}");
    let (zh, _) = told(Basis::CoOpinion, &[started("2026-03-02"), reassigned("2026-03-09")], "2026-03-09", &shanghai());
    assert!(zh.starts_with("2026年3月9日改由其他单位承办,重新起算;自2026年3月9日起算"), "{zh}");

    let mut anew = shanghai();
    anew.clock.restart_on_reassignment.push(Basis::Rehandle);
    let events = [started("2026-03-02"), round("2026-06-01"), reassigned("2026-06-05")];
    let (zh, _) = told(Basis::Reply, &events, "2026-06-05", &anew);
    assert!(zh.starts_with("第2轮办理自2026年6月1日开始;2026年6月5日改由其他单位承办,重新起算;"), "{zh}");

    let mut rules = shanghai();
    let at_most = Some(Amount { unit: CountUnit::Months, amount: 3 });
    rules.deadlines.reply = Period {
        length: Length::FixedDate { date: MonthDay::new(6, 30).unwrap(), at_most },
        start_counts: true,
        roll: Roll::None,
    };
    let (zh, en) = told(Basis::Reply, &[started("2026-04-28")], "2026-04-28", &rules);
    assert_eq!(
        zh,
        "自2026年4月28日起算(当日计入),依《清河区办理规则》第3版,书面答复期限为6月30日前(最长3个月),至2026年6月30日届满。"
    );
    assert!(en.contains("(counted)") && en.contains("has until 30 June (at most 3 months)"), "{en}");
}
