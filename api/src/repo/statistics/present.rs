//! Counts of the present state, from one narrow row of each assignment (see [`super::facts`]).
//!
//! Each statement groups by the first columns of an index that holds everything it reads, so that a database walks
//! along it once and sorts nothing. What follows from other columns of the same rows is put together here.

use super::rows::{Answering, Parts, Replies};
use super::terms::{count_if, every, some};
use super::{Counted, Question, Terms, categories, delegations, matters, rows};
use crate::repo::scope;
use domain::ids::{CategoryId, OrganizationId};
use domain::vocabulary::{AssignmentRole, FeedbackStatus, Outcome, ReplyStatus};
use entity::assignment_figure::Column as F;
use entity::{assignment_figure, commitment, feedback, reply, return_request};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, FromQueryResult};

/// Assignments alike in these columns.
#[derive(Clone, Debug, FromQueryResult)]
struct Alike {
    handling_year: i32,
    agency_id: OrganizationId,
    role: AssignmentRole,
    /// Whether no other agency answers for their matters: then what is said of them is said of the matters.
    alone: bool,
    /// Whether the instant of their release is known; a ledger may leave it out.
    released: bool,
    category_id: Option<CategoryId>,
    /// Outcome of their latest replies.
    outcome: Option<Outcome>,
    assignments: i64,
    handed_back: i64,
    standing: i64,
    overdue: i64,
    answered: i64,
    timed: i64,
    on_time: i64,
    done: i64,
    met: i64,
    replies: i64,
    publishable: i64,
    published: i64,
}

/// Counts.
pub async fn count(conn: &impl ConnectionTrait, q: &Question, terms: &Terms) -> Result<Counted, DbErr> {
    let alike: Vec<Alike> = rows(conn, parts(q)).await?;
    let mut answering: Vec<Answering> = rows(conn, shared(q)).await?;
    answering.extend(alike.iter().filter(|row| row.alone && row.role.answers()).map(Alike::as_matters));
    Ok(Counted {
        matters: rows(conn, matters(q, terms)).await?,
        answering,
        parts: alike.iter().filter(|row| row.released).map(Alike::as_parts).collect(),
        returns: rows(conn, returns(q, terms)).await?,
        replies: alike.iter().filter_map(Alike::as_replies).collect(),
        issue_days: rows(conn, issue_days(q)).await?,
        ratings: rows(conn, ratings(q)).await?,
        delegations: rows(conn, delegations(q, terms)).await?,
        promises: rows(conn, promises(q, terms)).await?,
        categories: categories(conn, q.region_id).await?,
    })
}

/// The statements of [`count`], but for the names of categories.
pub fn statements(q: &Question, terms: &Terms) -> Vec<SelectStatement> {
    vec![
        parts(q),
        shared(q),
        matters(q, terms),
        returns(q, terms),
        issue_days(q),
        ratings(q),
        delegations(q, terms),
        promises(q, terms),
    ]
}

impl Alike {
    fn as_parts(&self) -> Parts {
        Parts {
            handling_year: self.handling_year,
            agency_id: self.agency_id,
            role: self.role,
            released: self.assignments,
            handed_back: self.handed_back,
            standing: self.standing,
            overdue: self.overdue,
            answered: self.answered,
            timed: self.timed,
            on_time: self.on_time,
            done: self.done,
            met: self.met,
        }
    }

    fn as_matters(&self) -> Answering {
        Answering {
            handling_year: self.handling_year,
            matters: self.standing,
            answered: self.answered,
            timed: self.timed,
            on_time: self.on_time,
            done: self.done,
            met: self.met,
        }
    }

    fn as_replies(&self) -> Option<Replies> {
        let outcome = self.outcome?;
        Some(Replies {
            handling_year: self.handling_year,
            agency_id: self.agency_id,
            category_id: self.category_id,
            outcome,
            replies: self.replies,
            publishable: self.publishable,
            published: self.published,
        })
    }
}

/// Assignments of accepted matters that the reader may list and that were asked for.
fn asked_for(q: &Question) -> Condition {
    Condition::all()
        .add(scope::of_figures(&q.readable))
        .add(F::RegionId.eq(q.region_id))
        .add(years(q))
        .add(F::SubmittedAt.is_not_null())
        .add(F::AcceptedAt.is_not_null())
        .add_option(q.kinds.as_ref().map(|kinds| F::Kind.is_in(kinds.iter().copied())))
        .add_option(q.origin_levels.as_ref().map(|levels| F::OriginLevel.is_in(levels.iter().copied())))
        .add_option(q.institution.map(|institution| F::Institution.eq(institution)))
        .add_option(q.agency_id.map(|agency| F::AgencyId.eq(agency)))
        .add_option(q.roles.as_ref().map(|roles| F::Role.is_in(roles.iter().copied())))
}

/// The years asked for; as one stretch where they are one, along which an index keeps its order.
fn years(q: &Question) -> Expr {
    let mut years = q.handling_years.clone();
    years.sort_unstable();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if years.windows(2).all(|pair| pair[1] - pair[0] <= 1) => {
            F::HandlingYear.between(*first, *last)
        }
        _ => F::HandlingYear.is_in(years),
    }
}

fn counted(q: &Question) -> SelectStatement {
    Query::select().from(assignment_figure::Entity).cond_where(asked_for(q)).to_owned()
}

fn answers() -> Expr {
    F::Role.is_in(AssignmentRole::ALL.iter().copied().filter(|role| role.answers()))
}

fn past_due(q: &Question) -> Expr {
    F::DueOn.lt(q.as_of)
}

/// The reply of the present round was issued, or the due day has passed without it.
fn timed(q: &Question) -> Condition {
    Condition::any().add(F::AnsweredOn.is_not_null()).add(past_due(q))
}

