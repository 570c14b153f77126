//! Published replies and promises.

use domain::ids::{OrganizationId, SubmissionId};
use entity::{commitment, organization, reply};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
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
    let names = names(conn, rows.iter().map(|row| row.agency_id).collect()).await?;
    let named = |row: reply::Model| {
        let name = names.get(&row.agency_id).cloned().unwrap_or_default();
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The public promises of these submissions with the names of their agencies, oldest first; one whose reply is no
/// longer shown is not shown either.
pub async fn commitments(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<Vec<(commitment::Model, String)>, DbErr> {
    let shown = reply::Entity::find()
        .select_only()
        .column(reply::Column::Id)
        .filter(reply::Column::SubmissionId.is_in(submissions.iter().copied()))
        .filter(reply::Column::PublishedAt.is_not_null());
    let rows = commitment::Entity::find()
        .filter(commitment::Column::ReplyId.in_subquery(shown.into_query()))
        .filter(commitment::Column::PublishedAt.is_not_null())
        .order_by_asc(commitment::Column::Id)
        .all(conn)
        .await?;
    let names = names(conn, rows.iter().map(|row| row.agency_id).collect()).await?;
    let named = |row: commitment::Model| {
        let name = names.get(&row.agency_id).cloned().unwrap_or_default();
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

async fn names(
    conn: &impl ConnectionTrait,
    agencies: Vec<OrganizationId>,
) -> Result<HashMap<OrganizationId, String>, DbErr> {
    if agencies.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = organization::Entity::find().filter(organization::Column::Id.is_in(agencies)).all(conn).await?;
    Ok(rows.into_iter().map(|agency| (agency.id, agency.name)).collect())
}
