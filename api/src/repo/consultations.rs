//! Questions at the consultation desk, for those who may read them, and the roster of the desk.

use crate::access::{Scope, list};
use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use crate::repo::submissions::open_ids;
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use domain::ids::{ConsultationId, DeskShiftId, OrganizationId, RegionId, SessionId, SubmissionId};
use domain::policy::Relation;
use domain::vocabulary::{Confidentiality, ConsultationStatus, Role};
use entity::{consultation, consultation_answer, desk_shift, submission};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationDef, Select,
};
use std::collections::HashMap;

/// Which questions are asked for.
#[derive(Clone, Debug, Default)]
pub struct ConsultationFilter {
    /// Of this session.
    pub session_id: Option<SessionId>,
    /// To this agency.
    pub agency_id: Option<OrganizationId>,
    /// In these states.
    pub statuses: Option<Vec<ConsultationStatus>>,
}

/// Questions that the scope opens: the same relations as `ConsultationFacts::relations`, as conditions.
fn condition(scope: &Scope) -> Condition {
    let actor = scope.actor();
    let mut any = Condition::any().add(Expr::value(false));
    for alternative in scope.alternatives() {
        any = any.add(alternative.iter().fold(Condition::all(), |all, relation| all.add(one(relation, actor))));
    }
    any
}

fn one(relation: Relation, actor: &Actor) -> Condition {
    use consultation::Column as C;
    let nothing = || Condition::all().add(Expr::value(false));
    let here = || Condition::all().add(C::RegionId.eq(actor.region_id));
    match relation {
        Relation::Asker => match actor.role.proposes_to() {
            Some(institution) => here().add(C::Institution.eq(institution)).add(C::AskerId.eq(actor.user_id)),
            None => nothing(),
        },
        Relation::AskedAgency => match actor.agency_id {
            Some(agency) if actor.role != Role::Handler => Condition::all().add(C::AgencyId.eq(agency)),
            _ => nothing(),
        },
        Relation::OfficeInCharge => match actor.institution {
            Some(institution) if matches!(actor.role, Role::CongressOffice | Role::CppccOffice) => {
                here().add(C::Institution.eq(institution))
            }
            _ => nothing(),
        },
        Relation::TransferInCharge if actor.role == Role::TransferOffice => here(),
        Relation::OnBehalf => Condition::all().add(C::OnBehalf.eq(true)),
        // The others are about matters and never open a question.
        _ => nothing(),
    }
}

fn select(scope: &Scope, filter: &ConsultationFilter) -> Select<consultation::Entity> {
    use consultation::Column as C;
    consultation::Entity::find()
        .filter(condition(scope))
        .apply_if(filter.session_id, |q, id| q.filter(C::SessionId.eq(id)))
        .apply_if(filter.agency_id, |q, id| q.filter(C::AgencyId.eq(id)))
        .apply_if(filter.statuses.clone(), |q, statuses| q.filter(C::Status.is_in(statuses)))
}

const CONSULTATIONS: &str = "consultations";

