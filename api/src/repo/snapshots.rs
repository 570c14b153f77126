//! Frozen texts.

use chrono::{DateTime, Utc};
use domain::ids::SubmissionId;
use entity::snapshot;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::error::{AppError, AppResult};

/// How many texts of the submission are frozen.
pub async fn count(conn: &impl ConnectionTrait, submission: SubmissionId) -> AppResult<i32> {
    let count = snapshot::Entity::find().filter(snapshot::Column::SubmissionId.eq(submission)).count(conn).await?;
    i32::try_from(count).map_err(|error| AppError::Internal(error.to_string()))
}

/// When the text was last handed in.
pub async fn last(conn: &impl ConnectionTrait, submission: SubmissionId) -> Result<Option<DateTime<Utc>>, DbErr> {
    let latest = snapshot::Entity::find()
        .filter(snapshot::Column::SubmissionId.eq(submission))
        .order_by_desc(snapshot::Column::Number)
        .one(conn)
        .await?;
    Ok(latest.map(|row| row.taken_at))
}
