//! Positions: one hat of a person (身份).

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{OrganizationId, PositionId, UserId};
use domain::vocabulary::Role;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "position")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PositionId,
    /// The person.
    pub person_id: UserId,
    /// The role.
    pub role: Role,
    /// The organisation.
    pub organization_id: OrganizationId,
    /// First day; none: from the beginning.
    pub starts_on: Option<NaiveDate>,
    /// Last day; none: open.
    pub ends_on: Option<NaiveDate>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
