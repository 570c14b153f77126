//! Live events: nothing of a hidden matter, nothing after a right is lost, and each event answered afresh.

use super::stage::{did, uuid};
use crate::support::socket::{Heard, Socket};
use crate::support::{Matter, TestApp};
use api::bus::Change;
use domain::ids::{EventId, NotificationId, PositionId};
use entity::{event, notification, position};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

const CHANGED: &str = "subscription($id: ID!) { submissionChanged(id: $id) { id title status } }";

/// Waits until so many subscriptions listen: from then on no event is missed.
async fn listening(app: &TestApp, wanted: usize) {
    while app.deps.bus.listeners() < wanted {
        tokio::task::yield_now().await;
    }
}

/// What was said, with this id taken out.
fn without(heard: Heard, id: &str) -> String {
    match heard {
        Heard::Said(message) => message.to_string().replace(id, "ID"),
        Heard::Closed(code) => panic!("the server hung up with {code}"),
    }
}

#[tokio::test]
async fn following_a_hidden_matter_is_answered_like_following_one_that_is_not() {
    let app = TestApp::new().await;
    let draft = app.draft("rep01").await.id;
    let released = app.assigned("rep01", &["jtj"], "SOLE").await.id;
    let nothing = format!("submission_{}", uuid(1).simple());
    for (reader, hidden) in [("rep02", &draft), ("congress1", &draft), ("mzj-liaison", &released), ("mem01", &released)]
    {
        let client = app.sign_in(reader).await;
        let mut heard = Vec::new();
        for id in [hidden, &nothing] {
            let mut socket = Socket::open(&client).await;
            socket.subscribe(CHANGED, json!({ "id": id })).await;
            heard.push(without(socket.hear().await, id));
        }
        assert_eq!(heard[0], heard[1], "{reader}");
        assert!(heard[0].contains("NOT_FOUND"), "{reader}: {heard:?}");
    }
}

/// A matter at `zjj`, whose liaison follows it and whose request to hand it back is open.
async fn followed(app: &TestApp) -> (Matter, Socket, String) {
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    let mut socket = Socket::open(&liaison).await;
    let id = socket.subscribe(CHANGED, json!({ "id": matter.id })).await;
    listening(app, 1).await;
    matter.sign_for(0).await;
    assert_eq!(socket.result(&id).await["submissionChanged"]["status"], "ASSIGNED");
    (matter, socket, id)
}

/// The one error that ends an operation; after it the server says that it is complete, and nothing more.
async fn ends_with(socket: &mut Socket, code: &str, matter: &Matter) {
    let last = match socket.hear().await {
        Heard::Said(message) => message,
        Heard::Closed(code) => panic!("the server hung up with {code}"),
    };
    assert!(last.to_string().contains(code), "{last}");
    assert!(last["payload"]["data"].is_null() && !last.to_string().contains(&matter.id), "{last}");
    match socket.hear().await {
        Heard::Said(message) => assert_eq!(message["type"], "complete"),
        Heard::Closed(_) => {}
    }
}

#[tokio::test]
async fn an_agency_hears_nothing_more_once_another_has_taken_over() {
    let app = TestApp::new().await;
    let (matter, mut socket, id) = followed(&app).await;
    let liaison = matter.person(0, "liaison").await;
    let part = matter.parts[0].id.clone();
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "非我单位职责",
        "proposedAgencyId": app.agency("fgj").await });
    let asked = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let request = asked.payload("requestReturn")["returnRequest"]["id"].clone();
    assert_eq!(socket.result(&id).await["submissionChanged"]["status"], "ASSIGNED");
    let gov = app.sign_in("gov1").await;
    did(&gov, "decideReturn", json!({ "id": request, "version": 1, "approve": true, "reason": "同意改办" })).await;
    ends_with(&mut socket, "NOT_FOUND", &matter).await;
    // The next words on this connection are those of a new operation, not of the old one.
    let fgj = app.sign_in("fgj-liaison").await;
    let query = "query($id: ID!) { submission(id: $id) { assignments { id status } } }";
    let seen = fgj.gql(query, json!({ "id": matter.id })).await;
    let open = seen.list("submission.assignments").iter().find(|part| part["status"] == "PENDING_SIGN").unwrap();
    let id = open["id"].as_str().unwrap();
    did(&fgj, "signForAssignment", json!({ "id": id, "version": fgj.version(id).await })).await;
    socket.subscribe(CHANGED, json!({ "id": matter.id })).await;
    let next = without(socket.hear().await, &matter.id);
    assert!(next.contains("NOT_FOUND") && next.contains("\"id\":\"2\""), "{next}");
}

