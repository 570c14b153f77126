//! Who proposed what a ledger tells: a deputy or member of the region by his name, or somebody without an account.
//!
//! A ledger knows names alone. A name that one active deputy of the institution bears is his; any other is a former
//! deputy, or a collective, who becomes a person that cannot sign in, once for each name. Whoever kept the ledger is one
//! more such person, named for the ledger itself: nobody else wrote those rows here.

use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::ledger;
use chrono::{DateTime, Utc};
use domain::ids::{OrganizationId, PositionId, RegionId, UserId};
use domain::vocabulary::{Institution, OrganizationKind, Role};
use entity::{organization, person, position};
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

/// The sign-in name of the person in whose name rows of ledgers are written.
const KEEPER: &str = "ledger";

/// Proposers by name, and those that are new.
#[derive(Debug)]
pub struct People {
    now: DateTime<Utc>,
    by_name: HashMap<(Role, String), Option<(UserId, PositionId)>>,
    former: HashMap<(Role, String), (UserId, PositionId)>,
    bodies: HashMap<Role, OrganizationId>,
    /// The person in whose name rows are written.
    pub keeper: UserId,
    /// People to be stored.
    pub new_people: Vec<person::Model>,
    /// Positions to be stored.
    pub new_positions: Vec<position::Model>,
}

impl People {
    /// Reads who proposes and proposed in the region.
    pub async fn read(
        conn: &impl ConnectionTrait,
        deps: &Deps,
        now: DateTime<Utc>,
        region: RegionId,
        bodies: &[organization::Model],
    ) -> AppResult<Self> {
        let office = |kind| bodies.iter().find(|body| body.kind == kind).map(|body| body.id);
        let offices = [
            (Role::Representative, office(OrganizationKind::CongressOffice)),
            (Role::CommitteeMember, office(OrganizationKind::CppccOffice)),
        ];
        let mut people = Self {
            now,
            by_name: HashMap::new(),
            former: HashMap::new(),
            bodies: offices.into_iter().filter_map(|(role, body)| Some((role, body?))).collect(),
            keeper: deps.ids.make(now),
            new_people: Vec::new(),
            new_positions: Vec::new(),
        };
        match ledger::person(conn, KEEPER).await? {
            Some(keeper) => people.keeper = keeper.id,
            None => people.new_people.push(without_account(people.keeper, KEEPER.into(), "历史台账", now)),
        }
        for (position, person) in ledger::proposers(conn, region).await? {
            let Some(person) = person else { continue };
            let key = (position.role, person.name);
            let found = (position.person_id, position.id);
            if position.revoked_at.is_none() && person.disabled_at.is_none() {
                // Two of the same name are told apart by nobody but themselves.
                people.by_name.entry(key).and_modify(|one| *one = None).or_insert(Some(found));
            } else {
                people.former.entry(key).or_insert(found);
            }
        }
        Ok(people)
    }

    /// The proposer of this name, made if he is new; none when the region has no office of the institution.
    pub fn proposer(&mut self, deps: &Deps, institution: Institution, name: &str) -> Option<(UserId, PositionId)> {
        let role = match institution {
            Institution::Congress => Role::Representative,
            Institution::Cppcc => Role::CommitteeMember,
        };
        let key = (role, name.to_owned());
        if let Some(found) = self.by_name.get(&key).copied().flatten().or_else(|| self.former.get(&key).copied()) {
            return Some(found);
        }
        let body = *self.bodies.get(&role)?;
        let id: UserId = deps.ids.make(self.now);
        self.new_people.push(without_account(id, format!("{KEEPER}-{}", id.0.simple()), name, self.now));
        let place = position::Model {
            id: deps.ids.make(self.now),
            person_id: id,
            role,
            organization_id: body,
            starts_on: None,
            ends_on: None,
            revoked_at: Some(self.now),
        };
        let found = (id, place.id);
        self.new_positions.push(place);
        self.former.insert(key, found);
        Some(found)
    }
}

/// Somebody who can never sign in: a disabled person is refused before any password is looked at.
fn without_account(id: UserId, username: String, name: &str, now: DateTime<Utc>) -> person::Model {
    person::Model {
        id,
        username,
        name: name.to_owned(),
        email: None,
        mobile: None,
        password_hash: "-".into(),
        password_changed_at: now,
        disabled_at: Some(now),
    }
}
