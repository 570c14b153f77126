//! What is counted of each assignment, kept as one narrow row (`assignment_figure`) in the transaction that changes it.
//!
//! The row is made by the very terms by which the lists behind the numbers are selected, so that a number and its list
//! agree by construction; a test compares what is kept with what is made afresh.

use super::terms::Terms;
use crate::access::Permit;
use chrono::NaiveDate;
use domain::ids::{AssignmentId, SubmissionId};
use domain::vocabulary::{AssignmentRole, AssignmentStatus};
use entity::{assignment, assignment_figure, contact, reply, submission};
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, InsertStatement, IntoCondition, JoinType, OnConflict, Query,
    SelectStatement,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, Iterable};
use std::any::Any;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many matters one statement renews.
const AT_ONCE: usize = 1_000;

/// The matters whose rows are to be renewed before the transaction ends.
#[derive(Debug, Default)]
pub struct Touched(Mutex<BTreeSet<SubmissionId>>);

impl Touched {
    /// Notes a stored row, if figures count anything of it.
    pub fn note(&self, row: &dyn Any) {
        // Before a matter is accepted it has no assignments.
        let of_matter = |row: &submission::Model| row.accepted_at.map(|_| row.id);
        let id = (row.downcast_ref::<assignment::Model>().map(|row| row.submission_id))
            .or_else(|| row.downcast_ref::<reply::Model>().map(|row| row.submission_id))
            .or_else(|| row.downcast_ref::<contact::Model>().map(|row| row.submission_id))
            .or_else(|| row.downcast_ref::<submission::Model>().and_then(of_matter));
        self.lock().extend(id);
    }

    /// Notes what another one noted.
    pub fn add(&self, other: Self) {
        self.lock().extend(other.0.into_inner().unwrap_or_else(PoisonError::into_inner));
    }

