//! What a document may cost: every limit at its value and one beyond, and bombs by the work they cause.

use super::{getting, posting, posting_as, send};
use crate::support::TestApp;
use api::http::{DocumentLimits, guard};
use async_graphql::Variables;
use async_graphql::parser::parse_query;
use http::StatusCode;
use serde_json::{Value, json};
use std::fmt::Write as _;

fn query(text: impl Into<String>) -> Value {
    json!({ "query": text.into() })
}

fn many(n: usize, one: impl Fn(usize) -> String) -> String {
    (0..n).map(one).collect()
}

fn padded(bytes: usize) -> String {
    let text = "{ __typename }";
    text.to_owned() + &" ".repeat(bytes - text.len())
}

/// So many tokens: sixteen around the list.
fn tokens(n: usize) -> String {
    format!("{{ submissions(filter: {{ kinds: [{}] }}) {{ totalCount }} }}", "SUGGESTION ".repeat(n - 16))
}

/// Fields inside fields, the leaf included.
fn deep(n: usize) -> String {
    format!("{{ __type(name: \"Query\") {{ {} name {} }}", "ofType { ".repeat(n - 2), "} ".repeat(n - 1))
}

fn variables(depth: usize) -> Value {
    // The object of all variables is the first level.
    let nested = (1..depth).fold(json!(1), |inner, _| json!([inner]));
    json!({ "query": "{ __typename }", "variables": { "x": nested } })
}

/// Each limit that a document can reach under the defaults: what it has, and what it has with one more.
fn borders() -> Vec<(&'static str, Value, Value)> {
    let repeat = |n: usize, one: &str| one.repeat(n);
    let user = |inner: String| query(format!("{{ viewer {{ user {{ {inner} }} }} }}"));
    let fragments = |n: usize| {
        format!("{{ ...f0 {} }}", many(n, |i| format!("...f{i} ")))
            + &many(n, |i| format!(" fragment f{i} on Query {{ __typename }}"))
    };
    let operations =
        |n: usize| json!({ "query": many(n, |i| format!("query q{i} {{ __typename }} ")), "operationName": "q3" });
    // Each ...A selects three things: itself, ...B and the field.
    let spreads = |more: &str| {
        let fragments = "fragment A on Query { ...B } fragment B on Query { __typename }";
        query(format!("{{ {} {more} }} {fragments}", repeat(499, "...A ")))
    };
    let rows = |more: &str| {
        let page = "submissions(first: 100) { nodes { timeline(first: 39) { nodes { id } } } } ";
        query(format!("{{ {} {more} }}", repeat(5, page)))
    };
    let pages = |inner: u32| {
        query(format!("{{ submissions(first: 100) {{ nodes {{ timeline(first: {inner}) {{ nodes {{ id }} }} }} }} }}"))
    };
    let lists = |inner: &str| {
        query(format!("{{ __type(name: \"Query\") {{ fields {{ type {{ fields {{ {inner} }} }} }} }} }}"))
    };
    vec![
        ("query_bytes", query(padded(65_536)), query(padded(65_537))),
        ("tokens", query(tokens(4_000)), query(tokens(4_001))),
        ("directives", user(repeat(50, "id @include(if: true) ")), user(repeat(51, "id @include(if: true) "))),
        ("fields", user(repeat(498, "id ")), user(repeat(499, "id "))),
        ("selections", spreads("...A"), spreads("... { ...A }")),
        ("aliases", user(many(30, |i| format!("a{i}: id "))), user(many(31, |i| format!("a{i}: id ")))),
        ("depth", query(deep(16)), query(deep(17))),
        ("fragments", query(fragments(50)), query(fragments(51))),
        ("operations", operations(10), operations(11)),
        (
            "query_roots",
            query(format!("{{ {} }}", repeat(20, "viewer { user { id } } "))),
            query(format!("{{ {} }}", repeat(21, "viewer { user { id } } "))),
        ),
        ("page_product", pages(50), pages(51)),
        ("page_total", rows(""), rows("one: submissions(first: 1) { nodes { id } }")),
        ("introspection_lists", lists("name"), lists("type { fields { name } }")),
        ("variables_depth", variables(32), variables(33)),
    ]
}

