//! Passwords: hashing them is dear, so it is bounded; guessing them is braked and tells nothing.

use crate::support::client::PASSWORD;
use crate::support::server::PATIENCE;
use crate::support::{Answer, TestApp};
use api::auth::password::{MAX_PASSWORD_BYTES, QUEUE};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde_json::json;
use std::sync::mpsc::{Sender, channel};
use tokio::time::timeout;

async fn sign_in(app: &TestApp, username: &str, password: &str) -> Answer {
    app.anonymous().call("signIn", json!({ "username": username, "password": password }), "accessToken").await
}

/// Runs a test on a runtime that hashes on one thread alone.
fn with_one_hasher(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().max_blocking_threads(1).build().unwrap().block_on(test);
}

/// Occupies that thread until the value is dropped: no hash comes to its end before.
fn occupied() -> Sender<()> {
    let (free, freed) = channel();
    drop(tokio::task::spawn_blocking(move || freed.recv()));
    free
}

#[test]
fn so_many_passwords_are_checked_at_once_and_whoever_comes_then_is_told_to_wait() {
    with_one_hasher(async {
        const SURPLUS: usize = 5;
        let app = TestApp::new().await;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let places = cores + QUEUE;
        let occupied = occupied();
        let mut waiting: FuturesUnordered<_> =
            (0..places + SURPLUS).map(|_| sign_in(&app, "rep01", PASSWORD)).collect();
        // Nobody who has a place can be answered yet, so that these are the others.
        for _ in 0..SURPLUS {
            let answer = timeout(PATIENCE, waiting.next()).await.expect("there are places for so many alone").unwrap();
            assert_eq!(answer.error_code(), "RATE_LIMITED");
            assert_eq!(answer.body["errors"][0]["extensions"]["retryAfter"], 1);
        }
        drop(occupied);
        let mut served = 0;
        while let Some(answer) = waiting.next().await {
            answer.payload("signIn");
            served += 1;
        }
        assert_eq!(served, places, "everybody else is served");
        sign_in(&app, "rep01", PASSWORD).await.payload("signIn");
    });
}

#[test]
fn a_password_beyond_the_longest_is_wrong_without_being_hashed() {
    with_one_hasher(async {
        let app = TestApp::new().await;
        let wrong = sign_in(&app, "rep01", "wrong").await;
        let occupied = occupied();
        let longest = {
            let app = app.clone();
            tokio::spawn(async move { sign_in(&app, "rep02", &"x".repeat(MAX_PASSWORD_BYTES)).await })
        };
        for username in ["rep01", "nobody"] {
            for password in ["x".repeat(MAX_PASSWORD_BYTES + 1), "长".repeat(80_000), "nul\0".to_owned()] {
                let answer = timeout(PATIENCE, sign_in(&app, username, &password)).await.expect("it is not hashed");
                assert_eq!(answer.body, wrong.body, "the usual answer");
            }
        }
        assert!(!longest.is_finished(), "the longest one is hashed, and no hash came to its end");
        drop(occupied);
        assert_eq!(longest.await.unwrap().body, wrong.body);
    });
}

#[tokio::test]
async fn a_new_password_may_have_a_kilobyte_and_not_a_byte_more() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let words: String = (0..400).map(|n| format!("{:x} ", n * n * 7_919 + 13)).collect();
    let change = async |bytes: usize| {
        let input = json!({ "currentPassword": PASSWORD, "newPassword": words[..bytes] });
        client.call("changePassword", input, "accessToken").await
    };
    let (code, field, message) = change(MAX_PASSWORD_BYTES + 1).await.refused("changePassword");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "newPassword"));
    assert!(message.contains("1024"), "{message}");
    change(MAX_PASSWORD_BYTES).await.payload("changePassword");
    sign_in(&app, "rep01", &words[..MAX_PASSWORD_BYTES]).await.payload("signIn");
    assert_eq!(sign_in(&app, "rep01", &words[..MAX_PASSWORD_BYTES - 1]).await.refused("signIn").0, "INVALID_VALUE");
}

#[tokio::test]
async fn guessing_passwords_is_braked_and_tells_nothing() {
    let app = TestApp::new().await;
    let known = sign_in(&app, "rep01", "wrong-password-wrong").await;
    let unknown = sign_in(&app, "nobody", "wrong-password-wrong").await;
    assert_eq!(known.body, unknown.body, "the same answer for both");
    assert_eq!(known.refused("signIn").0, "INVALID_VALUE");
    for _ in 0..4 {
        sign_in(&app, "rep01", "wrong-password-wrong").await.refused("signIn");
    }
    for password in ["wrong-password-wrong", PASSWORD] {
        let braked = sign_in(&app, "rep01", password).await;
        assert_eq!(braked.error_code(), "RATE_LIMITED", "five tries are free, then the right one waits too");
        assert_eq!(braked.body["errors"][0]["extensions"]["retryAfter"], 1);
    }
    app.at("2026-02-10T09:00:01+08:00");
    sign_in(&app, "rep01", PASSWORD).await.payload("signIn");
}
