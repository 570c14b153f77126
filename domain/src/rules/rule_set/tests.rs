//! Tests of rule sets: the preset, its round trip, and one case for every fault.

mod notices;
mod overlay;
mod presets;

use super::*;
use crate::language::Language;
use serde_json::{Value, json};

fn preset() -> Value {
    serde_json::from_str(RuleSet::preset("shanghai").unwrap()).unwrap()
}

/// The faults of the preset after a change at one place, as `path: message`.
fn faults_after(pointer: &str, value: Value) -> Vec<String> {
    let mut changed = preset();
    *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value;
    let faults = RuleSet::parse(&changed.to_string()).err().unwrap_or_default();
    assert!(faults.iter().all(|fault| !fault.message(Language::Zh).is_empty()));
    faults.into_iter().map(|fault| fault.to_string()).collect()
}

#[test]
fn the_preset_parses_and_says_what_the_regulation_says() {
    let rules = RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap();
    let months = |amount| Period::counted(CountUnit::Months, amount, Roll::None);
    assert_eq!(rules.deadlines.reply, months(3));
    assert_eq!(rules.deadlines.reply_extended, Some(months(6)));
    let seven = Period::counted(CountUnit::WorkingDays, 7, Roll::None);
    assert_eq!(rules.deadlines.return_window, Some(seven.clone()));
    assert_eq!(rules.deadlines.off_session_assignment, Some(seven));
    assert_eq!((rules.demands_required, rules.every_demand_answered, rules.contacts_before_reply), (false, true, 0));
    assert_eq!(rules.outcome_label(Institution::Congress, Outcome::PartlySolved), "解决采纳");
    assert_eq!(rules.outcome_label(Institution::Cppcc, Outcome::Adopted), "采纳");
    assert_eq!(rules.returns_before_dispute, 2);
    assert!(rules.requires_promise(Outcome::Planned) && !rules.requires_promise(Outcome::Reference));
    assert!(rules.is_face_to_face(ContactMode::Visit) && !rules.is_face_to_face(ContactMode::Phone));
    assert!(rules.masks_proposer_from(Role::Handler) && !rules.masks_proposer_from(Role::Liaison));
    assert_eq!(
        rules.sign_off.iter().map(|step| step.role).collect::<Vec<_>>(),
        [Role::Liaison, Role::AgencyDeputyHead, Role::AgencyHead]
    );
    assert_eq!(rules.sign_off[0].gates, Gate::ALL);
    assert!(rules.grounds(Institution::Congress).iter().any(|ground| ground.code == "FORWARDED_LETTER"));
    assert!(rules.grounds(Institution::Cppcc).iter().any(|ground| ground.code == "STATE_SECRET"));
    assert_eq!(RuleSet::preset("atlantis"), None);
}

#[test]
fn what_is_written_can_be_read_again() {
    let rules = RuleSet::parse(&preset().to_string()).unwrap();
    assert_eq!(RuleSet::parse(&serde_json::to_string(&rules).unwrap()), Ok(rules));
}

