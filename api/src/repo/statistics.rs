//! Counts for figures: grouped statements over narrow columns, a fixed number of them.
//!
//! Every statement counts under the same condition: what the reader may list, handed to the narrowing of
//! the question. All of them read one snapshot, so that sums add up while others write. The number of
//! statements grows neither with years nor with agencies: [`STATEMENTS`].
//!
//! The present state is counted from the narrow rows of [`facts`] (module `present`); a past day from the trail and the
//! instants of the rows themselves, by the statements of this file.
//!
//! Deliberately absent: what the counts mean (see `domain::figures`) and who may ask.

pub mod behind;
pub mod facts;
mod past;
mod present;
mod rows;
mod terms;

pub use rows::{Answering, Counted, Delegations, IssueDays, Matters, Parts, Promises, Ratings, Replies, Returns};

use crate::access::Scope;
use crate::db::Db;
use crate::repo::scope;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{CategoryId, OrganizationId, RegionId};
use domain::vocabulary::{AssignmentRole, Institution, OrganizationKind, RegionLevel, SubmissionKind};
use entity::{assignment, category, commitment, feedback, organization, position, reply, return_request, submission};
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, IsolationLevel,
    QueryFilter, QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};
use terms::{Terms, answers, count_if, every, some};

/// How many statements [`count`] sends for the present state, whatever is asked; a past day takes one more.
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
    /// The end of that day when it is past; none for the present state.
    pub until: Option<DateTime<Utc>>,
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
    let terms = Terms { sqlite: db.is_sqlite(), as_of: question.as_of, until: question.until };
    let counted = match question.until {
        None => present::count(&tx, question, &terms).await?,
        Some(_) => count_past(&tx, question, &terms).await?,
    };
    tx.rollback().await?;
    Ok(counted)
}

async fn count_past(tx: &DatabaseTransaction, q: &Question, terms: &Terms) -> Result<Counted, DbErr> {
    Ok(Counted {
        matters: rows(tx, matters(q, terms)).await?,
        answering: rows(tx, answering(q, terms)).await?,
        parts: rows(tx, parts(q, terms)).await?,
        returns: rows(tx, returns(q, terms)).await?,
        replies: rows(tx, replies(q, terms)).await?,
        issue_days: rows(tx, issue_days(q, terms)).await?,
        ratings: rows(tx, ratings(q, terms)).await?,
        delegations: rows(tx, delegations(q, terms)).await?,
        promises: rows(tx, promises(q, terms)).await?,
        categories: categories(tx, q.region_id).await?,
    })
}

/// Sends the statements of [`count`], but for the names of categories, and throws their rows away: what the database
/// and its driver take by themselves.
pub async fn send_plain(db: &Db, q: &Question) -> Result<(), DbErr> {
    let terms = Terms { sqlite: db.is_sqlite(), as_of: q.as_of, until: q.until };
    let statements = match q.until {
        None => present::statements(q, &terms),
        Some(_) => vec![
            matters(q, &terms),
            answering(q, &terms),
            parts(q, &terms),
            returns(q, &terms),
            replies(q, &terms),
            issue_days(q, &terms),
            ratings(q, &terms),
            delegations(q, &terms),
            promises(q, &terms),
        ],
    };
    let conn = db.reader();
    for select in statements {
        conn.query_all(&select).await?;
    }
    Ok(())
}

