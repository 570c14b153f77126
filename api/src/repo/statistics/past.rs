//! What the trail and the facts' own instants tell of a past day, where the row itself tells only the present state.
//!
//! `until` is the end of the day: what happened at it or later does not count. Matters that were brought in from a
//! ledger have no trail before that; the instants of their own facts stand for it.

use super::terms::{Terms, answers};
use chrono::{DateTime, Utc};
use domain::event::Happening;
use domain::ids::{ReplyId, TypedId};
use domain::vocabulary::{AssignmentStatus, RequestStatus, Settlement, SubmissionStatus};
use entity::{assignment, event, feedback, reply, return_request, submission};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::{
    Alias, BinOper, CaseStatement, Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement,
};

/// What changes the state of a matter and is written on its trail; from there to CLOSED the assignments make it.
const OF_THE_MATTER: &[Happening] = &[
    Happening::Submitted,
    Happening::Resubmitted,
    Happening::ReturnedForRevision,
    Happening::Accepted,
    Happening::Refused,
    Happening::Merged,
    Happening::Unmerged,
    Happening::Converted,
    Happening::Withdrawn,
    Happening::Assigned,
    Happening::Closed,
    Happening::Archived,
];

fn events(of: &[Happening], until: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .from(event::Entity)
        .and_where(event::Column::Happening.is_in(of.iter().map(|one| one.code())))
        .and_where(event::Column::At.lt(until))
        .to_owned()
}

/// Entries about the matter.
fn of_matter(of: &[Happening], until: DateTime<Utc>) -> SelectStatement {
    let id = Expr::col(event::Column::SubmissionId.as_column_ref()).equals(submission::Column::Id.as_column_ref());
    events(of, until).and_where(id).to_owned()
}

/// The request to hand it back was granted.
pub fn let_go(until: DateTime<Utc>) -> Expr {
    use return_request::Column as R;
    let decided = Condition::any().add(R::DecidedAt.is_null()).add(R::DecidedAt.lt(until));
    Expr::exists(
        Query::select()
            .expr(Expr::value(1))
            .from(return_request::Entity)
            .and_where(Expr::col(R::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()))
            .and_where(R::Status.eq(RequestStatus::Approved))
            .cond_where(decided)
            .to_owned(),
    )
}

/// Taken from the agency because the matter was withdrawn.
pub fn cancelled(until: DateTime<Utc>) -> Condition {
    let withdrawn = of_matter(&[Happening::Withdrawn], until).expr(Expr::value(1)).to_owned();
    Condition::all().add(assignment::Column::Status.eq(AssignmentStatus::Cancelled)).add(Expr::exists(withdrawn))
}

/// Another round was ordered after this reply of the assignment.
pub fn sent_back(part: Expr, issued_at: Expr, until: DateTime<Utc>) -> Condition {
    let ordered = events(&[Happening::RehandlingOrdered], until)
        .expr(Expr::value(1))
        .and_where(Expr::col(event::Column::AssignmentId.as_column_ref()).eq(part))
        .and_where(Expr::col(event::Column::At.as_column_ref()).gte(issued_at))
        .to_owned();
    Condition::all().add(Expr::exists(ordered))
}

/// The reply was published and not taken back; in a ledger the instant of its publication stands for the trail.
pub fn published(sqlite: bool, until: DateTime<Utc>) -> Expr {
    use reply::Column as R;
    let id = || Expr::col(R::Id.as_column_ref());
    // The trail names what changed by its global id.
    let hex = match sqlite {
        true => Expr::cust_with_expr("lower(hex(?))", id()),
        false => Expr::cust_with_expr("replace(($1)::text, '-', '')", id()),
    };
    let name = Expr::value(format!("{}_", ReplyId::TAG)).binary(BinOper::Custom("||"), hex);
    let of_it = Expr::col(event::Column::SubmissionId.as_column_ref()).equals(R::SubmissionId.as_column_ref());
    let told = events(&[Happening::Published, Happening::PublicationWithdrawn], until)
        .column(event::Column::Happening.as_column_ref())
        .and_where(of_it)
        .and_where(Expr::col(event::Column::Subject.as_column_ref()).eq(name))
        .order_by(event::Column::At.as_column_ref(), Order::Desc)
        .order_by(event::Column::Id.as_column_ref(), Order::Desc)
        .limit(1)
        .to_owned();
    let silent: Expr =
        CaseStatement::new().case(R::PublishedAt.lt(until), Expr::value(Happening::Published.code())).into();
    Expr::expr(Func::coalesce([Expr::SubQuery(None, Box::new(told.into())), silent])).eq(Happening::Published.code())
}

