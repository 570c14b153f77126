//! Tests of the roster: a small good file, single faults, and a file full of faults.

mod whole_files;

use super::*;
use crate::language::Language;
use serde_json::json;

const SMALL: &str = include_str!("../../data/roster/small.json");

fn small() -> Value {
    serde_json::from_str(SMALL).unwrap()
}

fn faults_of(value: &Value) -> Vec<String> {
    let faults = parse(&value.to_string()).err().unwrap_or_default();
    assert!(faults.iter().all(|fault| !fault.message(Language::Zh).is_empty()));
    faults.into_iter().map(|fault| fault.to_string()).collect()
}

/// The faults of the small file after a change at one place.
fn faults_after(pointer: &str, value: Value) -> Vec<String> {
    let mut changed = small();
    *changed.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value;
    faults_of(&changed)
}

/// The faults of the small file after a member was added or replaced in an object.
fn faults_with(pointer: &str, key: &str, value: Value) -> Vec<String> {
    let mut changed = small();
    changed.pointer_mut(pointer).unwrap()[key] = value;
    faults_of(&changed)
}

fn organization(kind: &str) -> usize {
    small()["organizations"].as_array().unwrap().iter().position(|entry| entry["kind"] == kind).unwrap()
}

#[test]
fn a_good_file_parses_into_typed_entries() {
    let roster = parse(SMALL).unwrap();
    assert_eq!(roster.regions[1].level, RegionLevel::County);
    assert_eq!(roster.regions[1].parent.as_deref(), Some("990100"));
    let section = &roster.organizations[organization("SECTION")];
    assert_eq!((section.kind, section.parent.as_deref()), (OrganizationKind::Section, Some("qh-mzj")));
    assert!(roster.organizations[organization("AGENCY")].duties.as_ref().is_some_and(|duties| !duties.is_empty()));
    let two_hats = roster.users.iter().find(|user| user.positions.len() == 2).unwrap();
    assert_eq!(
        two_hats.positions.iter().map(|position| position.role).collect::<Vec<_>>(),
        [Role::Handler, Role::Representative]
    );
    assert_eq!(two_hats.password.expose(), "Example-2026-only");
    assert!(!format!("{two_hats:?}").contains("Example-2026"), "no password in logs");
    assert_eq!(roster.sessions[0].submission_cutoff.to_rfc3339(), "2026-01-10T04:00:00+00:00");
    assert_eq!((roster.categories.len(), roster.rules[0].preset.as_str()), (5, "shanghai"));
}

#[test]
fn addresses_are_what_a_mail_server_and_a_telephone_take() {
    let with = |key: &str, text: &str| faults_with("/users/2", key, json!(text));
    for right in ["a@b.cn", "wang.jiade+jy@mail.qh.gov.cn", "o'neil@example.org"] {
        assert_eq!(with("email", right), [""; 0], "{right}");
    }
    let wrong = [
        "王@example.cn",
        "a@例子.中国",
        "a@b",
        "a b@c.cn",
        "a@b@c.cn",
        "@b.cn",
        "a@.cn",
        "a@-b.cn",
        ".a@b.cn",
        "a..b@c.cn",
        "\"a\"@b.cn",
        "a@b.cn>",
        "a@b.cn,c@d.cn",
    ];
    for text in wrong {
        assert_eq!(with("email", text), ["$.users[2].email: must be a mail address such as name@example.cn"], "{text}");
    }
    assert!(!with("email", "a@b.cn\r\nBcc: c@d.cn").is_empty());
    assert!(!with("email", &format!("{}@b.cn", "a".repeat(65))).is_empty());
    for right in ["13800001111", "+8613800001111", "010123"] {
        assert_eq!(with("mobile", right), [""; 0], "{right}");
    }
    for text in ["138-0000-1111", "12345", "1234567890123456", "+", "１３８００００１１１１"] {
        assert_eq!(with("mobile", text).len(), 1, "{text}");
    }
}

