//! Counts for figures: grouped statements over narrow columns, a fixed number of them.
//!
//! Every statement counts under the same condition: what the reader may list, handed to the narrowing of
//! the question. All of them read one snapshot, so that sums add up while others write. The number of
//! statements grows neither with years nor with agencies: [`STATEMENTS`].
//!
//! Deliberately absent: what the counts mean (see `domain::figures`) and who may ask.

mod rows;
mod terms;

pub use rows::{Answering, Counted, IssueDays, Matters, Parts, Promises, Ratings, Replies, Returns};

use crate::access::Scope;
use crate::db::Db;
use crate::repo::scope;
use chrono::NaiveDate;
use domain::ids::{CategoryId, OrganizationId, RegionId};
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, FeedbackStatus, Institution, OrganizationKind, RegionLevel, ReplyStatus,
    SubmissionKind,
};
use entity::{assignment, category, commitment, feedback, organization, reply, return_request, submission};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, IsolationLevel,
    QueryFilter, QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};
use terms::{Terms, count_if, every, some};

/// How many statements [`count`] sends, whatever is asked.
pub const STATEMENTS: usize = 9;

/// What is to be counted.
#[derive(Clone, Debug)]
pub struct Question {
    /// What the reader may list.
    pub readable: Scope,
    /// The region.
    pub region_id: RegionId,
    /// The handling years.
    pub handling_years: Vec<i32>,
    /// These kinds alone.
    pub kinds: Option<Vec<SubmissionKind>>,
    /// These levels of origin alone.
    pub origin_levels: Option<Vec<RegionLevel>>,
    /// These parts of agencies alone.
    pub roles: Option<Vec<AssignmentRole>>,
    /// This agency alone.
    pub agency_id: Option<OrganizationId>,
    /// This institution alone.
    pub institution: Option<Institution>,
    /// The day as of which something is due.
    pub as_of: NaiveDate,
}

/// The name of an agency of the region.
pub async fn agency_name(
    conn: &impl ConnectionTrait,
    region: RegionId,
    id: OrganizationId,
) -> Result<Option<String>, DbErr> {
    organization::Entity::find_by_id(id)
        .filter(organization::Column::RegionId.eq(region))
        .filter(organization::Column::Kind.eq(OrganizationKind::Agency))
        .select_only()
        .column(organization::Column::Name)
        .into_tuple()
        .one(conn)
        .await
}

/// Counts.
pub async fn count(db: &Db, question: &Question) -> Result<Counted, DbErr> {
    let tx = snapshot(db).await?;
    let terms = Terms { sqlite: db.is_sqlite(), as_of: question.as_of };
    let counted = Counted {
        matters: rows(&tx, matters(question)).await?,
        answering: rows(&tx, answering(question, &terms)).await?,
        parts: rows(&tx, parts(question, &terms)).await?,
        returns: rows(&tx, returns(question)).await?,
        replies: rows(&tx, replies(question)).await?,
        issue_days: rows(&tx, issue_days(question, &terms)).await?,
        ratings: rows(&tx, ratings(question)).await?,
        promises: rows(&tx, promises(question, &terms)).await?,
        categories: categories(&tx, question.region_id).await?,
    };
    tx.rollback().await?;
    Ok(counted)
}

/// One view of the database for all statements; it writes nothing.
pub(super) async fn snapshot(db: &Db) -> Result<DatabaseTransaction, DbErr> {
    let server = !db.is_sqlite();
    let options = TransactionOptions {
        isolation_level: server.then_some(IsolationLevel::RepeatableRead),
        access_mode: server.then_some(AccessMode::ReadOnly),
        ..TransactionOptions::default()
    };
    db.reader().begin_with_options(options).await
}

async fn rows<T: FromQueryResult>(conn: &impl ConnectionTrait, select: SelectStatement) -> Result<Vec<T>, DbErr> {
    conn.query_all(&select).await?.iter().map(|row| T::from_query_result(row, "")).collect()
}

async fn categories(conn: &impl ConnectionTrait, region: RegionId) -> Result<Vec<(CategoryId, String)>, DbErr> {
    category::Entity::find()
        .select_only()
        .columns([category::Column::Id, category::Column::Name])
        .filter(category::Column::RegionId.eq(region))
        .order_by_asc(category::Column::Ordinal)
        .order_by_asc(category::Column::Id)
        .into_tuple()
        .all(conn)
        .await
}

