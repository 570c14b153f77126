//! Several workers, and workers that die.

use super::{Outbox, Reaction, both, mail};
use crate::support::{TestApp, wiring};
use api::cx::Deps;
use api::delivery::{Channels, deliver};
use api::error::AppResult;
use chrono::{DateTime, TimeDelta, Utc};
use domain::vocabulary::DeliveryStatus;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const EVERYBODY: &[&str] = &["rep01", "congress1", "gov1", "mzj-liaison", "mzj-head", "mzj-deputy"];

/// Rounds until one finds nothing; how many were sent.
async fn until_idle(deps: &Deps, channels: &Channels, now: DateTime<Utc>) -> AppResult<u64> {
    let mut sent = 0;
    loop {
        let round = deliver(deps, channels, now).await?;
        if round.is_idle() {
            return Ok(sent);
        }
        sent += round.sent;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_at_once_send_each_delivery_exactly_once() {
    let app = TestApp::new().await;
    app.mailboxes(EVERYBODY).await;
    app.telephones(EVERYBODY).await;
    for _ in 0..8 {
        app.assigned("rep01", &["mzj"], "SOLE").await;
    }
    let outbox = Outbox::open();
    // The second worker has connections of its own, as another process has.
    let other = wiring::deps(app.database.url(), 2, app.clock.clone(), app.statements.clone()).await;
    let now = app.now();
    let work = |deps: Arc<Deps>| {
        let channels = both(&outbox);
        tokio::spawn(async move { until_idle(&deps, &channels, now).await })
    };
    let (one, two) = (work(app.deps.clone()), work(other.clone()));
    let sent = one.await.unwrap().unwrap() + two.await.unwrap().unwrap();
    // A worker that found everything claimed stopped early; whatever is left is found now.
    let sent = sent + until_idle(&app.deps, &both(&outbox), now).await.unwrap();
    let rows = app.deliveries().await;
    assert!(rows.len() >= 64, "{}", rows.len());
    let odd = rows.iter().find(|row| row.status != DeliveryStatus::Sent || row.attempts != 1);
    assert!(odd.is_none(), "{odd:?}");
    assert_eq!(outbox.ids(), rows.iter().map(|row| row.id).collect::<Vec<_>>(), "each once, and none twice");
    assert_eq!(sent, rows.len() as u64, "each is counted by one worker");
    let pairs: BTreeSet<_> = rows.iter().map(|row| (row.notification_id, row.channel)).collect();
    assert_eq!(pairs.len(), rows.len());
    wiring::close(&other).await;
}

#[tokio::test]
async fn what_a_worker_had_when_it_died_is_sent_again_under_the_same_id() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let outbox = Outbox::reacting(|_| Reaction::Hold);
    let (deps, channels, now) = (app.deps.clone(), mail(&outbox), app.now());
    let worker = tokio::spawn(async move { deliver(&deps, &channels, now).await });
    outbox.holding.notified().await;
    worker.abort();
    assert!(worker.await.unwrap_err().is_cancelled(), "it died between sending and noting");
    let [claimed] = app.deliveries().await.try_into().unwrap();
    assert_eq!((claimed.status, claimed.attempts), (DeliveryStatus::Pending, 1));
    assert!(claimed.claimed_until.is_some_and(|until| until > app.now()));

    let healthy = Outbox::open();
    assert!(app.deliver(&mail(&healthy)).await.is_idle(), "the claim still holds");
    app.later(TimeDelta::seconds(91));
    assert_eq!(app.deliver_all(&mail(&healthy)).await.sent, 1);
    assert_eq!(healthy.ids(), outbox.ids(), "the receiver can tell that it is the same");
    let [sent] = app.deliveries().await.try_into().unwrap();
    assert_eq!((sent.status, sent.attempts, sent.claimed_until), (DeliveryStatus::Sent, 2, None));
    assert_eq!(sent.sent_at, Some(app.now()));
}

#[tokio::test]
async fn a_worker_that_wakes_up_too_late_changes_nothing() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let clock = app.clock.clone();
    // While it is on its way the claim runs out.
    let slow = Outbox::reacting(move |message| {
        clock.set(message.sent_at + TimeDelta::seconds(91));
        Reaction::Hold
    });
    let (deps, channels, now) = (app.deps.clone(), mail(&slow), app.now());
    let worker = tokio::spawn(async move { deliver(&deps, &channels, now).await });
    slow.holding.notified().await;
    let other = Outbox::reacting(|_| Reaction::Refuse(api::delivery::gateway::GatewayFault::permanent("no")));
    assert_eq!(app.deliver_all(&mail(&other)).await.dead, 1);
    let before = app.deliveries().await;
    slow.answer.notify_one();
    assert_eq!(worker.await.unwrap().unwrap().sent, 0);
    assert_eq!(app.deliveries().await, before, "given up by the other in the meantime");
}

#[tokio::test]
async fn a_message_that_kills_its_worker_is_given_up_and_holds_up_no_other() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1", "rep01"]).await;
    app.accepted("rep01").await;
    let panics = Arc::new(AtomicU32::new(0));
    let counted = panics.clone();
    let outbox = Outbox::reacting(move |message| match message.address.as_str() {
        "congress1@example.cn" => {
            counted.fetch_add(1, Ordering::Relaxed);
            Reaction::Panic
        }
        _ => Reaction::Take,
    });
    let first = app.deliver_all(&mail(&outbox)).await;
    assert_eq!((first.sent, first.postponed), (1, 1), "{first:?}");
    for _ in 0..12 {
        app.later(TimeDelta::days(1));
        app.deliver_all(&mail(&outbox)).await;
    }
    assert_eq!(panics.load(Ordering::Relaxed), 10, "tried ten times, then parked");
    let dead: Vec<_> = app.deliveries().await.into_iter().filter(|row| row.status == DeliveryStatus::Dead).collect();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].last_error.as_deref(), Some("the channel panicked; see the log"));
}

#[tokio::test]
async fn a_delivery_whose_attempts_never_end_is_given_up_too() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let outbox = Outbox::reacting(|_| Reaction::Hold);
    for _ in 0..10 {
        let (deps, channels, now) = (app.deps.clone(), mail(&outbox), app.now());
        let worker = tokio::spawn(async move { deliver(&deps, &channels, now).await });
        outbox.holding.notified().await;
        worker.abort();
        drop(worker.await);
        app.later(TimeDelta::seconds(91));
    }
    assert_eq!(app.deliver_all(&mail(&outbox)).await.dead, 1);
    assert_eq!(outbox.taken().len(), 10, "the eleventh attempt is not made");
}
