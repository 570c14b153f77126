//! Meetings and inspections, for those who may follow the handling of one of their matters.

use crate::access::Scope;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use crate::repo::submissions::open_ids;
use domain::ids::{MeetingId, SubmissionId};
use domain::vocabulary::{Confidentiality, MeetingKind};
use entity::{meeting, meeting_matter, submission};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use std::collections::HashMap;

/// Which meetings are asked for.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    /// Kinds.
    pub kinds: Option<Vec<MeetingKind>>,
    /// About this matter.
    pub submission_id: Option<SubmissionId>,
}

fn select(scope: &Scope, filter: &MeetingFilter) -> Select<meeting::Entity> {
    let about = meeting_matter::Entity::find()
        .select_only()
        .column(meeting_matter::Column::MeetingId)
        .filter(meeting_matter::Column::SubmissionId.in_subquery(open_ids(scope, None)))
        .apply_if(filter.submission_id, |q, id| q.filter(meeting_matter::Column::SubmissionId.eq(id)));
    meeting::Entity::find()
        .filter(meeting::Column::Id.in_subquery(about.into_query()))
        .apply_if(filter.kinds.clone(), |q, kinds| q.filter(meeting::Column::Kind.is_in(kinds)))
}

const MEETINGS: &str = "meetings";

/// A page of meetings, newest record first.
pub async fn page(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &MeetingFilter,
    request: &PageRequest,
) -> AppResult<Page<meeting::Model>> {
    use meeting::Column as M;
    let mut query = select(scope, filter).limit(request.size + 1);
    if let Some(from) = &request.from {
        let text = &read_cursor(MEETINGS, from, 1)?[0];
        let id: MeetingId = text.parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        query = query.filter(if request.backward { M::Id.gt(id) } else { M::Id.lt(id) });
    }
    let rows = query.order_by(M::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(MEETINGS, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many meetings there are under the same scope and filter.
pub async fn count(conn: &impl ConnectionTrait, scope: &Scope, filter: &MeetingFilter) -> Result<u64, DbErr> {
    select(scope, filter).count(conn).await
}

/// The meeting with this id.
pub async fn get(conn: &impl ConnectionTrait, id: MeetingId) -> Result<Option<meeting::Model>, DbErr> {
    meeting::Entity::find_by_id(id).one(conn).await
}

/// The matters of meetings, with how confidential each is.
pub async fn matters(
    conn: &impl ConnectionTrait,
    meetings: &[MeetingId],
) -> Result<HashMap<MeetingId, Vec<(SubmissionId, Confidentiality)>>, DbErr> {
    let to_submission = meeting_matter::Entity::belongs_to(submission::Entity)
        .from(meeting_matter::Column::SubmissionId)
        .to(submission::Column::Id);
    let rows: Vec<(MeetingId, SubmissionId, Confidentiality)> = meeting_matter::Entity::find()
        .select_only()
        .columns([meeting_matter::Column::MeetingId, meeting_matter::Column::SubmissionId])
        .column(submission::Column::Confidentiality)
        .join(JoinType::InnerJoin, to_submission.into())
        .filter(meeting_matter::Column::MeetingId.is_in(meetings.iter().copied()))
        .order_by_asc(meeting_matter::Column::SubmissionId)
        .into_tuple()
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (meeting, submission, confidentiality) in rows {
        found.entry(meeting).or_default().push((submission, confidentiality));
    }
    Ok(found)
}

/// The meetings about submissions, oldest record first: two statements.
pub async fn of_submissions(
    conn: &impl ConnectionTrait,
    submissions: &[SubmissionId],
) -> Result<HashMap<SubmissionId, Vec<meeting::Model>>, DbErr> {
    let pairs = meeting_matter::Entity::find()
        .filter(meeting_matter::Column::SubmissionId.is_in(submissions.iter().copied()))
        .order_by_asc(meeting_matter::Column::MeetingId)
        .all(conn)
        .await?;
    let ids = pairs.iter().map(|pair| pair.meeting_id);
    let rows = meeting::Entity::find().filter(meeting::Column::Id.is_in(ids)).all(conn).await?;
    let rows: HashMap<MeetingId, meeting::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let mut found: HashMap<SubmissionId, Vec<meeting::Model>> = HashMap::new();
    for pair in pairs {
        found.entry(pair.submission_id).or_default().extend(rows.get(&pair.meeting_id).cloned());
    }
    Ok(found)
}
