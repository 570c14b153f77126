//! Every number that bounds what a client may ask of the HTTP edge, in one place.

use super::{rates::RateLimits, trusted::Trusted};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// What a GraphQL document may cost before the engine is allowed to see it.
#[derive(Clone, Debug)]
pub struct DocumentLimits {
    /// Length of the document text in bytes.
    pub query_bytes: u64,
    /// Lexical tokens in the text, counted before parsing.
    pub tokens: u64,
    /// Brackets of any kind open at once in the text; keeps the recursive parser off the end of its stack.
    pub nesting: u64,
    /// Directives, in the text and after fragments are spread.
    pub directives: u64,
    /// Fields after fragments are spread.
    pub fields: u64,
    /// Selections of any kind after fragments are spread. A chain of fragments without a single
    /// field costs the engine just as much as one with fields, so fields alone are no bound.
    pub selections: u64,
    /// Aliases after fragments are spread.
    pub aliases: u64,
    /// Fields inside fields. Below 16 the introspection query of common tools fails.
    pub depth: u64,
    /// Fragment definitions in the document.
    pub fragments: u64,
    /// Operations in the document; editors send all tabs' operations along with the chosen one.
    pub operations: u64,
    /// Root fields of a query.
    pub query_roots: u64,
    /// Root fields of a mutation or a subscription. One, so that a rate limit that counts requests
    /// counts attempts as well.
    pub effect_roots: u64,
    /// Page size assumed for a connection that names none.
    pub page_default: u64,
    /// The largest page that resolvers grant; a larger request is refused by them, not here.
    pub page_max: u64,
    /// Product of the page sizes along one path.
    pub page_product: u64,
    /// Rows over all paths together.
    pub page_total: u64,
    /// Lists of the type system inside each other, below `__schema` or `__type`.
    pub introspection_lists: u64,
    /// Nesting of the variables' JSON.
    pub variables_depth: u64,
}

impl Default for DocumentLimits {
    fn default() -> Self {
        Self {
            query_bytes: 64 * 1024,
            tokens: 4_000,
            nesting: 48,
            directives: 50,
            fields: 500,
            selections: 1_500,
            aliases: 30,
            depth: 16,
            fragments: 50,
            operations: 10,
            query_roots: 20,
            effect_roots: 1,
            page_default: 20,
            page_max: 100,
            page_product: 5_000,
            page_total: 20_000,
            introspection_lists: 2,
            variables_depth: 32,
        }
    }
}

/// Bounds of the HTTP edge: sizes, times and counts.
#[derive(Clone, Debug)]
pub struct EdgeLimits {
    /// What a document may cost.
    pub document: DocumentLimits,
    /// How many operations within how long.
    pub rates: RateLimits,
    /// Time for a query; the database gives up a statement of it by itself ([`crate::db`]).
    pub query_timeout: Duration,
    /// The operator's own documents.
    pub trusted: Arc<Trusted>,
    /// Length of the texts together of those documents that are kept parsed. What the parser makes of a text may take
    /// a hundred times its length.
    pub cached_bytes: usize,
    /// Length of a request body.
    pub body_bytes: usize,
    /// Time for the whole request head to arrive, and for a kept connection to stay idle.
    pub header_timeout: Duration,
    /// Time for the whole request body to arrive.
    pub body_timeout: Duration,
    /// Files being uploaded at once; more of them get 503.
    pub uploads: usize,
    /// Time for the next bytes of an upload to arrive.
    pub upload_idle: Duration,
    /// Bytes a second that an upload must bring on the whole; slower ones end.
    pub upload_rate: u64,
    /// TCP connections served at once; more of them wait in the listen queue.
    pub connections: usize,
    /// WebSockets open at once; more of them get 503.
    pub sockets: usize,
    /// Operations running at once on one WebSocket.
    pub socket_operations: usize,
    /// Length of one WebSocket message.
    pub socket_message_bytes: usize,
    /// Time from the upgrade to `connection_init`.
    pub init_timeout: Duration,
    /// How often an open WebSocket asks whether its token still holds.
    pub recheck: Duration,
    /// How often a silent WebSocket is pinged; three silent periods end it.
    pub keepalive: Duration,
    /// Time for a slow reader to take one WebSocket message.
    pub write_timeout: Duration,
    /// How long a connection that the server has closed is still listened to, so that its last word
    /// reaches a client that is speaking.
    pub linger: Duration,
    /// Time that running work gets after the order to stop.
    pub drain: Duration,
    /// Origins besides the server's own that may open a WebSocket, as `https://host[:port]`.
    pub allowed_origins: Vec<String>,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for EdgeLimits {
    fn default() -> Self {
        Self {
            document: DocumentLimits::default(),
            rates: RateLimits::default(),
            query_timeout: Duration::from_secs(30),
            trusted: Arc::default(),
            cached_bytes: 256 * 1024,
            body_bytes: 256 * 1024,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            uploads: 64,
            upload_idle: Duration::from_secs(20),
            upload_rate: 8 * 1024,
            connections: 2_048,
            sockets: 1_000,
            socket_operations: 10,
            socket_message_bytes: 64 * 1024,
            init_timeout: Duration::from_secs(10),
            recheck: Duration::from_secs(5),
            keepalive: Duration::from_secs(20),
            write_timeout: Duration::from_secs(10),
            linger: Duration::from_secs(2),
            drain: Duration::from_secs(20),
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
        }
    }
}
