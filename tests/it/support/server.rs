//! The application behind a real port, and a client that speaks HTTP/1.1 byte by byte.

use super::app::TestApp;
use super::wiring;
use api::http::EdgeLimits;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long an event may take before the test fails.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until this holds, while everything else on the runtime goes on.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("it never came to pass that {what}"));
}

/// A running server; it stops with this value.
pub struct Served {
    /// Where it listens.
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl TestApp {
    /// Serves the application on a port of its own.
    pub async fn served(&self) -> Served {
        self.served_within(|_| {}).await
    }

    /// The same within other limits.
    pub async fn served_within(&self, change: impl FnOnce(&mut EdgeLimits)) -> Served {
        let mut limits = wiring::limits();
        change(&mut limits);
        let router = wiring::router(self.deps.clone(), limits.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(wiring::serve(listener, router, limits, async { drop(stopped.await) }));
        Served { address, stop, ended }
    }
}

impl Served {
    /// A connection on which nothing was said yet.
    pub async fn dial(&self) -> Wire {
        let stream = TcpStream::connect(self.address).await.expect("the server listens");
        Wire { stream: BufReader::new(stream) }
    }

    /// Gives the order to stop; the handle ends when the server does.
    pub fn stop(self) -> JoinHandle<()> {
        drop(self.stop);
        self.ended
    }
}

/// A connection to the server.
pub struct Wire {
    stream: BufReader<TcpStream>,
}

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Reply {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The code of the first error.
    pub fn code(&self) -> Value {
        self.json()["errors"][0]["extensions"]["code"].clone()
    }
}

impl Wire {
    /// Sends bytes as they are, and sees that the server takes them.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let taken = timeout(PATIENCE, self.stream.write_all(bytes.as_ref())).await;
        taken.expect("the server takes bytes").expect("the server listens");
    }

    /// Sends a GraphQL request.
    pub async fn post(&mut self, token: Option<&str>, body: &Value) {
        let body = body.to_string();
        let bearer = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n{bearer}content-length: {}\r\n\r\n",
            body.len()
        );
        self.send(head + &body).await;
    }

    /// Asks whether the server lives, and sees that it does.
    pub async fn probe(&mut self) {
        self.send("GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n").await;
        assert_eq!(self.reply().await.status, 200);
    }

    /// The next answer.
    pub async fn reply(&mut self) -> Reply {
        timeout(PATIENCE, self.read()).await.expect("the server answers in time").expect("the server answers")
    }

    async fn read(&mut self) -> std::io::Result<Reply> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status line but {first:?}"));
        let mut headers = HeaderMap::new();
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(": ") else { break };
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a name of a header");
            headers.append(name, HeaderValue::from_str(value).expect("a value of a header"));
        }
        let length = headers.get("content-length").and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(Reply { status, headers, text: String::from_utf8(body).expect("the answer is text") })
    }

    async fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }

    /// Waits until the server hangs up, and gives what it said before.
    pub async fn farewell(&mut self) -> String {
        let mut said = Vec::new();
        // A reset is an end as well.
        let _reset = timeout(PATIENCE, self.stream.read_to_end(&mut said)).await.expect("the server hangs up");
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Whether nothing at all has come from the server so far.
    pub fn is_silent(&self) -> bool {
        let read = self.stream.get_ref().try_read(&mut [0]);
        self.stream.buffer().is_empty() && read.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }
}
