//! The rows from which figures are counted: read, and made afresh.

use api::access;
use api::repo::statistics::facts;
use domain::ids::SubmissionId;
use entity::{assignment_figure, submission};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

/// The rows as they are kept.
pub async fn kept(conn: &impl ConnectionTrait) -> Vec<assignment_figure::Model> {
    let select = assignment_figure::Entity::find().order_by_asc(assignment_figure::Column::AssignmentId);
    select.all(conn).await.expect("the rows of figures")
}

/// Makes every row afresh, as after rows were stored by hand.
pub async fn renew(conn: &impl ConnectionTrait) {
    let select = submission::Entity::find().select_only().column(submission::Column::Id);
    let ids: Vec<SubmissionId> = select.into_tuple().all(conn).await.expect("the ids of the matters");
    facts::renew(conn, &access::command_line(), &ids).await.expect("the rows are renewed");
}

/// Fails when what is kept differs from what is made afresh.
#[track_caller]
pub fn assert_same(kept: &[assignment_figure::Model], fresh: &[assignment_figure::Model], told: &str) {
    for (kept, fresh) in kept.iter().zip(fresh) {
        assert_eq!(kept, fresh, "{told}: the figures of an assignment are stale");
    }
    assert_eq!(kept.len(), fresh.len(), "{told}: assignments of which no figures are kept, or too many");
}
