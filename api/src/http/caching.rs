//! Answers that anybody may keep: a tag of their bytes, and 304 for whoever has them already.
//!
//! A cache asks again before each use (`no-cache`), so that what was withdrawn is gone at once; what it is spared is the
//! transfer.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// The answer with its tag, or 304 when the request names that tag.
pub(super) async fn public(request: &HeaderMap, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    // The body is made in memory, so that it cannot fail to arrive.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes)));
    let known = names_tag(request, &tag);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    if known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whether `If-None-Match` names the tag; a weak one is as good here (RFC 9110, 13.1.2).
fn names_tag(request: &HeaderMap, tag: &str) -> bool {
    let named = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).map(str::trim).any(|one| {
        let strong = one.strip_prefix("W/").unwrap_or(one);
        one == "*" || strong == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_alone_in_a_list_and_weak() {
        let known = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_str(value).unwrap());
            names_tag(&headers, "\"abc\"")
        };
        for yes in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"abc\"", "*", " \"abc\" "] {
            assert!(known(yes), "{yes}");
        }
        for no in ["\"abcd\"", "abc", "", "\"x\"", "W/abc"] {
            assert!(!known(no), "{no}");
        }
        assert!(!names_tag(&HeaderMap::new(), "\"abc\""));
    }
}