#[tokio::test]
async fn nobody_hears_anything_more_once_his_position_has_ended() {
    let app = TestApp::new().await;
    let (matter, mut socket, _) = followed(&app).await;
    let ended: PositionId = app.directory().await.position("zjj-liaison", "LIAISON").parse().unwrap();
    position::Entity::update_many()
        .col_expr(position::Column::RevokedAt, Expr::value(app.now()))
        .filter(position::Column::Id.eq(ended))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    let urge = json!({ "assignmentId": matter.parts[0].id, "message": "请抓紧办理" });
    did(&app.sign_in("gov1").await, "urge", urge).await;
    ends_with(&mut socket, "UNAUTHENTICATED", &matter).await;
}

#[tokio::test]
async fn each_event_is_answered_with_what_is_stored_by_then() {
    let app = TestApp::new().await;
    let mut matter = app.signed_off("rep01").await;
    let mut socket = Socket::open(&matter.lead().await).await;
    let query = "subscription($id: ID!) { submissionChanged(id: $id) { replies { id } feedbacks { id } } }";
    let id = socket.subscribe(query, json!({ "id": matter.id })).await;
    listening(&app, 1).await;
    matter.record_contact(0).await;
    assert_eq!(socket.result(&id).await, json!({ "submissionChanged": { "replies": [], "feedbacks": [] } }));
    matter.issue(0).await;
    let seen = socket.result(&id).await;
    assert_eq!(seen["submissionChanged"]["replies"], json!([{ "id": matter.reply(0) }]), "{seen}");
    assert_eq!(seen["submissionChanged"]["feedbacks"].as_array().map(Vec::len), Some(1), "{seen}");
}

#[tokio::test]
async fn a_live_notification_names_no_matter_that_the_reader_has_lost_from_sight() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    let mut socket = Socket::open(&liaison).await;
    let query = "subscription { notificationReceived { title body submission { id title } } }";
    let id = socket.subscribe(query, json!({})).await;
    listening(&app, 1).await;
    let urge = json!({ "assignmentId": matter.parts[0].id, "message": "请抓紧办理" });
    did(&app.sign_in("gov1").await, "urge", urge).await;
    assert_eq!(socket.result(&id).await["notificationReceived"]["submission"]["id"], json!(matter.id));

    let part = matter.parts[0].id.clone();
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "非我单位职责",
        "proposedAgencyId": app.agency("fgj").await });
    let asked = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let request = asked.payload("requestReturn")["returnRequest"]["id"].clone();
    let decide = json!({ "id": request, "version": 1, "approve": true, "reason": "同意改办" });
    did(&app.sign_in("gov1").await, "decideReturn", decide).await;
    tell(&app, &matter, app.directory().await.position("zjj-liaison", "LIAISON").parse().unwrap()).await;
    let seen = socket.result(&id).await;
    assert_eq!(seen["notificationReceived"]["submission"], Value::Null, "{seen}");
    assert_eq!(seen["notificationReceived"]["body"], "", "{seen}");
}

/// Tells a position of the newest entry of a matter, whatever it may see of it.
async fn tell(app: &TestApp, matter: &Matter, position: PositionId) {
    let db = app.deps.db.writer();
    let newest = event::Entity::find().order_by_desc(event::Column::Id).one(db).await.unwrap().unwrap();
    let row = notification::Model {
        id: NotificationId(uuid(2)),
        position_id: position,
        submission_id: Some(matter.id.parse().unwrap()),
        consultation_id: None,
        appraisal_id: None,
        event_id: EventId(newest.id.0),
        happening: newest.happening,
        detail: Some("改由其他单位承办".into()),
        at: app.now(),
        read_at: None,
        dispatched_at: None,
    };
    notification::Entity::insert(notification::ActiveModel::from(row)).exec(db).await.unwrap();
    app.deps.bus.tell(vec![Change::Notification(position, NotificationId(uuid(2)))]);
}
