//! The chain of sealed entries of a region; append-only (轨迹封存链).

use chrono::{DateTime, Utc};
use domain::ids::RegionId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_link")]
pub struct Model {
    /// The region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region_id: RegionId,
    /// Place in its chain, from 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// In which table the entry is: `event` or `office_event`.
    pub kind: String,
    /// The entry.
    pub entry_id: Uuid,
    /// SHA-256 over the link before and the entry, in hexadecimal digits.
    pub hash: String,
    /// Up to which instant the trails were sealed with its batch: the present one, or while more waited that of the last
    /// entry of the batch.
    pub sealed_to: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
