//! Publication and its withdrawal.

use super::{at_present, call, reasons, refused_on, with};
use crate::support::{Matter, TestApp, draft_input};
use domain::refusal::Refusal;
use domain::text::personal::PersonalKind;
use serde_json::json;

/// A matter with this text whose reply is issued with that body.
pub async fn issued_with(app: &TestApp, rep: &str, background: &str, body: &str) -> Matter {
    let input = with(draft_input("SUGGESTION", "关于助餐服务的建议"), json!({ "background": background }));
    let mut matter = app.draft_of(rep, input).await;
    matter.bring_into_hands("mzj").await;
    matter.record_contact(0).await;
    matter.draft_reply(0, "SOLVED").await;
    let handler = matter.person(0, "handler").await;
    matter.write(&handler, "updateReply", matter.reply(0), json!({ "body": body })).await.payload("updateReply");
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    matter
}

#[tokio::test]
pub async fn personal_data_is_named_by_field_and_place() {
    let app = TestApp::new().await;
    let matter = issued_with(&app, "rep01", "王大爷住和平路8号201室。", "现答复如下:联系人13812345678。").await;
    let office = matter.office().await;
    let input = at_present(&office, matter.reply(0), json!({})).await;
    let before = app.ledger().await;
    let answer = call(&office, "publishReply", input).await;
    let told: Vec<_> = reasons(&answer, "publishReply").into_iter().map(|r| (r.code, r.field, r.message)).collect();
    let expect = |kind, at, excerpt: &str, field: &str| {
        let refusal = Refusal::PersonalData { kind, at, excerpt: excerpt.into() };
        let message = refusal.message(domain::language::Language::Zh);
        (refusal.code().code().to_owned(), field.to_owned(), message)
    };
    assert_eq!(
        told,
        [
            expect(PersonalKind::Address, 7, "8****室", "submission.background"),
            expect(PersonalKind::Mobile, 9, "13*******78", "reply.body"),
        ]
    );
    assert!(told.iter().all(|(_, _, message)| !message.contains("13812345678")), "no refusal repeats the number");
    before.assert_same(&app.ledger().await, "publishReply");
}

#[tokio::test]
pub async fn a_reply_is_not_published_before_the_waiting_period_is_over() {
    let app = TestApp::new().await;
    app.change_rules(|rules| {
        rules["deadlines"]["publicationNotBefore"] = json!({ "unit": "WORKING_DAYS", "amount": 5, "roll": "NONE" });
    })
    .await;
    let matter = app.issued("rep01").await;
    let office = matter.office().await;
    // Issued on Tuesday 10 February; 14 February is worked, the Spring Festival lasts from 15 to 23 February.
    let from = "2026-02-24".parse().unwrap();
    refused_on(&office, "publishReply", matter.reply(0), json!({}), Refusal::PublicationTooEarly { from }).await;
    app.at("2026-02-23T23:59:59+08:00");
    refused_on(&office, "publishReply", matter.reply(0), json!({}), Refusal::PublicationTooEarly { from }).await;
    app.at("2026-02-24T00:00:00+08:00");
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
}

#[tokio::test]
pub async fn what_is_not_published_is_not_withdrawn() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let office = matter.office().await;
    let why = json!({ "reason": "内容有误" });
    let reply = matter.reply(0);
    refused_on(&office, "withdrawPublication", reply, why.clone(), Refusal::NotPublished).await;
    matter.write(&office, "publishReply", reply, json!({})).await.payload("publishReply");
    refused_on(&office, "withdrawPublication", reply, json!({ "reason": " " }), Refusal::Required.at("reason")).await;
    matter.write(&office, "withdrawPublication", reply, why.clone()).await.payload("withdrawPublication");
    refused_on(&office, "withdrawPublication", reply, why, Refusal::NotPublished).await;
}
