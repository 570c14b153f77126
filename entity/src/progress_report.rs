//! Reports of progress (进度).

use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, ProgressReportId, UserId};
use domain::vocabulary::HandlingStage;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "progress_report")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProgressReportId,
    /// Assignment.
    pub assignment_id: AssignmentId,
    /// Stage.
    pub stage: HandlingStage,
    /// Note.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// By whom.
    pub by_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
