//! Leaders' instructions on a matter, internal for ever (批示).

use chrono::{DateTime, Utc};
use domain::ids::{InstructionId, PositionId, SubmissionId, UserId};
use domain::vocabulary::Role;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instruction")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InstructionId,
    /// On which matter.
    pub submission_id: SubmissionId,
    /// The instruction.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Who gave it.
    pub by_id: UserId,
    /// In which position.
    pub position_id: PositionId,
    /// In which role: on which side the leader stood then.
    pub role: Role,
    /// When.
    pub at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
