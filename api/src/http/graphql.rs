//! GraphQL over HTTP: `GET` for queries, `POST` with JSON for queries and mutations.

use super::{
    Edge, Media, RequestHead,
    body::read_body,
    caching, cost,
    document::{self, Prepared},
    errors::{self, Problem, code},
    head,
    params::Params,
    rates,
    server::Lifetime,
    socket,
};
use async_graphql::parser::types::OperationType;
use axum::{
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use std::sync::Arc;
use tracing::Instrument as _;

/// All methods of `/graphql`.
pub(super) async fn handle(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    let language = head::language(request.headers());
    let wants_socket =
        request.headers().get(header::UPGRADE).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(b"websocket"));
    if wants_socket && request.method() == Method::GET {
        return socket::upgrade(edge, request)
            .await
            .unwrap_or_else(|problem| problem.into_response(language, Media::Json));
    }
    let Some(media) = Media::negotiate(request.headers()) else {
        let problem = Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            code::BAD_INPUT,
            "只能返回 application/json 或 application/graphql-response+json。",
            "Answers are application/json or application/graphql-response+json.",
        );
        return problem.into_response(language, Media::Json);
    };
    // A refused GET was a mutation; any other method was never one of ours.
    let allow = match *request.method() {
        Method::GET | Method::HEAD => "POST",
        _ => "GET, HEAD, POST",
    };
    let answer = match request.method().clone() {
        Method::GET | Method::HEAD => get(&edge, request, media).await,
        Method::POST => post(&edge, request, media).await,
        _ => Err(Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            code::BAD_INPUT,
            "只支持 GET 和 POST。",
            "Only GET and POST are supported.",
        )),
    };
    answer.unwrap_or_else(|problem| {
        let not_allowed = problem.status == StatusCode::METHOD_NOT_ALLOWED;
        let mut response = problem.into_response(language, media);
        if not_allowed {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        response
    })
}

async fn get(edge: &Arc<Edge>, request: Request, media: Media) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let Query(parameters) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|_| Problem::bad_request("URL 参数无法解析。", "The URL parameters cannot be read."))?;
    let prepared = document::prepare(Params::from_url(parameters)?, &edge.documents, &edge.limits.document)?;
    // A link, an image or a prefetch can cause a GET; none of them may change anything.
    if prepared.kind != OperationType::Query {
        return Err(document::mutations_only_by_post());
    }
    let head = RequestHead::from_parts(&parts, &edge.limits);
    let prepared = cost::asked_for(&parts.headers, prepared);
    let Done { mut response, clean } = run(edge, head, prepared, media).await;
    let vary = HeaderValue::from_static("accept, accept-language, authorization, x-query-cost");
    response.headers_mut().insert(header::VARY, vary);
    // Whoever names nobody is answered with what is open to all; an error may be about him or about now.
    let open = clean && !parts.headers.contains_key(header::AUTHORIZATION);
    Ok(if open { caching::public(&parts.headers, response).await } else { response })
}

async fn post(edge: &Arc<Edge>, request: Request, media: Media) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    require_json(&parts.headers)?;
    let bytes = read_body(&parts.headers, body, &edge.limits).await?;
    let prepared = document::prepare(Params::from_body(&bytes)?, &edge.documents, &edge.limits.document)?;
    let head = RequestHead::from_parts(&parts, &edge.limits);
    let prepared = cost::asked_for(&parts.headers, prepared);
    match prepared.kind {
        OperationType::Query => Ok(run(edge, head, prepared, media).await.response),
        OperationType::Subscription => Err(Problem::document(
            code::BAD_INPUT,
            "订阅须通过 WebSocket（graphql-transport-ws）发起。",
            "Subscriptions run over a WebSocket (graphql-transport-ws).",
        )),
        OperationType::Mutation => {
            // In a task of its own, so that what has begun is brought to its end although the
            // client hangs up; the lifetime makes an orderly stop wait for it.
            let lifetime = parts.extensions.get::<Lifetime>().cloned();
            let (edge, id) = (Arc::clone(edge), head.request_id.clone());
            let task = async move {
                let Done { response, .. } = run(&edge, head, prepared, media).await;
                drop(lifetime);
                response
            };
            tokio::spawn(task.in_current_span()).await.map_err(|error| {
                tracing::error!(request_id = %id, panicked = error.is_panic(), "a mutation did not end");
                Problem::internal(&id)
            })
        }
    }
}

/// An answer, and whether it is one without errors.
struct Done {
    response: Response,
    clean: bool,
}

async fn run(edge: &Edge, head: RequestHead, prepared: Prepared, media: Media) -> Done {
    let Prepared { request, executed, cost, kind } = prepared;
    let running = edge.app.execute(head.clone(), request);
    // What changes something is brought to its end.
    let mut answer = match kind {
        OperationType::Query => edge.in_time(&head, running).await,
        OperationType::Mutation | OperationType::Subscription => running.await,
    };
    errors::complete(&mut answer, &head);
    let executed = executed.get();
    if let Some(cost) = cost.filter(|_| executed) {
        answer.extensions.insert("cost".to_owned(), cost::told(&cost, &edge.limits.document));
    }
    let clean = executed && answer.errors.is_empty();
    let status = errors::status_of(&answer, executed, media);
    let mut response = errors::json_response(status, media, &errors::body_of(&answer, executed));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response.headers_mut().extend(std::mem::take(&mut answer.http_headers));
    rates::tell(&answer, executed, response.headers_mut());
    Done { response, clean }
}

/// Only JSON in UTF-8. Forms and plain text are what a foreign page can send without being asked
/// (CSRF), so they are refused before anything is read.
fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let plain = headers.get(header::CONTENT_ENCODING).is_none_or(|v| v.as_bytes().eq_ignore_ascii_case(b"identity"));
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let json = match (types.next().and_then(|v| v.to_str().ok()), types.next()) {
        (Some(value), None) => is_json(value),
        _ => false,
    };
    if json && plain {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        code::BAD_INPUT,
        "请求体必须是 UTF-8 编码的 application/json。",
        "The body must be application/json in UTF-8.",
    ))
}

fn is_json(value: &str) -> bool {
    let mut parts = value.split(';');
    let json = parts.next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"));
    json && parts.filter_map(|p| p.split_once('=')).filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset")).all(
        |(_, charset)| {
            let charset = charset.trim().trim_matches('"');
            charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_in_utf8_is_json() {
        for yes in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert!(is_json(yes), "{yes}");
        }
        for no in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1",
            "application/jsonp",
            "",
            "multipart/form-data",
        ] {
            assert!(!is_json(no), "{no}");
        }
    }
}
