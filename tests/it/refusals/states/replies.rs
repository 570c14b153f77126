//! Replies, forms and promises.

use super::{Grid, status};
use crate::refusals::promises::promised;
use crate::support::{Client, Matter, TestApp};
use domain::lifecycle::commitment::{CommitmentEvent as C, TABLE as COMMITMENT};
use domain::lifecycle::feedback::{FeedbackEvent as F, TABLE as FEEDBACK};
use domain::lifecycle::next;
use domain::lifecycle::reply::{ReplyEvent as R, TABLE as REPLY};
use domain::vocabulary::{CommitmentStatus, FeedbackStatus, ReplyStatus};
use serde_json::{Value, json};

#[tokio::test]
async fn a_reply_refuses_what_its_state_does_not_allow() {
    let app = TestApp::new().await;
    let rejected = app.under_review("rep01").await;
    let why = json!({ "reason": "类别与内容不符" });
    let gov = app.sign_in("gov1").await;
    rejected.write(&gov, "rejectReply", rejected.reply(0), why.clone()).await.payload("rejectReply");
    let matters = [
        (ReplyStatus::Drafting, app.reply_drafted("rep01").await),
        (ReplyStatus::UnderReview, app.under_review("rep01").await),
        (ReplyStatus::SignedOff, app.signed_off("rep01").await),
        (ReplyStatus::Rejected, rejected),
        (ReplyStatus::Issued, app.issued("rep01").await),
    ];
    assert_eq!(matters.len(), ReplyStatus::ALL.len(), "every state is tried");
    let auditor = app.sign_in("auditor").await;
    let mut grid = Grid::new(&app);
    for (state, matter) in &matters {
        assert_eq!(status(&auditor, matter.reply(0)).await, state.code());
        grid.begin(state.code()).await;
        // When the chain is through, one more approval would be the last again.
        let approve = if *state == ReplyStatus::SignedOff { R::ApproveLast } else { R::Approve };
        for (label, event, duty, more) in [
            ("updateReply", R::Edit, "handler", json!({ "body": "改动" })),
            ("submitReply", R::Submit, "handler", json!({})),
            ("reviewReply with approval", approve, "liaison", json!({ "verdict": "APPROVE" })),
            ("reviewReply with rejection", R::SendBack, "liaison", json!({ "verdict": "REJECT", "comment": "不妥" })),
            ("rejectReply", R::OfficeReject, "government", why.clone()),
            ("issueReply", R::Issue, "liaison", json!({ "documentNo": "清民函〔2026〕99号" })),
            ("publishReply", R::Publish, "office", json!({})),
            ("withdrawPublication", R::WithdrawPublication, "office", why.clone()),
        ] {
            let Err(refusal) = next(REPLY, *state, event) else {
                grid.possible(label);
                continue;
            };
            let client = match duty {
                "government" => matter.government().await,
                "office" => matter.office().await,
                duty => matter.person(0, duty).await,
            };
            let this = json!({ "id": matter.reply(0), "version": auditor.version(matter.reply(0)).await });
            grid.refused(&client, label, super::super::with(this, more), refusal).await;
        }
        grid.end(state.code()).await;
    }
    insta::assert_snapshot!(grid.text);
}

/// What the respondent and the office send about a form.
async fn about_form(matter: &Matter, label: &str) -> (Client, Value) {
    let office = matter.office().await;
    let version = office.version(matter.feedback()).await;
    let settle = |decision: &str| json!({ "id": matter.feedback(), "version": version, "decision": decision, "reason": "依据反馈" });
    match label {
        "rateReply" => {
            let rating = json!({ "feedbackId": matter.feedback(), "version": version, "attitudeRating": "SATISFIED",
                "processRating": "SATISFIED", "resultRating": "SATISFIED", "overallRating": "SATISFIED" });
            (matter.lead().await, rating)
        }
        "settleFeedback by closing" => (office, settle("CLOSE")),
        _ => (office, settle("REHANDLE")),
    }
}

