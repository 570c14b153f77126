//! A region's choices over a preset.

use crate::rules::rule_set::{Basis, CountUnit, Length, PRESETS, Period, Roll, RuleSet, overlay};
use serde_json::{Value, json};

fn over(name: &str, choices: &Value) -> Result<RuleSet, Vec<String>> {
    let faults = |faults: Vec<crate::rules::document::DocumentFault>| faults.iter().map(ToString::to_string).collect();
    let text = overlay(RuleSet::preset(name).unwrap(), &choices.to_string()).map_err(faults)?;
    RuleSet::parse(&text).map_err(faults)
}

#[test]
fn what_is_not_chosen_stays_as_it_was() {
    for preset in PRESETS {
        assert_eq!(over(preset.name, &json!({})), Ok(RuleSet::parse(preset.json).unwrap()), "{}", preset.name);
    }
}

#[test]
fn objects_are_merged_and_all_else_is_replaced() {
    let rules = over(
        "shanghai",
        &json!({
            "name": "清河区办理规则",
            "deadlines": { "returnWindow": { "amount": 3 }, "reply": { "roll": "NEXT_WORKING_DAY" } },
            "clock": { "pauseFor": ["RETURN", "DISPUTE"] },
            "supervisionLabels": ["重点督办"],
        }),
    )
    .unwrap();
    assert_eq!(rules.name, "清河区办理规则");
    assert_eq!(rules.deadlines.return_window, Some(Period::counted(CountUnit::WorkingDays, 3, Roll::None)));
    assert_eq!(rules.deadlines.reply, Period::counted(CountUnit::Months, 3, Roll::NextWorkingDay));
    assert_eq!((rules.clock.pause_for.len(), rules.clock.restarts(Basis::CoOpinion)), (2, true));
    assert_eq!(rules.supervision_labels, ["重点督办"]);
}

#[test]
fn null_says_that_there_is_no_limit() {
    let rules = over("shanghai", &json!({ "deadlines": { "feedback": null } })).unwrap();
    assert_eq!(rules.deadlines.feedback, None);
    // The whole text says so itself, and does not leave it to a default.
    let text = overlay(RuleSet::preset("shanghai").unwrap(), r#"{"deadlines": {"feedback": null}}"#).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(whole.pointer("/deadlines/feedback"), Some(&Value::Null));
    // A period that was not set can be set, and one can be turned into a day of the year.
    let set = json!({ "deadlines": {
        "firstContact": { "unit": "WORKING_DAYS", "amount": 15, "roll": "NONE" },
        "reply": { "unit": "FIXED_DATE", "amount": null, "date": "05-10", "atMost": { "unit": "MONTHS", "amount": 3 } },
    } });
    let rules = over("shanghai", &set).unwrap();
    assert_eq!(rules.deadlines.first_contact, Some(Period::counted(CountUnit::WorkingDays, 15, Roll::None)));
    assert!(matches!(rules.deadlines.reply.length, Length::FixedDate { at_most: Some(_), .. }));
}

#[test]
fn faulty_choices_are_refused_as_a_whole_with_their_paths() {
    let faults = |choices| over("chongqing", &choices).unwrap_err();
    assert_eq!(faults(json!([])), ["$: must be an object"]);
    assert_eq!(faults(json!({ "deadlines": { "reply": null } })), ["$.deadlines.reply: must be an object"]);
    assert_eq!(faults(json!({ "milestones": null })), ["$.milestones: must be a list"]);
    assert_eq!(
        faults(json!({ "deadline": {}, "contactsBeforeReply": 21, "deadlines": { "rehandle": { "amount": 0 } } })),
        [
            "$.deadline: unknown member",
            "$.deadlines.rehandle.amount: must be from 1 to 24",
            "$.contactsBeforeReply: at most 20"
        ]
    );
    let broken = overlay(RuleSet::preset("henan").unwrap(), "{").unwrap_err();
    assert!(broken[0].to_string().starts_with("$: not JSON at line 1"), "{broken:?}");
    assert!(overlay("7", "{}").is_err());
}
