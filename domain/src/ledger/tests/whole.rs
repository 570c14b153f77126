//! Laws over any line and any table.

use super::stage::{agencies, read_tables, rules};
use crate::ledger::outcomes::OutcomeWords;
use crate::ledger::{FaultKind, LedgerLine, LedgerOutcome, YEARS, header_row, row_of};
use crate::table::{Cell, Row, Table};
use crate::text::{TextRule, check};
use crate::vocabulary::{
    AssignmentRole, ContactMode, Disclosure, HandlingMode, Institution, Rating, RegionLevel, SessionPhase,
    SubmissionKind,
};
use chrono::{NaiveDate, TimeDelta};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Texts as people and attackers write them.
fn raw() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'\\-][=+@'A-Z(),0-9\"养老]{0,12}",
        "[一丁建议养老a-z0-9 ,;、\"'=\t\n]{1,12}",
        "\\PC{1,8}",
        Just("=HYPERLINK(\"http://x\")".to_owned()),
    ]
}

fn cleaned(rule: TextRule) -> impl Strategy<Value = String> {
    raw().prop_filter_map("a text that may be stored", move |text| check(&text, rule).ok())
}

fn name() -> impl Strategy<Value = String> {
    cleaned(TextRule::line(200))
}

fn body() -> impl Strategy<Value = Option<String>> {
    of(cleaned(TextRule::body(200)))
}

fn day(offset: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 1, 1).unwrap() + TimeDelta::days(offset)
}

/// Agencies that fit the mode.
fn distribution() -> impl Strategy<Value = (Option<HandlingMode>, Vec<String>, Vec<String>)> {
    let names = ["清河区民政局", "清河区教育局", "清河区财政局", "清河区交通运输局"].map(str::to_owned).to_vec();
    let count = names.len();
    (subsequence(names, 2..=count).prop_shuffle(), select(vec![0, 1, 2, 3, 4])).prop_map(|(mut names, mode)| {
        let rest = names.split_off(1);
        match mode {
            0 => (Some(HandlingMode::Sole), names, vec![]),
            1 => (Some(HandlingMode::LeadWithCo), names, rest),
            2 => (Some(HandlingMode::Separate), names, rest),
            3 => (Some(HandlingMode::CoLead), [names, rest].concat(), vec![]),
            _ => (None, names, rest),
        }
    })
}

prop_compose! {
    fn head()(
        year in 1990..=2100_i32,
        level in select(RegionLevel::ALL),
        (kind, session) in prop_oneof![
            (select(vec![SubmissionKind::Suggestion, SubmissionKind::Motion]), select(vec!["区十七届人大五次会议", "市人大"])),
            (select(vec![SubmissionKind::Proposal, SubmissionKind::OpinionBrief]), select(vec!["区政协十五届五次会议"])),
            (Just(SubmissionKind::HotlineTicket), select(vec!["96811专线"])),
        ],
        case_no in 1..=999_999_u32,
        title in name(),
        lead_proposer in name(),
    ) -> (i32, RegionLevel, SubmissionKind, &'static str, u32, String, String) {
        (year, level, kind, session, case_no, title, lead_proposer)
    }
}

prop_compose! {
    fn texts()(
        names in proptest::collection::vec(of(name()), 10),
        bodies in proptest::collection::vec(body(), 4),
        promise in of((cleaned(TextRule::body(200)), 400_i64..900)),
    ) -> (Vec<Option<String>>, Vec<Option<String>>, Option<(String, i64)>) {
        (names, bodies, promise)
    }
}

prop_compose! {
    fn course()(
        days in (of(0_i64..50), of(50_i64..60), of(60_i64..70), of(0_i64..100), of(70_i64..90), of(90_i64..99), of(60_i64..300)),
        counts in (of(0..=999_999_u32), of(0..100_u32)),
        phase in of(select(SessionPhase::ALL)),
        own_role in of(select(AssignmentRole::ALL)),
        contact_modes in subsequence(ContactMode::ALL.to_vec(), 0..4),
        disclosure in of(select(Disclosure::ALL)),
        ratings in (of(select(Rating::ALL)), of(select(Rating::ALL))),
        rehandled: Option<bool>,
        label in of(select(vec!["A", "B", "C", "D", "采纳", "已经解决", "计划解决"])),
    ) -> Course {
        Course { days, counts, phase, own_role, contact_modes, disclosure, ratings, rehandled, label }
    }
}

type Days = (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);

#[derive(Debug, Clone)]
struct Course {
    days: Days,
    counts: (Option<u32>, Option<u32>),
    phase: Option<SessionPhase>,
    own_role: Option<AssignmentRole>,
    contact_modes: Vec<ContactMode>,
    disclosure: Option<Disclosure>,
    ratings: (Option<Rating>, Option<Rating>),
    rehandled: Option<bool>,
    label: Option<&'static str>,
}

