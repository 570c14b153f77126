//! Who is reminded: the positions of a region that hold today, read once for a whole piece of work.

use crate::error::AppResult;
use crate::repo::reminders::Subject;
use crate::repo::{parties, portfolios};
use chrono::NaiveDate;
use domain::ids::{OrganizationId, PositionId, RegionId, UserId};
use domain::vocabulary::{Institution, Role};
use sea_orm::ConnectionTrait;
use std::collections::{BTreeSet, HashMap};

/// The people of a region in their positions.
#[derive(Debug, Default)]
pub struct Staff {
    in_agency: HashMap<(OrganizationId, Role), Vec<PositionId>>,
    of_person: HashMap<(UserId, Role), Vec<(OrganizationId, PositionId)>>,
    in_region: HashMap<Role, Vec<PositionId>>,
    answering_for: HashMap<OrganizationId, Vec<PositionId>>,
}

/// An agency's part in a matter, as far as it says who is reminded.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The matter.
    pub subject: &'a Subject,
    /// The agency.
    pub agency: OrganizationId,
    /// The handler, once fixed.
    pub handler: Option<UserId>,
    /// The leaders named in its supervision.
    pub leaders: &'a [UserId],
}

impl Staff {
    /// Reads them.
    pub async fn read(conn: &impl ConnectionTrait, region: RegionId, on: NaiveDate) -> AppResult<Self> {
        let mut staff = Self::default();
        for actor in parties::actors(conn, region, on).await? {
            let body = actor.agency_id.unwrap_or(actor.organization_id);
            staff.in_agency.entry((body, actor.role)).or_default().push(actor.position_id);
            staff.of_person.entry((actor.user_id, actor.role)).or_default().push((body, actor.position_id));
            staff.in_region.entry(actor.role).or_default().push(actor.position_id);
        }
        for (agency, position, _) in portfolios::of_region(conn, region, on).await? {
            staff.answering_for.entry(agency).or_default().push(position);
        }
        Ok(staff)
    }

    /// The positions in these roles that are told of an agency's part, each once.
    pub fn of_part(&self, part: &Part<'_>, roles: &[Role]) -> BTreeSet<PositionId> {
        roles.iter().flat_map(|role| self.one(part, *role)).collect()
    }

    fn one(&self, part: &Part<'_>, role: Role) -> Vec<PositionId> {
        let all = |role| self.in_region.get(&role).cloned().unwrap_or_default();
        let agency = |role| self.in_agency.get(&(part.agency, role)).cloned().unwrap_or_default();
        match role {
            Role::Handler => match part.handler {
                Some(person) => {
                    let posts = self.of_person.get(&(person, role)).into_iter().flatten();
                    posts.filter(|(agency, _)| *agency == part.agency).map(|(_, position)| *position).collect()
                }
                // Nobody is named yet: whoever should name him is told.
                None => agency(Role::Liaison),
            },
            Role::Liaison | Role::AgencyDeputyHead | Role::AgencyHead => agency(role),
            Role::TransferOffice => all(role),
            Role::CongressOffice if part.subject.institution == Institution::Congress => all(role),
            Role::CppccOffice if part.subject.institution == Institution::Cppcc => all(role),
            Role::SupervisingLeader => self.leaders(part, role),
            // An agency that stands in no portfolio is for each of them.
            Role::RegionLeader => match self.leaders(part, role) {
                named if named.is_empty() => self.answering_for.get(&part.agency).cloned().unwrap_or_else(|| all(role)),
                named => named,
            },
            Role::Representative | Role::CommitteeMember => {
                let same_house = role.proposes_to() == Some(part.subject.institution);
                same_house.then_some(part.subject.lead_position_id).into_iter().collect()
            }
            Role::CongressOffice | Role::CppccOffice | Role::Auditor | Role::Administrator => Vec::new(),
        }
    }

    fn leaders(&self, part: &Part<'_>, role: Role) -> Vec<PositionId> {
        let posts = part.leaders.iter().flat_map(|person| self.of_person.get(&(*person, role)).into_iter().flatten());
        posts.map(|(_, position)| *position).collect()
    }
}
