//! One transaction of one person: the tools that every verb uses.

use crate::access::{self, Permit, Seen, background_work};
use crate::bus::Change;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::due_days;
use crate::repo::matter::{self, Matter};
use crate::repo::minutes::Minutes;
use crate::repo::recipients::Recipients;
use crate::repo::save::{self, Versioned};
use crate::repo::trail::{self, Author, Beside, Entry};
use crate::rule_book::Rules;
use chrono::{DateTime, NaiveDate, Utc};
use domain::event::Happening;
use domain::ids::{ConsultationId, OrganizationId, PositionId, SubmissionId};
use domain::lifecycle::submission::derive;
use domain::policy::{Relation, RelationSet};
use domain::rules::calendar::Calendar;
use domain::vocabulary::SubmissionStatus;
use entity::{appraisal, assignment, submission};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait,
    TransactionTrait,
};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// The transaction, the person, and what is written before it ends.
pub struct Work<'a> {
    /// The transaction.
    pub tx: &'a DatabaseTransaction,
    /// Who acts, and when.
    pub cx: &'a Cx,
    known: &'a Known,
    minutes: &'a Minutes,
}

impl std::fmt::Debug for Work<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

/// What the verbs of one transaction need not read again.
struct Known {
    recipients: tokio::sync::Mutex<Recipients>,
    /// Locked and not yet seen by a verb; each is given to one verb, since that one may change it.
    matters: Mutex<HashMap<SubmissionId, Matter>>,
}

impl Known {
    fn nothing(cx: &Cx) -> Self {
        Self { recipients: tokio::sync::Mutex::new(Recipients::on(cx.today())), matters: Mutex::default() }
    }

    fn take(&self, id: SubmissionId) -> Option<Matter> {
        self.matters.lock().unwrap_or_else(PoisonError::into_inner).remove(&id)
    }
}

/// What a verb does with its command.
pub type Verb<C, T> = for<'t> fn(&'t Work<'t>, &'t C) -> BoxFuture<'t, AppResult<T>>;

struct Given<'a, C, T> {
    cx: &'a Cx,
    cmd: &'a C,
    verb: Verb<C, T>,
}

/// Runs a verb in one transaction, and tells subscribers once it is committed.
pub async fn perform<C: Sync, T: Send>(cx: &Cx, cmd: &C, verb: Verb<C, T>) -> AppResult<T> {
    let given = Given { cx, cmd, verb };
    let (value, changes) = cx
        .db()
        .run(&given, |tx, given| {
            Box::pin(async move {
                let (known, minutes) = (Known::nothing(given.cx), Minutes::default());
                let work = Work { tx, cx: given.cx, known: &known, minutes: &minutes };
                let value = (given.verb)(&work, given.cmd).await?;
                let changes = minutes.write(tx, &background_work()).await?;
                Ok((value, changes))
            })
        })
        .await?;
    cx.deps().bus.tell(changes);
    Ok(value)
}

/// How many verbs share one transaction in [`perform_each`]; its rows stay locked until the last of them is done.
const AT_ONCE: usize = 100;

struct GivenEach<'a, C, T> {
    cx: &'a Cx,
    cmds: &'a [C],
    about: fn(&C) -> Option<SubmissionId>,
    verb: Verb<C, T>,
}

/// Runs a verb on many commands, each of which succeeds or fails alone.
///
/// A commit waits for the disk, so that many of them share one: each runs behind a savepoint. The matters that the
/// commands name are locked and read together. When the database itself fails, nothing of that transaction is kept, and
/// its commands run again one by one.
pub async fn perform_each<C: Sync, T: Send>(
    cx: &Cx,
    cmds: &[C],
    about: fn(&C) -> Option<SubmissionId>,
    verb: Verb<C, T>,
) -> Vec<AppResult<T>> {
    let mut results = Vec::with_capacity(cmds.len());
    for some in cmds.chunks(AT_ONCE) {
        let given = GivenEach { cx, cmds: some, about, verb };
        match cx.db().run(&given, |tx, given| Box::pin(each_behind_a_savepoint(tx, given))).await {
            Ok((done, changes)) => {
                cx.deps().bus.tell(changes);
                results.extend(done);
            }
            Err(_) => {
                for cmd in some {
                    results.push(perform(cx, cmd, verb).await);
                }
            }
        }
    }
    results
}

async fn each_behind_a_savepoint<C: Sync, T: Send>(
    tx: &DatabaseTransaction,
    given: &GivenEach<'_, C, T>,
) -> AppResult<(Vec<AppResult<T>>, Vec<Change>)> {
    let known = Known::nothing(given.cx);
    let ids: Vec<SubmissionId> = given.cmds.iter().filter_map(given.about).collect();
    if !ids.is_empty() {
        let matters = matter::lock_many(tx, &ids).await?;
        *known.matters.lock().unwrap_or_else(PoisonError::into_inner) =
            matters.into_iter().map(|matter| (matter.row.id, matter)).collect();
    }
    let minutes = Minutes::default();
    let mut results = Vec::with_capacity(given.cmds.len());
    for cmd in given.cmds {
        let step = tx.begin().await?;
        let own = Minutes::default();
        match (given.verb)(&Work { tx: &step, cx: given.cx, known: &known, minutes: &own }, cmd).await {
            Ok(value) => {
                step.commit().await?;
                minutes.add(own);
                results.push(Ok(value));
            }
            Err(AppError::Database(error)) => return Err(error.into()),
            Err(error) => {
                step.rollback().await?;
                results.push(Err(error));
            }
        }
    }
    let changes = minutes.write(tx, &background_work()).await?;
    Ok((results, changes))
}

