//! Morning lists that were sent, one a day and position (晨报).

use chrono::NaiveDate;
use domain::ids::{NotificationId, PositionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digest")]
pub struct Model {
    /// To whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position_id: PositionId,
    /// Of which day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: NaiveDate,
    /// The notification that carries it.
    pub notification_id: NotificationId,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
