//! What the application learns about a request from its HTTP head.

use super::{Language, limits::EdgeLimits};
use axum::{
    extract::ConnectInfo,
    http::{HeaderMap, header, request::Parts},
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The id of a request, kept in its extensions by the outermost layer.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Who asks, from where and in which language, as far as HTTP can tell.
#[derive(Clone)]
pub struct RequestHead {
    /// The bearer token, unchecked.
    pub bearer: Option<String>,
    /// The language of texts for people.
    pub language: Language,
    /// The client's address; a proxy's word is taken only from trusted proxies.
    pub address: IpAddr,
    /// The id under which the request stands in the log.
    pub request_id: String,
}

impl std::fmt::Debug for RequestHead {
    // By hand, so that no log ever holds the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestHead")
            .field("bearer", &self.bearer.as_ref().map(|_| "…"))
            .field("language", &self.language)
            .field("address", &self.address)
            .field("request_id", &self.request_id)
            .finish()
    }
}

impl RequestHead {
    /// Reads the head of a request.
    #[must_use]
    pub fn from_parts(parts: &Parts, limits: &EdgeLimits) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        Self {
            bearer: text(&parts.headers, header::AUTHORIZATION).and_then(bearer),
            language: language(&parts.headers),
            address: client_address(peer, &parts.headers, &limits.trusted_proxies),
            request_id: parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        }
    }
}

/// The language that the headers ask for.
#[must_use]
pub fn language(headers: &HeaderMap) -> Language {
    text(headers, header::ACCEPT_LANGUAGE).map(super::language::from_accept_language).unwrap_or_default()
}

/// The token of an `Authorization` value with the scheme `Bearer`.
#[must_use]
pub fn bearer(value: &str) -> Option<String> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.to_owned())
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The nearest address that is not a trusted proxy. Entries further left were written by the
/// client's side and may be invented.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer.to_canonical();
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in hops.into_iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(next) => address = next.to_canonical(),
            Err(_) => break,
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_word_of_trusted_proxies_only() {
        let ip = |s: &str| s.parse::<IpAddr>().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 2.2.2.2, 10.0.0.2".parse().unwrap());
        assert_eq!(client_address(ip("9.9.9.9"), &headers, &[]), ip("9.9.9.9"));
        assert_eq!(client_address(ip("10.0.0.1"), &headers, &[ip("10.0.0.1"), ip("10.0.0.2")]), ip("2.2.2.2"));
        assert_eq!(client_address(ip("10.0.0.1"), &headers, &[ip("10.0.0.1")]), ip("10.0.0.2"));
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(client_address(ip("10.0.0.1"), &headers, &[ip("10.0.0.1")]), ip("10.0.0.1"));
    }

    #[test]
    fn reads_bearer_tokens() {
        assert_eq!(bearer("Bearer a.b.c").as_deref(), Some("a.b.c"));
        assert_eq!(bearer("bearer  x ").as_deref(), Some("x"));
        assert_eq!(bearer("Basic x"), None);
        assert_eq!(bearer("Bearer "), None);
    }
}
