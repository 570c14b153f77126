//! Who handled past matters and who handed them back, as far as the reader may know.

use crate::access::{Scope, list_for};
use crate::repo::scope;
use domain::ids::{AssignmentId, OrganizationId, SubmissionId};
use domain::policy::Action;
use domain::vocabulary::{AssignmentRole, AssignmentStatus, RequestStatus};
use entity::{assignment, return_request, submission};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;

/// The agencies to which these matters were released, with their parts; the caller has the matters from a scope.
pub async fn assigned(
    conn: &impl ConnectionTrait,
    matters: &[SubmissionId],
) -> Result<Vec<(SubmissionId, OrganizationId, AssignmentRole)>, DbErr> {
    use assignment::Column as A;
    assignment::Entity::find()
        .select_only()
        .columns([A::SubmissionId, A::AgencyId, A::Role])
        .filter(A::SubmissionId.is_in(matters.iter().copied()))
        .filter(A::Live.eq(true))
        .filter(A::Status.ne(AssignmentStatus::Planned))
        .order_by_asc(A::Id)
        .into_tuple()
        .all(conn)
        .await
}

/// Which of these matters an agency handed back with consent, and why, for those who read requests to hand back.
pub async fn handed_back(
    conn: &impl ConnectionTrait,
    reader: &Scope,
    matters: &[SubmissionId],
) -> Result<Vec<(SubmissionId, OrganizationId, String)>, DbErr> {
    use assignment::Column as A;
    // Who proposed a matter reads no internal remark on it, in whichever hat he acts.
    let open = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::Id.is_in(matters.iter().copied()))
        .filter(scope::condition(&list_for(reader.actor(), Action::ReadInternal)))
        .filter(scope::proposed_by(reader.actor()).not());
    let parts: Vec<(AssignmentId, SubmissionId, OrganizationId)> = assignment::Entity::find()
        .select_only()
        .columns([A::Id, A::SubmissionId, A::AgencyId])
        .filter(A::SubmissionId.in_subquery(open.into_query()))
        .into_tuple()
        .all(conn)
        .await?;
    let granted = return_request::Entity::find()
        .filter(return_request::Column::AssignmentId.is_in(parts.iter().map(|(id, ..)| *id)))
        .filter(return_request::Column::Status.eq(RequestStatus::Approved))
        .order_by_asc(return_request::Column::Id)
        .all(conn)
        .await?;
    let parts: HashMap<AssignmentId, (SubmissionId, OrganizationId)> =
        parts.into_iter().map(|(id, matter, agency)| (id, (matter, agency))).collect();
    Ok(granted
        .into_iter()
        .filter_map(|request| {
            let (matter, agency) = parts.get(&request.assignment_id)?;
            Some((*matter, *agency, request.reason))
        })
        .collect())
}