/// A page of questions, newest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ConsultationFilter,
    request: &PageRequest,
) -> AppResult<Page<consultation::Model>> {
    use consultation::Column as C;
    let mut query = select(scope, filter).limit(request.size + 1);
    if let Some(from) = &request.from {
        let text = &read_cursor(CONSULTATIONS, from, 1)?[0];
        let id: ConsultationId = text.parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        query = query.filter(if request.backward { C::Id.gt(id) } else { C::Id.lt(id) });
    }
    let rows = query.order_by(C::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(CONSULTATIONS, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many questions there are under the same scope and filter.
pub async fn count(conn: &impl ConnectionTrait, scope: &Scope, filter: &ConsultationFilter) -> Result<u64, DbErr> {
    select(scope, filter).count(conn).await
}

/// How many questions there are in each state under the same scope and filter.
pub async fn by_status(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ConsultationFilter,
) -> Result<HashMap<ConsultationStatus, i64>, DbErr> {
    let rows: Vec<(ConsultationStatus, i64)> = select(scope, filter)
        .select_only()
        .column(consultation::Column::Status)
        .column_as(consultation::Column::Id.count(), "number")
        .group_by(consultation::Column::Status)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

fn to_submission() -> RelationDef {
    consultation::Entity::belongs_to(submission::Entity)
        .from(consultation::Column::SubmissionId)
        .to(submission::Column::Id)
        .into()
}

/// Of how many of them a submission came that was handed in after the question was asked, and that the reader may see.
pub async fn became_submissions(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &ConsultationFilter,
) -> Result<u64, DbErr> {
    let later = Expr::col((submission::Entity, submission::Column::SubmittedAt))
        .gt(Expr::col((consultation::Entity, consultation::Column::AskedAt)));
    select(scope, filter)
        .join(JoinType::InnerJoin, to_submission())
        .filter(submission::Column::Id.in_subquery(open_ids(&list(scope.actor()), None)))
        .filter(later)
        // A restricted matter may hide its proposer from an agency, and the asker of a question is known.
        .apply_if(scope.actor().role.in_agency().then_some(Confidentiality::Public), |q, open| {
            q.filter(submission::Column::Confidentiality.eq(open))
        })
        .count(conn)
        .await
}

/// Questions by id, whosever they are.
pub async fn by_ids(
    conn: &impl ConnectionTrait,
    ids: &[ConsultationId],
) -> Result<HashMap<ConsultationId, consultation::Model>, DbErr> {
    let rows = consultation::Entity::find().filter(consultation::Column::Id.is_in(ids.iter().copied())).all(conn);
    Ok(rows.await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The question with this id, locked inside a transaction.
pub async fn locked(tx: &impl ConnectionTrait, id: ConsultationId) -> Result<Option<consultation::Model>, DbErr> {
    consultation::Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// The answers to questions, oldest first.
pub async fn answers(
    conn: &impl ConnectionTrait,
    ids: &[ConsultationId],
) -> Result<HashMap<ConsultationId, Vec<consultation_answer::Model>>, DbErr> {
    use consultation_answer::Column as A;
    let rows = consultation_answer::Entity::find()
        .filter(A::ConsultationId.is_in(ids.iter().copied()))
        .order_by_asc(A::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.consultation_id).or_default().push(row);
    }
    Ok(found)
}

/// The questions that belong to submissions, oldest first, whosever they are.
pub async fn of_submissions(
    conn: &impl ConnectionTrait,
    ids: &[SubmissionId],
) -> Result<HashMap<SubmissionId, Vec<consultation::Model>>, DbErr> {
    use consultation::Column as C;
    let rows = consultation::Entity::find()
        .filter(C::SubmissionId.is_in(ids.iter().copied()))
        .order_by_asc(C::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(id) = row.submission_id {
            found.entry(id).or_default().push(row);
        }
    }
    Ok(found)
}

/// Which shifts are asked for.
#[derive(Clone, Debug)]
pub struct ShiftFilter {
    /// In which region.
    pub region_id: RegionId,
    /// At which session.
    pub session_id: SessionId,
    /// Of this agency.
    pub agency_id: Option<OrganizationId>,
    /// That touch this span of time.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The most shifts of one session.
pub const MOST_SHIFTS: u64 = 2_000;

/// The shifts of a session that stand, in the order of time.
pub async fn shifts(conn: &impl ConnectionTrait, filter: &ShiftFilter) -> Result<Vec<desk_shift::Model>, DbErr> {
    use desk_shift::Column as S;
    standing(filter).order_by_asc(S::StartsAt).order_by_asc(S::Id).limit(MOST_SHIFTS).all(conn).await
}

/// How many shifts of a session stand.
pub async fn shifts_count(conn: &impl ConnectionTrait, filter: &ShiftFilter) -> Result<u64, DbErr> {
    standing(filter).count(conn).await
}

fn standing(filter: &ShiftFilter) -> Select<desk_shift::Entity> {
    use desk_shift::Column as S;
    desk_shift::Entity::find()
        .filter(S::RegionId.eq(filter.region_id))
        .filter(S::SessionId.eq(filter.session_id))
        .filter(S::CancelledAt.is_null())
        .apply_if(filter.agency_id, |q, id| q.filter(S::AgencyId.eq(id)))
        .apply_if(filter.between, |q, (from, to)| q.filter(S::StartsAt.lt(to)).filter(S::EndsAt.gt(from)))
}

/// A shift of a region that stands.
pub async fn shift(
    conn: &impl ConnectionTrait,
    region: RegionId,
    id: DeskShiftId,
) -> Result<Option<desk_shift::Model>, DbErr> {
    let select = desk_shift::Entity::find_by_id(id).filter(desk_shift::Column::RegionId.eq(region));
    select.filter(desk_shift::Column::CancelledAt.is_null()).one(conn).await
}