#[test]
fn each_fault_is_named_by_its_path() {
    let step = |role: &str| json!({"role": role, "gates": []});
    let ground = |code: &str| json!({"code": code, "zh": "理由", "en": "ground"});
    let cases = [
        ("/format", json!("rules/2"), "$.format: must be \"rules/1\""),
        ("/name", json!(""), "$.name: must not be blank"),
        ("/name", json!("名".repeat(65)), "$.name: at most 64 characters, found 65"),
        ("/source", json!({"regulation": "r", "notes": [], "by": 1}), "$.source.by: unknown member"),
        ("/deadlines/reply", Value::Null, "$.deadlines.reply: must be an object"),
        (
            "/deadlines/reply/unit",
            json!("YEARS"),
            "$.deadlines.reply.unit: must be one of CALENDAR_DAYS, WORKING_DAYS, MONTHS, FIXED_DATE",
        ),
        ("/deadlines/reply/roll", json!("BACK"), "$.deadlines.reply.roll: must be one of NONE, NEXT_WORKING_DAY"),
        ("/deadlines/rehandle/amount", json!(0), "$.deadlines.rehandle.amount: must be from 1 to 24"),
        ("/deadlines/returnWindow/amount", json!(745), "$.deadlines.returnWindow.amount: must be from 1 to 744"),
        (
            "/deadlines/replyExtended/amount",
            json!(2),
            "$.deadlines.replyExtended.amount: must not be shorter than reply",
        ),
        (
            "/deadlines/replyExtended/unit",
            json!("WORKING_DAYS"),
            "$.deadlines.replyExtended.unit: must be the unit of reply",
        ),
        (
            "/deadlines/reply",
            json!({"unit": "FIXED_DATE", "date": "06-30", "roll": "NONE"}),
            "$.deadlines.reply.atMost: the reply needs a longest time",
        ),
        (
            "/deadlines/feedback",
            json!({"unit": "FIXED_DATE", "date": "02-29", "roll": "NONE"}),
            "$.deadlines.feedback.date: must be a day that every year has, such as 06-30",
        ),
        (
            "/deadlines/feedback",
            json!({"unit": "FIXED_DATE", "date": "6-30", "roll": "NONE"}),
            "$.deadlines.feedback.date: must be a day that every year has, such as 06-30",
        ),
        (
            "/deadlines/feedback",
            json!({"unit": "FIXED_DATE", "amount": 3, "roll": "NONE"}),
            "$.deadlines.feedback.date: missing",
        ),
        (
            "/deadlines/feedback",
            json!({"unit": "MONTHS", "amount": 3, "date": "06-30", "roll": "NONE"}),
            "$.deadlines.feedback.date: does not go with this unit",
        ),
        ("/deadlines/feedback", json!({"unit": "MONTHS", "roll": "NONE"}), "$.deadlines.feedback.amount: missing"),
        (
            "/deadlines/feedback",
            json!({"unit": "MONTHS", "amount": 3, "roll": "NONE", "startCounts": 1}),
            "$.deadlines.feedback.startCounts: must be true or false",
        ),
        ("/clock/pauseFor", json!(["RETURN", "RETURN"]), "$.clock.pauseFor[1]: \"RETURN\" is given twice"),
        ("/clock/pauseFor", json!(["HOLIDAY"]), "$.clock.pauseFor[0]: must be one of RETURN, DISPUTE"),
        ("/clock", json!({"pauseFor": []}), "$.clock.restartOnReassignment: missing"),
        ("/milestones/0/percent", json!(0), "$.milestones[0].percent: must be from 1 to 100"),
        ("/milestones/1/stage", json!("RESEARCH"), "$.milestones[1].stage: \"RESEARCH\" is given twice"),
        (
            "/milestones/0",
            json!({"stage": "RESEARCH", "redAfter": 3}),
            "$.milestones[0]: must be given by either percent or period",
        ),
        (
            "/milestones/0",
            json!({"stage": "RESEARCH", "period": {"unit": "MONTHS", "amount": 99, "roll": "NONE"}, "redAfter": 3}),
            "$.milestones[0].period.amount: must be from 1 to 24",
        ),
        ("/reminders/0/days", json!(0), "$.reminders[0].days: must be from 1 to 250"),
        ("/reminders/0/to", json!([]), "$.reminders[0].to: needs at least one role"),
        ("/reminders/1/days", json!(2), "$.reminders[1].days: \"UNSIGNED 2\" is given twice"),
        ("/reminders/9/days", json!(1), "$.reminders[9].days: must be 0"),
        ("/warning/redDaysLeft", json!(99), "$.warning.redDaysLeft: must not exceed yellowDaysLeft"),
        ("/texts/proposal/title", json!(0), "$.texts.proposal.title: must not be 0"),
        ("/texts/other/reason", json!("long"), "$.texts.other.reason: must be a whole number from 0 to 65535"),
        ("/demandsRequired", json!(1), "$.demandsRequired: must be true or false"),
        ("/contactsBeforeReply", json!(21), "$.contactsBeforeReply: at most 20"),
        ("/outcomes/cppcc/3/outcome", json!("SOLVED"), "$.outcomes.cppcc[3].outcome: \"SOLVED\" is given twice"),
        ("/outcomes/congress/0/label", json!(" "), "$.outcomes.congress[0].label: must not be blank"),
        ("/promisesRequiredFor", json!(["PLANNED", "PLANNED"]), "$.promisesRequiredFor[1]: \"PLANNED\" is given twice"),
        ("/refusalGrounds/congress", json!([]), "$.refusalGrounds.congress: needs at least one entry"),
        (
            "/refusalGrounds/cppcc",
            json!([ground("A"), ground("A")]),
            "$.refusalGrounds.cppcc[1].code: \"A\" is given twice",
        ),
        (
            "/refusalGrounds/cppcc",
            json!([ground("own")]),
            "$.refusalGrounds.cppcc[0].code: must be capital letters, digits and underscores, at most 32",
        ),
        ("/signOff", json!([]), "$.signOff: needs at least one step"),
        ("/signOff", json!([step("AUDITOR")]), "$.signOff[0].role: must be a role inside the agency"),
        ("/signOff", json!([step("LIAISON"), step("LIAISON")]), "$.signOff[1].role: \"LIAISON\" is given twice"),
        ("/signOff/0/gates/1", json!("POLITICAL"), "$.signOff[0].gates[1]: \"POLITICAL\" is given twice"),
        ("/faceToFaceModes", json!(["VISIT", "VISIT"]), "$.faceToFaceModes[1]: \"VISIT\" is given twice"),
        ("/withdrawal/until", json!("NEVER"), "$.withdrawal.until: must be one of BEFORE_ASSIGNMENT, BEFORE_REPLY"),
        ("/withdrawal/joint", json!(7), "$.withdrawal.joint: must be one of LEAD_ALONE, UNANIMOUS"),
        ("/feedback", json!({}), "$.feedback.acceptLate: missing"),
        ("/supervisionLabels", json!([]), "$.supervisionLabels: needs at least one entry"),
        ("/supervisionLabels", json!(["督办", "督办"]), "$.supervisionLabels[1]: \"督办\" is given twice"),
        ("/supervisionLabels", json!(["督".repeat(65)]), "$.supervisionLabels[0]: at most 64 characters, found 65"),
        ("/proposerMaskedFrom", json!(["HANDLER", "HANDLER"]), "$.proposerMaskedFrom[1]: \"HANDLER\" is given twice"),
        (
            "/proposerMaskedFrom",
            json!(["TRANSFER_OFFICE"]),
            "$.proposerMaskedFrom[0]: must be a role inside the agency",
        ),
    ];
    for (pointer, value, expected) in cases {
        let found = faults_after(pointer, value);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{pointer}: {found:?}");
    }
    let missing = faults_after("/outcomes/congress", json!([]));
    assert!(missing[0].starts_with("$.outcomes.congress: outcomes are missing: SOLVED, PARTLY_SOLVED"), "{missing:?}");
}

