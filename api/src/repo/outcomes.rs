//! How a matter came out: the outcomes of its latest issued replies, for who may read them.
//!
//! The facet that counts outcomes and the filter that asks for some begin with the same rows, so that the one finds what
//! the other counts, and neither tells of a reply that the reader may not read.

use crate::access::{Scope, list_for};
use crate::repo::scope;
use domain::policy::Action;
use domain::vocabulary::{HandlingMode, Outcome, ReplyStatus};
use entity::{reply, submission};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

/// The latest issued replies of each matter that the reader may read.
pub fn latest(scope: &Scope) -> Select<reply::Entity> {
    use reply::Column as R;
    // A matter may be listed for a reader to whom its replies are closed.
    let readable = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(scope::condition(&list_for(scope.actor(), Action::ReadReply)));
    reply::Entity::find()
        .filter(R::SubmissionId.in_subquery(readable.into_query()))
        .filter(R::Status.eq(ReplyStatus::Issued))
        .filter(Expr::exists(later_reply()).not())
}

/// Matters with a latest issued reply of one of these outcomes; none of them finds nothing.
pub fn with_outcome(scope: &Scope, wanted: &[Outcome]) -> Expr {
    let replies = latest(scope)
        .select_only()
        .column(reply::Column::SubmissionId)
        .filter(reply::Column::Outcome.is_in(wanted.iter().copied()));
    submission::Column::Id.in_subquery(replies.into_query())
}

/// An issued reply of a later round that stands for the same assignment; joint leads answer together.
fn later_reply() -> SelectStatement {
    use reply::Column as R;
    let later = Alias::new("later_reply");
    let column = |column: R| Expr::col((later.clone(), column));
    let joint = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::Mode.eq(HandlingMode::CoLead));
    let same = Condition::any()
        .add(column(R::AssignmentId).equals(R::AssignmentId.as_column_ref()))
        .add(R::SubmissionId.in_subquery(joint.into_query()));
    Query::select()
        .expr(Expr::value(1))
        .from_as(reply::Entity, later.clone())
        .and_where(column(R::SubmissionId).equals(R::SubmissionId.as_column_ref()))
        .cond_where(same)
        .and_where(column(R::Status).eq(ReplyStatus::Issued))
        .and_where(column(R::Round).gt(Expr::col(R::Round.as_column_ref())))
        .to_owned()
}
