//! How long a query may take, and that the database itself stops what takes longer.

use super::{MINE, posting, posting_as, send};
use crate::support::server::PATIENCE;
use crate::support::{TestApp, env, wiring};
use http::StatusCode;
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

#[tokio::test]
async fn a_query_that_takes_its_whole_time_is_stopped_and_a_mutation_is_not() {
    let app = TestApp::with_pool(1).await;
    let client = app.sign_in("rep01").await;
    let router = app.router_within(|limits| limits.query_timeout = Duration::from_millis(50));
    let asking = posting_as(&client).await;
    // While somebody else has the only connection, no query can come to its end.
    let held = app.deps.db.reader().begin().await.unwrap();
    let got = send(&router, asking, json!({ "query": MINE }).to_string()).await;
    assert_eq!((got.status, got.code()), (StatusCode::OK, json!("TOO_COMPLEX")), "{}", got.text);
    assert!(got.text.contains("was stopped"), "{}", got.text);
    let open = send(&router, posting(), json!({ "query": "{ __typename }" }).to_string()).await;
    assert_eq!(open.json()["data"]["__typename"], "Query", "{}", open.text);
    // A change waits as long as it must, longer than any query may.
    let leaving = posting_as(&client).await;
    let out = json!({ "query": "mutation { signOut { errors { code } } }" }).to_string();
    let (got, released) = tokio::join!(send(&router, leaving, out), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        held.rollback().await
    });
    released.unwrap();
    assert_eq!(got.json()["data"]["signOut"]["errors"], json!([]), "{}", got.text);
}

#[tokio::test]
async fn the_database_stops_a_statement_by_itself_and_goes_on() {
    if env::pool() == 1 {
        // Reading and writing share one connection, and what writes is never stopped on SQLite.
        return;
    }
    let app = TestApp::new().await;
    let db = wiring::connect_within(app.database.url(), 3, Duration::from_millis(300)).await;
    let conn = db.reader();
    let backend = conn.get_database_backend();
    let endless = match backend {
        DbBackend::Sqlite => "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c",
        _ => "SELECT 1 AS one FROM pg_sleep(3600)",
    };
    for _ in 0..2 {
        let asked = conn.query_one_raw(Statement::from_string(backend, endless));
        let stopped = timeout(PATIENCE, asked).await.expect("the database stops it");
        assert!(stopped.is_err(), "{stopped:?}");
        // Whoever does not wait has stopped nothing; the connection is good again all the same.
        let asked = conn.query_one_raw(Statement::from_string(backend, endless));
        assert!(timeout(Duration::from_millis(20), asked).await.is_err());
        for _ in 0..4 {
            let one = conn.query_one_raw(Statement::from_string(backend, "SELECT 1 AS one")).await.unwrap().unwrap();
            assert_eq!(one.try_get::<i32>("", "one").unwrap(), 1);
        }
    }
    drop(conn.clone().close().await);
}
