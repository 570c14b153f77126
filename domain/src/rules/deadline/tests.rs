//! Tests of due days: tables of examples, and what holds for every day.

use super::*;
use crate::language::Language;
use crate::rules::calendar::{CalendarYear, SHIPPED, plus_days};
use crate::rules::rule_set::{CountUnit, Roll};
use proptest::prelude::*;
use std::sync::LazyLock;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn calendar() -> &'static Calendar {
    static SHIPPED_YEARS: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::from_years(SHIPPED.iter().map(|json| CalendarYear::parse(json).unwrap())));
    &SHIPPED_YEARS
}

fn rules() -> RuleSet {
    static SHANGHAI: LazyLock<RuleSet> =
        LazyLock::new(|| RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap());
    SHANGHAI.clone()
}

/// The due day of a reply under a period of this unit, amount and roll.
fn reply(start: &str, unit: CountUnit, amount: u16, roll: Roll) -> Due {
    let mut rules = rules();
    rules.deadlines.reply = Period::counted(unit, amount, roll);
    due(&DeadlineInput { basis: Basis::Reply, start: day(start), extension: None }, &rules, calendar()).unwrap()
}

#[test]
fn month_periods_end_on_the_same_day_or_on_the_last_day_of_the_month() {
    let cases = [
        ("2025-01-15", 3, "2025-04-15", false),
        ("2025-11-30", 3, "2026-02-28", true), // no 30 February
        ("2023-11-30", 3, "2024-02-29", true), // leap year
        ("2024-02-29", 12, "2025-02-28", true),
        ("2025-01-31", 1, "2025-02-28", true),
        ("2025-01-31", 3, "2025-04-30", true),
        ("2025-02-28", 3, "2025-05-28", false), // not the month's last day: 28, not 31
        ("2024-02-29", 1, "2024-03-29", false),
        ("2025-12-01", 1, "2026-01-01", false),
    ];
    for (start, amount, expected, clamped) in cases {
        let due = reply(start, CountUnit::Months, amount, Roll::None);
        assert_eq!(due.due_on, day(expected), "{start} + {amount} months");
        assert!(matches!(due.parts[..], [Part::Counted { clamped: found, .. }] if found == clamped), "{start}");
        assert!(!due.provisional);
    }
}

#[test]
fn a_period_that_ends_on_a_day_off_rolls_to_the_next_working_day() {
    let cases = [
        ("2026-02-01", CountUnit::Months, 3, "2026-05-06"), // 1 May: Labour Day to the 5th
        ("2025-11-14", CountUnit::Months, 3, "2026-02-14"), // a make-up Saturday: people work
        ("2025-11-15", CountUnit::Months, 3, "2026-02-24"), // first day of Spring Festival
        ("2025-11-30", CountUnit::Months, 3, "2026-02-28"), // 28 February is a make-up Saturday
        ("2025-12-11", CountUnit::Months, 3, "2026-03-11"), // an ordinary Wednesday
        ("2026-01-11", CountUnit::Months, 3, "2026-04-13"), // an ordinary Saturday
        ("2026-01-16", CountUnit::CalendarDays, 30, "2026-02-24"),
        ("2025-12-31", CountUnit::CalendarDays, 1, "2026-01-04"), // a make-up Sunday after New Year
    ];
    for (start, unit, amount, expected) in cases {
        let due = reply(start, unit, amount, Roll::NextWorkingDay);
        assert_eq!(due.due_on, day(expected), "{start} + {amount} {unit}");
        assert!(!due.provisional);
    }
}

#[test]
fn working_days_leave_out_holidays_and_count_make_up_days() {
    let cases = [
        ("2026-02-10", 7, "2026-02-26"), // 11, 12, 13, make-up 14, then 24, 25, 26
        ("2026-02-13", 1, "2026-02-14"),
        ("2025-01-20", 7, "2025-02-05"), // 21 to 24, make-up 26, 27; the festival ends on 4 February
        ("2024-09-27", 3, "2024-10-08"), // make-up 29, 30; then the 8th
        ("2026-01-03", 1, "2026-01-04"),
    ];
    for (start, amount, expected) in cases {
        assert_eq!(
            reply(start, CountUnit::WorkingDays, amount, Roll::None).due_on,
            day(expected),
            "{start} + {amount}"
        );
    }
}

#[test]
fn ninety_days_are_not_three_months() {
    let days = reply("2026-01-30", CountUnit::CalendarDays, 90, Roll::None).due_on;
    let months = reply("2026-01-30", CountUnit::Months, 3, Roll::None).due_on;
    assert_eq!((days, months), (day("2026-04-30"), day("2026-04-30")));
    let days = reply("2026-05-30", CountUnit::CalendarDays, 90, Roll::None).due_on;
    let months = reply("2026-05-30", CountUnit::Months, 3, Roll::None).due_on;
    assert_eq!((days, months), (day("2026-08-28"), day("2026-08-30")));
}

