//! Attached files (附件); the bytes lie in the store of files, under the id.

use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, AttachmentId, CommitmentId, PositionId, RegionId, SubmissionId, UserId};
use domain::vocabulary::{AttachmentPurpose, AttachmentState};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttachmentId,
    /// Counts every change of the row.
    pub version: i32,
    /// Submission; a draft may be gone before the bytes of its files are.
    pub submission_id: SubmissionId,
    /// Region.
    pub region_id: RegionId,
    /// The assignment of the agency that brought evidence.
    pub assignment_id: Option<AssignmentId>,
    /// The promise that it proves, once a report names it.
    pub commitment_id: Option<CommitmentId>,
    /// What it is for.
    pub purpose: AttachmentPurpose,
    /// How far it has come.
    pub state: AttachmentState,
    /// Who brings it.
    pub uploader_id: UserId,
    /// In which position.
    pub position_id: PositionId,
    /// File name, cleaned.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub byte_size: i32,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// When it was announced.
    pub created_at: DateTime<Utc>,
    /// When its bytes had arrived.
    pub stored_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