#[tokio::test]
async fn each_limit_of_a_document_lets_its_value_pass_and_refuses_one_more() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for (limit, at, beyond) in borders() {
        let passed = send(&app.router, posting_as(&client).await, at.to_string()).await;
        assert!(passed.json()["data"].is_object() && passed.json().get("errors").is_none(), "{limit}: {}", passed.text);
        let request = posting_as(&client).await;
        let (refused, statements) = app.counting(send(&app.router, request, beyond.to_string())).await;
        refused.is_refusal(StatusCode::OK, "TOO_COMPLEX");
        assert!(refused.text.contains(&format!("too complex: {limit} is ")), "{limit}: {}", refused.text);
        assert!(statements.is_empty(), "{limit}: not even the token was looked at");
    }
}

#[tokio::test]
async fn an_operation_that_changes_something_has_one_root_field() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let sign_out = "signOut { errors { code } }";
    for two in [
        format!("mutation {{ {sign_out} {sign_out} }}"),
        format!("mutation {{ a: {sign_out} b: {sign_out} }}"),
        format!("mutation {{ ...F ...F }} fragment F on Mutation {{ {sign_out} }}"),
        format!("mutation {{ {sign_out} ... {{ b: {sign_out} }} }}"),
    ] {
        let refused = send(&app.router, posting_as(&client).await, query(two).to_string()).await;
        refused.is_refusal(StatusCode::OK, "TOO_COMPLEX");
        assert!(refused.text.contains("effect_roots is 2, at most 1"), "{}", refused.text);
    }
    client.ask(super::MINE).await.number("submissions.totalCount");
    let one = query(format!("mutation {{ __typename {sign_out} }}"));
    let passed = send(&app.router, posting_as(&client).await, one.to_string()).await;
    assert_eq!(passed.json()["data"]["signOut"]["errors"], json!([]), "{}", passed.text);
}

#[tokio::test]
async fn the_remaining_limits_hold_where_the_server_sets_them_otherwise() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let brackets = "{ submissions(filter: { kinds: [SUGGESTION] }) { totalCount } }";
    let usual = "{ submissions { nodes { timeline(last: 100) { nodes { id } } } } }";
    let greedy = "{ submissions(first: 2147483647) { nodes { id } } }";
    type Set = fn(&mut DocumentLimits, u64);
    let cases: [(&str, Set, u64, &str, Option<&str>); 5] = [
        ("nesting", |limits, value| limits.nesting = value, 4, brackets, None),
        // A page that is not named counts twenty, in front of a page of a hundred.
        ("page_product", |limits, value| limits.page_product = value, 2_000, usual, None),
        ("page_total", |limits, value| limits.page_total = value, 2_020, usual, None),
        // A page larger than resolvers grant counts as the largest, and is theirs to refuse.
        ("page_product", |limits, value| limits.page_product = value, 100, greedy, Some("BAD_INPUT")),
        ("query_roots", |limits, value| limits.query_roots = value, 1, super::MINE, None),
    ];
    for (limit, set, value, text, code) in cases {
        let at = app.router_within(|limits| set(&mut limits.document, value));
        let passed = send(&at, posting_as(&client).await, query(text).to_string()).await;
        assert_eq!(passed.code().as_str(), code, "{limit}: {}", passed.text);
        let below = app.router_within(|limits| set(&mut limits.document, value - 1));
        let refused = send(&below, posting_as(&client).await, query(text).to_string()).await;
        let told = format!("{limit} is {value}, at most {}", value - 1);
        assert!(refused.code() == "TOO_COMPLEX" && refused.text.contains(&told), "{limit}: {}", refused.text);
    }
}