#[test]
fn a_day_that_rests_on_an_unpublished_year_is_provisional() {
    let provisional = |start, unit, amount, roll| reply(start, unit, amount, roll).provisional;
    assert!(provisional("2026-12-30", CountUnit::WorkingDays, 5, Roll::None));
    assert!(provisional("2026-10-15", CountUnit::Months, 3, Roll::NextWorkingDay));
    assert!(!provisional("2026-10-15", CountUnit::Months, 3, Roll::None), "the calendar is not asked");
    assert!(!provisional("2026-12-28", CountUnit::WorkingDays, 3, Roll::None), "ends on 31 December");
    assert!(!provisional("2023-12-31", CountUnit::WorkingDays, 3, Roll::None), "the start does not count");
    let due = reply("2026-12-30", CountUnit::WorkingDays, 5, Roll::None);
    assert_eq!(due.parts.last(), Some(&Part::Unpublished { years: vec![2027] }));
}

#[test]
fn an_extension_moves_the_due_day_only_to_a_later_day() {
    let due_with = |extension: &str| {
        let input = DeadlineInput { basis: Basis::Reply, start: day("2026-01-12"), extension: Some(day(extension)) };
        due(&input, &rules(), calendar()).unwrap()
    };
    assert_eq!(due_with("2026-06-20").due_on, day("2026-06-20"), "a granted day does not roll");
    assert_eq!(due_with("2026-03-01").due_on, day("2026-04-12"), "an earlier day is no extension");
    let input = DeadlineInput { basis: Basis::Reply, start: day("2026-10-15"), extension: Some(day("2027-03-15")) };
    assert!(!due(&input, &rules(), calendar()).unwrap().provisional, "a granted day rests on no calendar");
    assert_eq!(latest_extension(day("2026-01-12"), &rules(), calendar()), Some(day("2026-07-12")));
}

#[test]
fn a_reply_is_published_at_the_end_of_the_waiting_period_of_its_region() {
    let mut rules = rules();
    assert_eq!(first_publication_day(day("2026-09-28"), &rules, calendar()), None, "no region waits by itself");
    let waits = |rules: &mut RuleSet, unit, amount| {
        rules.deadlines.publication_not_before = Some(Period::counted(unit, amount, Roll::None));
        first_publication_day(day("2026-09-28"), rules, calendar())
    };
    assert_eq!(waits(&mut rules, CountUnit::CalendarDays, 5), Some(day("2026-10-03")));
    // The National Day holidays of 2026 last from 1 to 7 October; 10 October is worked.
    assert_eq!(waits(&mut rules, CountUnit::WorkingDays, 5), Some(day("2026-10-10")));
}

#[test]
fn each_basis_takes_its_own_period() {
    let due_on = |basis| {
        due(&DeadlineInput { basis, start: day("2026-03-02"), extension: None }, &rules(), calendar())
            .map(|due| due.due_on)
    };
    assert_eq!(due_on(Basis::Reply), Some(day("2026-06-02")));
    assert_eq!(due_on(Basis::ReturnWindow), Some(day("2026-03-11")));
    assert_eq!(due_on(Basis::CoOpinion), Some(day("2026-04-02")));
    assert_eq!(due_on(Basis::Feedback), Some(day("2026-03-30")));
    assert_eq!(due_on(Basis::Rehandle), Some(day("2026-04-02")));
    assert_eq!(due_on(Basis::Publication), Some(day("2026-03-30")));
    assert_eq!((due_on(Basis::Reassign), due_on(Basis::FirstContact)), (None, None));
}

#[test]
fn the_lamp_turns_with_the_working_days_left() {
    use WarningLevel::{Green, Red, Yellow};
    let warning = WarningThresholds { yellow_days_left: 10, red_days_left: 3 };
    let status_on = |today: &str, finished: Option<&str>| {
        let status = status(day("2026-03-06"), day(today), finished.map(day), &warning, calendar());
        (status.level, status.overdue, status.working_days_left)
    };
    assert_eq!(status_on("2026-02-12", None), (Green, false, 12), "Spring Festival does not count");
    assert_eq!(status_on("2026-02-13", None), (Green, false, 11));
    assert_eq!(status_on("2026-02-14", None), (Yellow, false, 10), "the make-up Saturday is used up");
    assert_eq!(status_on("2026-03-02", None), (Yellow, false, 4));
    assert_eq!(status_on("2026-03-03", None), (Red, false, 3));
    assert_eq!(status_on("2026-03-06", None), (Red, false, 0), "the due day itself is not late");
    assert_eq!(status_on("2026-03-07", None), (Red, true, 0), "late on the Saturday, though no working day is lost");
    assert_eq!(status_on("2026-03-10", None), (Red, true, -2));
    assert_eq!(status_on("2026-09-01", Some("2026-03-06")), (Green, false, 0), "finished in time stays so");
    assert_eq!(status_on("2026-09-01", Some("2026-03-09")), (Green, true, -1), "finished late stays so");
}

