//! Notifications leave the house once, with no more than everybody may know, and to nobody who may not have them.

mod api;
mod calls;
mod contents;
mod mail_server;
mod mails;
mod outbox;
mod recipients;
mod retries;
mod workers;

pub use outbox::{Outbox, Reaction, both, mail};

use crate::support::TestApp;
use ::api::delivery::gateway::GatewayFault;
use domain::ids::DeliveryId;
use std::sync::Arc;

/// A gateway that knows none of the mailboxes.
pub fn refused_for_good() -> Arc<Outbox> {
    Outbox::reacting(|_| Reaction::Refuse(GatewayFault::permanent("SMTP 550")))
}

/// A delivery to congress1 that was given up.
pub async fn given_up(app: &TestApp) -> DeliveryId {
    one(app, &refused_for_good()).await
}

/// A delivery to congress1 that was sent.
pub async fn sent(app: &TestApp) -> DeliveryId {
    one(app, &Outbox::open()).await
}

async fn one(app: &TestApp, outbox: &Arc<Outbox>) -> DeliveryId {
    // Whatever else happened in the test is not what this is about.
    app.deliver_all(&::api::delivery::Channels::default()).await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep06").await;
    app.deliver_all(&mail(outbox)).await;
    app.deliveries().await.last().expect("a delivery").id
}
