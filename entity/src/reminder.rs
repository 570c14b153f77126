//! Reminders that were sent, each once (催办提醒).

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{NotificationId, PositionId, ReminderId, SubmissionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reminder")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReminderId,
    /// Rule, item, round, position and due point; unique.
    pub key: String,
    /// Which rule of the ladder.
    pub kind: String,
    /// About what.
    pub submission_id: SubmissionId,
    /// To whom.
    pub position_id: PositionId,
    /// The day on which it fell due.
    pub due_point: NaiveDate,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The notification that carries it.
    pub notification_id: NotificationId,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
