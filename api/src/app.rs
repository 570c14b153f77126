//! The application behind the HTTP edge: who calls, and the schema.

mod feed;
mod files;

use crate::cx::{Caller, Cx, Deps};
use crate::error::{AppError, AppResult};
use crate::files::{Chunks, Contents};
use crate::graphql::context::Session;
use crate::graphql::error::GqlError;
use crate::graphql::schema::{self, AppSchema};
use crate::http::rates::{Client, RateLimits, Rates, Standing};
use crate::http::{Feed, FeedQuery, GraphqlApp, Problem, Refused, RequestHead};
use crate::use_cases::account;
use async_graphql::{Error, Pos, Request, Response};
use async_trait::async_trait;
use futures_util::stream::{self, BoxStream, StreamExt};
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use std::time::Duration;

/// The application.
pub struct App {
    deps: Arc<Deps>,
    schema: AppSchema,
    rates: Arc<Rates>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl App {
    /// The application around what is wired, which grants so many operations.
    pub fn shared(deps: Arc<Deps>, rates: RateLimits) -> Arc<dyn GraphqlApp> {
        Arc::new(Self { deps, schema: schema::build(), rates: Arc::new(Rates::new(rates)) })
    }

    fn caller(&self, head: &RequestHead) -> Caller {
        Caller {
            deps: self.deps.clone(),
            now: self.deps.clock.now(),
            language: head.language,
            address: head.address,
            request_id: head.request_id.clone(),
        }
    }

    /// The person of the token. A token that does not hold makes nobody: what needs a person says so.
    /// That the token could not be looked up is an error: nobody shall sign in again because of it.
    async fn person(caller: &Caller, head: &RequestHead) -> AppResult<Option<Cx>> {
        let Some(bearer) = head.bearer.as_deref() else { return Ok(None) };
        match account::authenticate(caller, bearer).await {
            Ok(cx) => Ok(Some(cx)),
            Err(AppError::Unauthenticated) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// Counts an operation of this person, or of this address when it is nobody's.
fn count(rates: &Rates, caller: &Caller, cx: Option<&Cx>) -> Standing {
    let client = match cx {
        Some(cx) => Client::Person(cx.actor.user_id.0),
        None => Client::Address(account::network(caller.address)),
    };
    rates.count(client, caller.now)
}

/// The answer to an operation that could not begin.
fn failed(caller: &Caller, error: AppError) -> Response {
    let error = Error::from(GqlError::from_app(error, caller.language, &caller.request_id));
    let mut error = error.into_server_error(Pos::default());
    // It is about no place in the document.
    error.locations.clear();
    Response::from_errors(vec![error])
}

/// The answer to an operation beyond the budget.
fn too_many(caller: &Caller, standing: &Standing) -> Response {
    let wait = Duration::from_secs(standing.seconds().unsigned_abs());
    let mut response = failed(caller, AppError::RateLimited(wait));
    response.http_headers.extend(standing.headers());
    response
}

#[async_trait]
impl GraphqlApp for App {
    async fn execute(&self, head: RequestHead, request: Request) -> Response {
        let caller = self.caller(&head);
        let cx = match Self::person(&caller, &head).await {
            Ok(cx) => cx,
            Err(error) => return failed(&caller, error),
        };
        let standing = count(&self.rates, &caller, cx.as_ref());
        if !standing.granted {
            return too_many(&caller, &standing);
        }
        let actor = cx.as_ref().map(|cx| cx.actor.user_id);
        let operation = request.operation_name.clone();
        let mut response = self.schema.execute(request.data(Session::new(caller, cx))).await;
        response.http_headers.extend(standing.headers());
        tracing::info!(
            request_id = %head.request_id,
            operation = operation.as_deref().unwrap_or("-"),
            actor = actor.map(|id| id.to_string()).as_deref().unwrap_or("-"),
            errors = response.errors.len(),
            "operation"
        );
        response
    }

    fn subscribe(&self, head: RequestHead, request: Request) -> BoxStream<'static, Response> {
        let (caller, schema, rates) = (self.caller(&head), self.schema.clone(), Arc::clone(&self.rates));
        let start = async move {
            let refused = match Self::person(&caller, &head).await {
                Ok(cx) => {
                    let standing = count(&rates, &caller, cx.as_ref());
                    if standing.granted {
                        return schema.execute_stream(request.data(Session::new(caller, cx))).boxed();
                    }
                    too_many(&caller, &standing)
                }
                Err(error) => failed(&caller, error),
            };
            stream::once(async { refused }).boxed()
        };
        stream::once(start).flatten().boxed()
    }

    async fn admit(&self, head: &RequestHead) -> Result<(), Refused> {
        match Self::person(&self.caller(head), head).await {
            Ok(Some(_)) => Ok(()),
            Ok(None) => Err(Refused::Unauthenticated),
            Err(error) => {
                tracing::warn!(request_id = %head.request_id, %error, "the token of a WebSocket could not be checked");
                Err(Refused::Unavailable)
            }
        }
    }

    async fn download(&self, head: RequestHead, name: &str, token: &str) -> Result<Contents, Problem> {
        self.send_out(&head, name, token).await
    }

    async fn upload(
        &self,
        head: RequestHead,
        name: &str,
        token: &str,
        announced: Option<u64>,
        chunks: Chunks,
    ) -> Result<(), Problem> {
        self.take_in(&head, name, token, announced, chunks).await
    }

    async fn feed(&self, head: RequestHead, asked: FeedQuery) -> Result<Feed, Problem> {
        self.changes(&head, &asked).await
    }

    async fn ready(&self) -> Result<(), String> {
        let asked = self.deps.db.reader().execute_unprepared("SELECT 1").await;
        asked.map(drop).map_err(|error| error.to_string())
    }
}