/// The days of issue alone.
pub async fn issued_days(db: &Db, question: &Question) -> Result<Vec<IssueDays>, DbErr> {
    let terms = Terms { sqlite: db.is_sqlite(), as_of: question.as_of, until: question.until };
    rows(db.reader(), issue_days(question, &terms)).await
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
fn asked_for(q: &Question, terms: &Terms, years: impl IntoIterator<Item = i32>) -> Condition {
    use submission::Column as S;
    Condition::all()
        .add(scope::condition(&q.readable))
        .add(S::RegionId.eq(q.region_id))
        .add(S::HandlingYear.is_in(years))
        .add(terms.happened(Expr::col(S::SubmittedAt.as_column_ref())))
        // What a matter was converted to later keeps its day of handing in, but was not there yet.
        .add_option(terms.until.map(|until| S::CreatedAt.lt(until)))
        .add_option(q.kinds.as_ref().map(|kinds| S::Kind.is_in(kinds.iter().copied())))
        .add_option(q.origin_levels.as_ref().map(|levels| S::OriginLevel.is_in(levels.iter().copied())))
        .add_option(q.institution.map(|institution| S::Institution.eq(institution)))
}

/// The same, of the years asked for and accepted.
fn accepted(q: &Question, terms: &Terms) -> Condition {
    asked_for(q, terms, q.handling_years.iter().copied()).add(taken_on(terms))
}

/// The matter is accepted.
fn taken_on(terms: &Terms) -> Expr {
    terms.happened(Expr::col(submission::Column::AcceptedAt.as_column_ref()))
}

/// Assignments of the agency and in the parts asked for.
fn taking_part(q: &Question) -> Condition {
    use assignment::Column as A;
    Condition::all()
        .add_option(q.agency_id.map(|agency| A::AgencyId.eq(agency)))
        .add_option(q.roles.as_ref().map(|roles| A::Role.is_in(roles.iter().copied())))
}

fn matters(q: &Question, terms: &Terms) -> SelectStatement {
    use submission::Column as S;
    let mut years: Vec<i32> = q.handling_years.iter().flat_map(|year| [*year - 1, *year]).collect();
    years.sort_unstable();
    years.dedup();
    let status = match q.until {
        Some(until) => past::status(terms, until),
        None => Expr::col(S::Status.as_column_ref()),
    };
    let mut each = Query::select();
    each.columns(
        [S::HandlingYear, S::Kind, S::OriginLevel, S::CategoryId, S::CollectiveKind]
            .map(|column| column.as_column_ref()),
    )
    .expr_as(status, "status")
    .expr_as(CaseStatement::new().case(taken_on(terms), 1).finally(0), "accepted")
    .from(submission::Entity)
    .cond_where(asked_for(q, terms, years));
    each.cond_where(taken_by(q, terms));
    let by = ["handling_year", "kind", "status", "origin_level", "category_id", "collective_kind"]
        .map(|column| ("each_matter", column));
    Query::select()
        .columns(by)
        .expr_as(Func::count(Expr::col(("each_matter", "accepted"))), "handed_in")
        .expr_as(count_if(Expr::col(("each_matter", "accepted")).eq(1)), "accepted")
        .from_subquery(each, Alias::new("each_matter"))
        .add_group_by(by.map(Expr::col))
        .to_owned()
}

/// Matters of the agency and in the parts asked for.
fn taken_by(q: &Question, terms: &Terms) -> Condition {
    if q.agency_id.is_none() && q.roles.is_none() {
        return Condition::all();
    }
    let taken = Query::select()
        .column(assignment::Column::SubmissionId.as_column_ref())
        .from(assignment::Entity)
        .cond_where(terms.standing().add(taking_part(q)))
        .to_owned();
    Condition::all().add(submission::Column::Id.in_subquery(taken))
}

/// By the organization in which the lead proposer holds his position: a delegation or a sector. Positions are fewer than
/// matters, so that they are counted first.
fn delegations(q: &Question, terms: &Terms) -> SelectStatement {
    use organization::Column as O;
    use submission::Column as S;
    let each = || Alias::new("each_position");
    let column = |name: &'static str| Expr::col((each(), Alias::new(name)));
    let by_position = Query::select()
        .column(S::HandlingYear.as_column_ref())
        .column(S::LeadPositionId.as_column_ref())
        .expr_as(Func::count(Expr::col(S::Id.as_column_ref())), "matters")
        .from(submission::Entity)
        .cond_where(accepted(q, terms))
        .cond_where(taken_by(q, terms))
        .group_by_columns([S::HandlingYear, S::LeadPositionId].map(|by| by.as_column_ref()))
        .to_owned();
    Query::select()
        .expr_as(column("handling_year"), "handling_year")
        .expr_as(Expr::col(O::Id.as_column_ref()), "organization_id")
        .column(O::Name.as_column_ref())
        .expr_as(Func::sum(column("matters")).cast_as("bigint"), "accepted")
        .from_subquery(by_position, each())
        .inner_join(position::Entity, Expr::col(position::Column::Id.as_column_ref()).eq(column("lead_position_id")))
        .inner_join(
            organization::Entity,
            Expr::col(O::Id.as_column_ref()).equals(position::Column::OrganizationId.as_column_ref()),
        )
        .add_group_by([column("handling_year")])
        .group_by_columns([O::Id.as_column_ref(), O::Name.as_column_ref()])
        .order_by(O::Name.as_column_ref(), Order::Asc)
        .order_by(O::Id.as_column_ref(), Order::Asc)
        .to_owned()
}

/// Submissions joined with their assignments, narrowed to what was asked for.
fn with_parts(q: &Question, terms: &Terms) -> SelectStatement {
    Query::select()
        .from(submission::Entity)
        .inner_join(
            assignment::Entity,
            Expr::col(assignment::Column::SubmissionId.as_column_ref()).equals(submission::Column::Id.as_column_ref()),
        )
        .cond_where(accepted(q, terms))
        .cond_where(taking_part(q))
        .to_owned()
}

/// A matter counts once: first each matter from its assignments, then the matters of a year.
fn answering(q: &Question, terms: &Terms) -> SelectStatement {
    use submission::Column as S;
    let each = with_parts(q, terms)
        .column(S::HandlingYear.as_column_ref())
        .expr_as(every(terms.answered()), "answered")
        .expr_as(every(terms.answered_now()), "answered_now")
        .expr_as(some(terms.late()), "late")
        .expr_as(every(terms.on_time()), "on_time")
        .expr_as(every(terms.done()), "done")
        .expr_as(some(terms.met()), "met")
        .cond_where(terms.standing())
        .cond_where(answers())
        .group_by_columns([S::HandlingYear, S::Id].map(|column| column.as_column_ref()))
        .to_owned();
    by_matter(each)
}

/// The matters of each year, from one row of flags for each matter.
fn by_matter(each: SelectStatement) -> SelectStatement {
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
    let of_answering = |flag: Condition| count_if(terms.standing().add(answers()).add(flag));
    with_parts(q, terms)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(A::Id.as_column_ref())), "released")
        .expr_as(count_if(terms.handed_back()), "handed_back")
        .expr_as(count_if(terms.standing()), "standing")
        .expr_as(count_if(terms.standing().add(terms.owed_past_due())), "overdue")
        .expr_as(of_answering(terms.answered()), "answered")
        .expr_as(of_answering(Condition::any().add(terms.answered_now()).add(terms.late())), "timed")
        .expr_as(of_answering(terms.on_time()), "on_time")
        .expr_as(of_answering(terms.done()), "done")
        .expr_as(of_answering(terms.met()), "met")
        .and_where(terms.happened(Expr::col(A::AssignedAt.as_column_ref())))
        .group_by_columns(by)
        .to_owned()
}

