//! A search as people use it: the best first, with passages to read and counts to narrow it by.

use crate::support::counter::assert_within;
use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

const SEARCH: &str = "query($text: String!, $filter: SubmissionFilter, $first: Int, $after: String, $last: Int,
    $before: String) { searchSubmissions(text: $text, filter: $filter, first: $first, after: $after, last: $last,
    before: $before) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { title } snippets { layer text marks { start end } cutBefore cutAfter } } } }";

const FACETS: &str = "query($text: String!) { searchSubmissions(text: $text, first: 0) { totalCount facets {
    kinds { key count } years { key count } categories { key count } leadAgencies { label count }
    outcomes { key label count } } } }";

async fn write(app: &TestApp, rep: &str, title: &str, more: Value) -> Matter {
    let mut input = draft_input("SUGGESTION", title);
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    app.draft_of(rep, input).await
}

async fn titles(client: &Client, input: Value) -> Vec<String> {
    let answer = client.gql(SEARCH, input).await;
    let edges = answer.list("searchSubmissions.edges").iter();
    edges.map(|edge| edge["node"]["title"].as_str().unwrap().to_owned()).collect()
}

fn count(list: &[Value], name: &str, key: &str) -> i64 {
    list.iter().find(|one| one[name] == key).map_or(0, |one| one["count"].as_i64().unwrap())
}

#[tokio::test]
async fn a_title_comes_before_a_text_and_a_text_before_a_reply() {
    let app = TestApp::new().await;
    let mut answered = app.signed_off("rep01").await;
    write(&app, "rep01", "关于补贴办法公开的建议", json!({})).await;
    write(&app, "rep01", "关于水库除险加固的建议", json!({ "background": "补贴办法不明。" })).await;
    write(&app, "rep01", "关于养犬管理的建议", json!({ "demands": ["公布补贴办法"] })).await;
    let lead = app.sign_in("rep01").await;
    let mut wanted = vec!["关于补贴办法公开的建议", "关于养犬管理的建议", "关于水库除险加固的建议"];
    assert_eq!(titles(&lead, json!({ "text": "补贴办法" })).await, wanted);
    answered.issue(0).await;
    let title = lead.gql("query($id: ID!) { submission(id: $id) { title } }", json!({ "id": answered.id })).await;
    wanted.push(title.text("submission.title"));
    assert_eq!(titles(&lead, json!({ "text": "补贴办法" })).await, wanted);
    // Two words in titles are more than one, whatever stands in the texts.
    let both = json!({ "background": "养犬管理,养犬管理。" });
    write(&app, "rep01", "关于补贴办法的另一建议", both).await;
    write(&app, "rep01", "关于养犬管理补贴办法的建议", json!({})).await;
    let found = titles(&lead, json!({ "text": "补贴办法 养犬管理" })).await;
    assert_eq!(found[0], "关于养犬管理补贴办法的建议");
    assert!(titles(&lead, json!({ "text": " " })).await.is_empty(), "blank words find nothing");
    let other = json!({ "text": "补贴办法", "filter": { "search": "水库" } });
    assert_eq!(titles(&lead, other).await, ["关于水库除险加固的建议"]);
}

#[tokio::test]
async fn passages_show_where_the_words_stand_and_nothing_that_is_closed() {
    let app = TestApp::new().await;
    let mut matter = app.signed_off("rep01").await;
    let long = json!({ "background": format!("{}飞线充电隐患突出{}", "一".repeat(90), "二".repeat(90)) });
    write(&app, "rep01", "关于增设電動自行车充电桩的建议", long).await;
    let lead = app.sign_in("rep01").await;
    let answer = lead.gql(SEARCH, json!({ "text": "电动自行车 充电" })).await;
    let shown = answer.list("searchSubmissions.edges.0.snippets");
    let title = json!({ "layer": "TITLE", "text": "关于增设電動自行车充电桩的建议", "cutBefore": false, "cutAfter": false,
        "marks": [{ "start": 4, "end": 11 }] });
    assert_eq!(shown[0], title, "as written, in both spellings");
    assert_eq!((shown[1]["layer"].as_str(), &shown[1]["cutBefore"]), (Some("BODY"), &json!(true)));
    assert_eq!(shown[1]["text"].as_str().unwrap().chars().count(), 80);
    let words = json!({ "text": "补贴办法已印发" });
    for reader in ["rep01", "rep05", "mzj-handler", "mzj-liaison"] {
        let client = app.sign_in(reader).await;
        let found = client.gql(SEARCH, words.clone()).await;
        assert_eq!(found.number("searchSubmissions.totalCount"), 0, "{reader}: a reply that is not issued");
        let facets = client.gql(FACETS, json!({ "text": "养老" })).await;
        assert_eq!(facets.data("searchSubmissions.facets.outcomes"), &json!([]), "{reader}");
    }
    matter.issue(0).await;
    for reader in ["rep01", "rep05", "mzj-handler"] {
        let found = app.sign_in(reader).await.gql(SEARCH, words.clone()).await;
        let layers: Vec<&Value> =
            found.list("searchSubmissions.edges.0.snippets").iter().map(|one| &one["layer"]).collect();
        assert!(layers.contains(&&json!("ANSWERS")), "{reader}: {layers:?}");
    }
    assert_eq!(app.sign_in("mem01").await.gql(SEARCH, words).await.number("searchSubmissions.totalCount"), 0);
}

