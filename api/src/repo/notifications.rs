//! The inbox of a position.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use chrono::{DateTime, Utc};
use domain::ids::{NotificationId, PositionId};
use entity::notification;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

fn select(position: PositionId, unread_only: bool) -> Select<notification::Entity> {
    let mut select = notification::Entity::find().filter(notification::Column::PositionId.eq(position));
    if unread_only {
        select = select.filter(notification::Column::ReadAt.is_null());
    }
    select
}

const INBOX: &str = "inbox";

/// A page of notifications, newest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    position: PositionId,
    unread_only: bool,
    request: &PageRequest,
) -> AppResult<Page<notification::Model>> {
    use notification::Column as N;
    let mut query = select(position, unread_only).limit(request.size + 1);
    if let Some(from) = &request.from {
        let values = read_cursor(INBOX, from, 1)?;
        let id: NotificationId = values[0].parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        query = query.filter(if request.backward { N::Id.gt(id) } else { N::Id.lt(id) });
    }
    let rows = query.order_by(N::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(INBOX, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many notifications there are.
pub async fn count(conn: &impl ConnectionTrait, position: PositionId, unread_only: bool) -> Result<u64, DbErr> {
    select(position, unread_only).count(conn).await
}

/// One notification, whosever it is.
pub async fn by_id(conn: &impl ConnectionTrait, id: NotificationId) -> Result<Option<notification::Model>, DbErr> {
    notification::Entity::find_by_id(id).one(conn).await
}

/// One notification of a position.
pub async fn get(
    conn: &impl ConnectionTrait,
    position: PositionId,
    id: NotificationId,
) -> Result<Option<notification::Model>, DbErr> {
    select(position, false).filter(notification::Column::Id.eq(id)).one(conn).await
}

/// Marks notifications of a position as read; gives how many were unread.
pub async fn mark_read(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    position: PositionId,
    ids: &[NotificationId],
    at: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let done = notification::Entity::update_many()
        .col_expr(notification::Column::ReadAt, Expr::value(at))
        .filter(notification::Column::PositionId.eq(position))
        .filter(notification::Column::Id.is_in(ids.iter().copied()))
        .filter(notification::Column::ReadAt.is_null())
        .exec(conn)
        .await?;
    Ok(done.rows_affected)
}
