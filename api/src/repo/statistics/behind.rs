//! The list behind a number: the same conditions as the count, one row for each thing counted.

use super::terms::{Terms, answers, every, some};
use super::{Question, asked_for, past, taken_by, taken_on, with_parts, with_replies};
use crate::db::Db;
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use chrono::NaiveDate;
use domain::figures::numbers::Number;
use domain::figures::{is_pleased, is_solved, is_taken_up};
use domain::ids::{AssignmentId, CategoryId, OrganizationId, SubmissionId};
use domain::vocabulary::{MetricName, Outcome, Rating};
use entity::{assignment, commitment, feedback, position, reply, return_request, submission};
use sea_orm::sea_query::{Alias, CaseStatement, Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr};
use uuid::Uuid;

/// The name of the list in its cursors.
const LIST: &str = "figure";

/// One thing that a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: Uuid,
    /// The matter.
    pub submission_id: SubmissionId,
    /// The assignment; none where matters are counted.
    pub assignment_id: Option<AssignmentId>,
}

/// Which number, with what it needs beside the question.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which.
    pub number: Number,
    /// Replies to matters of this category alone; the inner none: to those without.
    pub category: Option<Option<CategoryId>>,
    /// From which day on a reply due on a day counts as rushed.
    pub rushed_from: Vec<(NaiveDate, NaiveDate)>,
}

/// A page of the things counted, by their ids.
pub async fn page(db: &Db, q: &Question, asked: &Asked, request: &PageRequest) -> AppResult<Page<Item>> {
    let items = Alias::new("item");
    let (list, of_parts) = items_of(db, q, asked)?;
    let id = || Expr::col((items.clone(), "id"));
    let mut select = Query::select();
    select.columns([(items.clone(), "id"), (items.clone(), "submission_id")]);
    if of_parts {
        select.column((items.clone(), "assignment_id"));
    }
    select
        .from_subquery(list, items.clone())
        .order_by_expr(id(), if request.backward { Order::Desc } else { Order::Asc })
        .limit(request.size + 1);
    if let Some(from) = &request.from {
        let from: Uuid =
            read_cursor(LIST, from, 1)?[0].parse().map_err(|_| AppError::BadInput(vec!["after".to_owned()]))?;
        select.and_where(if request.backward { id().lt(from) } else { id().gt(from) });
    }
    let rows = db.reader().query_all(&select).await?;
    let item = |row: &sea_orm::QueryResult| -> Result<Item, DbErr> {
        Ok(Item {
            id: row.try_get("", "id")?,
            submission_id: row.try_get("", "submission_id")?,
            assignment_id: if of_parts { Some(row.try_get("", "assignment_id")?) } else { None },
        })
    };
    let found: Vec<Item> = rows.iter().map(item).collect::<Result<_, _>>()?;
    Ok(Page::cut(found.into_iter().map(|one| (cursor(LIST, &[&one.id.to_string()]), one)).collect(), request))
}

/// How many things the number counts.
pub async fn total(db: &Db, q: &Question, asked: &Asked) -> AppResult<u64> {
    let items = Alias::new("item");
    let (list, _) = items_of(db, q, asked)?;
    let select = Query::select()
        .expr_as(Func::count(Expr::col((items.clone(), "id"))), "number")
        .from_subquery(list, items)
        .to_owned();
    let row = db.reader().query_one(&select).await?;
    let number: i64 = row.map_or(Ok(0), |row| row.try_get("", "number"))?;
    Ok(u64::try_from(number).unwrap_or(0))
}

/// The things, and whether each is of an assignment.
fn items_of(db: &Db, q: &Question, asked: &Asked) -> AppResult<(SelectStatement, bool)> {
    use Number as N;
    let terms = Terms { sqlite: db.is_sqlite(), as_of: q.as_of, until: q.until };
    let t = &terms;
    Ok(match &asked.number {
        N::Numerator(name) => of_metric(q, t, asked, *name, true),
        N::Denominator(name) => of_metric(q, t, asked, *name, false),
        N::Outcome(outcome) => (latest(q, t, asked, &[*outcome]), true),
        N::Role(role) => (parts(q, t, t.standing().add(assignment::Column::Role.eq(*role))), true),
        N::Returned => (parts(q, t, t.handed_back()), true),
        N::Replied => (parts(q, t, t.standing().add(answers()).add(t.answered())), true),
        N::Overdue => (parts(q, t, t.standing().add(t.owed_past_due())), true),
        N::Rating(rating) => (forms(q, t, &[*rating], Condition::all()), true),
        N::FirstRating(rating) => (forms(q, t, &[*rating], first_round()), true),
        N::FinalRating(rating) => (forms(q, t, &[*rating], t.no_later_reply()), true),
        of_matters => (matters(q, t, true, matter_is(q, t, of_matters)?), false),
    })
}

