//! The trail of what administrators and offices change outside matters: append-only, page by page.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use crate::repo::save;
use crate::repo::trail::Author;
use domain::ids::{OfficeEventId, RegionId};
use domain::vocabulary::OfficeHappening;
use entity::office_event;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

/// What happened, for one entry.
#[derive(Clone, Debug)]
pub struct OfficeEntry {
    /// The happening.
    pub happening: OfficeHappening,
    /// Id or name of what changed, at most 80 characters.
    pub subject: String,
    /// Reason or detail in words.
    pub detail: Option<String>,
}

/// Writes the entry into the trail of a region.
pub async fn write(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    permit: &Permit,
    region: RegionId,
    entry: OfficeEntry,
) -> AppResult<()> {
    let row = office_event::Model {
        id: author.id(),
        region_id: region,
        at: author.now(),
        happening: entry.happening.code().to_owned(),
        actor_id: author.actor().map(|actor| actor.user_id),
        position_id: author.actor().map(|actor| actor.position_id),
        subject: entry.subject,
        detail: entry.detail,
        rehearsal: author.is_rehearsal(),
        request_id: author.request_id().to_owned(),
    };
    save::insert(tx, permit, row).await
}

fn select(region: RegionId) -> Select<office_event::Entity> {
    office_event::Entity::find().filter(office_event::Column::RegionId.eq(region))
}

const OFFICE_TRAIL: &str = "office-trail";

/// A page of a region's entries, newest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    request: &PageRequest,
) -> AppResult<Page<office_event::Model>> {
    use office_event::Column as E;
    let mut query = select(region).limit(request.size + 1);
    if let Some(from) = &request.from {
        let values = read_cursor(OFFICE_TRAIL, from, 1)?;
        let id: OfficeEventId = values[0].parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        query = query.filter(if request.backward { E::Id.gt(id) } else { E::Id.lt(id) });
    }
    let rows = query.order_by(E::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(OFFICE_TRAIL, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many entries a region has.
pub async fn count(conn: &impl ConnectionTrait, _permit: &Permit, region: RegionId) -> Result<u64, DbErr> {
    select(region).count(conn).await
}

/// One entry of a region.
pub async fn get(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    id: OfficeEventId,
) -> Result<Option<office_event::Model>, DbErr> {
    select(region).filter(office_event::Column::Id.eq(id)).one(conn).await
}
