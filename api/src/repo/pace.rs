//! The pace of a region: what it is learned from, and where it is kept.

use crate::access::Permit;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AssignmentId, RegionId};
use domain::rules::clock::{Pace, StagePace};
use domain::vocabulary::{AssignmentRole, AssignmentStatus, HandlingStage};
use entity::{assignment, contact, progress_report, reply, stage_pace, submission};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationDef,
};

/// The pace as it was computed last.
pub async fn of_region(conn: &impl ConnectionTrait, region: RegionId) -> Result<Pace, DbErr> {
    let rows = stage_pace::Entity::find().filter(stage_pace::Column::RegionId.eq(region)).all(conn).await?;
    // The database holds what `replace` wrote.
    let number = |number: i32| u32::try_from(number).unwrap_or(0);
    Ok(Pace::new(rows.into_iter().map(|row| StagePace {
        stage: row.stage,
        percent: u8::try_from(row.percent).unwrap_or(100),
        samples: number(row.samples),
    })))
}

/// Puts this pace in the place of the one before.
pub async fn replace(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    region: RegionId,
    pace: &Pace,
    today: NaiveDate,
) -> Result<(), DbErr> {
    stage_pace::Entity::delete_many().filter(stage_pace::Column::RegionId.eq(region)).exec(tx).await?;
    let rows: Vec<_> = pace
        .stages()
        .iter()
        .map(|stage| stage_pace::ActiveModel {
            region_id: Set(region),
            stage: Set(stage.stage),
            percent: Set(i32::from(stage.percent)),
            samples: Set(i32::try_from(stage.samples).unwrap_or(i32::MAX)),
            computed_on: Set(today),
        })
        .collect();
    if !rows.is_empty() {
        stage_pace::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The next parts of the region in these handling years that were answered in their first round, in the order of
/// their ids; none from ledgers, which know no steps.
pub async fn answered_after(
    conn: &impl ConnectionTrait,
    region: RegionId,
    years: [i32; 2],
    after: Option<AssignmentId>,
    most: u64,
) -> Result<Vec<assignment::Model>, DbErr> {
    use assignment::Column as A;
    let to_submission: RelationDef =
        assignment::Entity::belongs_to(submission::Entity).from(A::SubmissionId).to(submission::Column::Id).into();
    assignment::Entity::find()
        .join(JoinType::InnerJoin, to_submission)
        .filter(submission::Column::RegionId.eq(region))
        .filter(submission::Column::HandlingYear.is_in(years))
        .filter(submission::Column::ImportedAt.is_null())
        .filter(A::Role.is_in(AssignmentRole::ALL.iter().copied().filter(|role| role.answers())))
        .filter(A::Status.is_in([AssignmentStatus::Replied, AssignmentStatus::Done]))
        .filter(A::Round.eq(1))
        .filter(A::Live.eq(true))
        .apply_if(after, |query, after| query.filter(A::Id.gt(after)))
        .order_by_asc(A::Id)
        .limit(most)
        .all(conn)
        .await
}

/// What was done in these parts, and when; a step may come more than once.
pub async fn steps(
    conn: &impl ConnectionTrait,
    parts: &[AssignmentId],
) -> Result<Vec<(AssignmentId, HandlingStage, DateTime<Utc>)>, DbErr> {
    let ids = || parts.iter().copied();
    let mut steps: Vec<(AssignmentId, HandlingStage, DateTime<Utc>)> = {
        use progress_report::Column as P;
        progress_report::Entity::find()
            .select_only()
            .columns([P::AssignmentId, P::Stage, P::At])
            .filter(P::AssignmentId.is_in(ids()))
            .into_tuple()
            .all(conn)
            .await?
    };
    let contacts: Vec<(AssignmentId, DateTime<Utc>)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::AssignmentId, contact::Column::HeldAt])
        .filter(contact::Column::AssignmentId.is_in(ids()))
        .into_tuple()
        .all(conn)
        .await?;
    steps.extend(contacts.into_iter().map(|(id, at)| (id, HandlingStage::Contact, at)));
    let replies: Vec<(AssignmentId, DateTime<Utc>, Option<DateTime<Utc>>)> = reply::Entity::find()
        .select_only()
        .columns([reply::Column::AssignmentId, reply::Column::DraftedAt, reply::Column::IssuedAt])
        .filter(reply::Column::AssignmentId.is_in(ids()))
        .into_tuple()
        .all(conn)
        .await?;
    for (id, drafted_at, issued_at) in replies {
        steps.push((id, HandlingStage::Review, drafted_at));
        steps.extend(issued_at.map(|at| (id, HandlingStage::WrittenReply, at)));
    }
    Ok(steps)
}
