//! Groups of alike matters for those who merge them, and what a year speaks of.

use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

const GROUPS: &str = "query($year: Int, $session: ID, $first: Int) { intakeClusters(handlingYear: $year,
    sessionId: $session, first: $first) { score shared submissions { title } } }";
const TOPICS: &str = "query($region: ID!, $years: [Int!]!, $agency: ID, $first: Int) { topics(regionId: $region,
    handlingYears: $years, agencyId: $agency, first: $first) { handlingYear total topics { word count before growth
    submissions { title } } } }";

const CHARGING: &str = "关于增设电动自行车充电桩的建议";
const CHARGING_TOO: &str = "关于在小区增设电动自行车充电桩的建议";
const CHARGERS: &str = "关于小区增设电动自行车充电桩布点的建议";
const DAM: &str = "关于水库除险加固的建议";

/// Nothing but the title is alike.
async fn handed_in(app: &TestApp, rep: &str, title: &str) -> Matter {
    let mut input = draft_input("SUGGESTION", title);
    for (field, text) in [("background", "背景"), ("analysis", "成因"), ("recommendations", "做法")] {
        input[field] = json!(format!("{text}{rep}"));
    }
    let matter = app.draft_of(rep, input).await;
    matter.submit().await;
    matter
}

async fn groups(client: &Client) -> Vec<Vec<String>> {
    let answer = client.gql(GROUPS, json!({ "year": 2026 })).await;
    let group = |one: &Value| {
        let score = one["score"].as_f64().unwrap();
        assert!((0.4..=1.0).contains(&score), "{one}");
        let titles = one["submissions"].as_array().unwrap().iter();
        titles.map(|one| one["title"].as_str().unwrap().to_owned()).collect()
    };
    answer.list("intakeClusters").iter().map(group).collect()
}

#[tokio::test]
async fn alike_matters_are_grouped_for_those_who_merge_and_kept_apart_once_decided() {
    let app = TestApp::new().await;
    let one = handed_in(&app, "rep01", CHARGING).await;
    let other = handed_in(&app, "rep02", CHARGING_TOO).await;
    handed_in(&app, "rep03", CHARGERS).await;
    handed_in(&app, "rep04", DAM).await;
    app.draft_of("rep05", draft_input("SUGGESTION", CHARGING)).await;
    let office = app.sign_in("congress1").await;
    assert_eq!(groups(&office).await, [[CHARGING, CHARGING_TOO, CHARGERS]]);
    let answer = office.gql(GROUPS, json!({ "year": 2026 })).await;
    assert!(answer.text("intakeClusters.0.shared.0").contains("电动自行车充电桩"));
    assert!(groups(&app.sign_in("cppcc1").await).await.is_empty(), "another institution");
    let gov = app.sign_in("gov1").await;
    assert!(groups(&gov).await.is_empty(), "nothing is accepted yet");
    one.accept().await;
    other.accept().await;
    assert_eq!(groups(&gov).await, [[CHARGING, CHARGING_TOO]]);
    let pair = json!({ "submissionId": one.id, "otherId": other.id });
    office.call("markNotDuplicate", pair.clone(), "").await.payload("markNotDuplicate");
    assert!(groups(&gov).await.is_empty());
    let apart = groups(&office).await;
    assert_eq!(apart.len(), 1, "the third stays with one of them: {apart:?}");
    assert!(!(apart[0].contains(&CHARGING.into()) && apart[0].contains(&CHARGING_TOO.into())), "{apart:?}");
    office.call("withdrawNotDuplicate", pair, "").await.payload("withdrawNotDuplicate");
    let merge = json!({ "mainId": one.id, "mergedIds": [other.id], "reason": "内容相同" });
    office.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");
    assert_eq!(groups(&office).await, [[CHARGING, CHARGERS]], "what is merged is done with");
    for reader in ["rep01", "mzj-liaison", "auditor", "mayor1", "admin"] {
        let answer = app.sign_in(reader).await.gql(GROUPS, json!({ "year": 2026 })).await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{reader}");
    }
    for bad in [json!({}), json!({ "year": 2026, "first": 51 }), json!({ "session": "session_x" })] {
        assert_eq!(office.gql(GROUPS, bad).await.error_code(), "BAD_INPUT");
    }
}

