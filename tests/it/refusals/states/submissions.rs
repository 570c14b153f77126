//! The submission as a whole.

use super::Grid;
use crate::support::{Client, Matter, TestApp};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent as E, TABLE};
use domain::refusal::{Fault, MergeFault, Refusal};
use domain::vocabulary::SubmissionStatus;
use serde_json::{Value, json};

/// Every verb with its event; the label says which way round where there are two.
const VERBS: &[(&str, E)] = &[
    ("updateDraft", E::Update),
    ("deleteDraft", E::Delete),
    ("inviteCosigners", E::InviteCosigners),
    ("submit", E::Submit),
    ("withdraw", E::Withdraw),
    ("returnForRevision", E::ReturnForRevision),
    ("acceptSubmission", E::Accept),
    ("refuseSubmission", E::Refuse),
    ("convertSubmission", E::Convert),
    ("mergeSubmissions as the main matter", E::Absorb),
    ("mergeSubmissions into another", E::MergeInto),
    ("unmergeSubmission", E::UnmergeToAccepted),
    ("planAssignment", E::PlanAssignment),
    ("releaseAssignments", E::Release),
    ("supervise", E::Supervise),
    ("instruct", E::Instruct),
    ("recordMeeting", E::RecordMeeting),
    ("markNotDuplicate", E::Compare),
    ("archiveSubmission", E::Archive),
];

/// A matter in each state.
async fn matters(app: &TestApp) -> Vec<(SubmissionStatus, Matter)> {
    use SubmissionStatus as S;
    let returned = app.submitted("rep01").await;
    let office = returned.office().await;
    let why = json!({ "reason": "请补充案据" });
    returned.write(&office, "returnForRevision", &returned.id, why.clone()).await.payload("returnForRevision");
    let refused = app.submitted("rep01").await;
    let ground = json!({ "ground": "TENDER", "reason": "涉及招标" });
    refused.write(&office, "refuseSubmission", &refused.id, ground).await.payload("refuseSubmission");
    let (main, merged) = (app.accepted("rep01").await, app.accepted("rep01").await);
    let merge = json!({ "mainId": main.id, "mergedIds": [merged.id], "reason": "诉求一致" });
    office.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");
    let converted = app.submitted("rep01").await;
    let brief = json!({ "to": "OPINION_BRIEF", "reason": "反映情况为主" });
    converted.write(&office, "convertSubmission", &converted.id, brief).await.payload("convertSubmission");
    let archived = app.closed("rep01").await;
    archived.write(&office, "archiveSubmission", &archived.id, json!({})).await.payload("archiveSubmission");
    let withdrawn = app.handling("rep01").await;
    withdrawn.write(&withdrawn.lead().await, "withdraw", &withdrawn.id, why).await.payload("withdraw");
    vec![
        (S::Draft, app.draft("rep01").await),
        (S::Submitted, app.submitted("rep01").await),
        (S::NeedsRevision, returned),
        (S::Accepted, app.accepted("rep01").await),
        (S::Refused, refused),
        (S::Merged, merged),
        (S::Converted, converted),
        (S::Assigned, app.assigned("rep01", &["mzj"], "SOLE").await),
        (S::Handling, app.handling("rep01").await),
        (S::Replied, app.issued("rep01").await),
        (S::Closed, app.closed("rep01").await),
        (S::Archived, archived),
        (S::Withdrawn, withdrawn),
    ]
}

/// Who may use the verb, and what he sends; `spare` is an accepted matter to merge with.
async fn attempt(matter: &Matter, spare: &Matter, label: &str) -> (Client, Value) {
    let (lead, app) = (matter.lead().await, matter.lead().await);
    let app = app.app();
    let this = json!({ "id": matter.id, "version": matter.version().await });
    let with = |more: Value| super::super::with(this.clone(), more);
    let (office, government) = (matter.office().await, matter.government().await);
    match label {
        "updateDraft" => (lead, with(json!({ "title": "改题" }))),
        "deleteDraft" | "submit" => (lead, this),
        "withdraw" => (lead, with(json!({ "reason": "已解决" }))),
        "inviteCosigners" => (lead, json!({ "submissionId": matter.id, "userIds": [app.user("rep02").await] })),
        "returnForRevision" => (office, with(json!({ "reason": "请补充" }))),
        "acceptSubmission" | "archiveSubmission" => (office, this),
        "refuseSubmission" => (office, with(json!({ "ground": "TENDER", "reason": "涉及招标" }))),
        "convertSubmission" => (office, with(json!({ "to": "OPINION_BRIEF", "reason": "反映情况" }))),
        "mergeSubmissions as the main matter" => {
            (office, json!({ "mainId": matter.id, "mergedIds": [spare.id], "reason": "诉求一致" }))
        }
        "mergeSubmissions into another" => {
            (office, json!({ "mainId": spare.id, "mergedIds": [matter.id], "reason": "诉求一致" }))
        }
        "unmergeSubmission" => (office, json!({ "id": matter.id, "reason": "误并" })),
        "markNotDuplicate" => (office, json!({ "submissionId": matter.id, "otherId": spare.id })),
        "supervise" => (office, json!({ "submissionId": matter.id, "label": "领办", "reason": "群众关切" })),
        "recordMeeting" => {
            let input = json!({ "kind": "SURVEY", "title": "调研", "heldAt": "2026-02-10T08:00:00+08:00", "participants": [],
                "summary": "听取意见", "submissionIds": [matter.id] });
            (office, input)
        }
        "instruct" => (app.sign_in("mayor1").await, json!({ "submissionId": matter.id, "text": "请抓紧办理" })),
        "planAssignment" => {
            let agencies = json!([{ "agencyId": app.agency("mzj").await, "role": "LEAD" }]);
            let plan =
                json!({ "submissionId": matter.id, "version": this["version"], "mode": "SOLE", "agencies": agencies });
            (government, plan)
        }
        "releaseAssignments" => (government, json!({ "submissionIds": [matter.id] })),
        other => panic!("how is {other} sent?"),
    }
}

#[tokio::test]
pub async fn a_submission_refuses_what_its_state_does_not_allow() {
    let app = TestApp::new().await;
    let spare = app.accepted("rep02").await;
    let matters = matters(&app).await;
    assert_eq!(matters.len(), SubmissionStatus::ALL.len(), "every state is tried");
    let mut grid = Grid::new(&app);
    for (state, matter) in matters {
        assert_eq!(matter.status().await, state.code());
        grid.begin(state.code()).await;
        for (label, event) in VERBS {
            let Err(refusal) = next(TABLE, state, *event) else {
                grid.possible(label);
                continue;
            };
            let reason = match (state, event) {
                // What is merged already is told so, rather than that its state does not fit.
                (SubmissionStatus::Merged, E::MergeInto) => Refusal::CannotMerge(MergeFault::HasMerged).at("mergedIds"),
                _ => Fault::from(refusal),
            };
            let (client, input) = attempt(&matter, &spare, label).await;
            grid.refused(&client, label, input, reason).await;
        }
        grid.end(state.code()).await;
    }
    insta::assert_snapshot!(grid.text);
}
