use super::*;
use crate::language::Language;
use crate::vocabulary::{AssignmentRole, Institution, SubmissionKind};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn every_figure_has_its_definition_with_its_name_in_both_languages() {
    for name in MetricName::ALL {
        let (zh, en) = (definition(*name, Language::Zh), definition(*name, Language::En));
        assert!(
            zh.starts_with(&format!("{}=", name.label(Language::Zh))) && zh.contains('÷') && zh.ends_with('。'),
            "{zh}"
        );
        let label = name.label(Language::En);
        assert!(en.to_lowercase().starts_with(&format!("{label} = ")) && en.contains('÷') && en.ends_with('.'), "{en}");
        assert!(!en.contains("  "), "{en}");
    }
}

#[test]
fn of_nothing_there_is_no_rate_and_without_a_year_before_no_growth() {
    assert_eq!(Ratio::default().rate(), None);
    assert_eq!(Ratio { numerator: 0, denominator: 4 }.rate(), Some(0.0));
    assert_eq!(growth(178, 0), None);
    // 207 items after 178 are +16.3 %.
    assert_eq!(growth(207, 178).map(|ratio| (ratio * 1000.0).round()), Some(163.0));
    assert_eq!(growth(0, 3), Some(-1.0));
}

#[test]
fn ratings_and_outcomes_reach_the_figures_that_rest_on_them() {
    let mut ratios = Ratios::default();
    ratios.add_ratings(Rating::Satisfied, true, 3);
    ratios.add_ratings(Rating::BasicallySatisfied, false, 2);
    ratios.add_ratings(Rating::Dissatisfied, true, 1);
    ratios.add_ratings(Rating::NotKnown, true, 1);
    assert_eq!(ratios.get(MetricName::SatisfactionRate), Ratio { numerator: 5, denominator: 7 });
    assert_eq!(ratios.get(MetricName::FullSatisfactionRate), Ratio { numerator: 3, denominator: 7 });
    assert_eq!(ratios.get(MetricName::FirstRoundSatisfactionRate), Ratio { numerator: 3, denominator: 5 });
    for outcome in Outcome::ALL {
        ratios.add_replies(*outcome, 1);
    }
    assert_eq!(ratios.get(MetricName::ResolutionRate), Ratio { numerator: 1, denominator: 11 });
    assert_eq!(ratios.get(MetricName::AdoptionRate), Ratio { numerator: 4, denominator: 11 });
    assert_eq!(ratios.get(MetricName::RushIndex), Ratio::default());
}

#[test]
fn a_group_of_ratings_is_withheld_below_five_and_when_a_sum_would_give_one_away() {
    assert_eq!(withheld(&[]), Vec::<bool>::new());
    assert_eq!(withheld(&[4]), [true]);
    assert_eq!(withheld(&[5, 0]), [false, false]);
    assert_eq!(withheld(&[10, 3]), [true, true], "13 - 10 = 3");
    assert_eq!(withheld(&[10, 3, 8]), [false, true, true], "the next larger one joins");
    assert_eq!(withheld(&[10, 3, 2]), [false, true, true], "3 + 2 = 5 isolates nobody");
    assert_eq!(withheld(&[10, 7, 0]), [false, false, false]);
}

#[test]
fn a_reply_is_rushed_in_the_last_ten_working_days_and_not_when_late() {
    let calendar = Calendar::default();
    let due = day("2026-06-30"); // a Tuesday
    assert!(is_rushed(&calendar, due, due));
    assert!(is_rushed(&calendar, day("2026-06-17"), due), "the tenth working day, counted from the end");
    assert!(!is_rushed(&calendar, day("2026-06-16"), due));
    assert!(!is_rushed(&calendar, day("2026-07-01"), due));
}

#[test]
fn the_scope_is_put_into_words_with_its_day() {
    let mut words = ScopeWords {
        handling_years: vec![2026],
        kinds: None,
        origin_levels: None,
        roles: None,
        agency: None,
        institution: None,
        as_of: day("2026-11-23"),
        past: false,
    };
    let plain = words.sentence(Language::Zh);
    assert!(plain.starts_with("口径:2026办理年度;只计") && plain.ends_with(";截至2026年11月23日。"), "{plain}");
    words.past = true;
    assert!(words.sentence(Language::Zh).contains("按当日终了时的状态计"), "a past day says what of it is known");
    assert!(words.sentence(Language::En).contains("are those of now"));
    words.past = false;
    words.kinds = Some(vec![SubmissionKind::Suggestion, SubmissionKind::Motion]);
    words.roles = Some(vec![AssignmentRole::Lead]);
    words.agency = Some("区民政局".into());
    words.institution = Some(Institution::Congress);
    let narrowed = words.sentence(Language::Zh);
    assert!(narrowed.contains(";机构:人大;种类:建议、议案;承办角色:主办;承办单位:区民政局;"), "{narrowed}");
    let english = words.sentence(Language::En);
    assert!(
        english.contains("; kind: suggestion, motion; part: lead; agency: 区民政局; ")
            && english.ends_with("as of 2026-11-23.")
    );
}

#[test]
fn only_those_who_read_every_form_see_few_ratings() {
    let open: Vec<Role> = Role::ALL.iter().copied().filter(|role| !protects_raters_from(*role)).collect();
    assert_eq!(open, [Role::CongressOffice, Role::CppccOffice, Role::Auditor]);
    for name in OF_AN_AGENCY {
        assert!(!matches!(name, MetricName::FilingRate | MetricName::RushIndex));
    }
}
