//! What anybody may read, as a cache or a machine asks for it: tags, 304, and the public feed.

use super::{Got, getting, send};
use crate::support::counter::assert_within;
use crate::support::{Matter, TestApp, draft_input};
use http::{Request, StatusCode, header};
use serde_json::{Value, json};

const LIST: &str = "{ publicSubmissions { nodes { id title replies { body } } } }";

async fn feed(app: &TestApp, query: &str) -> Got {
    send(&app.router, Request::get(format!("/public/feed{query}")), "").await
}

async fn published(app: &TestApp, rep: &str) -> Matter {
    let matter = app.issued(rep).await;
    matter.write(&matter.office().await, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    matter
}

async fn withdraw(matter: &Matter) {
    let why = json!({ "reason": "内容有误" });
    let office = matter.office().await;
    matter.write(&office, "withdrawPublication", matter.reply(0), why).await.payload("withdrawPublication");
}

fn items(got: &Got) -> Vec<Value> {
    assert_eq!(got.status, StatusCode::OK, "{}", got.text);
    got.json()["items"].as_array().cloned().unwrap_or_else(|| panic!("no items: {}", got.text))
}

#[tokio::test]
async fn a_public_get_has_a_tag_and_is_spared_when_nothing_changed() {
    let app = TestApp::new().await;
    let matter = published(&app, "rep01").await;
    let first = send(&app.router, getting(&[("query", LIST)]), "").await;
    assert_eq!((first.status, first.header("cache-control")), (StatusCode::OK, "public, no-cache"));
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() > 20, "{tag}");
    let again = |tag: &str| getting(&[("query", LIST)]).header(header::IF_NONE_MATCH, tag);
    for tag in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".into()] {
        let spared = send(&app.router, again(&tag), "").await;
        assert_eq!((spared.status, spared.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{tag}");
        assert_eq!(spared.header("etag"), first.header("etag"));
        assert_eq!(spared.header("vary"), "accept, accept-language, authorization, x-query-cost");
    }
    withdraw(&matter).await;
    let changed = send(&app.router, again(&tag), "").await;
    assert_eq!(changed.status, StatusCode::OK, "what is withdrawn is gone at once");
    assert_eq!(changed.json(), json!({ "data": { "publicSubmissions": { "nodes": [] } } }));
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn nothing_that_depends_on_who_asks_is_kept_by_a_cache() {
    let app = TestApp::new().await;
    published(&app, "rep01").await;
    let token = app.sign_in("rep01").await.token().await.unwrap();
    let mine = "{ viewer { user { name } } }";
    for (query, authorization, status) in [
        (LIST, Some(format!("Bearer {token}")), StatusCode::OK),
        (mine, Some(format!("Bearer {token}")), StatusCode::OK),
        // A token that does not hold makes nobody, and still it was named.
        (LIST, Some("Bearer nonsense".into()), StatusCode::OK),
        (LIST, Some("Basic eDp5".into()), StatusCode::OK),
        (super::MINE, None, StatusCode::OK),
        ("{ nothing }", None, StatusCode::OK),
    ] {
        let mut request = getting(&[("query", query)]).header(header::IF_NONE_MATCH, "*");
        if let Some(authorization) = &authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let got = send(&app.router, request, "").await;
        assert_eq!((got.status, got.header("cache-control")), (status, "no-store"), "{query} {authorization:?}");
        assert!(got.headers.get("etag").is_none());
        assert!(got.header("vary").contains("authorization"));
    }
    let posted = super::posting();
    let got = send(&app.router, posted, json!({ "query": LIST }).to_string()).await;
    assert_eq!(got.header("cache-control"), "no-store", "a POST is answered as ever");
}

#[tokio::test]
async fn the_feed_tells_what_was_published_and_withdrawn_in_the_order_of_change() {
    let app = TestApp::new().await;
    assert_eq!(items(&feed(&app, "").await), Vec::<Value>::new());
    let first = published(&app, "rep01").await;
    app.at("2026-02-11T09:00:00+08:00");
    published(&app, "rep02").await;
    app.at("2026-02-12T09:00:00+08:00");
    withdraw(&first).await;

    let got = feed(&app, "").await;
    assert_eq!(got.header("content-type"), "application/feed+json; charset=utf-8");
    assert_eq!(got.json()["version"], "https://jsonfeed.org/version/1.1");
    let all = items(&got);
    assert_eq!(all.len(), 2);
    assert_eq!(
        (&all[0]["date_modified"], &all[0]["_jianyan"]["withdrawn"]),
        (&json!("2026-02-11T01:00:00Z"), &json!(false))
    );
    assert_eq!(
        all[0]["_jianyan"]["replies"][0]["body"],
        "您提出的建议收悉,现答复如下:一、已新增助餐点。二、补贴办法已印发。"
    );
    assert!(all[0]["authors"][0]["name"].is_string());
    let grave = json!({ "id": all[1]["id"], "content_text": "", "date_modified": "2026-02-12T01:00:00Z",
        "_jianyan": { "withdrawn": true } });
    assert_eq!(all[1], grave, "a tombstone tells that and when, and nothing else");
    let id = all[1]["id"].as_str().unwrap();
    assert_eq!(id, first.id.replace("submission_", "public_submission_"), "{id}");

    for (since, count) in [
        ("2026-02-11", 2),
        ("2026-02-11T09:00:00+08:00", 2),
        ("2026-02-11T01:00:01Z", 1),
        ("2026-02-12T01:00:00Z", 1),
        ("2026-02-13", 0),
    ] {
        assert_eq!(items(&feed(&app, &format!("?since={since}")).await).len(), count, "{since}");
    }
    for wrong in
        ["?since=x", "?limit=0", "?limit=1000", "?after=x", "?after=cHVibGljfDE", "?page=1", "?limit=1&limit=1"]
    {
        let got = feed(&app, wrong).await;
        assert_eq!(
            (got.status, got.header("cache-control")),
            (StatusCode::BAD_REQUEST, "private, no-store"),
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_feed_is_read_page_by_page_within_a_few_statements() {
    let app = TestApp::new().await;
    // All in one instant, so that the id decides their order.
    for rep in ["rep01", "rep02", "rep03", "rep04", "rep05"] {
        published(&app, rep).await;
    }
    let (whole, statements) = app.counting(feed(&app, "")).await;
    assert_within(8, &statements);
    let (_, of_one) = app.counting(feed(&app, "?limit=1")).await;
    assert_eq!(of_one.len(), statements.len(), "as many statements for one as for all");
    let mut found = Vec::new();
    let mut next = Some("/public/feed?limit=2&since=2026-02-10".to_owned());
    while let Some(address) = next {
        let got = send(&app.router, Request::get(&address), "").await;
        found.extend(items(&got));
        next = got.json()["next_url"].as_str().map(str::to_owned);
        let link = next.as_ref().map_or(String::new(), |next| format!("<{next}>; rel=\"next\""));
        assert_eq!(got.header("link"), link);
    }
    assert_eq!(found, items(&whole));
    assert_eq!(found.len(), 5);
}

#[tokio::test]
async fn the_feed_is_the_same_for_everybody_and_tells_nothing_hidden() {
    let app = TestApp::new().await;
    let matter = published(&app, "rep01").await;
    let first = feed(&app, "").await;
    let spared = Request::get("/public/feed").header(header::IF_NONE_MATCH, first.header("etag"));
    assert_eq!(send(&app.router, spared, "").await.status, StatusCode::NOT_MODIFIED);

    // Drafts, internal matters, unpublished replies, ratings, instructions: none of it changes a byte.
    app.at("2026-02-11T09:00:00+08:00");
    app.draft("rep02").await;
    app.issued("rep03").await;
    let mut input = draft_input("SUGGESTION", "不予公开的建议");
    input["confidentiality"] = json!("INTERNAL");
    let internal = app.draft_of("rep04", input).await;
    internal.submit().await;
    internal.accept().await;
    let mut rated = matter;
    rated.find_feedbacks().await;
    rated.rate("DISSATISFIED").await;
    rated.settle("CLOSE").await;
    let instruct = json!({ "submissionId": rated.id, "text": "请抓紧落实" });
    app.sign_in("mayor1").await.call("instruct", instruct, "").await.payload("instruct");

    let token = app.sign_in("congress1").await.token().await.unwrap();
    for request in [
        Request::get("/public/feed"),
        Request::get("/public/feed").header(header::AUTHORIZATION, format!("Bearer {token}")),
        Request::get("/public/feed").header(header::ACCEPT_LANGUAGE, "en"),
    ] {
        let got = send(&app.router, request, "").await;
        assert_eq!((got.status, &got.text), (StatusCode::OK, &first.text));
        assert_eq!(got.header("etag"), first.header("etag"));
        assert_eq!(got.header("cache-control"), "public, no-cache");
    }
}
