//! Pairs of matters that were found to be no duplicates.

use crate::access::Permit;
use domain::ids::SubmissionId;
use entity::distinct_pair::{Column as P, Entity, Model};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// The two in the order in which a pair is stored.
pub fn ordered(a: SubmissionId, b: SubmissionId) -> (SubmissionId, SubmissionId) {
    if a < b { (a, b) } else { (b, a) }
}

/// The decision on this pair, if there is one.
pub async fn get(conn: &impl ConnectionTrait, a: SubmissionId, b: SubmissionId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(ordered(a, b)).one(conn).await
}

/// Takes the decision on this pair away; whether there was one.
pub async fn remove(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    a: SubmissionId,
    b: SubmissionId,
) -> Result<bool, DbErr> {
    Ok(Entity::delete_by_id(ordered(a, b)).exec(tx).await?.rows_affected > 0)
}

/// The decisions on this matter and any of the others; the caller judges who may know of each.
pub async fn with(conn: &impl ConnectionTrait, id: SubmissionId, others: &[SubmissionId]) -> Result<Vec<Model>, DbErr> {
    let first = Condition::all().add(P::FirstId.eq(id)).add(P::SecondId.is_in(others.iter().copied()));
    let second = Condition::all().add(P::SecondId.eq(id)).add(P::FirstId.is_in(others.iter().copied()));
    Entity::find().filter(Condition::any().add(first).add(second)).all(conn).await
}

/// The decisions on pairs of these matters; the caller judges who may know of each.
pub async fn among(conn: &impl ConnectionTrait, ids: &[SubmissionId]) -> Result<Vec<Model>, DbErr> {
    let both = Entity::find().filter(P::FirstId.is_in(ids.iter().copied()));
    both.filter(P::SecondId.is_in(ids.iter().copied())).all(conn).await
}
