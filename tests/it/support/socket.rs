//! A subscriber over a real connection, in the protocol `graphql-transport-ws`.

use super::client::Client;
use super::wiring;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long a message may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open conversation; closing it stops the server behind it.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    operations: u32,
    _stop: oneshot::Sender<()>,
}

/// What the server sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A message of the protocol.
    Said(Value),
    /// The end of the conversation, with its code.
    Closed(u16),
}

impl Socket {
    /// Serves the application on a port of its own, connects as this client and waits for the welcome.
    pub async fn open(client: &Client) -> Self {
        let mut socket = Self::connect(client).await;
        let token = client.token().await.map(|token| json!({ "Authorization": format!("Bearer {token}") }));
        socket.say(json!({ "type": "connection_init", "payload": token })).await;
        assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "connection_ack" })));
        socket
    }

    /// Connects, and says nothing yet.
    pub async fn connect(client: &Client) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let router = client.app().router.clone();
        tokio::spawn(async move { wiring::serve(listener, router, async { drop(stopped.await) }).await });
        let mut request = format!("ws://{address}/graphql").into_client_request().expect("an address");
        let protocol = "graphql-transport-ws".parse().expect("a header value");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let (stream, _) = connect_async(request).await.expect("the server accepts the socket");
        Self { stream, operations: 0, _stop: stop }
    }

    /// Sends a message of the protocol.
    pub async fn say(&mut self, message: Value) {
        self.stream.send(Message::text(message.to_string())).await.expect("the server listens");
    }

    /// Begins an operation and gives its id.
    pub async fn subscribe(&mut self, query: &str, variables: Value) -> String {
        self.operations += 1;
        let id = self.operations.to_string();
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
        id
    }

    /// The next thing the server says, keep-alive aside.
    pub async fn hear(&mut self) -> Heard {
        tokio::time::timeout(PATIENCE, self.next()).await.expect("the server said nothing in time")
    }

    /// The data of the next result of this operation.
    pub async fn result(&mut self, id: &str) -> Value {
        match self.hear().await {
            Heard::Said(message) if message["type"] == "next" && message["id"] == id => {
                assert_eq!(message["payload"].get("errors"), None, "{message:#}");
                message["payload"]["data"].clone()
            }
            other => panic!("a result of operation {id} was expected, but the server said {other:#?}"),
        }
    }

    /// Whether nothing at all arrives in this time. Where a later event must arrive anyhow, wait for
    /// that one instead and see that it is the next.
    pub async fn is_silent_for(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.next()).await.is_err()
    }

    async fn next(&mut self) -> Heard {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Heard::Said(serde_json::from_str(&text).expect("the server says JSON"));
                }
                Some(Ok(Message::Close(frame))) => return Heard::Closed(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Heard::Closed(1006),
            }
        }
    }
}
