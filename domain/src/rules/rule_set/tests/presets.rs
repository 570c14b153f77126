//! The presets: each is whole, and gives the days of its regulation.

use crate::rules::calendar::{Calendar, CalendarYear, SHIPPED};
use crate::rules::clock::{ClockEvent, run};
use crate::rules::rule_set::{
    Basis, CountUnit, JointWithdrawal, Length, PRESETS, Period, Roll, RuleSet, WithdrawalLimit,
};
use crate::vocabulary::{Institution, Outcome, Role};
use chrono::NaiveDate;
use std::collections::BTreeSet;

fn preset(name: &str) -> RuleSet {
    RuleSet::parse(RuleSet::preset(name).unwrap()).unwrap_or_else(|faults| panic!("{name}: {faults:?}"))
}

#[test]
fn every_preset_is_whole_and_names_its_sources() {
    let names: Vec<_> = PRESETS.iter().map(|preset| preset.name).collect();
    assert_eq!(names, ["shanghai", "zhejiang", "beijing", "qingdao", "chongqing", "henan", "shandong"]);
    for name in names {
        let rules = preset(name);
        assert_eq!(RuleSet::parse(&serde_json::to_string(&rules).unwrap()).as_ref(), Ok(&rules), "{name}");
        // Every period has a note, also where the regulation sets none.
        let noted: Vec<_> = rules.source.notes.iter().flat_map(|note| note.of.split(", ")).collect();
        for member in Basis::ALL.iter().map(|basis| basis.member()).chain(["replyExtended"]) {
            assert!(noted.contains(&format!("deadlines.{member}").as_str()), "{name}: no note on {member}");
        }
    }
}

#[test]
fn each_preset_gives_the_days_of_its_regulation() {
    let calendar = Calendar::from_years(SHIPPED.iter().map(|json| CalendarYear::parse(json).unwrap()));
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let (mut rules, mut periods) = (None, Vec::new());
    let (mut checked, mut starts, mut seen) = (0, BTreeSet::new(), BTreeSet::new());
    let table = include_str!("../../../../tests-data/preset-dates.txt");
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<_> = line.split(' ').collect();
        if !line.starts_with("20") {
            rules = Some(preset(words[0]));
            seen.insert(words[0]);
            periods = words[1..].to_vec();
            continue;
        }
        let rules = rules.as_ref().unwrap();
        let start = day(words[0]);
        starts.insert(start);
        assert_eq!(words.len(), periods.len() + 1, "{line}");
        for (period, expected) in periods.iter().zip(&words[1..]) {
            let run = |basis| run(basis, &[ClockEvent::Started { on: start }], start, rules, &calendar).unwrap();
            let found = match *period {
                "replyExtended" => run(Basis::Reply).unwrap().latest_extension.unwrap(),
                member => {
                    let basis = Basis::ALL.iter().find(|basis| basis.member() == member).unwrap();
                    let clock = run(*basis).unwrap();
                    assert_eq!(clock.due.basis, *basis, "the region's own period");
                    assert!(!clock.due.provisional);
                    clock.due.due_on
                }
            };
            assert_eq!(found, day(expected), "{}: {period} from {start}", rules.name);
            checked += 1;
        }
    }
    assert_eq!((seen.len(), starts.len(), checked), (7, 17, 748));
}

#[test]
fn where_a_regulation_sets_no_period_the_preset_sets_none_or_says_that_it_is_the_programs_choice() {
    let twenty = Period::counted(CountUnit::WorkingDays, 20, Roll::None);
    for name in ["shanghai", "zhejiang", "qingdao", "shandong"] {
        let rules = preset(name);
        assert_eq!(rules.deadlines.feedback, Some(twenty.clone()), "{name}");
        let note = rules.source.notes.iter().find(|note| note.of == "deadlines.feedback").unwrap();
        assert!(note.note.contains("本程序默认"), "{name}: {}", note.note);
    }
    let unset = |name: &str| -> Vec<Basis> {
        let rules = preset(name);
        Basis::ALL.iter().copied().filter(|basis| basis.period(&rules).is_none()).collect()
    };
    use Basis::{
        CoOpinion, CoOpinionRedo, CommitmentReport, FirstContact, OffSessionAssignment, Reassign, Rehandle,
        ReturnWindow,
    };
    assert_eq!(unset("shanghai"), [Reassign, FirstContact, CoOpinionRedo, CommitmentReport]);
    assert_eq!(unset("zhejiang"), [Reassign, FirstContact, CoOpinionRedo, OffSessionAssignment, CommitmentReport]);
    assert_eq!(
        unset("beijing"),
        [ReturnWindow, Reassign, FirstContact, CoOpinion, CoOpinionRedo, OffSessionAssignment, CommitmentReport]
    );
    assert_eq!(unset("qingdao"), [Reassign, FirstContact, CoOpinionRedo, Rehandle, CommitmentReport]);
    assert_eq!(unset("chongqing"), []);
    assert_eq!(unset("henan"), [FirstContact, CoOpinionRedo, OffSessionAssignment, CommitmentReport]);
    assert_eq!(unset("shandong"), [Reassign, FirstContact, CoOpinionRedo, CommitmentReport]);
    assert!(matches!(
        preset("chongqing").deadlines.commitment_report.unwrap().length,
        Length::FixedDate { date, at_most: None } if date.to_string() == "12-31"
    ));
}

#[test]
fn each_preset_has_the_words_the_signature_and_the_withdrawal_of_its_regulation() {
    let words = |name: &str| {
        let rules = preset(name);
        let word = |outcome| rules.outcome_label(Institution::Congress, outcome).to_owned();
        [Outcome::Solved, Outcome::InProgress, Outcome::Planned, Outcome::LaterConditions, Outcome::NotFeasible]
            .map(word)
    };
    assert_eq!(words("shanghai"), ["解决采纳", "正在解决", "计划解决", "留作参考", "留作参考"]);
    assert_eq!(words("zhejiang"), ["A", "B", "B", "C", "C"]);
    assert_eq!(words("beijing"), ["A", "B", "B", "C", "D"]);
    assert_eq!(words("qingdao"), ["法定期限内落实", "年内落实", "跨年度落实", "不能落实", "不能落实"]);
    assert_eq!(words("chongqing"), ["已解决或采纳", "正在研究解决", "正在研究解决", "不具备条件", "不具备条件"]);
    assert_eq!(words("henan"), ["甲", "乙", "乙", "丙", "丙"]);
    assert_eq!(words("shandong"), ["已解决", "列入计划", "列入计划", "暂时无法解决", "不符合法律政策"]);
    let chongqing = preset("chongqing");
    assert_eq!(chongqing.outcome_label(Institution::Congress, Outcome::ReportedUpward), "涉及上级职权");
    for entry in PRESETS {
        let rules = preset(entry.name);
        let signs = rules.sign_off.last().map(|step| step.role);
        let by_leader = entry.name == "qingdao";
        assert_eq!(signs, Some(if by_leader { Role::AgencyDeputyHead } else { Role::AgencyHead }), "{}", entry.name);
        let early = entry.name == "beijing";
        let until = if early { WithdrawalLimit::BeforeAssignment } else { WithdrawalLimit::BeforeReply };
        assert_eq!((rules.withdrawal.until, rules.withdrawal.joint), (until, JointWithdrawal::Unanimous));
    }
}
