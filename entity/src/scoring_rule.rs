//! Versions of the rules by which a region scores its agencies (评分细则); never changed once written.

use chrono::{DateTime, Utc};
use domain::ids::{RegionId, ScoringRuleId, UserId};
use domain::vocabulary::Institution;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scoring_rule")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScoringRuleId,
    /// Region.
    pub region_id: RegionId,
    /// Version, from 1.
    pub version: i32,
    /// For which institution; both when empty.
    pub institution: Option<Institution>,
    /// First handling year that is scored by it.
    pub effective_year: i32,
    /// The rules, format "scoring/1".
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Why they were made.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: UserId,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
