//! Published years of the working-day calendar (节假日安排).

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_year")]
pub struct Model {
    /// The year, unique.
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    /// Reference of the notice of the State Council.
    pub notice: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
