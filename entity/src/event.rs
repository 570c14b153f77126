//! The trail: append-only (办理轨迹).

use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, EventId, OrganizationId, PositionId, RegionId, RuleSetId, SubmissionId, UserId};
use domain::policy::Audience;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Submission.
    pub submission_id: SubmissionId,
    /// Assignment concerned.
    pub assignment_id: Option<AssignmentId>,
    /// Agency concerned.
    pub agency_id: Option<OrganizationId>,
    /// Region.
    pub region_id: RegionId,
    /// When.
    pub at: DateTime<Utc>,
    /// What happened.
    pub happening: String,
    /// For whom the entry is meant.
    pub audience: Audience,
    /// Who.
    pub actor_id: Option<UserId>,
    /// Acting as.
    pub position_id: Option<PositionId>,
    /// Id of the object that changed.
    pub subject: String,
    /// State before.
    pub from_status: Option<String>,
    /// State after.
    pub to_status: Option<String>,
    /// Reason or detail in words.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    /// Version of the rules used.
    pub rule_set_id: Option<RuleSetId>,
    /// Written under a rehearsal clock.
    pub rehearsal: bool,
    /// The request that caused it.
    pub request_id: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
