//! For which agencies a leader of the region answers (分管领导的分管单位).

use domain::ids::{OrganizationId, PositionId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "portfolio")]
pub struct Model {
    /// The leader's position.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position_id: PositionId,
    /// The agency.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
