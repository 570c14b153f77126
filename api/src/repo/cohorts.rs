//! Quantity and quality of the matters that were handed in for a handling year, counted by the database.
//!
//! Those about which a question was asked at the consultation desk before they were handed in are counted apart, so that
//! an office sees whether asking first pays (R43).

use crate::access::Scope;
use crate::repo::{outcomes, scope};
use domain::event::Happening;
use domain::figures::quality::QualityCounts;
use domain::figures::{is_pleased, is_taken_up};
use domain::vocabulary::{AssignmentStatus, FeedbackStatus, Institution, Outcome, Rating, SubmissionStatus};
use entity::{assignment, consultation, event, feedback, reply, submission, text_check};
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, Func, IntoCondition, JoinType, Query, SelectStatement,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QuerySelect, QueryTrait};
use std::collections::BTreeMap;

/// Of which matters is asked.
#[derive(Clone, Debug)]
pub struct Cohorts {
    /// What the reader may list.
    pub readable: Scope,
    /// The handling years.
    pub handling_years: Vec<i32>,
    /// Of this institution alone.
    pub institution: Option<Institution>,
}

/// Counts by handling year, of matters about which was asked at the desk before (true) and of the others.
pub type ByYear = BTreeMap<(i32, bool), QualityCounts>;

/// Three statements, whatever is asked.
pub async fn count(conn: &impl ConnectionTrait, asked: &Cohorts) -> Result<ByYear, DbErr> {
    let mut found = ByYear::new();
    for row in conn.query_all(&matters(asked)).await? {
        let number = |at: usize| row.try_get_by_index::<i64>(at);
        let counts = QualityCounts {
            handed_in: number(2)?,
            filed: number(3)?,
            sent_back: number(4)?,
            merged: number(5)?,
            checked: number(6)?,
            well_formed: number(7)?,
            assigned: number(8)?,
            never_returned: number(9)?,
            ..QualityCounts::default()
        };
        add(&mut found, (row.try_get_by_index(0)?, number(1)? == 1), counts);
    }
    for row in conn.query_all(&replies(asked)).await? {
        let (outcome, replies): (Outcome, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let taken_up = if is_taken_up(outcome) { replies } else { 0 };
        let counts = QualityCounts { replies, taken_up, ..QualityCounts::default() };
        add(&mut found, (row.try_get_by_index(0)?, row.try_get_by_index::<i64>(1)? == 1), counts);
    }
    for row in conn.query_all(&forms(asked)).await? {
        let (rating, forms): (Rating, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let pleased = if is_pleased(rating) { forms } else { 0 };
        let counts = QualityCounts { forms, pleased, ..QualityCounts::default() };
        add(&mut found, (row.try_get_by_index(0)?, row.try_get_by_index::<i64>(1)? == 1), counts);
    }
    Ok(found)
}

fn add(found: &mut ByYear, key: (i32, bool), counts: QualityCounts) {
    let so_far = found.entry(key).or_default();
    *so_far = so_far.and(counts);
}

/// Matters of the region that were handed in and that the reader may list.
fn handed_in(asked: &Cohorts) -> Condition {
    use submission::Column as S;
    Condition::all()
        .add(scope::condition(&asked.readable))
        .add(S::RegionId.eq(asked.readable.actor().region_id))
        .add(S::SubmittedAt.is_not_null())
        .add(S::HandlingYear.is_in(asked.handling_years.iter().copied()))
        .add_option(asked.institution.map(|institution| S::Institution.eq(institution)))
}

fn matters(asked: &Cohorts) -> SelectStatement {
    use submission::Column as S;
    let each = Alias::new("each_matter");
    let released = || of_matter(assignment::Entity, assignment::Column::SubmissionId);
    let assigned = released().and_where(assignment::Column::Status.ne(AssignmentStatus::Planned)).to_owned();
    let returned = released().and_where(assignment::Column::Status.eq(AssignmentStatus::Returned)).to_owned();
    let sent_back = of_matter(event::Entity, event::Column::SubmissionId)
        .and_where(event::Column::Happening.eq(Happening::ReturnedForRevision.code()))
        .to_owned();
    let flags = Query::select()
        .expr_as(Expr::col(S::HandlingYear.as_column_ref()), "handling_year")
        .expr_as(flag(consulted()), "consulted")
        .expr_as(flag(S::AcceptedAt.is_not_null()), "filed")
        .expr_as(flag(Expr::exists(sent_back)), "sent_back")
        .expr_as(flag(S::Status.eq(SubmissionStatus::Merged)), "merged")
        .expr_as(flag(text_check::Column::SubmissionId.is_not_null()), "checked")
        .expr_as(flag(text_check::Column::Findings.eq("")), "well_formed")
        .expr_as(flag(Expr::exists(assigned.clone())), "assigned")
        .expr_as(flag(Condition::all().add(Expr::exists(assigned)).add(Expr::exists(returned).not())), "never_returned")
        .from(submission::Entity)
        .join(
            JoinType::LeftJoin,
            text_check::Entity,
            Expr::col(text_check::Column::SubmissionId.as_column_ref()).equals(S::Id.as_column_ref()),
        )
        .cond_where(handed_in(asked))
        .to_owned();
    let column = |name: &'static str| Expr::col((each.clone(), Alias::new(name)));
    let mut counts = Query::select();
    counts.expr(column("handling_year")).expr(column("consulted")).expr(Func::count(column("filed")));
    for name in ["filed", "sent_back", "merged", "checked", "well_formed", "assigned", "never_returned"] {
        counts.expr(whole(Func::sum(column(name)).into()));
    }
    counts.from_subquery(flags, each.clone()).add_group_by([column("handling_year"), column("consulted")]).to_owned()
}

fn replies(asked: &Cohorts) -> SelectStatement {
    use submission::Column as S;
    let mut latest = outcomes::latest(&asked.readable).select_only().column(reply::Column::Outcome).into_query();
    let (year, consulted) = (Expr::col(S::HandlingYear.as_column_ref()), flag(consulted()));
    by_group(
        latest
            .inner_join(
                submission::Entity,
                Expr::col(reply::Column::SubmissionId.as_column_ref()).equals(S::Id.as_column_ref()),
            )
            .expr_as(year, "handling_year")
            .expr_as(consulted, "consulted")
            .cond_where(handed_in(asked))
            .to_owned(),
        "outcome",
    )
}

/// Sealed ratings never count: only what the office has settled does.
fn forms(asked: &Cohorts) -> SelectStatement {
    use feedback::Column as F;
    use submission::Column as S;
    by_group(
        Query::select()
            .expr_as(Expr::col(F::OverallRating.as_column_ref()), "rating")
            .expr_as(Expr::col(S::HandlingYear.as_column_ref()), "handling_year")
            .expr_as(flag(consulted()), "consulted")
            .from(feedback::Entity)
            .inner_join(submission::Entity, Expr::col(F::HandledId.as_column_ref()).equals(S::Id.as_column_ref()))
            .and_where(F::Status.eq(FeedbackStatus::Settled))
            .and_where(F::OverallRating.is_not_null())
            .cond_where(handed_in(asked))
            .to_owned(),
        "rating",
    )
}

/// Rows by year, by whether was asked at the desk, and by one more column.
fn by_group(each: SelectStatement, kind: &'static str) -> SelectStatement {
    let rows = Alias::new("each_row");
    let columns = ["handling_year", "consulted", kind].map(|name| Expr::col((rows.clone(), Alias::new(name))));
    Query::select()
        .exprs(columns.clone())
        .expr(Func::count(columns[2].clone()))
        .from_subquery(each, rows)
        .add_group_by(columns)
        .to_owned()
}

/// Whether the matter grew from a question at the consultation desk that was answered before it was handed in.
fn consulted() -> Expr {
    use consultation::Column as C;
    let answered = of_matter(consultation::Entity, C::SubmissionId)
        .and_where(
            Expr::col(C::AnsweredAt.as_column_ref()).lte(Expr::col(submission::Column::SubmittedAt.as_column_ref())),
        )
        .to_owned();
    Expr::exists(answered)
}

fn of_matter<E: sea_orm::EntityTrait>(table: E, column: E::Column) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(table)
        .and_where(Expr::col(column.as_column_ref()).equals(submission::Column::Id.as_column_ref()))
        .to_owned()
}

fn flag(condition: impl IntoCondition) -> Expr {
    whole(CaseStatement::new().case(condition, 1).finally(0).into())
}

/// PostgreSQL gives 32 bits to a literal and more than 64 to a sum.
fn whole(expr: Expr) -> Expr {
    expr.cast_as("bigint")
}
