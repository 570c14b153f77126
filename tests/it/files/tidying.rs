//! The daily work takes away what nobody may ask for, and nothing else.

use super::{PDF, announced, attached, download_url, lying, pdf};
use crate::support::{TestApp, wiring};
use api::delivery::Channels;
use api::work::Worker;
use entity::attachment;
use sea_orm::EntityTrait;
use serde_json::json;

async fn round(app: &TestApp) -> u64 {
    Worker::new(app.deps.clone(), Channels::default()).round().await.unwrap().files
}

async fn rows(app: &TestApp) -> usize {
    attachment::Entity::find().all(app.deps.db.reader()).await.unwrap().len()
}

#[tokio::test]
async fn what_never_came_goes_after_a_day_with_the_bytes_of_a_server_that_died() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let kept = attached(&lead, &matter.id).await;
    let (late, _) = announced(&lead, pdf(&matter.id, b"%PDF-2")).await;
    // As after kill -9 between the bytes and the row.
    let name = late.rsplit_once('_').unwrap().1;
    let folder = wiring::files_dir(app.database.url()).join("stored").join(&name[30..]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), b"%PDF-2").unwrap();
    // What no row knows may belong to another database.
    std::fs::write(folder.join("0".repeat(32)), b"x").unwrap();
    assert_eq!((rows(&app).await, lying(&app)), (2, 3));
    app.at("2026-02-11T08:59:59+08:00");
    assert_eq!(round(&app).await, 0);
    app.at("2026-02-12T00:00:01+08:00");
    assert_eq!(round(&app).await, 1);
    assert_eq!((rows(&app).await, lying(&app)), (1, 2));
    assert_eq!(round(&app).await, 0, "once a day");
    assert!(download_url(&matter.lead().await, &kept).await.is_some());
}

#[tokio::test]
async fn the_files_of_a_deleted_draft_go_with_it() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let id = attached(&lead, &matter.id).await;
    matter.write(&lead, "deleteDraft", &matter.id, json!({})).await.payload("deleteDraft");
    assert!(download_url(&lead, &id).await.is_none());
    assert_eq!(round(&app).await, 1);
    assert_eq!((rows(&app).await, lying(&app)), (0, 0));
    assert_eq!(PDF.len(), 30);
}
