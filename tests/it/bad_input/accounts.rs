//! Inputs about accounts and files: what cannot be a name, a password or a token is a wrong one, and told apart
//! nowhere.

use super::bases::APART;
use super::fields;
use crate::refusals::refused;
use crate::support::client::PASSWORD;
use crate::support::{TestApp, verbs};
use domain::refusal::{PasswordWeakness, Refusal};
use serde_json::{Value, json};

/// Texts that no name, password or token can be.
fn impossible() -> Vec<String> {
    vec![String::new(), "\0".into(), "rep01\0".into(), "\u{202e}rep01".into(), "长".repeat(20_000)]
}

#[tokio::test]
async fn an_impossible_name_or_password_is_a_wrong_one() {
    for text in impossible() {
        // Each with an application of its own, so that no try waits for those before it.
        let app = TestApp::new().await;
        let named = json!({ "username": text, "password": PASSWORD });
        refused(&app.anonymous(), "signIn", named, Refusal::WrongCredentials).await;
        let known = json!({ "username": "rep01", "password": text });
        refused(&app.anonymous(), "signIn", known, Refusal::WrongCredentials).await;
        let present = json!({ "currentPassword": text, "newPassword": "eine lange Brücke 2026" });
        let client = app.sign_in("rep02").await;
        refused(&client, "changePassword", present, Refusal::WrongPassword.at("currentPassword")).await;
    }
    let app = TestApp::new().await;
    let client = app.sign_in("rep02").await;
    for (text, weakness) in [
        ("eine lange\0Brücke 2026".to_owned(), PasswordWeakness::Control),
        ("长".repeat(20_000), PasswordWeakness::TooLong(1024)),
        (String::new(), PasswordWeakness::TooShort(15)),
    ] {
        let new = json!({ "currentPassword": PASSWORD, "newPassword": text });
        refused(&client, "changePassword", new, Refusal::WeakPassword(weakness).at("newPassword")).await;
    }
}

#[tokio::test]
async fn an_impossible_token_signs_nobody_in() {
    let app = TestApp::new().await;
    let before = app.ledger().await;
    for text in impossible() {
        let answer = app.anonymous().call("refreshToken", json!({ "refreshToken": text }), "").await;
        assert_eq!(answer.error_code(), "UNAUTHENTICATED");
    }
    before.assert_same(&app.ledger().await, "refreshToken");
}

#[tokio::test]
async fn a_position_of_another_type_is_bad_input_at_its_field() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for id in ["", "nonsense", "user_00000000000000000000000000000001"] {
        let sign_in = json!({ "username": "rep01", "password": PASSWORD, "positionId": id });
        for (verb, input) in [("signIn", sign_in), ("switchPosition", json!({ "positionId": id }))] {
            let answer = client.call(verb, input, "").await;
            assert_eq!(answer.error_code(), "BAD_INPUT", "{verb}");
            assert_eq!(answer.body["errors"][0]["extensions"]["field"], json!(["positionId"]), "{verb}");
        }
    }
}

#[tokio::test]
async fn an_upload_for_something_that_is_no_submission_is_bad_input() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let before = app.ledger().await;
    for name in ["题.pdf", "../../etc/passwd", "\0"] {
        let input =
            json!({ "submissionId": "nonsense", "fileName": name, "mediaType": "x", "byteSize": 1, "sha256": "x" });
        assert_eq!(client.call("requestUpload", input, "").await.error_code(), "BAD_INPUT");
    }
    before.assert_same(&app.ledger().await, "requestUpload");
}

#[tokio::test]
async fn unknown_fields_and_wrong_shapes_are_bad_input_here_too() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for verb in APART {
        assert!(verbs::all().contains_key(*verb), "{verb} is gone: take it from the list in bases.rs");
        let (all, _) = fields::of(verb);
        let good = all.iter().fold(json!({}), |mut input, field| {
            input[&field.path] = if field.kind == "Int" { json!(1) } else { json!("x") };
            input
        });
        let mut inputs: Vec<Value> = vec![fields::set(verb, &good, "isAdministrator", json!(true))];
        for field in &all {
            inputs.push(fields::set(verb, &good, &field.path, json!({})));
            if field.required {
                inputs.push(fields::set(verb, &good, &field.path, Value::Null));
                inputs.push(fields::without(&good, &field.path));
            }
        }
        for input in inputs {
            assert_eq!(client.call(verb, input.clone(), "").await.error_code(), "BAD_INPUT", "{verb} {input}");
        }
    }
}
