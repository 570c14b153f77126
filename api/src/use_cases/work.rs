//! One transaction of one person: the tools that every verb uses.

use crate::access::{self, Permit, Seen, background_work};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::due_days;
use crate::repo::matter::{self, Matter};
use crate::repo::recipients::Recipients;
use crate::repo::save::{self, Versioned};
use crate::repo::statistics::facts::Touched;
use crate::repo::trail::{self, Author, Beside, Entry, Told};
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
use std::collections::BTreeSet;
use std::sync::Arc;

/// The transaction, the person, and what is to be told after the commit.
pub struct Work<'a> {
    /// The transaction.
    pub tx: &'a DatabaseTransaction,
    /// Who acts, and when.
    pub cx: &'a Cx,
    told: &'a Told,
    touched: &'a Touched,
}

impl std::fmt::Debug for Work<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

/// What a verb does with its command.
pub type Verb<C, T> = for<'t> fn(&'t Work<'t>, &'t C) -> BoxFuture<'t, AppResult<T>>;

struct Given<'a, C, T> {
    cx: &'a Cx,
    cmd: &'a C,
    told: &'a Told,
    touched: &'a Touched,
    verb: Verb<C, T>,
}

/// Runs a verb in one transaction, and tells subscribers once it is committed.
pub async fn perform<C: Sync, T: Send>(cx: &Cx, cmd: &C, verb: Verb<C, T>) -> AppResult<T> {
    let (told, touched) = (Told::default(), Touched::default());
    let given = Given { cx, cmd, told: &told, touched: &touched, verb };
    let value = cx
        .db()
        .run(&given, |tx, given| {
            Box::pin(async move {
                given.told.forget();
                given.touched.forget();
                let work = Work { tx, cx: given.cx, told: given.told, touched: given.touched };
                let value = (given.verb)(&work, given.cmd).await?;
                given.touched.renew(tx, &background_work()).await?;
                Ok(value)
            })
        })
        .await?;
    cx.deps().bus.tell(told.take());
    Ok(value)
}

/// How many verbs share one transaction in [`perform_each`]; its rows stay locked until the last of them is done.
const AT_ONCE: usize = 100;

struct GivenEach<'a, C, T> {
    cx: &'a Cx,
    cmds: &'a [C],
    told: &'a Told,
    verb: Verb<C, T>,
}

/// Runs a verb on many commands, each of which succeeds or fails alone.
///
/// A commit waits for the disk, so that many of them share one: each runs behind a savepoint. When the database
/// itself fails, nothing of that transaction is kept, and its commands run again one by one.
pub async fn perform_each<C: Sync, T: Send>(cx: &Cx, cmds: &[C], verb: Verb<C, T>) -> Vec<AppResult<T>> {
    let mut results = Vec::with_capacity(cmds.len());
    for some in cmds.chunks(AT_ONCE) {
        let told = Told::default();
        let given = GivenEach { cx, cmds: some, told: &told, verb };
        match cx.db().run(&given, |tx, given| Box::pin(each_behind_a_savepoint(tx, given))).await {
            Ok(done) => {
                cx.deps().bus.tell(told.take());
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
) -> AppResult<Vec<AppResult<T>>> {
    given.told.forget();
    let mut results = Vec::with_capacity(given.cmds.len());
    let touched = Touched::default();
    for cmd in given.cmds {
        let step = tx.begin().await?;
        let told = Told::default();
        match (given.verb)(&Work { tx: &step, cx: given.cx, told: &told, touched: &touched }, cmd).await {
            Ok(value) => {
                step.commit().await?;
                given.told.add(told);
                results.push(Ok(value));
            }
            Err(AppError::Database(error)) => return Err(error.into()),
            Err(error) => {
                step.rollback().await?;
                results.push(Err(error));
            }
        }
    }
    touched.renew(tx, &background_work()).await?;
    Ok(results)
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
        access::see(self.cx, self.tx, matter::load(self.tx, id, true).await?).await
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
        self.touched.note(&model);
        save::insert(self.tx, permit, model).await
    }

    /// Stores a changed row, unless somebody else was faster; a due day that is new is noted with the day.
    pub async fn update<M>(&self, permit: &Permit, model: &mut M) -> AppResult<()>
    where
        M: Versioned + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Clone + 'static,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
    {
        save::update(self.tx, permit, model).await?;
        self.touched.note(model);
        match (&*model as &dyn std::any::Any).downcast_ref::<assignment::Model>() {
            Some(part) => due_days::note(self.tx, permit, part, self.today()).await,
            None => Ok(()),
        }
    }

    /// Records what happened and tells those who are to know.
    pub async fn record(&self, permit: &Permit, matter: &Matter, entry: Entry<'_>) -> AppResult<()> {
        trail::record(self.tx, &Author::person(self.cx), permit, self.told, matter, entry).await
    }

    /// Tells these positions of a question at the consultation desk, and subscribers that it changed.
    pub async fn tell_at_desk(
        &self,
        permit: &Permit,
        id: ConsultationId,
        notice: Option<(Happening, BTreeSet<PositionId>)>,
    ) -> AppResult<()> {
        trail::tell_at_desk(self.tx, &Author::person(self.cx), permit, self.told, id, notice).await
    }

    /// Tells of appraisals, each to those whom the happening concerns at its agency or office.
    pub async fn tell_of_appraisals(
        &self,
        permit: &Permit,
        happening: Happening,
        rows: &[appraisal::Model],
    ) -> AppResult<()> {
        let Some(region) = rows.first().map(|row| row.region_id) else { return Ok(()) };
        let agencies: Vec<OrganizationId> = rows.iter().map(|row| row.agency_id).collect();
        let told = Recipients::on(self.today()).of_agencies(self.tx, region, &agencies, happening).await?;
        let each = rows.iter().map(|row| Beside::Appraisal(row.id)).zip(told);
        trail::tell_beside(self.tx, &Author::person(self.cx), permit, self.told, happening, each).await
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
