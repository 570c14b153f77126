//! Early warning by the steps on the way: which is missing, since when, and whose it is.

use crate::support::daily::worker;
use crate::support::{Matter, TestApp};
use serde_json::{Value, json};

const READ: &str = "query($id: ID!) { submission(id: $id) { assignments {
    stageLags { stage dueOn since workingDays level basis responsible { id } } } } }";

async fn lags(app: &TestApp, username: &str, matter: &Matter) -> Vec<Value> {
    let seen = app.sign_in(username).await.gql(READ, json!({ "id": matter.id })).await;
    seen.list("submission.assignments").iter().flat_map(|part| part["stageLags"].as_array().unwrap().clone()).collect()
}

async fn stages(app: &TestApp, matter: &Matter) -> Vec<String> {
    let found = lags(app, "gov1", matter).await;
    found.iter().map(|lag| lag["stage"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_step_lags_from_the_day_after_its_milestone_until_it_is_done() {
    let app = TestApp::new().await;
    // Assigned on 10 February, due on 10 May: 89 days, of which 30, 45, 80 and 100 percent are the milestones.
    let mut matter = app.handling("rep01").await;
    app.at("2026-03-09T23:00:00+08:00");
    assert_eq!(stages(&app, &matter).await, [""; 0]);
    app.at("2026-03-10T00:00:00+08:00");
    let handler = app.user("mzj-handler").await;
    let wanted = json!({ "stage": "RESEARCH", "dueOn": "2026-03-09", "since": "2026-03-10", "workingDays": 1,
        "level": "YELLOW", "basis": "MILESTONE", "responsible": [{ "id": handler }] });
    assert_eq!(lags(&app, "gov1", &matter).await, [wanted]);
    app.at("2026-03-17T09:00:00+08:00");
    assert_eq!(lags(&app, "gov1", &matter).await[0]["level"], "RED", "missing for more than five working days");
    let report = json!({ "assignmentId": matter.parts[0].id, "stage": "RESEARCH", "note": "已调研" });
    matter.person(0, "handler").await.call("reportProgress", report, "").await.payload("reportProgress");
    assert_eq!(stages(&app, &matter).await, [""; 0]);
    app.at("2026-03-24T09:00:00+08:00");
    assert_eq!(stages(&app, &matter).await, ["CONTACT"]);
    matter.record_contact(0).await;
    assert_eq!(stages(&app, &matter).await, [""; 0]);
    app.at("2026-04-24T09:00:00+08:00");
    assert_eq!(stages(&app, &matter).await, ["REVIEW"]);
    matter.draft_reply(0, "SOLVED").await;
    assert_eq!(stages(&app, &matter).await, ["REVIEW"], "a draft is not yet handed in");
    matter.submit_reply(0).await;
    assert_eq!(stages(&app, &matter).await, [""; 0]);
    matter.review(0, "REJECT").await.payload("reviewReply");
    assert_eq!(stages(&app, &matter).await, ["REVIEW"], "what was sent back is a draft again");
    matter.submit_reply(0).await;
    app.at("2026-05-11T09:00:00+08:00");
    assert_eq!(stages(&app, &matter).await, ["WRITTEN_REPLY"]);
    matter.approve(0).await;
    matter.issue(0).await;
    assert_eq!(stages(&app, &matter).await, [""; 0]);
}

/// One answered matter of a region that contacts proposers on the ninth day of 89; the reply goes out on the 38th.
async fn answered(app: &TestApp, rep: &str) {
    app.at("2026-02-10T09:00:00+08:00");
    let mut matter = app.handling(rep).await;
    app.at("2026-02-19T09:00:00+08:00");
    matter.record_contact(0).await;
    app.at("2026-03-20T09:00:00+08:00");
    matter.draft_reply(0, "SOLVED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
}

#[tokio::test]
async fn a_region_that_used_to_be_faster_than_its_milestones_is_warned_by_its_own_pace() {
    let app = TestApp::new().await;
    for rep in 0..20 {
        answered(&app, &format!("rep{:02}", rep % 12 + 1)).await;
    }
    // The same night: what is answered this year is not yet the past.
    app.at("2026-12-31T03:00:00+08:00");
    assert_eq!(worker(&app).round().await.unwrap().paces, 0);
    app.at("2027-01-04T03:00:00+08:00");
    assert_eq!(worker(&app).round().await.unwrap().paces, 3, "contact, review and reply; nobody reported research");
    app.at("2027-01-05T09:00:00+08:00");
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    // Due on 5 April, after 90 days. Contact within 11 % of it: by the tenth day. The milestone is 15 February.
    app.at("2027-01-15T23:00:00+08:00");
    assert_eq!(stages(&app, &matter).await, [""; 0]);
    app.at("2027-01-16T09:00:00+08:00");
    let liaison = app.user("mzj-liaison").await;
    let wanted = json!({ "stage": "CONTACT", "dueOn": "2027-01-15", "since": "2027-01-16", "workingDays": 0,
        "level": "YELLOW", "basis": "PAST_PACE", "responsible": [{ "id": liaison }] });
    assert_eq!(lags(&app, "gov1", &matter).await, [wanted]);
    let gov = app.sign_in("gov1").await;
    let seen = gov.ask("{ assignments(filter: { boardFigure: LAGGING }) { totalCount } }").await;
    assert_eq!(seen.number("assignments.totalCount"), 1);
    app.at("2027-02-16T09:00:00+08:00");
    let found = lags(&app, "gov1", &matter).await;
    let contact = found.iter().find(|lag| lag["stage"] == "CONTACT").unwrap();
    assert_eq!((&contact["basis"], &contact["dueOn"]), (&json!("MILESTONE"), &json!("2027-02-15")));
}

#[tokio::test]
async fn before_there_is_a_handler_the_liaison_is_named_and_only_those_concerned_are_warned() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
    app.at("2026-03-10T09:00:00+08:00");
    let found = lags(&app, "gov1", &matter).await;
    assert_eq!(found.len(), 1, "the co-handling agency owes an opinion and no steps");
    assert_eq!(found[0]["responsible"], json!([{ "id": app.user("mzj-liaison").await }]));
    for (username, warned) in [
        ("congress1", true),
        ("mayor1", true),
        ("auditor", true),
        ("mzj-liaison", true),
        ("mzj-head", true),
        ("czj-liaison", false),
        ("rep01", false),
        ("rep02", false),
    ] {
        assert_eq!(!lags(&app, username, &matter).await.is_empty(), warned, "{username}");
    }
}

#[tokio::test]
async fn a_list_of_lags_costs_as_many_statements_for_many_as_for_few() {
    let app = TestApp::new().await;
    for i in 1..=12 {
        app.assigned(&format!("rep{i:02}"), &["mzj"], "SOLE").await;
    }
    app.at("2026-03-10T09:00:00+08:00");
    let gov = app.sign_in("gov1").await;
    let query = "query($first: Int!) { assignments(first: $first) { nodes { stageLags { stage responsible { name } }
        urgingCount urgings { message } submission { returnCount instructions { text } } } } }";
    let count = async |first: i32| {
        let (answer, statements) = app.counting(gov.gql(query, json!({ "first": first }))).await;
        assert_eq!(answer.list("assignments.nodes").len() as i32, first);
        assert_eq!(answer.text("assignments.nodes.0.stageLags.0.stage"), "RESEARCH");
        statements.len()
    };
    // Once before, so that the calendar is known.
    count(1).await;
    assert_eq!(count(2).await, count(12).await);
}
