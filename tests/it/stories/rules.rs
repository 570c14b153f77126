//! A region tries other rules out, and puts them in force; what began goes on as it began.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};

const SETS: &str = "query($region: ID, $institution: Institution) {
    ruleSets(regionId: $region, institution: $institution) {
        id version preset overrides reason effectiveFrom institution inForce body createdBy { name } region { name } } }";
const TRY: &str = "query($input: TryRulesInput!) { tryRules(input: $input) { name
    deadlines { basis label dueOn provisional latestExtension explanation }
    milestones { stage dueOn redFrom } reminders { day kind level roles } errors { code field message } } }";
const CHANGED: &str = "ruleSet { id version inForce institution createdBy { name } }";
const DUE: &str = "query($id: ID!) { submission(id: $id) { deadline { dueOn explanation } } }";

async fn change(app: &TestApp, more: Value) -> Value {
    let mut input = json!({ "regionId": app.directory().await.region("990101"), "preset": "shanghai",
        "effectiveFrom": "2026-02-10", "reason": "常委会主任会议决定" });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

async fn sets(client: &Client, variables: Value) -> Vec<Value> {
    client.gql(SETS, variables).await.list("ruleSets").to_vec()
}

#[tokio::test]
async fn an_administrator_changes_the_rules_and_what_began_keeps_its_own() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let old = app.assigned("rep01", &["mzj"], "SOLE").await;
    let choices =
        r#"{"name":"清河区办理规则","deadlines":{"reply":{"unit":"MONTHS","amount":2},"replyExtended":null}}"#;
    let input = change(&app, json!({ "overrides": choices, "idempotencyKey": "一次" })).await;
    let answer = admin.call("changeRules", input.clone(), CHANGED).await;
    let made = &answer.payload("changeRules")["ruleSet"];
    assert_eq!((&made["version"], &made["inForce"]), (&json!(2), &json!(true)));
    assert!(made["createdBy"]["name"].is_string());
    let again = admin.call("changeRules", input, CHANGED).await;
    assert_eq!(&again.payload("changeRules")["ruleSet"], made, "the same key gives the first result again");

    let new = app.assigned("rep02", &["jtj"], "SOLE").await;
    let due = async |matter: &str, client: &Client| client.gql(DUE, json!({ "id": matter })).await;
    let kept = due(&old.id, &old.lead().await).await;
    assert_eq!(kept.text("submission.deadline.dueOn"), "2026-05-10");
    assert!(kept.text("submission.deadline.explanation").contains("第1版"));
    let begun = due(&new.id, &new.lead().await).await;
    assert_eq!(begun.text("submission.deadline.dueOn"), "2026-04-10");
    let explained = begun.text("submission.deadline.explanation");
    assert!(explained.contains("《清河区办理规则》第2版"), "{explained}");

    let reader = app.sign_in("rep05").await;
    let found = sets(&reader, json!({})).await;
    let shown: Vec<_> = found.iter().map(|row| (&row["version"], &row["inForce"])).collect();
    assert_eq!(shown, [(&json!(2), &json!(true)), (&json!(1), &json!(false))]);
    assert_eq!((&found[0]["overrides"], &found[0]["reason"]), (&json!(choices), &json!("常委会主任会议决定")));
    assert_eq!((&found[1]["overrides"], &found[1]["createdBy"]), (&Value::Null, &Value::Null));
    let body: Value = serde_json::from_str(found[0]["body"].as_str().unwrap()).unwrap();
    assert_eq!((&body["name"], &body["deadlines"]["reply"]["amount"]), (&json!("清河区办理规则"), &json!(2)));

    let trail = "{ officeTrail { totalCount nodes { action subject summary actor { name } } } }";
    let told = app.sign_in("auditor").await.ask(trail).await;
    assert_eq!(told.number("officeTrail.totalCount"), 1);
    assert_eq!(told.data("officeTrail.nodes.0.subject"), &made["id"]);
    assert_eq!(told.text("officeTrail.nodes.0.summary"), "变更办理规则:常委会主任会议决定");
}

