//! Published replies.

use domain::ids::SubmissionId;
use entity::{organization, reply};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// The published replies of these submissions with the names of their agencies, oldest first.
pub async fn replies(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<Vec<(reply::Model, String)>, DbErr> {
    let rows = reply::Entity::find()
        .filter(reply::Column::SubmissionId.is_in(submissions.iter().copied()))
        .filter(reply::Column::PublishedAt.is_not_null())
        .order_by_asc(reply::Column::Id)
        .all(conn)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.agency_id).collect();
    let agencies = organization::Entity::find().filter(organization::Column::Id.is_in(ids)).all(conn).await?;
    let names: HashMap<_, _> = agencies.into_iter().map(|agency| (agency.id, agency.name)).collect();
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = name(row.agency_id);
            (row, name)
        })
        .collect())
}
