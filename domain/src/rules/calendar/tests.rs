//! Tests of the calendar: the shipped years, the arithmetic, and the faults of files.

use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shipped() -> &'static Calendar {
    static SHIPPED_YEARS: LazyLock<Calendar> =
        LazyLock::new(|| Calendar::from_years(SHIPPED.iter().map(|json| CalendarYear::parse(json).unwrap())));
    &SHIPPED_YEARS
}

/// Counts day by day.
fn slow_between(calendar: &Calendar, after: NaiveDate, through: NaiveDate) -> i64 {
    let (from, to, sign) = if after <= through { (after, through, 1) } else { (through, after, -1) };
    let count =
        from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.is_working_day(*day)).count();
    sign * i64::try_from(count).unwrap()
}

/// Walks day by day.
fn slow_add(calendar: &Calendar, start: NaiveDate, count: u16) -> NaiveDate {
    if count == 0 {
        return start;
    }
    start.iter_days().skip(1).filter(|day| calendar.is_working_day(*day)).nth(usize::from(count) - 1).unwrap()
}

#[test]
fn the_shipped_years_hold_the_days_of_the_notices() {
    let calendar = shipped();
    let make_up = |year: i32| -> Vec<String> {
        let days = calendar.days_between(day(&format!("{}-12-31", year - 1)), day(&format!("{year}-12-31")));
        days.iter().filter(|row| row.kind == DayKind::MakeUp).map(|row| row.date.format("%m-%d").to_string()).collect()
    };
    assert_eq!(make_up(2017), ["01-22", "02-04", "04-01", "05-27", "09-30"]);
    assert_eq!(make_up(2018), ["02-11", "02-24", "04-08", "04-28", "09-29", "09-30", "12-29"]);
    assert_eq!(make_up(2019), ["02-02", "02-03", "04-28", "05-05", "09-29", "10-12"]);
    assert_eq!(make_up(2020), ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"]);
    assert_eq!(make_up(2021), ["02-07", "02-20", "04-25", "05-08", "09-18", "09-26", "10-09"]);
    assert_eq!(make_up(2022), ["01-29", "01-30", "04-02", "04-24", "05-07", "10-08", "10-09"]);
    assert_eq!(make_up(2023), ["01-28", "01-29", "04-23", "05-06", "06-25", "10-07", "10-08"]);
    assert_eq!(make_up(2024), ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"]);
    assert_eq!(make_up(2025), ["01-26", "02-08", "04-27", "09-28", "10-11"]);
    assert_eq!(make_up(2026), ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]);
    // Working days of a year: plain week days, minus holidays on week days, plus make-up days.
    let working =
        |year: i32| calendar.working_days_between(day(&format!("{}-12-31", year - 1)), day(&format!("{year}-12-31")));
    let days: Vec<_> = (2017..=2026).map(working).collect();
    assert_eq!(days, [249, 250, 250, 249, 250, 249, 249, 251, 248, 248]);
    assert!(calendar.notice(2026).unwrap().contains("国办发明电〔2025〕7号"));
    assert!(calendar.is_published(2017) && !calendar.is_published(2016) && !calendar.is_published(2027));
}

#[test]
fn notices_that_changed_a_year_later_on_hold() {
    let calendar = shipped();
    // 2019: Labour Day became four days; 2020: Spring Festival was prolonged and its make-up Saturday fell away.
    assert!(!calendar.is_working_day(day("2019-05-02")) && calendar.is_working_day(day("2019-05-05")));
    assert!(!calendar.is_working_day(day("2020-01-31")) && !calendar.is_working_day(day("2020-02-01")));
    assert_eq!(calendar.next_working_day(day("2020-01-24")), day("2020-02-03"));
    assert!(calendar.notice(2019).unwrap().contains("国办发明电〔2019〕3号"));
    assert!(calendar.notice(2020).unwrap().contains("国办发明电〔2020〕1号"));
    // A notice may reach back into the December before.
    assert!(calendar.is_working_day(day("2018-12-29")) && !calendar.is_working_day(day("2018-12-31")));
    assert!(!calendar.is_working_day(day("2022-12-31")) && !calendar.is_working_day(day("2023-01-02")));
}

#[test]
fn people_rest_at_spring_festival_and_work_on_the_make_up_saturday() {
    let calendar = shipped();
    assert!(calendar.is_working_day(day("2026-02-14")), "Saturday before the festival");
    for off in 15..=23 {
        assert!(!calendar.is_working_day(NaiveDate::from_ymd_opt(2026, 2, off).unwrap()));
    }
    assert_eq!(calendar.next_working_day(day("2026-02-15")), day("2026-02-24"));
    assert_eq!(calendar.next_working_day(day("2026-02-14")), day("2026-02-14"));
    assert_eq!(calendar.add_working_days(day("2026-02-13"), 2_u16), day("2026-02-24"));
    assert_eq!(calendar.add_working_days(day("2026-02-15"), 0_u16), day("2026-02-15"));
    assert_eq!(calendar.working_days_between(day("2026-02-13"), day("2026-02-28")), 6);
    assert_eq!(calendar.working_days_between(day("2026-02-28"), day("2026-02-13")), -6);
}

#[test]
fn a_later_row_replaces_an_earlier_one_of_the_same_day() {
    let row = |kind| CalendarDay { date: day("2026-04-18"), kind, name: "三月三".into() };
    let calendar = Calendar::new([], [row(DayKind::Holiday), row(DayKind::MakeUp)]);
    assert!(calendar.is_working_day(day("2026-04-18")));
    assert_eq!(calendar.days_between(day("2026-04-17"), day("2026-04-18")).len(), 1);
    assert!(calendar.days_between(day("2026-05-01"), day("2026-04-01")).is_empty());
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let calendar = shipped();
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        calendar.next_working_day(end);
        calendar.add_working_days(end, u16::MAX);
        calendar.working_days_between(NaiveDate::MIN, end);
    }
}

