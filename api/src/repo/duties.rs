//! What offices and agencies owe beside the reply: as batches for reminders, and as conditions of morning lists.

use crate::duties::DueSince;
use crate::repo::commitments::to_be_kept;
use chrono::{DateTime, Utc};
use domain::ids::{OrganizationId, RegionId, ReplyId, ReturnRequestId, SubmissionId};
use domain::vocabulary::{Confidentiality, Disclosure, ReplyStatus, RequestStatus, SessionPhase, SubmissionStatus};
use entity::{assignment, commitment, reply, return_request, submission};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationDef, Select,
};
use std::collections::HashMap;
use uuid::Uuid;

/// One thing that is owed.
#[derive(Clone, Copy, Debug)]
pub struct Owed {
    /// The request, matter or reply.
    pub id: Uuid,
    /// Its matter.
    pub submission: SubmissionId,
    /// The agency whose part it is.
    pub agency: Option<OrganizationId>,
    /// Since when it is owed.
    pub since: DateTime<Utc>,
}

fn pending_returns() -> Select<return_request::Entity> {
    let to_assignment: RelationDef = return_request::Entity::belongs_to(assignment::Entity)
        .from(return_request::Column::AssignmentId)
        .to(assignment::Column::Id)
        .into();
    return_request::Entity::find()
        .join(JoinType::InnerJoin, to_assignment)
        .filter(return_request::Column::Status.eq(RequestStatus::Pending))
        .filter(assignment::Column::Live.eq(true))
}

/// What came from a ledger was handled elsewhere: nobody here owes anything for it.
fn handled_here() -> Condition {
    Condition::all().add(submission::Column::ImportedAt.is_null())
}

/// Accepted between sessions, and not yet released.
fn off_session() -> Condition {
    use submission::Column as S;
    handled_here().add(S::Phase.eq(SessionPhase::OffSession)).add(S::Status.eq(SubmissionStatus::Accepted))
}

/// The replies of the present round that are for publication and are not published.
fn unpublished() -> Select<reply::Entity> {
    let to_assignment: RelationDef = reply::Entity::belongs_to(assignment::Entity)
        .from(reply::Column::AssignmentId)
        .to(assignment::Column::Id)
        .into();
    reply::Entity::find()
        .join(JoinType::InnerJoin, to_assignment)
        .filter(reply::Column::Status.eq(ReplyStatus::Issued))
        .filter(reply::Column::PublishedAt.is_null())
        // What was taken back was published in time, and need not be published again.
        .filter(reply::Column::PublicationWithdrawnAt.is_null())
        .filter(reply::Column::Disclosure.eq(Disclosure::Proactive))
        .filter(
            Expr::col(reply::Column::Round.as_column_ref()).eq(Expr::col(assignment::Column::Round.as_column_ref())),
        )
}

/// Matters that may be shown to everybody.
fn open_to_all() -> Condition {
    use submission::Column as S;
    handled_here().add(S::Disclosure.eq(Disclosure::Proactive)).add(S::Confidentiality.eq(Confidentiality::Public))
}

/// The next open requests to hand back of the region after this one.
pub async fn returns(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Owed>, DbErr> {
    use return_request::Column as R;
    let to_submission: RelationDef = assignment::Entity::belongs_to(submission::Entity)
        .from(assignment::Column::SubmissionId)
        .to(submission::Column::Id)
        .into();
    let rows: Vec<(ReturnRequestId, SubmissionId, OrganizationId, DateTime<Utc>)> = pending_returns()
        .join(JoinType::InnerJoin, to_submission)
        .filter(submission::Column::RegionId.eq(region))
        .apply_if(after, |query, after| query.filter(R::Id.gt(after)))
        .order_by_asc(R::Id)
        .limit(limit)
        .select_only()
        .columns([R::Id])
        .columns([assignment::Column::SubmissionId, assignment::Column::AgencyId])
        .columns([R::At])
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, submission, agency, since)| Owed { id: id.0, submission, agency: Some(agency), since })
        .collect())
}

