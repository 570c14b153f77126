//! The holidays of a year arrive: due days that rested on a guess move, and those concerned are told once.

use crate::support::counter::Statements;
use crate::support::{Client, Matter, TestApp, wiring};
use api::use_cases::importing_calendar::{ImportError, import_files};
use api::use_cases::recomputing::{Recomputed, recompute};
use domain::ids::{AssignmentId, SubmissionId};
use domain::rules::legal_day::legal_day;
use entity::{assignment, submission};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const DUE: &str = "query($id: ID!) { submission(id: $id) { deadline { dueOn provisional explanation }
    timeline(first: 100) { nodes { action summary actor { name } } } } }";
const IMPORTED: &str = "calendar { published notice days { date kind name } } created updated removed movedDueDays";
const INBOX: &str = "{ viewer { notifications(first: 100) { nodes { title body } } } }";

fn file(year: i32, days: &[(&str, &str)]) -> String {
    let days: Vec<Value> =
        days.iter().map(|(date, kind)| json!({ "date": date, "name": "元旦", "kind": kind })).collect();
    json!({ "format": "calendar/1", "year": year, "notice": format!("国办关于{year}年部分节假日安排的通知"), "days": days })
        .to_string()
}

/// New year's day on a Friday, and no make-up day.
fn of_2027() -> String {
    file(2027, &[("2027-01-01", "HOLIDAY"), ("2027-01-02", "HOLIDAY"), ("2027-01-03", "HOLIDAY")])
}

/// A reply within thirty working days.
async fn thirty_working_days(app: &TestApp) {
    app.change_rules(|rules| {
        rules["deadlines"]["reply"] = json!({ "unit": "WORKING_DAYS", "amount": 30, "roll": "NONE" });
        rules["deadlines"]["replyExtended"] = json!({ "unit": "WORKING_DAYS", "amount": 60, "roll": "NONE" });
    })
    .await;
}

/// A matter of rep01 in the hands of mzj since December 2026, due in January 2027.
async fn over_the_new_year(app: &TestApp) -> Matter {
    thirty_working_days(app).await;
    let matter = app.planned("rep01", &["mzj"], "SOLE").await;
    app.at("2026-12-01T09:00:00+08:00");
    matter.release().await;
    matter.sign_for(0).await;
    matter.start_handling(0).await;
    matter
}

/// How often this person was told that a due day moved, and the last body.
async fn told(client: &Client) -> (usize, String) {
    let inbox = client.ask(INBOX).await;
    let notices = inbox.list("viewer.notifications.nodes").iter();
    let moved: Vec<&Value> = notices.filter(|one| one["title"] == "期限随节假日安排调整").collect();
    (moved.len(), moved.first().map(|one| one["body"].as_str().unwrap().to_owned()).unwrap_or_default())
}

/// The stored due days of the matter and of its first part.
async fn stored(app: &TestApp, matter: &Matter) -> (String, String) {
    let conn = app.deps.db.reader();
    let id: SubmissionId = matter.id.parse().unwrap();
    let part: AssignmentId = matter.parts[0].id.parse().unwrap();
    let row = submission::Entity::find_by_id(id).one(conn).await.unwrap().unwrap();
    let part = assignment::Entity::find_by_id(part).one(conn).await.unwrap().unwrap();
    (row.due_on.unwrap().to_string(), part.due_on.unwrap().to_string())
}

