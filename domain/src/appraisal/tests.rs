use super::*;
use proptest::prelude::*;

const RULE: &str = r#"{ "format": "scoring/1", "name": "细则", "source": "试", "items": [
    { "metric": "FACE_TO_FACE_RATE", "points": 20, "target": 100, "perPoint": 1 },
    { "metric": "SATISFACTION_RATE", "points": 30, "target": 90, "perPoint": 0.5 },
    { "metric": "RETURN_RATE", "points": 10, "target": 5, "perPoint": 2, "lowerIsBetter": true },
    { "metric": "IMPLEMENTATION_RATE", "points": 40, "target": 100, "perPoint": 0.4 }],
    "bonuses": [{ "code": "CASE", "label": "典型案例", "points": 2, "most": 3 },
                { "code": "PRIZE", "label": "获奖", "points": 4, "most": 1 }],
    "deductions": [{ "code": "CIRCULAR", "label": "通报", "points": 1.5, "most": 10 }],
    "bonusCap": 8, "deductionCap": 10, "rankedFrom": 2 }"#;

fn rule() -> ScoringRule {
    ScoringRule::parse(RULE).expect("a rule without faults")
}

fn inputs(figures: &[(MetricName, (i64, i64))], findings: &[(&str, u32)]) -> Inputs {
    let findings = findings.iter().map(|(code, times)| Finding {
        code: (*code).to_owned(),
        times: *times,
        reason: "见通报".to_owned(),
    });
    Inputs { figures: figures.iter().copied().collect(), load: 10, findings: findings.collect() }
}

#[test]
fn points_follow_from_figures() {
    use MetricName::{
        FaceToFaceRate as Met, ImplementationRate as Kept, ReturnRate as Returned, SatisfactionRate as Pleased,
    };
    for (metric, ratio, expected) in [
        (Met, (10, 10), Some(20_00)),
        (Met, (97, 100), Some(17_00)),   // three percentage points below: three points
        (Met, (2, 3), Some(0)),          // 66.67 %: 33.33 points lost of 20
        (Met, (199, 200), Some(19_50)),  // half a percentage point
        (Met, (0, 0), None),             // nothing to meet about
        (Pleased, (9, 10), Some(30_00)), // at the target
        (Pleased, (95, 100), Some(30_00)),
        (Pleased, (80, 100), Some(25_00)),
        (Pleased, (6, 7), Some(27_85)), // 85.71 %, so 4.29 below: 2.145, rounded to 2.15, of 30
        (Returned, (1, 20), Some(10_00)),
        (Returned, (1, 10), Some(0)), // five percentage points above: ten points lost
        (Returned, (0, 10), Some(10_00)),
        (Kept, (1, 2), Some(20_00)),
    ] {
        let found = score(&rule(), &inputs(&[(metric, ratio)], &[])).expect("a score");
        let line = found.lines.iter().find(|line| line.metric == metric).expect("the line is there");
        assert_eq!(line.reached, expected, "{metric} {ratio:?}");
    }
}

#[test]
fn what_has_no_basis_leaves_the_full_marks() {
    use MetricName::{FaceToFaceRate as Met, SatisfactionRate as Pleased};
    let found = score(&rule(), &inputs(&[(Met, (9, 10)), (Pleased, (10, 10))], &[])).expect("a score");
    // 10 of 20 and 30 of 30 reached: 40 of 50, of 100 full marks.
    assert_eq!((found.basic, found.total), (Some(80_00), Some(80_00)));
    let nothing = score(&rule(), &inputs(&[], &[("CASE", 1)])).expect("a score");
    assert_eq!((nothing.basic, nothing.total, nothing.bonus), (None, None, 2_00));
}

#[test]
fn bonuses_and_deductions_are_capped_each_and_together() {
    let full = [
        (MetricName::FaceToFaceRate, (1, 1)),
        (MetricName::SatisfactionRate, (1, 1)),
        (MetricName::ReturnRate, (0, 1)),
        (MetricName::ImplementationRate, (1, 1)),
    ];
    for (findings, bonus, deduction, total) in [
        (vec![], 0, 0, 10_000),
        (vec![("CASE", 2)], 4_00, 0, 10_400),
        (vec![("CASE", 9)], 6_00, 0, 10_600),
        (vec![("CASE", 9), ("PRIZE", 1)], 8_00, 0, 10_800),
        (vec![("CIRCULAR", 2)], 0, 3_00, 97_00),
        (vec![("CIRCULAR", 9)], 0, 10_00, 90_00),
        (vec![("PRIZE", 1), ("CIRCULAR", 1)], 4_00, 1_50, 10_250),
    ] {
        let found = score(&rule(), &inputs(&full, &findings)).expect("a score");
        assert_eq!((found.bonus, found.deduction, found.total), (bonus, deduction, Some(total)), "{findings:?}");
    }
    let worst = inputs(&[(MetricName::FaceToFaceRate, (0, 5))], &[("CIRCULAR", 9)]);
    assert_eq!(score(&rule(), &worst).expect("a score").total, Some(0), "never below zero");
}

