//! Templates of feedback forms (反馈表模板).

use domain::ids::FeedbackFormId;
use domain::vocabulary::Institution;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_form")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackFormId,
    /// Institution.
    pub institution: Institution,
    /// Version.
    pub version: i32,
    /// Title.
    pub title: String,
    /// The template as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
