//! Who is who: the positions of people in bodies, for naming and for telling.

use chrono::NaiveDate;
use domain::actor::Actor;
use domain::ids::{OrganizationId, PositionId, RegionId, UserId};
use domain::vocabulary::{Institution, OrganizationKind, Role};
use entity::{organization, person, position};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
};

/// Positions that hold on this day.
pub(super) fn active(on: NaiveDate) -> Condition {
    use position::Column as P;
    Condition::all()
        .add(P::RevokedAt.is_null())
        .add(Condition::any().add(P::StartsOn.is_null()).add(P::StartsOn.lte(on)))
        .add(Condition::any().add(P::EndsOn.is_null()).add(P::EndsOn.gte(on)))
}

fn to_organization() -> RelationDef {
    position::Entity::belongs_to(organization::Entity)
        .from(position::Column::OrganizationId)
        .to(organization::Column::Id)
        .into()
}

/// The active positions with one of these roles in this organisation.
pub async fn in_organization(
    conn: &impl ConnectionTrait,
    organization: OrganizationId,
    roles: &[Role],
    on: NaiveDate,
) -> Result<Vec<position::Model>, DbErr> {
    position::Entity::find()
        .filter(active(on))
        .filter(position::Column::OrganizationId.eq(organization))
        .filter(position::Column::Role.is_in(roles.iter().copied()))
        .order_by_asc(position::Column::Id)
        .all(conn)
        .await
}

/// The active positions with one of these roles in any of these organisations, ids and organisations.
pub async fn in_organizations(
    conn: &impl ConnectionTrait,
    organizations: &[OrganizationId],
    roles: &[Role],
    on: NaiveDate,
) -> Result<Vec<position::Model>, DbErr> {
    if organizations.is_empty() {
        return Ok(Vec::new());
    }
    position::Entity::find()
        .filter(active(on))
        .filter(position::Column::OrganizationId.is_in(organizations.iter().copied()))
        .filter(position::Column::Role.is_in(roles.iter().copied()))
        .order_by_asc(position::Column::Id)
        .all(conn)
        .await
}

/// The active positions of these people in which they propose to this institution in this region.
pub async fn proposing(
    conn: &impl ConnectionTrait,
    people: &[UserId],
    institution: Institution,
    region: RegionId,
    on: NaiveDate,
) -> Result<Vec<position::Model>, DbErr> {
    let role = match institution {
        Institution::Congress => Role::Representative,
        Institution::Cppcc => Role::CommitteeMember,
    };
    position::Entity::find()
        .join(JoinType::InnerJoin, to_organization())
        .filter(active(on))
        .filter(position::Column::PersonId.is_in(people.iter().copied()))
        .filter(position::Column::Role.eq(role))
        .filter(organization::Column::RegionId.eq(region))
        .order_by_asc(position::Column::Id)
        .all(conn)
        .await
}

/// The active positions of one person with one of these roles in the agency or its sections.
pub async fn in_agency(
    conn: &impl ConnectionTrait,
    person: UserId,
    agency: OrganizationId,
    roles: &[Role],
    on: NaiveDate,
) -> Result<Vec<position::Model>, DbErr> {
    position::Entity::find()
        .join(JoinType::InnerJoin, to_organization())
        .filter(active(on))
        .filter(position::Column::PersonId.eq(person))
        .filter(position::Column::Role.is_in(roles.iter().copied()))
        .filter(
            Condition::any().add(organization::Column::Id.eq(agency)).add(organization::Column::ParentId.eq(agency)),
        )
        .all(conn)
        .await
}

/// Every position that these people hold or held.
pub async fn held_by(conn: &impl ConnectionTrait, people: &[UserId]) -> Result<Vec<PositionId>, DbErr> {
    position::Entity::find()
        .select_only()
        .column(position::Column::Id)
        .filter(position::Column::PersonId.is_in(people.iter().copied()))
        .into_tuple()
        .all(conn)
        .await
}

