//! Lists of submissions, assignments and promises under a scope, page by page.
//!
//! What an actor may see is a condition of the same statement, so that no page, count or cursor tells
//! of anything else.

use crate::access::Scope;
use crate::deadlines::LampBounds;
use crate::error::{AppError, AppResult};
use crate::repo::commitments::{present_date, to_be_kept};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use crate::repo::{outcomes, portfolios, scope, search};
use chrono::NaiveDate;
use domain::ids::{
    AssignmentId, CategoryId, CommitmentId, OrganizationId, RegionId, SessionId, SubmissionId, TypedId, UserId,
};
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, BoardFigure, CommitmentStatus, Confidentiality, Disclosure, HandlingStage,
    Institution, Outcome, SubmissionKind, SubmissionOrder, SubmissionStatus, WarningLevel,
};
use entity::{assignment, commitment, cosignature, reply, submission, supervision};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, NullOrdering};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use std::collections::HashMap;

/// Which submissions are asked for.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubmissionFilter {
    /// Kinds.
    pub kinds: Option<Vec<SubmissionKind>>,
    /// States.
    pub statuses: Option<Vec<SubmissionStatus>>,
    /// Session.
    pub session_id: Option<SessionId>,
    /// Handling year.
    pub handling_year: Option<i32>,
    /// Category.
    pub category_id: Option<CategoryId>,
    /// An agency that takes part.
    pub agency_id: Option<OrganizationId>,
    /// Its part.
    pub agency_role: Option<AssignmentRole>,
    /// Institution.
    pub institution: Option<Institution>,
    /// Under supervision or not.
    pub supervised: Option<bool>,
    /// Overdue or not.
    pub overdue: Option<bool>,
    /// Proposed or co-signed by the actor, or not.
    pub mine: Option<bool>,
    /// Outcomes of which a latest issued reply that the reader may read has one.
    pub outcome: Option<Vec<Outcome>>,
    /// Words to look for; see [`lexis::Query`].
    pub search: Option<String>,
}

/// Which assignments are asked for.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFilter {
    /// States.
    pub statuses: Option<Vec<AssignmentStatus>>,
    /// Parts.
    pub roles: Option<Vec<AssignmentRole>>,
    /// Lamps of which one shows today, with the bounds of their colours.
    pub lamps: Option<(Vec<WarningLevel>, LampBounds)>,
    /// Last reported stage.
    pub stage: Option<HandlingStage>,
    /// Handling year.
    pub handling_year: Option<i32>,
    /// Agency.
    pub agency_id: Option<OrganizationId>,
    /// In matters under supervision by this leader, or of an agency for which he answers on this day.
    pub leader: Option<(UserId, NaiveDate)>,
    /// Counted by this figure of the board of supervision; see [`crate::repo::board`].
    pub figure: Option<BoardFigure>,
}

/// Which promises are asked for.
#[derive(Clone, Debug, Default)]
pub struct CommitmentFilter {
    /// States.
    pub statuses: Option<Vec<CommitmentStatus>>,
    /// Overdue or not.
    pub overdue: Option<bool>,
    /// Agency.
    pub agency_id: Option<OrganizationId>,
    /// Handling year of the matter.
    pub handling_year: Option<i32>,
    /// Due on this day or later.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or earlier.
    pub due_to: Option<NaiveDate>,
}

/// Which published matters are asked for.
#[derive(Clone, Debug, Default)]
pub struct PublicFilter {
    /// Handling year.
    pub handling_year: Option<i32>,
    /// Words to look for; see [`lexis::Query`].
    pub search: Option<String>,
}

