//! Days that one region adds to the calendar, or takes back (地方节假日).

use chrono::NaiveDate;
use domain::ids::RegionId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "region_calendar_day")]
pub struct Model {
    /// The region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region_id: RegionId,
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: NaiveDate,
    /// HOLIDAY or MAKE_UP.
    pub kind: String,
    /// The name.
    pub name: String,
    /// The notice that says so.
    pub notice: String,
    /// Of which year's notice, which may reach back into the December before.
    pub year: i32,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
