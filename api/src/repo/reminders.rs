//! What reminders are about: open assignments, unanswered forms and open promises, in batches; and writing
//! each reminder once.

use crate::access::Permit;
use crate::repo::commitments::to_be_kept;
use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, CommitmentId, FeedbackId, RegionId, SubmissionId, UserId};
use domain::vocabulary::{AssignmentStatus, FeedbackStatus};
use entity::{assignment, commitment, contact, feedback, region, reminder, rule_set, submission, supervision};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use std::collections::HashMap;

/// The parts of a submission that its reminders need; no texts.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Subject {
    /// The submission.
    pub id: SubmissionId,
    /// Its region.
    pub region_id: RegionId,
    /// Its institution.
    pub institution: domain::vocabulary::Institution,
    /// The rules with which it began.
    pub rule_set_id: Option<domain::ids::RuleSetId>,
    /// The position in which its lead proposer handed it in.
    pub lead_position_id: domain::ids::PositionId,
}

/// The regions that have rules.
pub async fn regions(conn: &impl ConnectionTrait) -> Result<Vec<region::Model>, DbErr> {
    let with_rules = rule_set::Entity::find().select_only().column(rule_set::Column::RegionId).distinct();
    let ids: Vec<RegionId> = with_rules.into_tuple().all(conn).await?;
    region::Entity::find().filter(region::Column::Id.is_in(ids)).order_by_asc(region::Column::Code).all(conn).await
}

/// The next open assignments of the region after this one, by id.
pub async fn open_assignments(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: Option<AssignmentId>,
    limit: u64,
) -> Result<Vec<assignment::Model>, DbErr> {
    use AssignmentStatus as S;
    let open = [S::PendingSign, S::Signed, S::ReturnRequested, S::Disputed, S::Handling];
    let mut query = assignment::Entity::find()
        .join(
            JoinType::InnerJoin,
            assignment::Entity::belongs_to(submission::Entity)
                .from(assignment::Column::SubmissionId)
                .to(submission::Column::Id)
                .into(),
        )
        .filter(submission::Column::RegionId.eq(region))
        .filter(assignment::Column::Live.eq(true))
        .filter(assignment::Column::Status.is_in(open));
    if let Some(after) = after {
        query = query.filter(assignment::Column::Id.gt(after));
    }
    query.order_by_asc(assignment::Column::Id).limit(limit).all(conn).await
}

/// The submissions with these ids, without their texts.
pub async fn subjects(
    conn: &impl ConnectionTrait,
    ids: &[SubmissionId],
) -> Result<HashMap<SubmissionId, Subject>, DbErr> {
    use submission::Column as S;
    let rows: Vec<Subject> = submission::Entity::find()
        .select_only()
        .columns([S::Id, S::RegionId, S::Institution, S::RuleSetId, S::LeadPositionId])
        .filter(S::Id.is_in(ids.iter().copied()))
        .into_model()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// When the proposers were contacted, by assignment.
pub async fn contacts(
    conn: &impl ConnectionTrait,
    assignments: &[AssignmentId],
) -> Result<HashMap<AssignmentId, Vec<DateTime<Utc>>>, DbErr> {
    let rows: Vec<(AssignmentId, DateTime<Utc>)> = contact::Entity::find()
        .select_only()
        .columns([contact::Column::AssignmentId, contact::Column::HeldAt])
        .filter(contact::Column::AssignmentId.is_in(assignments.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    let mut found: HashMap<AssignmentId, Vec<DateTime<Utc>>> = HashMap::new();
    for (assignment, at) in rows {
        found.entry(assignment).or_default().push(at);
    }
    Ok(found)
}

/// The leaders named in the supervision of these submissions.
pub async fn leaders(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<HashMap<SubmissionId, Vec<UserId>>, DbErr> {
    let rows: Vec<(SubmissionId, Option<UserId>)> = supervision::Entity::find()
        .select_only()
        .columns([supervision::Column::SubmissionId, supervision::Column::LeaderId])
        .filter(supervision::Column::SubmissionId.is_in(submissions.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    let mut found: HashMap<SubmissionId, Vec<UserId>> = HashMap::new();
    for (submission, leader) in rows {
        found.entry(submission).or_default().extend(leader);
    }
    Ok(found)
}

/// The next unanswered forms after this one, by id; of one region or of all.
pub async fn open_forms(
    conn: &impl ConnectionTrait,
    region: Option<RegionId>,
    after: Option<FeedbackId>,
    limit: u64,
) -> Result<Vec<feedback::Model>, DbErr> {
    let mut query = feedback::Entity::find().filter(feedback::Column::Status.eq(FeedbackStatus::Requested));
    if let Some(region) = region {
        let to_handled = feedback::Entity::belongs_to(submission::Entity)
            .from(feedback::Column::HandledId)
            .to(submission::Column::Id);
        query = query.join(JoinType::InnerJoin, to_handled.into()).filter(submission::Column::RegionId.eq(region));
    }
    if let Some(after) = after {
        query = query.filter(feedback::Column::Id.gt(after));
    }
    query.order_by_asc(feedback::Column::Id).limit(limit).all(conn).await
}

/// The next promises of the region after this one that are still to be kept, by id.
pub async fn open_promises(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: Option<CommitmentId>,
    limit: u64,
) -> Result<Vec<commitment::Model>, DbErr> {
    let mut query: Select<commitment::Entity> =
        commitment::Entity::find().filter(commitment::Column::RegionId.eq(region)).filter(to_be_kept());
    if let Some(after) = after {
        query = query.filter(commitment::Column::Id.gt(after));
    }
    query.order_by_asc(commitment::Column::Id).limit(limit).all(conn).await
}

/// Writes a reminder, unless one with its key was written before; says whether it did.
pub async fn put(conn: &impl ConnectionTrait, _permit: &Permit, row: reminder::Model) -> Result<bool, DbErr> {
    let once = OnConflict::column(reminder::Column::Key).do_nothing().to_owned();
    let written =
        reminder::Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(conn).await;
    Ok(written? == 1)
}

/// Which of these keys were written before.
pub async fn written(conn: &impl ConnectionTrait, keys: &[String]) -> Result<Vec<String>, DbErr> {
    reminder::Entity::find()
        .select_only()
        .column(reminder::Column::Key)
        .filter(reminder::Column::Key.is_in(keys.iter().cloned()))
        .into_tuple()
        .all(conn)
        .await
}
