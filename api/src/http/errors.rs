//! Errors as clients see them: one JSON shape, stable codes, and never the inside of the program.

use super::{Language, Media, RequestHead, guard::GuardRefusal};
use async_graphql::{Response as GraphqlResponse, ServerError};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

/// Values of `extensions.code` that the edge itself hands out.
pub mod code {
    /// The request is malformed or invalid.
    pub const BAD_INPUT: &str = "BAD_INPUT";
    /// The request is well-formed and asks for too much.
    pub const TOO_COMPLEX: &str = "TOO_COMPLEX";
    /// Too many at once.
    pub const RATE_LIMITED: &str = "RATE_LIMITED";
    /// Not allowed.
    pub const FORBIDDEN: &str = "FORBIDDEN";
    /// No valid token.
    pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
    /// There is no such thing.
    pub const NOT_FOUND: &str = "NOT_FOUND";
    /// A hash under which no document is known here.
    pub const PERSISTED_QUERY_NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";
    /// A hash where no document has one.
    pub const PERSISTED_QUERY_NOT_SUPPORTED: &str = "PERSISTED_QUERY_NOT_SUPPORTED";
    /// A document that is none of the operator's, where no others are run.
    pub const UNTRUSTED_DOCUMENT: &str = "UNTRUSTED_DOCUMENT";
    /// Try again later.
    pub const UNAVAILABLE: &str = "UNAVAILABLE";
    /// A fault of ours.
    pub const INTERNAL: &str = "INTERNAL";
}

/// A refusal by the edge, with its text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable code.
    pub code: &'static str,
    /// Chinese text.
    pub zh: String,
    /// English text.
    pub en: String,
    /// Whether this is an error of the GraphQL request rather than of HTTP; such errors come with
    /// 200 when the client asked for `application/json`.
    pub about_document: bool,
    /// Under which id the log tells more, for a fault of ours.
    pub incident: Option<String>,
}

impl Problem {
    /// A refusal with a status of HTTP.
    pub fn new(status: StatusCode, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, code, zh: zh.into(), en: en.into(), about_document: false, incident: None }
    }

    /// A malformed request: 400 `BAD_INPUT`.
    pub fn bad_request(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code::BAD_INPUT, zh, en)
    }

    /// A refused GraphQL document.
    pub fn document(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { about_document: true, ..Self::new(StatusCode::BAD_REQUEST, code, zh, en) }
    }

    /// A fault of ours, findable in the log by the incident id.
    #[must_use]
    pub fn internal(incident: &str) -> Self {
        let (zh, en) = internal_texts(incident);
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL, zh, en);
        Self { incident: Some(incident.to_owned()), ..problem }
    }

    /// A query that took its whole time.
    #[must_use]
    pub fn out_of_time(limit: std::time::Duration) -> Self {
        let seconds = limit.as_secs();
        Self::document(
            code::TOO_COMPLEX,
            format!("查询超过 {seconds} 秒，已停止；请缩小范围或分次查询。"),
            format!("The query took more than {seconds} s and was stopped; ask for less at a time."),
        )
    }

    /// The answer of an operation that ends with this problem.
    #[must_use]
    pub fn into_answer(self, language: Language) -> GraphqlResponse {
        let mut error = ServerError::new(self.message(language), None);
        error.extensions.get_or_insert_default().set("code", self.code);
        GraphqlResponse::from_errors(vec![error])
    }

    /// The one answer to every link that opens nothing: wrong, over, or no longer the holder's.
    #[must_use]
    pub fn no_such_file() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            code::NOT_FOUND,
            "没有这个文件，或链接已失效。",
            "There is no such file, or the link no longer holds.",
        )
    }

    /// The text in a language.
    #[must_use]
    pub fn message(&self, language: Language) -> &str {
        language.pick(&self.zh, &self.en)
    }

    /// The one error as it stands in `errors`.
    #[must_use]
    pub fn to_json(&self, language: Language) -> Value {
        let mut extensions = json!({ "code": self.code });
        if let Some(incident) = &self.incident {
            extensions["incidentId"] = json!(incident);
        }
        json!({ "message": self.message(language), "extensions": extensions })
    }

    /// The whole HTTP answer as a sentence, for a browser that shows it to a person.
    #[must_use]
    pub fn into_plain(self, language: Language) -> Response {
        let mut response = Response::new(Body::from(format!("{}\n", self.message(language))));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
        response
    }

    /// The whole HTTP answer.
    #[must_use]
    pub fn into_response(self, language: Language, media: Media) -> Response {
        let status = if self.about_document && media == Media::Json { StatusCode::OK } else { self.status };
        json_response(status, media, &json!({ "errors": [self.to_json(language)] }))
    }
}

