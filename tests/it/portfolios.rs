//! For which agencies a leader of the region answers: loaded with the roster, and followed by reminders, board and lists.

use crate::support::daily::{mornings, reminders};
use crate::support::{Matter, TestApp};
use api::use_cases::load_roster::{LoadReport, load_roster};
use domain::vocabulary::BoardFigure;
use serde_json::{Value, json};

/// The sample directory with a second leader, `gov2`, and these portfolios; none leaves the member out.
async fn load(app: &TestApp, first: Option<&[&str]>, second: Option<&[&str]>) -> LoadReport {
    let mut roster: Value = serde_json::from_str(include_str!("../../api/data/roster.json")).unwrap();
    for user in roster["users"].as_array_mut().unwrap() {
        let keys = |agencies: &[&str]| json!(agencies.iter().map(|one| format!("qh-{one}")).collect::<Vec<_>>());
        let given = match user["username"].as_str().unwrap() {
            "mayor1" => first,
            "gov2" => {
                let hat = json!({ "role": "REGION_LEADER", "organization": "qh-gov" });
                user["positions"].as_array_mut().unwrap().push(hat);
                second
            }
            _ => continue,
        };
        if let Some(agencies) = given {
            user["positions"].as_array_mut().unwrap().last_mut().unwrap()["portfolio"] = keys(agencies);
        }
    }
    load_roster(&app.deps, &roster.to_string()).await.unwrap()
}

const FIRST: &[&str] = &["mzj", "jyj"];
const SECOND: &[&str] = &["jtj"];

/// Which of the two leaders were reminded of this matter.
async fn leaders_told(app: &TestApp, matter: &Matter) -> Vec<&'static str> {
    let mut told = Vec::new();
    for name in ["gov2", "mayor1"] {
        let position = app.directory().await.position(name, "REGION_LEADER");
        let of_leader = reminders(app).await.into_iter().filter(|one| one.position_id.to_string() == position);
        if of_leader.into_iter().any(|one| one.submission_id.to_string() == matter.id) {
            told.push(name);
        }
    }
    told
}

/// The matters that are overdue on the leader's morning list.
async fn overdue(app: &TestApp, leader: &str) -> Value {
    let query = "{ morningList { sections { item submissions { id } } } }";
    let seen = app.sign_in_as(leader, "REGION_LEADER").await.ask(query).await;
    let sections = seen.list("morningList.sections");
    let late = sections.iter().filter(|section| section["item"] == "OVERDUE");
    let matters = late.flat_map(|section| section["submissions"].as_array().unwrap());
    matters.map(|one| one["id"].clone()).collect()
}

async fn supervise(app: &TestApp, matter: &Matter, leader: &str) {
    let input = json!({ "submissionId": matter.id, "label": "重点督办", "reason": "群众关切",
        "leaderId": app.user(leader).await });
    matter.office().await.call("supervise", input, "").await.payload("supervise");
}

#[tokio::test]
async fn what_is_late_goes_to_the_leader_who_answers_for_the_agency() {
    let app = TestApp::new().await;
    load(&app, Some(FIRST), Some(SECOND)).await;
    let of_first = app.handling_by("rep01", &["mzj"], "SOLE").await;
    let of_second = app.handling_by("rep02", &["jtj"], "SOLE").await;
    let of_nobody = app.handling_by("rep03", &["zjj"], "SOLE").await;
    let named = app.handling_by("rep04", &["jyj"], "SOLE").await;
    supervise(&app, &named, "gov2").await;
    // Due on 10 May; on 15 May five working days late.
    mornings(&app, "2026-05-14", "2026-05-15").await;
    assert_eq!(leaders_told(&app, &of_first).await, ["mayor1"]);
    assert_eq!(leaders_told(&app, &of_second).await, ["gov2"]);
    assert_eq!(leaders_told(&app, &of_nobody).await, ["gov2", "mayor1"], "an agency in no portfolio is for each");
    assert_eq!(leaders_told(&app, &named).await, ["gov2"], "who is named for the matter comes first");

    assert_eq!(overdue(&app, "mayor1").await, json!([of_first.id, of_nobody.id, named.id]));
    assert_eq!(overdue(&app, "gov2").await, json!([of_second.id, of_nobody.id, named.id]));
}

