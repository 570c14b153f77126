//! The directory: regions, organisations, people, positions, sessions, categories, form templates.

use crate::access::Permit;
use crate::error::AppResult;
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use chrono::NaiveDate;
use domain::actor::Actor;
use domain::ids::{CategoryId, FeedbackFormId, OrganizationId, PositionId, RegionId, SessionId, UserId};
use domain::vocabulary::{Institution, OrganizationKind, Role};
use entity::{category, feedback_form, organization, person, position, region, session};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, RelationDef, Select,
};
use std::collections::HashMap;

/// Lets no other transaction that locks this region go on until this one ends; for what is one among all of a region.
///
/// Rows that name the region can be written meanwhile.
pub async fn lock_region(tx: &impl ConnectionTrait, _permit: &Permit, region: RegionId) -> Result<(), DbErr> {
    region::Entity::find_by_id(region).lock(LockType::NoKeyUpdate).one(tx).await.map(drop)
}

macro_rules! by_ids {
    ($($(#[$meta:meta])* $name:ident $table:ident $id:ty;)+) => {
        $(
            $(#[$meta])*
            pub async fn $name(conn: &impl ConnectionTrait, ids: &[$id]) -> Result<HashMap<$id, $table::Model>, DbErr> {
                let rows = $table::Entity::find().filter($table::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
                Ok(rows.into_iter().map(|row| (row.id, row)).collect())
            }
        )+
    };
}

by_ids! {
    /// Regions by id.
    regions region RegionId;
    /// Organisations by id.
    organizations organization OrganizationId;
    /// People by id.
    people person UserId;
    /// Positions by id.
    positions position PositionId;
    /// Sessions by id.
    sessions session SessionId;
    /// Categories by id.
    categories category CategoryId;
    /// Form templates by id.
    forms feedback_form FeedbackFormId;
}

/// The positions of people, oldest first.
pub async fn positions_of(
    conn: &impl ConnectionTrait,
    people: &[UserId],
) -> Result<HashMap<UserId, Vec<(position::Model, RegionId)>>, DbErr> {
    let rows: Vec<position::Model> = position::Entity::find()
        .filter(position::Column::PersonId.is_in(people.iter().copied()))
        .order_by_asc(position::Column::Id)
        .all(conn)
        .await?;
    let ids: Vec<OrganizationId> = rows.iter().map(|row| row.organization_id).collect();
    let bodies = organizations(conn, &ids).await?;
    let mut found: HashMap<UserId, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(body) = bodies.get(&row.organization_id) {
            found.entry(row.person_id).or_default().push((row, body.region_id));
        }
    }
    Ok(found)
}

/// The sessions of a region, latest first.
pub async fn sessions_of_region(
    conn: &impl ConnectionTrait,
    region: RegionId,
    institution: Option<Institution>,
) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::RegionId.eq(region))
        .apply_if(institution, |query, institution| query.filter(session::Column::Institution.eq(institution)))
        .order_by_desc(session::Column::OpensOn)
        .order_by_asc(session::Column::Id)
        .all(conn)
        .await
}

/// The organisations of a region, in the order of their making.
pub async fn organizations_of_region(
    conn: &impl ConnectionTrait,
    region: RegionId,
    kinds: Option<Vec<OrganizationKind>>,
) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find()
        .filter(organization::Column::RegionId.eq(region))
        .apply_if(kinds, |query, kinds| query.filter(organization::Column::Kind.is_in(kinds)))
        .order_by_asc(organization::Column::Id)
        .all(conn)
        .await
}

/// The categories of a region, in order.
pub async fn categories_of_region(
    conn: &impl ConnectionTrait,
    region: RegionId,
) -> Result<Vec<category::Model>, DbErr> {
    category::Entity::find()
        .filter(category::Column::RegionId.eq(region))
        .order_by_asc(category::Column::Ordinal)
        .order_by_asc(category::Column::Id)
        .all(conn)
        .await
}

/// Which people are asked for.
#[derive(Clone, Debug, Default)]
pub struct PeopleFilter {
    /// Part of the name.
    pub search: Option<String>,
    /// Roles.
    pub roles: Option<Vec<Role>>,
    /// Organisation.
    pub organization_id: Option<OrganizationId>,
}

fn position_organization() -> RelationDef {
    position::Entity::belongs_to(organization::Entity)
        .from(position::Column::OrganizationId)
        .to(organization::Column::Id)
        .into()
}

/// People whom the actor may name: proposers their fellows, agencies their own staff, offices the region.
fn nameable(actor: &Actor, on: NaiveDate, filter: &PeopleFilter) -> Select<person::Entity> {
    use position::Column as P;
    let mut held = position::Entity::find()
        .select_only()
        .column(P::PersonId)
        .join(JoinType::InnerJoin, position_organization())
        .filter(organization::Column::RegionId.eq(actor.region_id))
        .filter(P::RevokedAt.is_null())
        .filter(Condition::any().add(P::StartsOn.is_null()).add(P::StartsOn.lte(on)))
        .filter(Condition::any().add(P::EndsOn.is_null()).add(P::EndsOn.gte(on)));
    if actor.role.proposes_to().is_some() {
        held = held.filter(P::Role.eq(actor.role));
    }
    if actor.role.in_agency() {
        held = held.filter(
            Condition::any()
                .add(organization::Column::Id.eq(actor.agency_id))
                .add(organization::Column::ParentId.eq(actor.agency_id)),
        );
    }
    if let Some(roles) = &filter.roles {
        held = held.filter(P::Role.is_in(roles.iter().copied()));
    }
    if let Some(id) = filter.organization_id {
        held = held
            .filter(Condition::any().add(organization::Column::Id.eq(id)).add(organization::Column::ParentId.eq(id)));
    }
    let mut people = person::Entity::find()
        .filter(person::Column::DisabledAt.is_null())
        .filter(person::Column::Id.in_subquery(held.into_query()));
    if let Some(search) = &filter.search {
        let escaped = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        people =
            people.filter(Expr::col(person::Column::Name).like(LikeExpr::new(format!("%{escaped}%")).escape('\\')));
    }
    people
}

const PEOPLE: &str = "people";

/// A page of the people whom the actor may name.
pub async fn people_page(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    on: NaiveDate,
    filter: &PeopleFilter,
    request: &PageRequest,
) -> AppResult<Page<person::Model>> {
    let mut select = nameable(actor, on, filter).limit(request.size + 1);
    if let Some(from) = &request.from {
        let id = id_of(from, PEOPLE)?;
        select = match request.backward {
            true => select.filter(person::Column::Id.lt(id)),
            false => select.filter(person::Column::Id.gt(id)),
        };
    }
    select = match request.backward {
        true => select.order_by_desc(person::Column::Id),
        false => select.order_by_asc(person::Column::Id),
    };
    let rows = select.all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(PEOPLE, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

fn id_of(from: &str, list: &str) -> AppResult<UserId> {
    let values = read_cursor(list, from, 1)?;
    values[0].parse().map_err(|_| crate::error::AppError::BadInput(vec!["after".into()]))
}

/// How many people the actor may name.
pub async fn people_count(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    on: NaiveDate,
    filter: &PeopleFilter,
) -> Result<u64, DbErr> {
    nameable(actor, on, filter).count(conn).await
}
