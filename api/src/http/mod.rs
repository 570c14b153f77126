//! The HTTP edge: everything between a TCP connection and the GraphQL engine.
//!
//! It bounds what clients may send and ask for, speaks the GraphQL-over-HTTP and
//! `graphql-transport-ws` protocols, serves files, the explorer and the health probes, and knows the
//! application only by [`GraphqlApp`].

pub mod accept;
pub mod body;
mod caching;
mod cost;
pub mod document;
pub mod documents;
mod envelope;
pub mod errors;
mod explorer;
pub mod feed;
mod files;
mod graphql;
pub mod guard;
pub mod head;
mod health;
mod language;
pub mod limits;
mod linger;
pub mod params;
pub mod protocol;
pub mod rates;
pub mod server;
mod socket;
pub mod spec_errors;
pub mod trusted;

pub use accept::Media;
pub use domain::language::Language;
pub use envelope::RequestIds;
pub use errors::Problem;
pub use feed::{Feed, FeedQuery};
pub use head::{RequestHead, RequestId};
pub use limits::{DocumentLimits, EdgeLimits};
pub use server::serve;
pub use spec_errors::{Executed, SpecErrors};
pub use trusted::{Trusted, TrustedFault};

use crate::files::{Chunks, Contents};
use async_graphql::{Request, Response};
use async_trait::async_trait;
use axum::{Router, middleware, routing};
use documents::Documents;
use futures_util::stream::BoxStream;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Why a WebSocket is not admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No valid token.
    Unauthenticated,
    /// A valid token that may not do this.
    Forbidden,
    /// Too many sockets or attempts.
    RateLimited,
    /// The token cannot be checked now.
    Unavailable,
}

/// What the HTTP edge needs from the application.
#[async_trait]
pub trait GraphqlApp: Send + Sync + 'static {
    /// Runs a query or a mutation. The request is parsed and has passed the guard.
    async fn execute(&self, head: RequestHead, request: Request) -> Response;

    /// Starts a subscription. The application checks the reader's rights again on each event.
    fn subscribe(&self, head: RequestHead, request: Request) -> BoxStream<'static, Response>;

    /// Checks the token of a WebSocket when its conversation opens, and again every few seconds.
    async fn admit(&self, head: &RequestHead) -> Result<(), Refused>;

    /// The file to which a signed link of this name leads, if the link holds and its holder may still read it.
    async fn download(&self, head: RequestHead, name: &str, token: &str) -> Result<Contents, Problem>;

    /// Stores a file that arrives at a signed link; `announced` is the length that its head gave.
    async fn upload(
        &self,
        head: RequestHead,
        name: &str,
        token: &str,
        announced: Option<u64>,
        chunks: Chunks,
    ) -> Result<(), Problem>;

    /// A page of what was published and withdrawn, the same for everybody.
    async fn feed(&self, head: RequestHead, asked: FeedQuery) -> Result<Feed, Problem>;

    /// Whether the application can do its work; the reason goes to the log.
    async fn ready(&self) -> Result<(), String>;
}

/// What the handlers share.
struct Edge {
    app: Arc<dyn GraphqlApp>,
    limits: EdgeLimits,
    documents: Documents,
    sockets: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
}

impl Edge {
    /// The answer of a query, which ends when its time is over.
    async fn in_time(&self, head: &RequestHead, running: impl Future<Output = Response>) -> Response {
        let limit = self.limits.query_timeout;
        match tokio::time::timeout(limit, running).await {
            Ok(answer) => answer,
            Err(_) => {
                tracing::warn!(request_id = %head.request_id, "a query took its whole time and was stopped");
                Problem::out_of_time(limit).into_answer(head.language)
            }
        }
    }
}

/// The whole edge as a router, with request ids of one's own.
pub fn router_with_ids(app: Arc<dyn GraphqlApp>, limits: EdgeLimits, ids: RequestIds) -> Router {
    let sockets = Arc::new(Semaphore::new(limits.sockets));
    let uploads = Arc::new(Semaphore::new(limits.uploads));
    let documents = Documents::new(Arc::clone(&limits.trusted), limits.cached_bytes);
    let edge = Arc::new(Edge { app, limits, documents, sockets, uploads });
    let routes = Router::new()
        .route("/", routing::get(explorer::page))
        .route("/explorer/{*path}", routing::get(explorer::asset))
        .route("/graphql", routing::any(graphql::handle))
        .route("/files/{name}", routing::get(files::download).put(files::upload))
        .route("/public/feed", routing::get(feed::get))
        .route("/health/live", routing::get(health::live))
        .route("/health/ready", routing::get(health::ready))
        .fallback(async |headers: axum::http::HeaderMap| explorer::not_found(&headers))
        .with_state(edge);
    wrap(routes, ids)
}

/// Puts the outermost layer (request id, panics, headers) around further routes.
pub fn wrap(routes: Router, ids: RequestIds) -> Router {
    routes.layer(middleware::from_fn_with_state(ids, envelope::wrap))
}
