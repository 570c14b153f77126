//! Organisations: offices, agencies, sections, delegations, sectors (机构).

use domain::ids::{OrganizationId, RegionId};
use domain::vocabulary::{Institution, OrganizationKind};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganizationId,
    /// Its region.
    pub region_id: RegionId,
    /// The key in roster files, unique in all.
    pub key: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: OrganizationKind,
    /// The institution to which it belongs, if any.
    pub institution: Option<Institution>,
    /// The agency of a section.
    pub parent_id: Option<OrganizationId>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
