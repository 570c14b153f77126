//! Versions of the rules of a region (规则版本); never changed once written.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{RegionId, RuleSetId, UserId};
use domain::vocabulary::Institution;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_set")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RuleSetId,
    /// Region.
    pub region_id: RegionId,
    /// Version, from 1.
    pub version: i32,
    /// First day on which new matters begin with it.
    pub effective_from: NaiveDate,
    /// The preset from which it was made.
    pub preset: String,
    /// The rules, format "rules/1".
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// For which institution; both when empty.
    pub institution: Option<Institution>,
    /// What the region changed in the preset, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub overrides: Option<String>,
    /// Why it was changed.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Who changed it; nobody when it was loaded from a file.
    pub created_by: Option<UserId>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
