//! GraphQL over WebSocket: the upgrade and the conversation of one socket.

use super::{
    Edge, Refused, RequestHead, document,
    errors::{self, Problem, code},
    params::Params,
    protocol::{self, ClientMessage, Close, SUBPROTOCOL},
    server::Lifetime,
};
use async_graphql::{Response as GraphqlResponse, parser::types::OperationType};
use axum::{
    extract::{
        FromRequestParts, Request,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use futures_util::{FutureExt as _, StreamExt as _, stream, stream::BoxStream};
use serde_json::json;
use std::{panic::AssertUnwindSafe, sync::Arc};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_stream::StreamMap;

/// Answers the upgrade request.
pub(super) async fn upgrade(edge: Arc<Edge>, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    // A browser sends a page's Origin and lets any page open a socket; other clients send none.
    if !origin_allowed(&parts.headers, &edge.limits.allowed_origins) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            code::FORBIDDEN,
            "不允许来自该来源的连接。",
            "Connections from this origin are not allowed.",
        ));
    }
    let Ok(permit) = Arc::clone(&edge.sockets).try_acquire_owned() else {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::UNAVAILABLE,
            "连接数已满，请稍后再试。",
            "Too many connections, please try again later.",
        ));
    };
    let head = RequestHead::from_parts(&parts, &edge.limits);
    let lifetime = parts.extensions.get::<Lifetime>().cloned().unwrap_or_else(Lifetime::endless);
    let offer = WebSocketUpgrade::from_request_parts(&mut parts, &())
        .await
        .map_err(|_| Problem::bad_request("WebSocket 握手无效。", "The WebSocket handshake is not valid."))?
        .protocols([SUBPROTOCOL])
        // Twice what is allowed is still received, so that the answer to a little too much arrives:
        // after a message that was not received the connection can only be dropped.
        .max_message_size(edge.limits.socket_message_bytes.saturating_mul(2))
        .max_frame_size(edge.limits.socket_message_bytes.saturating_mul(2));
    if offer.selected_protocol().is_none() {
        return Err(Problem::bad_request(
            "仅支持子协议 graphql-transport-ws。",
            "Only the subprotocol graphql-transport-ws is supported.",
        ));
    }
    Ok(offer.on_upgrade(move |socket| async move {
        let id = head.request_id.clone();
        let talk =
            Conversation { edge, head, socket, running: StreamMap::new(), state: State::Fresh, heard: Instant::now() };
        if AssertUnwindSafe(talk.run(lifetime)).catch_unwind().await.is_err() {
            tracing::error!(request_id = %id, "a WebSocket conversation panicked");
        }
        drop(permit);
    }))
}

/// No Origin, the server's own, or one of the list.
fn origin_allowed(headers: &HeaderMap, allowed: &[String]) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (Some(origin), None) = (origins.next(), origins.next()) else {
        return !headers.contains_key(header::ORIGIN);
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    if allowed.iter().any(|entry| entry.trim_end_matches('/').eq_ignore_ascii_case(origin)) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    match (origin.split_once("://"), host) {
        (Some(("http" | "https", origin_host)), Some(host)) => origin_host.eq_ignore_ascii_case(host),
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Waits for `connection_init`.
    Fresh,
    /// Admitted.
    Ready,
}

/// What an operation on the socket brings forth.
enum Event {
    /// A result, and whether execution had begun.
    Result(Box<GraphqlResponse>, bool),
    /// The operation is over.
    Done,
    /// The operation panicked.
    Panicked,
}

/// How the conversation ends.
enum End {
    /// The client is gone or does not read.
    Gone,
    /// The server closes.
    Close(Close),
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// Whether the token holds at this moment; if not, how the conversation ends.
async fn admit(edge: &Edge, head: &RequestHead) -> Result<(), Close> {
    match timeout(edge.limits.init_timeout, edge.app.admit(head)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Refused::Unauthenticated | Refused::Forbidden)) => Err(Close::FORBIDDEN),
        Ok(Err(Refused::RateLimited | Refused::Unavailable)) | Err(_) => Err(Close::TRY_LATER),
    }
}

struct Conversation {
    edge: Arc<Edge>,
    head: RequestHead,
    socket: WebSocket,
    running: StreamMap<String, BoxStream<'static, Event>>,
    state: State,
    /// When the client was last heard.
    heard: Instant,
}

impl Conversation {
    async fn run(mut self, mut lifetime: Lifetime) {
        // Held until the close frame is out, so that a stopping server waits for it.
        if let Err(End::Close(close)) = self.talk(&mut lifetime).await {
            self.part(close).await;
        }
    }

    /// Says why the conversation ends, and listens for a while until the client has heard it. A connection
    /// that is dropped while something of the client's lies unread is reset, and the reason lost with it.
    async fn part(&mut self, Close(code, reason): Close) {
        self.running.clear();
        let (limits, socket) = (&self.edge.limits, &mut self.socket);
        let frame = CloseFrame { code, reason: reason.into() };
        if let Ok(Ok(())) = timeout(limits.write_timeout, socket.send(Message::Close(Some(frame)))).await {
            let heard = async { while let Some(Ok(_)) = socket.recv().await {} };
            let _gone = timeout(limits.linger, heard).await;
        }
    }

