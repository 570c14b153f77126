//! What the board of supervision counts: one narrow scan of the open assignments under a scope and filter.
//!
//! Which steps are late, and whether a clock stands, follows from the events of each clock, the rules with which its
//! matter began and the calendar; no condition of SQL says it. So the scan reads what these need, without any text,
//! and numbers and lists are taken from the same lines. It costs nine statements, and one for the portfolios of
//! leaders, whatever the region has, and time and memory in proportion to its open assignments.

use crate::access::Scope;
use crate::db::Db;
use crate::repo::scope;
use crate::repo::statistics::snapshot;
use crate::repo::submissions::{AssignmentFilter, select_assignments};
use crate::stage_lags::ReplyStep;
use chrono::{DateTime, Utc};
use domain::ids::{AssignmentId, RuleSetId, SubmissionId, UserId};
use domain::vocabulary::{AssignmentStatus, HandlingMode, HandlingStage, Institution, ReplyStatus, RequestStatus};
use entity::{assignment, contact, extension_request, progress_report, reply, submission, supervision};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Iterable, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};

/// What one scan found.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The open assignments, newest first, without their texts.
    pub assignments: Vec<assignment::Model>,
    /// Their matters.
    pub matters: Vec<MatterLine>,
    /// Stages reported in them.
    pub progress: Vec<(AssignmentId, HandlingStage, DateTime<Utc>)>,
    /// When contacts were held.
    pub contacts: Vec<(AssignmentId, DateTime<Utc>)>,
    /// Replies of the matters.
    pub replies: Vec<ReplyLine>,
    /// Assignments with an open request for more time.
    pub extensions: Vec<AssignmentId>,
    /// Supervision of the matters, with its leader if it has one.
    pub supervisions: Vec<(SubmissionId, Option<UserId>)>,
    /// How often each matter was handed back, if ever.
    pub returns: Vec<(SubmissionId, i64)>,
    /// Matters that the reader himself proposed.
    pub own: Vec<SubmissionId>,
}

/// What the scan reads of a matter.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct MatterLine {
    /// The matter.
    pub id: SubmissionId,
    /// The rules with which it began.
    pub rule_set_id: Option<RuleSetId>,
    /// How its agencies share it.
    pub mode: Option<HandlingMode>,
    /// Suggestion or proposal: to which institution it was handed in.
    pub institution: Institution,
}

/// What the scan reads of a reply.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct ReplyLine {
    /// Of which assignment.
    pub assignment_id: AssignmentId,
    /// Of which matter.
    pub submission_id: SubmissionId,
    /// Of which round.
    pub round: i32,
    /// Its state.
    pub status: ReplyStatus,
    /// When it was drafted.
    pub drafted_at: DateTime<Utc>,
    /// When it was issued.
    pub issued_at: Option<DateTime<Utc>>,
}

impl ReplyLine {
    /// How far it has come.
    pub fn step(&self) -> ReplyStep {
        ReplyStep { round: self.round, status: self.status, drafted_at: self.drafted_at, issued_at: self.issued_at }
    }
}

/// Scans in one view of the database.
pub async fn scan(db: &Db, scope: &Scope, filter: &AssignmentFilter) -> Result<Scanned, DbErr> {
    let tx = snapshot(db).await?;
    let found = read(&tx, scope, filter).await?;
    tx.rollback().await?;
    Ok(found)
}

async fn read(conn: &impl ConnectionTrait, scope: &Scope, filter: &AssignmentFilter) -> Result<Scanned, DbErr> {
    use assignment::Column as A;
    let assignments = open(scope, filter)
        .select_only()
        .columns(A::iter().filter(|column| !matches!(column, A::Plan | A::Scope)))
        .expr_as(Expr::cust("NULL"), "plan")
        .expr_as(Expr::cust("NULL"), "scope")
        .order_by_desc(A::Id)
        .into_model::<assignment::Model>()
        .all(conn)
        .await?;
    if assignments.is_empty() {
        return Ok(Scanned::default());
    }
    let parts = || column_of(open(scope, filter), A::Id);
    let matters = || column_of(open(scope, filter), A::SubmissionId);
    Ok(Scanned {
        assignments,
        matters: submission::Entity::find()
            .select_only()
            .columns([
                submission::Column::Id,
                submission::Column::RuleSetId,
                submission::Column::Mode,
                submission::Column::Institution,
            ])
            .filter(submission::Column::Id.in_subquery(matters()))
            .into_model()
            .all(conn)
            .await?,
        progress: progress_report::Entity::find()
            .select_only()
            .columns([
                progress_report::Column::AssignmentId,
                progress_report::Column::Stage,
                progress_report::Column::At,
            ])
            .filter(progress_report::Column::AssignmentId.in_subquery(parts()))
            .into_tuple()
            .all(conn)
            .await?,
        contacts: contact::Entity::find()
            .select_only()
            .columns([contact::Column::AssignmentId, contact::Column::HeldAt])
            .filter(contact::Column::AssignmentId.in_subquery(parts()))
            .into_tuple()
            .all(conn)
            .await?,
        replies: reply::Entity::find()
            .select_only()
            .columns([
                reply::Column::AssignmentId,
                reply::Column::SubmissionId,
                reply::Column::Round,
                reply::Column::Status,
                reply::Column::DraftedAt,
                reply::Column::IssuedAt,
            ])
            .filter(reply::Column::SubmissionId.in_subquery(matters()))
            .into_model()
            .all(conn)
            .await?,
        extensions: extension_request::Entity::find()
            .select_only()
            .column(extension_request::Column::AssignmentId)
            .filter(extension_request::Column::AssignmentId.in_subquery(parts()))
            .filter(extension_request::Column::Status.eq(RequestStatus::Pending))
            .into_tuple()
            .all(conn)
            .await?,
        supervisions: supervision::Entity::find()
            .select_only()
            .columns([supervision::Column::SubmissionId, supervision::Column::LeaderId])
            .filter(supervision::Column::SubmissionId.in_subquery(matters()))
            .into_tuple()
            .all(conn)
            .await?,
        returns: assignment::Entity::find()
            .select_only()
            .column(A::SubmissionId)
            .column_as(A::Id.count(), "times")
            .filter(A::SubmissionId.in_subquery(matters()))
            .filter(A::Status.eq(AssignmentStatus::Returned))
            .group_by(A::SubmissionId)
            .into_tuple()
            .all(conn)
            .await?,
        own: submission::Entity::find()
            .select_only()
            .column(submission::Column::Id)
            .filter(submission::Column::Id.in_subquery(matters()))
            .filter(scope::proposed_by(scope.actor()))
            .into_tuple()
            .all(conn)
            .await?,
    })
}

/// What agencies still owe, under the scope and filter.
fn open(scope: &Scope, filter: &AssignmentFilter) -> Select<assignment::Entity> {
    let states = AssignmentStatus::ALL.iter().copied().filter(|status| status.is_open());
    select_assignments(scope, filter).filter(assignment::Column::Status.is_in(states))
}

fn column_of(select: Select<assignment::Entity>, column: assignment::Column) -> SelectStatement {
    select.select_only().column(column).into_query()
}
