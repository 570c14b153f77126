//! Quantity beside quality: how good the matters of a year were, and whether asking at the desk first pays.

use crate::support::{Client, TestApp, draft_input};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const COHORTS: &str = "query($region: ID!, $years: [Int!]!, $of: Institution) { cohorts(regionId: $region, \
    handlingYears: $years, institution: $of) { handlingYear handedIn growth consulted \
    indicators { name label definition numerator denominator rate } \
    consultedIndicators { name numerator denominator } } }";

async fn asked(client: &Client, region: &str, years: Value) -> Value {
    client.gql(COHORTS, json!({ "region": region, "years": years })).await.data("cohorts").clone()
}

fn ratios(indicators: &Value) -> BTreeMap<String, (i64, i64)> {
    let ratio = |one: &Value| {
        let number = |field: &str| one[field].as_i64().unwrap();
        (one["name"].as_str().unwrap().to_owned(), (number("numerator"), number("denominator")))
    };
    indicators.as_array().unwrap().iter().map(ratio).collect()
}

/// Whether the check of texts finds nothing in this draft.
async fn is_well_formed(client: &Client, draft: &Value) -> bool {
    let mut input = draft.clone();
    input.as_object_mut().unwrap().remove("kind");
    let query = "query($input: CheckDraftInput!) { checkDraft(input: $input) { code } }";
    client.gql(query, json!({ "input": input })).await.list("checkDraft").is_empty()
}

#[tokio::test]
async fn matters_of_a_year_are_counted_with_what_became_of_them_and_those_asked_at_the_desk_apart() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let rep = app.sign_in("rep01").await;
    let question = app.asked("rep01", "mzj").await;
    app.answered_at_desk("mzj", &question).await;
    let mut good = draft_input("SUGGESTION", "关于在南湖街道增设电动自行车充电桩的建议");
    good["background"] = json!("南湖街道现有12个老旧小区,居民电动自行车约3000辆,仅有充电桩80个。");
    good["analysis"] = json!("小区建成早,未预留充电设施用地和电力容量,物业企业没有建设资金。");
    good["recommendations"] = json!("2026年底前在12个小区增设充电桩300个,费用由区财政补助。");
    good["demands"] = json!(["在12个小区增设充电桩", "明确充电桩建设费用来源"]);
    assert!(is_well_formed(&rep, &good).await, "the story needs a draft without findings");
    let mut consulted = app.draft_of("rep01", good.clone()).await;
    let link = json!({ "id": question, "version": 2, "submissionId": consulted.id });
    rep.call("linkConsultation", link, "").await.payload("linkConsultation");

    app.at("2026-02-10T10:00:00+08:00");
    consulted.bring_into_hands("mzj").await;
    consulted.answer().await;
    consulted.rate("SATISFIED").await;
    consulted.settle("CLOSE").await;

    // Vague, sent back, handed in again with a better text, refused.
    let mut vague = good.clone();
    vague["recommendations"] = json!("请适当增加小区充电桩数量,保障居民安全。");
    assert!(!is_well_formed(&rep, &vague).await, "the story needs a draft with findings");
    let refused = app.draft_of("rep02", vague).await;
    refused.submit().await;
    let office = app.sign_in("congress1").await;
    let back = json!({ "reason": "请补充分析" });
    refused.write(&office, "returnForRevision", &refused.id, back).await.payload("returnForRevision");
    let lead = refused.lead().await;
    let better = json!({ "recommendations": good["recommendations"] });
    refused.write(&lead, "updateDraft", &refused.id, better).await.payload("updateDraft");
    refused.submit().await;
    let ground = json!({ "ground": "OUTSIDE_JURISDICTION", "reason": "属上级事权" });
    refused.write(&office, "refuseSubmission", &refused.id, ground).await.payload("refuseSubmission");

    // Handed back twice and still disputed.
    let (disputed, _) = app.disputed("rep03").await;
    let third = draft_input("SUGGESTION", "关于加强社区养老助餐服务的建议");
    let third_good = is_well_formed(&rep, &third).await;
    app.draft("rep04").await;

    let region = app.directory().await.region("990101");
    let found = asked(&office, &region, json!([2026, 2025])).await;
    let (this, last) = (&found[0], &found[1]);
    assert_eq!((&this["handlingYear"], &this["handedIn"]), (&json!(2026), &json!(3)), "a draft is not handed in");
    assert_eq!((&last["handedIn"], &this["growth"]), (&json!(0), &Value::Null));
    let all = ratios(&this["indicators"]);
    let wanted = [
        ("FILED", (2, 3)),
        ("WELL_FORMED", (1 + i64::from(third_good), 3)),
        ("SENT_BACK", (1, 3)),
        ("MERGED", (0, 3)),
        ("NEVER_RETURNED", (1, 2)),
        ("TAKEN_UP", (1, 1)),
        ("SATISFIED", (1, 1)),
    ];
    assert_eq!(all, wanted.into_iter().map(|(name, ratio)| (name.to_owned(), ratio)).collect());
    assert_eq!(this["consulted"], 1);
    let apart = ratios(&this["consultedIndicators"]);
    assert_eq!((apart["FILED"], apart["NEVER_RETURNED"], apart["SATISFIED"]), ((1, 1), (1, 1), (1, 1)));
    assert_eq!((apart["SENT_BACK"], apart["WELL_FORMED"]), ((0, 1), (1, 1)));
    let filed = &this["indicators"][0];
    assert_eq!((&filed["label"], &filed["rate"]), (&json!("立案率"), &json!(2.0 / 3.0)));
    assert!(filed["definition"].as_str().unwrap().starts_with("立案率="), "{filed}");
    assert_eq!(disputed.status().await, "ASSIGNED");

    // A question at the desk that was asked, but not answered before, is no consultation.
    let late = app.submitted("rep05").await;
    let again = asked(&office, &region, json!([2026])).await;
    assert_eq!((&again[0]["handedIn"], &again[0]["consulted"]), (&json!(4), &json!(1)), "{}", late.id);
}

