//! What was acknowledged is on the disk, and a full disk breaks nothing.

use super::{MINE, posting_as, send};
use crate::support::database::Kind;
use crate::support::socket::{Heard, Socket};
use crate::support::{TestApp, draft_input};
use api::config::Settings;
use api::db::Db;
use api::wiring::{StartFault, close, connect};
use http::{Request, StatusCode};
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// A folder for an embedded database; deleted with the value.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("jianyan-storage-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    /// The settings of a server with this folder, and with these in its environment.
    fn settings(&self, more: &[(&str, &str)]) -> Settings {
        let own = |name: &str| more.iter().find(|(given, _)| *given == name).map(|(_, value)| (*value).to_owned());
        Settings::load(own, &self.0).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn pragma(db: &impl ConnectionTrait, name: &str) -> String {
    let statement = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"));
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index::<String>(0).unwrap_or_else(|_| row.try_get_by_index::<i64>(0).unwrap().to_string())
}

/// What every connection must say of itself.
async fn is_durable(db: &impl ConnectionTrait) {
    for (name, wanted) in
        [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("busy_timeout", "10000")]
    {
        assert_eq!(pragma(db, name).await, wanted, "{name}");
    }
}

#[tokio::test]
async fn every_connection_to_the_embedded_database_is_durable_and_only_one_writes() {
    let place = Place::new();
    let db: Db = connect(&place.settings(&[("JIANYAN_POOL", "4")])).await.unwrap();
    is_durable(db.writer()).await;
    assert_eq!(pragma(db.writer(), "query_only").await, "0");
    db.writer().execute_unprepared("CREATE TABLE note (text TEXT)").await.unwrap();

    // Held at the same time, so that they are three connections and not one three times.
    let mut readers = Vec::new();
    for _ in 0..3 {
        readers.push(db.reader().begin().await.unwrap());
    }
    for reader in &readers {
        is_durable(reader).await;
        assert_eq!(pragma(reader, "query_only").await, "1");
        let written = reader.execute_unprepared("INSERT INTO note VALUES ('x')").await;
        assert!(written.unwrap_err().to_string().contains("readonly"), "a reader writes nothing");
    }
    drop(readers);
    close(&db).await;

    // With a single connection it writes, and is as durable.
    let db = connect(&place.settings(&[("JIANYAN_POOL", "1")])).await.unwrap();
    is_durable(db.reader()).await;
    db.reader().execute_unprepared("INSERT INTO note VALUES ('x')").await.unwrap();
    close(&db).await;
}

#[tokio::test]
async fn the_application_runs_on_connections_like_these() {
    if Kind::of_this_run() == Kind::Postgres {
        // There the server decides; the application may not loosen it.
        let app = TestApp::new().await;
        let own = Statement::from_string(
            DbBackend::Postgres,
            "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'",
        );
        let row = app.deps.db.writer().query_one_raw(own).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<String>(0).unwrap(), "configuration file");
        return;
    }
    let app = TestApp::with_pool(4).await;
    is_durable(app.deps.db.writer()).await;
    is_durable(app.deps.db.reader()).await;
    assert_eq!(pragma(app.deps.db.reader(), "query_only").await, "1");
}

#[tokio::test]
async fn the_start_refuses_a_database_that_would_lose_what_was_acknowledged() {
    let place = Place::new();
    let url = format!("sqlite://{}/jianyan.db?mode=memory", place.0.display());
    let fault = connect(&place.settings(&[("DATABASE_URL", &url)])).await.unwrap_err();
    assert!(matches!(fault, StartFault::Durability { pragma: "journal_mode", wanted: "wal", .. }), "{fault}");
    assert!(fault.to_string().contains("power cut"), "the operator learns why: {fault}");
}

/// Lets the disk be full, or no longer.
async fn set_full(app: &TestApp, full: bool) {
    let db = app.deps.db.writer();
    if Kind::of_this_run() == Kind::Sqlite {
        // The file may grow no further; beyond all reach when it may.
        let pages = if full { "1" } else { "1000000000" };
        db.execute_unprepared(&format!("PRAGMA max_page_count = {pages}")).await.unwrap();
        return;
    }
    let statement = if full {
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
         CREATE TRIGGER full_disk BEFORE INSERT ON submission EXECUTE FUNCTION full_disk()"
    } else {
        "DROP FUNCTION full_disk CASCADE"
    };
    db.execute_unprepared(statement).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_told_without_its_details_and_work_goes_on_when_there_is_room() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    app.draft("rep01").await;
    let mut input = draft_input("SUGGESTION", "关于社区助餐点的建议");
    // Longer than whatever room is left in the pages that are there.
    input["background"] = json!("长".repeat(5_000));
    input["analysis"] = json!("文".repeat(5_000));
    let query = "mutation($input: CreateDraftInput!) { createDraft(input: $input) { errors { code } } }";
    let body = json!({ "query": query, "variables": { "input": input } }).to_string();

    set_full(&app, true).await;
    for _ in 0..3 {
        let got = send(&app.router, posting_as(&client).await, body.clone()).await;
        assert_eq!((got.status, got.code()), (StatusCode::OK, json!("INTERNAL")), "{}", got.text);
        let error = &got.json()["errors"][0];
        assert!(error["extensions"]["incidentId"].as_str().is_some_and(|id| !id.is_empty()), "{error}");
        for inside in ["full", "space", "disk", "INSERT", "submission", "sqlx"] {
            assert!(!error["message"].as_str().unwrap().contains(inside), "{error}");
        }
    }
    assert_eq!(
        client.ask(MINE).await.number("submissions.totalCount"),
        1,
        "reading goes on, and nothing half is there"
    );
    set_full(&app, false).await;
    let got = send(&app.router, posting_as(&client).await, body).await;
    assert_eq!(got.json()["data"]["createDraft"]["errors"], Value::Array(vec![]), "{}", got.text);
    assert_eq!(client.ask(MINE).await.number("submissions.totalCount"), 2);
}

#[tokio::test]
async fn while_the_database_does_not_answer_nobody_is_told_to_sign_in_again() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.recheck = Duration::from_millis(200)).await;
    let client = app.sign_in("rep01").await;
    let token = client.token().await.unwrap();
    let mut open = Socket::open_to(&served, &client).await;
    close(&app.deps.db).await;

    for query in [MINE, "mutation { signOut { errors { code } } }"] {
        let body = json!({ "query": query }).to_string();
        let got = send(&app.router, posting_as(&client).await, body.clone()).await;
        got.is_refusal(StatusCode::OK, "INTERNAL");
        assert!(got.json()["errors"][0]["extensions"]["incidentId"].is_string(), "{}", got.text);
        let newer = posting_as(&client).await.header("accept", "application/graphql-response+json");
        send(&app.router, newer, body).await.is_refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL");
    }
    assert_eq!(open.hear().await, Heard::Closed(1013), "come again later");
    let mut late = Socket::to(&served).await;
    late.say(json!({ "type": "connection_init", "payload": { "Authorization": format!("Bearer {token}") } })).await;
    assert_eq!(late.hear().await, Heard::Closed(1013));
    let ready = send(&app.router, Request::get("/health/ready"), "").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(send(&app.router, Request::get("/health/live"), "").await.status, StatusCode::OK);
}