fn matter_is(q: &Question, t: &Terms, number: &Number) -> AppResult<Condition> {
    use submission::Column as S;
    let key = || AppError::BadInput(vec!["number".to_owned(), "key".to_owned()]);
    let all = Condition::all();
    Ok(match number {
        Number::Kind(kind) => all.add(S::Kind.eq(*kind)),
        Number::OriginLevel(Some(level)) => all.add(S::OriginLevel.eq(*level)),
        Number::OriginLevel(None) => all.add(S::OriginLevel.is_null()),
        Number::Proposer(kind) => all.add(match kind {
            Some(kind) => S::CollectiveKind.eq(*kind),
            None => S::CollectiveKind.is_null(),
        }),
        Number::Category(Some(id)) => all.add(S::CategoryId.eq(id.parse::<CategoryId>().map_err(|_| key())?)),
        Number::Category(None) => all.add(S::CategoryId.is_null()),
        Number::Status(status) => match q.until {
            Some(until) => all.add(past::status(t, until).eq(status.code())),
            None => all.add(S::Status.eq(*status)),
        },
        Number::Delegation(id) => {
            let positions = Query::select()
                .column(position::Column::Id.as_column_ref())
                .from(position::Entity)
                .and_where(position::Column::OrganizationId.eq(id.parse::<OrganizationId>().map_err(|_| key())?))
                .to_owned();
            all.add(S::LeadPositionId.in_subquery(positions))
        }
        _ => all,
    })
}

fn of_metric(q: &Question, t: &Terms, asked: &Asked, name: MetricName, above: bool) -> (SelectStatement, bool) {
    use MetricName as M;
    let held = |flag: Expr| above.then(|| flag.eq(1));
    match name {
        M::FilingRate => (matters(q, t, above, Condition::all()), false),
        M::ReplyRate => (answering(q, t, held(every(t.answered()))), false),
        M::ClosureRate => (answering(q, t, held(every(t.done()))), false),
        M::FaceToFaceRate => (answering(q, t, held(some(t.met()))), false),
        M::OnTimeReplyRate => {
            let timed = every(t.answered_now()).eq(1).or(some(t.late()).eq(1));
            (answering(q, t, Some(held(every(t.on_time())).unwrap_or(timed))), false)
        }
        M::ReturnRate if above => (requests(q, t), true),
        M::ReturnRate => (parts(q, t, Condition::all()), true),
        M::AssignmentAccuracy => {
            let kept = above.then(|| t.handed_back().not());
            (parts(q, t, Condition::all().add_option(kept)), true)
        }
        M::ResolutionRate => (latest(q, t, asked, &among(Outcome::ALL, |one| !above || is_solved(one))), true),
        M::AdoptionRate => (latest(q, t, asked, &among(Outcome::ALL, |one| !above || is_taken_up(one))), true),
        M::PublicationRate => {
            let is = if above { Condition::all().add(t.published()) } else { t.publishable() };
            (latest(q, t, asked, Outcome::ALL).cond_where(is).to_owned(), true)
        }
        M::RushIndex => (of_this_round(q, t, above.then_some(asked.rushed_from.as_slice())), true),
        M::SatisfactionRate => {
            (forms(q, t, &among(Rating::ALL, |one| !above || is_pleased(one)), Condition::all()), true)
        }
        M::FullSatisfactionRate => {
            (forms(q, t, &among(Rating::ALL, |one| !above || one == Rating::Satisfied), Condition::all()), true)
        }
        M::FirstRoundSatisfactionRate => {
            (forms(q, t, &among(Rating::ALL, |one| !above || is_pleased(one)), first_round()), true)
        }
        M::ImplementationRate => {
            let is = if above { t.kept() } else { Condition::any().add(t.kept()).add(t.promise_due()) };
            (promises(q, t, is), true)
        }
    }
}

fn among<T: Copy>(all: &[T], is: impl Fn(T) -> bool) -> Vec<T> {
    all.iter().copied().filter(|one| is(*one)).collect()
}

fn first_round() -> Condition {
    Condition::all().add(feedback::Column::Round.eq(1))
}

