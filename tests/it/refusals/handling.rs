//! What the agency does: the three fixes, contacts, more time, opinions.

use super::{on_part, refused, with};
use crate::support::{Matter, TestApp};
use domain::refusal::Refusal;
use serde_json::{Value, json};

/// Leader, handler and plan of the first part, but for this difference.
async fn start(matter: &Matter, difference: Value) -> Value {
    let liaison = matter.person(0, "liaison").await;
    let directory = liaison.app().directory().await;
    let part = &matter.parts[0];
    let fixes = json!({ "leaderId": directory.user(&part.person("deputy")),
        "handlerId": directory.user(&part.person("handler")), "plan": "先调研,再答复。" });
    on_part(&liaison, matter, 0, with(fixes, difference)).await
}

/// A visit held now, but for this difference.
fn contact(matter: &Matter, held_at: &str, difference: Value) -> Value {
    let visit = json!({ "assignmentId": matter.parts[0].id, "mode": "VISIT", "phase": "BEFORE", "heldAt": held_at,
        "participants": ["代表"], "summary": "当面听取意见。" });
    with(visit, difference)
}

async fn extension(matter: &Matter, until: &str) -> Value {
    let liaison = matter.person(0, "liaison").await;
    on_part(&liaison, matter, 0, json!({ "until": until, "reason": "需跨年度实施" })).await
}

async fn signed(app: &TestApp, rep: &str, agency: &str) -> Matter {
    let matter = app.assigned(rep, &[agency], "SOLE").await;
    matter.sign_for(0).await;
    matter
}

#[tokio::test]
pub async fn leader_handler_and_section_are_of_the_agency() {
    let app = TestApp::new().await;
    let matter = signed(&app, "rep01", "mzj").await;
    let liaison = matter.person(0, "liaison").await;
    let other = app.directory().await.organization("qh-czj-yw");
    for (field, wrong) in [
        ("leaderId", app.user("czj-deputy").await),
        ("leaderId", app.user("mzj-handler").await),
        ("handlerId", app.user("czj-handler").await),
        ("handlerId", app.user("mzj-liaison").await),
        ("sectionId", other),
        ("sectionId", app.agency("mzj").await),
    ] {
        let input = start(&matter, json!({ field: wrong })).await;
        refused(&liaison, "startHandling", input, Refusal::NotOfAgency.at(field)).await;
    }
}

#[tokio::test]
pub async fn nobody_handles_what_he_co_signed() {
    let app = TestApp::new().await;
    let mut matter = app.draft("rep01").await;
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("scj-handler").await] });
    matter.lead().await.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    let accept = json!({ "submissionId": matter.id, "accept": true });
    let deputy = app.sign_in_as("scj-handler", "REPRESENTATIVE").await;
    deputy.call("answerCosign", accept, "").await.payload("answerCosign");
    matter.submit().await;
    matter.accept().await;
    matter.plan(&["scj"], "SOLE").await;
    matter.release().await;
    matter.sign_for(0).await;
    let input = start(&matter, json!({})).await;
    let reason = Refusal::ConflictOfInterest.at("handlerId");
    refused(&matter.person(0, "liaison").await, "startHandling", input, reason).await;
}

#[tokio::test]
pub async fn a_contact_was_held_before_it_is_recorded() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let handler = matter.person(0, "handler").await;
    let input = contact(&matter, "2026-02-10T09:00:00.000001+08:00", json!({}));
    refused(&handler, "recordContact", input, Refusal::InFuture.at("heldAt")).await;
}

#[tokio::test]
pub async fn somebody_took_part_in_a_contact() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let handler = matter.person(0, "handler").await;
    let alone = contact(&matter, "2026-02-10T08:00:00+08:00", json!({ "participants": [] }));
    refused(&handler, "recordContact", alone, Refusal::Required.at("participants")).await;
    let crowd = contact(&matter, "2026-02-10T08:00:00+08:00", json!({ "participants": vec!["群众"; 51] }));
    refused(&handler, "recordContact", crowd, Refusal::TooMany { max: 50 }.at("participants")).await;
}

