//! Invitations to co-sign and their answers (联名).

use chrono::{DateTime, Utc};
use domain::ids::{CosignatureId, PositionId, SubmissionId, UserId};
use domain::vocabulary::CosignStatus;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cosignature")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CosignatureId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// The invited person.
    pub person_id: UserId,
    /// The position in which he is invited.
    pub position_id: PositionId,
    /// State.
    pub status: CosignStatus,
    /// When invited.
    pub invited_at: DateTime<Utc>,
    /// When answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Opinion.
    #[sea_orm(column_type = "Text", nullable)]
    pub opinion: Option<String>,
    /// Answer to a wish to withdraw; none while it is open.
    pub withdrawal_agreed: Option<bool>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