/// Submissions under a scope and filter.
pub(super) fn select(
    backend: DbBackend,
    scope: &Scope,
    filter: &SubmissionFilter,
    today: NaiveDate,
) -> Select<submission::Entity> {
    use submission::Column as S;
    let actor = scope.actor();
    let mut select = submission::Entity::find()
        .filter(scope::condition(scope))
        .apply_if(filter.kinds.clone(), |q, kinds| q.filter(S::Kind.is_in(kinds)))
        .apply_if(filter.statuses.clone(), |q, statuses| q.filter(S::Status.is_in(statuses)))
        .apply_if(filter.session_id, |q, id| q.filter(S::SessionId.eq(id)))
        .apply_if(filter.handling_year, |q, year| q.filter(S::HandlingYear.eq(year)))
        .apply_if(filter.category_id, |q, id| q.filter(S::CategoryId.eq(id)))
        .apply_if(filter.institution, |q, institution| q.filter(S::Institution.eq(institution)));
    if filter.agency_id.is_some() || filter.agency_role.is_some() {
        let parts = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::SubmissionId)
            .filter(assignment::Column::Live.eq(true))
            .filter(assignment::Column::Status.ne(AssignmentStatus::Planned))
            .apply_if(filter.agency_id, |q, id| q.filter(assignment::Column::AgencyId.eq(id)))
            .apply_if(filter.agency_role, |q, role| q.filter(assignment::Column::Role.eq(role)));
        select = select.filter(S::Id.in_subquery(parts.into_query()));
    }
    if let Some(wanted) = filter.supervised {
        // A label that is not shown to the reader is none to him.
        let labelled = Condition::all()
            .add(S::Id.in_subquery(
                supervision::Entity::find().select_only().column(supervision::Column::SubmissionId).into_query(),
            ))
            .add(scope::condition(&scope.following()));
        select = select.filter(if wanted { labelled } else { labelled.not() });
    }
    if let Some(wanted) = filter.overdue {
        let past = Condition::all().add(S::DueOn.is_not_null()).add(S::DueOn.lt(today));
        select = select.filter(if wanted { past } else { past.not() });
    }
    if let Some(wanted) = filter.mine {
        let signed = S::Id.in_subquery(
            cosignature::Entity::find()
                .select_only()
                .column(cosignature::Column::SubmissionId)
                .filter(cosignature::Column::PersonId.eq(actor.user_id))
                .into_query(),
        );
        let mine = Condition::any().add(S::LeadProposerId.eq(actor.user_id)).add(signed);
        select = select.filter(if wanted { mine } else { mine.not() });
    }
    if let Some(wanted) = &filter.outcome {
        select = select.filter(outcomes::with_outcome(scope, wanted));
    }
    if let Some(words) = &filter.search {
        select = select.filter(search::found_by(backend, scope, &lexis::Query::parse(words)));
    }
    select
}

/// A page of submissions.
pub async fn page(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &SubmissionFilter,
    order: SubmissionOrder,
    today: NaiveDate,
    request: &PageRequest,
) -> AppResult<Page<submission::Model>> {
    use submission::Column as S;
    let list = order.code();
    let mut query = select(conn.get_database_backend(), scope, filter, today).limit(request.size + 1);
    let keys = match &request.from {
        Some(from) => Some(read_cursor(list, from, 2)?),
        None => None,
    };
    query = match order {
        SubmissionOrder::Newest => {
            if let Some(keys) = &keys {
                let id = id_of::<SubmissionId>(&keys[1])?;
                query = query.filter(if request.backward { S::Id.gt(id) } else { S::Id.lt(id) });
            }
            query.order_by(S::Id, if request.backward { Order::Asc } else { Order::Desc })
        }
        SubmissionOrder::DueFirst => {
            let value = keys.as_ref().map(|keys| parse_value::<NaiveDate>(&keys[0])).transpose()?;
            by_value(query, S::DueOn, value, keys.as_ref().map(|keys| keys[1].as_str()), request.backward)?
        }
        SubmissionOrder::CaseNo => {
            let value = keys.as_ref().map(|keys| parse_value::<i32>(&keys[0])).transpose()?;
            by_value(query, S::CaseNo, value, keys.as_ref().map(|keys| keys[1].as_str()), request.backward)?
        }
    };
    let rows = query.all(conn).await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            let value = match order {
                SubmissionOrder::Newest => String::new(),
                SubmissionOrder::DueFirst => row.due_on.map(|day| day.to_string()).unwrap_or_default(),
                SubmissionOrder::CaseNo => row.case_no.map(|no| no.to_string()).unwrap_or_default(),
            };
            (cursor(list, &[&value, &row.id.to_string()]), row)
        })
        .collect();
    Ok(Page::cut(rows, request))
}

