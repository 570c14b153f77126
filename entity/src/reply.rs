//! Replies: one per assignment and round (答复).

use crate::json::{DemandAnswers, Promises, Strings};
use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, OrganizationId, ReplyId, SubmissionId, UserId};
use domain::vocabulary::{Disclosure, Outcome, ReplyStatus};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reply")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReplyId,
    /// Counts every change of the row.
    pub version: i32,
    /// Assignment.
    pub assignment_id: AssignmentId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// Round.
    pub round: i32,
    /// State.
    pub status: ReplyStatus,
    /// Text.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Canonical outcome.
    pub outcome: Outcome,
    /// The region's label.
    pub outcome_label: String,
    /// Answers demand by demand.
    #[sea_orm(column_type = "JsonBinary")]
    pub demand_answers: DemandAnswers,
    /// Promises of the draft; they become commitments at issue.
    #[sea_orm(column_type = "JsonBinary")]
    pub promises: Promises,
    /// Disclosure.
    pub disclosure: Disclosure,
    /// Who drafted it.
    pub drafted_by: UserId,
    /// When drafted.
    pub drafted_at: DateTime<Utc>,
    /// Index of the awaited step of the chain.
    pub step: i32,
    /// Names of co-agencies whose opinion was overdue at sign-off.
    #[sea_orm(column_type = "JsonBinary")]
    pub late_opinions: Strings,
    /// Why the office rejected it.
    #[sea_orm(column_type = "Text", nullable)]
    pub rejection_reason: Option<String>,
    /// Document number (发文字号).
    pub document_no: Option<String>,
    /// When issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// The agency that answers.
    pub agency_id: OrganizationId,
    /// When published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was taken back from the public; empty while it is published.
    pub publication_withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    #[sea_orm(column_type = "Text", nullable)]
    pub publication_withdrawal_reason: Option<String>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
