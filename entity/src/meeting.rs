//! Meetings and inspections about matters (交办会、面商会、调研、考察).

use crate::json::Strings;
use chrono::{DateTime, Utc};
use domain::ids::{MeetingId, RegionId, UserId};
use domain::vocabulary::MeetingKind;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MeetingId,
    /// In which region.
    pub region_id: RegionId,
    /// What kind.
    pub kind: MeetingKind,
    /// The title.
    pub title: String,
    /// When it was held.
    pub held_at: DateTime<Utc>,
    /// Where.
    #[sea_orm(column_type = "Text", nullable)]
    pub place: Option<String>,
    /// Who took part.
    #[sea_orm(column_type = "JsonBinary")]
    pub participants: Strings,
    /// What came out of it.
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
