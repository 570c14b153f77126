//! A token is good when this server made it, its time has come, and its session and position still hold.

use super::{MINE, posting, send};
use crate::support::TestApp;
use crate::support::client::PASSWORD;
use crate::support::wiring::token_secret;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header;
use jsonwebtoken::{Algorithm, EncodingKey};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

/// The two readable parts of a token.
fn parts(token: &str) -> (Value, Value) {
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let mut parts = token.split('.');
    (read(parts.next().unwrap()), read(parts.next().unwrap()))
}

/// The value with some members replaced; null takes one away.
fn with(mut value: Value, change: &Value) -> Value {
    for (name, new) in change.as_object().unwrap() {
        match new {
            Value::Null => drop(value.as_object_mut().unwrap().remove(name)),
            new => value[name] = new.clone(),
        }
    }
    value
}

fn signed(header: &Value, payload: &Value, key: &EncodingKey, algorithm: Algorithm) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(header), encode(payload));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

/// Signed with the server's own secret, as only somebody who stole it could.
fn forged(header: &Value, payload: &Value) -> String {
    signed(header, payload, &EncodingKey::from_secret(token_secret().as_bytes()), Algorithm::HS256)
}

/// The pair of tokens of this person.
async fn pair(app: &TestApp, username: &str) -> (String, String) {
    let input = json!({ "username": username, "password": PASSWORD });
    let answer = app.anonymous().call("signIn", input, "accessToken refreshToken").await;
    (answer.text("signIn.accessToken").to_owned(), answer.text("signIn.refreshToken").to_owned())
}

async fn accepted(app: &TestApp, token: &str) {
    app.anonymous().with_token(token).ask(MINE).await.number("submissions.totalCount");
}

async fn refused(app: &TestApp, token: &str, why: &str) {
    let answer = app.anonymous().with_token(token).ask(MINE).await;
    assert_eq!(answer.error_code(), "UNAUTHENTICATED", "{why}");
    assert!(answer.body["data"].is_null(), "{why}: {}", answer.body);
}

#[tokio::test]
async fn a_header_that_says_anything_else_than_ours_is_refused() {
    let app = TestApp::new().await;
    let (token, _) = pair(&app, "rep01").await;
    let (header, payload) = parts(&token);
    // What is made by hand as ours are made is good, so that each of these is refused for its change alone.
    accepted(&app, &forged(&header, &payload)).await;
    let key = json!({ "kty": "oct", "alg": "HS256", "k": URL_SAFE_NO_PAD.encode(token_secret()) });
    for change in [
        json!({ "alg": "none" }),
        json!({ "alg": "None" }),
        json!({ "alg": "" }),
        json!({ "alg": null }),
        json!({ "alg": "HS384" }),
        json!({ "alg": "HS512" }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "ES256" }),
        json!({ "alg": "EdDSA" }),
        json!({ "typ": null }),
        json!({ "typ": "JWT" }),
        json!({ "typ": "rt+jwt" }),
        json!({ "kid": null }),
        json!({ "kid": "" }),
        json!({ "kid": "../../../../dev/null" }),
        json!({ "kid": "' UNION SELECT 'secret' --" }),
        json!({ "kid": "0123456789abcdef" }),
        json!({ "kid": ["x"] }),
        json!({ "jwk": key }),
        json!({ "jku": "https://attacker.example/keys.json" }),
        json!({ "x5u": "https://attacker.example/cert.pem" }),
        json!({ "crit": ["exp"] }),
    ] {
        refused(&app, &forged(&with(header.clone(), &change), &payload), &change.to_string()).await;
    }
}

