//! Answers to questions at the consultation desk; append-only (咨询答复).

use chrono::{DateTime, Utc};
use domain::ids::{ConsultationAnswerId, ConsultationId, PositionId, UserId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consultation_answer")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsultationAnswerId,
    /// To which question.
    pub consultation_id: ConsultationId,
    /// The answer.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Who answered.
    pub answered_by: UserId,
    /// In which position.
    pub answered_as: PositionId,
    /// When.
    pub answered_at: DateTime<Utc>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
