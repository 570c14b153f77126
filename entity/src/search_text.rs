//! The search index: the tokens of one piece of one text (全文检索索引).

use domain::ids::SubmissionId;
use domain::vocabulary::TextLayer;
use sea_orm::entity::prelude::*;

/// One row. It is derived from other rows and can be made again from them at any time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_text")]
pub struct Model {
    /// The id, given by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The matter that is found.
    pub submission_id: SubmissionId,
    /// The row that holds the text: the matter itself or a reply.
    pub source_id: Uuid,
    /// Which of its texts.
    pub layer: TextLayer,
    /// Tokens in order, one space between them.
    #[sea_orm(column_type = "Text")]
    pub tokens: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
