//! Single supervision labels.

use domain::ids::SupervisionId;
use entity::supervision;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

/// The label with this id.
pub async fn get(conn: &impl ConnectionTrait, id: SupervisionId) -> Result<Option<supervision::Model>, DbErr> {
    supervision::Entity::find_by_id(id).one(conn).await
}
