//! Appraisals of agencies (绩效考评), one a year for each institution.
//!
//! What was frozen when it was announced stays: a correction stands beside it.

use crate::json::{AppraisalInputs, Findings};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AppraisalId, OrganizationId, RegionId, ScoringRuleId, UserId};
use domain::vocabulary::{AppraisalStatus, Institution};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AppraisalId,
    /// Counts every change of the row.
    pub version: i32,
    /// Region.
    pub region_id: RegionId,
    /// About the matters of which institution.
    pub institution: Institution,
    /// Handling year.
    pub handling_year: i32,
    /// The agency.
    pub agency_id: OrganizationId,
    /// State.
    pub status: AppraisalStatus,
    /// From what it follows; before it is announced the findings alone.
    #[sea_orm(column_type = "JsonBinary")]
    pub inputs: AppraisalInputs,
    /// The rules by which it was counted.
    pub rule_id: Option<ScoringRuleId>,
    /// The figures are as of the end of this day.
    pub as_of: Option<NaiveDate>,
    /// The total announced, in hundredths of a point; none when nothing could be scored.
    pub total: Option<i32>,
    /// When it was announced.
    pub announced_at: Option<DateTime<Utc>>,
    /// By whom.
    pub announced_by: Option<UserId>,
    /// What the agency objects.
    #[sea_orm(column_type = "Text", nullable)]
    pub objection: Option<String>,
    /// When it objected.
    pub objected_at: Option<DateTime<Utc>>,
    /// Who objected for it.
    pub objected_by: Option<UserId>,
    /// The answer to the objection.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub answered_by: Option<UserId>,
    /// The findings in place of those announced, when the answer corrected them.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub corrected: Option<Findings>,
    /// The total with them, in hundredths of a point.
    pub corrected_total: Option<i32>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