#[test]
fn every_fault_of_a_file_is_named_by_its_path() {
    let json = r#"{"format": "calendar/2", "year": 2026, "notice": "通知", "days": [
        {"date": "2025-11-30", "name": "元旦", "kind": "HOLIDAY"},
        {"date": "2026-02-16", "name": "春节", "kind": "MAKE_UP"},
        {"date": "2026-02-16", "name": "春节", "kind": "HOLIDAY"},
        {"date": "2025-12-31", "name": "元旦", "kind": "HOLIDAY"}]}"#;
    let paths = |json| CalendarYear::parse(json).unwrap_err().into_iter().map(|fault| fault.path).collect::<Vec<_>>();
    assert_eq!(paths(json), ["$.format", "$.days[0].date", "$.days[1].kind", "$.days[2].date"]);
    let json = r#"{"format": "calendar/1", "year": "2026", "days": [{"date": "2026-2-1", "kind": "FEAST", "isOffDay": true}]}"#;
    assert_eq!(
        paths(json),
        ["$.year", "$.notice", "$.days[0].isOffDay", "$.days[0].date", "$.days[0].name", "$.days[0].kind"]
    );
    assert_eq!(paths("[]"), ["$"]);
    assert_eq!(paths(r#"{"format":"calendar/1","year":1900,"notice":"x","days":[]}"#), ["$.year"]);
}

#[test]
fn the_working_day_with_so_many_left_is_found_backwards() {
    let calendar = shipped();
    // Labour Day 2026: 1 to 5 May are days off, Saturday 9 May is a make-up day.
    let with_left = |of: &str, left: u16| calendar.working_day_with_left(day(of), left);
    assert_eq!(with_left("2026-05-06", 0), day("2026-05-06"));
    assert_eq!(with_left("2026-05-06", 1), day("2026-04-30"));
    assert_eq!(with_left("2026-05-03", 0), day("2026-04-30"), "a day off: the working day before");
    assert_eq!(with_left("2026-05-11", 2), day("2026-05-08"));
    calendar.working_day_with_left(NaiveDate::MIN, u16::MAX);
}

proptest! {
    #[test]
    fn the_arithmetic_agrees_with_counting_day_by_day(offset in 0_u64..3600, length in -500_i64..500, count in 0_u16..300) {
        let calendar = shipped();
        let start = plus_days(day("2017-01-01"), offset);
        let through = start + chrono::TimeDelta::days(length);
        prop_assert_eq!(calendar.working_days_between(start, through), slow_between(calendar, start, through));
        prop_assert_eq!(calendar.add_working_days(start, count), slow_add(calendar, start, count));
    }

    #[test]
    fn the_arithmetic_holds_for_any_calendar(rows in prop::collection::vec((0_u64..120, any::<bool>()), 0..60), offset in 0_u64..120, count in 0_u16..60) {
        let first = day("2026-01-01");
        let days = rows.into_iter().map(|(at, holiday)| CalendarDay {
            date: plus_days(first, at),
            kind: if holiday { DayKind::Holiday } else { DayKind::MakeUp },
            name: "节".into(),
        });
        let calendar = Calendar::new([], days);
        let start = plus_days(first, offset);
        prop_assert_eq!(calendar.add_working_days(start, count), slow_add(&calendar, start, count));
        prop_assert_eq!(calendar.working_days_between(first, start), slow_between(&calendar, first, start));
    }
}

#[test]
fn a_year_shows_its_own_days_though_its_notice_reaches_back() {
    let days = shipped().days_of(2018);
    assert_eq!(days.first().map(|row| row.date), Some(day("2018-01-01")));
    assert!(days.iter().all(|row| row.date.year() == 2018));
    assert!(shipped().days_of(2031).is_empty());
}

#[test]
fn a_notice_is_at_most_as_long_as_can_be_stored() {
    let file = |notice: &str| format!(r#"{{"format":"calendar/1","year":2027,"notice":"{notice}","days":[]}}"#);
    assert!(CalendarYear::parse(&file(&"知".repeat(200))).is_ok());
    let faults = CalendarYear::parse(&file(&"知".repeat(201))).unwrap_err();
    assert_eq!(faults[0].path, "$.notice");
}
