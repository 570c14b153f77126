//! The server's daily work over a handling year: who is reminded of what on which day, once, and when not.

use crate::support::TestApp;
use crate::support::daily::{claimed_by_a_dead_worker, mornings, points, reminders, told, worker};
use api::work::Done;
use entity::notification;
use sea_orm::EntityTrait;
use serde_json::json;
use std::collections::BTreeMap;

#[tokio::test]
async fn the_ladder_is_climbed_step_by_step_on_working_days_alone() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    mornings(&app, "2026-02-10", "2026-05-20").await;
    // Counted by hand on the calendar of 2026: 14 February and 9 May are Saturdays on which people work.
    let wanted = json!({
        "UNSIGNED": ["2026-02-12", "2026-02-14"],
        "NO_CONTACT": ["2026-03-23", "2026-03-30"],
        "BEFORE_DUE": ["2026-03-24", "2026-04-15", "2026-04-27", "2026-05-06", "2026-05-08"],
        "DUE": ["2026-05-09"],
        "OVERDUE": ["2026-05-11", "2026-05-12", "2026-05-13", "2026-05-14", "2026-05-15", "2026-05-18", "2026-05-19", "2026-05-20"],
    });
    assert_eq!(json!(points(&app).await), wanted);

    // Nobody signed, so nobody is the handler: what is for him goes to the liaison.
    assert_eq!(told(&app, "BEFORE_DUE", "2026-03-24").await, ["mzj-liaison"]);
    assert_eq!(told(&app, "BEFORE_DUE", "2026-04-27").await, ["mzj-deputy", "mzj-liaison"]);
    let desk = ["mzj-deputy", "mzj-head", "mzj-liaison"];
    assert_eq!(told(&app, "BEFORE_DUE", "2026-05-06").await, desk);
    assert!(told(&app, "DUE", "2026-05-09").await.contains(&"gov1".to_owned()));
    assert!(told(&app, "OVERDUE", "2026-05-15").await.contains(&"mayor1".to_owned()), "five days late: the leader");
    assert!(!told(&app, "OVERDUE", "2026-05-14").await.contains(&"mayor1".to_owned()));

    // The inbox says it in words, and the trail tells the agency and the transfer office.
    let liaison = matter.person(0, "liaison").await;
    let seen = liaison.ask("{ viewer { notifications(first: 1) { nodes { title body submission { id } } } } }").await;
    let newest = seen.data("viewer.notifications.nodes.0");
    assert_eq!(newest["title"], "期限提醒");
    assert!(newest["body"].as_str().unwrap().contains("已逾期8个工作日(期限2026年5月10日)"), "{newest}");
    assert_eq!(newest["submission"]["id"], json!(matter.id));
    let trail = "query($id: ID!) { submission(id: $id) { timeline(first: 100) { nodes { action actor { id } } } } }";
    for (username, shown) in [("gov1", true), ("mzj-liaison", true), ("rep01", false), ("congress1", false)] {
        let seen = app.sign_in(username).await.gql(trail, json!({ "id": matter.id })).await;
        let entries = seen.list("submission.timeline.nodes");
        assert_eq!(entries.iter().any(|entry| entry["action"] == "REMINDED"), shown, "{username}");
        assert!(entries.iter().filter(|e| e["action"] == "REMINDED").all(|e| e["actor"].is_null()), "no person acted");
    }
}