#[tokio::test]
async fn the_board_counts_a_leaders_agencies_beside_what_he_supervises() {
    let app = TestApp::new().await;
    load(&app, Some(FIRST), Some(SECOND)).await;
    app.handling_by("rep01", &["mzj"], "SOLE").await;
    app.handling_by("rep02", &["mzj"], "SOLE").await;
    let key = app.handling_by("rep03", &["jtj"], "SOLE").await;
    supervise(&app, &key, "mayor1").await;
    app.handling_by("rep04", &["zjj"], "SOLE").await;
    let both = app.handling_by("rep05", &["jyj"], "SOLE").await;
    supervise(&app, &both, "mayor1").await;
    let region = app.directory().await.region("990101");
    let query = "query($region: ID!) { supervisionBoard(regionId: $region) {
        byLeader { leader { id } counts { open key } } } }";
    let (first, second) = (app.user("mayor1").await, app.user("gov2").await);
    for reader in ["gov1", "congress1", "leader1", "auditor"] {
        let client = app.sign_in(reader).await;
        let seen = client.gql(query, json!({ "region": region })).await;
        let rows = seen.list("supervisionBoard.byLeader");
        // The supervising leader lists what is under supervision alone.
        let (of_first, of_second) = if reader == "leader1" { ((2, 2), (1, 1)) } else { ((4, 2), (1, 1)) };
        for (leader, (open, keys)) in [(&first, of_first), (&second, of_second)] {
            let row = rows.iter().find(|row| row["leader"]["id"] == json!(leader));
            assert_eq!(row.map(|row| &row["counts"]), Some(&json!({ "open": open, "key": keys })), "{reader}");
            let behind = "query($filter: AssignmentFilter) { assignments(filter: $filter) { totalCount } }";
            for (figure, count) in [(BoardFigure::Open, open), (BoardFigure::Key, keys)] {
                let filter = json!({ "leaderId": leader, "boardFigure": figure.code() });
                let list = client.gql(behind, json!({ "filter": filter })).await;
                assert_eq!(list.number("assignments.totalCount"), count, "{reader}: {figure}");
            }
        }
    }
}

#[tokio::test]
async fn a_portfolio_is_replaced_as_a_whole_and_left_alone_where_the_file_is_silent() {
    let app = TestApp::new().await;
    assert!(load(&app, Some(FIRST), Some(SECOND)).await.changed_anything());
    assert!(!load(&app, Some(FIRST), Some(SECOND)).await.changed_anything(), "the same again");
    assert!(!load(&app, None, None).await.changed_anything(), "the file says nothing of it");
    let matter = app.handling_by("rep01", &["mzj"], "SOLE").await;
    app.at("2026-05-15T09:00:00+08:00");
    assert_eq!(overdue(&app, "gov2").await, json!([]));
    assert!(load(&app, Some(&["zjj"]), Some(&["mzj"])).await.changed_anything());
    assert_eq!(overdue(&app, "gov2").await, json!([matter.id]));
    assert_eq!(overdue(&app, "mayor1").await, json!([]));
    // With the last portfolio gone the agency is for each of them again.
    load(&app, Some(&[]), Some(&[])).await;
    assert_eq!(overdue(&app, "mayor1").await, json!([matter.id]));
}

#[tokio::test]
async fn a_leader_whose_duty_ended_answers_for_nothing() {
    let app = TestApp::new().await;
    load(&app, Some(FIRST), Some(SECOND)).await;
    let matter = app.handling_by("rep01", &["jtj"], "SOLE").await;
    let mut roster: Value = serde_json::from_str(include_str!("../../api/data/roster.json")).unwrap();
    let second = roster["users"].as_array_mut().unwrap().iter_mut().find(|user| user["username"] == "gov2").unwrap();
    let hat = json!({ "role": "REGION_LEADER", "organization": "qh-gov", "endsOn": "2026-05-14" });
    second["positions"].as_array_mut().unwrap().push(hat);
    load_roster(&app.deps, &roster.to_string()).await.unwrap();
    mornings(&app, "2026-05-15", "2026-05-15").await;
    assert_eq!(leaders_told(&app, &matter).await, ["mayor1"]);
    assert_eq!(overdue(&app, "mayor1").await, json!([matter.id]));
}
