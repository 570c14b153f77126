//! A WebSocket obeys the same limits as HTTP, and what is wrong ends it with the code of its protocol.

use super::MINE;
use crate::support::server::{PATIENCE, until};
use crate::support::socket::{Heard, Socket};
use crate::support::{Served, TestApp};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

const SOON: Duration = Duration::from_millis(200);

/// Runs until it is ended.
pub(super) const INBOX: &str = "subscription { notificationReceived { id } }";

const SMALL: usize = 64 * 1024;

/// A ping of the protocol, as a message of so many bytes.
fn ping(bytes: usize) -> String {
    let start = r#"{"type":"ping","payload":{"x":""#;
    format!("{start}{}\"}}}}", "a".repeat(bytes - start.len() - 3))
}

pub(super) fn pong() -> Heard {
    Heard::Said(json!({ "type": "pong" }))
}

/// The code of the error with which the server refuses this operation.
async fn refusal(socket: &mut Socket, id: &str) -> Value {
    match socket.hear().await {
        Heard::Said(message) if message["type"] == "error" && message["id"] == id => {
            assert!(message["payload"][0]["message"].is_string(), "{message}");
            message["payload"][0]["extensions"]["code"].clone()
        }
        other => panic!("operation {id} was not refused: {other:?}"),
    }
}

/// The rest of a query that was answered.
pub(super) async fn completed(socket: &mut Socket, id: &str) {
    assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "complete", "id": id })));
}

#[tokio::test]
async fn only_the_one_subprotocol_is_spoken() {
    let app = TestApp::new().await;
    let served = app.served().await;
    for wrong in
        [vec![], vec![("sec-websocket-protocol", "graphql-ws")], vec![("sec-websocket-protocol", "mqtt, soap")]]
    {
        assert_eq!(Socket::with_headers(&served, &wrong).await.err(), Some(400), "{wrong:?}");
    }
    let either = [("sec-websocket-protocol", "graphql-ws, graphql-transport-ws")];
    assert!(Socket::with_headers(&served, &either).await.is_ok());
    // What is no handshake is told so in the one shape.
    let mut wire = served.dial().await;
    wire.send("GET /graphql HTTP/1.1\r\nhost: test\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n").await;
    let reply = wire.reply().await;
    assert_eq!((reply.status, reply.code()), (400, json!("BAD_INPUT")), "{}", reply.text);
}

#[tokio::test]
async fn a_page_of_a_foreign_origin_opens_no_socket() {
    let app = TestApp::new().await;
    let listed = "https://portal.example";
    let served = app.served_within(|limits| limits.allowed_origins = vec![listed.to_owned()]).await;
    let own = format!("http://{}", served.address);
    for good in [own.as_str(), listed] {
        assert!(Socket::from_origin(&served, good).await.is_ok(), "{good}");
    }
    for bad in
        ["https://evil.example", "https://portal.example.evil.example", "http://portal.example", "null", "", "file://"]
    {
        assert_eq!(Socket::from_origin(&served, bad).await.err(), Some(403), "{bad}");
    }
    let two =
        [("sec-websocket-protocol", "graphql-transport-ws"), ("origin", listed), ("origin", "https://evil.example")];
    assert_eq!(Socket::with_headers(&served, &two).await.err(), Some(403));
}

