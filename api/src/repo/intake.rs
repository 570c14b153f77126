//! The matters of an intake, for those who compare them, and the titles of years, for those who read figures.

use crate::access::{Scope, list_for};
use crate::repo::scope;
use domain::actor::Actor;
use domain::ids::{OrganizationId, SessionId, SubmissionId};
use domain::policy::Action;
use domain::vocabulary::{AssignmentStatus, Institution, SubmissionAction, SubmissionStatus};
use entity::{assignment, submission};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

/// Which intake is asked for.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// Of this session.
    pub session_id: Option<SessionId>,
    /// Of this handling year.
    pub handling_year: Option<i32>,
    /// Of this institution.
    pub institution: Option<Institution>,
}

/// The states in which a matter can still be merged, or others into it.
const OPEN: [SubmissionStatus; 4] =
    [SubmissionStatus::Submitted, SubmissionStatus::Accepted, SubmissionStatus::Assigned, SubmissionStatus::Handling];

/// The matters that this person may compare and that can still be merged, newest first, at most so many.
///
/// What he proposed himself is left out: he decides nothing on it, and reads no decision.
pub async fn open_to_compare(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    intake: &Intake,
    most: u64,
) -> Result<Vec<submission::Model>, DbErr> {
    use submission::Column as S;
    submission::Entity::find()
        .filter(scope::condition(&list_for(actor, Action::Do(SubmissionAction::Compare))))
        .filter(scope::proposed_by(actor).not())
        .filter(S::Status.is_in(OPEN))
        .apply_if(intake.session_id, |q, id| q.filter(S::SessionId.eq(id)))
        .apply_if(intake.handling_year, |q, year| q.filter(S::HandlingYear.eq(year)))
        .apply_if(intake.institution, |q, institution| q.filter(S::Institution.eq(institution)))
        .order_by_desc(S::Id)
        .limit(most)
        .all(conn)
        .await
}

/// A matter with its title.
#[derive(Clone, Debug)]
pub struct Titled {
    /// Which.
    pub id: SubmissionId,
    /// Its title.
    pub title: String,
    /// Its handling year.
    pub year: i32,
}

/// The accepted matters of these years that the reader may list, newest first; of an agency those alone that were
/// released to it.
pub async fn titles(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    years: &[i32],
    agency: Option<OrganizationId>,
    institution: Option<Institution>,
) -> Result<Vec<Titled>, DbErr> {
    use submission::Column as S;
    let parts = |agency: OrganizationId| {
        let released = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::SubmissionId)
            .filter(assignment::Column::Live.eq(true))
            .filter(assignment::Column::Status.ne(AssignmentStatus::Planned))
            .filter(assignment::Column::AgencyId.eq(agency));
        S::Id.in_subquery(released.into_query())
    };
    let rows: Vec<(SubmissionId, String, i32)> = submission::Entity::find()
        .select_only()
        .columns([S::Id, S::Title, S::HandlingYear])
        .filter(scope::condition(scope))
        .filter(S::RegionId.eq(scope.actor().region_id))
        .filter(S::AcceptedAt.is_not_null())
        .filter(S::HandlingYear.is_in(years.iter().copied()))
        .apply_if(agency, |q, agency| q.filter(parts(agency)))
        .apply_if(institution, |q, institution| q.filter(S::Institution.eq(institution)))
        .order_by_desc(S::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, title, year)| Titled { id, title, year }).collect())
}