/// Matters handed in that the reader may list and that were asked for, whatever agencies do with them.
fn asked_for(q: &Question, years: impl IntoIterator<Item = i32>) -> Condition {
    use submission::Column as S;
    Condition::all()
        .add(scope::condition(&q.readable))
        .add(S::RegionId.eq(q.region_id))
        .add(S::HandlingYear.is_in(years))
        .add(S::SubmittedAt.is_not_null())
        .add_option(q.kinds.as_ref().map(|kinds| S::Kind.is_in(kinds.iter().copied())))
        .add_option(q.origin_levels.as_ref().map(|levels| S::OriginLevel.is_in(levels.iter().copied())))
        .add_option(q.institution.map(|institution| S::Institution.eq(institution)))
}

/// The same, of the years asked for and accepted.
fn accepted(q: &Question) -> Condition {
    asked_for(q, q.handling_years.iter().copied()).add(submission::Column::AcceptedAt.is_not_null())
}

/// Assignments of the agency and in the parts asked for.
fn taking_part(q: &Question) -> Condition {
    use assignment::Column as A;
    Condition::all()
        .add_option(q.agency_id.map(|agency| A::AgencyId.eq(agency)))
        .add_option(q.roles.as_ref().map(|roles| A::Role.is_in(roles.iter().copied())))
}

/// Assignments handed to an agency and not taken back.
fn standing() -> Condition {
    Condition::all()
        .add(assignment::Column::Live.eq(true))
        .add(assignment::Column::Status.ne(AssignmentStatus::Planned))
}

/// Assignments whose agency answers the proposer.
fn answers() -> Condition {
    let roles = AssignmentRole::ALL.iter().copied().filter(|role| role.answers());
    Condition::all().add(assignment::Column::Role.is_in(roles))
}

fn matters(q: &Question) -> SelectStatement {
    use submission::Column as S;
    let mut years: Vec<i32> = q.handling_years.iter().flat_map(|year| [*year - 1, *year]).collect();
    years.sort_unstable();
    years.dedup();
    let mut select = Query::select();
    select
        .columns(
            [S::HandlingYear, S::Kind, S::Status, S::OriginLevel, S::CategoryId].map(|column| column.as_column_ref()),
        )
        .expr_as(Func::count(Expr::col(S::Id.as_column_ref())), "handed_in")
        .expr_as(count_if(S::AcceptedAt.is_not_null()), "accepted")
        .from(submission::Entity)
        .cond_where(asked_for(q, years))
        .group_by_columns(
            [S::HandlingYear, S::Kind, S::Status, S::OriginLevel, S::CategoryId].map(|column| column.as_column_ref()),
        );
    if q.agency_id.is_some() || q.roles.is_some() {
        let taken = Query::select()
            .column(assignment::Column::SubmissionId.as_column_ref())
            .from(assignment::Entity)
            .cond_where(standing().add(taking_part(q)))
            .to_owned();
        select.and_where(S::Id.in_subquery(taken));
    }
    select
}

/// Submissions joined with their assignments, narrowed to what was asked for.
fn with_parts(q: &Question) -> SelectStatement {
    Query::select()
        .from(submission::Entity)
        .inner_join(
            assignment::Entity,
            Expr::col(assignment::Column::SubmissionId.as_column_ref()).equals(submission::Column::Id.as_column_ref()),
        )
        .cond_where(accepted(q))
        .cond_where(taking_part(q))
        .to_owned()
}

/// A matter counts once: first each matter from its assignments, then the matters of a year.
fn answering(q: &Question, terms: &Terms) -> SelectStatement {
    use submission::Column as S;
    let each = with_parts(q)
        .column(S::HandlingYear.as_column_ref())
        .expr_as(every(terms.answered()), "answered")
        .expr_as(every(terms.answered_now()), "answered_now")
        .expr_as(some(terms.late()), "late")
        .expr_as(every(terms.on_time()), "on_time")
        .expr_as(every(terms.done()), "done")
        .expr_as(some(terms.met()), "met")
        .cond_where(standing())
        .cond_where(answers())
        .group_by_columns([S::HandlingYear, S::Id].map(|column| column.as_column_ref()))
        .to_owned();
    let holds = |flag: &'static str| Expr::col(("each_matter", flag)).eq(1);
    Query::select()
        .column(("each_matter", "handling_year"))
        .expr_as(Func::count(Expr::col(("each_matter", "handling_year"))), "matters")
        .expr_as(count_if(holds("answered")), "answered")
        .expr_as(count_if(holds("answered_now").or(holds("late"))), "timed")
        .expr_as(count_if(holds("on_time")), "on_time")
        .expr_as(count_if(holds("done")), "done")
        .expr_as(count_if(holds("met")), "met")
        .from_subquery(each, Alias::new("each_matter"))
        .add_group_by([Expr::col(("each_matter", "handling_year"))])
        .to_owned()
}

