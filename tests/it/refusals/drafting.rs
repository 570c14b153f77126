//! Writing and handing in.

use super::{refused, refused_on, with};
use crate::support::{TestApp, draft_input};
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{Institution, TextCheck};
use entity::session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

/// A draft of a deputy that differs from a good one in this.
fn draft(difference: Value) -> Value {
    with(draft_input("SUGGESTION", "关于助餐点的建议"), difference)
}

#[tokio::test]
pub async fn a_blank_title_is_missing() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    refused(&lead, "createDraft", draft(json!({ "title": " \u{3000} " })), Refusal::Required.at("title")).await;
}

#[tokio::test]
pub async fn a_title_may_not_be_too_long() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let long = draft(json!({ "title": "长".repeat(101) }));
    refused(&lead, "createDraft", long, Refusal::TooLong { max: 100, actual: 101 }.at("title")).await;
}

#[tokio::test]
pub async fn there_may_not_be_too_many_demands() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let many = draft(json!({ "demands": vec!["诉求"; 21] }));
    refused(&lead, "createDraft", many, Refusal::TooMany { max: 20 }.at("demands")).await;
}

#[tokio::test]
pub async fn a_character_that_shows_nothing_is_named_with_its_place() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let hidden = draft(json!({ "title": "零宽\u{200b}字符" }));
    refused(&lead, "createDraft", hidden, Refusal::ForbiddenCharacter { code_point: 0x200B, at: 2 }.at("title")).await;
}

#[tokio::test]
pub async fn the_session_must_be_one_of_the_own_body() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let other = session::Entity::find()
        .filter(session::Column::Institution.eq(Institution::Cppcc))
        .one(app.deps.db.reader())
        .await
        .unwrap()
        .expect("the other body has sessions");
    let foreign = draft(json!({ "sessionId": other.id.to_string() }));
    refused(&lead, "createDraft", foreign, Refusal::NoSuch(Thing::Session).at("sessionId")).await;
}

#[tokio::test]
pub async fn a_region_without_a_session_takes_no_draft() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    session::Entity::delete_many().exec(app.deps.db.writer()).await.unwrap();
    refused(&lead, "createDraft", draft(json!({})), Refusal::NoSession.at("sessionId")).await;
}

#[tokio::test]
pub async fn the_category_must_exist() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let unknown = json!({ "categoryId": "category_00000000000000000000000000000000" });
    let reason = Refusal::NoSuch(Thing::Category).at("categoryId");
    refused(&lead, "createDraft", draft(unknown.clone()), reason.clone()).await;
    let matter = app.draft("rep01").await;
    refused_on(&lead, "updateDraft", &matter.id, unknown.clone(), reason.clone()).await;
    matter.submit().await;
    refused_on(&matter.office().await, "acceptSubmission", &matter.id, unknown, reason).await;
}

#[tokio::test]
pub async fn only_agencies_can_be_suggested() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let delegation = app.directory().await.organization("qh-d1");
    let wrong = draft(json!({ "suggestedAgencyIds": [app.agency("mzj").await, delegation] }));
    refused(&lead, "createDraft", wrong, Refusal::NoSuch(Thing::Agency).at("suggestedAgencyIds.1")).await;
}

#[tokio::test]
pub async fn an_agency_is_suggested_once() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let mzj = app.agency("mzj").await;
    let twice = draft(json!({ "suggestedAgencyIds": [mzj, mzj] }));
    refused(&lead, "createDraft", twice, Refusal::NamedTwice(Thing::Agency).at("suggestedAgencyIds.1")).await;
}

#[tokio::test]
pub async fn a_motion_has_no_rules_yet() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    refused(&lead, "createDraft", draft(json!({ "kind": "MOTION" })), Refusal::KindWithoutRules.at("kind")).await;
    // A matter that became one of these kinds waits for their rules.
    let matter = app.submitted("rep02").await;
    let office = matter.office().await;
    let convert = json!({ "to": "HOTLINE_TICKET", "reason": "属热线事项" });
    matter.write(&office, "convertSubmission", &matter.id, convert).await.payload("convertSubmission");
    let query = "query($id: ID!) { submission(id: $id) { convertedTo { id } } }";
    let seen = office.gql(query, json!({ "id": matter.id })).await;
    let successor = seen.text("submission.convertedTo.id");
    refused_on(&office, "acceptSubmission", successor, json!({}), Refusal::KindWithoutRules).await;
}

#[tokio::test]
pub async fn a_deputy_proposes_to_his_own_body() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    refused(&lead, "createDraft", draft(json!({ "kind": "PROPOSAL" })), Refusal::KindOfOtherBody.at("kind")).await;
}

#[tokio::test]
pub async fn only_proposals_are_made_in_the_name_of_a_body() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let body = json!({ "collective": { "kind": "COMMITTEE", "name": "区人大城建环保委员会" } });
    refused(&lead, "createDraft", draft(body.clone()), Refusal::NotCollective.at("collective")).await;
    let written = app.draft("rep01").await;
    refused_on(&lead, "updateDraft", &written.id, body, Refusal::NotCollective.at("collective")).await;
}

#[tokio::test]
pub async fn a_key_belongs_to_one_request() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let first = draft(json!({ "idempotencyKey": "k-1" }));
    lead.call("createDraft", first.clone(), "").await.payload("createDraft");
    let other = with(first, json!({ "title": "关于公交线网的建议" }));
    refused(&lead, "createDraft", other, Refusal::KeyReused.at("idempotencyKey")).await;
    // A key is a line of text like any other, and said to be so.
    let reason = Refusal::TooLong { max: 128, actual: 129 }.at("idempotencyKey");
    refused(&lead, "createDraft", draft(json!({ "idempotencyKey": "k".repeat(129) })), reason).await;
}

#[tokio::test]
pub async fn a_stale_version_changes_nothing() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    for version in [0, 2, -1, i32::MIN, i32::MAX] {
        let stale = json!({ "id": matter.id, "version": version, "title": "改题" });
        refused(&lead, "updateDraft", stale, Refusal::Stale.at("version")).await;
    }
}

#[tokio::test]
pub async fn a_region_may_ask_for_a_demand() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["demandsRequired"] = json!(true)).await;
    let matter = app.draft_of("rep01", draft(json!({ "demands": [] }))).await;
    let lead = matter.lead().await;
    refused_on(&lead, "submit", &matter.id, json!({}), Refusal::DemandRequired.at("demands")).await;
}

#[tokio::test]
pub async fn a_region_may_keep_back_what_its_checks_find() {
    let app = TestApp::new().await;
    let block = ["SECRECY", "PART_MISSING"];
    app.change_text_checks(json!({ "secretWords": ["社区养老助餐"], "blockSubmission": block })).await;
    let matter = app.draft("rep01").await;
    let input = json!({ "id": matter.id, "version": matter.version().await });
    let reason = Refusal::TextKeptBack { checks: vec![TextCheck::Secrecy] }.at("");
    refused(&matter.lead().await, "submit", input, reason).await;
}
