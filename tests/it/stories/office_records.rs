//! What the offices wrote and made known in a year, and the sentences of the yearly summary that come out of it.

use crate::refusals::{refused, with};
use crate::support::{Client, TestApp};
use domain::refusal::Refusal;
use serde_json::{Value, json};

/// A record as people write it.
pub fn record_input(kind: &str, title: &str) -> Value {
    json!({ "kind": kind, "title": title, "issuedOn": "2026-02-09" })
}

/// Records it, and gives its id.
pub async fn recorded(client: &Client, input: Value) -> String {
    let answer = client.call("createOfficeRecord", input, "record { id }").await;
    answer.payload("createOfficeRecord")["record"]["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn the_figures_of_the_yearly_summary_come_out_of_the_records() {
    let app = TestApp::new().await;
    app.at("2026-12-20T10:00:00+08:00");
    let gov = app.sign_in("gov1").await;
    let of = |kind: &str, title: &str, more: Value| {
        with(with(record_input(kind, title), json!({ "issuedOn": "2026-05-20" })), more)
    };
    // 指导性、报告性文稿20余篇
    let arrangement =
        of("ARRANGEMENT", "关于做好2026年建议提案办理工作的安排意见", json!({ "number": "清政发〔2026〕3号" }));
    recorded(&gov, arrangement).await;
    for (kind, count) in [("WORK_PLAN", 8), ("ANALYSIS", 2), ("REPORT", 4), ("OTHER_DOCUMENT", 7)] {
        for number in 0..count {
            recorded(&gov, of(kind, &format!("文稿{number}"), json!({}))).await;
        }
    }
    // 《办理工作动态》3篇
    for issue in 1..=3 {
        recorded(&gov, of("BULLETIN", "办理工作动态", json!({ "number": format!("第{issue}期") }))).await;
    }
    // 政务公开20余件
    let posted = json!({ "items": 21, "link": "https://www.example.gov.cn/jytabl/" });
    recorded(&gov, of("OPENNESS", "建议提案复文公开", posted)).await;
    // “政协民心桥”系列节目4次, by the office of the CPPCC.
    let series = json!({ "outlet": "区广播电视台", "programme": "政协民心桥", "items": 4 });
    recorded(&app.sign_in("cppcc1").await, of("MEDIA", "政协民心桥系列节目", series)).await;
    // Of another year.
    recorded(&gov, of("BULLETIN", "办理工作动态", json!({ "number": "第1期", "handlingYear": 2025 }))).await;

    let query =
        "query($year: Int) { officeRecordCounts(handlingYear: $year) { handlingYear kind isDocument records items } }";
    for reader in ["gov1", "congress1", "mzj-liaison", "mayor1", "auditor"] {
        let seen = app.sign_in(reader).await.gql(query, json!({ "year": 2026 })).await;
        let rows = seen.list("officeRecordCounts").to_vec();
        let sum = |fits: &dyn Fn(&Value) -> bool, what: &str| -> i64 {
            rows.iter().filter(|row| fits(row)).filter_map(|row| row[what].as_i64()).sum()
        };
        assert_eq!(sum(&|row| row["isDocument"] == json!(true), "records"), 22);
        assert_eq!(sum(&|row| row["kind"] == json!("BULLETIN"), "records"), 3);
        assert_eq!(sum(&|row| row["kind"] == json!("OPENNESS"), "items"), 21);
        assert_eq!(sum(&|row| row["kind"] == json!("MEDIA"), "items"), 4);
        assert!(rows.iter().all(|row| row["handlingYear"] == json!(2026)));
    }
    let all = gov.gql(query, json!({})).await;
    assert_eq!(all.list("officeRecordCounts").last().expect("a year")["handlingYear"], 2025, "the latest comes first");
    for stranger in ["rep01", "mem01", "admin"] {
        let answer = app.sign_in(stranger).await.gql(query, json!({})).await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{stranger}");
    }
    let elsewhere = app.sign_in("city-congress").await.gql(query, json!({})).await;
    assert_eq!(elsewhere.data("officeRecordCounts"), &json!([]), "each region has its own");
}

#[tokio::test]
async fn an_office_changes_and_withdraws_its_own_records_alone() {
    let app = TestApp::new().await;
    let (gov, congress) = (app.sign_in("gov1").await, app.sign_in("congress1").await);
    let numbered = with(record_input("ARRANGEMENT", "安排意见"), json!({ "number": "清政发〔2026〕3号" }));
    let id = recorded(&gov, numbered.clone()).await;
    refused(&gov, "createOfficeRecord", numbered.clone(), Refusal::DocumentNoTaken.at("number")).await;
    recorded(&congress, numbered).await;
    let change = json!({ "id": id, "version": 1, "title": "x" });
    let foreign = congress.call("updateOfficeRecord", change.clone(), "").await;
    assert_eq!(foreign.error_code(), "FORBIDDEN");
    assert_eq!(
        app.sign_in("mzj-liaison").await.call("updateOfficeRecord", change.clone(), "").await.error_code(),
        "FORBIDDEN"
    );
    assert_eq!(app.sign_in("rep01").await.call("updateOfficeRecord", change, "").await.error_code(), "NOT_FOUND");

    let change =
        json!({ "id": id, "version": 1, "title": "关于办理工作的安排意见", "link": "https://example.gov.cn/3" });
    let changed = gov.call("updateOfficeRecord", change.clone(), "record { version title number link items }").await;
    let expected = json!({ "version": 2, "title": "关于办理工作的安排意见", "number": "清政发〔2026〕3号",
        "link": "https://example.gov.cn/3", "items": 1 });
    assert_eq!(changed.payload("updateOfficeRecord")["record"], expected, "what is left out stays");
    refused(&gov, "updateOfficeRecord", change, Refusal::Stale.at("version")).await;

    let withdraw = json!({ "id": id, "version": 2, "reason": "重复登记" });
    gov.call("withdrawOfficeRecord", withdraw, "").await.payload("withdrawOfficeRecord");
    let seen = gov.ask("{ officeRecords { totalCount nodes { institution } } officeRecordCounts { records } }").await;
    assert_eq!(seen.data("officeRecords"), &json!({ "totalCount": 1, "nodes": [{ "institution": "CONGRESS" }] }));
    assert_eq!(seen.data("officeRecordCounts"), &json!([{ "records": 1 }]));
    let node = "query($id: ID!) { node(id: $id) { ... on OfficeRecord { withdrawnAt withdrawalReason } } }";
    assert_eq!(congress.gql(node, json!({ "id": id })).await.text("node.withdrawalReason"), "重复登记");
    let trail = app.sign_in("auditor").await.ask("{ officeTrail { nodes { action subject } } }").await;
    let actions: Vec<&Value> =
        trail.list("officeTrail.nodes").iter().filter(|e| e["subject"] == json!(id)).map(|e| &e["action"]).collect();
    assert_eq!(actions, ["RECORD_WITHDRAWN", "RECORD_CHANGED", "RECORD_KEPT"]);
}

#[tokio::test]
async fn a_faulty_record_is_refused_field_by_field() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let url = Refusal::NotAmong { allowed: "https://…, http://…".into() };
    for (more, refusal) in [
        (json!({ "kind": "BULLETIN" }), Refusal::Required.at("number")),
        (json!({ "kind": "MEDIA" }), Refusal::Required.at("outlet")),
        (json!({ "issuedOn": "2026-02-11" }), Refusal::InFuture.at("issuedOn")),
        (json!({ "items": 0 }), Refusal::NotAmong { allowed: "1–10000".into() }.at("items")),
        (json!({ "link": "javascript:alert(1)" }), url.clone().at("link")),
        (json!({ "link": "https://example.cn/a b" }), url.at("link")),
    ] {
        refused(&gov, "createOfficeRecord", with(record_input("OPENNESS", "公开"), more), refusal).await;
    }
}

#[tokio::test]
async fn the_matters_of_a_record_are_shown_to_those_who_may_read_them() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let (first, second) = (app.handling("rep01").await, app.assigned("rep02", &["jtj"], "SOLE").await);
    let about = json!({ "outlet": "《时讯》", "submissionIds": [first.id, second.id] });
    let id = recorded(&gov, with(record_input("MEDIA", "办理工作见成效"), about)).await;
    let node = "query($id: ID!) { node(id: $id) { ... on OfficeRecord { title submissions { id } } } }";
    for (reader, count) in [("gov1", 2), ("congress1", 2), ("mzj-liaison", 1), ("jtj-liaison", 1), ("zjj-liaison", 0)] {
        let seen = app.sign_in(reader).await.gql(node, json!({ "id": id })).await;
        assert_eq!(seen.list("node.submissions").len(), count, "{reader}");
    }
    let hidden = app.draft("rep03").await;
    let about = json!({ "outlet": "《时讯》", "submissionIds": [hidden.id] });
    let answer = gov.call("createOfficeRecord", with(record_input("MEDIA", "报道"), about), "").await;
    assert_eq!(answer.error_code(), "NOT_FOUND", "what the office may not know of cannot be named");
}