#[test]
fn findings_that_the_rule_does_not_know_are_refused() {
    for (findings, fault) in [
        (vec![("CASE", 1), ("OTHER", 1)], InputFault::UnknownFinding(1)),
        (vec![("CASE", 0)], InputFault::NotOnce(0)),
        (vec![("CASE", 1), ("CASE", 2)], InputFault::Twice(1)),
    ] {
        assert_eq!(score(&rule(), &inputs(&[], &findings)), Err(fault), "{findings:?}");
    }
}

#[test]
fn equal_totals_share_a_place() {
    let found = rank(
        [
            ("a", Some(9), 5),
            ("b", Some(10), 5),
            ("c", Some(9), 5),
            ("d", Some(8), 5),
            ("e", Some(99), 1),
            ("f", None, 5),
        ],
        2,
    );
    let places: Vec<_> = found.iter().map(|one| (one.key, one.place)).collect();
    let expected = [("b", Some(1)), ("a", Some(2)), ("c", Some(2)), ("d", Some(4)), ("e", None), ("f", None)].to_vec();
    assert_eq!(places, expected);
}

#[test]
fn the_rules_that_come_along_are_whole_and_can_be_written_again() {
    let preset = ScoringRule::parse(ScoringRule::PRESET).expect("no fault");
    assert_eq!(preset.full(), 10_000);
    for rule in [preset, rule()] {
        let text = serde_json::to_string(&rule).expect("it can be written");
        assert_eq!(ScoringRule::parse(&text), Ok(rule), "{text}");
    }
}

#[test]
fn every_fault_of_a_rule_is_named_by_its_path() {
    let faults = |text: &str| -> Vec<String> {
        ScoringRule::parse(text).expect_err("it has faults").into_iter().map(|fault| fault.path).collect()
    };
    let broken = RULE
        .replace("\"SATISFACTION_RATE\"", "\"FACE_TO_FACE_RATE\"")
        .replace("\"RETURN_RATE\"", "\"FILING_RATE\"")
        .replace("\"target\": 5", "\"target\": 105")
        .replace("\"PRIZE\"", "\"CASE\"")
        .replace("\"most\": 10", "\"most\": 0");
    let expected =
        ["$.items[2].target", "$.items[2].metric", "$.items[1].metric", "$.deductions[0].most", "$.bonuses[1].code"];
    assert_eq!(faults(&broken), expected);
    for (from, to, path) in [
        ("\"name\"", "\"nam\": 1, \"name\"", "$.nam"),
        ("\"试\"", "\" \"", "$.source"),
        ("\"points\": 20", "\"points\": 20.005", "$.items[0].points"),
        ("\"points\": 20", "\"points\": 1000.01", "$.items[0].points"),
        ("\"points\": 20", "\"points\": -1", "$.items[0].points"),
        ("\"points\": 20", "\"points\": 0", "$.items[0].points"),
        ("\"bonusCap\": 8", "\"bonusCap\": \"8\"", "$.bonusCap"),
        ("\"rankedFrom\": 2", "\"rankedFrom\": -2", "$.rankedFrom"),
        ("\"FACE_TO_FACE_RATE\"", "\"face\"", "$.items[0].metric"),
        ("scoring/1", "scoring/2", "$.format"),
    ] {
        let text = RULE.replacen(from, to, 1);
        assert_ne!(text, RULE, "{from}");
        assert_eq!(faults(&text), [path], "{to}");
    }
    assert_eq!(faults("no rule"), ["$"]);
}

proptest! {
    /// More of what is good never gives less, and nobody gets more than the rule allows.
    #[test]
    fn better_figures_never_give_less(below in 1i64..400, above in 0i64..400, more in 0i64..50, times in 1u32..20) {
        let above = above.min(below);
        let better = (above + more).min(below);
        let of = |numerator| inputs(&[(MetricName::SatisfactionRate, (numerator, below)),
            (MetricName::FaceToFaceRate, (numerator, below))], &[("CASE", times)]);
        let (low, high) = (score(&rule(), &of(above)).unwrap(), score(&rule(), &of(better)).unwrap());
        prop_assert!(low.total <= high.total);
        prop_assert!(high.total.unwrap() <= rule().full() + rule().bonus_cap.0);
        prop_assert_eq!(score(&rule(), &of(above)).unwrap(), low, "counted again it is the same");
    }

    /// A place is one more than the number of those who are better.
    #[test]
    fn a_place_counts_those_who_are_better(totals in proptest::collection::vec(0i64..20, 0..30)) {
        let given = totals.iter().copied().enumerate().map(|(key, total)| (key, Some(total), 9));
        for one in rank(given, 1) {
            let better = totals.iter().filter(|total| Some(**total) > one.total).count();
            prop_assert_eq!(one.place, Some(better + 1));
        }
    }
}
