//! Which matters a record of an office is about.

use domain::ids::{OfficeRecordId, SubmissionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "office_record_matter")]
pub struct Model {
    /// The record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub office_record_id: OfficeRecordId,
    /// The matter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: SubmissionId,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
