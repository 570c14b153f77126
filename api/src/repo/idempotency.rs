//! First results of creating commands, by person and key.

use domain::ids::UserId;
use entity::idempotency;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

/// What this key of this person gave the first time.
pub async fn find(conn: &impl ConnectionTrait, person: UserId, key: &str) -> Result<Option<idempotency::Model>, DbErr> {
    idempotency::Entity::find_by_id((person, key.to_owned())).one(conn).await
}
