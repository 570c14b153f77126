//! How long an open WebSocket lasts: as long as its token, its reader and the server.

use super::sockets::{INBOX, UPGRADE, completed, place_is_free, pong};
use crate::support::server::{PATIENCE, until};
use crate::support::socket::{Heard, Socket};
use crate::support::{Served, TestApp};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

const SOON: Duration = Duration::from_millis(200);
const NEVER: Duration = Duration::from_secs(600);

/// A conversation of rep01 with a running subscription, on a server that asks again so often.
async fn following(app: &TestApp, recheck: Duration) -> (Served, Socket) {
    let served = app.served_within(|limits| limits.recheck = recheck).await;
    let mut socket = Socket::open_to(&served, &app.sign_in("rep01").await).await;
    socket.subscribe(INBOX, json!({})).await;
    until("it listens", || app.deps.bus.listeners() == 1).await;
    (served, socket)
}

#[tokio::test]
async fn whoever_signed_out_is_dismissed_at_the_next_check() {
    let app = TestApp::new().await;
    let (_served, mut socket) = following(&app, SOON).await;
    app.sign_in("rep01").await.ask("mutation { signOut { errors { code } } }").await.payload("signOut");
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[tokio::test]
async fn a_socket_ends_with_its_token() {
    let app = TestApp::new().await;
    let (_served, mut socket) = following(&app, SOON).await;
    app.at("2026-02-10T09:15:04+08:00");
    socket.say(json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, pong(), "within the leeway it holds");
    app.at("2026-02-10T09:15:05+08:00");
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[tokio::test]
async fn before_the_next_check_nothing_is_told_to_whom_signed_out() {
    let app = TestApp::new().await;
    let matter = app.submitted("rep01").await;
    let (_served, mut socket) = following(&app, NEVER).await;
    app.sign_in("rep01").await.ask("mutation { signOut { errors { code } } }").await.payload("signOut");
    matter.write(&matter.office().await, "acceptSubmission", &matter.id, json!({})).await.payload("acceptSubmission");
    match socket.hear().await {
        Heard::Said(message) => {
            assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{message}");
            assert_eq!(message["payload"]["data"], json!(null), "{message}");
        }
        other => panic!("{other:?}"),
    }
    completed(&mut socket, "1").await;
}

#[tokio::test]
async fn whoever_answers_no_ping_is_gone_and_whoever_does_may_stay_silent() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.keepalive = SOON).await;
    let mut lively = Socket::open_to(&served, &app.sign_in("rep01").await).await;
    let mut dead = served.dial().await;
    dead.send(UPGRADE).await;
    assert_eq!(dead.reply().await.status, 101);
    let (said, ()) = tokio::join!(dead.farewell(), async {
        for _ in 0..8 {
            lively.pinged().await;
        }
    });
    assert!(said.len() >= 4, "it was asked more than once");
    lively.say(json!({ "type": "ping" })).await;
    assert_eq!(lively.hear().await, pong());
}

#[tokio::test]
async fn a_reader_who_takes_nothing_does_not_hold_the_server() {
    let app = TestApp::new().await;
    let served = app
        .served_within(|limits| {
            limits.write_timeout = SOON;
            limits.sockets = 1;
            limits.socket_operations = 1_000;
        })
        .await;
    let mut socket = Socket::open_to(&served, &app.sign_in("rep01").await).await;
    // Far more than the buffers of both ends hold.
    let large = "{ __schema { types { name description fields { name description args { name description } } } } }";
    for _ in 0..100 {
        socket.subscribe(large, json!({})).await;
    }
    // There is one place, and it is free only when the conversation is given up.
    place_is_free(&served).await;
    let mut answered = 0;
    while let Heard::Said(message) = socket.hear().await {
        answered += usize::from(message["type"] == "complete");
    }
    assert!(answered < 100, "it was not because all was said");
}

#[tokio::test]
async fn whoever_does_not_hang_up_after_the_last_word_keeps_no_place() {
    let app = TestApp::new().await;
    let served = app
        .served_within(|limits| {
            limits.sockets = 1;
            limits.linger = SOON;
        })
        .await;
    let mut dismissed = Socket::to(&served).await;
    dismissed.subscribe("{ __typename }", json!({})).await;
    // The client hears it and does not answer.
    assert_eq!(dismissed.hear().await, Heard::Closed(4401));
    place_is_free(&served).await;
    drop(dismissed);
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.drain = NEVER).await;
    let mut welcomed = Socket::open_to(&served, &app.sign_in("rep01").await).await;
    welcomed.subscribe(INBOX, json!({})).await;
    until("it listens", || app.deps.bus.listeners() == 1).await;
    let fresh = Socket::to(&served).await;
    let ended = served.stop();
    for mut socket in [welcomed, fresh] {
        assert_eq!(socket.hear().await, Heard::Closed(1001));
    }
    timeout(PATIENCE, ended).await.expect("the server ends").unwrap();
}
