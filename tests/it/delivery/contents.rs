//! What a message says: what happened, where to look, and of the matter no more than everybody may know.

use super::{Outbox, mail};
use crate::support::{TestApp, draft_input};
use api::delivery::Channels;
use entity::submission;
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryFilter};
use serde_json::json;

const TITLE: &str = "关于机密粮库搬迁的建议";

#[tokio::test]
async fn a_matter_that_is_not_public_is_named_by_its_number_alone() {
    for confidentiality in ["INTERNAL", "RESTRICTED"] {
        let app = TestApp::new().await;
        app.mailboxes(&["rep04", "congress1", "gov1", "mzj-liaison"]).await;
        let mut input = draft_input("SUGGESTION", TITLE);
        input["confidentiality"] = json!(confidentiality);
        let mut matter = app.draft_of("rep04", input).await;
        matter.submit().await;
        matter.accept().await;
        matter.plan(&["mzj"], "SOLE").await;
        matter.release().await;
        let outbox = Outbox::open();
        app.deliver_all(&mail(&outbox)).await;
        assert!(outbox.taken().len() >= 6, "{:?}", outbox.taken());
        let proposer = "王佳德";
        for message in outbox.taken() {
            let all = format!("{} {} {}", message.subject, message.text, message.kind);
            assert!(!all.contains("粮库") && !all.contains("搬迁") && !all.contains(proposer), "{all}");
        }
        let assigned = outbox.taken().into_iter().find(|message| message.kind == "ASSIGNED").unwrap();
        assert!(assigned.text.contains("号建议"), "{}", assigned.text);
    }
}

#[tokio::test]
async fn a_public_matter_is_named_by_its_title_in_both_languages() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    let matter = app.draft_of("rep04", draft_input("SUGGESTION", "关于助餐点的建议")).await;
    matter.submit().await;
    let outbox = Outbox::open();
    let url = "https://jianyan.example.cn".to_owned();
    app.deliver_all(&Channels { public_url: Some(url.clone()), ..mail(&outbox) }).await;
    let [message] = outbox.taken().try_into().unwrap();
    assert_eq!(message.subject, "【建言】提交:《关于助餐点的建议》");
    let expected = "提交:《关于助餐点的建议》\n详情请登录查看:https://jianyan.example.cn\n\n\
        Submitted: \u{201c}关于助餐点的建议\u{201d}\nSign in to read more: https://jianyan.example.cn\n";
    assert_eq!(message.text, expected);
    assert_eq!((message.url.as_deref(), message.happened_at), (Some(url.as_str()), app.now()));
}

#[tokio::test]
async fn reasons_stay_inside() {
    let app = TestApp::new().await;
    app.mailboxes(&["rep01"]).await;
    let matter = app.submitted("rep01").await;
    let office = app.sign_in("congress1").await;
    let back = json!({ "id": matter.id, "version": office.version(&matter.id).await, "reason": "涉及个人隐私" });
    office.call("returnForRevision", back, "").await.payload("returnForRevision");
    let outbox = Outbox::open();
    app.deliver_all(&mail(&outbox)).await;
    assert_eq!(outbox.taken().len(), 1);
    assert!(!format!("{:?}", outbox.taken()).contains("隐私"));
}

#[tokio::test]
async fn a_title_that_became_restricted_meanwhile_is_not_sent() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.draft_of("rep04", draft_input("SUGGESTION", TITLE)).await.submit().await;
    let refusing = Outbox::reacting(|_| super::Reaction::Refuse(api::delivery::gateway::GatewayFault::passing("no")));
    app.deliver_all(&mail(&refusing)).await;
    submission::Entity::update_many()
        .col_expr(submission::Column::Confidentiality, Expr::value("RESTRICTED"))
        .filter(sea_orm::Condition::all())
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    app.later(chrono::TimeDelta::minutes(1));
    let outbox = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&outbox)).await.sent, 1);
    assert!(!format!("{:?}", outbox.taken()).contains("粮库"));
}
