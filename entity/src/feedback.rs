//! Feedback forms sent to proposers (征询意见表、反馈意见表).

use crate::json::FormAnswers;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{FeedbackFormId, FeedbackId, ReplyId, SubmissionId, UserId};
use domain::vocabulary::{FeedbackStatus, Rating, Settlement};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackId,
    /// Counts every change of the row.
    pub version: i32,
    /// The proposer's own submission (the merged one, where merged).
    pub submission_id: SubmissionId,
    /// The submission that was handled.
    pub handled_id: SubmissionId,
    /// Reply.
    pub reply_id: ReplyId,
    /// Round.
    pub round: i32,
    /// State.
    pub status: FeedbackStatus,
    /// Template.
    pub form_id: FeedbackFormId,
    /// Who is asked.
    pub respondent_id: UserId,
    /// When sent.
    pub requested_at: DateTime<Utc>,
    /// Due day.
    pub due_on: NaiveDate,
    /// When answered.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Attitude.
    pub attitude_rating: Option<Rating>,
    /// Process.
    pub process_rating: Option<Rating>,
    /// Result.
    pub result_rating: Option<Rating>,
    /// Overall.
    pub overall_rating: Option<Rating>,
    /// Comment.
    #[sea_orm(column_type = "Text", nullable)]
    pub comment: Option<String>,
    /// Answers to the form's questions.
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: FormAnswers,
    /// When settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// By whom.
    pub settled_by: Option<UserId>,
    /// What was decided.
    pub settlement: Option<Settlement>,
    /// Why.
    #[sea_orm(column_type = "Text", nullable)]
    pub settlement_reason: Option<String>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
