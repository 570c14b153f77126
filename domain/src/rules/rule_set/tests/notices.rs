//! Working hours, follow-ups and letters at the end of the year.

use crate::rules::rule_set::{RuleSet, overlay};
use chrono::NaiveTime;
use serde_json::{Value, json};

fn over(choices: &Value) -> Result<RuleSet, Vec<String>> {
    let faults = |faults: Vec<crate::rules::document::DocumentFault>| faults.iter().map(ToString::to_string).collect();
    let text = overlay(RuleSet::preset("shanghai").unwrap(), &choices.to_string()).map_err(faults)?;
    RuleSet::parse(&text).map_err(faults)
}

#[test]
fn texts_without_them_have_the_defaults() {
    let rules = RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap();
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
    assert!(!rules.working_hours.contain(at(8, 29)) && rules.working_hours.contain(at(8, 30)));
    assert!(rules.working_hours.contain(at(17, 29)) && !rules.working_hours.contain(at(17, 30)));
    assert_eq!(rules.year_end_letter.on.to_string(), "12-01");
    assert_eq!(rules.follow_ups.0.len(), 18);
}

#[test]
fn a_region_may_choose_its_own_and_faults_are_named() {
    let rules = over(&json!({ "workingHours": { "from": "09:00" }, "followUps": [] })).unwrap();
    assert_eq!(
        (rules.follow_ups.0.len(), rules.working_hours.contain(NaiveTime::from_hms_opt(8, 45, 0).unwrap())),
        (0, false)
    );
    let rung = |days: i32| json!({ "kind": "FEEDBACK", "days": days, "to": ["LIAISON"] });
    for (choices, fault) in [
        (json!({ "workingHours": { "until": "08:30" } }), "$.workingHours.until: must be later than the beginning"),
        (json!({ "workingHours": { "until": "8:30" } }), "$.workingHours.until: must be a time such as 08:30"),
        (json!({ "yearEndLetter": { "to": [] } }), "$.yearEndLetter.to: needs at least one role"),
        (json!({ "followUps": [rung(3), rung(3)] }), "$.followUps[1].days: \"FEEDBACK 3\" is given twice"),
        (json!({ "followUps": [rung(-251)] }), "$.followUps[0].days: must be from -250 to 250"),
    ] {
        assert_eq!(over(&choices).unwrap_err(), [fault]);
    }
}
