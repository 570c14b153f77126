//! Notifications on their way through a channel (通知投递).

use chrono::{DateTime, Utc};
use domain::ids::{DeliveryId, NotificationId, UserId};
use domain::vocabulary::{Channel, DeliveryStatus};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    /// What is delivered.
    pub notification_id: NotificationId,
    /// To whom.
    pub person_id: UserId,
    /// By which channel.
    pub channel: Channel,
    /// How far it is.
    pub status: DeliveryStatus,
    /// How often it was tried.
    pub attempts: i32,
    /// Not to be tried before.
    pub next_at: DateTime<Utc>,
    /// A worker has it until then.
    pub claimed_until: Option<DateTime<Utc>>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When the channel took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why the last attempt failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