#[test]
fn each_fault_is_named_by_its_path() {
    let cases = [
        ("/format", json!("roster/2"), "$.format: must be \"roster/1\""),
        ("/regions", json!(7), "$.regions: must be a list"),
        ("/regions/0/code", json!("99-100"), "$.regions[0].code: must be 6 to 12 digits"),
        ("/regions/1/code", json!("990100"), "$.regions[1].code: \"990100\" is given twice"),
        ("/regions/0/level", json!("TOWNSHIP"), "$.regions[1].parent: the superior region must be of a higher level"),
        ("/regions/1/parent", json!("990102"), "$.regions[1].parent: the file has no region \"990102\""),
        ("/regions/1/parent", json!("990101"), "$.regions[1].parent: the superior region must be of a higher level"),
        (
            "/organizations/0/key",
            json!("海州"),
            "$.organizations[0].key: must be letters a to z, digits, -, _ or ., at most 64",
        ),
        ("/organizations/1/key", json!("hz-gov"), "$.organizations[1].key: \"hz-gov\" is given twice"),
        (
            "/organizations/0/name",
            json!("机\u{200B}构"),
            "$.organizations[0].name: character 2 (U+200B) is not allowed",
        ),
        (
            "/organizations/0/name",
            json!("名".repeat(101)),
            "$.organizations[0].name: at most 100 characters, found 101",
        ),
        ("/organizations/0/region", json!("000000"), "$.organizations[0].region: the file has no region \"000000\""),
        (
            "/organizations/1/institution",
            json!("CPPCC"),
            "$.organizations[1].institution: this kind belongs to CONGRESS",
        ),
        ("/organizations/1/institution", Value::Null, "$.organizations[1].institution: this kind needs CONGRESS"),
        ("/users/0/username", json!("a b"), "$.users[0].username: must not hold white space"),
        ("/users/1/username", json!("ADMIN"), "$.users[1].username: \"admin\" is given twice"),
        ("/users/0/password", json!(""), "$.users[0].password: must not be empty"),
        ("/users/0/password", json!("a\u{0}b"), "$.users[0].password: must not hold control characters"),
        ("/users/0/positions", json!([]), "$.users[0].positions: needs at least one position"),
        ("/users/0/positions/0/role", json!("KING"), "$.users[0].positions[0].role: must be one of"),
        (
            "/users/0/positions/0/role",
            json!("LIAISON"),
            "$.users[0].positions[0].role: LIAISON cannot be held in TRANSFER_OFFICE",
        ),
        (
            "/users/0/positions/0/organization",
            json!("qh-x"),
            "$.users[0].positions[0].organization: the file has no organisation \"qh-x\"",
        ),
        (
            "/users/9/positions/0/portfolio",
            json!(["qh-x"]),
            "$.users[9].positions[0].portfolio[0]: the file has no organisation \"qh-x\"",
        ),
        (
            "/users/9/positions/0/portfolio",
            json!(["qh-mzj", "qh-mzj-yw"]),
            "$.users[9].positions[0].portfolio[1]: is no agency",
        ),
        (
            "/users/9/positions/0/portfolio",
            json!(["qh-mzj", "qh-scj", "qh-mzj"]),
            "$.users[9].positions[0].portfolio[2]: \"qh-mzj\" is given twice",
        ),
        (
            "/users/9/positions/0/role",
            json!("TRANSFER_OFFICE"),
            "$.users[9].positions[0].portfolio: only a leader of the region has one",
        ),
        ("/users/2/positions/0/endsOn", json!("2021-12-31"), "$.users[2].positions[0].endsOn: lies before startsOn"),
        ("/sessions/0/closesOn", json!("2026-01-07"), "$.sessions[0].closesOn: lies before opensOn"),
        ("/sessions/0/opensOn", json!("2026-02-30"), "$.sessions[0].opensOn: must be a date such as 2026-01-08"),
        ("/sessions/0/termNo", json!(0), "$.sessions[0].termNo: must be from 1 to 99"),
        ("/sessions/0/termNo", json!(-1), "$.sessions[0].termNo: must be a whole number from 0 to 65535"),
        (
            "/sessions/0/handlingYear",
            json!(2028),
            "$.sessions[0].handlingYear: must be the year of the opening or the next",
        ),
        (
            "/sessions/0/submissionCutoff",
            json!("2026-01-10T12:00:00"),
            "$.sessions[0].submissionCutoff: must be a time with its offset",
        ),
        (
            "/sessions/0/submissionCutoff",
            json!("2026-03-10T12:00:00+08:00"),
            "$.sessions[0].submissionCutoff: must lie from 2025-12-09 to 2026-02-10",
        ),
        ("/sessions/1/key", json!("qh-congress-2026"), "$.sessions[1].key: \"qh-congress-2026\" is given twice"),
        ("/sessions/1/region", json!("1"), "$.sessions[1].region: the file has no region \"1\""),
        ("/categories/1/name", json!("经济发展"), "$.categories[1].name: \"经济发展\" is given twice"),
        ("/categories/4/parent", json!("体育"), "$.categories[4].parent: the file has no category \"体育\""),
        ("/categories/4/parent", json!("养老"), "$.categories[4].parent: is its own ancestor"),
        ("/rules/0/preset", json!("atlantis"), "$.rules[0].preset: no such preset"),
        ("/rules/0/from", json!("today"), "$.rules[0].from: must be a date such as 2026-01-08"),
    ];
    for (pointer, value, expected) in cases {
        let found = faults_after(pointer, value);
        assert!(
            found.iter().any(|fault| fault.starts_with(expected)),
            "{pointer}: expected {expected}, found {found:?}"
        );
    }
}

