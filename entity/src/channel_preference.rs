//! What a person wants to hear by which channel (通知偏好).

use domain::ids::UserId;
use domain::vocabulary::{Channel, Topic};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_preference")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: UserId,
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: Channel,
    /// The topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: Topic,
    /// Whether it is wanted.
    pub enabled: bool,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
