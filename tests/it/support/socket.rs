//! A subscriber over a real connection, in the protocol `graphql-transport-ws`.

use super::client::Client;
use super::server::{PATIENCE, Served};
use futures_util::{SinkExt, StreamExt};
use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// The one protocol that the server speaks.
const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

/// An open conversation.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    operations: u32,
    /// The server, when it is there for this conversation alone.
    _served: Option<Served>,
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
        socket.greet(client.token().await).await;
        socket
    }

    /// Serves the application on a port of its own and connects, and says nothing yet.
    pub async fn connect(client: &Client) -> Self {
        let served = client.app().served().await;
        let mut socket = Self::to(&served).await;
        socket._served = Some(served);
        socket
    }

    /// Connects to this server, and says nothing yet.
    pub async fn to(served: &Served) -> Self {
        Self::with_headers(served, &[PROTOCOL]).await.expect("the server accepts the socket")
    }

    /// Connects to this server as this client and waits for the welcome.
    pub async fn open_to(served: &Served, client: &Client) -> Self {
        let mut socket = Self::to(served).await;
        socket.greet(client.token().await).await;
        socket
    }

    /// Connects with the usual protocol and this origin; the status of a refusal.
    pub async fn from_origin(served: &Served, origin: &str) -> Result<Self, u16> {
        Self::with_headers(served, &[PROTOCOL, ("origin", origin)]).await
    }

    /// Connects with these headers; the status of a refusal.
    pub async fn with_headers(served: &Served, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let tcp = TcpSocket::new_v4().expect("a socket can be made");
        // So that a reader who takes nothing is soon noticed.
        tcp.set_recv_buffer_size(16 * 1024).expect("the buffer can be made small");
        let tcp = tcp.connect(served.address).await.expect("the server listens");
        let mut request = format!("ws://{}/graphql", served.address).into_client_request().expect("an address");
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a name of a header");
            request.headers_mut().append(name, HeaderValue::from_str(value).expect("a value of a header"));
        }
        match client_async(request, tcp).await {
            Ok((stream, _)) => Ok(Self { stream, operations: 0, _served: None }),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(other) => panic!("no answer of HTTP but {other}"),
        }
    }

    /// Opens the conversation with this token and waits for the welcome.
    pub async fn greet(&mut self, token: Option<String>) {
        let token = token.map(|token| json!({ "Authorization": format!("Bearer {token}") }));
        self.say(json!({ "type": "connection_init", "payload": token })).await;
        assert_eq!(self.hear().await, Heard::Said(json!({ "type": "connection_ack" })));
    }

    /// Sends any message.
    pub async fn send(&mut self, message: Message) {
        self.stream.send(message).await.expect("the server listens");
    }

    /// Sends a message of the protocol.
    pub async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
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

    /// Waits for the server to ask whether the client lives; that it does is answered by itself.
    pub async fn pinged(&mut self) {
        let ping = async { while !matches!(self.stream.next().await, Some(Ok(Message::Ping(_)))) {} };
        tokio::time::timeout(PATIENCE, ping).await.expect("the server did not ask in time");
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