#[tokio::test]
async fn facets_count_over_all_pages_what_the_reader_may_list() {
    let app = TestApp::new().await;
    app.issued("rep01").await;
    let mut matter = app.accepted("rep02").await;
    matter.plan(&["jtj"], "SOLE").await;
    app.draft("rep03").await;
    let (gov, peer) = (app.sign_in("gov1").await, app.sign_in("rep05").await);
    for client in [&gov, &peer] {
        let facets = client.gql(FACETS, json!({ "text": "养老" })).await;
        assert_eq!(facets.number("searchSubmissions.totalCount"), 2, "a draft is nobody else's");
        let list = |name: &str| facets.list(&format!("searchSubmissions.facets.{name}")).to_vec();
        assert_eq!(count(&list("kinds"), "key", "SUGGESTION"), 2);
        assert_eq!(count(&list("years"), "key", "2026"), 2);
        assert_eq!(list("leadAgencies").len(), 1, "a plan is not told, not even to those who know it elsewhere");
        assert_eq!(count(&list("leadAgencies"), "label", "清河区民政局"), 1);
        assert_eq!(list("outcomes").iter().map(|one| one["count"].as_i64().unwrap()).sum::<i64>(), 1);
    }
    let own = app.sign_in("rep03").await.gql(FACETS, json!({ "text": "养老" })).await;
    assert_eq!(own.number("searchSubmissions.totalCount"), 3);
    assert_eq!(count(own.list("searchSubmissions.facets.kinds"), "key", "SUGGESTION"), 3);
}

#[tokio::test]
async fn pages_go_forth_and_back_through_equal_ranks_at_a_fixed_cost() {
    let app = TestApp::new().await;
    for i in 0..4 {
        write(&app, "rep01", &format!("关于第{i}号路灯的建议"), json!({})).await;
        write(&app, "rep01", &format!("关于第{i}号井盖的建议"), json!({ "background": "路灯昏暗。" })).await;
    }
    let lead = app.sign_in("rep01").await;
    let all = titles(&lead, json!({ "text": "路灯" })).await;
    let wanted: Vec<String> = ["路灯", "井盖"]
        .iter()
        .flat_map(|word| (0..4).rev().map(move |i| format!("关于第{i}号{word}的建议")))
        .collect();
    assert_eq!(all, wanted);
    let (mut forth, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = lead.gql(SEARCH, json!({ "text": "路灯", "first": 3, "after": after })).await;
        forth.extend(page.list("searchSubmissions.edges").iter().map(|edge| edge["node"]["title"].clone()));
        assert_eq!(page.number("searchSubmissions.totalCount"), 8);
        after = page.data("searchSubmissions.pageInfo.endCursor").clone();
        if page.data("searchSubmissions.pageInfo.hasNextPage") == &json!(false) {
            break;
        }
    }
    assert_eq!(forth, wanted);
    let last = json!({ "text": "路灯", "last": 3, "before": after });
    assert_eq!(titles(&lead, last).await, wanted[4..7]);
    for bad in [
        json!({ "text": "路灯", "after": "x" }),
        json!({ "text": "路灯", "first": 101 }),
        json!({ "text": "路".repeat(101) }),
        json!({ "text": "路\u{202e}灯" }),
    ] {
        assert_eq!(lead.gql(SEARCH, bad).await.error_code(), "BAD_INPUT");
    }
    assert_eq!(app.anonymous().gql(SEARCH, json!({ "text": "路灯" })).await.error_code(), "UNAUTHENTICATED");
    let (_, few) = app.counting(lead.gql(SEARCH, json!({ "text": "路灯", "first": 1 }))).await;
    let (_, many) = app.counting(lead.gql(SEARCH, json!({ "text": "路灯", "first": 8 }))).await;
    assert_eq!(few.len(), many.len(), "{many:#?}");
    // Who asks, the places, their rows, the count, what the policy needs (four), replies.
    assert_within(9, &many);
    let (_, facets) = app.counting(lead.gql(FACETS, json!({ "text": "路灯" }))).await;
    // Who asks, the places, their rows, the count, and seven for the facets.
    assert_within(11, &facets);
}

