//! Appraisals of agencies.

use crate::access::Permit;
use domain::ids::{AppraisalId, OrganizationId, RegionId};
use domain::vocabulary::{AppraisalStatus, Institution};
use entity::appraisal;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// The appraisals of which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Year {
    /// Region.
    pub region_id: RegionId,
    /// About the matters of which institution.
    pub institution: Institution,
    /// Handling year.
    pub handling_year: i32,
}

fn select(year: Year) -> Select<appraisal::Entity> {
    use appraisal::Column as C;
    appraisal::Entity::find()
        .filter(C::RegionId.eq(year.region_id))
        .filter(C::Institution.eq(year.institution))
        .filter(C::HandlingYear.eq(year.handling_year))
        .order_by_asc(C::AgencyId)
}

/// Every appraisal of the year, drafts too.
pub async fn all(conn: &impl ConnectionTrait, _permit: &Permit, year: Year) -> Result<Vec<appraisal::Model>, DbErr> {
    select(year).all(conn).await
}

/// The appraisals of the year that were announced.
pub async fn announced(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    year: Year,
) -> Result<Vec<appraisal::Model>, DbErr> {
    select(year).filter(appraisal::Column::Status.ne(AppraisalStatus::Draft)).all(conn).await
}

/// The appraisal of one agency.
pub async fn of_agency(
    conn: &impl ConnectionTrait,
    year: Year,
    agency: OrganizationId,
) -> Result<Option<appraisal::Model>, DbErr> {
    select(year).filter(appraisal::Column::AgencyId.eq(agency)).one(conn).await
}

/// The appraisals with these ids.
pub async fn by_ids(conn: &impl ConnectionTrait, ids: &[AppraisalId]) -> Result<Vec<appraisal::Model>, DbErr> {
    appraisal::Entity::find().filter(appraisal::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The appraisal with this id; with `lock` no other transaction changes it meanwhile.
pub async fn get(conn: &impl ConnectionTrait, id: AppraisalId, lock: bool) -> Result<Option<appraisal::Model>, DbErr> {
    let mut select = appraisal::Entity::find_by_id(id);
    if lock {
        select = select.lock_exclusive();
    }
    select.one(conn).await
}
