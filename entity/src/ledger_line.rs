//! What a ledger said of a matter that was brought in from it.

use crate::json::Strings;
use domain::ids::{RegionId, SubmissionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_line")]
pub struct Model {
    /// The matter that was made of the line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: SubmissionId,
    /// The region whose ledger it is.
    pub region_id: RegionId,
    /// What makes the line the same matter in every file (`domain::ledger::Fingerprint`).
    pub fingerprint: String,
    /// The name of the file.
    pub file_name: String,
    /// The row number that a spreadsheet shows.
    pub line: i32,
    /// The cells in the order of `domain::ledger::Column`, so that nothing is lost for which a matter has no field.
    #[sea_orm(column_type = "JsonBinary")]
    pub cells: Strings,
}

/// No relations are needed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