#[tokio::test]
async fn anybody_gets_passages_of_what_is_published_and_of_nothing_else() {
    let app = TestApp::new().await;
    let mut matter = app.signed_off("rep01").await;
    matter.issue(0).await;
    let office = matter.office().await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    let query = "query($words: String) { publicSubmissions(search: $words) { nodes { snippet { layer replyId text
        marks { start end } } } } }";
    let found = app.anonymous().gql(query, json!({ "words": "补贴办法" })).await;
    let snippet = found.data("publicSubmissions.nodes.0.snippet");
    assert_eq!((snippet["layer"].as_str(), snippet["replyId"].is_null()), (Some("PUBLIC"), true));
    let text: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
    let (start, end) = (snippet["marks"][0]["start"].as_u64().unwrap(), snippet["marks"][0]["end"].as_u64().unwrap());
    assert_eq!(text[start as usize..end as usize].iter().collect::<String>(), "补贴办法");
    let hidden = app.anonymous().gql(query, json!({ "words": "每个街道" })).await;
    assert_eq!(hidden.list("publicSubmissions.nodes").len(), 0, "demands are not published");
    let plain = app.anonymous().gql(query, json!({})).await;
    assert!(plain.data("publicSubmissions.nodes.0.snippet").is_null());
}

#[tokio::test]
async fn an_outcome_is_asked_for_as_the_facet_counts_it() {
    let app = TestApp::new().await;
    let mut matter = app.signed_off("rep01").await;
    app.issued("rep02").await;
    let query =
        "query($outcome: [Outcome!]) { submissions(filter: { outcome: $outcome }) { totalCount nodes { id } } }";
    let (gov, other_house) = (app.sign_in("gov1").await, app.sign_in("mem01").await);
    let reply =
        gov.gql("query($id: ID!) { submission(id: $id) { replies { outcome } } }", json!({ "id": matter.id })).await;
    assert_eq!(reply.list("submission.replies").len(), 1, "signed off, not issued");
    let outcome = reply.data("submission.replies.0.outcome").clone();
    let before = gov.gql(query, json!({ "outcome": [outcome] })).await;
    assert_eq!(
        before.number("submissions.totalCount"),
        1,
        "a reply that is not issued is no outcome, even for its readers"
    );
    matter.issue(0).await;
    let after = gov.gql(query, json!({ "outcome": [outcome] })).await;
    assert_eq!(after.number("submissions.totalCount"), 2);
    assert_eq!(gov.gql(query, json!({ "outcome": [] })).await.number("submissions.totalCount"), 0);
    assert!(gov.gql(query, json!({})).await.number("submissions.totalCount") >= 2, "none asked for is no condition");
    assert_eq!(other_house.gql(query, json!({ "outcome": [outcome] })).await.number("submissions.totalCount"), 0);
    let facets = gov.gql(FACETS, json!({ "text": "养老" })).await;
    let counted = facets.list("searchSubmissions.facets.outcomes").to_vec();
    assert_eq!(count(&counted, "key", outcome.as_str().unwrap()), 2);
}

#[tokio::test]
async fn the_outcome_of_a_former_round_is_past() {
    let app = TestApp::new().await;
    let mut matter = app.issued("rep01").await;
    let office = matter.office().await;
    let reply = "query($id: ID!) { submission(id: $id) { replies { outcome } } }";
    let first = office.gql(reply, json!({ "id": matter.id })).await.data("submission.replies.0.outcome").clone();
    let second = if first == "SOLVED" { "ADOPTED" } else { "SOLVED" };
    let query = "query($outcome: [Outcome!]) { submissions(filter: { outcome: $outcome }) { totalCount } }";
    for (outcome, found) in [(&first, 1), (&json!(second), 0)] {
        let answer = office.gql(query, json!({ "outcome": [outcome] })).await;
        assert_eq!(answer.number("submissions.totalCount"), found, "{outcome} after the first round");
    }
    matter.rate("DISSATISFIED").await;
    matter.settle("REHANDLE").await;
    matter.record_contact(0).await;
    matter.draft_reply(0, second).await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    for (outcome, found) in [(&first, 0), (&json!(second), 1)] {
        let answer = office.gql(query, json!({ "outcome": [outcome] })).await;
        assert_eq!(answer.number("submissions.totalCount"), found, "{outcome} after the second");
    }
}
