//! Reads a request body under a bound of length and of time, whatever the client claims.

use super::{
    errors::{Problem, code},
    limits::EdgeLimits,
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};

/// The whole body.
///
/// # Errors
/// 413 when it is (or says it is) too long, 408 when it does not arrive in time, 400 when it breaks off.
pub async fn read_body(headers: &HeaderMap, body: Body, limits: &EdgeLimits) -> Result<Bytes, Problem> {
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<usize>().ok());
    // What is announced as too long is not read at all.
    if announced.is_some_and(|length| length > limits.body_bytes) {
        return Err(too_long(limits.body_bytes));
    }
    match tokio::time::timeout(limits.body_timeout, Limited::new(body, limits.body_bytes).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_long(limits.body_bytes)),
        Ok(Err(_)) => Err(Problem::bad_request("请求体不完整。", "The request body broke off.")),
        Err(_) => Err(Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            code::BAD_INPUT,
            "请求体接收超时。",
            "The request body took too long to arrive.",
        )),
    }
}

fn too_long(max: usize) -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        code::BAD_INPUT,
        format!("请求体过长，上限为 {max} 字节。"),
        format!("The request body is too long, at most {max} bytes."),
    )
}