#[tokio::test]
async fn a_signature_by_anything_else_than_our_secret_and_algorithm_is_refused() {
    let app = TestApp::new().await;
    let (token, _) = pair(&app, "rep01").await;
    let (header, payload) = parts(&token);
    let secret = EncodingKey::from_secret(token_secret().as_bytes());
    for (name, algorithm) in [("HS384", Algorithm::HS384), ("HS512", Algorithm::HS512)] {
        let honest = with(header.clone(), &json!({ "alg": name }));
        refused(&app, &signed(&honest, &payload, &secret, algorithm), name).await;
        refused(&app, &signed(&header, &payload, &secret, algorithm), &format!("{name} under our name")).await;
    }
    // A key pair of his own; the header names it, or claims to be one of ours.
    let seed = [&[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20][..], &[7; 32]].concat();
    let own = EncodingKey::from_ed_der(&seed);
    let honest = with(header.clone(), &json!({ "alg": "EdDSA" }));
    refused(&app, &signed(&honest, &payload, &own, Algorithm::EdDSA), "his own key pair").await;
    refused(&app, &signed(&header, &payload, &own, Algorithm::EdDSA), "his own key pair under our name").await;
    for other in ["", "secret", &"only for tests, ".repeat(3)] {
        let key = EncodingKey::from_secret(other.as_bytes());
        refused(&app, &signed(&header, &payload, &key, Algorithm::HS256), "another secret").await;
    }
    let none = with(header.clone(), &json!({ "alg": "none" }));
    let bare = forged(&none, &payload);
    refused(&app, &bare[..=bare.rfind('.').unwrap()], "no signature at all").await;
    refused(&app, &token[..=token.rfind('.').unwrap()], "no signature under our header").await;
    let other = parts(&pair(&app, "rep02").await.0).1;
    let mixed = forged(&header, &other);
    let swapped = format!("{}{}", &mixed[..mixed.rfind('.').unwrap()], &token[token.rfind('.').unwrap()..]);
    refused(&app, &swapped, "the claims of another under this signature").await;
    accepted(&app, &token).await;
}

#[tokio::test]
async fn claims_that_are_missing_foreign_or_of_somebody_else_are_refused() {
    let app = TestApp::new().await;
    let (header, payload) = parts(&pair(&app, "rep01").await.0);
    let other = parts(&pair(&app, "rep02").await.0).1;
    let at = app.now().timestamp();
    let mut changes = vec![
        json!({ "iss": "jianyan2" }),
        json!({ "iss": ["jianyan"] }),
        json!({ "aud": "jianyan" }),
        json!({ "aud": ["jianyan-api"] }),
        json!({ "sub": "admin" }),
        json!({ "exp": (at + 900).to_string() }),
        // A life longer than ours is, or none.
        json!({ "exp": at + 901 }),
        json!({ "exp": at }),
        // Our session in the name of another, or in his position.
        json!({ "sub": other["sub"] }),
        json!({ "pos": other["pos"] }),
        json!({ "sid": other["sid"] }),
        json!({ "sid": payload["jti"] }),
        json!({ "sub": other["sub"], "pos": other["pos"] }),
    ];
    changes.extend(["iss", "aud", "sub", "sid", "pos", "jti", "iat", "nbf", "exp"].map(|name| json!({ name: null })));
    for change in changes {
        refused(&app, &forged(&header, &with(payload.clone(), &change)), &change.to_string()).await;
    }
    accepted(&app, &forged(&header, &payload)).await;
}

#[tokio::test]
async fn a_token_is_good_in_its_time_alone() {
    let app = TestApp::new().await;
    let (token, _) = pair(&app, "rep01").await;
    let (header, payload) = parts(&token);
    let at = app.now().timestamp();
    for (change, good) in [
        (json!({ "nbf": at + 5 }), true),
        (json!({ "nbf": at + 6 }), false),
        (json!({ "nbf": at + 3_600, "exp": at + 900 }), false),
        (json!({ "iat": at + 6, "exp": at + 906 }), false),
        (json!({ "iat": at - 900, "nbf": at - 900, "exp": at }), true),
        (json!({ "iat": at - 905, "nbf": at - 905, "exp": at - 5 }), false),
        (json!({ "iat": at - 959, "nbf": at - 959, "exp": at - 59 }), false),
    ] {
        let token = forged(&header, &with(payload.clone(), &change));
        if good { accepted(&app, &token).await } else { refused(&app, &token, &change.to_string()).await }
    }
    // The times of one that the server made: fifteen minutes, and five seconds for clocks that differ.
    app.at("2026-02-10T09:15:04+08:00");
    accepted(&app, &token).await;
    app.at("2026-02-10T09:15:05+08:00");
    refused(&app, &token, "expired").await;
    app.at("2026-02-10T08:59:54+08:00");
    refused(&app, &token, "not yet").await;
}

