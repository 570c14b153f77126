//! Signing in, passwords, positions.

use super::refused;
use crate::support::TestApp;
use crate::support::client::PASSWORD;
use domain::refusal::{PasswordWeakness, Refusal, Thing};
use serde_json::json;

/// Sees this password refused as a new one of rep01.
async fn weak(password: &str, weak: Refusal) {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let change = json!({ "currentPassword": PASSWORD, "newPassword": password });
    refused(&client, "changePassword", change, weak.at("newPassword")).await;
    // The old one still holds.
    let sign_in = json!({ "username": "rep01", "password": PASSWORD });
    app.anonymous().call("signIn", sign_in, "").await.payload("signIn");
}

#[tokio::test]
pub async fn an_unknown_name_and_a_wrong_password_are_told_apart_nowhere() {
    let app = TestApp::new().await;
    for name in ["rep01", "nobody", "", "rep\u{0}01"] {
        let input = json!({ "username": name, "password": "something-else-2026" });
        refused(&app.anonymous(), "signIn", input, Refusal::WrongCredentials).await;
    }
}

#[tokio::test]
pub async fn the_present_password_is_asked_for() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let change = json!({ "currentPassword": "something-else-2026", "newPassword": "eine lange Brücke 2026" });
    refused(&client, "changePassword", change, Refusal::WrongPassword.at("currentPassword")).await;
}

#[tokio::test]
pub async fn a_position_is_the_persons_own() {
    let app = TestApp::new().await;
    let reason = Refusal::NoSuch(Thing::Position).at("positionId");
    let foreign = app.directory().await.position("rep02", "REPRESENTATIVE");
    let switch = json!({ "positionId": foreign });
    refused(&app.sign_in("rep01").await, "switchPosition", switch, reason.clone()).await;
    let sign_in = json!({ "username": "rep01", "password": PASSWORD, "positionId": foreign });
    refused(&app.anonymous(), "signIn", sign_in, reason).await;
}

#[tokio::test]
pub async fn a_new_password_is_long_enough() {
    weak("short-2026", Refusal::WeakPassword(PasswordWeakness::TooShort(15))).await;
}

#[tokio::test]
pub async fn a_new_password_is_not_endless() {
    weak(&"桥".repeat(342), Refusal::WeakPassword(PasswordWeakness::TooLong(1024))).await;
}

#[tokio::test]
pub async fn a_new_password_can_be_typed_again() {
    weak("eine lange\tBrücke 2026", Refusal::WeakPassword(PasswordWeakness::Control)).await;
}

#[tokio::test]
pub async fn a_new_password_does_not_hold_the_name() {
    weak("eine Rep01-Brücke am Fluss", Refusal::WeakPassword(PasswordWeakness::ContainsUsername)).await;
}

#[tokio::test]
pub async fn a_new_password_is_not_well_known() {
    weak("Password-2026-2026!", Refusal::WeakPassword(PasswordWeakness::Common)).await;
}

#[tokio::test]
pub async fn a_new_password_is_new() {
    weak(PASSWORD, Refusal::WeakPassword(PasswordWeakness::Unchanged)).await;
}
