//! The duty catalogue: clauses of agencies, those in force on a day and those that were.

use crate::access::Permit;
use chrono::NaiveDate;
use domain::ids::{DutyClauseId, OrganizationId, RegionId};
use domain::vocabulary::OrganizationKind;
use entity::{duty_clause, organization};
use sea_orm::sea_query::{Condition, NullOrdering, Order};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::collections::HashMap;

/// Clauses that hold on this day, as `Term::holds_on` says.
fn holding(on: NaiveDate) -> Condition {
    use duty_clause::Column as D;
    Condition::all()
        .add(Condition::any().add(D::ValidFrom.is_null()).add(D::ValidFrom.lte(on)))
        .add(Condition::any().add(D::ValidUntil.is_null()).add(D::ValidUntil.gte(on)))
}

fn in_order(select: Select<duty_clause::Entity>) -> Select<duty_clause::Entity> {
    use duty_clause::Column as D;
    select.order_by_asc(D::AgencyId).order_by_asc(D::Ordinal).order_by_asc(D::Id)
}

/// The clauses in force in a region on a day, agency by agency.
pub async fn in_force(
    conn: &impl ConnectionTrait,
    region: RegionId,
    agency: Option<OrganizationId>,
    on: NaiveDate,
) -> Result<Vec<duty_clause::Model>, DbErr> {
    let select = duty_clause::Entity::find()
        .filter(duty_clause::Column::RegionId.eq(region))
        .apply_if(agency, |query, id| query.filter(duty_clause::Column::AgencyId.eq(id)))
        .filter(holding(on));
    in_order(select).all(conn).await
}

/// The clauses of agencies that are in force on a day: one statement.
pub async fn in_force_of(
    conn: &impl ConnectionTrait,
    agencies: &[OrganizationId],
    on: NaiveDate,
) -> Result<HashMap<OrganizationId, Vec<duty_clause::Model>>, DbErr> {
    let select = duty_clause::Entity::find()
        .filter(duty_clause::Column::AgencyId.is_in(agencies.iter().copied()))
        .filter(holding(on));
    Ok(by_agency(in_order(select).all(conn).await?))
}

/// Every clause that an agency ever had in this region, the latest first.
pub async fn history(
    conn: &impl ConnectionTrait,
    region: RegionId,
    agency: OrganizationId,
) -> Result<Vec<duty_clause::Model>, DbErr> {
    use duty_clause::Column as D;
    let select = duty_clause::Entity::find().filter(D::RegionId.eq(region)).filter(D::AgencyId.eq(agency));
    // A roster may be recorded at the very instant of a change: then the later beginning is the later clause, and one
    // without a beginning the first of all.
    let latest = select.order_by_desc(D::RecordedAt);
    let latest = latest.order_by_with_nulls(D::ValidFrom, Order::Desc, NullOrdering::Last);
    latest.order_by_asc(D::Ordinal).order_by_desc(D::Id).all(conn).await
}

/// Every clause of every agency, as a roster meets them.
pub async fn all(conn: &impl ConnectionTrait) -> Result<HashMap<OrganizationId, Vec<duty_clause::Model>>, DbErr> {
    Ok(by_agency(in_order(duty_clause::Entity::find()).all(conn).await?))
}

fn by_agency(rows: Vec<duty_clause::Model>) -> HashMap<OrganizationId, Vec<duty_clause::Model>> {
    let mut found: HashMap<OrganizationId, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.agency_id).or_default().push(row);
    }
    found
}

/// Clauses by id.
pub async fn by_ids(
    conn: &impl ConnectionTrait,
    ids: &[DutyClauseId],
) -> Result<HashMap<DutyClauseId, duty_clause::Model>, DbErr> {
    let select = duty_clause::Entity::find().filter(duty_clause::Column::Id.is_in(ids.iter().copied()));
    Ok(select.all(conn).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Locks the agency, so that its clauses are changed one after the other; nothing when the region has no such agency.
pub async fn lock_agency(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    agency: OrganizationId,
) -> Result<Option<organization::Model>, DbErr> {
    organization::Entity::find_by_id(agency)
        .filter(organization::Column::RegionId.eq(region))
        .filter(organization::Column::Kind.eq(OrganizationKind::Agency))
        .lock_exclusive()
        .one(tx)
        .await
}
