//! Preferences and deliveries.

use super::refused;
use crate::delivery;
use crate::support::TestApp;
use domain::refusal::Refusal;
use serde_json::json;

#[tokio::test]
pub async fn legal_notices_and_the_inbox_cannot_be_turned_off() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for (channel, topic, field) in [
        ("EMAIL", "LEGAL", "topic"),
        ("WEBHOOK", "LEGAL", "topic"),
        ("INBOX", "LEGAL", "topic"),
        ("INBOX", "PROGRESS", "channel"),
    ] {
        for enabled in [false, true] {
            let input = json!({ "channel": channel, "topic": topic, "enabled": enabled });
            refused(&client, "setChannelPreference", input, Refusal::FixedChoice.at(field)).await;
        }
    }
}

#[tokio::test]
pub async fn only_what_was_given_up_is_tried_again() {
    let app = TestApp::new().await;
    let sent = delivery::sent(&app).await;
    let admin = app.sign_in("admin").await;
    refused(&admin, "retryDelivery", json!({ "id": sent.to_string() }), Refusal::NotGivenUp).await;
}