#[tokio::test]
async fn a_form_refuses_what_its_state_does_not_allow() {
    let app = TestApp::new().await;
    let requested = app.issued("rep01").await;
    let matters = [
        (FeedbackStatus::Requested, requested.clone()),
        (FeedbackStatus::Submitted, app.rated("rep01", "DISSATISFIED").await),
        (FeedbackStatus::Settled, app.closed("rep01").await),
        // The same form again, after its due day.
        (FeedbackStatus::Overdue, requested),
    ];
    assert_eq!(matters.len(), FeedbackStatus::ALL.len(), "every state is tried");
    let mut grid = Grid::new(&app);
    for (state, matter) in &matters {
        if *state == FeedbackStatus::Overdue {
            app.at("2026-04-01T09:00:00+08:00");
        }
        assert_eq!(status(&app.sign_in("auditor").await, matter.feedback()).await, state.code());
        grid.begin(state.code()).await;
        for (label, event) in [
            ("rateReply", F::Rate),
            ("settleFeedback by closing", F::Close),
            ("settleFeedback by another round", F::Rehandle),
        ] {
            match next(FEEDBACK, *state, event) {
                Ok(_) => grid.possible(label),
                Err(refusal) => {
                    let (client, input) = about_form(matter, label).await;
                    grid.refused(&client, label, input, refusal).await;
                }
            }
        }
        grid.end(state.code()).await;
    }
    insta::assert_snapshot!(grid.text);
}

const KEPT: &str = "reportCommitment as kept";
const CHANGED: &str = "reportCommitment as changed";
const CONFIRM: &str = "answerCommitment with confirmation";
const DISPUTE: &str = "answerCommitment with dispute";

/// What the agency and the proposer send about a promise.
async fn about_promise(matter: &Matter, id: &str, label: &str) -> (Client, Value) {
    let lead = matter.lead().await;
    let this = json!({ "id": id, "version": lead.version(id).await });
    let more = match label {
        KEPT => json!({ "fulfilled": true, "report": "已建成" }),
        CHANGED => json!({ "fulfilled": false, "report": "资金未到位", "changedTo": "2027-06-30" }),
        CONFIRM => json!({ "confirmed": true, "rating": "SATISFIED" }),
        _ => json!({ "confirmed": false, "rating": "DISSATISFIED", "comment": "现场未见" }),
    };
    let client = if label.starts_with("report") { matter.person(0, "liaison").await } else { lead };
    (client, super::super::with(this, more))
}

#[tokio::test]
async fn a_promise_refuses_what_its_state_does_not_allow() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let auditor = app.sign_in("auditor").await;
    let mut grid = Grid::new(&app);
    // One life from its promise to its end, with what is refused on the way.
    for (state, and_then) in [
        (CommitmentStatus::Open, CHANGED),
        (CommitmentStatus::Changed, DISPUTE),
        (CommitmentStatus::Disputed, KEPT),
        (CommitmentStatus::Fulfilled, CONFIRM),
        (CommitmentStatus::Confirmed, ""),
    ] {
        assert_eq!(status(&auditor, &id).await, state.code());
        grid.begin(state.code()).await;
        for (label, event) in
            [(KEPT, C::ReportFulfilled), (CHANGED, C::ReportChanged), (CONFIRM, C::Confirm), (DISPUTE, C::Dispute)]
        {
            match next(COMMITMENT, state, event) {
                Ok(_) => grid.possible(label),
                Err(refusal) => {
                    let (client, input) = about_promise(&matter, &id, label).await;
                    grid.refused(&client, label, input, refusal).await;
                }
            }
        }
        grid.end(state.code()).await;
        if !and_then.is_empty() {
            let (client, input) = about_promise(&matter, &id, and_then).await;
            let verb = and_then.split(' ').next().unwrap_or_default();
            client.call(verb, input, "").await.payload(verb);
        }
    }
    insta::assert_snapshot!(grid.text);
}
