//! The part of one agency.

use super::{Grid, status};
use crate::support::{Client, Matter, TestApp};
use domain::lifecycle::assignment::{AssignmentEvent as E, TABLE};
use domain::lifecycle::next;
use domain::refusal::Refusal;
use domain::vocabulary::AssignmentStatus as S;
use serde_json::{Value, json};

const VERBS: &[(&str, E)] = &[
    ("signForAssignment", E::SignFor),
    ("requestReturn", E::RequestReturn),
    ("startHandling", E::StartHandling),
    ("reportProgress", E::ReportProgress),
    ("recordContact", E::RecordContact),
    ("requestExtension", E::RequestExtension),
    ("sendOpinion", E::SendOpinion),
    ("draftReply", E::DraftReply),
    ("urge", E::Urge),
];

/// A part in a state: its matter, its place in it, and whether it co-handles.
struct Place {
    state: S,
    matter: Matter,
    part: usize,
}

/// The agency asks to hand the last part back to another one, and the transfer office agrees or waits.
pub async fn hand_back(matter: &mut Matter, to: &str, approve: bool) -> String {
    let part = matter.parts.len() - 1;
    let liaison = matter.person(part, "liaison").await;
    let (app, id) = (liaison.app().clone(), matter.parts[part].id.clone());
    let ask = json!({ "assignmentId": id, "version": liaison.version(&id).await, "reason": "非我单位职责",
        "proposedAgencyId": app.agency(to).await });
    let answer = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let request = answer.payload("requestReturn")["returnRequest"]["id"].as_str().unwrap().to_owned();
    if approve {
        let government = matter.government().await;
        let yes = json!({ "id": request, "version": 1, "approve": true, "reason": "同意改办" });
        government.call("decideReturn", yes, "").await.payload("decideReturn");
        let query = "query($id: ID!) { submission(id: $id) { assignments { id agency { id } } } }";
        let seen = government.gql(query, json!({ "id": matter.id })).await;
        let agency = app.agency(to).await;
        let next = seen.list("submission.assignments").iter().find(|a| a["agency"]["id"] == json!(agency));
        let id = next.expect("another agency took over")["id"].as_str().unwrap().to_owned();
        let part = crate::support::builders::Part { id, agency: to.to_owned(), role: "LEAD", reply: None };
        matter.parts.push(part);
    }
    request
}

async fn places(app: &TestApp) -> Vec<Place> {
    let sole = async |count: u8| {
        let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
        if count > 0 {
            matter.sign_for(0).await;
        }
        matter
    };
    let mut asked = sole(0).await;
    hand_back(&mut asked, "fgj", false).await;
    let mut disputed = app.assigned("rep01", &["zjj"], "SOLE").await;
    hand_back(&mut disputed, "fgj", true).await;
    hand_back(&mut disputed, "jtj", true).await;
    hand_back(&mut disputed, "cgj", false).await;
    let cancelled = app.handling("rep01").await;
    let why = json!({ "reason": "已解决" });
    cancelled.write(&cancelled.lead().await, "withdraw", &cancelled.id, why).await.payload("withdraw");
    let both: &[&str] = &["mzj", "czj"];
    let signed = app.assigned("rep02", both, "LEAD_WITH_CO").await;
    signed.sign_for(1).await;
    let mut done = app.issued_by("rep02", both, "LEAD_WITH_CO").await;
    done.rate("SATISFIED").await;
    done.settle("CLOSE").await;
    let place = |state, matter: &Matter, part| Place { state, matter: matter.clone(), part };
    vec![
        place(S::Planned, &app.planned("rep01", &["mzj"], "SOLE").await, 0),
        place(S::PendingSign, &sole(0).await, 0),
        place(S::Signed, &sole(1).await, 0),
        place(S::ReturnRequested, &asked, 0),
        place(S::Returned, &disputed, 0),
        place(S::Disputed, &disputed, 2),
        place(S::Handling, &app.handling("rep01").await, 0),
        place(S::Replied, &app.issued("rep01").await, 0),
        place(S::Done, &app.closed("rep01").await, 0),
        place(S::Cancelled, &cancelled, 0),
        // From here on co-handling agencies.
        place(S::PendingSign, &app.assigned("rep02", both, "LEAD_WITH_CO").await, 1),
        place(S::Signed, &signed, 1),
        place(S::Handling, &app.handling_by("rep02", both, "LEAD_WITH_CO").await, 1),
        place(S::OpinionSent, &app.issued_by("rep02", both, "LEAD_WITH_CO").await, 1),
        place(S::Done, &done, 1),
    ]
}