#[tokio::test]
async fn a_due_day_in_a_year_to_come_is_provisional_and_moves_when_the_year_arrives() {
    let app = TestApp::new().await;
    let matter = over_the_new_year(&app).await;
    let lead = matter.lead().await;
    let before = lead.gql(DUE, json!({ "id": matter.id })).await;
    assert_eq!(before.text("submission.deadline.dueOn"), "2027-01-12");
    assert_eq!(before.data("submission.deadline.provisional"), &json!(true));
    let guessed = before.text("submission.deadline.explanation").to_owned();
    assert!(guessed.contains("2027年"), "{guessed}");

    let admin = app.sign_in("admin").await;
    let answer = admin.call("importCalendar", json!({ "json": of_2027() }), IMPORTED).await;
    let payload = answer.payload("importCalendar");
    assert_eq!((&payload["created"], &payload["movedDueDays"]), (&json!(3), &json!(1)));
    assert_eq!(payload["calendar"]["published"], json!(true));
    assert_eq!(payload["calendar"]["days"][0], json!({ "date": "2027-01-01", "kind": "HOLIDAY", "name": "元旦" }));

    let after = lead.gql(DUE, json!({ "id": matter.id })).await;
    assert_eq!(after.text("submission.deadline.dueOn"), "2027-01-13");
    assert_eq!(after.data("submission.deadline.provisional"), &json!(false));
    assert_eq!(stored(&app, &matter).await, ("2027-01-13".into(), "2027-01-13".into()));
    let moved: Vec<&Value> =
        after.list("submission.timeline.nodes").iter().filter(|entry| entry["action"] == "DUE_DAY_MOVED").collect();
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0]["summary"], "期限随节假日安排调整:2027-01-12 → 2027-01-13");
    assert_eq!(moved[0]["actor"], Value::Null, "the server itself");

    let concerned = ["rep01", "congress1", "congress2", "gov1", "gov2", "mzj-liaison", "mzj-handler"];
    for username in concerned {
        let (times, body) = told(&app.sign_in(username).await).await;
        assert_eq!(times, 1, "{username}");
        assert!(body.ends_with("2027-01-12 → 2027-01-13"), "{username}: {body}");
    }
    for username in ["rep02", "mzj-head", "jtj-liaison", "cppcc1"] {
        assert_eq!(told(&app.sign_in(username).await).await.0, 0, "{username} has nothing to do with it");
    }

    let ledger = app.ledger().await;
    let again = admin.call("importCalendar", json!({ "json": of_2027() }), IMPORTED).await;
    let payload = again.payload("importCalendar");
    for none in ["created", "updated", "removed", "movedDueDays"] {
        assert_eq!(payload[none], json!(0), "{none}");
    }
    ledger.assert_same(&app.ledger().await, "the same file again");
}

#[tokio::test]
async fn a_corrected_notice_replaces_the_one_before() {
    let app = TestApp::new().await;
    let matter = over_the_new_year(&app).await;
    let admin = app.sign_in("admin").await;
    admin.call("importCalendar", json!({ "json": of_2027() }), "").await.payload("importCalendar");
    let corrected = file(2027, &[("2027-01-01", "HOLIDAY"), ("2027-01-03", "MAKE_UP")]);
    let answer = admin.call("importCalendar", json!({ "json": corrected }), IMPORTED).await;
    let payload = answer.payload("importCalendar");
    assert_eq!((&payload["created"], &payload["updated"], &payload["removed"]), (&json!(0), &json!(1), &json!(1)));
    assert_eq!(payload["movedDueDays"], json!(1));
    assert_eq!(stored(&app, &matter).await.0, "2027-01-12");
    assert_eq!(told(&matter.lead().await).await.0, 2, "each move is told");
    // Days of the notice for 2018 lie in the December before; a new notice for 2017 leaves them alone.
    let of_2017 = "query { calendar(year: 2017) { days { date } } }";
    let days = async || admin.ask(of_2017).await.list("calendar.days").to_vec();
    let before = days().await;
    admin.call("importCalendar", json!({ "json": file(2017, &[]) }), "").await.payload("importCalendar");
    let left = days().await;
    assert!(before.len() > left.len());
    assert!(left.iter().all(|day| day["date"].as_str().unwrap().starts_with("2017-12-3")), "{left:?}");
}

