//! The public feed: published and withdrawn matters as JSON Feed 1.1, in the order of their last change.

use super::App;
use crate::error::AppError;
use crate::http::feed::bad;
use crate::http::{Feed, FeedQuery, Problem, RequestHead};
use crate::repo::published;
use crate::use_cases::showing::{self, Public, Shown, Tombstone};
use chrono::SecondsFormat;
use domain::language::Language;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// Where the feed stands.
const ADDRESS: &str = "/public/feed";

impl App {
    pub(super) async fn changes(&self, head: &RequestHead, asked: &FeedQuery) -> Result<Feed, Problem> {
        let db = &self.deps.db;
        let found = async {
            let (rows, more) =
                published::changes(db.reader(), asked.since, asked.after.as_deref(), asked.limit).await?;
            let last = rows.last().filter(|_| more).map(|(cursor, _)| cursor.clone());
            let shown = showing::public(db, rows.into_iter().map(|(_, row)| row).collect()).await?;
            Ok((shown, last))
        };
        let (shown, last) = found.await.map_err(|error: AppError| match error {
            AppError::BadInput(_) => bad("after"),
            error => {
                tracing::error!(request_id = %head.request_id, %error, "the public feed failed");
                Problem::internal(&head.request_id)
            }
        })?;
        let next = last.map(|cursor| address(asked, &cursor));
        let items: Vec<Value> = shown.iter().map(item).collect();
        let mut body = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "建议提案公开件",
            "language": "zh-CN",
            "items": items,
        });
        if let Some(next) = &next {
            body["next_url"] = json!(next);
        }
        Ok(Feed { body, next })
    }
}

fn address(asked: &FeedQuery, after: &str) -> String {
    let mut address = format!("{ADDRESS}?limit={}&after={}", asked.limit, utf8_percent_encode(after, NON_ALPHANUMERIC));
    if let Some(since) = asked.since {
        let since = since.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        address.push_str(&format!("&since={}", utf8_percent_encode(&since, NON_ALPHANUMERIC)));
    }
    address
}

fn item(public: &Public) -> Value {
    match public {
        Public::Shown(view) => shown(view),
        Public::Withdrawn(tombstone) => withdrawn(tombstone),
    }
}

fn shown(view: &Shown) -> Value {
    let replies: Vec<Value> = view
        .replies
        .iter()
        .map(|reply| {
            json!({
                "agencyName": reply.agency_name, "outcomeLabel": reply.outcome_label, "body": reply.body,
                "issuedOn": reply.issued_on,
            })
        })
        .collect();
    let commitments: Vec<Value> = view
        .commitments
        .iter()
        .map(|promise| {
            json!({
                "agencyName": promise.agency_name, "text": promise.text, "dueOn": promise.due_on,
                "status": promise.status.code(),
            })
        })
        .collect();
    let mut item = json!({
        "id": view.id.to_string(),
        "title": view.title,
        "content_text": view.body,
        "date_published": view.published_at,
        "date_modified": view.changed_at,
        "tags": [view.kind.label(Language::Zh)],
        "_jianyan": {
            "withdrawn": false, "kind": view.kind.code(), "caseNo": view.case_no, "handlingYear": view.handling_year,
            "agencies": view.agencies, "replies": replies, "commitments": commitments,
        },
    });
    if let Some(name) = &view.proposer_name {
        item["authors"] = json!([{ "name": name }]);
    }
    item
}

fn withdrawn(tombstone: &Tombstone) -> Value {
    json!({
        "id": tombstone.id.to_string(),
        "content_text": "",
        "date_modified": tombstone.withdrawn_at,
        "_jianyan": { "withdrawn": true },
    })
}
