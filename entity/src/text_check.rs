//! What the check of its text found when a matter was first handed in (首次提交时的文本检查).

use domain::ids::SubmissionId;
use sea_orm::entity::prelude::*;

/// One row; it stays as it was when the text is revised.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "text_check")]
pub struct Model {
    /// The matter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub submission_id: SubmissionId,
    /// Codes of what was found, each once and in order, with commas between them; empty when nothing was.
    #[sea_orm(column_type = "Text")]
    pub findings: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