#[tokio::test]
async fn offices_read_the_quality_of_their_own_house_and_nobody_else_but_the_auditor_does() {
    let app = TestApp::new().await;
    app.accepted("rep01").await;
    app.submitted("rep02").await;
    app.accepted("mem01").await;
    let region = app.directory().await.region("990101");
    for (reader, handed_in) in [("congress1", 2), ("cppcc1", 1), ("auditor", 3)] {
        let found = asked(&app.sign_in(reader).await, &region, json!([2026])).await;
        assert_eq!(found[0]["handedIn"], handed_in, "{reader}");
        // The auditor is told of no question at the desk.
        assert_eq!(found[0]["consulted"].is_null(), reader == "auditor");
        assert_eq!(found[0]["consultedIndicators"].is_null(), reader == "auditor");
    }
    let of_cppcc = json!({ "region": region, "years": [2026], "of": "CPPCC" });
    let narrowed = app.sign_in("auditor").await.gql(COHORTS, of_cppcc).await;
    assert_eq!(narrowed.number("cohorts.0.handedIn"), 1);
    let variables = json!({ "region": region, "years": [2026] });
    for reader in ["rep01", "mem01", "gov1", "mzj-liaison", "mzj-head", "leader1", "mayor1", "admin"] {
        let answer = app.sign_in(reader).await.gql(COHORTS, variables.clone()).await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{reader}");
    }
    assert_eq!(app.anonymous().gql(COHORTS, variables.clone()).await.error_code(), "UNAUTHENTICATED");
    assert_eq!(app.sign_in("city-congress").await.gql(COHORTS, variables).await.error_code(), "NOT_FOUND");
    let office = app.sign_in("congress1").await;
    for years in [json!([]), json!([2026, 2026]), json!([1])] {
        let answer = office.gql(COHORTS, json!({ "region": region, "years": years })).await;
        assert_eq!(answer.error_code(), "BAD_INPUT");
    }
}

#[tokio::test]
async fn quality_costs_as_many_statements_for_many_matters_as_for_few() {
    let app = TestApp::new().await;
    let region = app.directory().await.region("990101");
    let office = app.sign_in("congress1").await;
    let count = async || {
        let (answer, statements) =
            app.counting(office.gql(COHORTS, json!({ "region": region, "years": [2026] }))).await;
        answer.list("cohorts");
        statements.len()
    };
    app.submitted("rep01").await;
    let few = count().await;
    for i in 2..=7 {
        app.accepted(&format!("rep0{i}")).await;
    }
    assert_eq!(count().await, few);
}