#[tokio::test]
async fn what_the_protocol_does_not_know_ends_the_conversation() {
    let app = TestApp::new().await;
    let served = app.served().await;
    let client = app.sign_in("rep01").await;
    for message in [
        Message::text("nonsense"),
        Message::text(""),
        Message::text("[]"),
        Message::text(r#"{"type":"start","id":"1","payload":{}}"#),
        Message::text(r#"{"type":"subscribe","id":"1"}"#),
        Message::text(r#"{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":[{"query":"{ __typename }"}]}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","variables":[]}}"#),
        Message::text(format!(r#"{{"type":"complete","id":"{}"}}"#, "x".repeat(129))),
        Message::binary(r#"{"type":"ping"}"#),
    ] {
        let mut socket = Socket::open_to(&served, &client).await;
        socket.send(message.clone()).await;
        assert_eq!(socket.hear().await, Heard::Closed(4400), "{message}");
    }
    let mut fresh = Socket::to(&served).await;
    fresh.send(Message::text("nonsense")).await;
    assert_eq!(fresh.hear().await, Heard::Closed(4400));
}

#[tokio::test]
async fn nobody_is_served_before_he_is_welcomed() {
    let app = TestApp::new().await;
    let served = app.served().await;
    let mut early = Socket::to(&served).await;
    early.subscribe("{ __typename }", json!({})).await;
    assert_eq!(early.hear().await, Heard::Closed(4401));

    let gone = app.sign_in("rep02").await;
    let ended = gone.token().await.unwrap();
    gone.ask("mutation { signOut { errors { code } } }").await.payload("signOut");
    for payload in [
        json!(null),
        json!({}),
        json!({ "Authorization": "Bearer x.y.z" }),
        json!({ "Authorization": format!("Bearer {ended}") }),
    ] {
        let mut stranger = Socket::to(&served).await;
        stranger.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(stranger.hear().await, Heard::Closed(4403), "{payload}");
    }
}

#[tokio::test]
async fn whoever_does_not_introduce_himself_in_time_is_dismissed() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.init_timeout = SOON).await;
    let mut slow = Socket::to(&served).await;
    slow.say(json!({ "type": "ping" })).await;
    assert_eq!(slow.hear().await, pong(), "a ping is no introduction");
    assert_eq!(slow.hear().await, Heard::Closed(4408));
}

#[tokio::test]
async fn nobody_introduces_himself_twice() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let mut socket = Socket::open(&client).await;
    socket.say(json!({ "type": "connection_init", "payload": { "Authorization": "Bearer x" } })).await;
    assert_eq!(socket.hear().await, Heard::Closed(4429));
}

#[tokio::test]
async fn an_id_names_one_running_operation() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let mut socket = Socket::open(&client).await;
    let subscribe = json!({ "type": "subscribe", "id": "same", "payload": { "query": INBOX } });
    socket.say(subscribe.clone()).await;
    until("the first one listens", || app.deps.bus.listeners() == 1).await;
    // Its end frees the name, and the operation behind it is gone.
    socket.say(json!({ "type": "complete", "id": "same" })).await;
    until("the first one ended", || app.deps.bus.listeners() == 0).await;
    socket.say(subscribe.clone()).await;
    socket.say(subscribe).await;
    assert_eq!(socket.hear().await, Heard::Closed(4409));
    until("the end of the conversation ends it all", || app.deps.bus.listeners() == 0).await;
}

#[tokio::test]
async fn a_message_may_be_as_long_as_the_limit_and_not_a_byte_longer() {
    let app = TestApp::new().await;
    let served = app.served().await;
    let mut socket = Socket::to(&served).await;
    socket.send(Message::text(ping(SMALL))).await;
    assert_eq!(socket.hear().await, pong());
    socket.send(Message::text(ping(SMALL + 1))).await;
    assert_eq!(socket.hear().await, Heard::Closed(1009));

    let frame = |text: String, kind: Data, last: bool| Message::Frame(Frame::message(text, OpCode::Data(kind), last));
    let parts = |bytes: usize| {
        let mut first = ping(bytes);
        let second = first.split_off(bytes / 2);
        [frame(first, Data::Text, false), frame(second, Data::Continue, true)]
    };
    let mut socket = Socket::to(&served).await;
    for part in parts(SMALL) {
        socket.send(part).await;
    }
    assert_eq!(socket.hear().await, pong());
    for part in parts(SMALL + 1) {
        socket.send(part).await;
    }
    assert_eq!(socket.hear().await, Heard::Closed(1009), "nor in parts");
}

#[tokio::test]
async fn the_reason_arrives_although_the_client_has_said_more_than_was_heard() {
    let app = TestApp::new().await;
    let served = app.served().await;
    let mut socket = Socket::to(&served).await;
    socket.send(Message::text("nonsense")).await;
    // More than the buffers of both ends hold: the server has spoken before all of it is sent.
    for _ in 0..200 {
        socket.send(Message::text(ping(SMALL))).await;
    }
    assert_eq!(socket.hear().await, Heard::Closed(4400));
}

#[tokio::test]
async fn so_many_operations_run_on_one_socket_and_one_more_is_refused() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let mut socket = Socket::open(&client).await;
    for _ in 0..10 {
        socket.subscribe(INBOX, json!({})).await;
    }
    until("ten listen", || app.deps.bus.listeners() == 10).await;
    let id = socket.subscribe(INBOX, json!({})).await;
    assert_eq!(refusal(&mut socket, &id).await, "RATE_LIMITED");
    // The others are not concerned, and the end of one makes room.
    socket.say(json!({ "type": "complete", "id": "1" })).await;
    let id = socket.subscribe("{ __typename }", json!({})).await;
    assert_eq!(socket.result(&id).await, json!({ "__typename": "Query" }));
    completed(&mut socket, &id).await;
    assert_eq!(app.deps.bus.listeners(), 9);
}

/// A handshake, word for word.
pub(super) const UPGRADE: &str = "GET /graphql HTTP/1.1\r\nhost: test\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    sec-websocket-protocol: graphql-transport-ws\r\n\r\n";

/// Asks until there is a place for a further socket; a refused handshake takes none.
pub(super) async fn place_is_free(served: &Served) {
    let mut wire = served.dial().await;
    let asking = async {
        loop {
            wire.send(UPGRADE).await;
            if wire.reply().await.status == 101 {
                break;
            }
        }
    };
    timeout(PATIENCE, asking).await.expect("a place is free again");
}

#[tokio::test]
async fn more_sockets_than_places_are_told_to_come_later() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.sockets = 2).await;
    let mut first = Socket::to(&served).await;
    let _second = Socket::to(&served).await;
    let mut third = served.dial().await;
    third.send(UPGRADE).await;
    let reply = third.reply().await;
    assert_eq!((reply.status, reply.code()), (503, json!("UNAVAILABLE")), "{}", reply.text);
    // Requests of HTTP are served all the while.
    third.probe().await;
    first.send(Message::text("nonsense")).await;
    assert_eq!(first.hear().await, Heard::Closed(4400));
    drop(first);
    place_is_free(&served).await;
}

