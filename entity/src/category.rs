//! Categories (分类).

use domain::ids::{CategoryId, RegionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CategoryId,
    /// Region.
    pub region_id: RegionId,
    /// Name.
    pub name: String,
    /// Category above.
    pub parent_id: Option<CategoryId>,
    /// Order in lists.
    pub ordinal: i32,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
