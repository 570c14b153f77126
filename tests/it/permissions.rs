//! The role × operation matrix, read from the schema, and lists that agree with single decisions.

use crate::support::builders::BATCHES;
use crate::support::{Client, TestApp, verbs};
use api::access;
use api::repo::page::PageRequest;
use api::repo::{matter, submissions};
use domain::vocabulary::SubmissionOrder;
use entity::submission;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Who tries: one person of each role, and two strangers.
const PEOPLE: &[&str] = &[
    "rep01",
    "rep02",
    "mem01",
    "congress1",
    "cppcc1",
    "gov1",
    "leader1",
    "mayor1",
    "mzj-head",
    "mzj-deputy",
    "mzj-liaison",
    "mzj-handler",
    "jtj-liaison",
    "auditor",
    "admin",
    "city-congress",
];

/// Verbs about accounts, which everybody may use about himself.
const OWN: &[&str] =
    &["signIn", "refreshToken", "switchPosition", "changePassword", "markNotificationsRead", "setChannelPreference"];

/// Ids of one matter of rep01 at mzj, with everything hanging on it.
struct Stage {
    handling: Value,
    ids: Value,
}

async fn stage(app: &TestApp) -> Stage {
    let mut matter = app.handling("rep01").await;
    let contact = matter.record_contact(0).await;
    matter.draft_reply(0, "PLANNED").await;
    let draft = matter.reply(0).to_owned();
    let mut closed = app.handling("rep01").await;
    closed.draft_reply(0, "PLANNED").await;
    closed.submit_reply(0).await;
    closed.approve(0).await;
    closed.issue(0).await;
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = closed.lead().await.gql(query, json!({ "id": closed.id })).await;
    let commitment = seen.text("submission.commitments.0.id").to_owned();
    let asked = app.assigned("rep01", &["mzj"], "SOLE").await;
    let liaison = app.sign_in("mzj-liaison").await;
    let part = asked.parts[0].id.clone();
    let jtj = app.agency("jtj").await;
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "x", "proposedAgencyId": jtj });
    let asked = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let until = json!({ "assignmentId": matter.parts[0].id, "version": liaison.version(&matter.parts[0].id).await,
        "until": "2026-06-10", "reason": "x" });
    let more = liaison.call("requestExtension", until, "extensionRequest { id }").await;
    let (_, dispute) = app.disputed("rep01").await;
    let handed_in = app.draft("rep01").await;
    let attachment = crate::files::attached(&handed_in.lead().await, &handed_in.id).await;
    handed_in.submit().await;
    let input = crate::stories::office_records::record_input("WORK_PLAN", "工作方案");
    let record = crate::stories::office_records::recorded(&app.sign_in("gov1").await, input).await;
    let gov = app.sign_in("gov1").await;
    crate::stories::appraisal::scoring_rules(&gov, 2026, |_| ()).await;
    let appraisal = crate::stories::appraisal::found(&gov, "mzj", None, json!([])).await["id"].clone();
    let announce = json!({ "institution": "CONGRESS", "handlingYear": 2026, "asOf": "2026-02-09" });
    gov.call("announceAppraisal", announce, "").await.payload("announceAppraisal");
    app.open_desk().await;
    let question = app.asked("rep01", "mzj").await;
    let session = app.session_2026(domain::vocabulary::Institution::Congress).await;
    let shift = json!({ "sessionId": session, "agencyId": jtj, "startsAt": "2026-01-09T09:00:00+08:00",
        "endsAt": "2026-01-09T11:00:00+08:00", "staff": [] });
    let shift = app.sign_in("congress1").await.call("addDeskShift", shift, "deskShift { id }").await;
    let shift = shift.payload("addDeskShift")["deskShift"]["id"].clone();
    let ids = json!({
        "record": record, "appraisal": appraisal, "dispute": dispute, "attachment": attachment,
        "submission": matter.id, "assignment": matter.parts[0].id, "reply": draft, "issued": closed.reply(0),
        "feedback": closed.feedback(), "contact": contact, "commitment": commitment, "agency": jtj,
        "return": asked.payload("requestReturn")["returnRequest"]["id"],
        "extension": more.payload("requestExtension")["extensionRequest"]["id"],
        "user": app.user("rep03").await, "delivery": crate::delivery::sent(app).await.to_string(),
        "region": app.directory().await.region("990101"),
        "duty": app.duties("mzj", None).await[0].0, "session": session, "question": question, "shift": shift,
    });
    Stage { handling: json!(matter.id), ids }
}

