//! Holidays and make-up working days.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendar_day")]
pub struct Model {
    /// The day, unique.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: NaiveDate,
    /// HOLIDAY or MAKE_UP.
    pub kind: String,
    /// Name of the holiday.
    pub name: String,
    /// Of which year's notice, which may reach back into the December before; empty in rows of the first schema.
    pub year: Option<i32>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
