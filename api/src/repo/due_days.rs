//! Stored due days, read and moved by the hundred.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::statistics::facts;
use chrono::NaiveDate;
use domain::ids::{AssignmentId, FeedbackId, RegionId, RuleSetId, SubmissionId};
use domain::refusal::Refusal;
use domain::vocabulary::AssignmentStatus;
use entity::{assignment, due_day, feedback, submission};
use sea_orm::sea_query::{
    Alias, BinOper, Condition, Expr, ExprTrait, Func, IntoIden, OnConflict, Query, TableRef, UpdateStatement, Value,
    ValueTuple,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// How many rows one statement moves or notes; SQLite takes at most 32,766 values.
const ROWS_AT_ONCE: usize = 1_000;

/// The next assignments that are open and have a due day, in the order of their ids; of one region or of all.
///
/// Walks along the ids: SQLite, which knows nothing of how many are open, would rather find all of them by their state
/// and sort them, for each page again. So the state is asked in a form that no index answers, and the matter is joined
/// second.
pub async fn open_after(
    conn: &impl ConnectionTrait,
    region: Option<RegionId>,
    after: Option<AssignmentId>,
    most: u64,
) -> Result<Vec<assignment::Model>, DbErr> {
    use assignment::Column as A;
    let open = AssignmentStatus::ALL.iter().copied().filter(|status| status.is_open());
    let state = Func::coalesce([Expr::col(A::Status.as_column_ref()), Expr::value("")]);
    let mut query = assignment::Entity::find()
        .filter(Expr::expr(state).is_in(open.map(AssignmentStatus::code)))
        .filter(A::DueOn.is_not_null())
        .order_by_asc(A::Id)
        .limit(most);
    if let Some(region) = region {
        let own = Expr::col(submission::Column::Id.as_column_ref()).equals(A::SubmissionId.as_column_ref());
        QuerySelect::query(&mut query).join(JoinType::CrossJoin, submission::Entity, Condition::all());
        query = query.filter(own).filter(submission::Column::RegionId.eq(region));
    }
    if let Some(after) = after {
        query = query.filter(assignment::Column::Id.gt(after));
    }
    query.all(conn).await
}

/// In which region submissions are, and by which rules they are handled; those without rules are left out.
pub async fn rules_of(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = SubmissionId>,
) -> Result<HashMap<SubmissionId, (RegionId, RuleSetId)>, DbErr> {
    let rows: Vec<(SubmissionId, RegionId, Option<RuleSetId>)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::Id, submission::Column::RegionId, submission::Column::RuleSetId])
        .filter(submission::Column::Id.is_in(ids))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, region, rules)| Some((id, (region, rules?)))).collect())
}

/// Since when an assignment has its due day, so that figures as of a past day find the one of that day.
///
/// Its clock tells whether something happened to it today; on other days there is nothing to note.
pub fn noted(part: &assignment::Model, today: NaiveDate) -> Option<due_day::Model> {
    let touched = part.clock.as_ref().and_then(|clock| clock.0.last()).is_some_and(|event| event.on() == today);
    let due_on = part.due_on.filter(|_| touched)?;
    Some(due_day::Model { assignment_id: part.id, noted_on: today, due_on })
}

/// Notes since when assignments have their due days, each at most once; the last word of a day counts.
pub async fn note(tx: &impl ConnectionTrait, _permit: &Permit, rows: Vec<due_day::Model>) -> Result<(), DbErr> {
    use due_day::Column as D;
    let mut rest = rows.into_iter().map(|row| row.into_active_model().reset_all()).peekable();
    while rest.peek().is_some() {
        due_day::Entity::insert_many(rest.by_ref().take(ROWS_AT_ONCE))
            .on_conflict(OnConflict::columns([D::AssignmentId, D::NotedOn]).update_column(D::DueOn).to_owned())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// A stored due day that moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move<Id, Day = NaiveDate> {
    /// Whose.
    pub id: Id,
    /// The day that is stored.
    pub from: Day,
    /// The day that is right.
    pub to: Day,
}

/// Moves the due days of assignments, counts the change of each and notes since when it holds.
///
/// # Errors
/// [`Refusal::Stale`] when one of them has another due day meanwhile.
pub async fn move_assignments(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    moves: &[Move<AssignmentId>],
    today: NaiveDate,
) -> AppResult<()> {
    use assignment::Column as A;
    for some in moves.chunks(ROWS_AT_ONCE) {
        let update = moving(assignment::Entity, [A::Id, A::DueOn, A::Version], some);
        all_or_stale(tx.execute(&update).await?.rows_affected(), some.len())?;
        facts::move_due_days(tx, permit, some.iter().map(|one| one.id).collect()).await?;
    }
    let row = |one: &Move<AssignmentId>| due_day::Model { assignment_id: one.id, noted_on: today, due_on: one.to };
    Ok(note(tx, permit, moves.iter().map(row).collect()).await?)
}

/// The same for submissions, which need have no due day before or after.
///
/// # Errors
/// As [`move_assignments`].
pub async fn move_submissions(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    moves: &[Move<SubmissionId, Option<NaiveDate>>],
) -> AppResult<()> {
    use submission::Column as S;
    for some in moves.chunks(ROWS_AT_ONCE) {
        let update = moving(submission::Entity, [S::Id, S::DueOn, S::Version], some);
        all_or_stale(tx.execute(&update).await?.rows_affected(), some.len())?;
    }
    Ok(())
}

/// The same for feedback forms.
///
/// # Errors
/// As [`move_assignments`].
pub async fn move_forms(tx: &impl ConnectionTrait, _permit: &Permit, moves: &[Move<FeedbackId>]) -> AppResult<()> {
    use feedback::Column as F;
    for some in moves.chunks(ROWS_AT_ONCE) {
        let update = moving(feedback::Entity, [F::Id, F::DueOn, F::Version], some);
        all_or_stale(tx.execute(&update).await?.rows_affected(), some.len())?;
    }
    Ok(())
}

/// Sets each due day that is still the one before: one statement, whatever the days are.
fn moving<E, Id, Day>(table: E, [id, due_on, version]: [E::Column; 3], moves: &[Move<Id, Day>]) -> UpdateStatement
where
    E: EntityTrait,
    Id: Copy + Into<Value>,
    Day: Copy + Into<Value>,
{
    let moved = Alias::new("moved");
    let rows = moves.iter().map(|one| ValueTuple::Three(one.id.into(), one.from.into(), one.to.into()));
    // The names that both databases give the columns of a list of values.
    let listed = |column: &'static str| Expr::col((moved.clone(), Alias::new(column)));
    let stored = |column: E::Column| Expr::col((table, column));
    Query::update()
        .table(table)
        .value(due_on, listed("column3"))
        .value(version, stored(version).add(1))
        .from(TableRef::ValuesList(rows.collect(), moved.clone().into_iden()))
        .and_where(stored(id).eq(listed("column1")))
        .and_where(stored(due_on).binary(BinOper::Custom("IS NOT DISTINCT FROM"), listed("column2")))
        .to_owned()
}

fn all_or_stale(moved: u64, wanted: usize) -> AppResult<()> {
    if usize::try_from(moved) == Ok(wanted) { Ok(()) } else { Err(AppError::from(Refusal::Stale)) }
}
