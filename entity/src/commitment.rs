//! Promises made in replies (承诺事项).

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AssignmentId, CommitmentId, OrganizationId, RegionId, ReplyId, SubmissionId};
use domain::vocabulary::{CommitmentStatus, Rating};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "commitment")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CommitmentId,
    /// Counts every change of the row.
    pub version: i32,
    /// Reply.
    pub reply_id: ReplyId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// Assignment.
    pub assignment_id: AssignmentId,
    /// The agency that promised.
    pub agency_id: OrganizationId,
    /// Region.
    pub region_id: RegionId,
    /// Order in the reply.
    pub ordinal: i32,
    /// What was promised.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// By when it was promised.
    pub due_on: NaiveDate,
    /// State.
    pub status: CommitmentStatus,
    /// Last report.
    #[sea_orm(column_type = "Text", nullable)]
    pub report: Option<String>,
    /// When reported.
    pub reported_at: Option<DateTime<Utc>>,
    /// Whether the last report says fulfilled; none before the first.
    pub fulfilled: Option<bool>,
    /// New date after a change.
    pub changed_to: Option<NaiveDate>,
    /// When the proposer answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// His comment.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer_comment: Option<String>,
    /// His rating of the fulfilment.
    pub fulfilment_rating: Option<Rating>,
    /// When it was made public.
    pub published_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
