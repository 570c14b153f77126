//! Single promises, and what it means that one is still to be kept.

use domain::ids::CommitmentId;
use domain::vocabulary::CommitmentStatus;
use entity::commitment;
use sea_orm::sea_query::{Condition, Expr, Func};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoSimpleExpr};

/// Promises still to be kept: until reported as fulfilled; a change that was confirmed lives on with its new day.
pub fn to_be_kept() -> Condition {
    use commitment::Column as C;
    Condition::any()
        .add(C::Status.is_in([CommitmentStatus::Open, CommitmentStatus::Changed, CommitmentStatus::Disputed]))
        .add(Condition::all().add(C::Status.eq(CommitmentStatus::Confirmed)).add(C::Fulfilled.eq(false)))
}

/// The day on which a promise is due now: the new one after a change.
pub fn present_date() -> Expr {
    Func::coalesce([commitment::Column::ChangedTo, commitment::Column::DueOn].map(IntoSimpleExpr::into_simple_expr))
        .into()
}

/// The promise with this id.
pub async fn get(conn: &impl ConnectionTrait, id: CommitmentId) -> Result<Option<commitment::Model>, DbErr> {
    commitment::Entity::find_by_id(id).one(conn).await
}

/// The promises of a reply, in order.
pub async fn of_reply(
    conn: &impl ConnectionTrait,
    reply: domain::ids::ReplyId,
) -> Result<Vec<commitment::Model>, DbErr> {
    use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
    commitment::Entity::find()
        .filter(commitment::Column::ReplyId.eq(reply))
        .order_by_asc(commitment::Column::Ordinal)
        .all(conn)
        .await
}