#[tokio::test]
async fn a_regions_own_holiday_lies_over_the_national_days_and_holds_there_alone() {
    let app = TestApp::new().await;
    let matter = over_the_new_year(&app).await;
    let admin = app.sign_in("admin").await;
    let here = app.directory().await.region("990101");
    let own = json!({ "json": file(2026, &[("2026-12-08", "HOLIDAY")]), "regionId": here });
    let answer = admin.call("importCalendar", own, IMPORTED).await;
    assert_eq!(answer.payload("importCalendar")["movedDueDays"], json!(1));
    assert_eq!(stored(&app, &matter).await.0, "2027-01-13");
    let year = "{ calendar(year: 2026) { published days { date } } }";
    let sees = async |username: &str| {
        let answer = app.sign_in(username).await.ask(year).await;
        assert_eq!(answer.data("calendar.published"), &json!(true), "{username}");
        answer.list("calendar.days").contains(&json!({ "date": "2026-12-08" }))
    };
    assert!(sees("rep01").await);
    assert!(!sees("city-congress").await);
    let none = admin
        .ask("{ a: calendar(year: 2028) { published notice days { date } } b: calendar(year: 12) { year } }")
        .await;
    assert_eq!(none.data("a"), &json!({ "published": false, "notice": null, "days": [] }));
    assert_eq!(none.data("b"), &Value::Null);
}

#[tokio::test]
async fn who_brought_in_which_year_is_in_the_trail_of_each_region_concerned() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let here = app.directory().await.region("990101");
    admin.call("importCalendar", json!({ "json": of_2027() }), "").await.payload("importCalendar");
    let own = json!({ "json": file(2027, &[("2027-04-05", "HOLIDAY")]), "regionId": here });
    admin.call("importCalendar", own, "").await.payload("importCalendar");
    let trail = "{ officeTrail { totalCount nodes { id action subject summary actor { name } rehearsal } } }";
    let auditor = app.sign_in("auditor").await;
    let seen = auditor.ask(trail).await;
    assert_eq!(seen.number("officeTrail.totalCount"), 2);
    assert_eq!(seen.text("officeTrail.nodes.0.subject"), "REGION-2027", "newest first");
    assert_eq!(seen.text("officeTrail.nodes.1.subject"), "NATIONAL-2027");
    assert_eq!(seen.text("officeTrail.nodes.1.action"), "CALENDAR_IMPORTED");
    let summary = seen.text("officeTrail.nodes.1.summary");
    assert_eq!(summary, "导入节假日安排:国办关于2027年部分节假日安排的通知 (+3 ~0 -0)");
    let id = json!({ "id": seen.text("officeTrail.nodes.0.id") });
    let node = "query($id: ID!) { node(id: $id) { id ... on OfficeEvent { action } } }";
    assert_eq!(admin.gql(node, id.clone()).await.text("node.action"), "CALENDAR_IMPORTED");
    let deputy = app.sign_in("rep01").await;
    assert_eq!(deputy.gql(node, id).await.data("node"), &Value::Null);
    assert_eq!(deputy.ask(trail).await.error_code(), "FORBIDDEN");
    let page = admin.ask("{ officeTrail(first: 1) { nodes { subject } pageInfo { hasNextPage endCursor } } }").await;
    assert_eq!(page.data("officeTrail.pageInfo.hasNextPage"), &json!(true));
    let rest =
        "query($after: String) { officeTrail(first: 1, after: $after) { nodes { subject } pageInfo { hasNextPage } } }";
    let rest = admin.gql(rest, json!({ "after": page.text("officeTrail.pageInfo.endCursor") })).await;
    assert_eq!(rest.text("officeTrail.nodes.0.subject"), "NATIONAL-2027");
    assert_eq!(rest.data("officeTrail.pageInfo.hasNextPage"), &json!(false));
}