/// Every form about the reply is settled, one of them by closing the round; in a ledger there need be none.
pub fn settled(answer: &Alias, until: DateTime<Utc>) -> Condition {
    use feedback::Column as F;
    let forms = || {
        Query::select()
            .expr(Expr::value(1))
            .from(feedback::Entity)
            .and_where(Expr::col(F::ReplyId.as_column_ref()).equals((answer.clone(), reply::Column::Id)))
            .to_owned()
    };
    let open = forms().cond_where(Condition::any().add(F::SettledAt.is_null()).add(F::SettledAt.gte(until))).to_owned();
    let closed = forms().and_where(F::Settlement.eq(Settlement::Close)).to_owned();
    let from_a_ledger =
        Condition::all().add(submission::Column::ImportedAt.is_not_null()).add(Expr::exists(forms()).not());
    Condition::all().add(Expr::exists(open).not()).add(Condition::any().add(Expr::exists(closed)).add(from_a_ledger))
}

/// The state of a matter at the end of the day.
pub fn status(terms: &Terms, until: DateTime<Utc>) -> Expr {
    use submission::Column as S;
    let told = of_matter(OF_THE_MATTER, until)
        .column(event::Column::ToStatus.as_column_ref())
        .and_where(event::Column::AssignmentId.is_null())
        .and_where(event::Column::ToStatus.is_not_null())
        .order_by(event::Column::At.as_column_ref(), Order::Desc)
        .order_by(event::Column::Id.as_column_ref(), Order::Desc)
        .limit(1)
        .to_owned();
    let told = || Expr::SubQuery(None, Box::new(told.clone().into()));
    let silent = || Condition::all().add(told().is_null());
    let code = |status: SubmissionStatus| Expr::value(status.code());
    CaseStatement::new()
        .case(told().eq(SubmissionStatus::Assigned.code()), handled(terms, until))
        .case(silent().add(S::ClosedAt.lt(until)), code(SubmissionStatus::Closed))
        .case(silent().add(S::AssignedAt.lt(until)), handled(terms, until))
        .case(silent(), code(SubmissionStatus::Accepted))
        .finally(told())
        .into()
}

/// The state that its assignments make, as long as the matter is released and not closed.
fn handled(terms: &Terms, until: DateTime<Utc>) -> Expr {
    let parts = || {
        Query::select()
            .expr(Expr::value(1))
            .from(assignment::Entity)
            .and_where(
                Expr::col(assignment::Column::SubmissionId.as_column_ref())
                    .equals(submission::Column::Id.as_column_ref()),
            )
            .cond_where(terms.standing())
            .to_owned()
    };
    let answering = parts().cond_where(answers()).to_owned();
    let owing = parts().cond_where(answers()).cond_where(terms.answered_now().not()).to_owned();
    let begun = events(&[Happening::HandlingStarted], until)
        .expr(Expr::value(1))
        .and_where(
            Expr::col(event::Column::AssignmentId.as_column_ref()).equals(assignment::Column::Id.as_column_ref()),
        )
        .to_owned();
    let sent = Condition::all().add(answers().not()).add(assignment::Column::FinishedAt.lt(until));
    let at_work =
        parts().cond_where(Condition::any().add(Expr::exists(begun)).add(terms.answered()).add(sent)).to_owned();
    CaseStatement::new()
        .case(
            Condition::all().add(Expr::exists(answering)).add(Expr::exists(owing).not()),
            SubmissionStatus::Replied.code(),
        )
        .case(Expr::exists(at_work), SubmissionStatus::Handling.code())
        .finally(SubmissionStatus::Assigned.code())
        .into()
}
