//! What papers say of a matter, as far as its reader may know it.

use crate::access::{self, Seen};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::{directory, matter};
use domain::ids::{OrganizationId, PositionId, SubmissionId, UserId};
use domain::language::Language;
use domain::policy::Action;
use domain::vocabulary::{AssignmentStatus, Institution, OrganizationKind, SessionPhase};
use entity::{assignment, organization, person, position, region, session};
use papers::data;
use std::collections::HashMap;

/// A matter with the names around it.
pub struct Facts {
    /// The matter as its reader sees it.
    pub seen: Seen,
    /// The region.
    pub region: region::Model,
    session: Option<session::Model>,
    people: HashMap<UserId, person::Model>,
    bodies: HashMap<OrganizationId, organization::Model>,
    positions: HashMap<PositionId, position::Model>,
}

impl Facts {
    /// Reads them.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for what the person may not know to exist.
    pub async fn read(cx: &Cx, id: SubmissionId) -> AppResult<Self> {
        let conn = cx.db().reader();
        let seen = access::see(cx, conn, matter::load(conn, id, false).await?).await?;
        let row = &seen.matter.row;
        let region = directory::regions(conn, &[row.region_id]).await?.remove(&row.region_id);
        let session = match row.session_id {
            Some(id) => directory::sessions(conn, &[id]).await?.remove(&id),
            None => None,
        };
        let mut people: Vec<UserId> = vec![row.lead_proposer_id];
        people.extend(seen.matter.cosigners().map(|one| one.person_id));
        people.extend(seen.matter.merged.iter().map(|(_, person)| *person));
        people.extend(seen.matter.assignments.iter().flat_map(|part| [part.leader_id, part.handler_id]).flatten());
        let mut positions: Vec<PositionId> = vec![row.lead_position_id];
        positions.extend(seen.matter.cosigners().map(|one| one.position_id));
        let positions = directory::positions(conn, &positions).await?;
        let mut bodies: Vec<OrganizationId> = seen.matter.assignments.iter().map(|part| part.agency_id).collect();
        bodies.extend(row.suggested_agency_ids.0.iter().copied());
        bodies.extend(positions.values().map(|position| position.organization_id));
        bodies.extend([row.office_id, row.transfer_office_id].into_iter().flatten());
        Ok(Self {
            region: region.ok_or_else(|| AppError::Internal("a matter without its region".into()))?,
            session,
            people: directory::people(conn, &people).await?,
            bodies: directory::organizations(conn, &bodies).await?,
            positions,
            seen,
        })
    }

    /// The name of a person; empty for one who is not named here.
    pub fn person(&self, id: UserId) -> String {
        self.people.get(&id).map(|row| row.name.clone()).unwrap_or_default()
    }

    /// The name of a body; empty for one that is not named here.
    pub fn body(&self, id: OrganizationId) -> String {
        self.bodies.get(&id).map(|row| row.name.clone()).unwrap_or_default()
    }

    /// The delegation or sector to which a proposer belongs in this position; none for another position.
    pub fn group(&self, position: PositionId) -> Option<String> {
        let body = self.bodies.get(&self.positions.get(&position)?.organization_id)?;
        matches!(body.kind, OrganizationKind::Delegation | OrganizationKind::Sector).then(|| body.name.clone())
    }

    /// Whether the reader may know who proposed it.
    pub fn shows_proposer(&self) -> bool {
        self.seen.may(Action::ReadProposer)
    }

    /// Everybody to whom a reply is written: the body or lead proposer, those who signed, and the proposers of matters merged
    /// into it; whom the reader may not know is not named.
    pub fn addressees(&self) -> Vec<data::Person> {
        let row = &self.seen.matter.row;
        let honorific = match row.institution {
            Institution::Congress => "代表",
            Institution::Cppcc => "委员",
        };
        if !self.shows_proposer() {
            return vec![data::Person { name: "提出".into(), honorific: honorific.into() }];
        }
        let body = row.collective_name.clone().map(|name| data::Person { name, honorific: String::new() });
        let mut people: Vec<UserId> = Vec::new();
        if body.is_none() {
            people.push(row.lead_proposer_id);
        }
        people.extend(self.seen.matter.cosigners().map(|one| one.person_id));
        people.extend(self.seen.matter.merged.iter().map(|(_, person)| *person));
        let mut named = std::collections::HashSet::new();
        let each = people.into_iter().filter(|id| named.insert(*id));
        let persons = each.map(|id| data::Person { name: self.person(id), honorific: honorific.into() });
        body.into_iter().chain(persons).collect()
    }

    /// The assignments that the reader may know of, of the present distribution.
    pub fn parts(&self) -> impl Iterator<Item = &assignment::Model> {
        let plans = self.seen.may(Action::ReadPlanned);
        self.seen.matter.live().filter(move |part| plans || part.status != AssignmentStatus::Planned)
    }

    /// The names of the agencies that answer, or that do not.
    pub fn agencies(&self, answering: bool) -> Vec<String> {
        self.parts().filter(|part| part.role.answers() == answering).map(|part| self.body(part.agency_id)).collect()
    }

    /// The heading of its papers.
    pub fn matter(&self) -> data::Matter {
        let row = &self.seen.matter.row;
        data::Matter {
            meeting: meeting(&self.region, self.session.as_ref(), row.institution),
            off_session: row.phase == Some(SessionPhase::OffSession),
            kind: row.kind.label(Language::Zh).to_owned(),
            case_no: row.case_no.map(|number| number.to_string()).unwrap_or_default(),
            title: row.title.clone(),
        }
    }
}

/// How a session is named on papers; without one the institution alone.
pub fn meeting(region: &region::Model, session: Option<&session::Model>, institution: Institution) -> data::Meeting {
    let of = match institution {
        Institution::Congress => data::Institution::Congress,
        Institution::Cppcc => data::Institution::Cppcc,
    };
    let short = region.name.chars().last().map(String::from).unwrap_or_default();
    let number = |value: i32| u32::try_from(value).unwrap_or_default();
    match session {
        Some(session) => {
            data::Meeting::numbered(of, &region.name, &short, number(session.term_no), number(session.session_no))
        }
        None => {
            let (title, short_title) = match institution {
                Institution::Congress => (format!("{}人民代表大会", region.name), format!("{short}人大")),
                Institution::Cppcc => (format!("政协{}委员会", region.name), format!("{short}政协")),
            };
            data::Meeting { institution: of, title, short_title }
        }
    }
}
