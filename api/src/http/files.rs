//! Files through signed links: `GET` and `PUT` of `/files/{name}?token=…`.
//!
//! A browser shows such an answer to a person, so refusals are plain sentences, and all links that do
//! not open anything get the same one. What is sent out is never rendered here: it is an attachment,
//! in a sandbox, of a type that must not be guessed.

use super::{
    Edge, Problem, RequestHead,
    errors::code,
    head::{self, RequestId},
    server::Lifetime,
};
use crate::files::{Broken, Chunks, Contents, Payload};
use axum::{
    body::{Body, BodyDataStream},
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::{StreamExt as _, stream};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;
use tracing::Instrument as _;

/// Nothing of the answer may run or load anything, whatever a browser takes it for.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// Everything but the signs that RFC 5987 allows bare in a value (`attr-char`).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Sends a file out.
pub(super) async fn download(State(edge): State<Arc<Edge>>, Path(name): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let head = RequestHead::from_parts(&parts, &edge.limits);
    let language = head.language;
    let answer = match token(parts.uri.query()) {
        Some(token) => edge.app.download(head, &name, token).await,
        None => Err(Problem::no_such_file()),
    };
    answer.map_or_else(|problem| problem.into_plain(language), outgoing)
}

/// Takes a file in.
pub(super) async fn upload(State(edge): State<Arc<Edge>>, Path(name): Path<String>, request: Request) -> Response {
    let language = head::language(request.headers());
    match take_in(&edge, name, request).await {
        Ok(()) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
            response
        }
        Err(problem) => problem.into_plain(language),
    }
}

async fn take_in(edge: &Arc<Edge>, name: String, request: Request) -> Result<(), Problem> {
    let (parts, body) = request.into_parts();
    let token = token(parts.uri.query()).ok_or_else(Problem::no_such_file)?.to_owned();
    let plain =
        parts.headers.get(header::CONTENT_ENCODING).is_none_or(|v| v.as_bytes().eq_ignore_ascii_case(b"identity"));
    if !plain {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            code::BAD_INPUT,
            "请直接发送文件内容，不要压缩编码。",
            "Send the bytes of the file as they are, without a content encoding.",
        ));
    }
    let Ok(place) = Arc::clone(&edge.uploads).try_acquire_owned() else {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            code::UNAVAILABLE,
            "同时上传的文件过多，请稍后再试。",
            "Too many files are being uploaded; please try again later.",
        ));
    };
    let announced = announced(&parts.headers);
    let chunks = paced(body.into_data_stream(), edge.limits.upload_idle, edge.limits.upload_rate);
    let head = RequestHead::from_parts(&parts, &edge.limits);
    // In a task of its own, so that a file that has arrived is stored although the client hangs up.
    let lifetime = parts.extensions.get::<Lifetime>().cloned();
    let id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let edge = Arc::clone(edge);
    let task = async move {
        let done = edge.app.upload(head, &name, &token, announced, chunks).await;
        drop((lifetime, place));
        done
    };
    tokio::spawn(task.in_current_span()).await.unwrap_or_else(|error| {
        tracing::error!(request_id = %id, panicked = error.is_panic(), "an upload did not end");
        Err(Problem::internal(&id))
    })
}

/// The one token of the query.
fn token(query: Option<&str>) -> Option<&str> {
    let mut found = query?.split('&').filter_map(|pair| pair.strip_prefix("token="));
    let token = found.next()?;
    found.next().is_none().then_some(token)
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The body with a bound of patience: each bit within `idle`, and after that time at least `rate` bytes
/// a second on the whole.
fn paced(body: BodyDataStream, idle: Duration, rate: u64) -> Chunks {
    let start = Instant::now();
    let state = Some((body, 0_u64));
    stream::unfold(state, move |state| async move {
        let (mut body, so_far) = state?;
        let owed = Duration::from_secs(so_far / rate.max(1));
        let until = (start + idle + owed).min(Instant::now() + idle);
        match tokio::time::timeout_at(until, body.next()).await {
            Ok(Some(Ok(bytes))) => {
                let so_far = so_far + bytes.len() as u64;
                Some((Ok(bytes), Some((body, so_far))))
            }
            Ok(Some(Err(_))) => Some((Err(Broken::Off), None)),
            Ok(None) => None,
            Err(_) => Some((Err(Broken::TooSlow), None)),
        }
    })
    .boxed()
}

/// The answer that carries a file.
fn outgoing(contents: Contents) -> Response {
    let length = contents.payload.length();
    let body = match contents.payload {
        Payload::Memory(bytes) => Body::from(bytes),
        Payload::Stream { chunks, .. } => Body::from_stream(chunks),
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, &contents.media_type);
    set(header::CONTENT_LENGTH, &length.to_string());
    set(header::CONTENT_DISPOSITION, &disposition(&contents.file_name));
    set(header::CACHE_CONTROL, "private, no-store");
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

/// `Content-Disposition` for saving under this name (RFC 6266): a bare ASCII stand-in for old clients,
/// then the name itself (RFC 5987). Neither can hold a quotation mark or a line break.
fn disposition(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')');
    let plain: String = name.chars().map(|c| if bare(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ENCODED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_its_header_and_cannot_leave_it() {
        assert_eq!(
            disposition("关于养老的调研 1.pdf"),
            "attachment; filename=\"_______ 1.pdf\"; \
             filename*=UTF-8''%E5%85%B3%E4%BA%8E%E5%85%BB%E8%80%81%E7%9A%84%E8%B0%83%E7%A0%94%201.pdf"
        );
        let hostile = disposition("a\"; filename=evil.exe\r\nset-cookie: x'%2e\\");
        assert!(HeaderValue::from_str(&hostile).is_ok(), "{hostile}");
        assert_eq!(hostile.matches('"').count(), 2, "{hostile}");
        assert_eq!(hostile.matches('\'').count(), 2, "{hostile}");
    }

    #[test]
    fn there_is_one_token() {
        assert_eq!(token(Some("token=a.b")), Some("a.b"));
        assert_eq!(token(Some("x=1&token=a")), Some("a"));
        for none in [None, Some(""), Some("token"), Some("tokens=a"), Some("token=a&token=b")] {
            assert_eq!(token(none), None, "{none:?}");
        }
    }
}
