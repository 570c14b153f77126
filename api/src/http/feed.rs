//! `GET /public/feed`: what was published and withdrawn, for machines, as a JSON Feed.
//!
//! It is the same for everybody: neither a token nor a language changes a byte of it.

use super::{Edge, Problem, RequestHead, caching, head};
use axum::{
    body::Body,
    extract::{Query, Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::rules::legal_day::day_begins;
use std::sync::Arc;

/// How many entries a page has when nothing is said.
const DEFAULT: u64 = 50;
/// How many entries a page has at most.
const MAXIMUM: u64 = 100;

/// Which part of the feed is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedQuery {
    /// What changed at this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// What comes after this cursor.
    pub after: Option<String>,
    /// How many entries at most.
    pub limit: u64,
}

/// A page of the feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The JSON Feed.
    pub body: serde_json::Value,
    /// The address of the next page, relative to this server.
    pub next: Option<String>,
}

/// The feed.
pub(super) async fn get(State(edge): State<Arc<Edge>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let head = RequestHead::from_parts(&parts, &edge.limits);
    let asked = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|_| Problem::bad_request("URL 参数无法解析。", "The URL parameters cannot be read."))
        .and_then(|Query(parameters)| FeedQuery::read(&parameters));
    let answer = match asked {
        Ok(asked) => edge.app.feed(head, asked).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(feed) => caching::public(&parts.headers, response(&feed)).await,
        Err(problem) => problem.into_plain(head::language(&parts.headers)),
    }
}

fn response(feed: &Feed) -> Response {
    let mut response = Response::new(Body::from(feed.body.to_string()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/feed+json; charset=utf-8"));
    let next = feed.next.as_ref().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    if let Some(next) = next {
        headers.insert(header::LINK, next);
    }
    response
}

impl FeedQuery {
    fn read(parameters: &[(String, String)]) -> Result<Self, Problem> {
        let mut asked = Self { since: None, after: None, limit: DEFAULT };
        for (i, (name, value)) in parameters.iter().enumerate() {
            let twice = parameters[..i].iter().any(|(other, _)| other == name);
            match name.as_str() {
                _ if twice => return Err(bad(name)),
                "since" => asked.since = Some(instant(value).ok_or_else(|| bad(name))?),
                "after" => asked.after = Some(value.clone()),
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| (1..=MAXIMUM).contains(limit));
                    asked.limit = limit.ok_or_else(|| bad(name))?;
                }
                _ => return Err(bad(name)),
            }
        }
        Ok(asked)
    }
}

/// An instant with its offset, or the beginning of a day in Asia/Shanghai.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    // A plus sign that was not encoded arrives as a blank.
    let exact = DateTime::parse_from_rfc3339(&text.replace(' ', "+")).map(|at| at.to_utc());
    let day = || text.parse::<NaiveDate>().ok().filter(|day| text.len() == 10 && chrono::Datelike::year(day) > 0);
    exact.ok().or_else(|| day().map(day_begins))
}

/// The refusal of a parameter.
#[must_use]
pub fn bad(name: &str) -> Problem {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    Problem::bad_request(
        format!("参数 {name} 无效。可用参数：since（时间或日期）、after（上页所给）、limit（1至{MAXIMUM}）。"),
        format!(
            "The parameter {name} is not valid. There are: since (an instant or a day), after (given by the page before), limit (1 to {MAXIMUM})."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Option<FeedQuery> {
        let uri = format!("/public/feed?{query}").parse().unwrap();
        let Query(parameters) = Query::<Vec<(String, String)>>::try_from_uri(&uri).unwrap();
        FeedQuery::read(&parameters).ok()
    }

    #[test]
    fn parameters_are_read_or_refused() {
        let plain = FeedQuery { since: None, after: None, limit: DEFAULT };
        assert_eq!(read(""), Some(plain.clone()));
        assert_eq!(read("limit=7"), Some(FeedQuery { limit: 7, ..plain.clone() }));
        let begins = "2026-02-09T16:00:00Z".parse().ok();
        for same in ["2026-02-10", "2026-02-10T00:00:00%2B08:00", "2026-02-10T00:00:00+08:00", "2026-02-09T16:00:00Z"] {
            assert_eq!(read(&format!("since={same}")), Some(FeedQuery { since: begins, ..plain.clone() }), "{same}");
        }
        for no in [
            "since=",
            "since=yesterday",
            "since=2026-2-1",
            "since=2026-02-30",
            "limit=0",
            "limit=101",
            "limit=-1",
            "limit=x",
            "limit=1&limit=2",
            "page=2",
            "since=2026-02-10&since=2026-02-11",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
    }
}