/// Orders by a value that may be empty, empty last, and then by id; continues after the given place.
fn by_value<V: Into<sea_orm::Value> + Clone>(
    query: Select<submission::Entity>,
    column: submission::Column,
    value: Option<Option<V>>,
    id: Option<&str>,
    backward: bool,
) -> AppResult<Select<submission::Entity>> {
    use submission::Column as S;
    let query = match (value, id) {
        (Some(value), Some(id)) => {
            let id = id_of::<SubmissionId>(id)?;
            let place = match (value, backward) {
                (Some(value), false) => Condition::any()
                    .add(column.gt(value.clone()))
                    .add(column.is_null())
                    .add(Condition::all().add(column.eq(value)).add(S::Id.gt(id))),
                (Some(value), true) => Condition::any()
                    .add(column.lt(value.clone()))
                    .add(Condition::all().add(column.eq(value)).add(S::Id.lt(id))),
                (None, false) => Condition::all().add(column.is_null()).add(S::Id.gt(id)),
                (None, true) => Condition::any()
                    .add(column.is_not_null())
                    .add(Condition::all().add(column.is_null()).add(S::Id.lt(id))),
            };
            query.filter(place)
        }
        _ => query,
    };
    Ok(match backward {
        false => query.order_by_with_nulls(column, Order::Asc, NullOrdering::Last).order_by_asc(S::Id),
        true => query.order_by_with_nulls(column, Order::Desc, NullOrdering::First).order_by_desc(S::Id),
    })
}

pub(super) fn id_of<T: TypedId>(text: &str) -> AppResult<T> {
    text.parse().map_err(|_| AppError::BadInput(vec!["after".into()]))
}

pub(super) fn parse_value<T: std::str::FromStr>(text: &str) -> AppResult<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| AppError::BadInput(vec!["after".into()]))
}

/// How many submissions there are under the same scope and filter.
pub async fn count(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &SubmissionFilter,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    select(conn.get_database_backend(), scope, filter, today).count(conn).await
}

/// The region of a submission.
pub async fn region_of(conn: &impl ConnectionTrait, id: SubmissionId) -> Result<Option<RegionId>, DbErr> {
    submission::Entity::find_by_id(id).select_only().column(submission::Column::RegionId).into_tuple().one(conn).await
}

/// The submissions that the scope opens, as a sub-query over their ids.
pub(super) fn open_ids(scope: &Scope, year: Option<i32>) -> sea_orm::sea_query::SelectStatement {
    submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(scope::condition(scope))
        .apply_if(year, |q, year| q.filter(submission::Column::HandlingYear.eq(year)))
        .into_query()
}

/// Assignments under a scope and filter; a figure of the board is not asked here.
pub(super) fn select_assignments(scope: &Scope, filter: &AssignmentFilter) -> Select<assignment::Entity> {
    use assignment::Column as A;
    let actor = scope.actor();
    let mut select = assignment::Entity::find()
        .filter(A::SubmissionId.in_subquery(open_ids(scope, filter.handling_year)))
        .filter(A::Status.ne(AssignmentStatus::Planned))
        .filter(A::Live.eq(true))
        .apply_if(filter.statuses.clone(), |q, statuses| q.filter(A::Status.is_in(statuses)))
        .apply_if(filter.roles.clone(), |q, roles| q.filter(A::Role.is_in(roles)))
        .apply_if(filter.stage, |q, stage| {
            q.filter(A::Stage.eq(stage)).filter(A::SubmissionId.in_subquery(open_ids(&scope.following(), None)))
        })
        .apply_if(filter.agency_id, |q, id| q.filter(A::AgencyId.eq(id)))
        .apply_if(filter.leader, |q, (id, on)| {
            let led = supervision::Entity::find()
                .select_only()
                .column(supervision::Column::SubmissionId)
                .filter(supervision::Column::LeaderId.eq(id));
            // Who supervises a matter is shown to those alone who follow its handling.
            let supervised = Condition::all()
                .add(A::SubmissionId.in_subquery(led.into_query()))
                .add(A::SubmissionId.in_subquery(open_ids(&scope.following(), None)));
            let answered_for = A::AgencyId.in_subquery(portfolios::of_person(id, on));
            q.filter(Condition::any().add(supervised).add(answered_for))
        });
    if let Some((levels, bounds)) = &filter.lamps {
        select = select.filter(lamps(levels, bounds));
    }
    // An agency's desk shows its own part alone.
    if let (true, Some(agency)) = (actor.role.in_agency(), actor.agency_id) {
        select = select.filter(A::AgencyId.eq(agency));
    }
    select
}

