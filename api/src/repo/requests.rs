//! Requests that somebody else decides: to hand back, and for more time.

use domain::ids::{AssignmentId, ExtensionRequestId, ReturnRequestId};
use entity::{extension_request, return_request};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// A request to hand back.
pub async fn return_request(
    conn: &impl ConnectionTrait,
    id: ReturnRequestId,
) -> Result<Option<return_request::Model>, DbErr> {
    return_request::Entity::find_by_id(id).one(conn).await
}

/// The assignment that a request to hand back concerns.
pub async fn assignment_of_return(
    conn: &impl ConnectionTrait,
    id: ReturnRequestId,
) -> Result<Option<AssignmentId>, DbErr> {
    Ok(return_request(conn, id).await?.map(|row| row.assignment_id))
}

/// A request for more time.
pub async fn extension_request(
    conn: &impl ConnectionTrait,
    id: ExtensionRequestId,
) -> Result<Option<extension_request::Model>, DbErr> {
    extension_request::Entity::find_by_id(id).one(conn).await
}

/// These requests for more time.
pub async fn extension_requests(
    conn: &impl ConnectionTrait,
    ids: &[ExtensionRequestId],
) -> Result<Vec<extension_request::Model>, DbErr> {
    let wanted = extension_request::Column::Id.is_in(ids.iter().copied());
    extension_request::Entity::find().filter(wanted).all(conn).await
}

/// The assignment that a request for more time concerns.
pub async fn assignment_of_extension(
    conn: &impl ConnectionTrait,
    id: ExtensionRequestId,
) -> Result<Option<AssignmentId>, DbErr> {
    Ok(extension_request(conn, id).await?.map(|row| row.assignment_id))
}
