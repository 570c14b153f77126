//! A proposal in the name of a body: on its papers, in the figures, before the public, and out of a ledger.

use super::{holds, text};
use crate::support::{Client, Matter, TestApp, draft_input};
use api::use_cases::importing_ledger::{ImportLedger, import_file};
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

async fn answered(mut matter: Matter) -> Matter {
    matter.bring_into_hands("mzj").await;
    matter.answer().await;
    matter
}

async fn by_proposer(app: &TestApp) -> Value {
    let scope = json!({ "regionId": app.directory().await.region("990101"), "handlingYears": [2026] });
    let answer = app.sign_in("gov1").await.gql(FIGURES, json!({ "scope": scope })).await;
    answer.data("statistics.years.0.byProposer").clone()
}

#[tokio::test]
async fn a_body_proposes_is_answered_and_is_counted() {
    let app = TestApp::new().await;
    let matter = answered(proposed(&app, "mem01").await).await;
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
    let matter = answered(app.draft_of("mem01", input).await).await;
    matter.write(&matter.office().await, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    let shown =
        app.anonymous().ask("{ publicSubmissions { nodes { title body proposerName replies { body } } } }").await;
    assert_eq!(shown.list("publicSubmissions.nodes").len(), 1);
    assert!(!shown.body.to_string().contains("民盟"), "{}", shown.body);
}

#[tokio::test]
async fn a_ledger_that_names_a_body_brings_in_its_proposal() {
    let app = TestApp::new().await;
    let sample = include_str!("../../../api/data/ledger/2019.csv");
    let mut lines = sample.lines();
    let header = lines.next().expect("a header");
    let mut proposals = lines.filter(|line| line.contains(",提案,"));
    let (one, other) = (proposals.next().expect("a proposal"), proposals.next().expect("another"));
    let named = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[7] = BODY;
        cells.join(",")
    };
    let bytes = format!("{header}\n{}\n{other}\n", named(one)).into_bytes();
    let ledger = ImportLedger { file_name: "2019.csv".into(), bytes, dry_run: false, skip_faulty: false };
    import_file(&app.deps, "990101", ledger).await.unwrap().unwrap();
    let auditor = app.sign_in("auditor").await;
    let query = "{ submissions(first: 10) { nodes { collective { kind name } } } }";
    let seen = auditor.ask(query).await;
    let bodies: Vec<&Value> = seen.list("submissions.nodes").iter().map(|one| &one["collective"]).collect();
    assert_eq!(bodies.len(), 2);
    assert!(
        bodies.contains(&&json!({ "kind": "PARTY", "name": BODY })) && bodies.contains(&&Value::Null),
        "{bodies:?}"
    );
}