#[tokio::test]
async fn the_command_brings_in_files_all_or_none() {
    let app = TestApp::new().await;
    let matter = over_the_new_year(&app).await;
    let before = app.ledger().await;
    let files = [of_2027(), "{".to_owned()];
    let Err(ImportError::Faulty(faulty)) = import_files(&app.deps, &files, None, false).await else {
        panic!("a faulty file was brought in")
    };
    assert_eq!((faulty.len(), faulty[0].0, faulty[0].1[0].path.as_str()), (1, 1, "$"));
    let unknown = import_files(&app.deps, &files[..1], Some("12"), false).await;
    assert!(matches!(unknown, Err(ImportError::NoRegion(code)) if code == "12"));
    let dry = import_files(&app.deps, &files[..1], None, true).await.unwrap();
    assert_eq!((dry[0].year, dry[0].changes.created, dry[0].moved), (2027, 3, 0));
    before.assert_same(&app.ledger().await, "neither faulty files nor a dry run");

    let done = import_files(&app.deps, &files[..1], None, false).await.unwrap();
    assert_eq!((done[0].changes.created, done[0].moved), (3, 1));
    assert_eq!(stored(&app, &matter).await.0, "2027-01-13");
    let own = [file(2027, &[("2027-01-05", "HOLIDAY")])];
    let done = import_files(&app.deps, &own, Some("990101"), false).await.unwrap();
    assert_eq!((done[0].changes.created, done[0].moved), (1, 1));
    assert_eq!(stored(&app, &matter).await.0, "2027-01-14");
    let trail = "{ officeTrail { nodes { subject actor { name } } } }";
    let seen = app.sign_in("auditor").await.ask(trail).await;
    assert_eq!(seen.data("officeTrail.nodes.0"), &json!({ "subject": "REGION-2027", "actor": null }));
}

#[tokio::test]
async fn a_due_day_that_moves_while_its_clock_stands_is_stored_and_told_nobody() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["clock"]["pauseFor"] = json!(["RETURN"])).await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    let id = &matter.parts[0].id;
    let ask = json!({ "assignmentId": id, "version": liaison.version(id).await, "reason": "非我单位职责",
        "proposedAgencyId": app.agency("jtj").await });
    liaison.call("requestReturn", ask, "").await.payload("requestReturn");
    let before = stored(&app, &matter).await;
    app.at("2026-02-15T09:00:00+08:00");
    let today = legal_day(app.now());
    let done = recompute(&app.deps, None, today).await.unwrap();
    assert_eq!(done, Recomputed { looked_at: 1, moved: 1 });
    assert!(stored(&app, &matter).await > before);
    assert_eq!(told(&liaison).await.0, 0);
    assert_eq!(recompute(&app.deps, None, today).await.unwrap(), Recomputed { looked_at: 1, moved: 0 });
}

#[tokio::test]
async fn a_roster_does_not_undo_a_corrected_year() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    admin.call("importCalendar", json!({ "json": file(2026, &[]) }), "").await.payload("importCalendar");
    let roster = include_str!("../../../api/data/roster.json");
    let report = api::use_cases::load_roster::load_roster(&app.deps, roster).await.unwrap();
    assert!(!report.changed_anything(), "{report}");
    assert_eq!(admin.ask("{ calendar(year: 2026) { days { date } } }").await.data("calendar.days"), &json!([]));
}

#[tokio::test]
async fn a_server_learns_within_a_minute_of_a_year_that_another_process_brought_in() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let published =
        async || admin.ask("{ calendar(year: 2027) { published } }").await.data("calendar.published").clone();
    assert_eq!(published().await, json!(false));
    let other = wiring::deps(app.database.url(), 1, app.clock.clone(), Statements::default()).await;
    import_files(&other, &[of_2027()], None, false).await.unwrap();
    app.at("2026-02-10T09:00:59+08:00");
    assert_eq!(published().await, json!(false));
    app.at("2026-02-10T09:01:00+08:00");
    assert_eq!(published().await, json!(true));
    api::wiring::close(&other.db).await;
}

