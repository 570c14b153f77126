//! Frozen texts: one per submission (定稿文本).

use crate::json::FrozenText;
use chrono::{DateTime, Utc};
use domain::ids::{SnapshotId, SubmissionId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "snapshot")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SnapshotId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// Counts the submissions of the same matter, from 1.
    pub number: i32,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// By whom.
    pub taken_by: UserId,
    /// The text as handed in.
    #[sea_orm(column_type = "JsonBinary")]
    pub text: FrozenText,
    /// SHA-256 of the text.
    pub digest: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
