//! Attached files: rows alone; the bytes lie in the store of files.

use crate::access::Permit;
use crate::repo::children::{ByParent, group};
use chrono::{DateTime, Utc};
use domain::ids::{AttachmentId, CommitmentId, RegionId, SubmissionId};
use domain::vocabulary::{AttachmentPurpose, AttachmentState};
use entity::attachment::{Column, Entity, Model};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany};
use std::collections::HashMap;

/// The file with this id, unless it was taken away.
pub async fn get(conn: &impl ConnectionTrait, id: AttachmentId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).filter(Column::State.ne(AttachmentState::Removed)).one(conn).await
}

/// The files of a submission for this purpose, oldest first, unless they were taken away.
pub async fn live(
    conn: &impl ConnectionTrait,
    submission: SubmissionId,
    purpose: AttachmentPurpose,
) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::SubmissionId.eq(submission))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::State.ne(AttachmentState::Removed))
        .order_by_asc(Column::Id)
        .all(conn)
        .await
}

/// The files of the texts of submissions, oldest first.
pub async fn of_submissions(
    conn: &impl ConnectionTrait,
    ids: &[SubmissionId],
) -> Result<ByParent<SubmissionId, Model>, DbErr> {
    let rows = Entity::find()
        .filter(Column::SubmissionId.is_in(ids.iter().copied()))
        .filter(Column::Purpose.eq(AttachmentPurpose::Text))
        .filter(Column::State.ne(AttachmentState::Removed))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(group(rows, |row| row.submission_id))
}

/// What proves promises, oldest first.
pub async fn of_commitments(
    conn: &impl ConnectionTrait,
    ids: &[CommitmentId],
) -> Result<ByParent<CommitmentId, Model>, DbErr> {
    let rows = Entity::find()
        .filter(Column::CommitmentId.is_in(ids.iter().copied()))
        .filter(Column::State.eq(AttachmentState::Stored))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let mut grouped = HashMap::new();
    for row in rows {
        if let Some(id) = row.commitment_id {
            grouped.entry(id).or_insert_with(Vec::new).push(row);
        }
    }
    Ok(grouped)
}

/// Takes the files of a draft away with it.
pub async fn remove_of(tx: &impl ConnectionTrait, _permit: &Permit, submission: SubmissionId) -> Result<(), DbErr> {
    taken_away().filter(Column::SubmissionId.eq(submission)).exec(tx).await.map(drop)
}

/// Takes away what was announced before this instant and never arrived; says how many.
pub async fn expire(
    conn: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    before: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let late = taken_away()
        .filter(Column::RegionId.eq(region))
        .filter(Column::State.eq(AttachmentState::Pending))
        .filter(Column::CreatedAt.lt(before));
    Ok(late.exec(conn).await?.rows_affected)
}

/// Some files that were taken away and whose bytes may still be there.
pub async fn removed(conn: &impl ConnectionTrait, region: RegionId, most: u64) -> Result<Vec<AttachmentId>, DbErr> {
    let rows = Entity::find()
        .filter(Column::RegionId.eq(region))
        .filter(Column::State.eq(AttachmentState::Removed))
        .limit(most)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Forgets files whose bytes are gone.
pub async fn forget(conn: &impl ConnectionTrait, _permit: &Permit, ids: &[AttachmentId]) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.eq(AttachmentState::Removed))
        .exec(conn)
        .await
        .map(drop)
}

/// Counted as a change, so that an upload that is under way loses against it.
fn taken_away() -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(AttachmentState::Removed))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
}
