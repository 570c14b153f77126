//! Single instructions.

use domain::ids::InstructionId;
use entity::instruction;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

/// The instruction with this id.
pub async fn get(conn: &impl ConnectionTrait, id: InstructionId) -> Result<Option<instruction::Model>, DbErr> {
    instruction::Entity::find_by_id(id).one(conn).await
}