/// Who of the agency may use the verb, and what he sends.
async fn attempt(place: &Place, version: i64, verb: &str) -> (Client, Value) {
    let Place { matter, part, .. } = place;
    let found = &matter.parts[*part];
    let app = matter.lead().await.app().clone();
    let this = json!({ "assignmentId": found.id, "version": version });
    let with = |more: Value| super::super::with(this.clone(), more);
    let duty = match verb {
        "reportProgress" | "recordContact" | "draftReply" => "handler",
        "sendOpinion" => "deputy",
        _ => "liaison",
    };
    let client = if verb == "urge" { matter.government().await } else { matter.person(*part, duty).await };
    let on = json!({ "assignmentId": found.id });
    let input = match verb {
        "signForAssignment" => json!({ "id": found.id, "version": version }),
        "requestReturn" => with(json!({ "reason": "非我单位职责", "proposedAgencyId": app.agency("nyj").await })),
        "startHandling" => with(json!({ "leaderId": app.user(&found.person("deputy")).await,
            "handlerId": app.user(&found.person("handler")).await, "plan": "先调研" })),
        "requestExtension" => with(json!({ "until": "2026-06-10", "reason": "需跨年度" })),
        "sendOpinion" => with(json!({ "body": "予以支持" })),
        "reportProgress" => super::super::with(on, json!({ "stage": "RESEARCH", "note": "已调研" })),
        "recordContact" => {
            let visit = json!({ "mode": "VISIT", "phase": "BEFORE", "heldAt": "2026-02-10T08:00:00+08:00",
                "participants": ["代表"], "summary": "听取意见" });
            super::super::with(on, visit)
        }
        "draftReply" => {
            super::super::with(on, json!({ "body": "现答复如下", "outcome": "SOLVED", "disclosure": "PROACTIVE" }))
        }
        "urge" => super::super::with(on, json!({ "message": "请抓紧办理" })),
        other => panic!("how is {other} sent?"),
    };
    (client, input)
}

#[tokio::test]
async fn an_assignment_refuses_what_its_state_does_not_allow() {
    let app = TestApp::new().await;
    let places = places(&app).await;
    let auditor = app.sign_in("auditor").await;
    let mut grid = Grid::new(&app);
    for state in S::ALL {
        assert!(places.iter().any(|place| place.state == *state), "{state} is tried");
    }
    for place in &places {
        let found = &place.matter.parts[place.part];
        assert_eq!(status(&auditor, &found.id).await, place.state.code());
        let co = found.role == "CO";
        let state = format!("{}{}", place.state.code(), if co { ", co-handling" } else { "" });
        grid.begin(&state).await;
        let version = auditor.version(&found.id).await;
        for (verb, event) in VERBS {
            let refusal = match (*verb, co) {
                ("sendOpinion", false) => Err(Refusal::NotCoHandling),
                ("draftReply", true) => Err(Refusal::NotAnswering),
                _ => next(TABLE, place.state, *event),
            };
            match refusal {
                Ok(_) => grid.possible(verb),
                Err(refusal) => {
                    let (client, input) = attempt(place, version, verb).await;
                    grid.refused(&client, verb, input, refusal).await;
                }
            }
        }
        grid.end(&state).await;
    }
    insta::assert_snapshot!(grid.text);
}
