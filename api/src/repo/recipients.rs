//! Who is told of a happening: the positions behind the parties that [`Happening::told`] names.

use crate::error::AppResult;
use crate::repo::matter::Matter;
use crate::repo::parties;
use chrono::NaiveDate;
use domain::event::{Happening, Party};
use domain::ids::{OrganizationId, PositionId, RegionId, UserId};
use domain::policy::Audience;
use domain::vocabulary::{CosignStatus, Institution, OrganizationKind, Role};
use entity::assignment;
use sea_orm::ConnectionTrait;
use std::collections::{BTreeSet, HashMap};

/// Finds recipients within one transaction, and asks for no body twice.
#[derive(Debug)]
pub struct Recipients {
    today: NaiveDate,
    staff: HashMap<(RegionId, OrganizationKind), Vec<PositionId>>,
    desks: HashMap<(OrganizationId, Desk), Vec<PositionId>>,
    handlers: HashMap<(UserId, OrganizationId), Vec<PositionId>>,
}

/// Whom of an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Desk {
    Liaisons,
    Chiefs,
}

impl Desk {
    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Liaisons => &[Role::Liaison],
            Self::Chiefs => &[Role::AgencyHead, Role::AgencyDeputyHead],
        }
    }
}

impl Recipients {
    /// Those whose positions hold on this day.
    pub fn on(today: NaiveDate) -> Self {
        Self { today, staff: HashMap::new(), desks: HashMap::new(), handlers: HashMap::new() }
    }

    /// Who is told of this happening in this matter, and of this assignment if it concerns one.
    pub async fn of(
        &mut self,
        tx: &impl ConnectionTrait,
        matter: &Matter,
        happening: Happening,
        concerned: Option<&assignment::Model>,
    ) -> AppResult<BTreeSet<PositionId>> {
        let row = &matter.row;
        let mut found = BTreeSet::new();
        for party in happening.told() {
            match party {
                Party::LeadProposer => {
                    found.insert(row.lead_position_id);
                }
                Party::Cosigners => found.extend(matter.cosigners().map(|c| c.position_id)),
                Party::Invited => found.extend(
                    matter.cosignatures.iter().filter(|c| c.status == CosignStatus::Invited).map(|c| c.position_id),
                ),
                Party::MergedProposers => {
                    let people: Vec<UserId> = matter.merged.iter().map(|(_, person)| *person).collect();
                    if !people.is_empty() {
                        let (body, region) = (row.institution, row.region_id);
                        let positions = parties::proposing(tx, &people, body, region, self.today).await?;
                        found.extend(positions.into_iter().map(|p| p.id));
                    }
                }
                Party::Office => {
                    let (kind, role) = match row.institution {
                        Institution::Congress => (OrganizationKind::CongressOffice, Role::CongressOffice),
                        Institution::Cppcc => (OrganizationKind::CppccOffice, Role::CppccOffice),
                    };
                    found.extend(self.staff(tx, row.region_id, kind, role).await?);
                }
                Party::TransferOffice => {
                    let (kind, role) = (OrganizationKind::TransferOffice, Role::TransferOffice);
                    found.extend(self.staff(tx, row.region_id, kind, role).await?);
                }
                Party::AgencyLiaison | Party::AgencyChiefs => {
                    let desk = if *party == Party::AgencyLiaison { Desk::Liaisons } else { Desk::Chiefs };
                    // Without one agency concerned, the whole distribution is.
                    let agencies = match concerned {
                        Some(assignment) => vec![assignment.agency_id],
                        None => released(matter, None),
                    };
                    found.extend(self.desk(tx, &agencies, desk).await?);
                }
                Party::Handler => {
                    if let Some((assignment, handler)) = concerned.and_then(|a| a.handler_id.map(|h| (a, h))) {
                        found.extend(self.handler(tx, handler, assignment.agency_id).await?);
                    }
                }
                Party::OtherAgencies => {
                    let agencies = released(matter, concerned.map(|c| c.agency_id));
                    found.extend(self.desk(tx, &agencies, Desk::Liaisons).await?);
                }
            }
        }
        if happening.audience() == Audience::Instruction {
            // Whoever proposed it is not even told that there is one, whatever hat he wears.
            let lead = std::iter::once(row.lead_proposer_id);
            let others = matter.cosigners().map(|c| c.person_id).chain(matter.merged.iter().map(|(_, person)| *person));
            let proposers: Vec<UserId> = lead.chain(others).collect();
            for position in parties::held_by(tx, &proposers).await? {
                found.remove(&position);
            }
        }
        Ok(found)
    }

