//! Preferences and the list of deliveries, as people and administrators see them.

use super::{Outbox, both, given_up, mail, refused_for_good, sent};
use crate::support::TestApp;
use domain::vocabulary::{Channel, DeliveryStatus};
use serde_json::{Value, json};

const LIST: &str = "query($statuses: [DeliveryStatus!], $first: Int, $after: String) {
    deliveries(statuses: $statuses, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { id channel status attempts createdAt nextAt sentAt lastError recipientName } } }";

const CHOICES: &str = "{ viewer { channelPreferences { channel topic enabled fixed } } }";

fn choice<'a>(all: &'a [Value], channel: &str, topic: &str) -> (&'a Value, &'a Value) {
    let found = all.iter().find(|one| one["channel"] == channel && one["topic"] == topic).expect("each pair is there");
    (&found["enabled"], &found["fixed"])
}

#[tokio::test]
async fn a_person_sees_and_changes_what_he_hears_by_which_channel() {
    let app = TestApp::new().await;
    let office = app.sign_in("congress1").await;
    let all = office.ask(CHOICES).await.list("viewer.channelPreferences").to_vec();
    assert_eq!(all.len(), 9);
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(choice(&all, "EMAIL", "PROGRESS"), (&yes, &no));
    assert_eq!(choice(&all, "WEBHOOK", "PROGRESS"), (&no, &no));
    for channel in ["INBOX", "EMAIL", "WEBHOOK"] {
        assert_eq!(choice(&all, channel, "LEGAL"), (&yes, &yes), "{channel}");
    }
    assert_eq!(choice(&all, "INBOX", "DIGEST"), (&yes, &yes));

    let selection = "channelPreferences { channel topic enabled fixed }";
    for (channel, enabled) in [("EMAIL", false), ("WEBHOOK", true), ("EMAIL", false)] {
        let set = json!({ "channel": channel, "topic": "PROGRESS", "enabled": enabled });
        let answer = office.call("setChannelPreference", set, selection).await;
        let held = answer.payload("setChannelPreference")["channelPreferences"].as_array().unwrap().clone();
        assert_eq!(choice(&held, channel, "PROGRESS"), (&json!(enabled), &no));
    }
    let others = app.sign_in("congress2").await.ask(CHOICES).await.list("viewer.channelPreferences").to_vec();
    assert_eq!(choice(&others, "EMAIL", "PROGRESS"), (&yes, &no), "his own alone");

    app.mailboxes(&["congress1"]).await;
    app.telephones(&["congress1"]).await;
    app.submitted("rep01").await;
    let outbox = Outbox::open();
    app.deliver_all(&both(&outbox)).await;
    assert_eq!(app.states(Channel::Email).await, []);
    assert_eq!(app.states(Channel::Webhook).await, [DeliveryStatus::Sent]);
}

#[tokio::test]
async fn an_administrator_sees_what_failed_and_nothing_of_the_matter() {
    let app = TestApp::new().await;
    let dead = given_up(&app).await;
    let good = sent(&app).await;
    let admin = app.sign_in("admin").await;
    let all = admin.gql(LIST, json!({})).await;
    assert_eq!(all.number("deliveries.totalCount"), 2);
    let ids: Vec<&Value> = all.list("deliveries.nodes").iter().map(|node| &node["id"]).collect();
    assert_eq!(ids, [&json!(good.to_string()), &json!(dead.to_string())], "newest first");
    let some = admin.gql(LIST, json!({ "statuses": ["DEAD"] })).await;
    let [node] = some.list("deliveries.nodes") else { panic!("{:?}", some.body) };
    assert_eq!(
        node,
        &json!({ "id": dead.to_string(), "channel": "EMAIL", "status": "DEAD", "attempts": 1,
            "createdAt": node["createdAt"], "nextAt": null, "sentAt": null, "lastError": "SMTP 550",
            "recipientName": node["recipientName"] })
    );
    assert!(node["recipientName"].as_str().is_some_and(|name| !name.is_empty()));
    let text = all.body.to_string();
    assert!(!text.contains("example.cn") && !text.contains("建议") && !text.contains("submission_"), "{text}");
    // Page by page.
    let first = admin.gql(LIST, json!({ "first": 1 })).await;
    assert_eq!(first.data("deliveries.pageInfo.hasNextPage"), &json!(true));
    let second = admin.gql(LIST, json!({ "first": 1, "after": first.text("deliveries.pageInfo.endCursor") })).await;
    assert_eq!(second.text("deliveries.nodes.0.id"), dead.to_string());
}

