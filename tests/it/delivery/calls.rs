//! Calls to a gateway as they go over the wire.

use crate::support::{TestApp, wiring};
use api::delivery::Channels;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use chrono::TimeDelta;
use domain::ids::TypedId;
use domain::vocabulary::{Channel, DeliveryStatus};
use http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

const SECRET: &str = "a-webhook-secret-of-more-than-32-bytes";

#[derive(Default)]
struct Inside {
    calls: Vec<(String, HeaderMap, Bytes)>,
    answers: Vec<StatusCode>,
}

type Shared = Arc<Mutex<Inside>>;

/// A gateway on a port of its own that keeps what it is told.
struct Receiver {
    inside: Shared,
    url: String,
}

async fn take(State(inside): State<Shared>, uri: Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, HeaderMap) {
    let mut inside = inside.lock().unwrap();
    inside.calls.push((uri.to_string(), headers, body));
    let status = if inside.answers.is_empty() { StatusCode::ACCEPTED } else { inside.answers.remove(0) };
    let mut headers = HeaderMap::new();
    headers.insert("location", "/elsewhere".parse().unwrap());
    (status, headers)
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/notify?token=7", listener.local_addr().unwrap());
        let inside = Shared::default();
        let router = Router::new().fallback(take).with_state(inside.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inside, url }
    }

    fn answer(&self, answers: &[u16]) {
        self.inside.lock().unwrap().answers = answers.iter().map(|code| StatusCode::from_u16(*code).unwrap()).collect();
    }

    fn calls(&self) -> Vec<(String, HeaderMap, Bytes)> {
        self.inside.lock().unwrap().calls.clone()
    }

    fn channels(&self) -> Channels {
        wiring::channels(&[
            ("JIANYAN_WEBHOOK_URL", &self.url),
            ("JIANYAN_WEBHOOK_SECRET", SECRET),
            ("JIANYAN_PUBLIC_URL", "https://jianyan.example.cn/"),
        ])
    }
}

/// HMAC-SHA256 from its definition (RFC 2104), apart from the product's own.
fn hmac(secret: &[u8], text: &[u8]) -> String {
    assert!(secret.len() <= 64);
    let pad = |with: u8| {
        let mut key = [with; 64];
        key.iter_mut().zip(secret).for_each(|(pad, byte)| *pad ^= byte);
        key
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    outer.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn assigned(app: &TestApp) {
    app.telephones(&["mzj-liaison"]).await;
    app.assigned("rep01", &["mzj"], "SOLE").await;
}

#[tokio::test]
async fn a_call_is_signed_so_that_the_gateway_can_tell_whose_it_is() {
    let app = TestApp::new().await;
    assigned(&app).await;
    let receiver = Receiver::start().await;
    assert_eq!(app.deliver_all(&receiver.channels()).await.sent, 1);
    let [(uri, headers, body)] = receiver.calls().try_into().unwrap();
    let [row] = app.deliveries().await.try_into().unwrap();
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let timestamp = header("x-jianyan-timestamp");
    assert_eq!(timestamp, app.now().timestamp().to_string());
    let signed = [timestamp.as_bytes(), b".", &body].concat();
    assert_eq!(header("x-jianyan-signature"), format!("sha256={}", hmac(SECRET.as_bytes(), &signed)));
    assert_eq!(header("x-jianyan-delivery"), row.id.uuid().simple().to_string());
    assert_eq!((uri.as_str(), header("content-type").as_str()), ("/notify?token=7", "application/json"));
    let told: Value = serde_json::from_slice(&body).unwrap();
    let name = "刘德玲";
    assert_eq!(told["to"], json!({ "name": name, "mobile": "13800000000" }));
    assert_eq!((&told["kind"], &told["deliveryId"]), (&json!("ASSIGNED"), &json!(row.id.to_string())));
    assert_eq!(told["url"], json!("https://jianyan.example.cn"));
    assert_eq!(told["at"], json!(app.now().to_rfc3339()));
    assert!(told["text"].as_str().unwrap().starts_with("交办:《"), "{told}");
    assert_eq!(told.as_object().unwrap().len(), 6);
}

#[tokio::test]
async fn a_gateway_in_trouble_is_called_again_under_the_same_id_and_signed_anew() {
    let app = TestApp::new().await;
    assigned(&app).await;
    let receiver = Receiver::start().await;
    receiver.answer(&[503, 429, 408, 302]);
    for (status, minutes) in [(503, 1), (429, 5), (408, 30), (302, 120)] {
        assert_eq!(app.deliver_all(&receiver.channels()).await.postponed, 1, "{status}");
        let [row] = app.deliveries().await.try_into().unwrap();
        assert!(row.last_error.as_deref().unwrap().starts_with(&format!("HTTP {status}")), "{row:?}");
        app.later(TimeDelta::minutes(minutes));
    }
    assert_eq!(app.deliver_all(&receiver.channels()).await.sent, 1);
    let calls = receiver.calls();
    assert_eq!(calls.len(), 5, "a redirect is not followed");
    for (uri, headers, body) in &calls {
        assert_eq!(uri, "/notify?token=7");
        assert_eq!(headers["x-jianyan-delivery"], calls[0].1["x-jianyan-delivery"]);
        let signed = [headers["x-jianyan-timestamp"].as_bytes(), b".", body].concat();
        let expected = format!("sha256={}", hmac(SECRET.as_bytes(), &signed));
        assert_eq!(headers["x-jianyan-signature"].to_str().unwrap(), expected);
    }
    assert_ne!(calls[0].1["x-jianyan-timestamp"], calls[4].1["x-jianyan-timestamp"]);
}

#[tokio::test]
async fn a_call_that_the_gateway_finds_wrong_is_given_up_at_once() {
    for status in [400, 401, 404, 422] {
        let app = TestApp::new().await;
        assigned(&app).await;
        let receiver = Receiver::start().await;
        receiver.answer(&[status]);
        assert_eq!(app.deliver_all(&receiver.channels()).await.dead, 1);
        assert_eq!(app.states(Channel::Webhook).await, [DeliveryStatus::Dead]);
        let [row] = app.deliveries().await.try_into().unwrap();
        assert_eq!(row.last_error, Some(format!("HTTP {status}")));
        assert_eq!(receiver.calls().len(), 1);
    }
}

#[tokio::test]
async fn on_a_rehearsal_clock_nothing_leaves_the_house() {
    let receiver = Receiver::start().await;
    let settings = [("JIANYAN_WEBHOOK_URL", receiver.url.as_str()), ("JIANYAN_WEBHOOK_SECRET", SECRET)];
    let app = TestApp::new().await;
    let channels = wiring::channels_by(&settings, app.clock.as_ref());
    assert!(channels.open().is_empty());
    assigned(&app).await;
    assert!(app.deliver_all(&channels).await.dispatched > 0);
    assert!(receiver.calls().is_empty() && app.deliveries().await.is_empty());
}
