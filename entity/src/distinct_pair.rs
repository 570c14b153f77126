//! Pairs of matters that were compared and found to be no duplicates (不重复认定).

use chrono::{DateTime, Utc};
use domain::ids::{SubmissionId, UserId};
use sea_orm::entity::prelude::*;

/// One row; the smaller id comes first, so that a pair stands once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "distinct_pair")]
pub struct Model {
    /// The matter with the smaller id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: SubmissionId,
    /// The matter with the greater id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub second_id: SubmissionId,
    /// Who decided.
    pub decided_by: UserId,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// Why.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
