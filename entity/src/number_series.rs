//! Counters of gap-free numbers (案号序列).

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number_series")]
pub struct Model {
    /// Institution, session and kind, unique.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Last number given.
    pub value: i32,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
