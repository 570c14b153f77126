//! Rating, and settling forms.

use super::{refused, refused_on};
use crate::support::Client;
use crate::support::TestApp;
use domain::refusal::{Refusal, Thing};
use serde_json::{Value, json};

/// A rating of a form, all alike, but for this difference.
async fn rating(client: &Client, form: &str, rating: &str, difference: Value) -> Value {
    let all = json!({ "feedbackId": form, "version": client.version(form).await, "attitudeRating": rating,
        "processRating": rating, "resultRating": rating, "overallRating": rating });
    super::with(all, difference)
}

#[tokio::test]
pub async fn dissatisfaction_needs_a_comment() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let lead = matter.lead().await;
    for one in ["attitudeRating", "processRating", "resultRating", "overallRating"] {
        let input = rating(&lead, matter.feedback(), "SATISFIED", json!({ one: "DISSATISFIED" })).await;
        refused(&lead, "rateReply", input, Refusal::CommentRequired.at("comment")).await;
    }
}

#[tokio::test]
pub async fn a_region_may_close_its_forms_on_their_due_day() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["feedback"]["acceptLate"] = json!(false)).await;
    let matter = app.issued("rep01").await;
    app.at("2026-06-01T09:00:00+08:00");
    let lead = matter.lead().await;
    let input = rating(&lead, matter.feedback(), "SATISFIED", json!({})).await;
    refused(&lead, "rateReply", input, Refusal::FeedbackWindowOver).await;
}

#[tokio::test]
pub async fn an_answer_belongs_to_a_question() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let lead = matter.lead().await;
    let answers = json!([{ "key": "suggestions", "value": "无" }, { "key": "colour", "value": "红" }]);
    let input = rating(&lead, matter.feedback(), "SATISFIED", json!({ "answers": answers })).await;
    refused(&lead, "rateReply", input, Refusal::NoSuch(Thing::Question).at("answers.1.key")).await;
}

#[tokio::test]
pub async fn a_question_is_answered_once() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let lead = matter.lead().await;
    let answers = json!([{ "key": "suggestions", "value": "无" }, { "key": "suggestions", "value": "有" }]);
    let input = rating(&lead, matter.feedback(), "SATISFIED", json!({ "answers": answers })).await;
    refused(&lead, "rateReply", input, Refusal::NamedTwice(Thing::Question).at("answers.1.key")).await;
}

#[tokio::test]
pub async fn an_answer_is_one_of_the_options_and_may_be_required() {
    let app = TestApp::new().await;
    app.change_form("CONGRESS", |form| form["questions"][0]["required"] = json!(true)).await;
    let matter = app.issued("rep01").await;
    let lead = matter.lead().await;
    let wrong = json!([{ "key": "replyReceived", "value": "也许" }]);
    let input = rating(&lead, matter.feedback(), "SATISFIED", json!({ "answers": wrong })).await;
    let reason = Refusal::NotAmong { allowed: "是, 否".into() }.at("answers.0.value");
    refused(&lead, "rateReply", input, reason).await;
    let input = rating(&lead, matter.feedback(), "SATISFIED", json!({})).await;
    refused(&lead, "rateReply", input, Refusal::Required.at("answers.replyReceived")).await;
}

#[tokio::test]
pub async fn another_round_needs_dissatisfaction() {
    let app = TestApp::new().await;
    let matter = app.rated("rep01", "BASICALLY_SATISFIED").await;
    let office = matter.office().await;
    let again = json!({ "decision": "REHANDLE", "reason": "重新办理" });
    let reason = Refusal::NotDissatisfied.at("decision");
    refused_on(&office, "settleFeedback", matter.feedback(), again, reason).await;
}

#[tokio::test]
pub async fn a_round_that_is_over_opens_no_other() {
    let app = TestApp::new().await;
    let mut main = app.handling("mem01").await;
    let other = app.accepted("mem02").await;
    let office = app.sign_in("cppcc1").await;
    let merge = json!({ "mainId": main.id, "mergedIds": [other.id], "reason": "诉求一致" });
    office.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");
    main.answer().await;
    main.rate("DISSATISFIED").await;
    let second = app.sign_in("mem02").await;
    let query = "query($id: ID!) { submission(id: $id) { feedbacks { id } } }";
    let seen = second.gql(query, json!({ "id": other.id })).await;
    let form = seen.text("submission.feedbacks.0.id").to_owned();
    let input = rating(&second, &form, "DISSATISFIED", json!({ "comment": "未解决" })).await;
    second.call("rateReply", input, "").await.payload("rateReply");
    main.settle("REHANDLE").await;
    let again = json!({ "decision": "REHANDLE", "reason": "重新办理" });
    refused_on(&office, "settleFeedback", &form, again, Refusal::RoundOver.at("decision")).await;
}