fn returns(q: &Question, terms: &Terms) -> SelectStatement {
    use return_request::Column as R;
    let by = [submission::Column::HandlingYear.as_column_ref(), assignment::Column::AgencyId.as_column_ref()];
    with_parts(q, terms)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(R::Id.as_column_ref())), "requests")
        .inner_join(
            return_request::Entity,
            Expr::col(R::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .and_where(terms.happened(Expr::col(R::At.as_column_ref())))
        .group_by_columns(by)
        .to_owned()
}

/// Issued replies of standing assignments.
fn with_replies(q: &Question, terms: &Terms) -> SelectStatement {
    with_parts(q, terms)
        .inner_join(
            reply::Entity,
            Expr::col(reply::Column::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .cond_where(terms.standing())
        .cond_where(terms.reply_issued())
        .to_owned()
}

fn replies(q: &Question, terms: &Terms) -> SelectStatement {
    use reply::Column as R;
    let by = [
        submission::Column::HandlingYear.as_column_ref(),
        submission::Column::CategoryId.as_column_ref(),
        R::AgencyId.as_column_ref(),
        R::Outcome.as_column_ref(),
    ];
    with_replies(q, terms)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(R::Id.as_column_ref())), "replies")
        .expr_as(count_if(terms.publishable()), "publishable")
        .expr_as(count_if(terms.published()), "published")
        .cond_where(terms.no_later_reply())
        .group_by_columns(by)
        .to_owned()
}

fn issue_days(q: &Question, terms: &Terms) -> SelectStatement {
    use reply::Column as R;
    let days = with_replies(q, terms)
        .column(submission::Column::HandlingYear.as_column_ref())
        .expr_as(terms.legal_day(Expr::col(R::IssuedAt.as_column_ref())), "issued_on")
        .expr_as(terms.due_day(), "due_on")
        .cond_where(terms.of_this_round())
        .and_where(terms.due_day().is_not_null())
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
fn ratings(q: &Question, terms: &Terms) -> SelectStatement {
    use feedback::Column as F;
    let by = [submission::Column::HandlingYear.as_column_ref(), reply::Column::AgencyId.as_column_ref()];
    with_replies(q, terms)
        .columns(by.clone())
        .expr_as(Expr::col(F::OverallRating.as_column_ref()), "rating")
        .expr_as(Func::count(Expr::col(F::Id.as_column_ref())), "forms")
        .expr_as(count_if(F::Round.eq(1)), "first_round")
        .expr_as(count_if(terms.no_later_reply()), "last_round")
        .inner_join(feedback::Entity, Expr::col(F::ReplyId.as_column_ref()).equals(reply::Column::Id.as_column_ref()))
        .cond_where(terms.settled())
        .and_where(F::OverallRating.is_not_null())
        .group_by_columns(by)
        .add_group_by([Expr::col(F::OverallRating.as_column_ref())])
        .to_owned()
}

fn promises(q: &Question, terms: &Terms) -> SelectStatement {
    use commitment::Column as C;
    let by = [submission::Column::HandlingYear.as_column_ref(), C::AgencyId.as_column_ref()];
    with_parts(q, terms)
        .columns(by.clone())
        .expr_as(count_if(Condition::any().add(terms.kept()).add(terms.promise_due())), "due")
        .expr_as(count_if(terms.kept()), "kept")
        .inner_join(
            commitment::Entity,
            Expr::col(C::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .cond_where(Condition::all().add_option(terms.promised()))
        .group_by_columns(by)
        .to_owned()
}