/// Assignments whose lamp shows one of these colours; what is finished is green.
fn lamps(levels: &[WarningLevel], bounds: &LampBounds) -> Condition {
    use assignment::Column as A;
    let open = || Condition::all().add(A::FinishedAt.is_null()).add(A::DueOn.is_not_null());
    // No colour asked for is no assignment at all, as with every empty list.
    let mut any = Condition::any().add(Expr::value(false));
    for level in levels {
        any = any.add(match level {
            WarningLevel::Red => open().add(A::DueOn.lte(bounds.red_through)),
            WarningLevel::Yellow => {
                open().add(A::DueOn.gt(bounds.red_through)).add(A::DueOn.lte(bounds.yellow_through))
            }
            WarningLevel::Green => {
                Condition::any().add(A::FinishedAt.is_not_null()).add(A::DueOn.gt(bounds.yellow_through))
            }
        });
    }
    any
}

const ASSIGNMENTS: &str = "assignments";

/// A page of assignments, newest first.
pub async fn assignments(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &AssignmentFilter,
    request: &PageRequest,
) -> AppResult<Page<assignment::Model>> {
    use assignment::Column as A;
    let mut query = select_assignments(scope, filter).limit(request.size + 1);
    if let Some(from) = &request.from {
        let id = id_of::<AssignmentId>(&read_cursor(ASSIGNMENTS, from, 1)?[0])?;
        query = query.filter(if request.backward { A::Id.gt(id) } else { A::Id.lt(id) });
    }
    let rows = query.order_by(A::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(ASSIGNMENTS, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// A page of those assignments alone, in the same order; `ids` are newest first.
pub async fn assignments_among(
    conn: &impl ConnectionTrait,
    ids: &[AssignmentId],
    request: &PageRequest,
) -> AppResult<Page<assignment::Model>> {
    let from = match &request.from {
        Some(from) => Some(id_of::<AssignmentId>(&read_cursor(ASSIGNMENTS, from, 1)?[0])?),
        None => None,
    };
    let beyond = |id: &&AssignmentId| from.is_none_or(|from| if request.backward { **id > from } else { **id < from });
    let size = usize::try_from(request.size).unwrap_or(usize::MAX).saturating_add(1);
    let wanted: Vec<AssignmentId> = match request.backward {
        false => ids.iter().filter(beyond).take(size).copied().collect(),
        true => ids.iter().rev().filter(beyond).take(size).copied().collect(),
    };
    let rows =
        assignment::Entity::find().filter(assignment::Column::Id.is_in(wanted.iter().copied())).all(conn).await?;
    let mut rows: HashMap<AssignmentId, assignment::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let found = wanted.iter().filter_map(|id| Some((cursor(ASSIGNMENTS, &[&id.to_string()]), rows.remove(id)?)));
    Ok(Page::cut(found.collect(), request))
}

/// How many assignments there are under the same scope and filter.
pub async fn assignments_count(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &AssignmentFilter,
) -> Result<u64, DbErr> {
    select_assignments(scope, filter).count(conn).await
}

fn select_commitments(scope: &Scope, filter: &CommitmentFilter, today: NaiveDate) -> Select<commitment::Entity> {
    use commitment::Column as C;
    let mut select = commitment::Entity::find()
        .filter(C::SubmissionId.in_subquery(open_ids(scope, filter.handling_year)))
        .apply_if(filter.statuses.clone(), |q, statuses| q.filter(C::Status.is_in(statuses)))
        .apply_if(filter.agency_id, |q, id| q.filter(C::AgencyId.eq(id)))
        .apply_if(filter.due_from, |q, day| q.filter(present_date().gte(day)))
        .apply_if(filter.due_to, |q, day| q.filter(present_date().lte(day)));
    if let Some(wanted) = filter.overdue {
        let past = Condition::any()
            .add(Condition::all().add(C::ChangedTo.is_not_null()).add(C::ChangedTo.lt(today)))
            .add(Condition::all().add(C::ChangedTo.is_null()).add(C::DueOn.lt(today)));
        let overdue = Condition::all().add(to_be_kept()).add(past);
        select = select.filter(if wanted { overdue } else { overdue.not() });
    }
    select
}

const COMMITMENTS: &str = "commitments";

/// A page of promises, oldest first.
pub async fn commitments(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &CommitmentFilter,
    today: NaiveDate,
    request: &PageRequest,
) -> AppResult<Page<commitment::Model>> {
    use commitment::Column as C;
    let mut query = select_commitments(scope, filter, today).limit(request.size + 1);
    if let Some(from) = &request.from {
        let id = id_of::<CommitmentId>(&read_cursor(COMMITMENTS, from, 1)?[0])?;
        query = query.filter(if request.backward { C::Id.lt(id) } else { C::Id.gt(id) });
    }
    let rows = query.order_by(C::Id, if request.backward { Order::Desc } else { Order::Asc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(COMMITMENTS, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many promises there are under the same scope and filter.
pub async fn commitments_count(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    filter: &CommitmentFilter,
    today: NaiveDate,
) -> Result<u64, DbErr> {
    select_commitments(scope, filter, today).count(conn).await
}

/// Submissions with at least one published reply, open to anybody.
fn select_public(year: Option<i32>) -> Select<submission::Entity> {
    use submission::Column as S;
    let published = reply::Entity::find()
        .select_only()
        .column(reply::Column::SubmissionId)
        .filter(reply::Column::PublishedAt.is_not_null());
    submission::Entity::find()
        .filter(S::Id.in_subquery(published.into_query()))
        .filter(S::Confidentiality.eq(Confidentiality::Public))
        .filter(S::Disclosure.eq(Disclosure::Proactive))
        .filter(S::CaseNo.is_not_null())
        .apply_if(year, |q, year| q.filter(S::HandlingYear.eq(year)))
}

fn filter_public(backend: DbBackend, filter: &PublicFilter) -> Select<submission::Entity> {
    select_public(filter.handling_year).apply_if(filter.search.as_deref(), |q, words| {
        q.filter(search::found_by_anybody(backend, &lexis::Query::parse(words)))
    })
}

const PUBLIC: &str = "public";

/// Whether the matter itself may be shown to everybody; a reply must be published besides.
pub fn is_for_the_public(row: &submission::Model) -> bool {
    row.confidentiality == Confidentiality::Public && row.disclosure == Disclosure::Proactive && row.case_no.is_some()
}

/// A page of published matters, newest first.
pub async fn public_page(
    conn: &impl ConnectionTrait,
    filter: &PublicFilter,
    request: &PageRequest,
) -> AppResult<Page<submission::Model>> {
    use submission::Column as S;
    let mut query = filter_public(conn.get_database_backend(), filter).limit(request.size + 1);
    if let Some(from) = &request.from {
        let id = id_of::<SubmissionId>(&read_cursor(PUBLIC, from, 1)?[0])?;
        query = query.filter(if request.backward { S::Id.gt(id) } else { S::Id.lt(id) });
    }
    let rows = query.order_by(S::Id, if request.backward { Order::Asc } else { Order::Desc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(PUBLIC, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// How many published matters there are.
pub async fn public_count(conn: &impl ConnectionTrait, filter: &PublicFilter) -> Result<u64, DbErr> {
    filter_public(conn.get_database_backend(), filter).count(conn).await
}