#[test]
fn one_sentence_tells_how_the_day_came_about() {
    let rule = RuleReference { name: "清河区办理规则", version: 3 };
    let tell = |due: &Due| (explain(due, rule, Language::Zh), explain(due, rule, Language::En));
    let (zh, en) = tell(&reply("2026-02-10", CountUnit::WorkingDays, 7, Roll::None));
    assert_eq!(
        zh,
        "自2026年2月10日起算(当日不计),依《清河区办理规则》第3版,书面答复期限为7个工作日,其间春节2月15日至2月23日放假,春节2月14日调休上班,至2026年2月26日届满。"
    );
    assert_eq!(
        en,
        "From 10 February 2026 (not counted), by \"清河区办理规则\" version 3, the written reply has 7 working days, with days off 15 February to 23 February (春节) and make-up days 14 February (春节), and ends on 26 February 2026."
    );
    let (zh, en) = tell(&reply("2026-01-31", CountUnit::Months, 15, Roll::NextWorkingDay));
    assert_eq!(
        zh,
        "自2026年1月31日起算(当日不计),依《清河区办理规则》第3版,书面答复期限为15个月,4月无31日,以当月最后一日为准,至2027年4月30日届满;2027年节假日安排尚未公布,此日期为暂定。"
    );
    assert!(en.ends_with("; the holidays of 2027 are not yet published, so this day is provisional."), "{en}");
    let input = DeadlineInput { basis: Basis::Reply, start: day("2026-02-01"), extension: Some(day("2026-06-30")) };
    let mut rolling = rules();
    rolling.deadlines.reply.roll = Roll::NextWorkingDay;
    let (zh, en) = tell(&due(&input, &rolling, calendar()).unwrap());
    assert_eq!(
        zh,
        "自2026年2月1日起算(当日不计),依《清河区办理规则》第3版,书面答复期限为3个月,至2026年5月1日届满;5月1日非工作日(劳动节5月1日至5月5日放假),顺延至2026年5月6日;经批准延期至2026年6月30日。"
    );
    assert!(
        en.contains(
            "1 May is a day off (days off 1 May to 5 May (劳动节)), so it moves to 6 May 2026; more time was granted"
        ),
        "{en}"
    );
    let (zh, _) = tell(&reply("2026-01-11", CountUnit::Months, 3, Roll::NextWorkingDay));
    assert!(zh.ends_with("至2026年4月11日届满;4月11日为休息日,顺延至2026年4月13日。"), "{zh}");
}

proptest! {
    #[test]
    fn due_days_come_after_their_start_grow_with_the_period_and_land_on_working_days_when_they_roll(
        offset in 0_u64..1200, amount in 1_u16..25, unit in prop::sample::select(CountUnit::ALL),
    ) {
        let start = plus_days(day("2023-12-01"), offset).to_string();
        let plain = reply(&start, unit, amount, Roll::None);
        let rolled = reply(&start, unit, amount, Roll::NextWorkingDay);
        let longer = reply(&start, unit, amount + 1, Roll::None);
        prop_assert!(day(&start) < plain.due_on && plain.due_on <= rolled.due_on && plain.due_on < longer.due_on);
        prop_assert!(calendar().is_working_day(rolled.due_on));
        prop_assert_eq!(rolled.due_on > plain.due_on, rolled.parts.iter().any(|part| matches!(part, Part::Rolled { .. })));
    }

    #[test]
    fn the_lamp_never_turns_back_while_nothing_happens(offset in 0_u64..700, length in 0_u64..90) {
        let (rules, calendar) = (rules(), calendar());
        let today = plus_days(day("2024-01-01"), offset);
        let due_on = plus_days(today, length);
        let now = status(due_on, today, None, &rules.warning, calendar);
        let tomorrow = status(due_on, plus_days(today, 1), None, &rules.warning, calendar);
        prop_assert!(now.level <= tomorrow.level && now.overdue <= tomorrow.overdue && now.working_days_left >= tomorrow.working_days_left);
    }
}
