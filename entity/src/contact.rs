//! Contacts with the proposer (沟通记录).

use crate::json::Strings;
use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, ContactId, SubmissionId, UserId};
use domain::vocabulary::{ContactConfirmation, ContactMode, ContactPhase};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactId,
    /// Counts every change of the row.
    pub version: i32,
    /// Assignment.
    pub assignment_id: AssignmentId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// How.
    pub mode: ContactMode,
    /// When in the handling.
    pub phase: ContactPhase,
    /// Whether it counts as face to face by the rules.
    pub face_to_face: bool,
    /// When.
    pub held_at: DateTime<Utc>,
    /// Where.
    #[sea_orm(column_type = "Text", nullable)]
    pub place: Option<String>,
    /// Who took part.
    #[sea_orm(column_type = "JsonBinary")]
    pub participants: Strings,
    /// What was said.
    #[sea_orm(column_type = "Text")]
    pub summary: String,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// When recorded.
    pub recorded_at: DateTime<Utc>,
    /// The proposer's word.
    pub confirmation: ContactConfirmation,
    /// His comment.
    #[sea_orm(column_type = "Text", nullable)]
    pub confirmation_comment: Option<String>,
    /// When he answered.
    pub answered_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