#[test]
fn added_members_are_judged_too() {
    let (agency, section) = (organization("AGENCY"), organization("SECTION"));
    let at = |index: usize| format!("/organizations/{index}");
    let cases = [
        (faults_with("", "extra", json!(1)), "$.extra: unknown member".to_owned()),
        (faults_with("/users/0", "phone", json!("1")), "$.users[0].phone: unknown member".to_owned()),
        (
            faults_with(&at(agency), "institution", json!("CONGRESS")),
            format!("$.organizations[{agency}].institution: this kind belongs to no institution"),
        ),
        (
            faults_with(&at(agency), "parent", json!("hz-gov")),
            format!("$.organizations[{agency}].parent: lies in another region"),
        ),
        (
            faults_with(&at(agency), "parent", json!("qh-mzj-yw")),
            format!("$.organizations[{agency}].parent: is its own ancestor"),
        ),
        (
            faults_with(&at(agency), "duties", json!(["", "责".repeat(201)])),
            format!("$.organizations[{agency}].duties[1]: at most 200 characters, found 201"),
        ),
        (
            faults_with(&at(section), "parent", Value::Null),
            format!("$.organizations[{section}].parent: a section needs the organisation of which it is a part"),
        ),
    ];
    for (found, expected) in cases {
        assert!(found.contains(&expected), "expected {expected}, found {found:?}");
    }
    let mut twice = small();
    twice["sessions"][1] = twice["sessions"][0].clone();
    twice["sessions"][1]["key"] = json!("other");
    assert_eq!(faults_of(&twice), ["$.sessions[1].sessionNo: \"990101 CONGRESS 18-6\" is given twice"]);
    let mut twice = small();
    let hat = twice["users"][0]["positions"][0].clone();
    twice["users"][0]["positions"].as_array_mut().unwrap().push(hat);
    assert_eq!(faults_of(&twice), ["$.users[0].positions[1]: \"ADMINISTRATOR @ qh-gov\" is given twice"]);
    let mut twice = small();
    let rule = twice["rules"][0].clone();
    twice["rules"].as_array_mut().unwrap().push(rule);
    assert_eq!(faults_of(&twice), ["$.rules[1].from: \"990101 2017-01-01\" is given twice"]);
}
