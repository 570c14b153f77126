//! Notifications on their way through the channels: taken once, claimed for a while, settled.
//!
//! Every change names what it expects in the same statement, so that of several workers one wins, on both
//! databases alike.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use chrono::{DateTime, Utc};
use domain::ids::{DeliveryId, RegionId};
use domain::vocabulary::{Channel, DeliveryStatus};
use entity::{delivery, notification, organization, position};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, UpdateMany,
};

/// How many rows one statement stores; a row has eleven values, and SQLite takes at most 32,766.
const ROWS_AT_ONCE: usize = 1_000;

/// An update of the oldest notifications that were not handed to the channels yet.
fn handing_over(limit: u64, now: DateTime<Utc>) -> UpdateMany<notification::Entity> {
    let oldest = notification::Entity::find()
        .select_only()
        .column(notification::Column::Id)
        .filter(notification::Column::DispatchedAt.is_null())
        .order_by_asc(notification::Column::Id)
        .limit(limit)
        .into_query();
    notification::Entity::update_many()
        .col_expr(notification::Column::DispatchedAt, Expr::value(now))
        .filter(notification::Column::Id.in_subquery(oldest))
        // Once more: another worker may have taken them while this one waited.
        .filter(notification::Column::DispatchedAt.is_null())
}

/// Takes the oldest notifications that were not handed to the channels yet; nobody else gets them.
pub async fn take(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<Vec<notification::Model>, DbErr> {
    handing_over(limit, now).exec_with_returning(tx).await
}

/// Marks the oldest notifications as handed over where there is no channel; how many there were.
pub async fn pass_over(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Ok(handing_over(limit, now).exec(tx).await?.rows_affected)
}

/// Whether any notification waits to be handed over.
pub async fn any_waiting(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let found = notification::Entity::find()
        .filter(notification::Column::DispatchedAt.is_null())
        .order_by_asc(notification::Column::Id)
        .one(conn)
        .await?;
    Ok(found.is_some())
}

/// Stores deliveries; one that is there already stays as it is.
pub async fn insert(tx: &impl ConnectionTrait, _permit: &Permit, rows: Vec<delivery::Model>) -> Result<(), DbErr> {
    for some in rows.chunks(ROWS_AT_ONCE) {
        let rows = some.iter().cloned().map(|row| row.into_active_model().reset_all());
        let there = [delivery::Column::NotificationId, delivery::Column::Channel];
        delivery::Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(there).do_nothing().to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// What may be tried now: it waits, its time has come, and no worker has it.
fn is_due(channels: &[Channel], now: DateTime<Utc>) -> Condition {
    use delivery::Column as D;
    Condition::all()
        .add(D::Status.eq(DeliveryStatus::Pending))
        .add(D::Channel.is_in(channels.iter().copied()))
        .add(D::NextAt.lte(now))
        .add(Condition::any().add(D::ClaimedUntil.is_null()).add(D::ClaimedUntil.lt(now)))
}

/// Deliveries by these channels that may be tried now, longest due first.
pub async fn due(
    conn: &impl ConnectionTrait,
    channels: &[Channel],
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<DeliveryId>, DbErr> {
    delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Id)
        .filter(is_due(channels, now))
        .order_by_asc(delivery::Column::NextAt)
        .order_by_asc(delivery::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await
}

/// Claims a delivery until then, and counts the attempt; nothing when another worker was faster.
pub async fn claim(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    id: DeliveryId,
    channels: &[Channel],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<delivery::Model>, DbErr> {
    let claimed = delivery::Entity::update_many()
        .col_expr(delivery::Column::ClaimedUntil, Expr::value(until))
        .col_expr(delivery::Column::Attempts, Expr::col(delivery::Column::Attempts).add(1))
        .filter(delivery::Column::Id.eq(id))
        .filter(is_due(channels, now))
        .exec_with_returning(tx)
        .await?;
    Ok(claimed.into_iter().next())
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The state.
    pub status: DeliveryStatus,
    /// When it is tried again, or was to be tried last.
    pub next_at: DateTime<Utc>,
    /// When the channel took it.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why it did not.
    pub last_error: Option<String>,
}

/// Ends a claim; whether it still held. A worker that was away too long changes nothing.
pub async fn settle(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    claimed: &delivery::Model,
    settled: &Settled,
) -> Result<bool, DbErr> {
    use delivery::Column as D;
    let done = delivery::Entity::update_many()
        .col_expr(D::Status, Expr::value(settled.status.code()))
        .col_expr(D::NextAt, Expr::value(settled.next_at))
        .col_expr(D::SentAt, Expr::value(settled.sent_at))
        .col_expr(D::LastError, Expr::value(settled.last_error.clone()))
        .col_expr(D::ClaimedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(D::Id.eq(claimed.id))
        .filter(D::Status.eq(DeliveryStatus::Pending))
        .filter(D::Attempts.eq(claimed.attempts))
        .filter(D::ClaimedUntil.eq(claimed.claimed_until))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Gives a delivery that was given up another row of attempts; whether it was given up.
pub async fn revive(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    id: DeliveryId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    use delivery::Column as D;
    let done = delivery::Entity::update_many()
        .col_expr(D::Status, Expr::value(DeliveryStatus::Pending.code()))
        .col_expr(D::Attempts, Expr::value(0))
        .col_expr(D::NextAt, Expr::value(now))
        .filter(D::Id.eq(id))
        .filter(D::Status.eq(DeliveryStatus::Dead))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Deliveries to positions of a region.
fn of_region(region: RegionId, statuses: Option<&[DeliveryStatus]>) -> Select<delivery::Entity> {
    let to_notice = delivery::Entity::belongs_to(notification::Entity)
        .from(delivery::Column::NotificationId)
        .to(notification::Column::Id)
        .into();
    let to_position = notification::Entity::belongs_to(position::Entity)
        .from(notification::Column::PositionId)
        .to(position::Column::Id)
        .into();
    let to_body = position::Entity::belongs_to(organization::Entity)
        .from(position::Column::OrganizationId)
        .to(organization::Column::Id)
        .into();
    let select = delivery::Entity::find()
        .join(JoinType::InnerJoin, to_notice)
        .join(JoinType::InnerJoin, to_position)
        .join(JoinType::InnerJoin, to_body)
        .filter(organization::Column::RegionId.eq(region));
    match statuses {
        Some(statuses) => select.filter(delivery::Column::Status.is_in(statuses.iter().copied())),
        None => select,
    }
}

/// One delivery to a position of the region.
pub async fn get(
    conn: &impl ConnectionTrait,
    region: RegionId,
    id: DeliveryId,
) -> Result<Option<delivery::Model>, DbErr> {
    of_region(region, None).filter(delivery::Column::Id.eq(id)).one(conn).await
}

const LIST: &str = "deliveries";

/// A page of deliveries in the region, newest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    region: RegionId,
    statuses: Option<&[DeliveryStatus]>,
    request: &PageRequest,
) -> AppResult<Page<delivery::Model>> {
    use delivery::Column as D;
    let mut select = of_region(region, statuses).limit(request.size + 1);
    if let Some(from) = &request.from {
        let values = read_cursor(LIST, from, 1)?;
        let id: DeliveryId = values[0].parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        select = select.filter(if request.backward { D::Id.gt(id) } else { D::Id.lt(id) });
    }
    let rows = select.order_by(D::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(LIST, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many deliveries there are.
pub async fn count(
    conn: &impl ConnectionTrait,
    region: RegionId,
    statuses: Option<&[DeliveryStatus]>,
) -> Result<u64, DbErr> {
    of_region(region, statuses).count(conn).await
}
