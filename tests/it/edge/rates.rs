//! How many operations one person or one address may run, at the limit and one beyond, and what the headers say.

use super::{MINE, getting, posting, posting_as, send};
use crate::support::TestApp;
use crate::support::client::PASSWORD;
use crate::support::socket::{Heard, Socket};
use api::http::rates::Budget;
use http::{StatusCode, header};
use serde_json::{Value, json};

const OPEN: &str = "{ __typename }";

fn query(text: &str) -> String {
    json!({ "query": text }).to_string()
}

#[tokio::test]
async fn a_person_has_one_budget_wherever_he_is_and_it_comes_back() {
    let app = TestApp::new().await;
    let (one, other) = (app.sign_in("rep01").await, app.sign_in("rep02").await);
    let router = app.router_within(|limits| limits.rates.person = Budget { quota: 3, window: 60 });
    for (left, whole) in [(2, 20), (1, 40), (0, 60)] {
        let got = send(&router, posting_as(&one).await, query(MINE)).await;
        assert_eq!(got.status, StatusCode::OK, "{}", got.text);
        assert_eq!(got.header("ratelimit-policy"), "\"person\";q=3;w=60");
        assert_eq!(got.header("ratelimit"), format!("\"person\";r={left};t={whole}"));
        assert_eq!(got.header("retry-after"), "");
    }
    for _ in 0..2 {
        let got = send(&router, posting_as(&one).await, query(MINE)).await;
        got.is_refusal(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED");
        assert_eq!(got.header("ratelimit"), "\"person\";r=0;t=20");
        assert_eq!(
            (got.header("retry-after"), &got.json()["errors"][0]["extensions"]["retryAfter"]),
            ("20", &json!(20))
        );
    }
    // By an address too, and another person is not concerned.
    let token = format!("Bearer {}", one.token().await.unwrap());
    let by_address = getting(&[("query", MINE)]).header(header::AUTHORIZATION, token);
    send(&router, by_address, "").await.is_refusal(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED");
    assert_eq!(send(&router, posting_as(&other).await, query(MINE)).await.status, StatusCode::OK);
    // What never ran is not counted: nothing is left for it anyhow.
    send(&router, posting_as(&one).await, query("{")).await.is_refusal(StatusCode::OK, "BAD_INPUT");
    app.at("2026-02-10T09:00:20+08:00");
    assert_eq!(send(&router, posting_as(&one).await, query(MINE)).await.status, StatusCode::OK, "a third is back");
    assert_eq!(send(&router, posting_as(&one).await, query(MINE)).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn whoever_has_not_signed_in_shares_the_budget_of_his_address() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let router = app.router_within(|limits| limits.rates.address = Budget { quota: 2, window: 60 });
    let forged = || posting().header(header::AUTHORIZATION, "Bearer nonsense");
    assert_eq!(send(&router, posting(), query(OPEN)).await.header("ratelimit"), "\"address\";r=1;t=30");
    assert_eq!(send(&router, forged(), query(OPEN)).await.header("ratelimit"), "\"address\";r=0;t=60");
    for request in [posting(), forged()] {
        let got = send(&router, request, query(OPEN)).await;
        got.is_refusal(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED");
        assert_eq!(got.header("retry-after"), "30");
    }
    let got = send(&router, posting_as(&client).await, query(MINE)).await;
    assert_eq!(got.status, StatusCode::OK, "who has signed in has his own: {}", got.text);
}

#[tokio::test]
async fn sign_ins_that_fail_have_a_budget_of_their_own() {
    let app = TestApp::new().await;
    let text = "mutation($p: String!) { signIn(input: { username: \"rep01\", password: $p }) { errors { code } } }";
    let attempt = async |password: &str| {
        let body = json!({ "query": text, "variables": { "p": password } }).to_string();
        send(&app.router, posting(), body).await
    };
    for _ in 0..5 {
        let got = attempt("wrong-password-wrong").await;
        assert_eq!((got.code(), got.header("retry-after")), (Value::Null, ""), "{}", got.text);
    }
    let got = attempt(PASSWORD).await;
    assert_eq!((got.code(), got.header("retry-after")), (json!("RATE_LIMITED"), "1"));
    let all = |name: &str| {
        let values = got.headers.get_all(name).iter().map(|value| value.to_str().unwrap());
        values.collect::<Vec<_>>().join(", ")
    };
    assert!(all("ratelimit-policy").ends_with("\"sign-in\";q=5;w=3600"), "{:?}", got.headers);
    assert!(all("ratelimit").ends_with("\"sign-in\";r=0;t=1") && all("ratelimit").starts_with("\"address\""));
}

#[tokio::test]
async fn operations_on_a_socket_are_counted_with_the_others() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let served = app.served_within(|limits| limits.rates.person = Budget { quota: 2, window: 60 }).await;
    let mut socket = Socket::open_to(&served, &client).await;
    let first = socket.subscribe(MINE, json!({})).await;
    socket.result(&first).await;
    assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "complete", "id": first })));
    socket.subscribe(super::sockets::INBOX, json!({})).await;
    for text in [super::sockets::INBOX, MINE] {
        // The one before may not have begun yet; it is asked for in order.
        let id = socket.subscribe(text, json!({})).await;
        let Heard::Said(message) = socket.hear().await else { panic!("the conversation goes on") };
        if message["id"] == id {
            assert_eq!(message["payload"][0]["extensions"]["code"], "RATE_LIMITED", "{message}");
        }
    }
}
