//! What to mend in a text: told to those who write and to those who review, and to nobody else.

use crate::support::TestApp;
use serde_json::{Value, json};

const CHECK: &str = "query($input: CheckDraftInput!) { checkDraft(input: $input) { code field start end advice } }";

fn input(more: Value) -> Value {
    let mut input = json!({
        "title": "关于在南湖街道增设电动自行车充电桩的建议",
        "background": "南湖街道现有12个老旧小区,居民电动自行车约3000辆,仅有充电桩80个。",
        "analysis": "小区建成早,未预留充电设施用地和电力容量,物业企业没有建设资金。",
        "recommendations": "2026年底前在12个小区增设充电桩300个,费用由区财政补助。",
        "demands": ["在12个小区增设充电桩", "明确充电桩建设费用来源"],
    });
    input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    json!({ "input": input })
}

#[tokio::test]
async fn a_draft_is_looked_at_before_it_is_handed_in() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let before = app.ledger().await;
    assert_eq!(lead.gql(CHECK, input(json!({}))).await.list("checkDraft").len(), 0);
    let weak = json!({ "analysis": " ", "recommendations": "请适当增加小区充电桩数量,保障居民安全。",
        "demands": ["在12个小区增设充电桩", "提升乡村教师待遇水平"] });
    let found = lead.gql(CHECK, input(weak.clone())).await;
    let zh = json!([
        { "code": "PART_MISSING", "field": "analysis", "start": 0, "end": 0,
          "advice": "情况、分析、建议三部分都要写，请补充本部分。" },
        { "code": "VAGUE", "field": "recommendations", "start": 1, "end": 3,
          "advice": "表述含糊，请改为具体要求。" },
        { "code": "SEVERAL_MATTERS", "field": "demands.1", "start": 0, "end": 10,
          "advice": "一件只写一个事项，请把其他事项另提一件。" },
    ]);
    assert_eq!(found.data("checkDraft"), &zh);
    let named = json!({ "background": "南湖街道王大爷,手机13812345678,反映12个老旧小区居民电动自行车充电难。" });
    let found = lead.gql(CHECK, input(named)).await;
    let place = json!({ "code": "PERSONAL_DATA", "field": "background", "start": 10, "end": 21 });
    let told = found.list("checkDraft").iter().find(|one| one["code"] == "PERSONAL_DATA").cloned().expect("a finding");
    for (name, value) in place.as_object().unwrap() {
        assert_eq!(&told[name], value, "{told}");
    }
    let english = lead.clone().in_language("en").gql(CHECK, input(weak)).await;
    assert_eq!(english.text("checkDraft.1.advice"), "Vague: please say exactly what is asked.");
    app.ledger().await.assert_same(&before, "a check");
    for bad in
        [json!({ "title": "养\u{202e}老" }), json!({ "analysis": "老".repeat(20_001) }), json!({ "demands": [" "] })]
    {
        assert_eq!(lead.gql(CHECK, input(bad)).await.error_code(), "BAD_INPUT");
    }
    assert_eq!(app.anonymous().gql(CHECK, input(json!({}))).await.error_code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_reply_is_looked_at_by_those_inside_alone() {
    let app = TestApp::new().await;
    let mut matter = app.handling("rep01").await;
    let draft = json!({ "assignmentId": matter.parts[0].id, "outcome": "SOLVED", "disclosure": "PROACTIVE",
        "body": "您提出的社区养老助餐建议收悉。目前正在研究助餐点布局,条件尚不成熟。",
        "demandAnswers": [{ "demand": 0, "answer": "已在各街道布点。" }, { "demand": 1, "answer": "补贴办法已印发。" }],
        "commitments": [] });
    let handler = matter.person(0, "handler").await;
    let answer = handler.call("draftReply", draft, "reply { id }").await;
    let id = answer.payload("draftReply")["reply"]["id"].as_str().unwrap().to_owned();
    matter.parts[0].reply = Some(id.clone());
    let query = "query($id: ID!) { node(id: $id) { ... on Reply { textFindings { code field start end } } } }";
    let gov = app.sign_in("gov1").await;
    for reader in [&handler, &matter.person(0, "head").await, &gov] {
        let found = reader.gql(query, json!({ "id": id })).await;
        let codes: Vec<&Value> = found.list("node.textFindings").iter().map(|one| &one["code"]).collect();
        assert_eq!(codes, ["CLASS_CONTRADICTED", "CLASS_CONTRADICTED"]);
    }
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    for reader in [matter.lead().await, matter.office().await, app.sign_in("rep05").await] {
        let found = reader.gql(query, json!({ "id": id })).await;
        assert_eq!(found.data("node.textFindings"), &json!([]), "advice within the agency stays there");
    }
    assert_eq!(gov.gql(query, json!({ "id": id })).await.list("node.textFindings").len(), 2);
}

#[tokio::test]
async fn a_region_measures_texts_its_own_way_and_keeps_back_what_it_names() {
    let app = TestApp::new().await;
    let lead = app.sign_in("rep01").await;
    let query = "query($input: CheckDraftInput!) { checkDraft(input: $input) { code blocking } }";
    let vague = json!({ "recommendations": "2026年底前酌情在12个小区增设充电桩300个。" });
    assert_eq!(lead.gql(query, input(vague.clone())).await.list("checkDraft").len(), 0);
    app.change_text_checks(json!({ "vagueWords": ["酌情"], "blockSubmission": ["VAGUE"] })).await;
    let found = lead.gql(query, input(vague.clone())).await;
    assert_eq!(found.data("checkDraft"), &json!([{ "code": "VAGUE", "blocking": true }]));
    let mut text = input(vague)["input"].clone();
    text["kind"] = json!("SUGGESTION");
    let matter = app.draft_of("rep01", text).await;
    let refused = matter.write(&lead, "submit", &matter.id, json!({})).await;
    let (code, ..) = refused.refused("submit");
    assert_eq!(code, "GUARD_NOT_MET");
    let mended = json!({ "recommendations": "2026年底前在12个小区增设充电桩300个,费用由区财政补助。" });
    matter.write(&lead, "updateDraft", &matter.id, mended).await.payload("updateDraft");
    matter.submit().await;
}

#[tokio::test]
async fn a_reply_of_set_phrases_is_not_handed_in_where_the_region_says_so() {
    let app = TestApp::new().await;
    app.change_text_checks(json!({ "blockSignOff": ["CLASS_CONTRADICTED"] })).await;
    let mut matter = app.handling("rep01").await;
    let draft = json!({ "assignmentId": matter.parts[0].id, "outcome": "SOLVED", "disclosure": "PROACTIVE",
        "body": "您提出的社区养老助餐建议收悉。目前正在研究助餐点布局,条件尚不成熟。",
        "demandAnswers": [{ "demand": 0, "answer": "已在各街道布点。" }, { "demand": 1, "answer": "补贴办法已印发。" }],
        "commitments": [] });
    let handler = matter.person(0, "handler").await;
    let answer = handler.call("draftReply", draft, "reply { id }").await;
    let id = answer.payload("draftReply")["reply"]["id"].as_str().unwrap().to_owned();
    matter.parts[0].reply = Some(id.clone());
    let query = "query($id: ID!) { node(id: $id) { ... on Reply { textFindings { code blocking } } } }";
    let found = handler.gql(query, json!({ "id": id })).await;
    assert!(found.list("node.textFindings").iter().all(|one| one["blocking"] == true));
    let refused = matter.write(&handler, "submitReply", &id, json!({})).await;
    let (code, ..) = refused.refused("submitReply");
    assert_eq!(code, "GUARD_NOT_MET");
    let body = json!({ "body": "您提出的社区养老助餐建议收悉。各街道助餐点已全部建成,补贴办法已印发。" });
    matter.write(&handler, "updateReply", &id, body).await.payload("updateReply");
    matter.submit_reply(0).await;
}
