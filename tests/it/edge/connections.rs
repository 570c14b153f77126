//! What a connection may take from the server: time, a place, and how long it may hold up a stop.

use super::send;
use crate::support::server::{PATIENCE, Wire};
use crate::support::{TestApp, draft_input};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// Short enough to wait for, and not so short that a busy machine is too slow for it.
const SOON: Duration = Duration::from_millis(300);

/// Longer than any test waits.
const NEVER: Duration = Duration::from_secs(600);

const HEAD: &str = "POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n";

fn creating() -> Value {
    let query = "mutation($input: CreateDraftInput!) { createDraft(input: $input) { errors { code } } }";
    json!({ "query": query, "variables": { "input": draft_input("SUGGESTION", "关于社区助餐点的建议") } })
}

#[tokio::test]
async fn whoever_does_not_finish_the_head_of_a_request_is_hung_up_on() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.header_timeout = SOON).await;
    let mut silent = served.dial().await;
    let mut half = served.dial().await;
    half.send("POST /graphql HTTP/1.1\r\nhost: te").await;
    let mut idle = served.dial().await;
    idle.probe().await;
    for wire in [&mut silent, &mut half, &mut idle] {
        let said = wire.farewell().await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    }
}

#[tokio::test]
async fn whoever_does_not_finish_the_body_of_a_request_is_told_so_and_hung_up_on() {
    let app = TestApp::new().await;
    let served = app
        .served_within(|limits| {
            limits.header_timeout = NEVER;
            limits.body_timeout = SOON;
        })
        .await;
    for start in ["content-length: 30\r\n\r\n{\"query\":", "transfer-encoding: chunked\r\n\r\n9\r\n{\"query\":"] {
        let mut wire = served.dial().await;
        wire.send(format!("{HEAD}{start}")).await;
        let reply = wire.reply().await;
        assert_eq!((reply.status, reply.code()), (408, json!("BAD_INPUT")), "{}", reply.text);
        assert_eq!(wire.farewell().await, "");
    }
    // A body that is whole in time is served, whatever the time of its head was.
    let mut wire = served.dial().await;
    wire.post(None, &json!({ "query": "{ __typename }" })).await;
    assert_eq!(wire.reply().await.status, 200);
}

#[tokio::test]
async fn a_body_that_breaks_off_does_nothing() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.connections = 1).await;
    let client = app.sign_in("rep01").await;
    let token = client.token().await.unwrap();
    let body = creating().to_string();
    let mut wire = served.dial().await;
    // One byte more is announced than comes.
    wire.send(format!("{HEAD}authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}", body.len() + 1)).await;
    drop(wire);
    served.dial().await.probe().await;
    assert_eq!(client.ask(super::MINE).await.number("submissions.totalCount"), 0);
}

#[tokio::test]
async fn more_connections_than_places_wait_until_one_is_free() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.connections = 2).await;
    let (mut first, mut second) = (served.dial().await, served.dial().await);
    first.probe().await;
    second.probe().await;
    let mut third = served.dial().await;
    third.send("GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n").await;
    // Were it accepted, it would be served among these: all share one thread.
    for _ in 0..50 {
        first.probe().await;
        second.probe().await;
    }
    assert!(third.is_silent(), "two places are taken");
    drop(first);
    assert_eq!(third.reply().await.status, 200);
    second.probe().await;
}

#[tokio::test]
async fn whoever_does_not_hang_up_after_the_last_word_keeps_no_place() {
    let app = TestApp::new().await;
    let served = app
        .served_within(|limits| {
            limits.connections = 1;
            limits.linger = SOON;
        })
        .await;
    let mut refused = served.dial().await;
    refused.send(format!("{HEAD}content-length: 999999999\r\n\r\n{{")).await;
    assert_eq!(refused.reply().await.status, 413);
    assert_eq!(refused.farewell().await, "");
    served.dial().await.probe().await;
}

async fn begin(app: &TestApp, wire: &mut Wire) {
    let token = app.sign_in("rep01").await.token().await;
    app.statements.take();
    wire.post(token.as_deref(), &creating()).await;
    app.statements.until("sign_in").await;
}

#[tokio::test]
async fn a_server_that_stops_finishes_what_has_begun_and_begins_nothing_more() {
    // While one mutation waits for the lock there must be a connection for the next one's token.
    let app = TestApp::with_pool(4).await;
    let served = app.served_within(|limits| limits.drain = NEVER).await;
    let (mut busy, mut idle, mut gone) = (served.dial().await, served.dial().await, served.dial().await);
    idle.probe().await;
    app.sign_in("rep01").await;
    let held = app.database.hold_writers().await;
    begin(&app, &mut busy).await;
    begin(&app, &mut gone).await;
    drop(gone);
    let address = served.address;
    let ended = served.stop();
    // Nobody is listening any more, and who has nothing to wait for is dismissed.
    assert_eq!(idle.farewell().await, "");
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    assert!(!ended.is_finished(), "two mutations are running");
    held.release().await;
    assert_eq!(busy.reply().await.json()["data"]["createDraft"]["errors"], json!([]));
    assert_eq!(busy.farewell().await, "");
    timeout(PATIENCE, ended).await.expect("the server ends").unwrap();
    // Also the one whose client was gone was waited for.
    assert_eq!(app.sign_in("rep01").await.ask(super::MINE).await.number("submissions.totalCount"), 2);
}

#[tokio::test]
async fn a_server_that_stops_waits_no_longer_than_it_may() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.drain = SOON).await;
    let mut busy = served.dial().await;
    app.sign_in("rep01").await;
    let held = app.database.hold_writers().await;
    begin(&app, &mut busy).await;
    // The lock is held all the while.
    timeout(PATIENCE, served.stop()).await.expect("the server ends").unwrap();
    held.release().await;
}

#[tokio::test]
async fn only_a_trusted_proxy_may_say_whom_it_speaks_for() {
    let app = TestApp::new().await;
    let guess = json!({ "query": "mutation { signIn(input: { username: \"nobody\", password: \"wrong\" }) { errors { code } } }" });
    // Every guess names another account, so that the address alone is counted, and another client.
    let attempt = async |router: &axum::Router, n: usize| {
        let body = guess.to_string().replace("nobody", &format!("nobody{n}"));
        let request = super::posting().header("x-forwarded-for", format!("198.51.100.{n}"));
        send(router, request, body).await.code()
    };
    let trusting = app.router_within(|limits| limits.trusted_proxies = vec![[192, 0, 2, 1].into()]);
    for n in 0..40 {
        assert_eq!(attempt(&trusting, n).await, Value::Null, "forty clients behind one proxy");
    }
    let mut codes = Vec::new();
    for n in 40..71 {
        codes.push(attempt(&app.router, n).await);
    }
    assert!(codes[..30].iter().all(Value::is_null), "thirty tries are free");
    assert_eq!(codes[30], "RATE_LIMITED", "a stranger cannot make himself many clients");
}
