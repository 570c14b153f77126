//! What once came out, or was hidden without need: each stays mended.

use super::stage::did;
use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::json;

/// A restricted matter of rep04, answered and rated; the rating is settled.
async fn settled_and_restricted(app: &TestApp) -> Matter {
    let mut input = draft_input("SUGGESTION", "题");
    input["confidentiality"] = json!("RESTRICTED");
    let mut matter = app.draft_of("rep04", input).await;
    matter.bring_into_hands("mzj").await;
    answer(&mut matter).await;
    matter.rate("SATISFIED").await;
    matter.settle("CLOSE").await;
    matter
}

async fn answer(matter: &mut Matter) {
    matter.record_contact(0).await;
    matter.draft_reply(0, "SOLVED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
}

const ASKED: &str =
    "query($id: ID!) { submission(id: $id) { feedbacks { id overallRating submission { id } respondent { id } } } }";

#[tokio::test]
async fn a_settled_form_that_names_a_masked_proposer_is_hidden() {
    let app = TestApp::new().await;
    let matter = settled_and_restricted(&app).await;
    let handler = matter.person(0, "handler").await.gql(ASKED, json!({ "id": matter.id })).await;
    assert_eq!(handler.data("submission.feedbacks"), &json!([]));
    let liaison = matter.person(0, "liaison").await.gql(ASKED, json!({ "id": matter.id })).await;
    assert_eq!(liaison.text("submission.feedbacks.0.respondent.id"), app.user("rep04").await);
}

/// A proposal of mem03 with one of mem04 merged into it, answered.
async fn merged(app: &TestApp) -> (Matter, Matter) {
    let mut main = app.handling("mem03").await;
    let mut other = app.accepted("mem04").await;
    let merge = json!({ "mainId": main.id, "mergedIds": [other.id], "reason": "诉求一致" });
    did(&main.office().await, "mergeSubmissions", merge).await;
    answer(&mut main).await;
    other.find_feedbacks().await;
    (main, other)
}

#[tokio::test]
async fn a_settled_form_of_a_merged_matter_leads_an_agency_to_the_main_matter_alone() {
    let app = TestApp::new().await;
    let (main, mut other) = merged(&app).await;
    other.rate("SATISFIED").await;
    other.settle("CLOSE").await;
    let liaison = main.person(0, "liaison").await.gql(ASKED, json!({ "id": main.id })).await;
    assert_eq!(liaison.list("submission.feedbacks").len(), 1, "the other form is sealed");
    // The agency answers him too, so it may know him; his own submission it does not see.
    assert_eq!(liaison.text("submission.feedbacks.0.respondent.id"), app.user("mem04").await);
    assert_eq!(liaison.text("submission.feedbacks.0.submission.id"), main.id);
    let office = main.office().await.gql(ASKED, json!({ "id": other.id })).await;
    assert_eq!(office.text("submission.feedbacks.0.respondent.id"), app.user("mem04").await);
}

#[tokio::test]
async fn the_forms_of_a_matter_are_all_there_after_those_of_a_merged_one_were_read() {
    let app = TestApp::new().await;
    let (main, other) = merged(&app).await;
    let query = "query($id: ID!) { submission(id: $id) { feedbacks { id } mergedInto { id feedbacks { id } } } }";
    let seen = main.office().await.gql(query, json!({ "id": other.id })).await;
    assert_eq!(seen.list("submission.feedbacks").len(), 1);
    assert_eq!(seen.text("submission.mergedInto.id"), main.id);
    assert_eq!(seen.list("submission.mergedInto.feedbacks").len(), 2, "{:#}", seen.body);
}

/// What the newest notification with this title says.
async fn told(client: &Client, title: &str) -> String {
    let answer = client.ask("{ viewer { notifications(first: 100) { nodes { title body } } } }").await;
    let list = answer.list("viewer.notifications.nodes");
    let found = list.iter().find(|one| one["title"] == json!(title)).unwrap_or_else(|| answer.fail("nobody was told"));
    found["body"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_notification_keeps_its_detail_from_a_liaison_who_co_signed_the_matter() {
    let app = TestApp::new().await;
    let matter = app.signed_off("rep01").await;
    let reason = json!({ "reason": "答复不够具体,请补充落实措施" });
    matter.write(&matter.government().await, "rejectReply", matter.reply(0), reason).await.payload("rejectReply");
    let liaison = matter.person(0, "liaison").await;
    assert!(told(&liaison, "驳回答复").await.contains("落实措施"));
    super::stage::signed_as_deputy(&app, &matter, "mzj-liaison").await;
    assert!(!told(&liaison, "驳回答复").await.contains("落实措施"), "an internal remark about his own matter");
}

#[tokio::test]
async fn who_declined_to_co_sign_is_known_among_the_proposers_alone() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let people = [app.user("rep02").await, app.user("rep03").await];
    did(&matter.lead().await, "inviteCosigners", json!({ "submissionId": matter.id, "userIds": people })).await;
    for (rep, accept) in [("rep02", true), ("rep03", false)] {
        let input = json!({ "submissionId": matter.id, "accept": accept, "opinion": "意见" });
        did(&app.sign_in(rep).await, "answerCosign", input).await;
    }
    matter.submit().await;
    matter.accept().await;
    let withdraw = json!({ "reason": "另有安排" });
    matter.write(&matter.lead().await, "withdraw", &matter.id, withdraw).await.payload("withdraw");
    let refuse = json!({ "submissionId": matter.id, "agree": false, "opinion": "不同意" });
    did(&app.sign_in("rep02").await, "answerWithdrawal", refuse).await;
    let query = "query($id: ID!) { submission(id: $id) { cosignatures { user { id } status withdrawalAgreed } } }";
    for (reader, count) in [("rep01", 2), ("rep02", 2), ("congress1", 2), ("auditor", 2), ("rep05", 1), ("gov1", 1)] {
        let seen = app.sign_in(reader).await.gql(query, json!({ "id": matter.id })).await;
        let list = seen.list("submission.cosignatures");
        assert_eq!(list.len(), count, "{reader}");
        let answered = list.iter().any(|one| !one["withdrawalAgreed"].is_null());
        assert!(count == 2 || !answered, "{reader} learns of a withdrawal: {list:?}");
    }
}

#[tokio::test]
async fn a_filter_tells_nothing_that_the_field_does_not_show() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let supervise = json!({ "submissionId": matter.id, "label": "重点督办", "reason": "关注度高" });
    did(&matter.office().await, "supervise", supervise).await;
    let progress = json!({ "assignmentId": matter.parts[0].id, "stage": "RESEARCH", "note": "已实地调研" });
    did(&matter.person(0, "handler").await, "reportProgress", progress).await;
    let query = "{ labelled: submissions(filter: { supervised: true }) { totalCount }
        others: submissions(filter: { supervised: false }) { totalCount }
        at: assignments(filter: { stage: RESEARCH }) { totalCount nodes { stage } }
        submissions { nodes { supervisions { id } assignments { stage } } } }";
    let figures = async |who: &str| {
        let answer = app.sign_in(who).await.ask(query).await;
        ["labelled", "others", "at"].map(|list| answer.number(&format!("{list}.totalCount")))
    };
    assert_eq!(figures("rep01").await, [1, 0, 1]);
    assert_eq!(figures("mzj-liaison").await, [1, 0, 1]);
    // A colleague reads the text, and neither the label nor the stage.
    assert_eq!(figures("rep02").await, [0, 1, 0]);
}

#[tokio::test]
async fn the_reason_of_a_granted_return_stays_with_the_first_agency_and_the_transfer_office() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    let part = matter.parts[0].id.clone();
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "非我单位职责",
        "proposedAgencyId": app.agency("fgj").await });
    let asked = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let id = asked.payload("requestReturn")["returnRequest"]["id"].clone();
    let reason = "住建局与发改局会商后确认";
    did(
        &app.sign_in("gov1").await,
        "decideReturn",
        json!({ "id": id, "version": 1, "approve": true, "reason": reason }),
    )
    .await;
    let query = "query($id: ID!) { submission(id: $id) { timeline(first: 100) { nodes { summary } }
        assignments { returnRequests { reason decisionReason } } }
        viewer { notifications(first: 100) { nodes { body } } } }";
    for who in ["rep01", "congress1", "mayor1", "fgj-liaison"] {
        let seen = app.sign_in(who).await.gql(query, json!({ "id": matter.id })).await;
        seen.data("submission.timeline");
        assert!(!seen.body.to_string().contains(reason), "{who}: {}", seen.body);
    }
    let gov = app.sign_in("gov1").await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(gov.text("submission.assignments.0.returnRequests.0.decisionReason"), reason);
}