/// The active position of one person with one of these roles in the region.
pub async fn in_region(
    conn: &impl ConnectionTrait,
    person: UserId,
    region: RegionId,
    roles: &[Role],
    on: NaiveDate,
) -> Result<Option<position::Model>, DbErr> {
    position::Entity::find()
        .join(JoinType::InnerJoin, to_organization())
        .filter(active(on))
        .filter(position::Column::PersonId.eq(person))
        .filter(position::Column::Role.is_in(roles.iter().copied()))
        .filter(organization::Column::RegionId.eq(region))
        .one(conn)
        .await
}

/// The active positions of these roles in offices of one kind in the region.
pub async fn staff(
    conn: &impl ConnectionTrait,
    region: RegionId,
    kind: OrganizationKind,
    roles: &[Role],
    on: NaiveDate,
) -> Result<Vec<PositionId>, DbErr> {
    position::Entity::find()
        .select_only()
        .column(position::Column::Id)
        .join(JoinType::InnerJoin, to_organization())
        .filter(active(on))
        .filter(position::Column::Role.is_in(roles.iter().copied()))
        .filter(organization::Column::RegionId.eq(region))
        .filter(organization::Column::Kind.eq(kind))
        .into_tuple()
        .all(conn)
        .await
}

/// Everybody who may act in the region on this day, in each of his positions.
pub async fn actors(conn: &impl ConnectionTrait, region: RegionId, on: NaiveDate) -> Result<Vec<Actor>, DbErr> {
    type Row =
        (PositionId, UserId, Role, OrganizationId, OrganizationKind, Option<OrganizationId>, Option<Institution>);
    let rows: Vec<Row> = position::Entity::find()
        .select_only()
        .columns([position::Column::Id, position::Column::PersonId, position::Column::Role])
        .columns([organization::Column::Id, organization::Column::Kind, organization::Column::ParentId])
        .column(organization::Column::Institution)
        .join(JoinType::InnerJoin, to_organization())
        .join(
            JoinType::InnerJoin,
            position::Entity::belongs_to(person::Entity).from(position::Column::PersonId).to(person::Column::Id).into(),
        )
        .filter(active(on))
        .filter(person::Column::DisabledAt.is_null())
        .filter(organization::Column::RegionId.eq(region))
        .order_by_asc(position::Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let actor = |(position_id, user_id, role, organization_id, kind, parent, institution): Row| Actor {
        user_id,
        position_id,
        role,
        organization_id,
        agency_id: agency_of(role, organization_id, kind, parent),
        institution: institution.or(role.proposes_to()),
        region_id: region,
    };
    Ok(rows.into_iter().map(actor).collect())
}

/// The agency to which a position belongs: of a section, the agency above it; none for roles outside agencies.
pub fn agency_of(
    role: Role,
    organization: OrganizationId,
    kind: OrganizationKind,
    parent: Option<OrganizationId>,
) -> Option<OrganizationId> {
    match kind {
        _ if !role.in_agency() => None,
        OrganizationKind::Section => parent,
        _ => Some(organization),
    }
}

/// The organisations of this kind in the region, in the order of their making.
pub async fn organizations(
    conn: &impl ConnectionTrait,
    region: RegionId,
    kind: OrganizationKind,
) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find()
        .filter(organization::Column::RegionId.eq(region))
        .filter(organization::Column::Kind.eq(kind))
        .order_by_asc(organization::Column::Id)
        .all(conn)
        .await
}

/// The organisations with these ids.
pub async fn organizations_by_id(
    conn: &impl ConnectionTrait,
    ids: &[OrganizationId],
) -> Result<Vec<organization::Model>, DbErr> {
    organization::Entity::find().filter(organization::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The people with these ids.
pub async fn people(conn: &impl ConnectionTrait, ids: &[UserId]) -> Result<Vec<person::Model>, DbErr> {
    person::Entity::find().filter(person::Column::Id.is_in(ids.iter().copied())).all(conn).await
}

/// The organisation with this key of roster files.
pub async fn organization_by_key(conn: &impl ConnectionTrait, key: &str) -> Result<Option<OrganizationId>, DbErr> {
    let found = organization::Entity::find().filter(organization::Column::Key.eq(key)).one(conn).await?;
    Ok(found.map(|row| row.id))
}