#[tokio::test]
async fn what_is_done_in_time_reminds_nobody() {
    let app = TestApp::new().await;
    let mut matter = app.handling("rep01").await;
    matter.record_contact(0).await;
    mornings(&app, "2026-02-11", "2026-04-14").await;
    assert_eq!(json!(points(&app).await), json!({ "BEFORE_DUE": ["2026-03-24"] }));
    assert_eq!(told(&app, "BEFORE_DUE", "2026-03-24").await, ["mzj-handler"]);
    matter.draft_reply(0, "SOLVED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let before = reminders(&app).await.len();
    mornings(&app, "2026-04-15", "2026-05-06").await;
    let later: Vec<_> = reminders(&app).await.into_iter().skip(before).map(|one| one.kind).collect();
    assert!(later.iter().all(|kind| kind == "FEEDBACK"), "{later:?}");
}

#[tokio::test]
async fn nobody_is_reminded_outside_working_hours_or_twice() {
    let app = TestApp::new().await;
    app.assigned("rep01", &["mzj"], "SOLE").await;
    for quiet in ["2026-02-12T08:29:59+08:00", "2026-02-12T17:30:00+08:00", "2026-02-15T09:00:00+08:00"] {
        app.at(quiet);
        assert_eq!(worker(&app).round().await.unwrap(), Done::default(), "{quiet}");
    }
    app.at("2026-02-12T08:30:00+08:00");
    assert_eq!(worker(&app).round().await.unwrap().reminders, 1);
    assert_eq!(worker(&app).round().await.unwrap(), Done::default(), "the day is done");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_workers_at_once_remind_once() {
    let app = TestApp::new().await;
    for i in 1..=6 {
        app.assigned(&format!("rep{i:02}"), &["mzj", "jtj"], "LEAD_WITH_CO").await;
    }
    app.at("2026-02-12T09:00:00+08:00");
    let rounds = (0..8).map(|_| {
        let worker = worker(&app);
        tokio::spawn(async move { worker.round().await.unwrap().reminders })
    });
    let mut sum = 0;
    for round in futures_util::future::join_all(rounds).await {
        sum += round.unwrap();
    }
    assert_eq!(sum, 12, "one for each of two agencies and six matters");
    let notices = notification::Entity::find().all(app.deps.db.reader()).await.unwrap();
    assert_eq!(notices.iter().filter(|notice| notice.happening == "REMINDED").count(), 12);
}

#[tokio::test]
async fn the_work_of_a_dead_worker_is_done_by_another() {
    let app = TestApp::new().await;
    app.assigned("rep01", &["mzj"], "SOLE").await;
    claimed_by_a_dead_worker(&app, "reminders 990101", "2026-02-12", "2026-02-12T09:05:00+08:00").await;
    app.at("2026-02-12T09:04:59+08:00");
    assert_eq!(worker(&app).round().await.unwrap().reminders, 0, "the lease still runs");
    app.at("2026-02-12T09:05:01+08:00");
    assert_eq!(worker(&app).round().await.unwrap().reminders, 1);
}

#[tokio::test]
async fn after_an_outage_the_last_step_of_each_kind_is_made_up_for() {
    let app = TestApp::new().await;
    app.assigned("rep01", &["mzj"], "SOLE").await;
    mornings(&app, "2026-02-10", "2026-02-11").await;
    // Silent for weeks; back on the day after the due day.
    mornings(&app, "2026-05-11", "2026-05-11").await;
    assert_eq!(json!(points(&app).await), json!({ "OVERDUE": ["2026-05-11"] }), "thirty days are made up for");
    let app = TestApp::new().await;
    app.assigned("rep01", &["mzj"], "SOLE").await;
    mornings(&app, "2026-02-10", "2026-02-11").await;
    mornings(&app, "2026-02-25", "2026-02-25").await;
    assert_eq!(json!(points(&app).await), json!({ "UNSIGNED": ["2026-02-14"] }), "one for both missed steps");
}

#[tokio::test]
async fn a_clock_that_stands_or_was_moved_is_silent() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["clock"] = json!({ "pauseFor": ["RETURN"], "restartOnReassignment": [] })).await;
    let paused = app.assigned("rep01", &["mzj"], "SOLE").await;
    let liaison = paused.person(0, "liaison").await;
    let ask = json!({ "assignmentId": paused.parts[0].id, "version": liaison.version(&paused.parts[0].id).await,
        "reason": "不属于本单位职责", "proposedAgencyId": app.agency("jtj").await });
    let asked = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let request = asked.payload("requestReturn")["returnRequest"]["id"].as_str().unwrap().to_owned();
    let deadline = "query($id: ID!) { submission(id: $id) { deadline { dueOn overdue provisional explanation } } }";
    mornings(&app, "2026-02-11", "2026-02-28").await;
    assert_eq!(reminders(&app).await.len(), 0, "it stands");
    let seen = paused.lead().await.gql(deadline, json!({ "id": paused.id })).await;
    assert_eq!(seen.data("submission.deadline.provisional"), &json!(true));

    // Refused on 2 March: the nineteen days from 11 February on which it stood are given back.
    app.at("2026-03-02T10:00:00+08:00");
    let government = app.sign_in("gov1").await;
    let decide =
        json!({ "id": request, "version": government.version(&request).await, "approve": false, "reason": "请承办" });
    government.call("decideReturn", decide, "").await.payload("decideReturn");
    let seen = paused.lead().await.gql(deadline, json!({ "id": paused.id })).await;
    assert_eq!(seen.text("submission.deadline.dueOn"), "2026-05-29", "from 10 May");
    let told = seen.text("submission.deadline.explanation");
    assert!(told.contains("申请退办") && told.contains("暂停"), "{told}");

    // More time until 30 June: nothing falls due in May.
    let extended = app.handling("rep02").await;
    extended.record_contact(0).await;
    let liaison = extended.person(0, "liaison").await;
    let part = &extended.parts[0].id;
    let ask = json!({ "assignmentId": part, "version": liaison.version(part).await, "until": "2026-06-30", "reason": "情况复杂" });
    let asked = liaison.call("requestExtension", ask, "extensionRequest { id }").await;
    let request = asked.payload("requestExtension")["extensionRequest"]["id"].as_str().unwrap().to_owned();
    let decide =
        json!({ "id": request, "version": government.version(&request).await, "approve": true, "reason": "同意" });
    government.call("decideExtension", decide, "").await.payload("decideExtension");
    mornings(&app, "2026-05-29", "2026-06-03").await;
    let of_extended = reminders(&app).await.into_iter().filter(|r| r.submission_id.to_string() == extended.id);
    assert_eq!(of_extended.map(|r| r.kind).collect::<Vec<_>>(), ["BEFORE_DUE"], "fifteen working days before 30 June");
}

