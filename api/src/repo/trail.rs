//! Writes the trail and the notifications, in the transaction that changes the state.

use crate::access::Permit;
use crate::bus::Change;
use crate::cx::{Cx, Deps};
use crate::error::AppResult;
use crate::repo::matter::Matter;
use crate::repo::recipients::Recipients;
use crate::repo::save;
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use domain::event::Happening;
use domain::ids::{
    AppraisalId, ConsultationId, EventId, NotificationId, PositionId, RegionId, RuleSetId, SubmissionId,
};
use domain::rules::legal_day::legal_day;
use entity::{assignment, event, notification, submission};
use sea_orm::ConnectionTrait;
use std::collections::{BTreeSet, HashSet};
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
pub struct Told(Mutex<Noted>);

/// What was noted, in order and each once.
#[derive(Debug, Default)]
struct Noted {
    changes: Vec<Change>,
    seen: HashSet<Change>,
}

impl Told {
    /// Forgets what a failed attempt noted.
    pub fn forget(&self) {
        *self.lock() = Noted::default();
    }

    /// Takes what is to be told.
    pub fn take(&self) -> Vec<Change> {
        std::mem::take(&mut *self.lock()).changes
    }

    /// Notes changes; the same one again is told once.
    pub fn note_all(&self, changes: impl IntoIterator<Item = Change>) {
        let mut noted = self.lock();
        for change in changes {
            if noted.seen.insert(change) {
                noted.changes.push(change);
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Noted> {
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

    /// The person, if one acts.
    pub fn actor(&self) -> Option<&'a Actor> {
        self.actor
    }

    /// The request, as in the log; for the server itself its work.
    pub fn request_id(&self) -> &'a str {
        self.request_id
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

/// Records many entries at once: as many statements for a thousand as for one, as long as the same people are told.
pub async fn record_all(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    permit: &Permit,
    told: &Told,
    entries: &[(&Matter, Entry<'_>)],
) -> AppResult<()> {
    let mut recipients = Recipients::on(legal_day(author.now));
    let (mut events, mut notices) = (Vec::new(), Vec::new());
    for (matter, entry) in entries {
        let (event, own) = compose(tx, author, &mut recipients, matter, entry).await?;
        events.push(event);
        notices.extend(own);
    }
    store(tx, permit, told, events, notices).await
}

/// The entry as a row, with the notices to those who are to know: everybody but the person who acts.
pub async fn compose(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    recipients: &mut Recipients,
    matter: &Matter,
    entry: &Entry<'_>,
) -> AppResult<(event::Model, Vec<notification::Model>)> {
    let event = event_of(author, About::from(&matter.row), entry);
    let mut positions = recipients.of(tx, matter, entry.happening, entry.assignment).await?;
    if let Some(actor) = author.actor {
        positions.remove(&actor.position_id);
    }
    let (submission, written) = (matter.row.id, event.id);
    let notice = |position| notice_of(author, &Notice { id: author.id(), position, submission, event: written, entry });
    let notices = positions.into_iter().map(notice).collect();
    Ok((event, notices))
}

/// Stores entries with their notices, and notes both for subscribers.
pub async fn store(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    told: &Told,
    events: Vec<event::Model>,
    notices: Vec<notification::Model>,
) -> AppResult<()> {
    told.note_all(events.iter().map(|row| Change::Submission(row.submission_id)));
    told.note_all(notices.iter().map(|row| Change::Notification(row.position_id, row.id)));
    save::insert_all(tx, permit, events).await?;
    save::insert_all(tx, permit, notices).await
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
    let row = event_of(author, about, entry);
    let id = row.id;
    save::insert(tx, permit, row).await?;
    told.note_all([Change::Submission(about.submission)]);
    Ok(id)
}

fn event_of(author: &Author<'_>, about: About, entry: &Entry<'_>) -> event::Model {
    event::Model {
        id: author.id(),
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
    }
}

/// Tells one position of an entry that was written.
pub async fn notify(
    tx: &impl ConnectionTrait,
    author: &Author<'_>,
    permit: &Permit,
    told: &Told,
    notice: Notice<'_>,
) -> AppResult<()> {
    save::insert(tx, permit, notice_of(author, &notice)).await?;
    told.note_all([Change::Notification(notice.position, notice.id)]);
    Ok(())
}

/// What a notice may be about beside a matter; the object itself is the record of what happened.
#[derive(Clone, Copy, Debug)]
pub enum Beside {
    /// A question at the consultation desk.
    Consultation(ConsultationId),
    /// An appraisal.
    Appraisal(AppraisalId),
}

/// The notices to these positions of something that stands on no trail of a matter: to everybody but the person who acts.
/// Each is its own event.
pub fn beside(
    author: &Author<'_>,
    about: Beside,
    happening: Happening,
    mut to: BTreeSet<PositionId>,
) -> Vec<notification::Model> {
    if let Some(actor) = author.actor {
        to.remove(&actor.position_id);
    }
    let (consultation_id, appraisal_id) = match about {
        Beside::Consultation(id) => (Some(id), None),
        Beside::Appraisal(id) => (None, Some(id)),
    };
    let notice_for = |position_id: PositionId| {
        let id: NotificationId = author.id();
        notification::Model {
            id,
            position_id,
            submission_id: None,
            consultation_id,
            appraisal_id,
            event_id: EventId(id.0),
            happening: happening.code().to_owned(),
            detail: None,
            at: author.now,
            read_at: None,
            dispatched_at: None,
        }
    };
    to.into_iter().map(notice_for).collect()
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

fn notice_of(author: &Author<'_>, notice: &Notice<'_>) -> notification::Model {
    let Notice { id, position, submission, event, entry } = *notice;
    notification::Model {
        id,
        position_id: position,
        submission_id: Some(submission),
        consultation_id: None,
        appraisal_id: None,
        event_id: event,
        happening: entry.happening.code().to_owned(),
        detail: entry.detail.clone(),
        at: author.now,
        read_at: None,
        dispatched_at: None,
    }
}