prop_compose! {
    fn any_line()(
        (year, level, kind, session, case_no, title, lead_proposer) in head(),
        (mode, leads, co_agencies) in distribution(),
        (names, bodies, promise) in texts(),
        course in course(),
    ) -> LedgerLine {
        let [category, proposer_phone, assignment_document_no, responsible_leader, section, handler, handler_phone, document_no,
            publication_url, warning] = <[_; 10]>::try_from(names).unwrap();
        let [co_opinions, comment, fulfilment, remarks] = <[_; 4]>::try_from(bodies).unwrap();
        let (submitted, assigned, signed, contact, due, extended, replied) = course.days;
        let institution = kind.institution().unwrap_or(Institution::Congress);
        let words = OutcomeWords::new(None);
        let outcome = course.label.map(|label| LedgerOutcome {
            label: label.to_owned(),
            outcome: words.find(institution, label, promise.as_ref().map(|(text, _)| text.as_str())).unwrap(),
        });
        let is_replied = replied.is_some();
        LedgerLine {
            year, level, session: session.to_owned(), case_no, kind, category, title, lead_proposer,
            cosigner_count: course.counts.0, proposer_phone, phase: course.phase,
            submitted_on: submitted.map(day), assigned_on: assigned.map(day), assignment_document_no,
            mode, own_role: course.own_role, leads, co_agencies, responsible_leader, section, handler, handler_phone,
            signed_on: signed.map(day), first_contact_on: contact.map(day), contact_modes: course.contact_modes,
            face_to_face_count: course.counts.1, co_opinions, due_on: due.map(day), extended_to: extended.map(day),
            replied_on: replied.map(day), document_no, outcome, disclosure: course.disclosure, publication_url,
            attitude_rating: course.ratings.0.filter(|_| is_replied), result_rating: course.ratings.1.filter(|_| is_replied),
            comment, rehandled: course.rehandled,
            promise_due_on: promise.as_ref().map(|(_, offset)| day(*offset)),
            promise: promise.map(|(text, _)| text),
            fulfilment, warning, remarks,
        }
    }
}

fn written(line: &LedgerLine) -> Table {
    Table { name: String::new(), rows: vec![header_row(), row_of(line, 2)] }
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        raw().prop_map(Cell::Text),
        "[0-9./年月日-]{1,12}".prop_map(Cell::Text),
        select(vec!["区级", "建议", "独办", "清河区民政局", "合计", "标题", "A"]).prop_map(Cell::from),
        Just(Cell::Error("#N/A".into())),
        (-700_000_i64..700_000).prop_map(|offset| Cell::Date(day(offset).and_hms_opt(0, 0, 0).unwrap())),
    ]
}

proptest! {
    // A line has some forty cells; a few dozen lines say as much as a few hundred.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_written_is_read_again(line in any_line()) {
        let reading = read_tables(&[written(&line)]);
        prop_assert_eq!(&reading.faults, &[]);
        prop_assert_eq!(&reading.lines[0].content, &line);
    }

    #[test]
    fn a_control_character_is_named_and_never_lost(line in any_line(), code in 0_u32..32, at in 0_usize..9) {
        let control = char::from_u32(code).unwrap();
        prop_assume!(!control.is_whitespace());
        let at = line.title.char_indices().map(|(at, _)| at).nth(at).unwrap_or(line.title.len());
        let mut hurt = line;
        hurt.title.insert(at, control);
        let faults = read_tables(&[written(&hurt)]).faults;
        let is_named = matches!(&faults[0].kind, FaultKind::ForbiddenCharacter { character, .. } if *character == control);
        prop_assert!(is_named, "{:?}", faults);
    }

    #[test]
    fn any_table_gives_lines_or_faults_in_order(rows in proptest::collection::vec(proptest::collection::vec(any_cell(), 0..45), 0..5)) {
        let rows = rows.into_iter().zip(2..).map(|(cells, line)| Row { line, cells });
        let reading = read_tables(&[Table { name: String::new(), rows: [header_row()].into_iter().chain(rows).collect() }]);
        prop_assert!(!reading.lines.is_empty() || !reading.faults.is_empty() || !reading.skipped_lines.is_empty());
        let places: Vec<_> =
            reading.faults.iter().map(|fault| (fault.line, fault.column_letter.len(), fault.column_letter.clone())).collect();
        prop_assert!(places.is_sorted());
        for line in &reading.lines {
            prop_assert!(YEARS.contains(&line.content.year) && !line.content.leads.is_empty());
            prop_assert!(reading.faults.iter().all(|fault| fault.line != Some(line.line)), "a line with a fault is none");
        }
    }
}

#[test]
fn the_stage_is_what_it_seems() {
    assert!(rules().name.contains("上海"));
    assert!(agencies().read("区民政局").is_ok());
}