    /// Who is told of this happening that concerns these agencies of a region and no matter, agency by agency.
    pub async fn of_agencies(
        &mut self,
        tx: &impl ConnectionTrait,
        region: RegionId,
        agencies: &[OrganizationId],
        happening: Happening,
    ) -> AppResult<Vec<BTreeSet<PositionId>>> {
        let mut found = vec![BTreeSet::new(); agencies.len()];
        for party in happening.told() {
            match party {
                Party::AgencyLiaison | Party::AgencyChiefs => {
                    let desk = if *party == Party::AgencyLiaison { Desk::Liaisons } else { Desk::Chiefs };
                    // Asked for all at once; one by one they are known then.
                    self.desk(tx, agencies, desk).await?;
                    for (agency, told) in agencies.iter().zip(&mut found) {
                        told.extend(self.desk(tx, &[*agency], desk).await?);
                    }
                }
                Party::TransferOffice => {
                    let (kind, role) = (OrganizationKind::TransferOffice, Role::TransferOffice);
                    let staff = self.staff(tx, region, kind, role).await?;
                    found.iter_mut().for_each(|told| told.extend(staff.iter().copied()));
                }
                // All others are what they are to a matter.
                _ => {}
            }
        }
        Ok(found)
    }

    async fn staff(
        &mut self,
        tx: &impl ConnectionTrait,
        region: RegionId,
        kind: OrganizationKind,
        role: Role,
    ) -> AppResult<Vec<PositionId>> {
        if let Some(known) = self.staff.get(&(region, kind)) {
            return Ok(known.clone());
        }
        let found = parties::staff(tx, region, kind, &[role], self.today).await?;
        self.staff.insert((region, kind), found.clone());
        Ok(found)
    }

    async fn desk(
        &mut self,
        tx: &impl ConnectionTrait,
        agencies: &[OrganizationId],
        desk: Desk,
    ) -> AppResult<Vec<PositionId>> {
        let unknown: Vec<_> = agencies.iter().copied().filter(|id| !self.desks.contains_key(&(*id, desk))).collect();
        if !unknown.is_empty() {
            let positions = parties::in_organizations(tx, &unknown, desk.roles(), self.today).await?;
            for agency in unknown {
                let there = positions.iter().filter(|p| p.organization_id == agency).map(|p| p.id).collect();
                self.desks.insert((agency, desk), there);
            }
        }
        Ok(agencies.iter().filter_map(|id| self.desks.get(&(*id, desk))).flatten().copied().collect())
    }

    async fn handler(
        &mut self,
        tx: &impl ConnectionTrait,
        handler: UserId,
        agency: OrganizationId,
    ) -> AppResult<Vec<PositionId>> {
        if let Some(known) = self.handlers.get(&(handler, agency)) {
            return Ok(known.clone());
        }
        let positions = parties::in_agency(tx, handler, agency, &[Role::Handler], self.today).await?;
        let found: Vec<_> = positions.into_iter().map(|p| p.id).collect();
        self.handlers.insert((handler, agency), found.clone());
        Ok(found)
    }
}

/// The agencies to which it is released, but for one.
fn released(matter: &Matter, without: Option<OrganizationId>) -> Vec<OrganizationId> {
    let there = matter.live().filter(|a| a.status.is_released() && Some(a.agency_id) != without);
    there.map(|a| a.agency_id).collect()
}