fn parts(q: &Question, terms: &Terms) -> SelectStatement {
    use assignment::Column as A;
    let by = [submission::Column::HandlingYear.as_column_ref(), A::AgencyId.as_column_ref(), A::Role.as_column_ref()];
    let of_answering = |flag: Condition| count_if(standing().add(answers()).add(flag));
    with_parts(q)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(A::Id.as_column_ref())), "released")
        .expr_as(count_if(A::Status.eq(AssignmentStatus::Returned)), "handed_back")
        .expr_as(count_if(standing()), "standing")
        .expr_as(count_if(standing().add(terms.owed_past_due())), "overdue")
        .expr_as(of_answering(terms.answered()), "answered")
        .expr_as(of_answering(Condition::any().add(terms.answered_now()).add(terms.late())), "timed")
        .expr_as(of_answering(terms.on_time()), "on_time")
        .expr_as(of_answering(terms.done()), "done")
        .expr_as(of_answering(terms.met()), "met")
        .and_where(A::AssignedAt.is_not_null())
        .group_by_columns(by)
        .to_owned()
}

fn returns(q: &Question) -> SelectStatement {
    use return_request::Column as R;
    let by = [submission::Column::HandlingYear.as_column_ref(), assignment::Column::AgencyId.as_column_ref()];
    with_parts(q)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(R::Id.as_column_ref())), "requests")
        .inner_join(
            return_request::Entity,
            Expr::col(R::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .group_by_columns(by)
        .to_owned()
}

/// Issued replies of standing assignments.
fn with_replies(q: &Question) -> SelectStatement {
    with_parts(q)
        .inner_join(
            reply::Entity,
            Expr::col(reply::Column::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .cond_where(standing())
        .and_where(reply::Column::Status.eq(ReplyStatus::Issued))
        .to_owned()
}

fn replies(q: &Question) -> SelectStatement {
    use reply::Column as R;
    let by =
        [submission::Column::HandlingYear.as_column_ref(), R::AgencyId.as_column_ref(), R::Outcome.as_column_ref()];
    with_replies(q)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(R::Id.as_column_ref())), "replies")
        .expr_as(count_if(terms::publishable()), "publishable")
        .expr_as(count_if(R::PublishedAt.is_not_null()), "published")
        .and_where(terms::no_later_reply())
        .group_by_columns(by)
        .to_owned()
}

fn issue_days(q: &Question, terms: &Terms) -> SelectStatement {
    use reply::Column as R;
    let days = with_replies(q)
        .column(submission::Column::HandlingYear.as_column_ref())
        .expr_as(terms.legal_day(Expr::col(R::IssuedAt.as_column_ref())), "issued_on")
        .expr_as(terms::due_day(), "due_on")
        .and_where(Expr::col(R::Round.as_column_ref()).equals(assignment::Column::Round.as_column_ref()))
        .and_where(assignment::Column::DueOn.is_not_null())
        .to_owned();
    let by = ["handling_year", "issued_on", "due_on"].map(|column| ("each_reply", column));
    Query::select()
        .columns(by)
        .expr_as(Func::count(Expr::col(("each_reply", "due_on"))), "replies")
        .from_subquery(days, Alias::new("each_reply"))
        .add_group_by(by.map(Expr::col))
        .to_owned()
}

/// Sealed ratings never count: only what the office has settled does.
fn ratings(q: &Question) -> SelectStatement {
    use feedback::Column as F;
    let by = [submission::Column::HandlingYear.as_column_ref(), reply::Column::AgencyId.as_column_ref()];
    with_replies(q)
        .columns(by.clone())
        .expr_as(Expr::col(F::OverallRating.as_column_ref()), "rating")
        .expr_as(Func::count(Expr::col(F::Id.as_column_ref())), "forms")
        .expr_as(count_if(F::Round.eq(1)), "first_round")
        .inner_join(feedback::Entity, Expr::col(F::ReplyId.as_column_ref()).equals(reply::Column::Id.as_column_ref()))
        .and_where(F::Status.eq(FeedbackStatus::Settled))
        .and_where(F::OverallRating.is_not_null())
        .group_by_columns(by)
        .add_group_by([Expr::col(F::OverallRating.as_column_ref())])
        .to_owned()
}

fn promises(q: &Question, terms: &Terms) -> SelectStatement {
    use commitment::Column as C;
    let by = [submission::Column::HandlingYear.as_column_ref(), C::AgencyId.as_column_ref()];
    with_parts(q)
        .columns(by.clone())
        .expr_as(count_if(Condition::any().add(terms::kept()).add(terms.promise_due())), "due")
        .expr_as(count_if(terms::kept()), "kept")
        .inner_join(
            commitment::Entity,
            Expr::col(C::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .group_by_columns(by)
        .to_owned()
}
