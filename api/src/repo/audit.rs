//! The chain of sealed entries: what waits, what is sealed, what is signed.

use crate::access::Permit;
use crate::audit::{Checkpoint, Kind, Sealed};
use crate::error::AppResult;
use crate::repo::save;
use domain::ids::{EventId, OfficeEventId, RegionId};
use entity::{audit_checkpoint, audit_link, audit_pending, event, office_event, region};
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The regions in which entries wait.
pub async fn waiting_regions(conn: &impl ConnectionTrait) -> Result<Vec<RegionId>, DbErr> {
    use audit_pending::Column as P;
    audit_pending::Entity::find().select_only().column(P::RegionId).distinct().into_tuple().all(conn).await
}

/// The entries of a region that wait, as they happened; of the same instant by their ids.
pub async fn waiting(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: Option<&audit_pending::Model>,
    limit: u64,
) -> Result<Vec<audit_pending::Model>, DbErr> {
    use audit_pending::Column as P;
    let mut query = audit_pending::Entity::find().filter(P::RegionId.eq(region));
    if let Some(last) = after {
        query = query.filter(P::At.gt(last.at).or(P::At.eq(last.at).and(P::EntryId.gt(last.entry_id))));
    }
    query.order_by(P::At, Order::Asc).order_by(P::EntryId, Order::Asc).limit(limit).all(conn).await
}

/// These no longer wait.
pub async fn wait_no_more(conn: &impl ConnectionTrait, _permit: &Permit, ids: Vec<Uuid>) -> Result<(), DbErr> {
    let these = audit_pending::Column::EntryId.is_in(ids);
    audit_pending::Entity::delete_many().filter(these).exec(conn).await.map(drop)
}

/// The entries with these ids, from both trails.
pub async fn entries(
    conn: &impl ConnectionTrait,
    ids: &[(Kind, Uuid)],
) -> Result<HashMap<(Kind, Uuid), Sealed>, DbErr> {
    let of = |wanted: Kind| ids.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, id)| *id);
    let events: Vec<EventId> = of(Kind::Event).map(EventId).collect();
    let office: Vec<OfficeEventId> = of(Kind::OfficeEvent).map(OfficeEventId).collect();
    let mut found = HashMap::with_capacity(ids.len());
    if !events.is_empty() {
        for row in event::Entity::find().filter(event::Column::Id.is_in(events)).all(conn).await? {
            found.insert((Kind::Event, row.id.0), Sealed::from(&row));
        }
    }
    if !office.is_empty() {
        for row in office_event::Entity::find().filter(office_event::Column::Id.is_in(office)).all(conn).await? {
            found.insert((Kind::OfficeEvent, row.id.0), Sealed::from(&row));
        }
    }
    Ok(found)
}

/// The last link of a region's chain.
pub async fn last_link(conn: &impl ConnectionTrait, region: RegionId) -> Result<Option<audit_link::Model>, DbErr> {
    use audit_link::Column as L;
    audit_link::Entity::find().filter(L::RegionId.eq(region)).order_by(L::Position, Order::Desc).one(conn).await
}

/// The next links of a region's chain after this place.
pub async fn links(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: i64,
    limit: u64,
) -> Result<Vec<audit_link::Model>, DbErr> {
    use audit_link::Column as L;
    let query = audit_link::Entity::find().filter(L::RegionId.eq(region)).filter(L::Position.gt(after));
    query.order_by(L::Position, Order::Asc).limit(limit).all(conn).await
}

/// The link at this place.
pub async fn link_at(
    conn: &impl ConnectionTrait,
    region: RegionId,
    position: i64,
) -> Result<Option<audit_link::Model>, DbErr> {
    audit_link::Entity::find_by_id((region, position)).one(conn).await
}

/// Adds links to a chain.
pub async fn add_links(conn: &impl ConnectionTrait, permit: &Permit, links: Vec<audit_link::Model>) -> AppResult<()> {
    save::insert_all(conn, permit, links).await
}

/// The last signed state of a region's chain.
pub async fn last_checkpoint(
    conn: &impl ConnectionTrait,
    region: RegionId,
) -> Result<Option<audit_checkpoint::Model>, DbErr> {
    use audit_checkpoint::Column as C;
    audit_checkpoint::Entity::find().filter(C::RegionId.eq(region)).order_by(C::Position, Order::Desc).one(conn).await
}

/// The signed states of a region's chain after this place and up to that one.
pub async fn checkpoints(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: i64,
    to: i64,
) -> Result<Vec<Checkpoint>, DbErr> {
    use audit_checkpoint::Column as C;
    let query = audit_checkpoint::Entity::find()
        .filter(C::RegionId.eq(region))
        .filter(C::Position.gt(after))
        .filter(C::Position.lte(to))
        .order_by(C::Position, Order::Asc);
    let signed = |row: audit_checkpoint::Model| Checkpoint {
        region: row.region_id,
        position: row.position,
        hash: row.hash,
        at: row.at,
        key: row.key,
        signature: row.signature,
    };
    Ok(query.all(conn).await?.into_iter().map(signed).collect())
}

/// Stores a signed state.
pub async fn add_checkpoint(conn: &impl ConnectionTrait, permit: &Permit, signed: Checkpoint) -> AppResult<()> {
    let Checkpoint { region, position, hash, at, key, signature } = signed;
    let row = audit_checkpoint::Model { region_id: region, position, hash, at, key, signature };
    save::insert(conn, permit, row).await
}

/// How many entries of a region wait.
pub async fn count_waiting(conn: &impl ConnectionTrait, region: RegionId) -> Result<u64, DbErr> {
    audit_pending::Entity::find().filter(audit_pending::Column::RegionId.eq(region)).count(conn).await
}

/// An entry of a region that is neither sealed nor waiting, if there is one.
pub async fn stray(conn: &impl ConnectionTrait, region: RegionId) -> Result<Option<Sealed>, DbErr> {
    let event = event::Entity::find()
        .filter(event::Column::RegionId.eq(region))
        .filter(is_stray((event::Entity, event::Column::Id)))
        .order_by(event::Column::Id, Order::Asc)
        .one(conn)
        .await?;
    if let Some(row) = event {
        return Ok(Some(Sealed::from(&row)));
    }
    let office = office_event::Entity::find()
        .filter(office_event::Column::RegionId.eq(region))
        .filter(is_stray((office_event::Entity, office_event::Column::Id)))
        .order_by(office_event::Column::Id, Order::Asc)
        .one(conn)
        .await?;
    Ok(office.as_ref().map(Sealed::from))
}

/// That the entry with this id has no link and does not wait.
fn is_stray(id: impl IntoColumnRef + Clone) -> Expr {
    let sealed = Query::select()
        .expr(Expr::val(1))
        .from(audit_link::Entity)
        .and_where(Expr::col((audit_link::Entity, audit_link::Column::EntryId)).eq(Expr::col(id.clone())))
        .to_owned();
    let waiting = Query::select()
        .expr(Expr::val(1))
        .from(audit_pending::Entity)
        .and_where(Expr::col((audit_pending::Entity, audit_pending::Column::EntryId)).eq(Expr::col(id)))
        .to_owned();
    Expr::exists(sealed).not().and(Expr::exists(waiting).not())
}

/// The regions that are to be verified: the one with this code, or all.
pub async fn regions(conn: &impl ConnectionTrait, code: Option<&str>) -> Result<Vec<region::Model>, DbErr> {
    let mut query = region::Entity::find();
    if let Some(code) = code {
        query = query.filter(region::Column::Code.eq(code));
    }
    query.order_by_asc(region::Column::Code).all(conn).await
}
