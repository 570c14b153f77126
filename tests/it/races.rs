//! Many at once: one wins, the others are told so, on both databases.

use crate::support::{Client, TestApp};
use futures_util::future::join_all;
use serde_json::{Value, json};

const CLIENTS: usize = 64;

/// Sixty-four clients send the same thing; gives how many won. Every other one is told why.
async fn race(client: &Client, verb: &str, input: &Value) -> usize {
    let answers = join_all((0..CLIENTS).map(|_| client.call(verb, input.clone(), ""))).await;
    let mut won = 0;
    for answer in answers {
        match answer.refusals(verb).as_slice() {
            [] => won += 1,
            [one] => assert!(["CONFLICT", "INVALID_TRANSITION"].contains(&one.code.as_str()), "{one:?}"),
            more => panic!("{more:?}"),
        }
    }
    won
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_sixty_four_makes_the_transition() {
    let app = TestApp::new().await;
    let draft = app.draft("rep01").await;
    let lead = draft.lead().await;
    assert_eq!(race(&lead, "submit", &json!({ "id": draft.id, "version": 1 })).await, 1);
    let office = draft.office().await;
    let accept = json!({ "id": draft.id, "version": office.version(&draft.id).await });
    assert_eq!(race(&office, "acceptSubmission", &accept).await, 1);

    let matter = app.assigned("rep02", &["mzj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    let sign = json!({ "id": matter.parts[0].id, "version": liaison.version(&matter.parts[0].id).await });
    assert_eq!(race(&liaison, "signForAssignment", &sign).await, 1);

    let matter = app.rated("rep03", "DISSATISFIED").await;
    let office = matter.office().await;
    let settle = json!({ "id": matter.feedback(), "version": office.version(matter.feedback()).await,
        "decision": "REHANDLE", "reason": "重新办理" });
    assert_eq!(race(&office, "settleFeedback", &settle).await, 1);
    let query = "query($id: ID!) { submission(id: $id) { round } }";
    let seen = office.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.number("submission.round"), 2, "one round was opened, not sixty-four");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_number_is_recorded_once() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let record = json!({ "kind": "BULLETIN", "title": "办理工作动态", "number": "第1期", "issuedOn": "2026-02-09" });
    let answers = join_all((0..16).map(|_| gov.call("createOfficeRecord", record.clone(), ""))).await;
    let won = answers.iter().filter(|answer| answer.refusals("createOfficeRecord").is_empty()).count();
    assert_eq!(won, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_given_at_once_have_no_gap_and_no_double() {
    let app = TestApp::new().await;
    let mut matters = Vec::new();
    for _ in 0..24 {
        matters.push(app.submitted("rep01").await);
    }
    let office = app.sign_in("congress1").await;
    let accept = |id: &str| json!({ "id": id, "version": 2 });
    let answers =
        join_all(matters.iter().map(|m| office.call("acceptSubmission", accept(&m.id), "submission { caseNo }"))).await;
    let mut numbers: Vec<i64> =
        answers.iter().map(|a| a.payload("acceptSubmission")["submission"]["caseNo"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=24).collect::<Vec<i64>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn separate_agencies_that_issue_at_once_are_both_counted() {
    let app = TestApp::new().await;
    let mut matter = app.handling_by("rep01", &["hbj", "slj"], "SEPARATE").await;
    for part in 0..2 {
        matter.draft_reply(part, "SOLVED").await;
        matter.submit_reply(part).await;
        matter.approve(part).await;
    }
    let issue = |part: usize| {
        let matter = matter.clone();
        async move {
            let more = json!({ "documentNo": format!("函{part}号") });
            matter.write(&matter.person(part, "liaison").await, "issueReply", matter.reply(part), more).await
        }
    };
    let (one, two) = tokio::join!(issue(0), issue(1));
    one.payload("issueReply");
    two.payload("issueReply");
    assert_eq!(matter.status().await, "REPLIED");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_makes_one_draft() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let mut input = crate::support::draft_input("SUGGESTION", "关于助餐点的建议");
    input["idempotencyKey"] = json!("key-1");
    let answers = join_all((0..16).map(|_| lead.call("createDraft", input.clone(), "submission { id }"))).await;
    // Whoever came too close to the first is asked to send again, and then gets the first result.
    for answer in answers {
        assert!(answer.refusals("createDraft").iter().all(|one| one.code == "CONFLICT"));
    }
    lead.call("createDraft", input.clone(), "").await.payload("createDraft");
    let seen = lead.ask("{ submissions { totalCount } }").await;
    assert_eq!(seen.number("submissions.totalCount"), 1);
    input["title"] = json!("另一件");
    let (code, field, _) = lead.call("createDraft", input, "").await.refused("createDraft");
    assert_eq!((code.as_str(), field.as_str()), ("CONFLICT", "idempotencyKey"));
}
