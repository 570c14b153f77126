//! Handling several matters as one.

use super::refused;
use crate::support::{Matter, TestApp, draft_input};
use domain::refusal::{MergeFault, Refusal};
use serde_json::{Value, json};

fn merge(main: &Matter, merged: &[&str]) -> Value {
    json!({ "mainId": main.id, "mergedIds": merged, "reason": "诉求一致" })
}

#[tokio::test]
pub async fn a_matter_is_not_merged_into_itself() {
    let app = TestApp::new().await;
    let main = app.accepted("rep01").await;
    let other = app.accepted("rep02").await;
    let reason = Refusal::CannotMerge(MergeFault::Itself).at("mergedIds");
    refused(&main.office().await, "mergeSubmissions", merge(&main, &[&other.id, &main.id]), reason).await;
}

#[tokio::test]
pub async fn matters_of_different_kinds_are_not_merged() {
    let app = TestApp::new().await;
    let main = app.accepted("rep01").await;
    let office = main.office().await;
    let other = app.submitted("rep02").await;
    let convert = json!({ "to": "OPINION_BRIEF", "reason": "反映情况为主" });
    other.write(&office, "convertSubmission", &other.id, convert).await.payload("convertSubmission");
    let query = "query($id: ID!) { submission(id: $id) { convertedTo { id } } }";
    let seen = office.gql(query, json!({ "id": other.id })).await;
    let reason = Refusal::CannotMerge(MergeFault::OtherKind).at("mergedIds");
    let brief = seen.text("submission.convertedTo.id");
    refused(&office, "mergeSubmissions", merge(&main, &[brief]), reason).await;
}

#[tokio::test]
pub async fn a_merger_widens_no_circle_of_readers() {
    let app = TestApp::new().await;
    let main = app.accepted("rep01").await;
    let mut input = draft_input("SUGGESTION", "关于助餐点的建议");
    input["confidentiality"] = json!("INTERNAL");
    let other = app.draft_of("rep02", input).await;
    other.submit().await;
    let reason = Refusal::CannotMerge(MergeFault::OtherConfidentiality).at("mergedIds");
    refused(&main.office().await, "mergeSubmissions", merge(&main, &[&other.id]), reason).await;
}

#[tokio::test]
pub async fn mergers_do_not_nest() {
    let app = TestApp::new().await;
    let (main, other, third) = (app.accepted("rep01").await, app.accepted("rep02").await, app.accepted("rep03").await);
    let office = main.office().await;
    office.call("mergeSubmissions", merge(&main, &[&other.id]), "").await.payload("mergeSubmissions");
    let reason = Refusal::CannotMerge(MergeFault::HasMerged).at("mergedIds");
    // Neither the main matter nor the merged one is merged into a third, with or without company.
    refused(&office, "mergeSubmissions", merge(&third, &[&main.id]), reason.clone()).await;
    let fourth = app.accepted("rep04").await;
    refused(&office, "mergeSubmissions", merge(&third, &[&fourth.id, &other.id]), reason).await;
}

#[tokio::test]
pub async fn something_must_be_merged_and_not_too_much() {
    let app = TestApp::new().await;
    let main = app.accepted("rep01").await;
    let office = main.office().await;
    refused(&office, "mergeSubmissions", merge(&main, &[]), Refusal::Required.at("mergedIds")).await;
    let many = vec![main.id.as_str(); 101];
    let reason = Refusal::TooMany { max: 100 }.at("mergedIds");
    refused(&office, "mergeSubmissions", merge(&main, &many), reason).await;
}

#[tokio::test]
pub async fn a_matter_is_not_compared_with_itself() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let input = json!({ "submissionId": matter.id, "otherId": matter.id });
    refused(&matter.office().await, "markNotDuplicate", input, Refusal::SameMatter.at("otherId")).await;
}

#[tokio::test]
pub async fn a_pair_is_decided_once_and_taken_back_once() {
    let app = TestApp::new().await;
    let (one, other) = (app.accepted("rep01").await, app.accepted("rep02").await);
    let office = one.office().await;
    let pair = json!({ "submissionId": one.id, "otherId": other.id });
    let turned = json!({ "submissionId": other.id, "otherId": one.id });
    refused(&office, "withdrawNotDuplicate", pair.clone(), Refusal::NotKeptApart.at("otherId")).await;
    office.call("markNotDuplicate", pair, "").await.payload("markNotDuplicate");
    refused(&office, "markNotDuplicate", turned.clone(), Refusal::KeptApart.at("otherId")).await;
    office.call("withdrawNotDuplicate", turned.clone(), "").await.payload("withdrawNotDuplicate");
    refused(&office, "withdrawNotDuplicate", turned, Refusal::NotKeptApart.at("otherId")).await;
}