/// Names the columns: the thing, its matter and its assignment.
fn named(select: &mut SelectStatement, id: impl ColumnTrait) -> &mut SelectStatement {
    select
        .expr_as(Expr::col(id.as_column_ref()), "id")
        .expr_as(Expr::col(submission::Column::Id.as_column_ref()), "submission_id")
        .expr_as(Expr::col(assignment::Column::Id.as_column_ref()), "assignment_id")
}

fn matters(q: &Question, t: &Terms, taken: bool, is: Condition) -> SelectStatement {
    use submission::Column as S;
    Query::select()
        .expr_as(Expr::col(S::Id.as_column_ref()), "id")
        .expr_as(Expr::col(S::Id.as_column_ref()), "submission_id")
        .from(submission::Entity)
        .cond_where(asked_for(q, t, q.handling_years.iter().copied()))
        .cond_where(Condition::all().add_option(taken.then(|| taken_on(t))))
        .cond_where(taken_by(q, t))
        .cond_where(is)
        .to_owned()
}

/// Matters assigned to agencies that answer, of which all assignments together are so.
fn answering(q: &Question, t: &Terms, are: Option<Expr>) -> SelectStatement {
    use submission::Column as S;
    let mut select = with_parts(q, t);
    select
        .expr_as(Expr::col(S::Id.as_column_ref()), "id")
        .expr_as(Expr::col(S::Id.as_column_ref()), "submission_id")
        .cond_where(t.standing())
        .cond_where(answers())
        .group_by_col(S::Id.as_column_ref())
        .cond_having(Condition::all().add_option(are));
    select
}

/// Assignments ever released that are so.
fn parts(q: &Question, t: &Terms, is: Condition) -> SelectStatement {
    let mut select = with_parts(q, t);
    named(&mut select, assignment::Column::Id)
        .and_where(t.happened(Expr::col(assignment::Column::AssignedAt.as_column_ref())))
        .cond_where(is);
    select
}

fn requests(q: &Question, t: &Terms) -> SelectStatement {
    use return_request::Column as R;
    let mut select = with_parts(q, t);
    named(&mut select, R::Id)
        .inner_join(
            return_request::Entity,
            Expr::col(R::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .and_where(t.happened(Expr::col(R::At.as_column_ref())));
    select
}

/// Latest issued replies with one of these outcomes.
fn latest(q: &Question, t: &Terms, asked: &Asked, outcomes: &[Outcome]) -> SelectStatement {
    use submission::Column as S;
    let category = asked.category.map(|category| match category {
        Some(id) => S::CategoryId.eq(id),
        None => S::CategoryId.is_null(),
    });
    let mut select = with_replies(q, t);
    named(&mut select, reply::Column::Id)
        .cond_where(t.no_later_reply())
        .and_where(reply::Column::Outcome.is_in(outcomes.iter().copied()))
        .cond_where(Condition::all().add_option(category));
    select
}

/// Replies of the present round that have a due day; rushed ones alone when told from which day on they are.
fn of_this_round(q: &Question, t: &Terms, rushed_from: Option<&[(NaiveDate, NaiveDate)]>) -> SelectStatement {
    let mut select = with_replies(q, t);
    named(&mut select, reply::Column::Id).cond_where(t.of_this_round()).and_where(t.due_day().is_not_null());
    let Some(days) = rushed_from else { return select };
    if days.is_empty() {
        return select.and_where(Expr::value(false)).to_owned();
    }
    let from = days.iter().fold(CaseStatement::new(), |case, (due_on, from)| case.case(t.due_day().eq(*due_on), *from));
    let issued_on = t.legal_day(Expr::col(reply::Column::IssuedAt.as_column_ref()));
    select.and_where(issued_on.clone().gte(Expr::expr(from))).and_where(issued_on.lte(t.due_day()));
    select
}

fn forms(q: &Question, t: &Terms, ratings: &[Rating], are: Condition) -> SelectStatement {
    use feedback::Column as F;
    let mut select = with_replies(q, t);
    named(&mut select, F::Id)
        .inner_join(feedback::Entity, Expr::col(F::ReplyId.as_column_ref()).equals(reply::Column::Id.as_column_ref()))
        .cond_where(t.settled())
        .and_where(F::OverallRating.is_in(ratings.iter().copied()))
        .cond_where(are);
    select
}

fn promises(q: &Question, t: &Terms, are: Condition) -> SelectStatement {
    use commitment::Column as C;
    let mut select = with_parts(q, t);
    named(&mut select, C::Id)
        .inner_join(
            commitment::Entity,
            Expr::col(C::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .cond_where(Condition::all().add_option(t.promised()))
        .cond_where(are);
    select
}
