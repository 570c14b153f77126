//! Questions at the consultation desk (两会咨政室).

use chrono::{DateTime, Utc};
use domain::ids::{ConsultationId, OrganizationId, PositionId, RegionId, SessionId, SubmissionId, UserId};
use domain::policy::ConsultationFacts;
use domain::vocabulary::{ConsultationStatus, Institution};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consultation")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsultationId,
    /// Counts changes.
    pub version: i32,
    /// In which region.
    pub region_id: RegionId,
    /// At whose session.
    pub institution: Institution,
    /// At which session.
    pub session_id: SessionId,
    /// The agency that is asked.
    pub agency_id: OrganizationId,
    /// The deputy or member who asks.
    pub asker_id: UserId,
    /// In which position.
    pub asker_position_id: PositionId,
    /// Whether an office asked on his behalf.
    pub on_behalf: bool,
    /// Who wrote it down: the asker, or somebody of the office.
    pub recorded_by: UserId,
    /// In which position.
    pub recorded_as: PositionId,
    /// The question.
    #[sea_orm(column_type = "Text")]
    pub question: String,
    /// The draft or submission to which it belongs.
    pub submission_id: Option<SubmissionId>,
    /// State.
    pub status: ConsultationStatus,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// When it was first answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// When it was closed or taken back.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Model {
    /// What the policy must know of it.
    pub fn facts(&self) -> ConsultationFacts {
        ConsultationFacts {
            region_id: self.region_id,
            institution: self.institution,
            agency_id: self.agency_id,
            asker_id: self.asker_id,
            on_behalf: self.on_behalf,
        }
    }
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
