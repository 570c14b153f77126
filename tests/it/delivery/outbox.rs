//! A gateway that keeps what it takes, and fails as a test wants.

use crate::support::TestApp;
use api::delivery::gateway::{Gateway, GatewayFault};
use api::delivery::message::Message;
use api::delivery::{Channels, Delivered, deliver};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::DeliveryId;
use domain::vocabulary::{Channel, DeliveryStatus};
use entity::{delivery, person};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::fmt;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// What a gateway does with a message.
#[derive(Clone, Debug)]
pub enum Reaction {
    /// Takes it.
    Take,
    /// Says no.
    Refuse(GatewayFault),
    /// Takes it, and answers only when told to.
    Hold,
    /// Panics before taking it.
    Panic,
}

type React = dyn Fn(&Message) -> Reaction + Send + Sync;

/// The gateway.
pub struct Outbox {
    taken: Mutex<Vec<Message>>,
    react: Box<React>,
    /// Rung when a message is held.
    pub holding: Notify,
    /// To be rung for an answer to a held message.
    pub answer: Notify,
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

impl Outbox {
    /// A gateway that takes everything.
    pub fn open() -> Arc<Self> {
        Self::reacting(|_| Reaction::Take)
    }

    /// A gateway that does what the function says.
    pub fn reacting(react: impl Fn(&Message) -> Reaction + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            taken: Mutex::default(),
            react: Box::new(react),
            holding: Notify::new(),
            answer: Notify::new(),
        })
    }

    /// What it took, in the order of taking.
    pub fn taken(&self) -> Vec<Message> {
        self.taken.lock().unwrap().clone()
    }

    /// The ids of what it took, sorted.
    pub fn ids(&self) -> Vec<DeliveryId> {
        let mut ids: Vec<DeliveryId> = self.taken().iter().map(|message| message.id).collect();
        ids.sort();
        ids
    }
}

#[async_trait]
impl Gateway for Outbox {
    async fn send(&self, message: &Message) -> Result<(), GatewayFault> {
        let reaction = (self.react)(message);
        if matches!(reaction, Reaction::Take | Reaction::Hold) {
            self.taken.lock().unwrap().push(message.clone());
        }
        match reaction {
            Reaction::Take => Ok(()),
            Reaction::Refuse(fault) => Err(fault),
            Reaction::Panic => panic!("as the test wants"),
            Reaction::Hold => {
                self.holding.notify_one();
                self.answer.notified().await;
                Ok(())
            }
        }
    }
}

/// Mail alone.
pub fn mail(outbox: &Arc<Outbox>) -> Channels {
    Channels { email: Some(outbox.clone()), ..Channels::default() }
}

/// Mail and messages by one gateway.
pub fn both(outbox: &Arc<Outbox>) -> Channels {
    Channels { email: Some(outbox.clone()), webhook: Some(outbox.clone()), public_url: None }
}

impl TestApp {
    /// Gives people a mailbox each.
    pub async fn mailboxes(&self, usernames: &[&str]) {
        for username in usernames {
            self.address(username, person::Column::Email, Some(&format!("{username}@example.cn"))).await;
        }
    }

    /// Gives people a telephone each.
    pub async fn telephones(&self, usernames: &[&str]) {
        for (number, username) in usernames.iter().enumerate() {
            self.address(username, person::Column::Mobile, Some(&format!("1380000{number:04}"))).await;
        }
    }

    /// Sets the address of a person.
    pub async fn address(&self, username: &str, column: person::Column, address: Option<&str>) {
        let changed = person::Entity::update_many()
            .col_expr(column, Expr::value(address.map(str::to_owned)))
            .filter(person::Column::Username.eq(username))
            .exec(self.deps.db.writer())
            .await
            .unwrap();
        assert_eq!(changed.rows_affected, 1, "{username}");
    }

    /// One round at the present instant.
    pub async fn deliver(&self, channels: &Channels) -> Delivered {
        deliver(&self.deps, channels, self.now()).await.unwrap()
    }

    /// Rounds until there is nothing to do, with their sums.
    pub async fn deliver_all(&self, channels: &Channels) -> Delivered {
        let mut all = Delivered::default();
        loop {
            let round = self.deliver(channels).await;
            if round.is_idle() {
                return all;
            }
            all.dispatched += round.dispatched;
            all.written += round.written;
            all.sent += round.sent;
            all.skipped += round.skipped;
            all.postponed += round.postponed;
            all.dead += round.dead;
        }
    }

    /// Moves the clock on.
    pub fn later(&self, by: TimeDelta) -> DateTime<Utc> {
        self.clock.set(self.now() + by);
        self.now()
    }

    /// Every delivery, oldest first.
    pub async fn deliveries(&self) -> Vec<delivery::Model> {
        delivery::Entity::find().order_by_asc(delivery::Column::Id).all(self.deps.db.reader()).await.unwrap()
    }

    /// The states of the deliveries by this channel, oldest first.
    pub async fn states(&self, channel: Channel) -> Vec<DeliveryStatus> {
        self.deliveries().await.into_iter().filter(|row| row.channel == channel).map(|row| row.status).collect()
    }
}
