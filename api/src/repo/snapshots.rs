//! Frozen texts.

use domain::ids::SubmissionId;
use entity::snapshot;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::error::{AppError, AppResult};

/// How many texts of the submission are frozen.
pub async fn count(conn: &impl ConnectionTrait, submission: SubmissionId) -> AppResult<i32> {
    let count = snapshot::Entity::find().filter(snapshot::Column::SubmissionId.eq(submission)).count(conn).await?;
    i32::try_from(count).map_err(|error| AppError::Internal(error.to_string()))
}
