//! How fast a region used to do each step of handling (往年进度); derived, and made anew every day.

use chrono::NaiveDate;
use domain::ids::RegionId;
use domain::vocabulary::HandlingStage;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stage_pace")]
pub struct Model {
    /// The region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region_id: RegionId,
    /// The step.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: HandlingStage,
    /// Within how many percent of its time three of four parts had done it, 0 to 100.
    pub percent: i32,
    /// How many parts this rests on.
    pub samples: i32,
    /// The day on which it was computed.
    pub computed_on: NaiveDate,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
