//! A proposal in the name of a body: on its papers, in the figures, before the public, and out of a ledger.

use super::{holds, text};
use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

const BODY: &str = "民盟清河区委员会";
const SEEN: &str = "query($id: ID!) { submission(id: $id) { collective { kind name } leadProposer { name } } }";
const FIGURES: &str = "query($scope: StatisticsScope!) { statistics(scope: $scope) {
    years { byProposer { key label count } } } }";

async fn seen(client: &Client, matter: &Matter) -> Value {
    client.gql(SEEN, json!({ "id": matter.id })).await.data("submission.collective").clone()
}

async fn proposed(app: &TestApp, member: &str) -> Matter {
    let mut input = draft_input("PROPOSAL", "关于完善社区养老服务的提案");
    input["collective"] = json!({ "kind": "PARTY", "name": BODY });
    app.draft_of(member, input).await
}

async fn by_proposer(app: &TestApp) -> Value {
    let scope = json!({ "regionId": app.directory().await.region("990101"), "handlingYears": [2026] });
    let answer = app.sign_in("gov1").await.gql(FIGURES, json!({ "scope": scope })).await;
    answer.data("statistics.years.0.byProposer").clone()
}

#[tokio::test]
async fn a_body_proposes_is_answered_and_is_counted() {
    let app = TestApp::new().await;
    let mut matter = proposed(&app, "mem01").await;
    matter.submit().await;
    matter.accept().await;
    matter.plan(&["mzj"], "SOLE").await;
    matter.release().await;
    matter.sign_for(0).await;
    matter.start_handling(0).await;
    matter.answer().await;
    let told = json!({ "kind": "PARTY", "name": BODY });
    for reader in [matter.lead().await, matter.office().await, matter.person(0, "handler").await] {
        assert_eq!(seen(&reader, &matter).await, told);
    }
    let lead = matter.lead().await;
    let name = lead.ask("{ viewer { user { name } } }").await.text("viewer.user.name").to_owned();
    let form = text(&lead, "SUBMISSION_FORM", &matter.id).await;
    holds(&form, &[BODY, "组织名称", "联系人", &name]);
    let letter = text(&lead, "REPLY_LETTER", matter.reply(0)).await;
    holds(&letter, &[&format!("{BODY}：")]);
    assert!(!letter.contains(&format!("{name}委员")), "the letter goes to the body: {letter}");

    app.accepted("mem02").await;
    let counted = json!([
        { "key": "INDIVIDUAL", "label": "个人", "count": 1 }, { "key": "PARTY", "label": "党派", "count": 1 }
    ]);
    assert_eq!(by_proposer(&app).await, counted);

    matter.write(&matter.office().await, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    let shown = app.anonymous().ask("{ publicSubmissions { nodes { proposerName } } }").await;
    assert_eq!(shown.text("publicSubmissions.nodes.0.proposerName"), BODY);
}

#[tokio::test]
async fn a_draft_may_become_one_of_persons_again() {
    let app = TestApp::new().await;
    let matter = proposed(&app, "mem01").await;
    let lead = matter.lead().await;
    let change = async |collective: Value| {
        let input = json!({ "collective": collective });
        matter.write(&lead, "updateDraft", &matter.id, input).await.payload("updateDraft");
        seen(&lead, &matter).await
    };
    let group = json!({ "kind": "MEMBER_GROUP", "name": "东关街道委员联络组" });
    assert_eq!(change(group.clone()).await, group);
    matter.write(&lead, "updateDraft", &matter.id, json!({ "title": "关于助餐点的提案" })).await.payload("updateDraft");
    assert_eq!(seen(&lead, &matter).await, group, "what is left out stays");
    assert_eq!(change(Value::Null).await, Value::Null);
}

#[tokio::test]
async fn who_may_not_know_the_proposers_does_not_learn_the_body() {
    let app = TestApp::new().await;
    let mut input = draft_input("PROPOSAL", "关于完善社区养老服务的提案");
    input["collective"] = json!({ "kind": "PARTY", "name": BODY });
    input["background"] = json!(format!("{BODY}调研发现,助餐点不足。"));
    input["withholdNames"] = json!(true);
    let mut matter = app.draft_of("mem01", input).await;
    matter.submit().await;
    matter.accept().await;
    matter.plan(&["mzj"], "SOLE").await;
    matter.release().await;
    matter.sign_for(0).await;
    matter.start_handling(0).await;
    matter.answer().await;
    matter.write(&matter.office().await, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    let shown =
        app.anonymous().ask("{ publicSubmissions { nodes { title body proposerName replies { body } } } }").await;
    assert_eq!(shown.list("publicSubmissions.nodes").len(), 1);
    assert!(!shown.body.to_string().contains("民盟"), "{}", shown.body);
}