    async fn talk(&mut self, lifetime: &mut Lifetime) -> Result<(), End> {
        let limits = self.edge.limits.clone();
        let deadline = sleep_until(Instant::now() + limits.init_timeout);
        tokio::pin!(deadline);
        let mut recheck = interval(limits.recheck);
        let mut keepalive = interval(limits.keepalive);
        recheck.set_missed_tick_behavior(MissedTickBehavior::Delay);
        keepalive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = lifetime.closing() => return Err(Close::GOING_AWAY.into()),
                () = &mut deadline, if self.state == State::Fresh => return Err(Close::INIT_TIMEOUT.into()),
                _ = recheck.tick(), if self.state == State::Ready => {
                    admit(&self.edge, &self.head).await?;
                }
                _ = keepalive.tick() => {
                    if self.heard.elapsed() > limits.keepalive * 3 {
                        return Err(End::Gone);
                    }
                    self.write(Message::Ping(Default::default())).await?;
                }
                message = self.socket.recv() => {
                    self.heard = Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) if text.len() > limits.socket_message_bytes => {
                            return Err(Close::TOO_BIG.into());
                        }
                        Some(Ok(Message::Text(text))) => self.hear(&text).await?,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Binary(_))) => return Err(Close::BAD_MESSAGE.into()),
                        Some(Err(error)) if error.to_string().contains("too long") => return Err(Close::TOO_BIG.into()),
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(End::Gone),
                    }
                }
                Some((id, event)) = self.running.next(), if !self.running.is_empty() => self.report(&id, event).await?,
            }
        }
    }

    async fn hear(&mut self, text: &str) -> Result<(), End> {
        let message = ClientMessage::parse(text).ok_or(Close::BAD_MESSAGE)?;
        match (message, self.state) {
            (ClientMessage::ConnectionInit { payload }, State::Fresh) => {
                if let Some(token) = payload.as_ref().and_then(protocol::bearer_of) {
                    self.head.bearer = Some(token);
                }
                admit(&self.edge, &self.head).await?;
                self.state = State::Ready;
                self.say(protocol::ack()).await
            }
            (ClientMessage::ConnectionInit { .. }, State::Ready) => Err(Close::TOO_MANY_INITS.into()),
            (ClientMessage::Ping { .. }, _) => self.say(protocol::pong()).await,
            (ClientMessage::Pong {}, _) => Ok(()),
            (ClientMessage::Subscribe { .. }, State::Fresh) => Err(Close::UNAUTHORIZED.into()),
            (ClientMessage::Subscribe { id, payload }, State::Ready) => self.start(id, payload).await,
            (ClientMessage::Complete { id }, _) => {
                self.running.remove(&id);
                Ok(())
            }
        }
    }

    async fn start(&mut self, id: String, payload: serde_json::Value) -> Result<(), End> {
        if self.running.contains_key(&id) {
            return Err(Close::DUPLICATE.into());
        }
        let limits = &self.edge.limits;
        if self.running.len() >= limits.socket_operations {
            let max = limits.socket_operations;
            let problem = Problem::document(
                code::RATE_LIMITED,
                format!("每个连接最多同时运行 {max} 个操作。"),
                format!("At most {max} operations may run on one connection."),
            );
            return self.refuse(&id, &problem).await;
        }
        let params = Params::from_value(payload).map_err(|_| Close::BAD_MESSAGE)?;
        let prepared = match document::prepare(params, &self.edge.documents, &limits.document) {
            Ok(prepared) => prepared,
            Err(problem) => return self.refuse(&id, &problem).await,
        };
        let (app, head, executed) = (Arc::clone(&self.edge.app), self.head.clone(), prepared.executed);
        let results: BoxStream<'static, GraphqlResponse> = match prepared.kind {
            OperationType::Mutation => {
                return self.refuse(&id, &document::mutations_only_by_post()).await;
            }
            OperationType::Subscription => app.subscribe(head, prepared.request),
            OperationType::Query => {
                let edge = Arc::clone(&self.edge);
                stream::once(async move { edge.in_time(&head, app.execute(head.clone(), prepared.request)).await })
                    .boxed()
            }
        };
        let events = AssertUnwindSafe(results)
            .catch_unwind()
            .map(move |result| {
                result.map_or(Event::Panicked, |response| Event::Result(Box::new(response), executed.get()))
            })
            .chain(stream::once(async { Event::Done }));
        self.running.insert(id, events.boxed());
        Ok(())
    }

    async fn report(&mut self, id: &str, event: Event) -> Result<(), End> {
        match event {
            Event::Result(mut response, executed) => {
                errors::complete(&mut response, &self.head);
                if executed {
                    return self.say(protocol::next(id, &json!(*response))).await;
                }
                self.running.remove(id);
                self.say(protocol::error(id, &json!(response.errors))).await
            }
            Event::Done => {
                self.running.remove(id);
                self.say(protocol::complete(id)).await
            }
            Event::Panicked => {
                tracing::error!(request_id = %self.head.request_id, "an operation on a WebSocket panicked");
                self.running.remove(id);
                self.refuse(id, &Problem::internal(&self.head.request_id)).await
            }
        }
    }

    async fn refuse(&mut self, id: &str, problem: &Problem) -> Result<(), End> {
        let errors = json!([problem.to_json(self.head.language)]);
        self.say(protocol::error(id, &errors)).await
    }

    async fn say(&mut self, text: String) -> Result<(), End> {
        self.write(Message::Text(text.into())).await
    }

    /// A reader that takes nothing must not hold its operations and their rows for ever.
    async fn write(&mut self, message: Message) -> Result<(), End> {
        match timeout(self.edge.limits.write_timeout, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_our_own_or_listed() {
        let allowed = ["https://portal.example".to_owned()];
        for (origin, host, wanted) in [
            (None, "a.example", true),
            (Some("https://a.example"), "a.example", true),
            (Some("http://A.example:8080"), "a.example:8080", true),
            (Some("https://portal.example"), "a.example", true),
            (Some("https://evil.example"), "a.example", false),
            (Some("https://a.example.evil.example"), "a.example", false),
            (Some("null"), "a.example", false),
            (Some("file://a.example"), "a.example", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(origin_allowed(&headers, &allowed), wanted, "{origin:?}");
        }
    }
}
