//! The duty catalogue: what agencies answer for, since when and until when, and who says so.

use crate::refusals::with;
use crate::support::{Client, TestApp, wiring};
use api::use_cases::load_roster::{Kind, Tally, load_roster};
use serde_json::{Value, json};

const REASON: &str = "依据三定方案";

async fn words(app: &TestApp, agency: &str, day: Option<&str>) -> Vec<String> {
    app.duties(agency, day).await.into_iter().map(|(_, text)| text).collect()
}

async fn shown(app: &TestApp, agency: &str) -> Vec<Value> {
    let query = "query($id: ID!) { node(id: $id) { ... on Organization { duties } } }";
    let answer = app.sign_in("mem01").await.gql(query, json!({ "id": app.agency(agency).await })).await;
    answer.list("node.duties").to_vec()
}

async fn found(client: &Client, region: &str, search: &str) -> Vec<String> {
    let query = "query($region: ID!, $search: String) { \
                 dutyCatalogue(regionId: $region, search: $search, first: 100) { totalCount nodes { text agency { name } } } }";
    let answer = client.gql(query, json!({ "region": region, "search": search })).await;
    let nodes = answer.list("dutyCatalogue.nodes").to_vec();
    assert_eq!(answer.number("dutyCatalogue.totalCount"), i64::try_from(nodes.len()).unwrap());
    nodes
        .iter()
        .map(|one| format!("{}:{}", one["agency"]["name"].as_str().unwrap(), one["text"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_clause_is_changed_and_ended_by_days_and_its_history_stays() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let before = words(&app, "mzj", None).await;
    assert_eq!(before[0], "养老服务与养老机构管理");
    let (id, _) = app.duties("mzj", None).await.remove(0);
    let change = json!({ "id": id, "version": 1, "text": "养老服务、助餐与养老机构管理", "validFrom": "2026-03-01",
        "legalBasis": "清机编〔2026〕3号", "reason": REASON });
    let selection = "dutyClause { id validFrom inForce replaces { id validUntil endedBy { name } } }";
    let answer = gov.call("changeDuty", change, selection).await;
    let new = answer.payload("changeDuty")["dutyClause"].clone();
    assert_eq!((&new["inForce"], &new["validFrom"]), (&json!(false), &json!("2026-03-01")));
    assert_eq!((&new["replaces"]["id"], &new["replaces"]["validUntil"]), (&json!(id), &json!("2026-02-28")));
    assert!(new["replaces"]["endedBy"]["name"].is_string());

    assert_eq!(words(&app, "mzj", None).await, before, "the old words hold until their last day");
    assert_eq!(words(&app, "mzj", Some("2026-02-28")).await, before);
    let after = words(&app, "mzj", Some("2026-03-01")).await;
    assert_eq!((after[0].as_str(), &after[1..]), ("养老服务、助餐与养老机构管理", &before[1..]), "in the same place");
    app.at("2026-03-01T00:00:00+08:00");
    assert_eq!(shown(&app, "mzj").await, after);

    let (last, _) = app.duties("mzj", None).await.remove(4);
    let end = json!({ "id": last, "version": 1, "lastDay": "2026-03-31", "reason": REASON });
    app.sign_in("admin").await.call("endDuty", end, "").await.payload("endDuty");
    assert_eq!(words(&app, "mzj", Some("2026-03-31")).await.len(), 5);
    assert_eq!(words(&app, "mzj", Some("2026-04-01")).await.len(), 4);
    assert_eq!(words(&app, "mzj", Some("2026-02-10")).await, before, "the past is told as it was");

    let query = "query($id: ID!) { dutyHistory(agencyId: $id) { totalCount nodes { text recordedBy { name } } } }";
    let history = app.sign_in("jtj-liaison").await.gql(query, json!({ "id": app.agency("mzj").await })).await;
    assert_eq!(history.number("dutyHistory.totalCount"), 6, "nothing is ever deleted");
    assert_eq!(history.text("dutyHistory.nodes.0.text"), "养老服务、助餐与养老机构管理", "the latest first");
    assert!(history.data("dutyHistory.nodes.0.recordedBy.name").is_string());
    assert!(history.data("dutyHistory.nodes.1.recordedBy").is_null(), "it came with the roster");

    let trail = app.sign_in("auditor").await.ask("{ officeTrail(first: 2) { nodes { action summary } } }").await;
    let told: Vec<_> = trail.list("officeTrail.nodes").iter().map(|one| one["action"].clone()).collect();
    assert_eq!(told, ["DUTY_ENDED", "DUTY_CHANGED"]);
    assert!(trail.text("officeTrail.nodes.0.summary").contains(REASON));
}

#[tokio::test]
async fn a_clause_is_added_once_by_those_who_keep_the_catalogue() {
    let app = TestApp::new().await;
    let input = json!({ "agencyId": app.agency("slj").await, "text": "河湖岸线管理", "legalBasis": "清机编〔2024〕8号",
        "validFrom": "2024-06-01", "reason": REASON, "idempotencyKey": "one" });
    let gov = app.sign_in("gov1").await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let answer = gov.call("addDuty", input.clone(), "dutyClause { id legalBasis recordedAt }").await;
        ids.push(answer.payload("addDuty")["dutyClause"]["id"].clone());
    }
    assert_eq!(ids[0], ids[1]);
    assert!(words(&app, "slj", Some("2024-06-01")).await.contains(&"河湖岸线管理".to_owned()), "also for a past day");
    assert!(!words(&app, "slj", Some("2024-05-31")).await.contains(&"河湖岸线管理".to_owned()));
    for username in ["rep01", "congress1", "slj-liaison", "auditor", "mayor1"] {
        let client = app.sign_in(username).await;
        let other = with(input.clone(), json!({ "idempotencyKey": username }));
        assert_eq!(client.call("addDuty", other, "").await.error_code(), "FORBIDDEN", "{username}");
    }
}

#[tokio::test]
async fn anybody_signed_in_searches_the_catalogue_with_the_tokens_of_the_full_text_search() {
    let app = TestApp::new().await;
    let (reader, region) = (app.sign_in("mem01").await, app.directory().await.region("990101"));
    assert_eq!(found(&reader, &region, "养老机构").await, ["清河区民政局:养老服务与养老机构管理"]);
    assert_eq!(found(&reader, &region, "養老機構").await, found(&reader, &region, "养老机构").await);
    assert_eq!(found(&reader, &region, "机构养老").await, [""; 0], "characters in this order");
    assert_eq!(found(&reader, &region, "，*").await, [""; 0], "what no text can hold");
    assert!(found(&reader, &region, " ").await.len() > 20, "blank words ask for nothing");
    let (id, _) = app.duties("mzj", None).await.remove(1);
    let change = json!({ "id": id, "version": 1, "text": "社会救助与低保", "validFrom": "2026-02-10",
        "legalBasis": "清机编〔2026〕3号 三定方案", "reason": REASON });
    app.sign_in("gov1").await.call("changeDuty", change, "").await.payload("changeDuty");
    assert_eq!(
        found(&reader, &region, "三定方案 低保").await,
        ["清河区民政局:社会救助与低保"],
        "the basis is searched too"
    );

    let page = "query($region: ID!, $after: String) { dutyCatalogue(regionId: $region, first: 7, after: $after) { \
                nodes { id } pageInfo { hasNextPage endCursor } totalCount } }";
    let (mut after, mut seen) = (Value::Null, Vec::new());
    loop {
        let (answer, statements) = app.counting(reader.gql(page, json!({ "region": region, "after": after }))).await;
        crate::support::counter::assert_within(8, &statements);
        seen.extend(answer.list("dutyCatalogue.nodes").iter().map(|one| one["id"].to_string()));
        if !answer.data("dutyCatalogue.pageInfo.hasNextPage").as_bool().unwrap() {
            assert_eq!(answer.number("dutyCatalogue.totalCount"), i64::try_from(seen.len()).unwrap());
            break;
        }
        after = answer.data("dutyCatalogue.pageInfo.endCursor").clone();
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all, "each once");

    let query = "query($region: ID!) { dutyCatalogue(regionId: $region) { nodes { id } } }";
    let city = app.directory().await.region("990100");
    assert_eq!(reader.gql(query, json!({ "region": city })).await.error_code(), "NOT_FOUND");
    assert_eq!(app.anonymous().gql(query, json!({ "region": region })).await.error_code(), "UNAUTHENTICATED");
    let bad = "query($region: ID!) { dutyCatalogue(regionId: $region, after: \"x\") { nodes { id } } }";
    assert_eq!(reader.gql(bad, json!({ "region": region })).await.error_code(), "BAD_INPUT");
}

#[tokio::test]
async fn agencies_are_suggested_by_the_clauses_in_force_with_their_basis() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let query = "{ suggestAgencies(text: \"关于加强无人机低空飞行管理的建议\") { agency { name } reasons } }";
    assert_eq!(gov.ask(query).await.list("suggestAgencies").len(), 0);
    let input = json!({ "agencyId": app.agency("gaj").await, "text": "无人机低空飞行管理", "validFrom": "2026-03-01",
        "legalBasis": "清机编〔2026〕5号", "reason": REASON });
    gov.call("addDuty", input, "").await.payload("addDuty");
    assert_eq!(gov.ask(query).await.list("suggestAgencies").len(), 0, "it is not in force yet");
    app.at("2026-03-01T09:00:00+08:00");
    let answer = gov.ask(query).await;
    let reason = answer.text("suggestAgencies.0.reasons.0");
    assert!(reason.starts_with("职责“无人机低空飞行管理”（依据：清机编〔2026〕5号）与本件相关"), "{reason}");
    let (id, _) = app.duties("gaj", None).await.pop().unwrap();
    let end = json!({ "id": id, "version": 1, "lastDay": "2026-03-01", "reason": REASON });
    gov.call("endDuty", end, "").await.payload("endDuty");
    app.at("2026-03-02T09:00:00+08:00");
    assert_eq!(gov.ask(query).await.list("suggestAgencies").len(), 0, "it has ended");
}

#[tokio::test]
async fn a_roster_brings_words_and_ends_its_own_and_leaves_those_of_people_alone() {
    let app = TestApp::new().await;
    let again = load_roster(&app.deps, wiring::ROSTER).await.unwrap();
    assert!(!again.changed_anything(), "{again}");
    let gov = app.sign_in("gov1").await;
    let duties = app.duties("mzj", None).await;
    let end = json!({ "id": duties[4].0, "version": 1, "lastDay": "2026-02-09", "reason": REASON });
    gov.call("endDuty", end, "").await.payload("endDuty");
    let add = json!({ "agencyId": app.agency("mzj").await, "text": "慈善事业促进", "validFrom": "2026-02-10",
        "reason": REASON });
    gov.call("addDuty", add, "").await.payload("addDuty");
    let now = words(&app, "mzj", None).await;
    assert!(!load_roster(&app.deps, wiring::ROSTER).await.unwrap().changed_anything());
    assert_eq!(words(&app, "mzj", None).await, now, "what a person ended stays ended, what he added stays");

    app.at("2026-04-01T09:00:00+08:00");
    let mut roster: Value = serde_json::from_str(wiring::ROSTER).unwrap();
    let bodies = roster["organizations"].as_array_mut().unwrap();
    let mzj = bodies.iter_mut().find(|body| body["key"] == "qh-mzj").unwrap();
    mzj["duties"] = json!(["养老服务与养老机构管理", "社会救助与低保", "殡葬与婚姻登记", "残疾人福利"]);
    for updated in [1, 0] {
        let report = load_roster(&app.deps, &roster.to_string()).await.unwrap();
        let found = report.of(Kind::Organizations);
        assert_eq!(found, Tally { created: 0, updated, unchanged: found.unchanged }, "the second time nothing");
    }
    let wanted = ["养老服务与养老机构管理", "社会救助与低保", "殡葬与婚姻登记", "慈善事业促进", "残疾人福利"];
    assert_eq!(words(&app, "mzj", None).await, wanted);
    assert_eq!(words(&app, "mzj", Some("2026-03-31")).await, now, "the day before is told as it was");
}
