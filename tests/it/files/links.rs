//! Links: for one verb, one object, one holder and some minutes; rights are those of the moment of use.

use super::{PDF, announced, attached, download_url, get, pdf, put, send};
use crate::support::TestApp;
use axum::body::Body;
use entity::position;
use http::StatusCode;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use serde_json::json;

#[tokio::test]
async fn a_link_holds_for_its_verb_alone() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (id, up) = announced(&lead, pdf(&matter.id, PDF)).await;
    get(&app, &up).await.opens_nothing();
    assert_eq!(put(&app, &up, PDF).await.status, StatusCode::NO_CONTENT);
    let down = download_url(&lead, &id).await.unwrap();
    put(&app, &down, PDF).await.opens_nothing();
    get(&app, &up).await.opens_nothing();
    for verb in ["POST", "DELETE", "PATCH"] {
        assert_eq!(send(&app, verb, &down, Body::empty()).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    let head = send(&app, "HEAD", &down, Body::empty()).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
}

#[tokio::test]
async fn forged_and_foreign_links_open_nothing() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (one, two) = (attached(&lead, &matter.id).await, {
        let (id, url) = announced(&lead, pdf(&matter.id, b"%PDF-2")).await;
        put(&app, &url, b"%PDF-2").await;
        id
    });
    let down = download_url(&lead, &one).await.unwrap();
    let (path, token) = down.split_once("?token=").unwrap();
    let mut tampered = token.to_owned();
    tampered.replace_range(10..11, if &token[10..11] == "A" { "B" } else { "A" });
    let jwt = lead.token().await.unwrap();
    for url in [
        format!("/files/{two}?token={token}"),
        format!("/files/document?token={token}"),
        format!("{path}?token={tampered}"),
        format!("{path}?token={}", &token[..token.len() - 1]),
        format!("{path}?token={token}&token={token}"),
        format!("{path}?token={jwt}"),
        format!("{path}?token="),
        format!("/files/..%2f..%2fetc%2fpasswd?token={token}"),
        path.to_owned(),
    ] {
        get(&app, &url).await.opens_nothing();
    }
    // Nor is a link a key to the API.
    let answer = app.anonymous().with_token(token).ask("{ submissions { totalCount } }").await;
    assert_eq!(answer.error_code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_link_ends_after_five_minutes() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let id = attached(&matter.lead().await, &matter.id).await;
    let down = download_url(&matter.lead().await, &id).await.unwrap();
    app.at("2026-02-10T09:04:59+08:00");
    assert_eq!(get(&app, &down).await.status, StatusCode::OK);
    app.at("2026-02-10T09:05:00+08:00");
    get(&app, &down).await.opens_nothing();
}

#[tokio::test]
async fn a_link_ends_with_the_position_of_its_holder() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (_, up) = announced(&lead, pdf(&matter.id, b"%PDF-2")).await;
    let id = attached(&lead, &matter.id).await;
    let down = download_url(&lead, &id).await.unwrap();
    assert_eq!(get(&app, &down).await.status, StatusCode::OK);
    let conn = app.deps.db.writer();
    let person: domain::ids::UserId = app.user("rep01").await.parse().unwrap();
    let held = position::Entity::find().filter(position::Column::PersonId.eq(person)).one(conn).await.unwrap().unwrap();
    let mut ended = held.into_active_model();
    ended.revoked_at = Set(Some(app.now()));
    ended.update(conn).await.unwrap();
    get(&app, &down).await.opens_nothing();
    put(&app, &up, b"%PDF-2").await.opens_nothing();
}

#[tokio::test]
async fn a_link_ends_when_its_holder_signs_out() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let id = attached(&matter.lead().await, &matter.id).await;
    matter.submit().await;
    let office = app.sign_in("congress1").await;
    let down = download_url(&office, &id).await.unwrap();
    office.ask("mutation { signOut { errors { code } } }").await;
    get(&app, &down).await.opens_nothing();
}

#[tokio::test]
async fn a_link_ends_with_the_right_to_read() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let id = attached(&lead, &matter.id).await;
    matter.submit().await;
    matter.accept().await;
    let colleague = app.sign_in("rep09").await;
    let down = download_url(&colleague, &id).await.expect("a colleague reads open texts");
    assert_eq!(get(&app, &down).await.status, StatusCode::OK);
    let row: domain::ids::SubmissionId = matter.id.parse().unwrap();
    let conn = app.deps.db.writer();
    let mut hidden = entity::submission::Entity::find_by_id(row).one(conn).await.unwrap().unwrap().into_active_model();
    hidden.confidentiality = Set(domain::vocabulary::Confidentiality::Internal);
    hidden.update(conn).await.unwrap();
    get(&app, &down).await.opens_nothing();
    let hidden = colleague.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
    let missing = "attachment_00000000000000000000000000000000";
    let missing = colleague.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": missing })).await;
    assert_eq!(hidden.body.to_string(), missing.body.to_string());
}
