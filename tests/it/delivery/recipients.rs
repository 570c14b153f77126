//! To whom anything goes: addressed, willing, in office, and entitled at the moment of sending.

use super::{Outbox, Reaction, both, mail};
use crate::stories::appraisal::{announce, scoring_rules};
use crate::support::TestApp;
use api::delivery::gateway::GatewayFault;
use chrono::TimeDelta;
use domain::ids::UserId;
use domain::vocabulary::{AssignmentStatus, Channel, DeliveryStatus, Topic};
use entity::{assignment, channel_preference, person, position};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

async fn choose(app: &TestApp, username: &str, channel: Channel, topic: Topic, enabled: bool) {
    let person_id: UserId = app.user(username).await.parse().unwrap();
    let row = channel_preference::Model { person_id, channel, topic, enabled };
    channel_preference::Entity::insert(row.into_active_model()).exec(app.deps.db.writer()).await.unwrap();
}

async fn end_position(app: &TestApp, username: &str, last_day: &str) {
    let person_id: UserId = app.user(username).await.parse().unwrap();
    position::Entity::update_many()
        .col_expr(position::Column::EndsOn, Expr::value(last_day.parse::<chrono::NaiveDate>().unwrap()))
        .filter(position::Column::PersonId.eq(person_id))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
}

async fn close_account(app: &TestApp, username: &str) {
    person::Entity::update_many()
        .col_expr(person::Column::DisabledAt, Expr::value(app.now()))
        .filter(person::Column::Username.eq(username))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
}

#[tokio::test]
async fn only_people_with_an_address_get_a_delivery_by_each_channel_they_want() {
    let app = TestApp::new().await;
    app.mailboxes(&["mzj-liaison"]).await;
    app.telephones(&["mzj-liaison"]).await;
    app.assigned("rep01", &["mzj"], "SOLE").await;
    let outbox = Outbox::open();
    let done = app.deliver_all(&both(&outbox)).await;
    // To be assigned has legal effect, so it goes by message too; nobody else has an address.
    assert_eq!((done.written, done.sent), (2, 2));
    assert!(done.dispatched > 2, "the others read it in the inbox: {done:?}");
    let mut addresses: Vec<String> = outbox.taken().into_iter().map(|message| message.address).collect();
    addresses.sort();
    assert_eq!(addresses, ["13800000000", "mzj-liaison@example.cn"]);
    assert!(app.deliver(&both(&outbox)).await.is_idle(), "once");
}

#[tokio::test]
async fn progress_can_be_turned_off_and_legal_notices_cannot() {
    let app = TestApp::new().await;
    app.mailboxes(&["rep01", "congress1"]).await;
    for topic in [Topic::Progress, Topic::Legal] {
        choose(&app, "rep01", Channel::Email, topic, false).await;
        choose(&app, "congress1", Channel::Email, topic, topic == Topic::Progress).await;
    }
    let outbox = Outbox::open();
    app.assigned("rep01", &["mzj"], "SOLE").await;
    app.deliver_all(&mail(&outbox)).await;
    let kinds = |address: &str| {
        let taken = outbox.taken().into_iter().filter(|message| message.address.starts_with(address));
        let mut kinds: Vec<String> = taken.map(|message| message.kind).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds("rep01"), ["ASSIGNED"], "accepted is progress, assigned is legal");
    assert_eq!(kinds("congress1"), ["ASSIGNED", "SUBMITTED"]);
}

#[tokio::test]
async fn a_topic_that_is_turned_off_meanwhile_is_not_sent() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    app.deliver_all(&mail(&Outbox::reacting(|_| Reaction::Refuse(GatewayFault::passing("no route"))))).await;
    choose(&app, "congress1", Channel::Email, Topic::Progress, false).await;
    app.later(TimeDelta::minutes(1));
    let outbox = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&outbox)).await.skipped, 1);
    assert_eq!((outbox.taken().len(), app.states(Channel::Email).await), (0, vec![DeliveryStatus::Skipped]));
}