#[test]
fn a_region_may_urge_more_often_and_leave_disputes_to_its_leaders() {
    let with = |key: &str, value: Value| {
        let mut changed = preset();
        changed[key] = value;
        RuleSet::parse(&changed.to_string()).map_err(|faults| faults[0].to_string())
    };
    assert_eq!(with("urgesPerDay", json!(3)).unwrap().urges_per_day, UrgesPerDay(3));
    let by_leader = with("arbitratedBy", json!("REGION_LEADER")).unwrap();
    assert_eq!(by_leader.arbitrated_by, ArbitratedBy(Arbiter::RegionLeader));
    for count in [0, 21] {
        assert_eq!(with("urgesPerDay", json!(count)).unwrap_err(), "$.urgesPerDay: must be from 1 to 20");
    }
    let nobody = with("arbitratedBy", json!("NOBODY")).unwrap_err();
    assert_eq!(nobody, "$.arbitratedBy: must be one of TRANSFER_OFFICE, REGION_LEADER");
}

#[test]
fn a_region_measures_texts_its_own_way_and_keeps_nothing_back_by_itself() {
    let with = |checks: Value| {
        let text = overlay(&preset().to_string(), &json!({ "textChecks": checks }).to_string());
        text.map(|text| RuleSet::parse(&text).unwrap().text_checks).map_err(|faults| faults[0].to_string())
    };
    let plain = with(json!({})).unwrap();
    assert_eq!((plain.part_min, plain.whole_max, plain.boilerplate_percent), (20, 1_500, 60));
    assert!(plain.block_submission.is_empty() && plain.block_sign_off.is_empty());
    let own = json!({ "wholeMax": 800, "vagueWords": ["酌情"], "blockSubmission": ["SECRECY"], "blockSignOff": ["BOILERPLATE"] });
    let own = with(own).unwrap();
    assert_eq!((own.part_min, own.whole_max, own.vague_words), (20, 800, vec!["酌情".to_owned()]));
    assert_eq!(
        (own.block_submission, own.block_sign_off),
        (vec![crate::vocabulary::TextCheck::Secrecy], vec![crate::vocabulary::TextCheck::Boilerplate])
    );
    for (checks, fault) in [
        (json!({ "partMin": 0 }), "$.textChecks.partMin: must be from 1 to 500"),
        (json!({ "boilerplatePercent": 101 }), "$.textChecks.boilerplatePercent: must be from 1 to 100"),
        (json!({ "vagueWords": [" "] }), "$.textChecks.vagueWords[0]: must not be blank"),
        (json!({ "setPhrases": ["收悉", "收悉"] }), "$.textChecks.setPhrases[1]: \"收悉\" is given twice"),
        (json!({ "secretWords": vec!["密"; 201] }), "$.textChecks.secretWords: at most 200"),
        (json!({ "blockSignOff": ["TITLE", "TITLE"] }), "$.textChecks.blockSignOff[1]: \"TITLE\" is given twice"),
    ] {
        assert_eq!(with(checks).unwrap_err(), fault);
    }
    assert!(with(json!({ "blockSubmission": ["ANY"] })).unwrap_err().contains("must be one of SEVERAL_MATTERS"));
}

