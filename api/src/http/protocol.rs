//! The messages of the `graphql-transport-ws` protocol and its close codes.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Name of the WebSocket subprotocol.
pub const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Why the server closes a socket: code and reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close(pub u16, pub &'static str);

impl Close {
    /// The server stops.
    pub const GOING_AWAY: Self = Self(1001, "Going away");
    /// A message is longer than allowed.
    pub const TOO_BIG: Self = Self(1009, "Message too big");
    /// The client cannot be served now.
    pub const TRY_LATER: Self = Self(1013, "Try again later");
    /// A message that the protocol does not know.
    pub const BAD_MESSAGE: Self = Self(4400, "Invalid message");
    /// An operation before `connection_init` was answered.
    pub const UNAUTHORIZED: Self = Self(4401, "Unauthorized");
    /// The token is not, or no longer, good.
    pub const FORBIDDEN: Self = Self(4403, "Forbidden");
    /// No `connection_init` in time.
    pub const INIT_TIMEOUT: Self = Self(4408, "Connection initialisation timeout");
    /// An operation with this id is running.
    pub const DUPLICATE: Self = Self(4409, "Subscriber already exists");
    /// A second `connection_init`.
    pub const TOO_MANY_INITS: Self = Self(4429, "Too many initialisation requests");
}

/// A message from the client.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMessage {
    /// Opens the conversation; may hold the token.
    ConnectionInit {
        /// Free members.
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    /// Asks for a pong.
    Ping {
        /// Free members.
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    /// Answers a ping.
    Pong {},
    /// Starts an operation.
    Subscribe {
        /// The client's name for it.
        id: String,
        /// The GraphQL request.
        payload: Value,
    },
    /// Ends an operation.
    Complete {
        /// The client's name for it.
        id: String,
    },
}

impl ClientMessage {
    /// Reads a message; `None` for what is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let message = serde_json::from_str(text).ok()?;
        match &message {
            // Ids are echoed and kept; nobody needs a long one.
            Self::Subscribe { id, .. } | Self::Complete { id } if id.is_empty() || id.len() > 128 => None,
            _ => Some(message),
        }
    }
}

/// The token in the payload of `connection_init`.
#[must_use]
pub fn bearer_of(payload: &Map<String, Value>) -> Option<String> {
    let value = payload.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"))?.1;
    super::head::bearer(value.as_str()?)
}

/// `connection_ack`.
#[must_use]
pub fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// `pong`.
#[must_use]
pub fn pong() -> String {
    json!({ "type": "pong" }).to_string()
}

/// `next`: one result.
#[must_use]
pub fn next(id: &str, result: &Value) -> String {
    json!({ "type": "next", "id": id, "payload": result }).to_string()
}

/// `error`: the operation did not start; the payload is the list of errors.
#[must_use]
pub fn error(id: &str, errors: &Value) -> String {
    json!({ "type": "error", "id": id, "payload": errors }).to_string()
}

/// `complete`: the operation is over.
#[must_use]
pub fn complete(id: &str) -> String {
    json!({ "type": "complete", "id": id }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_protocol_knows_and_nothing_else() {
        for yes in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"connection_init","payload":{"Authorization":"Bearer x"}}"#,
            r#"{"type":"ping"}"#,
            r#"{"type":"pong","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}"}}"#,
            r#"{"type":"complete","id":"1"}"#,
        ] {
            assert!(ClientMessage::parse(yes).is_some(), "{yes}");
        }
        for no in [
            "",
            "[]",
            "{}",
            r#"{"type":"start"}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"complete","id":""}"#,
        ] {
            assert!(ClientMessage::parse(no).is_none(), "{no}");
        }
    }

    #[test]
    fn finds_the_token() {
        let payload = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        assert_eq!(bearer_of(&payload(r#"{"authorization":"Bearer x"}"#)).as_deref(), Some("x"));
        assert_eq!(bearer_of(&payload(r#"{"Authorization":"Bearer x"}"#)).as_deref(), Some("x"));
        assert_eq!(bearer_of(&payload(r#"{"Authorization":1}"#)), None);
    }
}