/// An input that gets past the door and is then refused for its version or state: nothing changes.
fn input(verb: &str, stage: &Stage) -> Option<Value> {
    let ids = &stage.ids;
    let of = |key: &str| json!({ "id": ids[key], "version": -1 });
    let with = |mut base: Value, more: Value| {
        base.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        base
    };
    let on = |more: Value| with(json!({ "assignmentId": ids["assignment"], "version": -1 }), more);
    let why = json!({ "reason": "x" });
    let ratings = json!({ "attitudeRating": "SATISFIED", "processRating": "SATISFIED", "resultRating": "SATISFIED", "overallRating": "SATISFIED" });
    Some(match verb {
        "createDraft" => with(crate::support::draft_input("MOTION", "x"), json!({})),
        "updateDraft" | "deleteDraft" | "submit" | "acceptSubmission" | "archiveSubmission" => of("submission"),
        "withdraw" | "returnForRevision" => with(of("submission"), why),
        "refuseSubmission" => with(of("submission"), json!({ "ground": "TENDER", "reason": "x" })),
        "convertSubmission" => with(of("submission"), json!({ "to": "OPINION_BRIEF", "reason": "x" })),
        "inviteCosigners" => json!({ "submissionId": stage.handling, "userIds": [ids["user"]] }),
        "answerCosign" => json!({ "submissionId": stage.handling, "accept": true }),
        "answerWithdrawal" => json!({ "submissionId": stage.handling, "agree": true }),
        "mergeSubmissions" => json!({ "mainId": stage.handling, "mergedIds": [stage.handling], "reason": "x" }),
        "unmergeSubmission" => json!({ "id": stage.handling, "reason": "x" }),
        "markNotDuplicate" | "withdrawNotDuplicate" => {
            json!({ "submissionId": stage.handling, "otherId": stage.handling })
        }
        "supervise" => json!({ "submissionId": stage.handling, "label": " ", "reason": "x" }),
        "planAssignment" => json!({ "submissionId": stage.handling, "version": -1, "mode": "SOLE", "agencies": [] }),
        "releaseAssignments" => json!({ "submissionIds": [stage.handling] }),
        "decideReturn" => with(of("return"), json!({ "approve": false, "reason": "x" })),
        "decideExtension" => with(of("extension"), json!({ "approve": false, "reason": "x" })),
        "rejectReply" => with(of("reply"), why),
        "arbitrate" => with(of("dispute"), json!({ "agencyId": ids["agency"], "reason": "x" })),
        "decideExtensions" => {
            json!({ "decisions": [with(of("extension"), json!({ "approve": false, "reason": "x" }))] })
        }
        "publishCommitment" => of("commitment"),
        "createOfficeRecord" => json!({ "kind": "OPENNESS", "title": " ", "issuedOn": "2026-02-09" }),
        "updateOfficeRecord" => of("record"),
        "withdrawOfficeRecord" => with(of("record"), json!({ "reason": "x" })),
        "recordMeeting" => {
            json!({ "kind": "SURVEY", "title": " ", "heldAt": "2026-02-10T00:00:00Z", "participants": [],
            "summary": "x", "submissionIds": [stage.handling] })
        }
        "instruct" => json!({ "submissionId": stage.handling, "text": " " }),
        "urge" => json!({ "assignmentId": ids["assignment"], "message": " " }),
        "signForAssignment" => of("assignment"),
        "requestReturn" => on(json!({ "reason": "x", "proposedAgencyId": ids["agency"] })),
        "startHandling" => on(json!({ "leaderId": ids["user"], "handlerId": ids["user"], "plan": "x" })),
        "reportProgress" => json!({ "assignmentId": ids["assignment"], "stage": "RESEARCH", "note": " " }),
        "recordContact" => json!({ "assignmentId": ids["assignment"], "mode": "VISIT", "phase": "BEFORE",
            "heldAt": "2030-01-01T00:00:00Z", "participants": ["x"], "summary": "x" }),
        "requestExtension" => on(json!({ "until": "2026-06-10", "reason": "x" })),
        "sendOpinion" => on(json!({ "body": "x" })),
        "draftReply" => {
            json!({ "assignmentId": ids["assignment"], "body": "x", "outcome": "SOLVED", "disclosure": "PROACTIVE" })
        }
        "updateReply" | "submitReply" => of("reply"),
        "reviewReply" => with(of("reply"), json!({ "verdict": "APPROVE" })),
        "issueReply" => with(of("reply"), json!({ "documentNo": "x" })),
        "answerContact" => with(of("contact"), json!({ "confirmed": true })),
        "rateReply" => with(json!({ "feedbackId": ids["feedback"], "version": -1 }), ratings),
        "settleFeedback" => with(of("feedback"), json!({ "decision": "CLOSE", "reason": "x" })),
        "publishReply" => of("issued"),
        "withdrawPublication" => with(of("issued"), json!({ "reason": "x" })),
        "reportCommitment" => with(of("commitment"), json!({ "fulfilled": true, "report": "x" })),
        "answerCommitment" => with(of("commitment"), json!({ "confirmed": true, "rating": "SATISFIED" })),
        "retryDelivery" => json!({ "id": ids["delivery"] }),
        "changeRules" => {
            json!({ "regionId": ids["region"], "preset": "x", "effectiveFrom": "2026-03-01", "reason": "x" })
        }
        "changeScoringRules" => {
            json!({ "regionId": ids["region"], "effectiveYear": 2026, "body": "{", "reason": "x" })
        }
        "recordFindings" => json!({ "institution": "CONGRESS", "handlingYear": 1, "agencyId": ids["agency"],
            "findings": [] }),
        "announceAppraisal" => json!({ "institution": "CONGRESS", "handlingYear": 1, "asOf": "2026-02-09" }),
        "objectToAppraisal" | "answerObjection" => with(of("appraisal"), why),
        "importCalendar" => json!({ "json": "{" }),
        "importLedger" => json!({ "fileName": "", "content": "eA==" }),
        "requestUpload" => {
            json!({ "submissionId": stage.handling, "fileName": "x", "mediaType": "x", "byteSize": 1, "sha256": "x" })
        }
        "addDuty" => json!({ "agencyId": ids["agency"], "text": " ", "validFrom": "2026-03-01", "reason": "x" }),
        "changeDuty" => with(of("duty"), json!({ "text": "x", "validFrom": "2026-03-01", "reason": "x" })),
        "endDuty" => with(of("duty"), json!({ "lastDay": "2026-03-01", "reason": "x" })),
        "askConsultation" => json!({ "agencyId": ids["agency"], "question": " " }),
        "answerConsultation" => json!({ "id": ids["question"], "text": " " }),
        "closeConsultation" => with(of("question"), json!({ "settled": true })),
        "withdrawConsultation" => of("question"),
        "linkConsultation" => with(of("question"), json!({ "submissionId": stage.handling })),
        "addDeskShift" => json!({ "sessionId": ids["session"], "agencyId": ids["agency"], "staff": [],
            "startsAt": "2030-01-01T00:00:00Z", "endsAt": "2030-01-01T01:00:00Z" }),
        "cancelDeskShift" => of("shift"),
        "deleteAttachment" => json!({ "id": ids["attachment"] }),
        _ => return None,
    })
}