    /// Renews the rows of what was touched.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn renew(&self, tx: &impl ConnectionTrait, permit: &Permit) -> Result<(), DbErr> {
        let ids: Vec<SubmissionId> = std::mem::take(&mut *self.lock()).into_iter().collect();
        renew(tx, permit, &ids).await
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<SubmissionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the rows of these matters as their assignments, replies and contacts stand in the transaction.
///
/// # Errors
/// Errors of the database.
pub async fn renew(tx: &impl ConnectionTrait, _permit: &Permit, ids: &[SubmissionId]) -> Result<(), DbErr> {
    let sqlite = tx.get_database_backend() == DbBackend::Sqlite;
    for some in ids.chunks(AT_ONCE) {
        tx.execute(&fresh(sqlite, some)?).await?;
    }
    Ok(())
}

/// Copies the due days of these assignments once more; nothing else of them changed.
///
/// # Errors
/// Errors of the database.
pub async fn move_due_days(tx: &impl ConnectionTrait, _permit: &Permit, ids: Vec<AssignmentId>) -> Result<(), DbErr> {
    use assignment::Column as A;
    use assignment_figure::Column as F;
    let update = Query::update()
        .table(assignment_figure::Entity)
        .value(F::DueOn, Expr::col(A::DueOn.as_column_ref()))
        .from(assignment::Entity)
        .and_where(Expr::col(F::AssignmentId.as_column_ref()).equals(A::Id.as_column_ref()))
        .and_where(F::AssignmentId.is_in(ids))
        .to_owned();
    tx.execute(&update).await.map(drop)
}

fn fresh(sqlite: bool, ids: &[SubmissionId]) -> Result<InsertStatement, DbErr> {
    use assignment_figure::Column as F;
    let (columns, select) = select(sqlite);
    let select = select.to_owned().and_where(submission::Column::Id.is_in(ids.iter().copied())).to_owned();
    let others = columns.iter().copied().filter(|column| !matches!(column, F::AssignmentId));
    let insert = Query::insert()
        .into_table(assignment_figure::Entity)
        .columns(columns.iter().copied())
        .select_from(select)
        .map_err(|error| DbErr::Custom(error.to_string()))?
        .on_conflict(OnConflict::column(F::AssignmentId).update_columns(others).to_owned())
        .to_owned();
    Ok(insert)
}

/// One row for each assignment that was released, and the columns in their order.
fn select(sqlite: bool) -> (Vec<assignment_figure::Column>, SelectStatement) {
    use assignment::Column as A;
    use assignment_figure::Column as F;
    use submission::Column as S;
    // The present state; no term that is stored depends on the day.
    let terms = Terms { sqlite, as_of: NaiveDate::MIN, until: None };
    let value = |column: F| -> Expr {
        match column {
            F::AssignmentId => Expr::col(A::Id.as_column_ref()),
            F::SubmissionId => Expr::col(S::Id.as_column_ref()),
            F::RegionId => Expr::col(S::RegionId.as_column_ref()),
            F::Institution => Expr::col(S::Institution.as_column_ref()),
            F::HandlingYear => Expr::col(S::HandlingYear.as_column_ref()),
            F::Kind => Expr::col(S::Kind.as_column_ref()),
            F::OriginLevel => Expr::col(S::OriginLevel.as_column_ref()),
            F::CategoryId => Expr::col(S::CategoryId.as_column_ref()),
            F::LeadProposerId => Expr::col(S::LeadProposerId.as_column_ref()),
            F::SubmittedAt => Expr::col(S::SubmittedAt.as_column_ref()),
            F::AcceptedAt => Expr::col(S::AcceptedAt.as_column_ref()),
            F::Confidentiality => Expr::col(S::Confidentiality.as_column_ref()),
            F::Disclosure => Expr::col(S::Disclosure.as_column_ref()),
            F::AgencyId => Expr::col(A::AgencyId.as_column_ref()),
            F::Role => Expr::col(A::Role.as_column_ref()),
            F::Released => flag(A::AssignedAt.is_not_null()),
            F::Standing => flag(terms.standing()),
            F::HandedBack => flag(terms.handed_back()),
            F::Owed => flag(A::Status.is_in(AssignmentStatus::ALL.iter().copied().filter(|status| status.is_open()))),
            F::Done => flag(terms.done()),
            F::Alone => flag(Expr::exists(others_answering()).not()),
            F::DueOn => terms.due_day(),
            F::Answered => flag(terms.answered()),
            F::AnsweredOn => terms.answered_on(),
            F::Met => flag(terms.met()),
            F::ReplyId => Expr::col(reply::Column::Id.as_column_ref()),
            F::Outcome => Expr::col(reply::Column::Outcome.as_column_ref()),
            F::Publishable => flag(Condition::all().add(reply::Column::Id.is_not_null()).add(terms.publishable())),
            F::Published => flag(terms.published()),
            F::IssuedOn => terms.issued_on(),
        }
    };
    let latest = Condition::all()
        .add(Expr::col(reply::Column::AssignmentId.as_column_ref()).equals(A::Id.as_column_ref()))
        .add(terms.reply_issued())
        .add(terms.no_later_reply());
    let mut select = Query::select();
    let columns: Vec<F> = F::iter().collect();
    select.exprs(columns.iter().copied().map(value));
    select
        .from(submission::Entity)
        .inner_join(assignment::Entity, Expr::col(A::SubmissionId.as_column_ref()).equals(S::Id.as_column_ref()))
        .join(JoinType::LeftJoin, reply::Entity, latest)
        .and_where(A::Status.ne(AssignmentStatus::Planned));
    (columns, select)
}

/// Both databases take it for their own kind of true and false.
fn flag(condition: impl IntoCondition) -> Expr {
    CaseStatement::new().case(condition, true).finally(false).into()
}

/// Other assignments of the matter that stand and answer.
fn others_answering() -> SelectStatement {
    use assignment::Column as A;
    let other = Alias::new("other_part");
    let column = |column: A| Expr::col((other.clone(), column));
    let roles = AssignmentRole::ALL.iter().copied().filter(|role| role.answers());
    Query::select()
        .expr(Expr::value(1))
        .from_as(assignment::Entity, other.clone())
        .and_where(column(A::SubmissionId).equals(A::SubmissionId.as_column_ref()))
        .and_where(column(A::Id).not_equals(A::Id.as_column_ref()))
        .and_where(column(A::Live).eq(true))
        .and_where(column(A::Status).ne(AssignmentStatus::Planned))
        .and_where(column(A::Role).is_in(roles))
        .to_owned()
}