#[tokio::test]
pub async fn a_disputed_contact_needs_a_comment() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let contact = matter.record_contact(0).await;
    let lead = matter.lead().await;
    let reason = Refusal::CommentRequired.at("comment");
    super::refused_on(&lead, "answerContact", &contact, json!({ "confirmed": false, "comment": " " }), reason).await;
}

#[tokio::test]
pub async fn an_extension_is_at_most_six_months() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let last_day = "2026-08-10".parse().unwrap();
    let input = extension(&matter, "2026-08-11").await;
    let reason = Refusal::BeyondExtension { last_day }.at("until");
    refused(&matter.person(0, "liaison").await, "requestExtension", input, reason).await;
}

#[tokio::test]
pub async fn an_extension_is_later_than_the_due_day() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    for until in ["2026-05-10", "2026-02-11", "1999-01-01"] {
        let input = extension(&matter, until).await;
        let reason = Refusal::NotLater.at("until");
        refused(&matter.person(0, "liaison").await, "requestExtension", input, reason).await;
    }
}

#[tokio::test]
pub async fn more_time_is_asked_for_in_time() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    app.at("2026-05-11T00:00:00+08:00");
    let input = extension(&matter, "2026-06-10").await;
    let due_on = "2026-05-10".parse().unwrap();
    let reason = Refusal::DuePassed { due_on }.at("until");
    refused(&matter.person(0, "liaison").await, "requestExtension", input, reason).await;
}

#[tokio::test]
pub async fn one_request_for_more_time_is_open_at_once() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let first = extension(&matter, "2026-06-10").await;
    liaison.call("requestExtension", first, "").await.payload("requestExtension");
    let second = extension(&matter, "2026-07-10").await;
    refused(&liaison, "requestExtension", second, Refusal::RequestOpen).await;
}

#[tokio::test]
pub async fn an_agency_that_answers_sends_no_opinion() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let deputy = matter.person(0, "deputy").await;
    let input = on_part(&deputy, &matter, 0, json!({ "body": "予以支持" })).await;
    refused(&deputy, "sendOpinion", input, Refusal::NotCoHandling).await;
}

#[tokio::test]
pub async fn an_opinion_is_given_once_in_a_round() {
    let app = TestApp::new().await;
    let matter = app.handling_by("rep01", &["mzj", "wjw"], "CO_LEAD").await;
    let deputy = matter.person(1, "deputy").await;
    let offered = async || {
        let query = "query($id: ID!) { submission(id: $id) { availableActions { action } } }";
        let seen = deputy.gql(query, json!({ "id": matter.id })).await;
        seen.list("submission.availableActions").contains(&json!({ "action": "SEND_OPINION" }))
    };
    assert!(offered().await);
    matter.send_opinion(1).await;
    assert!(!offered().await, "what was given is not asked for again");
    let again = on_part(&deputy, &matter, 1, json!({ "body": "再次同意" })).await;
    refused(&deputy, "sendOpinion", again, Refusal::OpinionGiven).await;
}

#[tokio::test]
pub async fn a_contact_was_held_in_living_memory() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let handler = matter.person(0, "handler").await;
    // The first is earlier than one of the databases can say.
    for held_at in ["-262143-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1948-12-31T15:59:59Z"] {
        let input = contact(&matter, held_at, json!({}));
        let reason = Refusal::YearOutOfRange { first: 1949, last: 2199 }.at("heldAt");
        refused(&handler, "recordContact", input, reason).await;
    }
}

#[tokio::test]
pub async fn an_extension_ends_in_a_possible_year_also_where_the_rules_set_no_longest_one() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["deadlines"]["replyExtended"] = Value::Null).await;
    let matter = app.handling("rep01").await;
    let input = extension(&matter, "9999-12-31").await;
    let reason = Refusal::YearOutOfRange { first: 1949, last: 2199 }.at("until");
    refused(&matter.person(0, "liaison").await, "requestExtension", input, reason).await;
}
