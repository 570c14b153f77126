//! Who hears of appraisals: the desks of the agencies when a year is announced, the office when one objects, and the desk
//! that objected when it is answered; each once, and nobody else.

use super::appraisal::{announce, scoring_rules};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

const INBOX: &str = "{ viewer { notifications(first: 100) { nodes { title body submission { id } consultation { id }
    appraisal { id handlingYear agency { id } } } } } }";
const ANNOUNCED: &str = "公布绩效考评结果";
const OBJECTED: &str = "承办单位对绩效考评提出异议";
const ANSWERED: &str = "答复绩效考评异议";

/// What the inbox of this person says of appraisals, newest first.
async fn told(app: &TestApp, name: &str) -> Vec<Value> {
    let answer = app.sign_in(name).await.ask(INBOX).await;
    let all = answer.list("viewer.notifications.nodes").iter();
    all.filter(|one| [ANNOUNCED, OBJECTED, ANSWERED].contains(&one["title"].as_str().unwrap())).cloned().collect()
}

async fn titles(app: &TestApp, name: &str) -> Vec<String> {
    told(app, name).await.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

/// A matter each of `mzj` and `jtj`, and the announcement of their year.
async fn announced(app: &TestApp) -> Client {
    for agency in ["mzj", "jtj"] {
        Box::pin(app.issued_by("rep02", &[agency], "SOLE")).await;
    }
    app.at("2026-02-12T09:00:00+08:00");
    let gov = app.sign_in("gov1").await;
    scoring_rules(&gov, 2026, |_| ()).await;
    announce(&gov, "2026-02-11").await;
    gov
}

#[tokio::test]
async fn an_announcement_reaches_the_desks_of_the_agencies_once() {
    let app = TestApp::new().await;
    let gov = announced(&app).await;
    for agency in ["mzj", "jtj"] {
        for duty in ["liaison", "deputy", "head"] {
            let name = format!("{agency}-{duty}");
            let [one] = &told(&app, &name).await[..] else { panic!("{name} is told once") };
            assert_eq!(one["title"], json!(ANNOUNCED), "{name}");
            assert_eq!(one["appraisal"]["agency"]["id"], json!(app.agency(agency).await), "{name}: its own");
            assert!(one["body"].as_str().unwrap().ends_with("2026年度(人大)"), "{name}: {one}");
            assert!(one["submission"].is_null() && one["consultation"].is_null());
        }
    }
    // Nobody without a right to read it, and no agency that had nothing to do with the year.
    for name in ["mzj-handler", "fgj-liaison", "fgj-head", "rep02", "congress1", "auditor", "mayor1", "admin", "gov1"] {
        assert_eq!(told(&app, name).await, [] as [Value; 0], "{name}");
    }
    let again = json!({ "institution": "CONGRESS", "handlingYear": 2026, "asOf": "2026-02-11" });
    assert_eq!(gov.call("announceAppraisal", again, "").await.refused("announceAppraisal").0, "INVALID_TRANSITION");
    assert_eq!(titles(&app, "mzj-liaison").await, [ANNOUNCED]);
    let english = app.sign_in("mzj-liaison").await.in_language("en").ask(INBOX).await;
    let found = english.list("viewer.notifications.nodes").iter().find(|one| !one["appraisal"].is_null()).unwrap();
    assert_eq!(found["title"], json!("Appraisal announced"));
    assert!(found["body"].as_str().unwrap().contains(", 2026 ("), "{found}");
}

#[tokio::test]
async fn an_objection_reaches_the_office_and_its_answer_the_desk_that_objected() {
    let app = TestApp::new().await;
    let gov = announced(&app).await;
    let liaison = app.sign_in("mzj-liaison").await;
    let id = told(&app, "mzj-liaison").await[0]["appraisal"]["id"].clone();
    let id = id.as_str().unwrap();
    let object = json!({ "id": id, "version": liaison.version(id).await, "reason": "通报不属本单位" });
    liaison.call("objectToAppraisal", object, "").await.payload("objectToAppraisal");
    let [one] = &told(&app, "gov1").await[..] else { panic!("the office is told once") };
    assert_eq!((&one["title"], &one["appraisal"]["id"]), (&json!(OBJECTED), &json!(id)));
    assert!(!one.to_string().contains("通报不属本单位"), "the reason stands with the appraisal alone");
    for name in ["mzj-liaison", "mzj-head", "jtj-liaison"] {
        assert_eq!(titles(&app, name).await, [ANNOUNCED], "{name}");
    }

    app.at("2026-02-12T10:00:00+08:00");
    let uphold = json!({ "id": id, "version": gov.version(id).await, "reason": "核查无误" });
    gov.call("answerObjection", uphold, "").await.payload("answerObjection");
    for name in ["mzj-liaison", "mzj-deputy", "mzj-head"] {
        assert_eq!(titles(&app, name).await, [ANSWERED, ANNOUNCED], "{name}");
    }
    for (name, before) in [("jtj-liaison", &[ANNOUNCED][..]), ("jtj-head", &[ANNOUNCED]), ("gov1", &[OBJECTED])] {
        assert_eq!(titles(&app, name).await, before, "{name}");
    }
}

#[tokio::test]
async fn an_inbox_of_many_appraisals_takes_as_many_statements_as_one_of_one() {
    let app = TestApp::new().await;
    let gov = announced(&app).await;
    let liaison = app.sign_in("mzj-liaison").await;
    let (one, few) = app.counting(liaison.ask(INBOX)).await;
    let findings = json!({ "institution": "CPPCC", "handlingYear": 2026, "agencyId": app.agency("mzj").await,
        "findings": [{ "code": "EXEMPLARY_CASE", "times": 1, "reason": "案例" }] });
    gov.call("recordFindings", findings, "").await.payload("recordFindings");
    let input = json!({ "institution": "CPPCC", "handlingYear": 2026, "asOf": "2026-02-11" });
    gov.call("announceAppraisal", input, "").await.payload("announceAppraisal");
    let (two, more) = app.counting(liaison.ask(INBOX)).await;
    let appraisals = |answer: &crate::support::Answer| {
        answer.list("viewer.notifications.nodes").iter().filter(|one| !one["appraisal"].is_null()).count()
    };
    assert_eq!((appraisals(&one), appraisals(&two)), (1, 2));
    assert_eq!(few.len(), more.len(), "{more:#?}");
}
