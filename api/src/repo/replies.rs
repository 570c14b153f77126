//! Replies and their reviews.

use crate::access::Permit;
use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, OrganizationId, ReplyId};
use entity::{reply, review};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};

/// The reply with this id.
pub async fn get(conn: &impl ConnectionTrait, id: ReplyId) -> Result<Option<reply::Model>, DbErr> {
    reply::Entity::find_by_id(id).one(conn).await
}

/// Whether any of these assignments has a reply in this round.
pub async fn exists(conn: &impl ConnectionTrait, assignments: &[AssignmentId], round: i32) -> Result<bool, DbErr> {
    let count = reply::Entity::find()
        .filter(reply::Column::AssignmentId.is_in(assignments.iter().copied()))
        .filter(reply::Column::Round.eq(round))
        .count(conn)
        .await?;
    Ok(count > 0)
}

/// Whether the agency has used this document number.
pub async fn number_taken(conn: &impl ConnectionTrait, agency: OrganizationId, number: &str) -> Result<bool, DbErr> {
    let count = reply::Entity::find()
        .filter(reply::Column::AgencyId.eq(agency))
        .filter(reply::Column::DocumentNo.eq(number))
        .count(conn)
        .await?;
    Ok(count > 0)
}

/// Makes every signature on the reply void; they stay listed.
pub async fn void_reviews(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    id: ReplyId,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    review::Entity::update_many()
        .col_expr(review::Column::VoidedAt, sea_orm::sea_query::Expr::value(at))
        .filter(review::Column::ReplyId.eq(id))
        .filter(review::Column::VoidedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
