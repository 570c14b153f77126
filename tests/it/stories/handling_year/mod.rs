//! A whole handling year, from the session in January to the promises carried into the next one.

mod autumn;
mod diary;
mod spring;
mod summer;

use crate::support::{Matter, TestApp};
use diary::Year;
use serde_json::{Value, json};

/// What is handled: `a` is slow and goes through everything, `c` is a proposal that is answered too late.
struct Matters {
    a: Matter,
    c: Matter,
}

/// The region lets a clock stand while a return is open, and moves a last day off to the next working day.
async fn rules(app: &TestApp) {
    app.change_rules(|rules| {
        rules["name"] = json!("清河区办理规则");
        rules["clock"]["pauseFor"] = json!(["RETURN"]);
        rules["deadlines"]["reassign"] = json!({ "unit": "WORKING_DAYS", "amount": 5, "roll": "NONE" });
        rules["deadlines"]["reply"]["roll"] = json!("NEXT_WORKING_DAY");
        rules["deadlines"]["replyExtended"]["roll"] = json!("NEXT_WORKING_DAY");
    })
    .await;
}

#[tokio::test]
async fn a_handling_year_is_lived_through_and_no_clock_loses_a_day() {
    let app = TestApp::new().await;
    app.at("2026-01-05T09:00:00+08:00");
    rules(&app).await;
    let mut year = Year::begin(app, "2026-01-05").await;
    let mut matters = Box::pin(spring::session(&mut year)).await;
    Box::pin(spring::released(&mut year, &mut matters)).await;
    Box::pin(summer::answered(&mut year, &mut matters)).await;
    Box::pin(summer::once_more(&mut year, &mut matters)).await;
    Box::pin(autumn::over_the_new_year(&mut year, &matters)).await;
    Box::pin(autumn::next_year(&mut year, &matters)).await;
    year.nothing_came_twice().await;
    the_lists_of_the_year(&year);
}

/// Whose morning list said what, from which day on; on the last day of a duty the list still names it.
fn the_lists_of_the_year(year: &Year) {
    let lists = [
        (
            "gov1",
            json!([
                ["2026-01-15", "待交办2件"],
                ["2026-03-03", "待签收1件"],
                ["2026-03-10", "待决定退办1件"],
                ["2026-03-16", "待决定退办1件;退办到期待决定1件"],
                ["2026-03-17", "待签收1件"],
                ["2026-03-26", ""],
                ["2026-05-19", "待决定延期1件"],
                ["2026-05-21", ""],
                ["2026-06-02", "今日到期1件"],
                ["2026-06-03", "已逾期1件"],
                ["2026-06-11", ""],
                ["2026-10-13", "待交办1件"],
                ["2026-10-21", "待交办1件;闭会件到期待交办1件"],
                ["2026-11-16", ""],
            ]),
        ),
        (
            "congress1",
            json!([
                ["2026-01-12", "待审查1件"],
                ["2026-01-15", ""],
                ["2026-07-23", "待审结反馈1件"],
                ["2026-07-27", ""],
                ["2027-02-25", "答复到期待公开1件"],
            ]),
        ),
        (
            "cppcc1",
            json!([
                ["2026-01-12", "待审查1件"],
                ["2026-01-15", ""],
                ["2026-06-03", "已逾期1件"],
                ["2026-06-11", ""],
                ["2026-07-09", "答复到期待公开1件"],
                ["2026-07-23", ""],
            ]),
        ),
        ("mayor1", json!([["2026-06-02", "今日到期1件"], ["2026-06-03", "已逾期1件"], ["2026-06-11", ""]])),
        ("leader1", json!([])),
        (
            "rep01",
            json!([
                ["2026-05-13", "待确认沟通1件"],
                ["2026-07-01", "待评价答复1件;待确认沟通1件"],
                ["2026-07-23", "待确认沟通1件"],
                ["2026-08-21", "待评价答复1件;待确认沟通1件"],
                ["2026-09-01", "待确认沟通1件"],
            ]),
        ),
        ("zjj-liaison", json!([["2026-03-03", "待签收1件"], ["2026-03-10", ""]])),
        (
            "mzj-liaison",
            json!([
                ["2026-03-17", "待签收1件"],
                ["2026-03-26", ""],
                ["2026-08-10", "即将到期1件"],
                ["2026-08-21", ""],
                ["2026-11-30", "承诺到期1件"],
                ["2026-12-09", ""],
                ["2027-03-31", "承诺到期1件"],
            ]),
        ),
        ("mzj-handler", json!([["2026-08-10", "即将到期1件"], ["2026-08-21", ""]])),
        (
            "jtj-liaison",
            json!([
                ["2026-05-19", "即将到期1件"],
                ["2026-06-02", "今日到期1件"],
                ["2026-06-03", "已逾期1件"],
                ["2026-06-11", ""],
            ]),
        ),
    ];
    for (username, wanted) in lists {
        assert_eq!(year.lists(username), wanted, "{username}");
    }
}

/// The handler reports a step.
async fn step(matter: &Matter, stage: &str) {
    let input = json!({ "assignmentId": matter.parts[0].id, "stage": stage, "note": "已完成" });
    matter.person(0, "handler").await.call("reportProgress", input, "").await.payload("reportProgress");
}

/// The office publishes the reply.
async fn publish(matter: &Matter) {
    let office = matter.office().await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
}

/// Drafted, reviewed and issued today.
async fn answer(matter: &mut Matter, outcome: &str, promises: Value) {
    let input = json!({
        "assignmentId": matter.parts[0].id, "body": "您提出的建议收悉,现答复如下。", "outcome": outcome,
        "disclosure": "PROACTIVE", "commitments": promises,
        "demandAnswers": [{ "demand": 0, "answer": "已布点。" }, { "demand": 1, "answer": "已印发。" }],
    });
    let drafted = matter.person(0, "handler").await.call("draftReply", input, "reply { id }").await;
    matter.parts[0].reply = drafted.payload("draftReply")["reply"]["id"].as_str().map(str::to_owned);
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
}