/// Fragments in a chain, each of which spreads the next so often: widthᶜʰᵃⁱⁿ paths to the leaf.
fn bomb(chain: usize, width: usize, name: &str) -> String {
    let mut text = format!("{{ ...{name}0 }}");
    for i in 0..chain {
        let spread = format!("...{name}{} ", i + 1).repeat(width);
        let _ = write!(text, " fragment {name}{i} on Query {{ {spread}}}");
    }
    text + &format!(" fragment {name}{chain} on Query {{ __typename }}")
}

#[tokio::test]
async fn fragment_bombs_are_refused_before_anything_is_looked_up() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let small = bomb(22, 2, "f");
    assert!(small.len() < 1_200, "about a kilobyte");
    let large = bomb(40, 23, &"f".repeat(61));
    assert!((60_000..=65_536).contains(&large.len()), "as large as a document may be: {}", large.len());
    let unused = small.replace("{ ...f0 }", "{ __typename }");
    for text in [&small, &large, &unused] {
        let request = posting_as(&client).await;
        let (got, statements) = app.counting(send(&app.router, request, query(text).to_string())).await;
        got.is_refusal(StatusCode::OK, "TOO_COMPLEX");
        assert!(statements.is_empty());
    }
    // In an address, which is too short for the large one.
    send(&app.router, getting(&[("query", &small)]), "").await.is_refusal(StatusCode::OK, "TOO_COMPLEX");
    for cycle in
        ["{ ...a } fragment a on Query { ...a }", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"]
    {
        send(&app.router, posting(), query(cycle).to_string()).await.is_refusal(StatusCode::OK, "BAD_INPUT");
    }
}

#[test]
fn the_work_on_a_bomb_grows_with_its_text_and_not_with_its_paths() {
    // With every sum allowed the walk runs to its end, so that all of its work is seen.
    let free =
        DocumentLimits { fields: u64::MAX, selections: u64::MAX, query_roots: u64::MAX, ..DocumentLimits::default() };
    for (chain, width) in [(10, 2), (20, 2), (40, 2), (40, 23)] {
        let text = bomb(chain, width, "f");
        guard::check_text(&text, &free).unwrap();
        let visited = guard::check_document(&parse_query(&text).unwrap(), &Variables::default(), &free);
        assert_eq!(
            visited.map(|costs| costs.visited),
            Ok(2 + (chain * width) as u64),
            "each selection of the text once"
        );
    }
}

#[tokio::test]
async fn documents_that_would_exhaust_the_parser_are_refused_by_their_text() {
    let app = TestApp::new().await;
    for (text, limit) in [
        ("{".repeat(60_000), "nesting"),
        (format!("{{ node(id: {}", "[".repeat(60_000)), "nesting"),
        (format!("{{ node(id: {}", "{a:".repeat(20_000)), "nesting"),
        (format!("{{ __typename {} }}", "@x ".repeat(20_000)), "directives"),
        (format!("{{ {} }}", "a ".repeat(30_000)), "tokens"),
    ] {
        let got = send(&app.router, posting(), query(text).to_string()).await;
        got.is_refusal(StatusCode::OK, "TOO_COMPLEX");
        assert!(got.text.contains(limit), "{}", got.text);
    }
    let endless = "{ node(id: \"\"\" ".to_owned() + &"[".repeat(1_000);
    send(&app.router, posting(), query(endless).to_string()).await.is_refusal(StatusCode::OK, "BAD_INPUT");
}

#[tokio::test]
async fn a_page_has_at_most_a_hundred_entries() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for way in ["first", "last"] {
        let page = |n: u32| query(format!("{{ submissions({way}: {n}) {{ nodes {{ id }} }} }}")).to_string();
        let passed = send(&app.router, posting_as(&client).await, page(100)).await;
        assert!(passed.json()["data"]["submissions"]["nodes"].is_array(), "{way}: {}", passed.text);
        let refused = send(&app.router, posting_as(&client).await, page(101)).await;
        assert_eq!(refused.code(), "BAD_INPUT", "{way}: {}", refused.text);
    }
}