#[tokio::test]
async fn rules_are_kept_apart_by_institution_and_begin_on_their_day() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let cppcc = json!({ "preset": "beijing", "institution": "CPPCC" });
    admin.call("changeRules", change(&app, cppcc).await, "").await.payload("changeRules");
    let later = json!({ "preset": "henan", "effectiveFrom": "2026-03-01" });
    admin.call("changeRules", change(&app, later).await, "").await.payload("changeRules");
    let in_force = async |institution: Value| {
        let found = sets(&admin, json!({ "institution": institution })).await;
        found.iter().map(|row| (row["preset"].clone(), row["inForce"].clone())).collect::<Vec<_>>()
    };
    let row = |preset: &str, holds: bool| (json!(preset), json!(holds));
    assert_eq!(in_force(Value::Null).await, [row("henan", false), row("beijing", true), row("shanghai", true)]);
    assert_eq!(in_force(json!("CONGRESS")).await, [row("henan", false), row("shanghai", true)]);
    app.at("2026-03-01T00:00:00+08:00");
    assert_eq!(in_force(Value::Null).await, [row("henan", true), row("beijing", false), row("shanghai", false)]);

    let id = json!({ "id": sets(&admin, json!({})).await[0]["id"] });
    let node = "query($id: ID!) { node(id: $id) { ... on RuleSet { preset inForce } } }";
    assert_eq!(admin.gql(node, id.clone()).await.data("node"), &json!({ "preset": "henan", "inForce": true }));
    let stranger = app.sign_in("city-congress").await;
    assert_eq!(stranger.gql(node, id).await.data("node"), &Value::Null);
    let here = json!({ "region": app.directory().await.region("990101") });
    assert_eq!(stranger.gql(SETS, here).await.error_code(), "NOT_FOUND");
}

#[tokio::test]
async fn anybody_tries_rules_out_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let before = app.ledger().await;
    let deputy = app.sign_in("rep01").await;
    let presets = deputy.ask("{ rulePresets { name title regulation body } }").await;
    assert_eq!(presets.list("rulePresets").len(), 7);
    assert_eq!(presets.text("rulePresets.0.name"), "shanghai");
    assert!(presets.text("rulePresets.0.regulation").contains("上海"));

    let tried = deputy.gql(TRY, json!({ "input": { "startsOn": "2026-01-12" } })).await;
    assert_eq!(tried.data("tryRules.errors"), &json!([]));
    assert_eq!(tried.text("tryRules.deadlines.0.basis"), "REPLY");
    assert_eq!(tried.text("tryRules.deadlines.0.dueOn"), "2026-04-12");
    assert_eq!(tried.text("tryRules.deadlines.0.latestExtension"), "2026-07-12");
    assert!(tried.text("tryRules.deadlines.0.explanation").contains("第1版"));
    assert_eq!(tried.text("tryRules.milestones.1.dueOn"), "2026-02-22");
    assert_eq!(
        tried.data("tryRules.reminders.0"),
        &json!({ "day": "2026-01-14", "kind": "UNSIGNED", "level": 1,
        "roles": ["LIAISON"] })
    );

    let other = json!({ "input": { "preset": "qingdao", "startsOn": "2026-12-20",
        "overrides": r#"{"deadlines":{"returnWindow":{"unit":"WORKING_DAYS","amount":9}}}"# } });
    let tried = deputy.gql(TRY, other).await;
    let window = tried.list("tryRules.deadlines").iter().find(|one| one["basis"] == "RETURN_WINDOW").unwrap();
    assert_eq!((&window["dueOn"], &window["provisional"]), (&json!("2026-12-31"), &json!(false)));
    assert_eq!(window["label"], "申请退办");
    let reply = &tried.data("tryRules.deadlines.0");
    assert!(reply["explanation"].as_str().unwrap().contains("第2版"), "{reply}");

    let faulty =
        json!({ "input": { "startsOn": "2026-01-12", "overrides": r#"{"warning":{"redDaysLeft":-1},"x":1}"# } });
    let faulty = deputy.gql(TRY, faulty).await;
    let fields: Vec<_> = faulty.list("tryRules.errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, [json!(["overrides", "$.x"]), json!(["overrides", "$.warning.redDaysLeft"])]);
    assert_eq!(faulty.data("tryRules.deadlines"), &json!([]));
    let far = deputy.gql(TRY, json!({ "input": { "startsOn": "0206-01-12" } })).await;
    assert_eq!(far.data("tryRules.errors.0.field"), &json!(["startsOn"]));
    let id = sets(&deputy, json!({})).await[0]["id"].clone();
    let stored = json!({ "input": { "startsOn": "2026-01-12", "ruleSetId": id } });
    assert_eq!(deputy.gql(TRY, stored).await.text("tryRules.deadlines.0.dueOn"), "2026-04-12");
    let both = json!({ "input": { "startsOn": "2026-01-12", "ruleSetId": id, "preset": "henan" } });
    assert_eq!(deputy.gql(TRY, both).await.error_code(), "BAD_INPUT");
    let city = app.sign_in("city-congress").await;
    let foreign = json!({ "input": { "startsOn": "2026-01-12", "ruleSetId": id } });
    assert_eq!(city.gql(TRY, foreign).await.error_code(), "NOT_FOUND");
    assert_eq!(app.anonymous().ask("{ rulePresets { name } }").await.error_code(), "UNAUTHENTICATED");
    before.assert_same(&app.ledger().await, "trying rules out");
}
