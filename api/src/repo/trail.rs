//! Writes the trail and the notifications, in the transaction that changes the state.

use crate::access::Permit;
use crate::bus::Change;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::matter::Matter;
use crate::repo::{parties, save};
use domain::event::{Happening, Party};
use domain::ids::{EventId, NotificationId, OrganizationId, PositionId, UserId};
use domain::vocabulary::{CosignStatus, Institution, OrganizationKind, Role};
use entity::{assignment, event, notification};
use sea_orm::ConnectionTrait;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// What happened, for one entry of the trail.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The happening.
    pub happening: Happening,
    /// The assignment concerned, if one is.
    pub assignment: Option<&'a assignment::Model>,
    /// The id of the object that changed.
    pub subject: String,
    /// State before and after, if it changed.
    pub change: Option<(&'static str, &'static str)>,
    /// Reason or detail in words.
    pub detail: Option<String>,
}

impl<'a> Entry<'a> {
    /// An entry about the submission itself.
    pub fn new(happening: Happening, subject: impl ToString) -> Self {
        Self { happening, assignment: None, subject: subject.to_string(), change: None, detail: None }
    }

    /// Names the assignment concerned.
    #[must_use]
    pub fn of(mut self, assignment: &'a assignment::Model) -> Self {
        self.assignment = Some(assignment);
        self
    }

    /// Names the states before and after.
    #[must_use]
    pub fn from_to(mut self, from: &'static str, to: &'static str) -> Self {
        self.change = Some((from, to));
        self
    }

    /// Adds a reason or detail.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// The changes of one transaction, told to subscribers once it is committed.
///
/// A transaction that is tried again begins with [`Told::forget`].
#[derive(Debug, Default)]
pub struct Told(Mutex<Vec<Change>>);

impl Told {
    /// Forgets what a failed attempt noted.
    pub fn forget(&self) {
        self.lock().clear();
    }

    /// Takes what is to be told.
    pub fn take(&self) -> Vec<Change> {
        std::mem::take(&mut self.lock())
    }

    fn note(&self, change: Change) {
        let mut noted = self.lock();
        if !noted.contains(&change) {
            noted.push(change);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Change>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Records what happened and tells those who are to know.
pub async fn record(
    tx: &impl ConnectionTrait,
    cx: &Cx,
    permit: &Permit,
    told: &Told,
    matter: &Matter,
    entry: Entry<'_>,
) -> AppResult<()> {
    let id: EventId = cx.id();
    let row = event::Model {
        id,
        submission_id: matter.row.id,
        assignment_id: entry.assignment.map(|a| a.id),
        agency_id: entry.assignment.map(|a| a.agency_id),
        region_id: matter.row.region_id,
        at: cx.now(),
        happening: entry.happening.code().to_owned(),
        audience: entry.happening.audience(),
        actor_id: Some(cx.actor.user_id),
        position_id: Some(cx.actor.position_id),
        subject: entry.subject,
        from_status: entry.change.map(|(from, _)| from.to_owned()),
        to_status: entry.change.map(|(_, to)| to.to_owned()),
        detail: entry.detail.clone(),
        rule_set_id: matter.row.rule_set_id,
        rehearsal: cx.deps().clock.is_rehearsal(),
        request_id: cx.caller.request_id.clone(),
    };
    save::insert(tx, permit, row).await?;
    told.note(Change::Submission(matter.row.id));
    for position in recipients(tx, cx, matter, entry.happening, entry.assignment).await? {
        let notice = notification::Model {
            id: cx.id::<NotificationId>(),
            position_id: position,
            submission_id: Some(matter.row.id),
            event_id: id,
            happening: entry.happening.code().to_owned(),
            detail: entry.detail.clone(),
            at: cx.now(),
            read_at: None,
        };
        told.note(Change::Notification(position, notice.id));
        save::insert(tx, permit, notice).await?;
    }
    Ok(())
}

async fn recipients(
    tx: &impl ConnectionTrait,
    cx: &Cx,
    matter: &Matter,
    happening: Happening,
    concerned: Option<&assignment::Model>,
) -> AppResult<BTreeSet<PositionId>> {
    let today = cx.today();
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
                    let positions = parties::proposing(tx, &people, row.institution, row.region_id, today).await?;
                    found.extend(positions.into_iter().map(|p| p.id));
                }
            }
            Party::Office => {
                let (kind, role) = match row.institution {
                    Institution::Congress => (OrganizationKind::CongressOffice, Role::CongressOffice),
                    Institution::Cppcc => (OrganizationKind::CppccOffice, Role::CppccOffice),
                };
                found.extend(parties::staff(tx, row.region_id, kind, &[role], today).await?);
            }
            Party::TransferOffice => {
                let kind = OrganizationKind::TransferOffice;
                found.extend(parties::staff(tx, row.region_id, kind, &[Role::TransferOffice], today).await?);
            }
            Party::AgencyLiaison | Party::AgencyChiefs => {
                let roles: &[Role] = if *party == Party::AgencyLiaison {
                    &[Role::Liaison]
                } else {
                    &[Role::AgencyHead, Role::AgencyDeputyHead]
                };
                // Without one agency concerned, the whole distribution is.
                let agencies: Vec<OrganizationId> = match concerned {
                    Some(assignment) => vec![assignment.agency_id],
                    None => matter.live().filter(|a| a.status.is_released()).map(|a| a.agency_id).collect(),
                };
                let positions = parties::in_organizations(tx, &agencies, roles, today).await?;
                found.extend(positions.into_iter().map(|p| p.id));
            }
            Party::Handler => {
                if let Some((assignment, handler)) = concerned.and_then(|a| a.handler_id.map(|h| (a, h))) {
                    let positions =
                        parties::in_agency(tx, handler, assignment.agency_id, &[Role::Handler], today).await?;
                    found.extend(positions.into_iter().map(|p| p.id));
                }
            }
            Party::OtherAgencies => {
                let agencies: Vec<OrganizationId> = matter
                    .live()
                    .filter(|a| a.status.is_released() && concerned.is_none_or(|c| c.agency_id != a.agency_id))
                    .map(|a| a.agency_id)
                    .collect();
                let positions = parties::in_organizations(tx, &agencies, &[Role::Liaison], today).await?;
                found.extend(positions.into_iter().map(|p| p.id));
            }
        }
    }
    found.remove(&cx.actor.position_id);
    Ok(found)
}
