//! Stored due days, read and moved by the hundred.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::statistics::facts;
use chrono::NaiveDate;
use domain::ids::{AssignmentId, FeedbackId, RegionId, RuleSetId, SubmissionId};
use domain::refusal::Refusal;
use domain::vocabulary::AssignmentStatus;
use entity::{assignment, due_day, feedback, submission};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::HashMap;

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

/// Notes since when an assignment has its due day, so that figures as of a past day find the one of that day.
///
/// Its clock tells whether something happened to it today; on other days nothing is written.
pub async fn note(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    part: &assignment::Model,
    today: NaiveDate,
) -> AppResult<()> {
    let touched = part.clock.as_ref().and_then(|clock| clock.0.last()).is_some_and(|event| event.on() == today);
    match part.due_on.filter(|_| touched) {
        Some(due_on) => note_all(tx, permit, &[part.id], (today, due_on)).await,
        None => Ok(()),
    }
}

/// The same for many assignments that are due on one day from now on; the last word of a day counts.
async fn note_all(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    ids: &[AssignmentId],
    (noted_on, due_on): (NaiveDate, NaiveDate),
) -> AppResult<()> {
    use due_day::Column as D;
    let rows = ids.iter().map(|id| due_day::Model { assignment_id: *id, noted_on, due_on }.into_active_model());
    due_day::Entity::insert_many(rows.map(ActiveModelTrait::reset_all))
        .on_conflict(OnConflict::columns([D::AssignmentId, D::NotedOn]).update_column(D::DueOn).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Moves assignments from one due day to another, counts the change of each and notes since when it holds.
///
/// # Errors
/// [`Refusal::Stale`] when one of them has another due day meanwhile.
pub async fn move_assignments(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    ids: &[AssignmentId],
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> AppResult<()> {
    use assignment::Column as A;
    let done = assignment::Entity::update_many()
        .col_expr(A::DueOn, Expr::value(to))
        .col_expr(A::Version, Expr::col(A::Version).add(1))
        .filter(A::Id.is_in(ids.iter().copied()))
        .filter(A::DueOn.eq(from))
        .exec(tx)
        .await?;
    all_or_stale(done.rows_affected, ids.len())?;
    facts::move_due_days(tx, permit, ids, to).await?;
    note_all(tx, permit, ids, (today, to)).await
}

/// The same for submissions, which need have no due day before or after.
///
/// # Errors
/// As [`move_assignments`].
pub async fn move_submissions(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    ids: &[SubmissionId],
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
) -> AppResult<()> {
    use submission::Column as S;
    let done = submission::Entity::update_many()
        .col_expr(S::DueOn, Expr::value(to))
        .col_expr(S::Version, Expr::col(S::Version).add(1))
        .filter(S::Id.is_in(ids.iter().copied()))
        .filter(match from {
            Some(from) => S::DueOn.eq(from),
            None => S::DueOn.is_null(),
        })
        .exec(tx)
        .await?;
    all_or_stale(done.rows_affected, ids.len())
}

/// The same for feedback forms.
///
/// # Errors
/// As [`move_assignments`].
pub async fn move_forms(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    ids: &[FeedbackId],
    (from, to): (NaiveDate, NaiveDate),
) -> AppResult<()> {
    use feedback::Column as F;
    let done = feedback::Entity::update_many()
        .col_expr(F::DueOn, Expr::value(to))
        .col_expr(F::Version, Expr::col(F::Version).add(1))
        .filter(F::Id.is_in(ids.iter().copied()))
        .filter(F::DueOn.eq(from))
        .exec(tx)
        .await?;
    all_or_stale(done.rows_affected, ids.len())
}

fn all_or_stale(moved: u64, wanted: usize) -> AppResult<()> {
    if usize::try_from(moved) == Ok(wanted) { Ok(()) } else { Err(AppError::from(Refusal::Stale)) }
}