#[tokio::test]
async fn nobody_else_sees_deliveries_on_any_path() {
    let app = TestApp::new().await;
    let dead = given_up(&app).await;
    let node = "query($id: ID!) { node(id: $id) { id ... on Delivery { status } } }";
    let seen = app.sign_in("admin").await.gql(node, json!({ "id": dead.to_string() })).await;
    assert_eq!(seen.text("node.status"), "DEAD");
    for username in ["rep01", "congress1", "gov1", "mzj-liaison", "leader1", "mayor1", "auditor", "city-congress"] {
        let client = app.sign_in(username).await;
        assert_eq!(client.gql(LIST, json!({})).await.error_code(), "FORBIDDEN", "{username}");
        let seen = client.gql(node, json!({ "id": dead.to_string() })).await;
        assert_eq!(seen.data("node"), &Value::Null, "{username}");
    }
    assert_eq!(app.anonymous().gql(LIST, json!({})).await.error_code(), "UNAUTHENTICATED");
}

#[tokio::test]
async fn deliveries_of_another_region_do_not_exist() {
    let app = TestApp::new().await;
    let dead = given_up(&app).await;
    move_office_to_the_city(&app).await;
    let admin = app.sign_in("admin").await;
    assert_eq!(admin.gql(LIST, json!({})).await.number("deliveries.totalCount"), 0);
    let retry = json!({ "id": dead.to_string() });
    assert_eq!(admin.call("retryDelivery", retry, "").await.error_code(), "NOT_FOUND");
}

/// From now on the office to whose staff the delivery went is one of the city.
async fn move_office_to_the_city(app: &TestApp) {
    use entity::{organization, region};
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let db = app.deps.db.writer();
    let city = region::Entity::find().filter(region::Column::ParentId.is_null()).one(db).await.unwrap().unwrap();
    let moved = organization::Entity::update_many()
        .col_expr(organization::Column::RegionId, Expr::value(city.id))
        .filter(organization::Column::Key.eq("qh-congress"))
        .exec(db)
        .await
        .unwrap();
    assert_eq!(moved.rows_affected, 1);
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_under_the_same_id() {
    let app = TestApp::new().await;
    let dead = given_up(&app).await;
    let admin = app.sign_in("admin").await;
    let retry = json!({ "id": dead.to_string() });
    let answer = admin.call("retryDelivery", retry.clone(), "delivery { id status attempts nextAt lastError }").await;
    let delivery = &answer.payload("retryDelivery")["delivery"];
    assert_eq!((&delivery["status"], &delivery["attempts"]), (&json!("PENDING"), &json!(0)));
    assert_eq!(delivery["lastError"], "SMTP 550", "until the next attempt");
    let (code, _, _) = admin.call("retryDelivery", retry.clone(), "").await.refused("retryDelivery");
    assert_eq!(code, "INVALID_TRANSITION", "it waits already");
    // Given up once more, and tried once more.
    assert_eq!(app.deliver_all(&mail(&refused_for_good())).await.dead, 1);
    admin.call("retryDelivery", retry, "").await.payload("retryDelivery");
    let outbox = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&outbox)).await.sent, 1);
    assert_eq!(outbox.ids(), [dead]);
    let trail = admin.ask("{ officeTrail(first: 5) { nodes { action subject actor { id } } } }").await;
    let entry = json!({ "action": "DELIVERY_RETRIED", "subject": dead.to_string(), "actor": { "id": app.user("admin").await } });
    assert_eq!(trail.list("officeTrail.nodes"), [entry.clone(), entry]);
}

#[tokio::test]
async fn an_address_is_shown_to_nobody() {
    let schema = crate::support::wiring::sdl();
    for word in ["email:", "mobile:", "address:"] {
        assert!(!schema.contains(word), "{word} would show what people gave for notices alone");
    }
}
