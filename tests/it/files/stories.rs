//! A proposer attaches a file, and everybody who reads the text reads it.

use super::{PDF, announced, attached, download_url, get, pdf, put, sha256};
use crate::support::{TestApp, draft_input};
use http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::json;

const FILES: &str =
    "query($id: ID!) { submission(id: $id) { attachments { id fileName mediaType byteSize sha256 downloadUrl } } }";

#[tokio::test]
async fn a_file_goes_with_its_text_from_the_draft_to_its_readers() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (id, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    let seen = lead.gql(FILES, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.attachments.0.fileName"), "调研报告.pdf");
    assert!(seen.data("submission.attachments.0.downloadUrl").is_null(), "nothing has come yet");

    assert_eq!(put(&app, &url, PDF).await.status, StatusCode::NO_CONTENT);
    let seen = lead.gql(FILES, json!({ "id": matter.id })).await;
    let got = get(&app, seen.text("submission.attachments.0.downloadUrl")).await;
    assert_eq!((got.status, &got.bytes[..]), (StatusCode::OK, PDF));
    assert_eq!(got.header("content-type"), "application/pdf");
    assert_eq!(got.header("content-length"), PDF.len().to_string());
    assert_eq!(got.header("cache-control"), "private, no-store");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert_eq!(got.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    let disposition = got.header("content-disposition");
    assert!(disposition.starts_with("attachment; filename=\"____.pdf\"; filename*=UTF-8''%E8%B0%83"), "{disposition}");

    let office = app.sign_in("congress1").await;
    assert!(download_url(&office, &id).await.is_none(), "a draft is nobody else's");
    matter.submit().await;
    let link = download_url(&office, &id).await.expect("the office reads what was handed in");
    assert_eq!(&get(&app, &link).await.bytes[..], PDF);
    let trail = "query($id: ID!) { submission(id: $id) { timeline(first: 50) { nodes { summary } } } }";
    let trail = office.in_language("en").gql(trail, json!({ "id": matter.id })).await;
    assert!(trail.body.to_string().contains("File attached"), "{}", trail.body);
}

#[tokio::test]
async fn the_frozen_text_names_the_files_that_went_with_it() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    attached(&lead, &matter.id).await;
    announced(&lead, pdf(&matter.id, b"%PDF-2")).await;
    matter.submit().await;
    let frozen = entity::snapshot::Entity::find().one(app.deps.db.reader()).await.unwrap().unwrap();
    let files: Vec<_> = frozen.text.files.iter().map(|file| (file.file_name.as_str(), file.sha256.clone())).collect();
    assert_eq!(files, [("调研报告.pdf", sha256(PDF))], "and none that never came");
}

#[tokio::test]
async fn what_has_not_come_is_known_to_its_uploader_alone() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep02").await] });
    let lead = matter.lead().await;
    lead.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    let (id, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    let invited = app.sign_in("rep02").await;
    assert!(invited.gql(FILES, json!({ "id": matter.id })).await.list("submission.attachments").is_empty());
    put(&app, &url, PDF).await;
    assert!(download_url(&invited, &id).await.is_some());
}

#[tokio::test]
async fn a_file_of_a_masked_proposer_does_not_name_him() {
    let app = TestApp::new().await;
    let mut input = draft_input("SUGGESTION", "题");
    input["confidentiality"] = json!("RESTRICTED");
    let mut matter = app.draft_of("rep04", input).await;
    let id = attached(&matter.lead().await, &matter.id).await;
    matter.bring_into_hands("mzj").await;
    let handler = matter.person(0, "handler").await;
    let link = download_url(&handler, &id).await.expect("the handler reads the file");
    let seen = handler.gql(FILES, json!({ "id": matter.id })).await.body.to_string();
    let (user, name) = (app.user("rep04").await, "rep04");
    // The token names its holder, and he is the handler.
    for secret in [user.as_str(), name, user.rsplit_once('_').unwrap().1] {
        assert!(!seen.contains(secret) && !link.contains(secret));
    }
}

#[tokio::test]
async fn a_file_is_taken_away_from_a_draft_and_stays_once_it_was_handed_in() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let id = attached(&lead, &matter.id).await;
    let link = download_url(&lead, &id).await.unwrap();
    lead.call("deleteAttachment", json!({ "id": id }), "").await.payload("deleteAttachment");
    get(&app, &link).await.opens_nothing();
    assert!(lead.gql(FILES, json!({ "id": matter.id })).await.list("submission.attachments").is_empty());
    assert_eq!(lead.call("deleteAttachment", json!({ "id": id }), "").await.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn many_matters_cost_as_many_statements_as_few() {
    let app = TestApp::new().await;
    for _ in 0..6 {
        let matter = app.draft("rep01").await;
        attached(&matter.lead().await, &matter.id).await;
    }
    let lead = app.sign_in("rep01").await;
    let query = "query($first: Int!) { submissions(first: $first) { nodes { attachments { downloadUrl } } } }";
    let count = async |first: i32| {
        let (answer, statements) = app.counting(lead.gql(query, json!({ "first": first }))).await;
        assert_eq!(answer.list("submissions.nodes").len() as i32, first);
        statements.len()
    };
    assert_eq!(count(2).await, count(6).await);
}
