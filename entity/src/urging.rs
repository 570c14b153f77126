//! Urgings of agencies, counted (催办).

use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, UrgingId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "urging")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UrgingId,
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// What was said.
    #[sea_orm(column_type = "Text")]
    pub message: String,
    /// Who urged.
    pub by_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
