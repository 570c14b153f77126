//! Assignments of agencies (承办).

use crate::json::ClockEvents;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AssignmentId, OrganizationId, SubmissionId, UserId};
use domain::vocabulary::{AssignmentRole, AssignmentStatus, HandlingStage};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssignmentId,
    /// Counts every change of the row.
    pub version: i32,
    /// Submission.
    pub submission_id: SubmissionId,
    /// Agency.
    pub agency_id: OrganizationId,
    /// Part.
    pub role: AssignmentRole,
    /// State.
    pub status: AssignmentStatus,
    /// False once returned or cancelled; kept for the unique index.
    pub live: bool,
    /// True for the one lead of a mode with one lead; kept for the unique index.
    pub sole_lead: bool,
    /// Order in lists.
    pub ordinal: i32,
    /// What of the submission it answers for (分工).
    #[sea_orm(column_type = "Text", nullable)]
    pub scope: Option<String>,
    /// Round of handling, from 1.
    pub round: i32,
    /// When released.
    pub assigned_at: Option<DateTime<Utc>>,
    /// When signed for.
    pub signed_at: Option<DateTime<Utc>>,
    /// Due day of the reply or opinion.
    pub due_on: Option<NaiveDate>,
    /// Day from which the due day counts.
    pub clock_from: Option<NaiveDate>,
    /// Day to which it was extended; rows of the first schema alone, the events tell it since.
    pub extended_to: Option<NaiveDate>,
    /// When the reply of the round was issued or the opinion sent.
    pub finished_at: Option<DateTime<Utc>>,
    /// When a leader settled that this agency must handle it; then it is not handed back again.
    pub arbitrated_at: Option<DateTime<Utc>>,
    /// What happened to its clock, oldest first; empty before release and in rows of the first schema.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub clock: Option<ClockEvents>,
    /// Leader in charge.
    pub leader_id: Option<UserId>,
    /// Handler.
    pub handler_id: Option<UserId>,
    /// Section.
    pub section_id: Option<OrganizationId>,
    /// Handling plan.
    #[sea_orm(column_type = "Text", nullable)]
    pub plan: Option<String>,
    /// Last reported stage.
    pub stage: Option<HandlingStage>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
