//! From which day each due day of an assignment held (期限沿革); one row a day at most, the last of that day.

use chrono::NaiveDate;
use domain::ids::AssignmentId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "due_day")]
pub struct Model {
    /// The assignment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub assignment_id: AssignmentId,
    /// The day from which on it held.
    #[sea_orm(primary_key, auto_increment = false)]
    pub noted_on: NaiveDate,
    /// The due day.
    pub due_on: NaiveDate,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
