//! Tests of whole files: many faults at once, no roster at all, and long chains.

use super::*;

#[test]
fn a_file_with_many_faults_names_them_all_at_once() {
    let file = json!({
        "format": "roster/1",
        "regions": [
            {"code": "990100", "name": "海州市", "level": "CITY"},
            {"code": "990101", "name": "清河区", "level": "DISTRICT", "parent": "990199"},
        ],
        "organizations": [
            {"key": "gov", "name": "政府办公室", "kind": "TRANSFER_OFFICE", "region": "990101"},
            {"key": "d1", "name": "第一代表团", "kind": "DELEGATION", "region": "990101"},
            {"key": "a", "name": "甲局", "kind": "AGENCY", "region": "990101", "parent": "b"},
            {"key": "b", "name": "乙\u{202E}局", "kind": "AGENCY", "region": "990101", "parent": "a"},
            {"key": "gov", "name": "又一个", "kind": "AGENCY", "region": "990100", "boss": true},
            7,
        ],
        "users": [
            {"username": "one", "name": "甲", "password": "", "positions": [{"role": "LIAISON", "organization": "gov"}]},
            {"username": "One", "name": " ", "password": 5, "positions": [
                {"role": "CLERK", "organization": "nowhere", "startsOn": "2026-13-01"},
                {"role": "HANDLER", "organization": "a", "startsOn": "2026-02-01", "endsOn": "2026-01-01"},
            ]},
        ],
        "sessions": [
            {"key": "s", "region": "990101", "institution": "SENATE", "termNo": "18", "sessionNo": 1, "title": "会议",
             "opensOn": "2026-01-08", "closesOn": "2026-01-05", "submissionCutoff": "noon", "handlingYear": 2030},
        ],
        "rules": [{"region": "990177", "preset": "atlantis", "from": "2026-01-01"}],
    });
    let faults = parse(&file.to_string()).unwrap_err();
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "$.regions[1].level",
            "$.organizations[3].name",
            "$.organizations[4].boss",
            "$.organizations[5]",
            "$.users[0].password",
            "$.users[1].name",
            "$.users[1].password",
            "$.users[1].positions[0].role",
            "$.users[1].positions[0].startsOn",
            "$.sessions[0].institution",
            "$.sessions[0].termNo",
            "$.sessions[0].submissionCutoff",
            "$.categories",
            "$.organizations[1].institution",
            "$.users[1].positions[1].endsOn",
            "$.sessions[0].handlingYear",
            "$.sessions[0].closesOn",
            "$.rules[0].preset",
            "$.organizations[4].key",
            "$.users[1].username",
            "$.regions[1].parent",
            "$.users[0].positions[0].role",
            "$.users[1].positions[0].organization",
            "$.rules[0].region",
            "$.organizations[2].parent",
            "$.organizations[3].parent",
        ]
    );
}

#[test]
fn a_file_that_is_no_object_is_refused() {
    for text in ["", "[]", "null", "{", "{\"format\":\"roster/1\"}"] {
        assert!(!parse(text).unwrap_err().is_empty(), "{text}");
    }
}

#[test]
fn a_long_chain_and_a_great_circle_are_walked_once() {
    let chain = |last_parent: Value| {
        let mut file = small();
        let count = 5000;
        file["organizations"] = (0..count)
            .map(|index| {
                let parent = if index == 0 { last_parent.clone() } else { json!(format!("o{}", index - 1)) };
                json!({"key": format!("o{index}"), "name": "局", "kind": "AGENCY", "region": "990101", "parent": parent})
            })
            .collect();
        file["users"] = json!([]);
        faults_of(&file).len()
    };
    assert_eq!(chain(Value::Null), 0);
    assert_eq!(chain(json!("o4999")), 5000);
}
