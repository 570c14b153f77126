//! Entries of the trails that wait to be sealed (待封存); the database itself notes each one that is written.

use chrono::{DateTime, Utc};
use domain::ids::RegionId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_pending")]
pub struct Model {
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    /// In which table it is: `event` or `office_event`.
    pub kind: String,
    /// Its region.
    pub region_id: RegionId,
    /// When it happened.
    pub at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