#[tokio::test]
async fn the_document_guard_stands_before_the_socket_too() {
    let app = TestApp::new().await;
    // Under the defaults a document too long for the guard is already too long for a message.
    let served = app.served_within(|limits| limits.document.query_bytes = 2_000).await;
    let mut socket = Socket::open_to(&served, &app.sign_in("rep01").await).await;
    let mut bomb = String::from("subscription { ...f0 }");
    for i in 0..22 {
        bomb.push_str(&format!(" fragment f{i} on Subscription {{ ...f{0} ...f{0} }}", i + 1));
    }
    bomb.push_str(" fragment f22 on Subscription { __typename }");
    let aliases: String = (0..31).map(|i| format!("a{i}: __typename ")).collect();
    for (text, code) in [
        (bomb.as_str(), "TOO_COMPLEX"),
        (&format!("{{ {aliases} }}"), "TOO_COMPLEX"),
        (&format!("{:2001}", "{ __typename }"), "TOO_COMPLEX"),
        ("subscription { a: notificationReceived { id } b: notificationReceived { id } }", "TOO_COMPLEX"),
        ("{ ...a } fragment a on Query { ...a }", "BAD_INPUT"),
        ("mutation { signOut { errors { code } } }", "BAD_INPUT"),
        ("{ nothing }", "BAD_INPUT"),
        ("{", "BAD_INPUT"),
    ] {
        let id = socket.subscribe(text, json!({})).await;
        assert_eq!(refusal(&mut socket, &id).await, code, "{text}");
    }
    for (text, data) in [
        (format!("{:2000}", "{ __typename }"), json!({ "__typename": "Query" })),
        (MINE.to_owned(), json!({ "submissions": { "totalCount": 0 } })),
    ] {
        let id = socket.subscribe(&text, json!({})).await;
        assert_eq!(socket.result(&id).await, data);
        completed(&mut socket, &id).await;
    }
}

#[tokio::test]
async fn an_operation_that_panics_ends_alone() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let mut socket = Socket::open(&client).await;
    socket.subscribe(INBOX, json!({})).await;
    until("it listens", || app.deps.bus.listeners() == 1).await;
    app.statements.panic_at("\"submission\"");
    let id = socket.subscribe(MINE, json!({})).await;
    assert_eq!(refusal(&mut socket, &id).await, "INTERNAL");
    let id = socket.subscribe(MINE, json!({})).await;
    assert_eq!(socket.result(&id).await, json!({ "submissions": { "totalCount": 0 } }));
    completed(&mut socket, &id).await;
    assert_eq!(app.deps.bus.listeners(), 1);
}
