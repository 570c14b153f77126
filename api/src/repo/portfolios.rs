//! The portfolios of the region's leaders: which agencies each answers for, while his position holds.

use crate::access::Permit;
use crate::repo::parties::active;
use chrono::NaiveDate;
use domain::ids::{OrganizationId, PositionId, RegionId, UserId};
use domain::vocabulary::Role;
use entity::{organization, portfolio, position};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait, Select,
};

/// What leaders answer for on this day.
fn held(on: NaiveDate) -> Select<portfolio::Entity> {
    let to_position =
        portfolio::Entity::belongs_to(position::Entity).from(portfolio::Column::PositionId).to(position::Column::Id);
    portfolio::Entity::find()
        .join(JoinType::InnerJoin, to_position.into())
        .filter(active(on))
        .filter(position::Column::Role.eq(Role::RegionLeader))
}

/// Who answers for which agency of the region on this day.
pub async fn of_region(
    conn: &impl ConnectionTrait,
    region: RegionId,
    on: NaiveDate,
) -> Result<Vec<(OrganizationId, PositionId, UserId)>, DbErr> {
    let to_agency = portfolio::Entity::belongs_to(organization::Entity)
        .from(portfolio::Column::OrganizationId)
        .to(organization::Column::Id);
    held(on)
        .join(JoinType::InnerJoin, to_agency.into())
        .filter(organization::Column::RegionId.eq(region))
        .select_only()
        .column(portfolio::Column::OrganizationId)
        .column(portfolio::Column::PositionId)
        .column(position::Column::PersonId)
        .into_tuple()
        .all(conn)
        .await
}

/// The agencies for which this person answers on this day.
pub fn of_person(person: UserId, on: NaiveDate) -> SelectStatement {
    agencies(held(on).filter(position::Column::PersonId.eq(person)))
}

/// The agencies for which somebody in this position answers.
pub fn of_position(position: PositionId) -> SelectStatement {
    agencies(portfolio::Entity::find().filter(portfolio::Column::PositionId.eq(position)))
}

/// The agencies for which anybody answers on this day.
pub fn of_anybody(on: NaiveDate) -> SelectStatement {
    agencies(held(on))
}

fn agencies(select: Select<portfolio::Entity>) -> SelectStatement {
    select.select_only().column(portfolio::Column::OrganizationId).into_query()
}

/// Gives a position exactly these agencies; says whether that changed anything.
pub async fn put(
    conn: &impl ConnectionTrait,
    permit: &Permit,
    position: PositionId,
    wanted: &[OrganizationId],
) -> crate::error::AppResult<bool> {
    let of_position = || portfolio::Entity::find().filter(portfolio::Column::PositionId.eq(position));
    let there: Vec<OrganizationId> =
        of_position().all(conn).await?.into_iter().map(|row| row.organization_id).collect();
    let new: Vec<OrganizationId> = wanted.iter().copied().filter(|agency| !there.contains(agency)).collect();
    let old: Vec<OrganizationId> = there.iter().copied().filter(|agency| !wanted.contains(agency)).collect();
    if !old.is_empty() {
        portfolio::Entity::delete_many()
            .filter(portfolio::Column::PositionId.eq(position))
            .filter(portfolio::Column::OrganizationId.is_in(old.iter().copied()))
            .exec(conn)
            .await?;
    }
    for organization_id in &new {
        let row = portfolio::Model { position_id: position, organization_id: *organization_id };
        super::save::insert(conn, permit, row).await?;
    }
    Ok(!new.is_empty() || !old.is_empty())
}