#[tokio::test]
async fn forms_and_promises_are_followed_up_and_the_year_ends_with_a_letter() {
    let app = TestApp::new().await;
    let mut matter = app.handling("rep01").await;
    matter.record_contact(0).await;
    matter.draft_reply(0, "PLANNED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let asked = "query($id: ID!) { submission(id: $id) { feedbacks { dueOn } commitments { dueOn } } }";
    let seen = matter.lead().await.gql(asked, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.feedbacks.0.dueOn"), "2026-03-16", "twenty working days");
    assert_eq!(seen.text("submission.commitments.0.dueOn"), "2026-08-29", "a Saturday");
    mornings(&app, "2026-02-11", "2026-12-02").await;
    let wanted = json!({
        "FEEDBACK": ["2026-03-09", "2026-03-16", "2026-03-23"],
        "PUBLICATION": ["2026-03-09", "2026-03-16", "2026-03-23"],
        "COMMITMENT": ["2026-08-07", "2026-08-28", "2026-09-04"],
        "YEAR_END": ["2026-12-01"],
    });
    assert_eq!(json!(points(&app).await), wanted);
    assert_eq!(told(&app, "FEEDBACK", "2026-03-09").await, ["rep01"]);
    let late = told(&app, "FEEDBACK", "2026-03-23").await;
    assert!(late.contains(&"congress1".to_owned()) && !late.iter().any(|name| name.starts_with("mzj")), "{late:?}");
    assert_eq!(told(&app, "YEAR_END", "2026-12-01").await, ["mzj-head", "mzj-liaison"]);
}

const LIST: &str = "{ morningList { day sections { item label count submissions { id } } } }";

#[tokio::test]
async fn each_role_finds_its_own_duties_on_its_morning_list_and_gets_it_once_a_day() {
    let app = TestApp::new().await;
    let overdue = app.handling("rep01").await;
    let rated = app.issued("rep02").await;
    rated.rate("SATISFIED").await;
    let asked = app.issued("rep03").await;
    let review = app.under_review("mem01").await;
    app.at("2026-05-11T08:00:00+08:00");
    let waiting = app.submitted("rep04").await;
    let planned = app.accepted("mem02").await;
    let fresh = app.assigned("rep05", &["jtj"], "SOLE").await;

    // What each finds: the item and the matters behind it.
    let found = async |username: &str| {
        let seen = app.sign_in(username).await.ask(LIST).await;
        assert_eq!(seen.text("morningList.day"), "2026-05-11");
        let sections = seen.list("morningList.sections").iter();
        sections.map(|s| (s["item"].as_str().unwrap().to_owned(), s["submissions"].clone())).collect::<BTreeMap<_, _>>()
    };
    let ids = |matters: &[&str]| json!(matters.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>());
    let list = |wanted: &[(&str, &[&str])]| -> BTreeMap<String, serde_json::Value> {
        wanted.iter().map(|(item, matters)| ((*item).to_owned(), ids(matters))).collect()
    };
    let late: &[&str] = &[&overdue.id, &review.id];
    assert_eq!(
        found("congress1").await,
        list(&[
            ("TO_REVIEW", &[&waiting.id]),
            ("FEEDBACK_TO_SETTLE", &[&rated.id]),
            ("PUBLICATION_DUE", &[&rated.id, &asked.id]),
            ("OVERDUE", &[&overdue.id]),
        ])
    );
    assert_eq!(found("cppcc1").await, list(&[("OVERDUE", &[&review.id])]));
    assert_eq!(
        found("gov1").await,
        list(&[("TO_ASSIGN", &[&planned.id]), ("OVERDUE", late), ("UNSIGNED", &[&fresh.id])])
    );
    assert_eq!(found("mzj-liaison").await, list(&[("REPLY_TO_REVIEW", &[&review.id]), ("OVERDUE", late)]));
    assert_eq!(found("mzj-deputy").await, list(&[("OVERDUE", late)]), "the liaison's step comes first");
    assert_eq!(found("jtj-liaison").await, list(&[("UNSIGNED", &[&fresh.id])]));
    assert_eq!(found("rep03").await, list(&[("FEEDBACK_TO_GIVE", &[&asked.id]), ("CONTACT_TO_CONFIRM", &[&asked.id])]));
    assert_eq!(found("auditor").await, BTreeMap::new());
    assert_eq!(found("city-congress").await, BTreeMap::new(), "another region");

    app.at("2026-05-11T08:30:00+08:00");
    assert!(worker(&app).round().await.unwrap().digests > 10);
    assert_eq!(worker(&app).round().await.unwrap(), Done::default());
    let inbox = "{ viewer { notifications(first: 5) { nodes { title body submission { id } } } } }";
    let seen = app.sign_in("congress1").await.ask(inbox).await;
    let lists: Vec<_> = seen.list("viewer.notifications.nodes").iter().filter(|n| n["title"] == "每日晨报").collect();
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0]["body"], "待审查1件;待审结反馈1件;答复到期待公开2件;已逾期1件");
    assert_eq!(lists[0]["submission"], json!(null));
    app.at("2026-05-12T08:30:00+08:00");
    assert!(worker(&app).round().await.unwrap().digests > 10, "another day, another list");
}
