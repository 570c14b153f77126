//! Supervision labels (督办).

use chrono::{DateTime, Utc};
use domain::ids::{SubmissionId, SupervisionId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supervision")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupervisionId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// Label.
    pub label: String,
    /// Leader.
    pub leader_id: Option<UserId>,
    /// Reason.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// By whom.
    pub by_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