#[tokio::test]
async fn who_has_left_gets_nothing() {
    for leave in ["ended", "closed"] {
        for at in ["before", "after"] {
            let app = TestApp::new().await;
            app.mailboxes(&["congress1"]).await;
            app.submitted("rep01").await;
            if at == "after" {
                let refusing = Outbox::reacting(|_| Reaction::Refuse(GatewayFault::passing("no route")));
                assert_eq!(app.deliver_all(&mail(&refusing)).await.written, 1);
                app.later(TimeDelta::minutes(1));
            }
            match leave {
                "ended" => end_position(&app, "congress1", "2026-02-09").await,
                _ => close_account(&app, "congress1").await,
            }
            let outbox = Outbox::open();
            let done = app.deliver_all(&mail(&outbox)).await;
            assert_eq!(outbox.taken(), [], "{leave} {at}");
            assert_eq!((done.written, done.skipped), (0, u64::from(at == "after")), "{leave} {at}");
        }
    }
}

#[tokio::test]
async fn the_last_day_of_a_position_still_counts() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    end_position(&app, "congress1", "2026-02-10").await;
    app.submitted("rep01").await;
    let outbox = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&outbox)).await.sent, 1);
}

#[tokio::test]
async fn who_lost_sight_of_the_matter_gets_nothing() {
    let app = TestApp::new().await;
    app.mailboxes(&["mzj-liaison"]).await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    app.deliver_all(&mail(&Outbox::reacting(|_| Reaction::Refuse(GatewayFault::passing("no route"))))).await;
    let part: domain::ids::AssignmentId = matter.parts[0].id.parse().unwrap();
    assignment::Entity::update_many()
        .col_expr(assignment::Column::Status, Expr::value(AssignmentStatus::Planned.code()))
        .filter(assignment::Column::Id.eq(part))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    app.later(TimeDelta::minutes(1));
    let outbox = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&outbox)).await.skipped, 1);
    assert_eq!(outbox.taken(), []);
    let [row] = app.deliveries().await.try_into().unwrap();
    assert_eq!(row.last_error.as_deref(), Some("the matter may not be seen any more"));
}

#[tokio::test]
async fn a_channel_that_is_set_up_later_begins_with_what_is_new() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    assert!(app.deliver_all(&api::delivery::Channels::default()).await.dispatched > 0);
    let outbox = Outbox::open();
    assert!(app.deliver(&mail(&outbox)).await.is_idle(), "passed over");
    // A server that was off for long does not repeat what everybody has read.
    app.submitted("rep02").await;
    app.later(TimeDelta::days(3) + TimeDelta::microseconds(1));
    let done = app.deliver_all(&mail(&outbox)).await;
    assert_eq!((done.dispatched > 0, done.written), (true, 0));
    app.submitted("rep03").await;
    app.later(TimeDelta::days(3));
    assert_eq!(app.deliver_all(&mail(&outbox)).await.sent, 1);
}

#[tokio::test]
async fn a_draft_is_deleted_with_the_deliveries_of_its_invitations() {
    let app = TestApp::new().await;
    app.mailboxes(&["rep02"]).await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep02").await] });
    lead.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    let outbox = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&outbox)).await.sent, 1);
    let delete = json!({ "id": matter.id, "version": lead.version(&matter.id).await });
    lead.call("deleteDraft", delete, "").await.payload("deleteDraft");
    assert_eq!(app.deliveries().await, []);
}

#[tokio::test]
async fn a_notice_of_an_appraisal_goes_to_who_may_read_it_when_it_is_sent() {
    let app = TestApp::new().await;
    app.mailboxes(&["mzj-liaison", "mzj-head"]).await;
    app.issued("rep01").await;
    app.at("2026-02-11T09:00:00+08:00");
    let gov = app.sign_in("gov1").await;
    scoring_rules(&gov, 2026, |_| ()).await;
    announce(&gov, "2026-02-10").await;
    end_position(&app, "mzj-head", "2026-02-10").await;
    let outbox = Outbox::open();
    app.deliver_all(&mail(&outbox)).await;
    let sent: Vec<_> = outbox.taken().into_iter().filter(|one| one.kind == "APPRAISAL_ANNOUNCED").collect();
    let [one] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((one.address.as_str(), one.subject.as_str()), ("mzj-liaison@example.cn", "【建言】公布绩效考评结果"));
}