#[tokio::test]
async fn the_last_day_of_a_form_moves_too_and_no_agency_hears_of_it() {
    let app = TestApp::new().await;
    let mut matter = app.handling("rep01").await;
    app.at("2026-12-10T09:00:00+08:00");
    matter.answer().await;
    let mut answered = app.handling("rep02").await;
    answered.answer().await;
    answered.rate("SATISFIED").await;
    let form = "query($id: ID!) { submission(id: $id) { feedbacks { dueOn version }
        timeline(first: 100) { nodes { action summary actor { name } } } } }";
    let lead = matter.lead().await;
    let before = lead.gql(form, json!({ "id": matter.id })).await;
    // Twenty working days from 10 December, with New Year's Day taken for a working day.
    assert_eq!(before.text("submission.feedbacks.0.dueOn"), "2027-01-07");
    let admin = app.sign_in("admin").await;
    let done = admin.call("importCalendar", json!({ "json": of_2027() }), IMPORTED).await;
    assert_eq!(done.payload("importCalendar")["movedDueDays"], json!(1), "the other form is answered");

    let after = lead.gql(form, json!({ "id": matter.id })).await;
    assert_eq!(after.data("submission.feedbacks.0"), &json!({ "dueOn": "2027-01-08", "version": 2 }));
    let entries: Vec<&Value> =
        after.list("submission.timeline.nodes").iter().filter(|e| e["action"] == "FEEDBACK_DAY_MOVED").collect();
    let wanted = json!({ "action": "FEEDBACK_DAY_MOVED", "actor": null,
        "summary": "反馈期限随节假日安排调整:2027-01-07 → 2027-01-08" });
    assert_eq!(entries, [&wanted]);
    let moved = async |username: &str| {
        let inbox = app.sign_in(username).await.ask(INBOX).await;
        let notices = inbox.list("viewer.notifications.nodes").iter();
        notices.filter(|one| one["title"] == "反馈期限随节假日安排调整").count()
    };
    for (username, times) in [("rep01", 1), ("congress1", 1), ("rep02", 0), ("gov1", 0), ("mzj-liaison", 0)] {
        assert_eq!(moved(username).await, times, "{username}");
    }
    for username in ["gov1", "mzj-liaison"] {
        let seen = app.sign_in(username).await.gql(form, json!({ "id": matter.id })).await;
        let entries = seen.list("submission.timeline.nodes").iter();
        assert_eq!(entries.filter(|e| e["action"] == "FEEDBACK_DAY_MOVED").count(), 0, "{username}");
    }
    let ledger = app.ledger().await;
    admin.call("importCalendar", json!({ "json": of_2027() }), "").await.payload("importCalendar");
    ledger.assert_same(&app.ledger().await, "the same file again");
    assert_eq!(matter.feedbacks.len(), 1);
    matter.rate("SATISFIED").await;
}

#[tokio::test]
async fn the_proposer_of_a_merged_matter_hears_of_his_own_form() {
    let app = TestApp::new().await;
    let mut main = app.accepted("rep01").await;
    let own = app.submitted("rep02").await;
    let office = main.office().await;
    let merge = json!({ "mainId": main.id, "mergedIds": [own.id], "reason": "内容相近" });
    office.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");
    main.plan(&["mzj"], "SOLE").await;
    main.release().await;
    main.sign_for(0).await;
    main.start_handling(0).await;
    app.at("2026-12-10T09:00:00+08:00");
    main.answer().await;
    let done = app.sign_in("admin").await.call("importCalendar", json!({ "json": of_2027() }), IMPORTED).await;
    assert_eq!(done.payload("importCalendar")["movedDueDays"], json!(2));
    for username in ["rep01", "rep02"] {
        let inbox = app.sign_in(username).await.ask(INBOX).await;
        let notices = inbox.list("viewer.notifications.nodes").iter();
        let moved: Vec<&Value> = notices.filter(|one| one["title"] == "反馈期限随节假日安排调整").collect();
        assert_eq!(moved.len(), 1, "{username}");
        assert!(moved[0]["body"].as_str().unwrap().ends_with("2027-01-07 → 2027-01-08"), "{username}");
    }
}
