//! Single promises.

use domain::ids::CommitmentId;
use entity::commitment;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

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
