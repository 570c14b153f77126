//! First results of creating commands (幂等键).

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: UserId,
    /// His key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Which command.
    pub operation: String,
    /// SHA-256 of the command.
    pub digest: String,
    /// Id of what was created.
    pub subject: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
