//! Advice while writing and at review: matters that resemble a text, and agencies that may fit.

use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

async fn accepted(app: &TestApp, rep: &str, title: &str, more: Value) -> Matter {
    let mut input = draft_input("SUGGESTION", title);
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let matter = app.draft_of(rep, input).await;
    matter.submit().await;
    matter.accept().await;
    matter
}

async fn similar(client: &Client, text: &str) -> Vec<(String, f64)> {
    let query = "query($text: String!) { similarSubmissions(text: $text) { score submission { title } } }";
    let answer = client.gql(query, json!({ "text": text })).await;
    let pair = |one: &Value| (one["submission"]["title"].as_str().unwrap().to_owned(), one["score"].as_f64().unwrap());
    answer.list("similarSubmissions").iter().map(pair).collect()
}

async fn suggested(client: &Client, text: &str) -> Vec<(String, Vec<String>)> {
    let query = "query($text: String!) { suggestAgencies(text: $text) { score reasons agency { name } } }";
    let answer = client.gql(query, json!({ "text": text })).await;
    let read = |one: &Value| {
        let score = one["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score));
        let reasons = one["reasons"].as_array().unwrap().iter().map(|reason| reason.as_str().unwrap().to_owned());
        (one["agency"]["name"].as_str().unwrap().to_owned(), reasons.collect())
    };
    answer.list("suggestAgencies").iter().map(read).collect()
}

#[tokio::test]
async fn the_likest_matters_come_first_and_hidden_ones_never() {
    let app = TestApp::new().await;
    accepted(&app, "rep02", "关于增设电动自行车充电桩的建议", json!({})).await;
    accepted(&app, "rep02", "关于推广新能源汽车充电设施的建议", json!({})).await;
    accepted(&app, "rep02", "关于水库除险加固的建议", json!({})).await;
    accepted(&app, "rep02", "关于机关内部电动自行车充电设施的建议", json!({ "confidentiality": "INTERNAL" })).await;
    app.draft_of("rep02", draft_input("SUGGESTION", "关于充电桩的草稿")).await;
    let text = "关于在小区增设电动自行车充电设施的建议";
    let found = similar(&app.sign_in("rep01").await, text).await;
    let titles: Vec<_> = found.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["关于增设电动自行车充电桩的建议", "关于推广新能源汽车充电设施的建议"]);
    assert!(found[0].1 > 0.4 && found[1].1 < found[0].1, "{found:?}");
    let office = similar(&app.sign_in("congress1").await, text).await;
    assert!(office.iter().any(|(title, _)| title == "关于机关内部电动自行车充电设施的建议"));
    assert!(!office.iter().any(|(title, _)| title == "关于充电桩的草稿"));
    assert!(similar(&app.sign_in("cppcc1").await, text).await.is_empty(), "another institution");
    assert!(similar(&app.sign_in("admin").await, text).await.is_empty());
    let same = similar(&app.sign_in("rep01").await, "关于水库除险加固的建议").await;
    assert!((same[0].1 - 1.0).abs() < 1e-9, "{same:?}");
    assert!(similar(&app.sign_in("rep01").await, " ").await.is_empty());
}

#[tokio::test]
async fn questions_have_bounds_and_need_a_reader() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    for field in ["similarSubmissions", "suggestAgencies"] {
        let selection = if field == "similarSubmissions" { "score" } else { "reasons" };
        let query =
            format!("query($text: String!, $first: Int) {{ {field}(text: $text, first: $first) {{ {selection} }} }}");
        for bad in [
            json!({ "text": "养老", "first": -1 }),
            json!({ "text": "养老", "first": 51 }),
            json!({ "text": "老".repeat(20_001) }),
            json!({ "text": "养\u{202e}老" }),
        ] {
            assert_eq!(lead.gql(&query, bad).await.error_code(), "BAD_INPUT", "{field}");
        }
        assert_eq!(lead.gql(&query, json!({ "text": "养老", "first": 0 })).await.list(field).len(), 0);
        assert_eq!(app.anonymous().gql(&query, json!({ "text": "养老" })).await.error_code(), "UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn agencies_are_suggested_by_their_duties_and_by_what_they_handled() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let first = suggested(&gov, "关于加强社区养老服务的建议").await;
    assert_eq!(first[0].0, "清河区民政局");
    assert!(first[0].1[0].starts_with("职责“养老服务与养老机构管理”与本件相关"), "{first:?}");
    let mut matter = accepted(&app, "rep01", "关于校车超载治理的建议", json!({})).await;
    assert!(!suggested(&gov, "关于加强校车超载治理的建议").await.iter().any(|(_, why)| why[0].contains("主办")));
    matter.plan(&["jyj", "jtj"], "LEAD_WITH_CO").await;
    assert!(!suggested(&gov, "关于加强校车超载治理的建议").await.iter().any(|(_, why)| why[0].contains("主办")));
    matter.release().await;
    let found = suggested(&gov, "关于加强校车超载治理的建议").await;
    let (name, why) = &found[0];
    assert_eq!(name, "清河区教育局", "{found:?}");
    assert_eq!(why[0], "相近的件中有1件由该单位主办，最近为2026年，共同用语：校车超载治理");
    assert!(found.iter().any(|(_, why)| why[0].starts_with("相近的件中有1件由该单位会办")), "{found:?}");
    let other = suggested(&app.sign_in("mem01").await, "关于加强校车超载治理的建议").await;
    assert!(!other.iter().any(|(_, why)| why[0].contains("主办")), "a member does not know of it");
}

#[tokio::test]
async fn a_refusal_speaks_against_the_agency_for_those_who_read_it() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = matter.ask_back(0, "mzj").await;
    let (gov, title) = (app.sign_in("gov1").await, "关于加强社区养老助餐服务的建议");
    let told = |found: &[(String, Vec<String>)]| found.iter().any(|(_, why)| why.concat().contains("非我单位职责"));
    let refused = |found: &[(String, Vec<String>)]| found.iter().any(|(name, _)| name == "清河区住房和城乡建设局");
    assert!(refused(&suggested(&gov, title).await), "it is still the agency's");
    let grant = json!({ "id": request, "version": 1, "approve": true, "reason": "同意改办" });
    gov.call("decideReturn", grant, "").await.payload("decideReturn");
    let found = suggested(&gov, title).await;
    assert_eq!(found[0].0, "清河区民政局");
    assert!(!refused(&found), "{found:?}");
    for reader in ["rep01", "rep05", "congress1", "mzj-liaison"] {
        assert!(!told(&suggested(&app.sign_in(reader).await, title).await), "{reader}");
    }
}
