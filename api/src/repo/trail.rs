//! Writes the trail and the notifications, in the transaction that changes the state.

use crate::access::Permit;
use crate::bus::Change;
use crate::cx::{Cx, Deps};
use crate::error::AppResult;
use crate::repo::matter::Matter;
use crate::repo::{parties, save};
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use domain::event::{Happening, Party};
use domain::ids::{EventId, NotificationId, OrganizationId, PositionId, RegionId, RuleSetId, SubmissionId, UserId};
use domain::policy::Audience;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{CosignStatus, Institution, OrganizationKind, Role};
use entity::{assignment, event, notification, submission};
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

/// Who writes an entry of the trail, and when: a person in one position, or the server itself.
#[derive(Clone, Copy, Debug)]
pub struct Author<'a> {
    deps: &'a Deps,
    now: DateTime<Utc>,
    actor: Option<&'a Actor>,
    request_id: &'a str,
}

impl<'a> Author<'a> {
    /// The person of a request.
    pub fn person(cx: &'a Cx) -> Self {
        Self { deps: cx.deps(), now: cx.now(), actor: Some(&cx.actor), request_id: &cx.caller.request_id }
    }

    /// The server itself; `task` names the work in place of a request.
    pub fn server(deps: &'a Deps, now: DateTime<Utc>, task: &'a str) -> Self {
        Self { deps, now, actor: None, request_id: task }
    }

    /// When.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new id.
    pub fn id<T: From<uuid::Uuid>>(&self) -> T {
        self.deps.ids.make(self.now)
    }

    /// Whether the clock is one of rehearsal.
    pub fn is_rehearsal(&self) -> bool {
        self.deps.clock.is_rehearsal()
    }
}

/// The submission that an entry is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Which.
    pub submission: SubmissionId,
    /// Its region.
    pub region: RegionId,
    /// The rules with which it began.
    pub rules: Option<RuleSetId>,
}

impl From<&submission::Model> for About {
    fn from(row: &submission::Model) -> Self {
        Self { submission: row.id, region: row.region_id, rules: row.rule_set_id }
    }
}

/// Records what happened and tells those who are to know.
pub async fn record(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    permit: &Permit,
    told: &Told,
    matter: &Matter,
    entry: Entry<'_>,
) -> AppResult<()> {
    let event = write(tx, author, permit, told, About::from(&matter.row), &entry).await?;
    for position in recipients(tx, author, matter, entry.happening, entry.assignment).await? {
        let notice = Notice { id: author.id(), position, submission: matter.row.id, event, entry: &entry };
        notify(tx, author, permit, told, notice).await?;
    }
    Ok(())
}

/// Writes the entry alone.
pub async fn write(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    permit: &Permit,
    told: &Told,
    about: About,
    entry: &Entry<'_>,
) -> AppResult<EventId> {
    let id: EventId = author.id();
    let row = event::Model {
        id,
        submission_id: about.submission,
        assignment_id: entry.assignment.map(|a| a.id),
        agency_id: entry.assignment.map(|a| a.agency_id),
        region_id: about.region,
        at: author.now,
        happening: entry.happening.code().to_owned(),
        audience: entry.happening.audience(),
        actor_id: author.actor.map(|actor| actor.user_id),
        position_id: author.actor.map(|actor| actor.position_id),
        subject: entry.subject.clone(),
        from_status: entry.change.map(|(from, _)| from.to_owned()),
        to_status: entry.change.map(|(_, to)| to.to_owned()),
        detail: entry.detail.clone(),
        rule_set_id: about.rules,
        rehearsal: author.is_rehearsal(),
        request_id: author.request_id.to_owned(),
    };
    save::insert(tx, permit, row).await?;
    told.note(Change::Submission(about.submission));
    Ok(id)
}

/// Tells one position of an entry that was written.
pub async fn notify(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    permit: &Permit,
    told: &Told,
    notice: Notice<'_>,
) -> AppResult<()> {
    let Notice { id, position, submission, event, entry } = notice;
    let row = notification::Model {
        id,
        position_id: position,
        submission_id: Some(submission),
        event_id: event,
        happening: entry.happening.code().to_owned(),
        detail: entry.detail.clone(),
        at: author.now,
        read_at: None,
        dispatched_at: None,
    };
    save::insert(tx, permit, row).await?;
    told.note(Change::Notification(position, id));
    Ok(())
}

/// One position that is told of an entry.
#[derive(Debug)]
pub struct Notice<'a> {
    /// The id that the notification gets.
    pub id: NotificationId,
    /// Who is told.
    pub position: PositionId,
    /// About which submission.
    pub submission: SubmissionId,
    /// Because of which entry.
    pub event: EventId,
    /// The entry.
    pub entry: &'a Entry<'a>,
}

async fn recipients(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    matter: &Matter,
    happening: Happening,
    concerned: Option<&assignment::Model>,
) -> AppResult<BTreeSet<PositionId>> {
    let today = legal_day(author.now);
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
    if happening.audience() == Audience::Instruction {
        // Whoever proposed it is not even told that there is one, whatever hat he wears.
        let lead = std::iter::once(row.lead_proposer_id);
        let others = matter.cosigners().map(|c| c.person_id).chain(matter.merged.iter().map(|(_, person)| *person));
        let proposers: Vec<UserId> = lead.chain(others).collect();
        for position in parties::held_by(tx, &proposers).await? {
            found.remove(&position);
        }
    }
    if let Some(actor) = author.actor {
        found.remove(&actor.position_id);
    }
    Ok(found)
}