impl From<GuardRefusal> for Problem {
    fn from(refusal: GuardRefusal) -> Self {
        let (zh, en) = refusal.texts();
        Self::document(refusal.code(), zh, en)
    }
}

fn internal_texts(incident: &str) -> (String, String) {
    (
        format!("服务内部错误，请稍后再试。事件编号：{incident}"),
        format!("Internal error, please try again later. Incident: {incident}"),
    )
}

/// An answer with a JSON body; `Vary` because the media type and the language depend on headers.
pub(super) fn json_response(status: StatusCode, media: Media, body: &impl serde::Serialize) -> Response {
    // Values made of JSON-safe parts always serialise; should one not, an honest 500 beats a panic.
    let (status, bytes) = match serde_json::to_vec(body) {
        Ok(bytes) => (status, bytes),
        Err(error) => {
            tracing::error!(%error, "an answer could not be serialised");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                br#"{"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL"}}]}"#.to_vec(),
            )
        }
    };
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-language"));
    response
}

/// Gives every error a code, and hides what is none of the client's business.
///
/// The engine's own errors (parsing, validation, coercion) speak about the caller's document and
/// may be shown. An error that a resolver made from a Rust error by `?` carries its source; its
/// text may hold SQL or paths, so it goes to the log and the client gets the incident id.
pub(super) fn complete(response: &mut GraphqlResponse, head: &RequestHead) {
    for error in &mut response.errors {
        if has_code(error) {
            continue;
        }
        let code = if error.source.is_some() {
            tracing::error!(request_id = %head.request_id, message = %error.message, "an error without a code left a resolver");
            let (zh, en) = internal_texts(&head.request_id);
            error.message = head.language.pick(&zh, &en).to_owned();
            error.extensions.get_or_insert_default().set("incidentId", head.request_id.as_str());
            code::INTERNAL
        } else {
            code::BAD_INPUT
        };
        error.extensions.get_or_insert_default().set("code", code);
    }
}

fn has_code(error: &ServerError) -> bool {
    error.extensions.as_ref().is_some_and(|values| values.get("code").is_some())
}

/// The HTTP status of an answer: 200 once execution began; else a request error, whose status the
/// newer media type shows.
pub(super) fn status_of(response: &GraphqlResponse, executed: bool, media: Media) -> StatusCode {
    if executed {
        return StatusCode::OK;
    }
    let code = response.errors.first().and_then(|e| e.extensions.as_ref()).and_then(|values| values.get("code"));
    match code {
        // A budget is a matter of HTTP; clients of either type know what to do about 429.
        Some(async_graphql::Value::String(code)) if code == code::RATE_LIMITED => StatusCode::TOO_MANY_REQUESTS,
        _ if media == Media::Json => StatusCode::OK,
        Some(async_graphql::Value::String(code)) => match code.as_str() {
            code::UNAUTHENTICATED => StatusCode::UNAUTHORIZED,
            code::FORBIDDEN => StatusCode::FORBIDDEN,
            code::UNAVAILABLE => StatusCode::SERVICE_UNAVAILABLE,
            code::INTERNAL => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        },
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The JSON of an answer; a request error has no `data` entry.
pub(super) fn body_of(response: &GraphqlResponse, executed: bool) -> Value {
    if executed { json!(response) } else { json!({ "errors": response.errors }) }
}