fn on_time() -> Condition {
    Condition::all().add(Expr::col(F::AnsweredOn.as_column_ref()).lte(Expr::col(F::DueOn.as_column_ref())))
}

fn parts(q: &Question) -> SelectStatement {
    let by = [F::HandlingYear, F::AgencyId, F::Role, F::Alone, F::Released, F::CategoryId, F::Outcome];
    let by = by.map(|by| by.as_column_ref());
    let standing = || Condition::all().add(F::Standing.eq(true));
    let answering = |flag: Condition| count_if(standing().add(answers()).add(flag));
    let is = |flag: F| Condition::all().add(flag.eq(true));
    counted(q)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(F::AgencyId.as_column_ref())), "assignments")
        .expr_as(count_if(is(F::HandedBack)), "handed_back")
        .expr_as(count_if(standing()), "standing")
        .expr_as(count_if(standing().add(is(F::Owed)).add(past_due(q))), "overdue")
        .expr_as(answering(is(F::Answered)), "answered")
        .expr_as(answering(timed(q)), "timed")
        .expr_as(answering(on_time()), "on_time")
        .expr_as(answering(is(F::Done)), "done")
        .expr_as(answering(is(F::Met)), "met")
        .expr_as(count_if(standing().add(F::Outcome.is_not_null())), "replies")
        .expr_as(count_if(standing().add(is(F::Publishable))), "publishable")
        .expr_as(count_if(standing().add(is(F::Published))), "published")
        .group_by_columns(by)
        .to_owned()
}

/// Matters for which several agencies answer: first each matter from its assignments, then the matters of a year.
fn shared(q: &Question) -> SelectStatement {
    let is = |flag: F| Condition::all().add(flag.eq(true));
    let each = counted(q)
        .column(F::HandlingYear.as_column_ref())
        .expr_as(every(is(F::Answered)), "answered")
        .expr_as(every(Condition::all().add(F::AnsweredOn.is_not_null())), "answered_now")
        .expr_as(some(Condition::all().add(past_due(q)).add(F::AnsweredOn.is_null())), "late")
        .expr_as(every(on_time()), "on_time")
        .expr_as(every(is(F::Done)), "done")
        .expr_as(some(is(F::Met)), "met")
        .and_where(F::Standing.eq(true))
        .and_where(F::Alone.eq(false))
        .and_where(answers())
        .group_by_columns([F::HandlingYear, F::SubmissionId].map(|by| by.as_column_ref()))
        .to_owned();
    super::by_matter(each)
}

fn returns(q: &Question, terms: &Terms) -> SelectStatement {
    use return_request::Column as R;
    let by = [F::HandlingYear, F::AgencyId].map(|by| by.as_column_ref());
    counted(q)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(R::Id.as_column_ref())), "requests")
        .inner_join(
            return_request::Entity,
            Expr::col(R::AssignmentId.as_column_ref()).equals(F::AssignmentId.as_column_ref()),
        )
        .and_where(terms.happened(Expr::col(R::At.as_column_ref())))
        .group_by_columns(by)
        .to_owned()
}

fn issue_days(q: &Question) -> SelectStatement {
    let by = [F::HandlingYear, F::IssuedOn, F::DueOn].map(|by| by.as_column_ref());
    counted(q)
        .columns(by.clone())
        .expr_as(Func::count(Expr::col(F::DueOn.as_column_ref())), "replies")
        .and_where(F::Standing.eq(true))
        .and_where(F::IssuedOn.is_not_null())
        .and_where(F::DueOn.is_not_null())
        .group_by_columns(by)
        .to_owned()
}

/// Sealed ratings never count: only what the office has settled does.
fn ratings(q: &Question) -> SelectStatement {
    use feedback::Column as B;
    use reply::Column as R;
    let by = [F::HandlingYear.as_column_ref(), F::AgencyId.as_column_ref(), B::OverallRating.as_column_ref()];
    let latest = Expr::col(R::Id.as_column_ref()).equals(F::ReplyId.as_column_ref());
    counted(q)
        .columns([F::HandlingYear, F::AgencyId].map(|by| by.as_column_ref()))
        .expr_as(Expr::col(B::OverallRating.as_column_ref()), "rating")
        .expr_as(Func::count(Expr::col(B::ReplyId.as_column_ref())), "forms")
        .expr_as(count_if(B::Round.eq(1)), "first_round")
        .expr_as(count_if(latest), "last_round")
        .inner_join(
            reply::Entity,
            Condition::all()
                .add(Expr::col(R::SubmissionId.as_column_ref()).equals(F::SubmissionId.as_column_ref()))
                .add(R::Status.eq(ReplyStatus::Issued))
                .add(Expr::col(R::AssignmentId.as_column_ref()).equals(F::AssignmentId.as_column_ref())),
        )
        .inner_join(feedback::Entity, Expr::col(B::ReplyId.as_column_ref()).equals(R::Id.as_column_ref()))
        .and_where(F::Standing.eq(true))
        .and_where(B::Status.eq(FeedbackStatus::Settled))
        .and_where(B::OverallRating.is_not_null())
        .group_by_columns(by)
        .to_owned()
}

fn promises(q: &Question, terms: &Terms) -> SelectStatement {
    use commitment::Column as C;
    let by = [F::HandlingYear.as_column_ref(), C::AgencyId.as_column_ref()];
    counted(q)
        .columns(by.clone())
        .expr_as(count_if(Condition::any().add(terms.kept()).add(terms.promise_due())), "due")
        .expr_as(count_if(terms.kept()), "kept")
        .inner_join(
            commitment::Entity,
            Expr::col(C::AssignmentId.as_column_ref()).equals(F::AssignmentId.as_column_ref()),
        )
        .group_by_columns(by)
        .to_owned()
}
