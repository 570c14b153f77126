//! Channels that say no: later, never, or for so long that a person must look.

use super::{Outbox, Reaction, mail};
use crate::support::TestApp;
use api::delivery::gateway::GatewayFault;
use chrono::TimeDelta;
use domain::notices::{MOST_ATTEMPTS, pause_after};
use domain::vocabulary::{Channel, DeliveryStatus};

#[tokio::test]
async fn a_failed_delivery_waits_longer_each_time_and_is_given_up_in_the_end() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let outbox = Outbox::reacting(|_| Reaction::Refuse(GatewayFault::passing("SMTP 451")));
    for attempt in 1..MOST_ATTEMPTS {
        let round = app.deliver_all(&mail(&outbox)).await;
        assert_eq!((round.postponed, round.dead), (1, 0), "attempt {attempt}");
        let [row] = app.deliveries().await.try_into().unwrap();
        let pause = pause_after(attempt).unwrap();
        assert_eq!((row.status, row.attempts), (DeliveryStatus::Pending, i32::try_from(attempt).unwrap()));
        assert_eq!((row.next_at, row.claimed_until), (app.now() + pause, None));
        assert_eq!(row.last_error.as_deref(), Some("SMTP 451"));
        app.later(pause - TimeDelta::microseconds(1));
        assert!(app.deliver(&mail(&outbox)).await.is_idle(), "not before its time");
        app.later(TimeDelta::microseconds(1));
    }
    assert_eq!(app.deliver_all(&mail(&outbox)).await.dead, 1);
    let [row] = app.deliveries().await.try_into().unwrap();
    assert_eq!((row.status, row.sent_at), (DeliveryStatus::Dead, None));
    app.later(TimeDelta::days(30));
    assert!(app.deliver(&mail(&outbox)).await.is_idle(), "given up is given up");
}

#[tokio::test]
async fn a_fault_that_stays_is_given_up_at_once_and_the_others_go_on() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1", "rep01"]).await;
    app.accepted("rep01").await;
    let outbox = Outbox::reacting(|message| match message.address.starts_with("congress1") {
        true => Reaction::Refuse(GatewayFault::permanent("SMTP 550")),
        false => Reaction::Take,
    });
    let done = app.deliver_all(&mail(&outbox)).await;
    assert_eq!((done.sent, done.dead, done.postponed), (1, 1, 0), "{done:?}");
    let mut states = app.states(Channel::Email).await;
    states.sort();
    assert_eq!(states, [DeliveryStatus::Sent, DeliveryStatus::Dead]);
}

#[tokio::test]
async fn what_failed_once_arrives_at_the_next_attempt() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let refusing = Outbox::reacting(|_| Reaction::Refuse(GatewayFault::passing("no route")));
    app.deliver_all(&mail(&refusing)).await;
    app.later(TimeDelta::minutes(1));
    let healthy = Outbox::open();
    assert_eq!(app.deliver_all(&mail(&healthy)).await.sent, 1);
    let [row] = app.deliveries().await.try_into().unwrap();
    assert_eq!((row.status, row.last_error), (DeliveryStatus::Sent, None));
}

#[tokio::test]
async fn a_channel_that_is_closed_leaves_its_deliveries_waiting() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let refusing = Outbox::reacting(|_| Reaction::Refuse(GatewayFault::passing("no route")));
    app.deliver_all(&mail(&refusing)).await;
    app.later(TimeDelta::hours(1));
    let other = Outbox::open();
    let messages_alone = api::delivery::Channels { webhook: Some(other.clone()), ..Default::default() };
    assert!(app.deliver(&messages_alone).await.is_idle());
    assert_eq!(app.states(Channel::Email).await, [DeliveryStatus::Pending]);
}
