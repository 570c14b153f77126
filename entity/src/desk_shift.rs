//! Shifts at the consultation desk: which agency sits there, and who (咨政室值班表).

use crate::json::Strings;
use chrono::{DateTime, Utc};
use domain::ids::{DeskShiftId, OrganizationId, RegionId, SessionId, UserId};
use domain::vocabulary::Institution;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "desk_shift")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeskShiftId,
    /// Counts changes.
    pub version: i32,
    /// In which region.
    pub region_id: RegionId,
    /// At whose session.
    pub institution: Institution,
    /// At which session.
    pub session_id: SessionId,
    /// The agency that sits there.
    pub agency_id: OrganizationId,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// The positions that are present, in words.
    #[sea_orm(column_type = "JsonBinary")]
    pub staff: Strings,
    /// Who wrote it down.
    pub recorded_by: UserId,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Who cancelled it.
    pub cancelled_by: Option<UserId>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
