//! The papers on a handling year: bulletin, analysis before the assignment, yearly report.

use super::{ORDER, docx, holds, printed, wanted};
use crate::support::{Client, TestApp};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

async fn scope(app: &TestApp, more: Value) -> Value {
    let mut scope = json!({ "regionId": app.directory().await.region("990101"), "handlingYears": [2026] });
    for (name, value) in more.as_object().into_iter().flatten() {
        scope[name] = value.clone();
    }
    json!({ "scope": scope })
}

async fn text(client: &Client, kind: &str, scope: &Value) -> String {
    docx(&printed(client, kind, "DOCX", scope.clone()).await)
}

#[tokio::test]
async fn the_bulletin_says_how_far_each_agency_is_and_what_is_late() {
    let app = TestApp::new().await;
    app.rated("rep01", "SATISFIED").await;
    let late = app.assigned("rep02", &["czj"], "SOLE").await;
    app.at("2026-06-20T09:00:00+08:00");
    let gov = app.sign_in("gov1").await;
    let whole = scope(&app, json!({})).await;
    let bulletin = text(&gov, "BULLETIN", &whole).await;
    holds(
        &bulletin,
        &["清河区建议提案办理工作动态", "截至6月20日", "承办中1件，其中未签收1件", "逾期1件", "各承办单位"],
    );
    let title = gov.gql("query($id: ID!) { submission(id: $id) { title } }", json!({ "id": late.id })).await;
    holds(&bulletin, &["逾期情况", title.text("submission.title")]);
    // Of the other institution nothing is open and nothing late.
    let other = text(&gov, "BULLETIN", &scope(&app, json!({ "institution": "CPPCC" })).await).await;
    holds(&other, &["承办中0件"]);
    assert!(!other.contains("逾期情况"), "{other}");
}

#[tokio::test]
async fn the_analysis_compares_loads_agencies_and_names_what_may_be_disputed() {
    let app = TestApp::new().await;
    let returned = app.assigned("rep01", &["zjj"], "SOLE").await;
    returned.sign_for(0).await;
    let request = returned.ask_back(0, "mzj").await;
    let grant = json!({ "approve": true, "reason": "同意改办" });
    returned.write(&returned.government().await, "decideReturn", &request, grant).await.payload("decideReturn");
    app.accepted("rep02").await;
    // Brought in from the ledger of the year before, one of the same words.
    let title = returned
        .lead()
        .await
        .gql("query($id: ID!) { submission(id: $id) { title } }", json!({ "id": returned.id }))
        .await;
    let title = title.text("submission.title").to_owned();
    let ledger = format!(
        "年度,层级,届次,案号,类别,标题,领衔人,联名人数,会议/闭会,提出日期,交办日期,办理方式,主办单位,答复日期,办理结果\n\
        2025,区级,区十八届人大五次会议,7,建议,{title},邱海思,0,闭会,2025-05-20,2025-06-01,独办,清河区民政局,2025-08-10,已经解决\n"
    );
    let input = json!({ "fileName": "2025.csv", "content": STANDARD.encode(ledger) });
    let stored = app.sign_in("gov1").await.call("importLedger", input, "stored faults { line column message }").await;
    assert_eq!(stored.payload("importLedger")["stored"], 1, "{}", stored.payload("importLedger"));
    let gov = app.sign_in("gov1").await;
    let whole = scope(&app, json!({})).await;
    let analysis = text(&gov, "PRE_HANDLING_ANALYSIS", &whole).await;
    holds(&analysis, &["关于2026年建议提案的办前分析报告", "共受理2026年建议提案2件", "承办单位工作量", "已退办1次"]);
    holds(&analysis, &["按分类与上年比较", "清河区民政局"]);
    holds(&analysis, &["热点问题", "本年2件", "多年多次提出的问题", "2025年第7号已提出"]);
}

#[tokio::test]
async fn the_yearly_report_has_term_and_session_in_its_title() {
    let app = TestApp::new().await;
    let matter = app.rated("rep01", "SATISFIED").await;
    let label = json!({ "submissionId": matter.id, "label": "重点督办", "reason": "群众关切" });
    matter.office().await.call("supervise", label, "").await.payload("supervise");
    let gov = app.sign_in("gov1").await;
    let congress = scope(&app, json!({ "institution": "CONGRESS" })).await;
    let report = text(&gov, "YEARLY_REPORT", &congress).await;
    let title = "清河区人民政府关于区十八届人大六次会议代表建议办理情况的报告";
    holds(&report, &[title, "清河区人民代表大会常务委员会", "办复率=", "重点督办1件", "按承办单位"]);
    let proposals = text(&gov, "YEARLY_REPORT", &scope(&app, json!({ "institution": "CPPCC" })).await).await;
    holds(&proposals, &["政协清河区委员会", "提案办理情况的报告", "0件"]);
}

#[tokio::test]
async fn papers_on_a_year_are_for_those_who_answer_for_it_and_for_one_year() {
    let app = TestApp::new().await;
    app.rated("rep01", "SATISFIED").await;
    let congress = scope(&app, json!({ "institution": "CONGRESS" })).await;
    for (username, kind, allowed) in [
        ("gov1", "BULLETIN", true),
        ("congress1", "BULLETIN", true),
        ("mayor1", "PRE_HANDLING_ANALYSIS", true),
        ("congress1", "YEARLY_REPORT", true),
        ("mzj-head", "BULLETIN", false),
        ("mzj-head", "YEARLY_REPORT", false),
        ("mzj-liaison", "PRE_HANDLING_ANALYSIS", false),
        ("rep01", "BULLETIN", false),
        ("rep01", "PRE_HANDLING_ANALYSIS", false),
        ("admin", "BULLETIN", false),
    ] {
        let mut order = wanted(kind, "PDF", congress.clone());
        order["id"] = Value::Null;
        let answer = app.sign_in(username).await.gql(ORDER, order).await;
        if allowed {
            assert!(!answer.text("document.url").is_empty(), "{username} {kind}");
        } else {
            assert_eq!(answer.error_code(), "FORBIDDEN", "{username} {kind}");
        }
    }
    let gov = app.sign_in("gov1").await;
    for (kind, more) in [
        ("BULLETIN", json!({ "handlingYears": [2025, 2026] })),
        ("BULLETIN", json!({ "kinds": ["SUGGESTION"] })),
        ("YEARLY_REPORT", json!({})),
        ("PRE_HANDLING_ANALYSIS", json!({ "handlingYears": [2025, 2026] })),
    ] {
        let answer = gov.gql(ORDER, wanted(kind, "PDF", scope(&app, more).await)).await;
        assert_eq!(answer.error_code(), "BAD_INPUT", "{kind}");
    }
    let answer = gov.gql(ORDER, wanted("BULLETIN", "XLSX", congress)).await;
    assert_eq!(answer.error_code(), "BAD_INPUT");
}
