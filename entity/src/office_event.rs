//! The trail of what administrators and offices change outside matters; append-only (管理轨迹).

use chrono::{DateTime, Utc};
use domain::ids::{OfficeEventId, PositionId, RegionId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "office_event")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfficeEventId,
    /// In which region.
    pub region_id: RegionId,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub happening: String,
    /// Who, if a person.
    pub actor_id: Option<UserId>,
    /// In which position.
    pub position_id: Option<PositionId>,
    /// Id or name of what changed.
    pub subject: String,
    /// Reason or detail.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    /// Whether a rehearsal clock was used.
    pub rehearsal: bool,
    /// The request, as in the log.
    pub request_id: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
