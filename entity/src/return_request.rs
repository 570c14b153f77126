//! Requests to hand back (退办申请).

use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, OrganizationId, ReturnRequestId, UserId};
use domain::vocabulary::RequestStatus;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_request")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReturnRequestId,
    /// Counts every change of the row.
    pub version: i32,
    /// Assignment.
    pub assignment_id: AssignmentId,
    /// Reason.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// The agency that should take over.
    pub proposed_agency_id: OrganizationId,
    /// State.
    pub status: RequestStatus,
    /// By whom.
    pub requested_by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// When it became a dispute; none for a plain request and for rows of the first schema.
    pub disputed_at: Option<DateTime<Utc>>,
    /// Who decided.
    pub decided_by: Option<UserId>,
    /// When decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Reason of the decision.
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_reason: Option<String>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
