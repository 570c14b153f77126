//! Meetings and inspections: recorded for many matters at once, seen by those who follow one of them.

use crate::support::TestApp;
use serde_json::{Value, json};

const READ: &str = "query($id: ID!) { submission(id: $id) { contacts { id } meetings { id title participants
    submissions { id } } timeline(first: 100) { nodes { action summary } } } }";

fn input(kind: &str, ids: &[&str]) -> Value {
    json!({ "kind": kind, "title": "养老服务类建议面商会", "heldAt": "2026-02-10T08:30:00+08:00", "place": "区政府二楼会议室",
        "participants": ["民政局", "代表"], "summary": "就助餐点布局达成一致。", "submissionIds": ids })
}

#[tokio::test]
async fn a_meeting_stands_with_each_of_its_matters_for_those_who_follow_them() {
    let app = TestApp::new().await;
    let (first, second) = (app.handling("rep01").await, app.assigned("mem01", &["jtj"], "SOLE").await);
    let other = app.assigned("rep02", &["jtj"], "SOLE").await;
    let gov = app.sign_in("gov1").await;
    let selection = "meeting { id kind submissions { id } }";
    let answer = gov.call("recordMeeting", input("CONSULTATION", &[&first.id, &second.id]), selection).await;
    let meeting = &answer.payload("recordMeeting")["meeting"];
    assert_eq!((meeting["kind"].as_str(), meeting["submissions"].as_array().unwrap().len()), (Some("CONSULTATION"), 2));
    let id = meeting["id"].clone();
    for (username, matter, follows) in [
        ("rep01", &first, 1),
        ("mzj-liaison", &first, 1),
        ("mzj-handler", &first, 1),
        ("congress1", &first, 1),
        ("mayor1", &first, 1),
        ("auditor", &second, 2),
        ("mem01", &second, 1),
        ("jtj-liaison", &second, 1),
    ] {
        let seen = app.sign_in(username).await.gql(READ, json!({ "id": matter.id })).await;
        let found = &seen.list("submission.meetings")[0];
        assert_eq!(found["participants"], json!(["民政局", "代表"]), "{username}");
        // Of the other matters he learns only what he may follow.
        let shown = found["submissions"].as_array().unwrap();
        let all = ["auditor", "mayor1"].contains(&username);
        assert_eq!(shown.len(), if all { 2 } else { follows }, "{username}");
        let told = seen.list("submission.timeline.nodes").iter().any(|one| one["action"] == "MEETING_HELD");
        assert!(told, "{username}");
        assert_eq!(seen.list("submission.contacts"), &[] as &[Value], "a meeting is no contact");
    }
    // A colleague reads the text of an open matter, and not what is done about it.
    let peer = app.sign_in("rep03").await.gql(READ, json!({ "id": first.id })).await;
    assert_eq!(peer.list("submission.meetings"), &[] as &[Value]);
    for (username, sees) in
        [("rep01", true), ("rep03", false), ("rep02", false), ("czj-liaison", false), ("admin", false)]
    {
        let client = app.sign_in(username).await;
        let node = client.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(!node.data("node").is_null(), sees, "{username}");
        let list = client.ask("{ meetings { totalCount nodes { id } } }").await;
        assert_eq!(list.number("meetings.totalCount"), i64::from(sees), "{username}");
    }
    let of = async |filter: Value| {
        let query =
            "query($kinds: [MeetingKind!], $id: ID) { meetings(kinds: $kinds, submissionId: $id) { totalCount } }";
        gov.gql(query, filter).await.number("meetings.totalCount")
    };
    assert_eq!(of(json!({ "id": first.id })).await, 1);
    assert_eq!(of(json!({ "id": other.id })).await, 0);
    assert_eq!(of(json!({ "kinds": ["CONSULTATION", "SURVEY"] })).await, 1);
    assert_eq!(of(json!({ "kinds": ["SURVEY"] })).await, 0);
}

#[tokio::test]
async fn each_records_for_matters_he_may_act_on_all_or_none() {
    let app = TestApp::new().await;
    let (own, foreign) = (app.assigned("rep01", &["mzj"], "SOLE").await, app.assigned("mem01", &["jtj"], "SOLE").await);
    let attempt = async |username: &str, ids: &[&str]| {
        let answer = app.sign_in(username).await.call("recordMeeting", input("SURVEY", ids), "").await;
        match answer.body["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => answer.refusals("recordMeeting").first().map_or_else(|| "done".to_owned(), |one| one.code.clone()),
        }
    };
    for (username, verdict) in [
        ("gov1", "done"),
        ("congress1", "done"),
        ("mzj-liaison", "done"),
        ("mzj-head", "FORBIDDEN"),
        ("mzj-handler", "NOT_FOUND"),
        ("mayor1", "FORBIDDEN"),
        ("rep01", "FORBIDDEN"),
        ("auditor", "FORBIDDEN"),
        ("cppcc1", "NOT_FOUND"),
        ("jtj-liaison", "NOT_FOUND"),
    ] {
        assert_eq!(attempt(username, &[&own.id]).await, verdict, "{username}");
    }
    assert_eq!(attempt("mzj-liaison", &[&own.id, &foreign.id]).await, "NOT_FOUND");
    assert_eq!(attempt("gov1", &[]).await, "REQUIRED");
    let seen = app.sign_in("gov1").await.ask("{ meetings { totalCount } }").await;
    assert_eq!(seen.number("meetings.totalCount"), 3, "what was refused left nothing");
}

#[tokio::test]
async fn the_same_key_records_one_meeting() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let gov = app.sign_in("gov1").await;
    let mut keyed = input("HANDOVER", &[&matter.id]);
    keyed["idempotencyKey"] = json!("2026-交办会-1");
    let first = gov.call("recordMeeting", keyed.clone(), "meeting { id }").await;
    let again = gov.call("recordMeeting", keyed.clone(), "meeting { id }").await;
    assert_eq!(first.payload("recordMeeting")["meeting"], again.payload("recordMeeting")["meeting"]);
    keyed["title"] = json!("另一次会议");
    assert_eq!(gov.call("recordMeeting", keyed, "").await.refused("recordMeeting").0, "CONFLICT");
}

#[tokio::test]
async fn a_masked_proposer_is_not_named_by_a_meeting() {
    let app = TestApp::new().await;
    let mut draft = crate::support::draft_input("SUGGESTION", "关于助餐点的建议");
    draft["confidentiality"] = json!("RESTRICTED");
    let mut matter = app.draft_of("rep01", draft).await;
    matter.bring_into_hands("mzj").await;
    let office = matter.office().await;
    office.call("recordMeeting", input("CONSULTATION", &[&matter.id]), "").await.payload("recordMeeting");
    for (username, named) in [("mzj-handler", 0), ("mzj-liaison", 2), ("gov1", 2), ("rep01", 2)] {
        let seen = app.sign_in(username).await.gql(READ, json!({ "id": matter.id })).await;
        let participants = seen.list("submission.meetings")[0]["participants"].as_array().unwrap().len();
        assert_eq!(participants, named, "{username}");
    }
}