#[tokio::test]
async fn groups_and_topics_cost_as_many_statements_for_many_as_for_few() {
    let app = TestApp::new().await;
    let region = app.directory().await.region("990101").to_string();
    for i in 1..=2 {
        handed_in(&app, &format!("rep0{i}"), CHARGING).await.accept().await;
    }
    let office = app.sign_in("congress1").await;
    let topics = json!({ "region": region, "years": [2026] });
    let count = async || {
        let (answer, groups) = app.counting(office.gql(GROUPS, json!({ "year": 2026 }))).await;
        answer.list("intakeClusters");
        let (answer, of_year) = app.counting(office.gql(TOPICS, topics.clone())).await;
        answer.list("topics");
        (groups.len(), of_year.len())
    };
    let few = count().await;
    for i in 3..=9 {
        handed_in(&app, &format!("rep0{i}"), CHARGING).await.accept().await;
    }
    assert_eq!(count().await, few);
}

#[tokio::test]
async fn topics_count_what_the_reader_may_list_with_the_matters_behind_them() {
    let app = TestApp::new().await;
    let region = app.directory().await.region("990101").to_string();
    let mut matter = handed_in(&app, "rep01", CHARGING).await;
    matter.accept().await;
    handed_in(&app, "rep02", CHARGING_TOO).await.accept().await;
    handed_in(&app, "rep03", DAM).await.accept().await;
    let mut hidden = draft_input("SUGGESTION", CHARGERS);
    hidden["confidentiality"] = json!("INTERNAL");
    let hidden = app.draft_of("rep04", hidden).await;
    hidden.submit().await;
    hidden.accept().await;
    let asked = json!({ "region": region, "years": [2026, 2025] });
    for (reader, total) in [("congress1", 4), ("gov1", 4), ("auditor", 4), ("rep05", 3), ("mem01", 0), ("cppcc1", 0)] {
        let answer = app.sign_in(reader).await.gql(TOPICS, asked.clone()).await;
        assert_eq!(answer.number("topics.0.total"), total, "{reader}");
        assert_eq!(answer.number("topics.1.total"), 0, "{reader}");
        let found = answer.list("topics.0.topics");
        assert_eq!(found.is_empty(), total == 0, "{reader}");
        for topic in found {
            let listed = topic["submissions"].as_array().unwrap();
            assert_eq!(topic["count"].as_i64().unwrap(), listed.len() as i64, "{reader}: {topic}");
            let seen = listed.iter().any(|one| one["title"] == CHARGERS);
            assert!(!seen || total == 4, "{reader}: {topic}");
            assert!(topic["growth"].is_null() && topic["before"] == 0);
        }
    }
    matter.plan(&["mzj"], "SOLE").await;
    matter.release().await;
    let liaison = app.sign_in("mzj-liaison").await;
    let own = liaison.gql(TOPICS, asked.clone()).await;
    assert_eq!(own.number("topics.0.total"), 1, "an agency asks about its own matters alone");
    assert_eq!(own.list("topics.0.topics").len(), 0, "one matter is no topic");
    let other = json!({ "region": region, "years": [2026], "agency": app.agency("jtj").await });
    assert_eq!(liaison.gql(TOPICS, other).await.error_code(), "FORBIDDEN");
    let office = app.sign_in("congress1").await;
    for years in [json!([]), json!([2026, 2026]), json!([1]), json!([2020, 2021, 2022, 2023, 2024, 2025])] {
        let bad = json!({ "region": region, "years": years });
        assert_eq!(office.gql(TOPICS, bad).await.error_code(), "BAD_INPUT");
    }
    assert_eq!(app.sign_in("admin").await.gql(TOPICS, asked).await.error_code(), "FORBIDDEN");
}