#[tokio::test]
async fn what_is_no_access_token_signs_nobody_in() {
    let app = TestApp::new().await;
    let (token, refresh) = pair(&app, "rep01").await;
    let middle = token.find('.').unwrap();
    for wrong in [
        refresh.as_str(),
        "",
        "x",
        "a.b.c",
        "...",
        &format!("{token}."),
        &format!("{token}A"),
        &format!(".{token}"),
        &token[..token.len() - 1],
        &token[middle..],
        &token.to_uppercase(),
        &format!("{token} {token}"),
        &"A".repeat(5_000),
    ] {
        refused(&app, wrong, wrong).await;
    }
    let swap = json!({ "refreshToken": token });
    assert_eq!(
        app.anonymous().call("refreshToken", swap, "").await.error_code(),
        "UNAUTHENTICATED",
        "nor the other way"
    );

    // Where else a token might be looked for by mistake.
    let body = json!({ "query": MINE, "extensions": { "authorization": format!("Bearer {token}") } }).to_string();
    for request in [
        posting().header(header::COOKIE, format!("accessToken={token}; authorization=Bearer {token}")),
        posting().header(header::AUTHORIZATION, format!("Basic {token}")),
        posting().header(header::AUTHORIZATION, &token),
        posting().header("x-authorization", format!("Bearer {token}")),
        posting().uri(format!("/graphql?access_token={token}&authorization={token}")),
    ] {
        assert_eq!(send(&app.router, request, body.clone()).await.code(), "UNAUTHENTICATED");
    }
    accepted(&app, &token).await;
}

#[tokio::test]
async fn a_token_ends_with_its_session_its_position_and_its_account() {
    let app = TestApp::new().await;
    let (token, refresh) = pair(&app, "rep01").await;
    let (elsewhere, _) = pair(&app, "rep01").await;
    let me = app.anonymous().with_token(&token);
    me.ask("mutation { signOut { errors { code } } }").await.payload("signOut");
    refused(&app, &token, "signed out").await;
    let refreshed = app.anonymous().call("refreshToken", json!({ "refreshToken": refresh }), "").await;
    assert_eq!(refreshed.error_code(), "UNAUTHENTICATED");
    accepted(&app, &elsewhere).await;

    use entity::{person, position};
    let (_, claims) = parts(&elsewhere);
    let id: uuid::Uuid = claims["pos"].as_str().unwrap().parse().unwrap();
    let now = Expr::value(app.now());
    position::Entity::update_many()
        .col_expr(position::Column::RevokedAt, now.clone())
        .filter(position::Column::Id.eq(id))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    refused(&app, &elsewhere, "the position was revoked").await;

    let (token, _) = pair(&app, "rep02").await;
    accepted(&app, &token).await;
    person::Entity::update_many()
        .col_expr(person::Column::DisabledAt, now)
        .filter(person::Column::Username.eq("rep02"))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    refused(&app, &token, "the account was closed").await;
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_session() {
    let app = TestApp::new().await;
    let (_, token) = pair(&app, "rep01").await;
    let refresh = json!({ "refreshToken": token });
    let second = app.anonymous().call("refreshToken", refresh.clone(), "accessToken").await;
    let access = second.text("refreshToken.accessToken").to_owned();
    accepted(&app, &access).await;
    assert_eq!(app.anonymous().call("refreshToken", refresh, "").await.error_code(), "UNAUTHENTICATED");
    refused(&app, &access, "the whole family").await;
}