async fn verdict(client: &Client, verb: &str, input: Value) -> String {
    let selection = if BATCHES.contains(&verb) { "results { errors { code } }" } else { "" };
    let answer = client.call(verb, input, selection).await;
    match answer.body["errors"].as_array() {
        Some(errors) => errors[0]["extensions"]["code"].as_str().unwrap_or("no code").to_owned(),
        None => match &answer.body["data"][verb]["results"][0]["errors"][0]["code"] {
            Value::String(code) if ["FORBIDDEN", "NOT_FOUND"].contains(&code.as_str()) => code.clone(),
            _ => {
                let refused = answer.refusals(verb);
                assert!(BATCHES.contains(&verb) || !refused.is_empty(), "{verb} changed something");
                "allowed".to_owned()
            }
        },
    }
}

#[tokio::test]
async fn role_operation_matrix() {
    let app = TestApp::new().await;
    let stage = stage(&app).await;
    let mut verbs: Vec<&String> = verbs::all().keys().collect();
    verbs.sort();
    let mut matrix = String::new();
    for verb in verbs {
        let Some(input) = input(verb, &stage) else {
            assert!(OWN.contains(&verb.as_str()), "{verb} is new: say here how each role tries it; do not skip it");
            continue;
        };
        let _ = writeln!(matrix, "{verb}");
        let nobody = verdict(&app.anonymous(), verb, input.clone()).await;
        assert_eq!(nobody, "UNAUTHENTICATED", "{verb}");
        for username in PEOPLE {
            let found = verdict(&app.sign_in(username).await, verb, input.clone()).await;
            let _ = writeln!(matrix, "  {username}: {found}");
        }
    }
    insta::assert_snapshot!(matrix);
}

