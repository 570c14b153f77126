//! Assignments, and what the rules must know of their past.

use crate::access::Permit;
use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, SubmissionId};
use domain::vocabulary::{AssignmentStatus, RequestStatus};
use entity::{assignment, co_opinion, contact, return_request, urging};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

/// The submission to which an assignment belongs.
pub async fn submission_of(conn: &impl ConnectionTrait, id: AssignmentId) -> Result<Option<SubmissionId>, DbErr> {
    assignment::Entity::find_by_id(id)
        .select_only()
        .column(assignment::Column::SubmissionId)
        .into_tuple()
        .one(conn)
        .await
}

/// The submissions to which these assignments belong.
pub async fn submissions_of(
    conn: &impl ConnectionTrait,
    ids: &[AssignmentId],
) -> Result<Vec<(AssignmentId, SubmissionId)>, DbErr> {
    assignment::Entity::find()
        .select_only()
        .columns([assignment::Column::Id, assignment::Column::SubmissionId])
        .filter(assignment::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(conn)
        .await
}

/// Deletes assignments that were planned and never released.
pub async fn delete_planned(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    submission: SubmissionId,
) -> Result<(), DbErr> {
    assignment::Entity::delete_many()
        .filter(assignment::Column::SubmissionId.eq(submission))
        .filter(assignment::Column::Status.eq(AssignmentStatus::Planned))
        .exec(tx)
        .await?;
    Ok(())
}

/// How often assignments of the submission were handed back with consent.
pub async fn approved_returns(conn: &impl ConnectionTrait, assignments: &[AssignmentId]) -> Result<u64, DbErr> {
    return_request::Entity::find()
        .filter(return_request::Column::AssignmentId.is_in(assignments.iter().copied()))
        .filter(return_request::Column::Status.eq(RequestStatus::Approved))
        .count(conn)
        .await
}

/// How often a request of this assignment was refused.
pub async fn refused_returns(conn: &impl ConnectionTrait, id: AssignmentId) -> Result<u64, DbErr> {
    return_request::Entity::find()
        .filter(return_request::Column::AssignmentId.eq(id))
        .filter(return_request::Column::Status.eq(RequestStatus::Rejected))
        .count(conn)
        .await
}

/// How often the agency was urged about the assignment since this instant.
pub async fn urgings_since(conn: &impl ConnectionTrait, id: AssignmentId, at: DateTime<Utc>) -> Result<u64, DbErr> {
    urging::Entity::find()
        .filter(urging::Column::AssignmentId.eq(id))
        .filter(urging::Column::At.gte(at))
        .count(conn)
        .await
}

/// Which of these assignments have sent their opinion of this round.
pub async fn with_opinion(
    conn: &impl ConnectionTrait,
    assignments: &[AssignmentId],
    round: i32,
) -> Result<Vec<AssignmentId>, DbErr> {
    co_opinion::Entity::find()
        .select_only()
        .column(co_opinion::Column::AssignmentId)
        .filter(co_opinion::Column::AssignmentId.is_in(assignments.iter().copied()))
        .filter(co_opinion::Column::Round.eq(round))
        .into_tuple()
        .all(conn)
        .await
}

/// How many contacts the assignment has recorded.
pub async fn contacts(conn: &impl ConnectionTrait, id: AssignmentId) -> Result<u64, DbErr> {
    contact::Entity::find().filter(contact::Column::AssignmentId.eq(id)).count(conn).await
}
