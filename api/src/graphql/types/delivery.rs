//! What goes out by mail and message, and what a person wants of it.

use super::directory::IntoId;
use crate::graphql::connection::connection;
use crate::graphql::error::GqlResult;
use crate::use_cases::choosing::Preference;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::vocabulary::{Channel, DeliveryStatus, Topic};
use entity::delivery;

/// A notification on its way by mail or message; says nothing of the matter, nor of the address (通知投递).
#[derive(Clone, Debug)]
pub struct Delivery(pub delivery::Model);

connection!(
    /// A page of deliveries (通知投递分页).
    DeliveryConnection, DeliveryEdge, Delivery
);

/// A notification on its way by mail or message; says nothing of the matter, nor of the address (通知投递).
#[Object]
impl Delivery {
    /// Global id; the receiving side knows a double by it (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// The channel (渠道).
    async fn channel(&self) -> Channel {
        self.0.channel
    }
    /// How far it is (投递状态).
    async fn status(&self) -> DeliveryStatus {
        self.0.status
    }
    /// How often it was tried since it was written or last tried anew (已尝试次数).
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }
    /// When it was written (生成时间).
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
    /// When it is tried next; null when it is not tried any more (下次投递时间).
    async fn next_at(&self) -> Option<DateTime<Utc>> {
        (self.0.status == DeliveryStatus::Pending).then_some(self.0.next_at)
    }
    /// When the channel took it (投递时间).
    async fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.0.sent_at
    }
    /// Why the last attempt failed or none was made, in English, without addresses (失败原因).
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }
    /// The name of the recipient (接收人姓名).
    async fn recipient_name(&self, ctx: &Context<'_>) -> GqlResult<String> {
        Ok(super::person(ctx, self.0.person_id).await?.0.name)
    }
}

/// What a person wants to hear by which channel (通知偏好).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct ChannelPreference {
    /// The channel (渠道).
    channel: Channel,
    /// The topic (主题).
    topic: Topic,
    /// Whether notices of the topic go by the channel, once it is set up and an address is known (是否接收).
    enabled: bool,
    /// Whether it cannot be changed: legal notices always go out, and the inbox keeps everything (是否固定).
    fixed: bool,
}

impl From<Preference> for ChannelPreference {
    fn from(held: Preference) -> Self {
        Self { channel: held.channel, topic: held.topic, enabled: held.enabled, fixed: held.fixed }
    }
}