#[test]
fn a_period_may_be_left_out_and_a_list_may_be_closed() {
    for pointer in ["/deadlines/replyExtended", "/deadlines/returnWindow", "/deadlines/feedback"] {
        assert_eq!(faults_after(pointer, Value::Null), [""; 0]);
    }
    assert_eq!(faults_after("/texts/suggestion/attachments", json!(0)), [""; 0]);
}

#[test]
fn a_text_stored_before_a_part_existed_can_still_be_read() {
    // The first text of the preset, as it stands in databases; it must never change.
    let first = RuleSet::parse(include_str!("../../../tests-data/rules-1-first.json")).unwrap();
    let now = RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap();
    assert_eq!(first.deadlines.off_session_assignment, None);
    assert_eq!((&first.clock, &first.milestones, &first.reminders), (&now.clock, &now.milestones, &now.reminders));
    assert_eq!((first.urges_per_day, first.arbitrated_by), (UrgesPerDay(1), ArbitratedBy(Arbiter::TransferOffice)));
    assert!(first.clock.pause_for.is_empty() && !first.clock.restarts(Basis::Reply));
    assert!(first.clock.restarts(Basis::CoOpinion));
    assert!(!first.milestones.0.is_empty() && !first.reminders.0.is_empty(), "the defaults can be read");
    let kept = |rules: &RuleSet| (rules.deadlines.reply.clone(), rules.sign_off.clone(), rules.outcomes.clone());
    assert_eq!(kept(&first), kept(&now));
}

#[test]
fn a_period_can_be_written_and_read_again() {
    for json in [
        json!({"unit": "MONTHS", "amount": 3, "roll": "NONE"}),
        json!({"unit": "WORKING_DAYS", "amount": 3, "startCounts": true, "roll": "NEXT_WORKING_DAY"}),
        json!({"unit": "FIXED_DATE", "date": "06-30", "roll": "NONE"}),
        json!({"unit": "FIXED_DATE", "date": "05-10", "atMost": {"unit": "MONTHS", "amount": 3}, "roll": "NONE"}),
    ] {
        let mut faults = Faults::default();
        let period = Period::from_json(&json, "$", &mut faults);
        assert_eq!(serde_json::to_value(faults.into_result(period).unwrap()).unwrap(), json);
    }
}

#[test]
fn several_faults_are_named_at_once() {
    let mut changed = preset();
    changed["warning"]["redDaysLeft"] = json!(50);
    changed["signOff"] = json!([]);
    changed["contactsBeforeReply"] = json!(100);
    let faults = RuleSet::parse(&changed.to_string()).unwrap_err();
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["$.warning.redDaysLeft", "$.contactsBeforeReply", "$.signOff"]);
}
