//! Which of the two GraphQL media types a client wants for its answer.

use super::language::weighted;
use axum::http::{HeaderMap, header::ACCEPT};

/// The media type of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Media {
    /// `application/json`: request errors come with 200, as older clients expect.
    #[default]
    Json,
    /// `application/graphql-response+json`: request errors come with 400.
    GraphqlResponse,
}

impl Media {
    /// The value of `Content-Type`.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// Chooses by all `Accept` headers; `None` when nothing that we make is acceptable.
    #[must_use]
    pub fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut seen = false;
        // Quality and how exactly the range names the type: an exact range overrules a wildcard.
        let mut best = [(0.0_f32, 0_u8); 2];
        for item in headers.get_all(ACCEPT).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')) {
            let (range, quality) = weighted(item);
            if range.is_empty() {
                continue;
            }
            seen = true;
            let (json, response, exactness) = match range.to_ascii_lowercase().as_str() {
                "application/json" => (true, false, 3),
                "application/graphql-response+json" => (false, true, 3),
                "application/*" => (true, true, 2),
                "*/*" => (true, true, 1),
                _ => continue,
            };
            for (fits, slot) in [json, response].into_iter().zip(&mut best) {
                if fits && exactness > slot.1 {
                    *slot = (quality, exactness);
                }
            }
        }
        let [(json, _), (response, exactness)] = best;
        match () {
            () if !seen => Some(Self::Json),
            () if response > json || (response > 0.0 && response == json && exactness == 3) => {
                Some(Self::GraphqlResponse)
            }
            () if json > 0.0 => Some(Self::Json),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiates_by_quality_and_exactness() {
        for (accept, wanted) in [
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("application/json", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json;charset=utf-8, application/json", Some(Media::GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Media::Json)),
            ("text/html, */*;q=0.8", Some(Media::Json)),
            ("application/json;q=0, */*", Some(Media::GraphqlResponse)),
            ("text/html", None),
            ("*/*;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            if !accept.is_empty() {
                headers.insert(ACCEPT, accept.parse().unwrap());
            }
            assert_eq!(Media::negotiate(&headers), wanted, "{accept}");
        }
    }
}
