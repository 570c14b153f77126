//! Single contacts.

use domain::ids::{ContactId, SubmissionId};
use entity::contact;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

/// The contact with this id.
pub async fn get(conn: &impl ConnectionTrait, id: ContactId) -> Result<Option<contact::Model>, DbErr> {
    contact::Entity::find_by_id(id).one(conn).await
}

/// The submission to which a contact belongs.
pub async fn submission_of(conn: &impl ConnectionTrait, id: ContactId) -> Result<Option<SubmissionId>, DbErr> {
    Ok(get(conn, id).await?.map(|row| row.submission_id))
}