#[tokio::test]
async fn every_list_holds_exactly_what_the_policy_opens_one_by_one() {
    let app = TestApp::new().await;
    app.draft("rep01").await;
    app.submitted("rep02").await;
    app.accepted("mem01").await;
    app.planned("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
    app.assigned("mem02", &["jtj"], "SOLE").await;
    app.handling("rep03").await;
    app.issued("rep01").await;
    for (confidentiality, disclosure) in
        [("RESTRICTED", "PROACTIVE"), ("INTERNAL", "PROACTIVE"), ("PUBLIC", "NOT_DISCLOSED")]
    {
        let mut input = crate::support::draft_input("SUGGESTION", "题");
        input["confidentiality"] = json!(confidentiality);
        input["disclosure"] = json!(disclosure);
        let matter = app.draft_of("rep04", input).await;
        matter.submit().await;
        matter.accept().await;
    }
    let supervised = app.accepted("rep05").await;
    let supervise = json!({ "submissionId": supervised.id, "label": "重点督办", "reason": "x" });
    app.sign_in("congress1").await.call("supervise", supervise, "").await.payload("supervise");
    let main = app.accepted("mem03").await;
    let other = app.accepted("mem04").await;
    let merge = json!({ "mainId": main.id, "mergedIds": [other.id], "reason": "x" });
    app.sign_in("cppcc1").await.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");

    let conn = app.deps.db.reader();
    let all = matter::complete(conn, submission::Entity::find().all(conn).await.unwrap()).await.unwrap();
    let everybody =
        ["rep04", "rep05", "mem03", "mem04", "leader2", "mzj-handler", "czj-liaison", "jtj-head", "jtj-handler"];
    for username in PEOPLE.iter().chain(&everybody) {
        let token = app.sign_in(username).await.token().await.unwrap();
        let caller = api::cx::Caller {
            deps: app.deps.clone(),
            now: app.now(),
            language: domain::language::Language::Zh,
            address: std::net::IpAddr::from([127, 0, 0, 1]),
            request_id: "scope".into(),
        };
        let cx = api::use_cases::account::authenticate(&caller, &token).await.unwrap();
        let request = PageRequest { size: 100, backward: false, from: None };
        let scope = access::list(&cx.actor);
        let filter = submissions::SubmissionFilter::default();
        let page =
            submissions::page(conn, &scope, &filter, SubmissionOrder::Newest, cx.today(), &request).await.unwrap();
        let listed: BTreeSet<_> = page.entries.iter().map(|(_, row)| row.id).collect();
        let mut decided = BTreeSet::new();
        for one in &all {
            if access::see(&cx, conn, Some(one.clone())).await.is_ok() {
                decided.insert(one.row.id);
            }
        }
        assert_eq!(listed, decided, "{username}");
        let total = submissions::count(conn, &scope, &filter, cx.today()).await.unwrap();
        assert_eq!(usize::try_from(total).unwrap(), decided.len(), "{username}: the total counts nothing hidden");
    }
}
