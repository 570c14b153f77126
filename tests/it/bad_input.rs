//! Bad input: a clear error with code and field, nothing stored, nothing lost.
//!
//! The modules below read every field of every mutation from the schema and try it on a valid input, so that a new
//! field is tried as soon as it is there, or a test says what it needs.

mod accounts;
mod bases;
mod fields;
mod offices;
mod texts;
mod values;

use crate::support::{TestApp, draft_input};
use serde_json::{Value, json};

#[tokio::test]
async fn faulty_texts_are_refused_at_their_field_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let long = "长".repeat(101);
    let limit = "题".repeat(100);
    let cases: &[(&str, &str, &str)] = &[
        ("title", "  \u{3000}\n", "REQUIRED"),
        ("title", "零\u{0}字", "INVALID_VALUE"),
        ("title", "换\n行", "INVALID_VALUE"),
        ("title", "\u{202e}反向", "INVALID_VALUE"),
        ("title", "零宽\u{200b}字符", "INVALID_VALUE"),
        ("background", "控制\u{85}字符", "INVALID_VALUE"),
        ("title", &long, "TOO_LONG"),
    ];
    for (field, text, wanted) in cases {
        let mut input = draft_input("SUGGESTION", "关于助餐点的建议");
        input[*field] = json!(text);
        let (code, at, message) = lead.call("createDraft", input, "").await.refused("createDraft");
        assert_eq!((code.as_str(), at.as_str()), (*wanted, *field), "{text:?}");
        assert!(!message.is_empty());
    }
    let mut two = draft_input("SUGGESTION", "");
    two["analysis"] = json!("");
    let fields: Vec<String> =
        lead.call("createDraft", two, "").await.refusals("createDraft").into_iter().map(|f| f.field).collect();
    assert_eq!(fields, ["title", "analysis"], "every fault at once");
    assert_eq!(lead.ask("{ submissions { totalCount } }").await.number("submissions.totalCount"), 0);
    let mut good = draft_input("SUGGESTION", &limit);
    good["background"] = json!("𠮷祥里社区\r\n第二行");
    let answer = lead.call("createDraft", good, "submission { title background }").await;
    let stored = &answer.payload("createDraft")["submission"];
    assert_eq!((&stored["title"], &stored["background"]), (&json!(limit), &json!("𠮷祥里社区\n第二行")));
}

#[tokio::test]
async fn ids_of_another_type_unknown_fields_and_wrong_dates_are_bad_input() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let user = app.user("rep01").await;
    let wrong = lead.call("submit", json!({ "id": user, "version": 1 }), "").await;
    assert_eq!(wrong.error_code(), "BAD_INPUT");
    assert_eq!(wrong.body["errors"][0]["extensions"]["field"], json!(["id"]));
    for id in ["", "submission_1", "submission_00000000-0000-0000-0000-000000000001", "'; DROP TABLE submission; --"] {
        assert_eq!(lead.call("submit", json!({ "id": id, "version": 1 }), "").await.error_code(), "BAD_INPUT", "{id}");
    }
    let plan = json!({ "submissionId": app.draft("rep01").await.id, "version": 1, "mode": "SOLE",
        "agencies": [{ "agencyId": app.agency("mzj").await, "role": "LEAD" }, { "agencyId": user, "role": "CO" }] });
    let wrong = app.sign_in("gov1").await.call("planAssignment", plan, "").await;
    assert_eq!(wrong.body["errors"][0]["extensions"]["field"], json!(["agencies", "1", "agencyId"]));
    let mut unknown = draft_input("SUGGESTION", "题");
    unknown["status"] = json!("CLOSED");
    assert_eq!(lead.call("createDraft", unknown, "").await.error_code(), "BAD_INPUT", "no mass assignment");
    let matter = app.handling("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let extend =
        |until: Value| json!({ "assignmentId": matter.parts[0].id, "version": 4, "until": until, "reason": "x" });
    for until in [json!("2026-13-01"), json!("2026-2-1"), json!(20260601), json!("明天"), json!("2026-02-30")] {
        assert_eq!(
            liaison.call("requestExtension", extend(until.clone()), "").await.error_code(),
            "BAD_INPUT",
            "{until}"
        );
    }
    let version = liaison.version(&matter.parts[0].id).await;
    let mut beyond = extend(json!("2026-08-11"));
    beyond["version"] = json!(version);
    let (code, field, _) = liaison.call("requestExtension", beyond, "").await.refused("requestExtension");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "until"), "six months at most");
    for page in ["first: -1", "first: 101", "first: 2147483647", "first: 1, last: 1", "after: \"x\""] {
        let query = format!("{{ submissions({page}) {{ nodes {{ id }} }} }}");
        assert_eq!(lead.ask(&query).await.error_code(), "BAD_INPUT", "{page}");
    }
}

#[tokio::test]
async fn texts_are_chinese_or_english_as_asked() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let input = draft_input("PROPOSAL", "关于助餐点的提案");
    let (_, _, zh) = lead.call("createDraft", input.clone(), "").await.refused("createDraft");
    let (_, _, en) = lead.in_language("en-GB,en;q=0.9").call("createDraft", input, "").await.refused("createDraft");
    assert!(zh.contains("切换身份") && en.contains("switch position"), "{zh} {en}");
}
