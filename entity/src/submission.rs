//! Submissions: suggestions and proposals (件).

use crate::json::{OrganizationIds, Strings};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CategoryId, OrganizationId, PositionId, RegionId, RuleSetId, SessionId, SubmissionId, UserId};
use domain::vocabulary::{
    CollectiveKind, Confidentiality, Disclosure, HandlingMode, Institution, RegionLevel, SessionPhase, SubmissionKind,
    SubmissionStatus,
};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submission")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SubmissionId,
    /// Counts every change of the row.
    pub version: i32,
    /// Kind.
    pub kind: SubmissionKind,
    /// Institution.
    pub institution: Institution,
    /// State; from ASSIGNED to CLOSED as the assignments make it.
    pub status: SubmissionStatus,
    /// Region.
    pub region_id: RegionId,
    /// Session.
    pub session_id: Option<SessionId>,
    /// Handling year of the session.
    pub handling_year: Option<i32>,
    /// In or off session, fixed at first submission.
    pub phase: Option<SessionPhase>,
    /// Level of origin.
    pub origin_level: Option<RegionLevel>,
    /// Category.
    pub category_id: Option<CategoryId>,
    /// Case number (案号), given at acceptance.
    pub case_no: Option<i32>,
    /// Title (标题、案由).
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Background (情况).
    #[sea_orm(column_type = "Text")]
    pub background: String,
    /// Analysis (分析).
    #[sea_orm(column_type = "Text")]
    pub analysis: String,
    /// Recommendations (建议).
    #[sea_orm(column_type = "Text")]
    pub recommendations: String,
    /// Demands (诉求点).
    #[sea_orm(column_type = "JsonBinary")]
    pub demands: Strings,
    /// Agencies that the proposer suggests.
    #[sea_orm(column_type = "JsonBinary")]
    pub suggested_agency_ids: OrganizationIds,
    /// Confidentiality.
    pub confidentiality: Confidentiality,
    /// Disclosure.
    pub disclosure: Disclosure,
    /// Lead proposer (领衔人).
    pub lead_proposer_id: UserId,
    /// The position in which he proposes.
    pub lead_position_id: PositionId,
    /// The kind of the body in whose name it is proposed; empty when persons propose.
    pub collective_kind: Option<CollectiveKind>,
    /// The name of that body.
    pub collective_name: Option<String>,
    /// Congress or CPPCC office in charge.
    pub office_id: Option<OrganizationId>,
    /// Transfer office in charge.
    pub transfer_office_id: Option<OrganizationId>,
    /// The version of the rules with which it began.
    pub rule_set_id: Option<RuleSetId>,
    /// When the draft was written.
    pub created_at: DateTime<Utc>,
    /// When it was first handed in.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was first accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was first released: start of the legal clock.
    pub assigned_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Round of handling, from 1.
    pub round: i32,
    /// Handling mode.
    pub mode: Option<HandlingMode>,
    /// Earliest open due day of the answering agencies.
    pub due_on: Option<NaiveDate>,
    /// Main matter.
    pub merged_into_id: Option<SubmissionId>,
    /// Successor.
    pub converted_to_id: Option<SubmissionId>,
    /// Coded ground of refusal.
    pub refusal_ground: Option<String>,
    /// Reason of refusal or return in words.
    #[sea_orm(column_type = "Text", nullable)]
    pub refusal_reason: Option<String>,
    /// When the lead asked the co-signers to agree to withdraw.
    pub withdrawal_asked_at: Option<DateTime<Utc>>,
    /// Reason of the withdrawal.
    #[sea_orm(column_type = "Text", nullable)]
    pub withdrawal_reason: Option<String>,
    /// When it was brought in from a ledger; empty for a matter that was handed in here.
    pub imported_at: Option<DateTime<Utc>>,
    /// Since when the names of its proposers are kept from the public.
    pub names_withheld_at: Option<DateTime<Utc>>,
    /// When what the public sees of it last changed; empty for what never was public.
    pub public_changed_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
