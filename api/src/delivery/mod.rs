//! Notifications on their way out of the house: by mail, and to gateways for short messages and WeChat.
//!
//! The notification itself is the outbox: it is written in the transaction of the change, and
//! `dispatched_at` is empty until a worker has handed it to the channels. [`deliver`] does one bounded
//! round of that: [`dispatch`] writes a delivery per channel, [`sending`] claims those that are due, sends
//! them outside any transaction and notes what became of them.
//!
//! Each delivery goes out at least once: a worker that dies between sending and noting leaves a claim that
//! runs out, and the delivery is sent again under the same id. See `docs/adr/0009-notifications-as-outbox.md`.

pub mod dispatch;
pub mod gateway;
pub mod mail;
pub mod message;
pub mod sending;
pub mod webhook;

use crate::config::ChannelSettings;
use crate::cx::Deps;
use crate::error::AppResult;
use chrono::{DateTime, Utc};
use domain::vocabulary::Channel;
use gateway::Gateway;
use std::sync::Arc;

/// The channels of this server besides the inbox, which needs none.
///
/// All processes that work on one database must have the same ones: whoever hands a notification over
/// decides for all by which channels it goes.
#[derive(Clone, Debug, Default)]
pub struct Channels {
    /// Takes mail.
    pub email: Option<Arc<dyn Gateway>>,
    /// Takes messages for a gateway.
    pub webhook: Option<Arc<dyn Gateway>>,
    /// Where people sign in, for the end of each notice.
    pub public_url: Option<String>,
}

impl Channels {
    /// The channels of these settings.
    ///
    /// # Errors
    /// Which channel cannot be set up, and why, in English.
    pub fn new(settings: &ChannelSettings) -> Result<Self, (Channel, String)> {
        let email = settings.mail.as_ref().map(mail::Mail::new).transpose();
        let webhook = settings.webhook.as_ref().map(webhook::Webhook::new).transpose();
        Ok(Self {
            email: email.map_err(|reason| (Channel::Email, reason))?.map(|mail| Arc::new(mail) as _),
            webhook: webhook.map_err(|reason| (Channel::Webhook, reason))?.map(|hook| Arc::new(hook) as _),
            public_url: settings.public_url.clone(),
        })
    }

    /// The channels by which anything can go out.
    pub fn open(&self) -> Vec<Channel> {
        Channel::ALL.iter().copied().filter(|channel| self.gateway(*channel).is_some()).collect()
    }

    /// What takes the messages of a channel.
    pub fn gateway(&self, channel: Channel) -> Option<&Arc<dyn Gateway>> {
        match channel {
            Channel::Inbox => None,
            Channel::Email => self.email.as_ref(),
            Channel::Webhook => self.webhook.as_ref(),
        }
    }
}

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Notifications that were handed to the channels, or passed over where there is none.
    pub dispatched: u64,
    /// Deliveries that were written for them.
    pub written: u64,
    /// Deliveries that a channel took.
    pub sent: u64,
    /// Deliveries that are not wanted or not allowed any more.
    pub skipped: u64,
    /// Deliveries that failed and are tried again later.
    pub postponed: u64,
    /// Deliveries that were given up.
    pub dead: u64,
    /// Whether another round would find work at once.
    pub more: bool,
}

impl Delivered {
    /// Whether the round found nothing to do.
    pub fn is_idle(&self) -> bool {
        *self == Self::default()
    }
}

/// Does one bounded round: hands over some notifications, and sends some deliveries that are due.
///
/// Several workers may do rounds at once. A round may be stopped at any await; what was claimed and not
/// settled is tried again when the claim runs out.
///
/// # Errors
/// When the database fails. A channel that fails is no error: the delivery is postponed or given up.
pub async fn deliver(deps: &Deps, channels: &Channels, now: DateTime<Utc>) -> AppResult<Delivered> {
    let mut done = dispatch::hand_over(deps, channels, now).await?;
    sending::send_due(deps, channels, now, &mut done).await?;
    Ok(done)
}
