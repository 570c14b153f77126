//! Opinions of co-handling agencies, and agreement of joint leads (会办意见).

use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, CoOpinionId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "co_opinion")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CoOpinionId,
    /// Assignment.
    pub assignment_id: AssignmentId,
    /// Round.
    pub round: i32,
    /// Text.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// By whom.
    pub sent_by: UserId,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
