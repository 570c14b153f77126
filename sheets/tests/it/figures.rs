//! The figures of the yearly summaries, counted again from the lines.

use crate::stage::{contents, ledger};
use domain::figures::growth;
use domain::ledger::LedgerLine;
use domain::vocabulary::{Outcome, Rating, RegionLevel, SubmissionKind};

fn count(year: i32, is_meant: impl Fn(&LedgerLine) -> bool) -> usize {
    let reading = ledger(year);
    contents(&reading).into_iter().filter(|line| is_meant(line)).count()
}

fn of_level(year: i32, level: RegionLevel) -> usize {
    count(year, |line| line.level == level)
}

fn of_kind(level: RegionLevel, kind: SubmissionKind) -> usize {
    count(2019, |line| line.level == level && line.kind == kind)
}

/// Growth in tenths of a percent.
fn per_mille(now: usize, before: usize) -> Option<i64> {
    let signed = |number: usize| i64::try_from(number).expect("small");
    growth(signed(now), signed(before)).map(|ratio| (ratio * 1000.0).round() as i64)
}

#[test]
fn the_sample_ledgers_have_no_fault_and_every_line() {
    for (year, lines) in [(2017, 201), (2018, 259), (2019, 326), (2020, 23)] {
        let reading = ledger(year);
        assert_eq!(reading.faults, [], "{year}");
        assert_eq!(reading.lines.len(), lines, "{year}");
        assert_eq!((reading.unread_columns.len(), reading.skipped_lines.len()), (0, 0), "{year}");
        assert!(reading.lines.iter().all(|line| line.content.year == year));
    }
}

#[test]
fn district_and_city_items_are_those_of_the_summary() {
    assert_eq!([2017, 2018, 2019].map(|year| of_level(year, RegionLevel::County)), [178, 207, 273]);
    assert_eq!([2017, 2018, 2019].map(|year| of_level(year, RegionLevel::City)), [23, 52, 53]);
    assert_eq!([2017, 2018, 2019].map(|year| count(year, |_| true)), [201, 259, 326]);
}

#[test]
fn the_kinds_of_the_third_year_add_up() {
    use RegionLevel::{City, County};
    use SubmissionKind::{HotlineTicket, Motion, Proposal, Suggestion};
    assert_eq!([Suggestion, Proposal, HotlineTicket].map(|kind| of_kind(City, kind)), [37, 15, 1]);
    assert_eq!([Motion, Suggestion, Proposal].map(|kind| of_kind(County, kind)), [1, 129, 143]);
}

#[test]
fn growth_depends_on_what_is_counted() {
    let district = [2017, 2018, 2019].map(|year| of_level(year, RegionLevel::County));
    assert_eq!([per_mille(district[1], district[0]), per_mille(district[2], district[1])], [Some(163), Some(319)]);
    // The summary says +31.4 %: it leaves the one motion out.
    let without_motions = count(2019, |line| line.level == RegionLevel::County && line.kind != SubmissionKind::Motion);
    assert_eq!((without_motions, per_mille(without_motions, district[1])), (272, Some(314)));
    let both = [2017, 2018, 2019].map(|year| count(year, |_| true));
    assert_eq!([per_mille(both[1], both[0]), per_mille(both[2], both[1])], [Some(289), Some(259)]);
}

#[test]
fn the_bureau_with_thirteen_lead_items() {
    let reading = ledger(2020);
    let lines = contents(&reading);
    let bureau = "清河区民政局".to_owned();
    let lead: Vec<_> = lines.iter().filter(|line| line.leads.contains(&bureau)).collect();
    let co: Vec<_> = lines.iter().filter(|line| line.co_agencies.contains(&bureau)).collect();
    let outcomes = |kind| {
        let of_kind = lead.iter().filter(move |line| line.kind == kind);
        of_kind.map(|line| line.outcome.as_ref().map(|found| found.outcome)).collect::<Vec<_>>()
    };
    assert_eq!((lead.len(), co.len()), (13, 7));
    assert!(co.iter().all(|line| line.kind == SubmissionKind::Proposal));
    // 5 suggestions, all solved; 8 proposals, 7 adopted and 1 solved.
    assert_eq!(outcomes(SubmissionKind::Suggestion), [Some(Outcome::Solved); 5]);
    let of_proposals = outcomes(SubmissionKind::Proposal);
    let are = |outcome| of_proposals.iter().filter(|found| **found == Some(outcome)).count();
    assert_eq!((of_proposals.len(), are(Outcome::Adopted), are(Outcome::Solved)), (8, 7, 1));
    // Feedback on the 13 lead items: all satisfied.
    assert!(lead.iter().all(|line| line.result_rating == Some(Rating::Satisfied)));
}

#[test]
fn the_bureau_with_one_b_and_two_c() {
    let reading = ledger(2020);
    let of_bureau = contents(&reading).into_iter().filter(|line| line.leads == ["清河区发展和改革局"]);
    let mut labels: Vec<_> = of_bureau
        .map(|line| {
            assert_eq!(line.kind, SubmissionKind::Suggestion, "three suggestions, no proposal");
            let outcome = line.outcome.as_ref().expect("answered");
            (outcome.label.as_str(), outcome.outcome)
        })
        .collect();
    labels.sort_unstable();
    let c = ("C", Outcome::LaterConditions);
    assert_eq!(labels, [("B", Outcome::Planned), c, c]);
}

#[test]
fn a_figure_by_its_definition() {
    // 解决率 narrow: A of those replied to; 办复率: replied to of all.
    for (year, solved) in [(2017, 114), (2018, 138), (2019, 180)] {
        let is = |outcome| move |line: &LedgerLine| line.outcome.as_ref().is_some_and(|found| found.outcome == outcome);
        assert_eq!(count(year, is(Outcome::Solved)), solved, "{year}");
        assert_eq!(count(year, |line| line.replied_on.is_some()), count(year, |_| true), "{year}");
        assert_eq!(count(year, |line| line.replied_on > line.due_on), 0, "{year}: all in time");
        let promised = count(year, |line| line.promise.is_some());
        assert_eq!(promised, count(year, is(Outcome::Planned)), "{year}: every B is promised as a plan");
    }
}
