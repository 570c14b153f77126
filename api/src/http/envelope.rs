//! The outermost layer: gives each request its id, turns a panic into a JSON 500, and sets the
//! headers that every answer carries.

use super::{
    Media,
    errors::Problem,
    head::{self, RequestId},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt as _;
use std::{panic::AssertUnwindSafe, sync::Arc};

/// Makes ids for requests that bring none.
pub type RequestIds = Arc<dyn Fn() -> String + Send + Sync>;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Set when the handler has not set them itself.
const DEFAULTS: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

pub(super) async fn wrap(State(ids): State<RequestIds>, mut request: Request, next: Next) -> Response {
    let id = given_id(request.headers()).unwrap_or_else(|| ids());
    request.extensions_mut().insert(RequestId(id.clone()));
    let language = head::language(request.headers());
    let media = Media::negotiate(request.headers()).unwrap_or_default();
    let mut response = AssertUnwindSafe(next.run(request)).catch_unwind().await.unwrap_or_else(|_| {
        // The panic's own text went to the panic hook; it is never for the client.
        tracing::error!(request_id = %id, "a request handler panicked");
        Problem::internal(&id).into_response(language, media)
    });
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(X_REQUEST_ID, value);
    }
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The caller's id, when it is short and harmless in a log line.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(X_REQUEST_ID)?.to_str().ok()?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    ((1..=64).contains(&id.len()) && id.bytes().all(plain)).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_harmless_ids() {
        let given = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(X_REQUEST_ID, HeaderValue::from_str(id).unwrap());
            given_id(&headers)
        };
        assert_eq!(given("a-1.B_2").as_deref(), Some("a-1.B_2"));
        assert_eq!(given("a b"), None);
        assert_eq!(given(""), None);
        assert_eq!(given(&"a".repeat(65)), None);
        assert_eq!(given_id(&HeaderMap::new()), None);
    }
}
