//! Directories as rosters fill them: what is there, and putting what is wanted.

use crate::access::Permit;
use crate::error::AppResult;
use crate::repo::{duty_clauses, save};
use chrono::NaiveDate;
use domain::ids::{OrganizationId, RegionId, UserId};
use domain::vocabulary::{Institution, Role};
use entity::{
    calendar_day, calendar_year, category, duty_clause, feedback_form, organization, person, position, region,
    rule_set, session,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    ModelTrait, QueryFilter, QuerySelect,
};
use std::collections::{HashMap, HashSet};

/// How many names one statement asks for; SQLite takes at most 32,766.
const NAMES_AT_ONCE: usize = 10_000;

/// Everything that a roster can name, by what it is recognised by.
#[derive(Clone, Debug, Default)]
pub struct Directories {
    /// Regions by code.
    pub regions: HashMap<String, region::Model>,
    /// Organisations by key.
    pub organizations: HashMap<String, organization::Model>,
    /// Every clause of the duty catalogue, by agency.
    pub duties: HashMap<OrganizationId, Vec<duty_clause::Model>>,
    /// Persons by sign-in name.
    pub people: HashMap<String, person::Model>,
    /// Positions by person, role and organisation.
    pub positions: HashMap<(UserId, Role, OrganizationId), position::Model>,
    /// Sessions by region, institution, term and number.
    pub sessions: HashMap<(RegionId, Institution, i32, i32), session::Model>,
    /// Categories by region and name.
    pub categories: HashMap<(RegionId, String), category::Model>,
    /// Every version of every region's rules.
    pub rule_sets: Vec<rule_set::Model>,
    /// Published years.
    pub years: HashMap<i32, calendar_year::Model>,
    /// Days that differ from their week.
    pub days: HashMap<NaiveDate, calendar_day::Model>,
    /// Templates of forms by institution and version.
    pub forms: HashMap<(Institution, i32), feedback_form::Model>,
}

/// What putting a row did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was missing.
    Created,
    /// It was there and said something else.
    Updated,
    /// It was there as wanted.
    Unchanged,
}

/// Reads everything that a roster can name.
pub async fn directories(conn: &impl ConnectionTrait) -> Result<Directories, DbErr> {
    let regions = region::Entity::find().all(conn).await?;
    let organizations = organization::Entity::find().all(conn).await?;
    let duties = duty_clauses::all(conn).await?;
    let people = person::Entity::find().all(conn).await?;
    let positions = position::Entity::find().all(conn).await?;
    let sessions = session::Entity::find().all(conn).await?;
    let categories = category::Entity::find().all(conn).await?;
    let years = calendar_year::Entity::find().all(conn).await?;
    let days = calendar_day::Entity::find().all(conn).await?;
    let forms = feedback_form::Entity::find().all(conn).await?;
    Ok(Directories {
        regions: by(regions, |row| row.code.clone()),
        organizations: by(organizations, |row| row.key.clone()),
        duties,
        people: by(people, |row| row.username.clone()),
        positions: by(positions, |row| (row.person_id, row.role, row.organization_id)),
        sessions: by(sessions, |row| (row.region_id, row.institution, row.term_no, row.session_no)),
        categories: by(categories, |row| (row.region_id, row.name.clone())),
        rule_sets: rule_set::Entity::find().all(conn).await?,
        years: by(years, |row| row.year),
        days: by(days, |row| row.day),
        forms: by(forms, |row| (row.institution, row.version)),
    })
}

/// Which of these sign-in names are taken.
pub async fn taken_names(conn: &impl ConnectionTrait, names: &[String]) -> Result<HashSet<String>, DbErr> {
    let mut taken = HashSet::new();
    for some in names.chunks(NAMES_AT_ONCE) {
        let found: Vec<String> = person::Entity::find()
            .select_only()
            .column(person::Column::Username)
            .filter(person::Column::Username.is_in(some.iter().map(String::as_str)))
            .into_tuple()
            .all(conn)
            .await?;
        taken.extend(found);
    }
    Ok(taken)
}

/// Stores a row as wanted; `found` is the row with the same key as it stands now.
pub async fn put<M, C>(tx: &C, permit: &Permit, found: Option<&M>, wanted: M) -> AppResult<Change>
where
    C: ConnectionTrait,
    M: ModelTrait + PartialEq + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    M::Entity: EntityTrait<Model = M>,
    <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    match found {
        None => {
            save::insert(tx, permit, wanted).await?;
            Ok(Change::Created)
        }
        Some(found) if *found == wanted => Ok(Change::Unchanged),
        Some(_) => {
            wanted.into_active_model().reset_all().update(tx).await?;
            Ok(Change::Updated)
        }
    }
}

fn by<K: std::hash::Hash + Eq, M>(rows: Vec<M>, key: impl Fn(&M) -> K) -> HashMap<K, M> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}
