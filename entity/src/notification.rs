//! In-app notifications (通知).

use chrono::{DateTime, Utc};
use domain::ids::{AppraisalId, ConsultationId, EventId, NotificationId, PositionId, SubmissionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// To whom, in which position.
    pub position_id: PositionId,
    /// About what.
    pub submission_id: Option<SubmissionId>,
    /// About which question at the consultation desk.
    pub consultation_id: Option<ConsultationId>,
    /// About which appraisal.
    pub appraisal_id: Option<AppraisalId>,
    /// Because of which event.
    pub event_id: EventId,
    /// What happened.
    pub happening: String,
    /// Detail in words.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// When read.
    pub read_at: Option<DateTime<Utc>>,
    /// When it was handed to the channels besides the inbox; empty while it waits.
    pub dispatched_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