impl Work<'_> {
    /// The instant of the request.
    pub fn now(&self) -> DateTime<Utc> {
        self.cx.now()
    }

    /// The day of the request.
    pub fn today(&self) -> NaiveDate {
        self.cx.today()
    }

    /// Locks a submission and gives it as the person may see it.
    pub async fn see(&self, id: SubmissionId) -> AppResult<Seen> {
        let matter = match self.known.take(id) {
            Some(matter) => Some(matter),
            None => matter::load(self.tx, id, true).await?,
        };
        access::see(self.cx, self.tx, matter).await
    }

    /// The rules with which the matter began.
    pub async fn rules(&self, row: &submission::Model) -> AppResult<Arc<Rules>> {
        let book = &self.cx.deps().rules;
        match row.rule_set_id {
            Some(id) => book.get(self.tx, id).await,
            None => book.current(self.tx, row.region_id, Some(row.institution), self.today()).await,
        }
    }

    /// The working-day calendar of the person's region, which is that of every matter that he may move.
    pub async fn calendar(&self) -> AppResult<Arc<Calendar>> {
        self.cx.deps().rules.calendar(self.tx, self.cx.actor.region_id).await
    }

    /// Stores a new row.
    pub async fn insert<M>(&self, permit: &Permit, model: M) -> AppResult<()>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + 'static,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        self.minutes.touch(&model);
        save::insert(self.tx, permit, model).await
    }

    /// Stores a changed row, unless somebody else was faster; a due day that is new is noted with the day.
    pub async fn update<M>(&self, permit: &Permit, model: &mut M) -> AppResult<()>
    where
        M: Versioned + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Clone + 'static,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        save::update(self.tx, permit, model).await?;
        self.minutes.touch(model);
        let part = (&*model as &dyn std::any::Any).downcast_ref::<assignment::Model>();
        if let Some(row) = part.and_then(|part| due_days::noted(part, self.today())) {
            self.minutes.due(row);
        }
        Ok(())
    }

    /// Records what happened and tells those who are to know, as the matter stands now.
    pub async fn record(&self, _permit: &Permit, matter: &Matter, entry: Entry<'_>) -> AppResult<()> {
        let mut recipients = self.known.recipients.lock().await;
        let author = Author::person(self.cx);
        self.minutes.record(trail::compose(self.tx, &author, &mut recipients, matter, &entry).await?);
        Ok(())
    }

    /// Tells subscribers that a question at the consultation desk changed, and these positions why.
    pub fn tell_at_desk(
        &self,
        _permit: &Permit,
        id: ConsultationId,
        notice: Option<(Happening, BTreeSet<PositionId>)>,
    ) {
        let author = Author::person(self.cx);
        let notices = |(happening, to)| trail::beside(&author, Beside::Consultation(id), happening, to);
        self.minutes.tell([Change::Consultation(id)], notice.map(notices).unwrap_or_default());
    }

    /// Tells of appraisals, each to those whom the happening concerns at its agency or office.
    pub async fn tell_of_appraisals(
        &self,
        _permit: &Permit,
        happening: Happening,
        rows: &[appraisal::Model],
    ) -> AppResult<()> {
        let Some(region) = rows.first().map(|row| row.region_id) else { return Ok(()) };
        let agencies: Vec<OrganizationId> = rows.iter().map(|row| row.agency_id).collect();
        let mut recipients = self.known.recipients.lock().await;
        let told = recipients.of_agencies(self.tx, region, &agencies, happening).await?;
        let author = Author::person(self.cx);
        for (row, to) in rows.iter().zip(told) {
            self.minutes.tell([], trail::beside(&author, Beside::Appraisal(row.id), happening, to));
        }
        Ok(())
    }

    /// Stores what follows for the submission from its assignments: state, round and due day.
    pub async fn follow(&self, permit: &Permit, matter: &mut Matter) -> AppResult<()> {
        let parts: Vec<_> = matter.assignments.iter().map(|a| (a.role, a.status)).collect();
        let before = matter.row.status;
        let released =
            matches!(before, SubmissionStatus::Assigned | SubmissionStatus::Handling | SubmissionStatus::Replied);
        let after = if released { derive(&parts).unwrap_or(before) } else { before };
        let due_on = matter.due_on();
        let round = matter.live().map(|a| a.round).max().unwrap_or(matter.row.round);
        if after == before && due_on == matter.row.due_on && round == matter.row.round {
            return Ok(());
        }
        matter.row.status = after;
        matter.row.due_on = due_on;
        matter.row.round = round;
        if after == SubmissionStatus::Closed {
            matter.row.closed_at = Some(self.now());
        }
        self.update(permit, &mut matter.row).await?;
        if after == SubmissionStatus::Closed && before != after {
            let id = matter.row.id;
            self.record(permit, matter, Entry::new(Happening::Closed, id).from_to(before.code(), after.code())).await?;
        }
        Ok(())
    }

    /// What the person is to one assignment.
    pub fn part(&self, assignment: &assignment::Model) -> RelationSet {
        part(self.cx, assignment)
    }
}

/// What the person is to one assignment.
pub fn part(cx: &Cx, assignment: &assignment::Model) -> RelationSet {
    RelationSet::EMPTY
        .with_if(Relation::OwnAgency, cx.actor.agency_id == Some(assignment.agency_id))
        .with_if(Relation::OwnHandler, assignment.handler_id == Some(cx.actor.user_id))
}

/// The assignment with this id among those of the matter.
pub fn find_assignment(matter: &Matter, id: domain::ids::AssignmentId) -> AppResult<usize> {
    matter.assignments.iter().position(|a| a.id == id).ok_or(AppError::NotFound)
}