/// The next matters of the region after this one that were accepted between sessions and not released.
pub async fn off_session_matters(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Owed>, DbErr> {
    use submission::Column as S;
    let rows: Vec<(SubmissionId, Option<DateTime<Utc>>)> = submission::Entity::find()
        .filter(off_session())
        .filter(S::RegionId.eq(region))
        .apply_if(after, |query, after| query.filter(S::Id.gt(after)))
        .order_by_asc(S::Id)
        .limit(limit)
        .select_only()
        .columns([S::Id, S::SubmittedAt])
        .into_tuple()
        .all(conn)
        .await?;
    let owed = |(id, since): (SubmissionId, Option<DateTime<Utc>>)| {
        // What was accepted was handed in.
        since.map(|since| Owed { id: id.0, submission: id, agency: None, since })
    };
    Ok(rows.into_iter().filter_map(owed).collect())
}

/// The next replies of the region after this one that are to be published.
pub async fn publications(
    conn: &impl ConnectionTrait,
    region: RegionId,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Owed>, DbErr> {
    use reply::Column as R;
    let to_submission: RelationDef = reply::Entity::belongs_to(submission::Entity)
        .from(reply::Column::SubmissionId)
        .to(submission::Column::Id)
        .into();
    let rows: Vec<(ReplyId, SubmissionId, OrganizationId, Option<DateTime<Utc>>)> = unpublished()
        .join(JoinType::InnerJoin, to_submission)
        .filter(open_to_all())
        .filter(submission::Column::RegionId.eq(region))
        .apply_if(after, |query, after| query.filter(R::Id.gt(after)))
        .order_by_asc(R::Id)
        .limit(limit)
        .select_only()
        .columns([R::Id, R::SubmissionId, R::AgencyId, R::IssuedAt])
        .into_tuple()
        .all(conn)
        .await?;
    let owed = |(id, submission, agency, since): (ReplyId, _, _, Option<DateTime<Utc>>)| {
        since.map(|since| Owed { id: id.0, submission, agency: Some(agency), since })
    };
    Ok(rows.into_iter().filter_map(owed).collect())
}

/// When these replies were issued.
pub async fn issued(
    conn: &impl ConnectionTrait,
    replies: &[ReplyId],
) -> Result<HashMap<ReplyId, DateTime<Utc>>, DbErr> {
    let rows: Vec<(ReplyId, Option<DateTime<Utc>>)> = reply::Entity::find()
        .select_only()
        .columns([reply::Column::Id, reply::Column::IssuedAt])
        .filter(reply::Column::Id.is_in(replies.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// The matters for which `condition` holds by the rules with which each began.
fn by_rules(due: &[DueSince], condition: impl Fn(&DueSince) -> Option<Condition>) -> Condition {
    due.iter()
        .filter_map(|since| Some((since.rules, condition(since)?)))
        .fold(Condition::any().add(Expr::value(false)), |any, (rules, condition)| {
            any.add(Condition::all().add(submission::Column::RuleSetId.eq(rules)).add(condition))
        })
}

fn among(ids: SelectStatement) -> Condition {
    Condition::all().add(submission::Column::Id.in_subquery(ids))
}

/// Matters with a request to hand back on which a decision is due.
pub fn return_due(due: &[DueSince]) -> Condition {
    by_rules(due, |since| {
        let late = pending_returns().filter(return_request::Column::At.lt(since.reassign?));
        Some(among(late.select_only().column(assignment::Column::SubmissionId).into_query()))
    })
}

/// Matters handed in between sessions whose release is due.
pub fn off_session_due(due: &[DueSince]) -> Condition {
    by_rules(due, |since| Some(off_session().add(submission::Column::SubmittedAt.lt(since.off_session?))))
}

/// Matters with a reply whose publication is due.
pub fn publication_due(due: &[DueSince]) -> Condition {
    let late = by_rules(due, |since| {
        let late = unpublished().filter(reply::Column::IssuedAt.lt(since.publication?));
        Some(among(late.select_only().column(reply::Column::SubmissionId).into_query()))
    });
    Condition::all().add(open_to_all()).add(late)
}

/// Matters with a promise of this agency on which a report is due.
pub fn report_due(due: &[DueSince], agency: OrganizationId) -> Condition {
    let to_reply = || -> RelationDef {
        commitment::Entity::belongs_to(reply::Entity).from(commitment::Column::ReplyId).to(reply::Column::Id).into()
    };
    by_rules(due, |since| {
        use commitment::Column as C;
        let unreported = since
            .unreported
            .map(|at| Condition::all().add(C::ReportedAt.is_null()).add(reply::Column::IssuedAt.lt(at)));
        let reported = since.reported.map(|at| C::ReportedAt.lt(at));
        let late = commitment::Entity::find()
            .join(JoinType::InnerJoin, to_reply())
            .filter(C::AgencyId.eq(agency))
            .filter(to_be_kept())
            .filter(Condition::any().add_option(unreported).add_option(reported));
        (since.unreported.is_some() || since.reported.is_some())
            .then(|| among(late.select_only().column(C::SubmissionId).into_query()))
    })
}
