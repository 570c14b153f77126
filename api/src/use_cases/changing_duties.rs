//! Keeping the duty catalogue (职责清单维护): adding, changing and ending clauses of the region's agencies.
//!
//! The words of a clause never change: a change ends it and begins another in its place.

use super::{Work, fields, once, perform};
use crate::access::{Permit, authorize_at_large};
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::duty_clauses;
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::save::expect_version;
use crate::repo::trail::Author;
use chrono::NaiveDate;
use domain::duty::{CLAUSE, LEGAL_BASIS, MOST_CLAUSES};
use domain::ids::{DutyClauseId, OrganizationId};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal, Thing};
use domain::rules::legal_day::plausible;
use domain::vocabulary::OfficeHappening;
use entity::duty_clause;
use serde::Serialize;

/// Add a clause.
#[derive(Clone, Debug, Serialize)]
pub struct AddDuty {
    /// To which agency.
    pub agency_id: OrganizationId,
    /// The words.
    pub text: String,
    /// On what it rests.
    pub legal_basis: Option<String>,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Why.
    pub reason: String,
    /// The same key gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// Put another clause in the place of one.
#[derive(Clone, Debug)]
pub struct ChangeDuty {
    /// Which.
    pub id: DutyClauseId,
    /// The version seen.
    pub version: i32,
    /// The new words.
    pub text: String,
    /// On what they rest.
    pub legal_basis: Option<String>,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Why.
    pub reason: String,
}

/// End a clause.
#[derive(Clone, Debug)]
pub struct EndDuty {
    /// Which.
    pub id: DutyClauseId,
    /// The version seen.
    pub version: i32,
    /// Last day in force.
    pub last_day: NaiveDate,
    /// Why.
    pub reason: String,
}

const ADD: &str = "addDuty";

/// What a clause says, cleaned.
struct Words {
    text: String,
    legal_basis: Option<String>,
    valid_from: NaiveDate,
    reason: String,
}

async fn read(
    work: &Work<'_>,
    text: &str,
    legal_basis: Option<&str>,
    valid_from: NaiveDate,
    reason: &str,
) -> AppResult<Words> {
    let limit = reason_limit(work).await?;
    let mut faults = Faults::default();
    let text = faults.take(fields::line("text", text, CLAUSE));
    let legal_basis = faults.take(fields::optional("legalBasis", legal_basis, LEGAL_BASIS));
    if let Err(refusal) = plausible(valid_from) {
        faults.push(refusal.at("validFrom"));
    }
    let reason = faults.take(fields::body("reason", reason, limit));
    faults.check()?;
    Ok(Words { text, legal_basis, valid_from, reason })
}

async fn reason_limit(work: &Work<'_>) -> AppResult<u16> {
    let actor = &work.cx.actor;
    let rules = work.cx.deps().rules.current(work.tx, actor.region_id, actor.institution, work.today()).await?;
    Ok(rules.set.texts.other.reason)
}

/// Adds a clause to the catalogue of an agency.
///
/// # Errors
/// A refusal with every fault of the input; `NoSuch` for an agency that the region does not have.
pub async fn add(cx: &Cx, cmd: AddDuty) -> AppResult<DutyClauseId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let permit = authorize_at_large(&work.cx.actor, Action::ChangeDuties)?;
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, &permit, ADD, key, cmd).await? {
                return Ok(first);
            }
            let here = work.cx.actor.region_id;
            let agency = duty_clauses::lock_agency(work.tx, &permit, here, cmd.agency_id).await?;
            let agency = agency.ok_or_else(|| Refusal::NoSuch(Thing::Agency).at("agencyId"))?;
            let words = read(work, &cmd.text, cmd.legal_basis.as_deref(), cmd.valid_from, &cmd.reason).await?;
            let before = duty_clauses::history(work.tx, here, agency.id).await?;
            let today = work.today();
            if before.iter().filter(|row| row.valid_until.is_none_or(|day| day >= today)).count() >= MOST_CLAUSES {
                return Err(Refusal::TooMany { max: MOST_CLAUSES }.at("agencyId").into());
            }
            let ordinal = before.iter().map(|row| row.ordinal).max().map_or(0, |last| last + 1);
            let reason = words.reason.clone();
            let row = row_of(work, agency.id, ordinal, None, words);
            let id = row.id;
            work.insert(&permit, row).await?;
            record(work, &permit, OfficeHappening::DutyAdded, id, reason).await?;
            once::remember(work, &permit, ADD, key, cmd, id).await?;
            Ok(id)
        })
    })
    .await
}

/// Puts another clause in the place of one, from a day on; gives the new one.
///
/// # Errors
/// A refusal with every fault of the input, or when the clause cannot end on the day before; `NOT_FOUND` for a clause of
/// another region.
pub async fn change(cx: &Cx, cmd: ChangeDuty) -> AppResult<DutyClauseId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let permit = authorize_at_large(&work.cx.actor, Action::ChangeDuties)?;
            let mut old = find(work, &permit, cmd.id).await?;
            expect_version(cmd.version, old.version)?;
            let words = read(work, &cmd.text, cmd.legal_basis.as_deref(), cmd.valid_from, &cmd.reason).await?;
            end_before(work, &mut old, words.valid_from, "validFrom")?;
            work.update(&permit, &mut old).await?;
            let reason = words.reason.clone();
            let row = row_of(work, old.agency_id, old.ordinal, Some(old.id), words);
            let id = row.id;
            work.insert(&permit, row).await?;
            record(work, &permit, OfficeHappening::DutyChanged, id, reason).await?;
            Ok(id)
        })
    })
    .await
}

/// Ends a clause with a day.
///
/// # Errors
/// A refusal when its end is written already or the day lies before its first; `NOT_FOUND` for a clause of another region.
pub async fn end(cx: &Cx, cmd: EndDuty) -> AppResult<DutyClauseId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let permit = authorize_at_large(&work.cx.actor, Action::ChangeDuties)?;
            let mut row = find(work, &permit, cmd.id).await?;
            expect_version(cmd.version, row.version)?;
            let last_day = plausible(cmd.last_day).map_err(|refusal| refusal.at("lastDay"))?;
            let reason = fields::body("reason", &cmd.reason, reason_limit(work).await?)?;
            end_before(work, &mut row, last_day.succ_opt().unwrap_or(last_day), "lastDay")?;
            work.update(&permit, &mut row).await?;
            record(work, &permit, OfficeHappening::DutyEnded, row.id, reason).await?;
            Ok(row.id)
        })
    })
    .await
}

/// The clause with its agency locked, if it is one of the person's own region.
async fn find(work: &Work<'_>, permit: &Permit, id: DutyClauseId) -> AppResult<duty_clause::Model> {
    let here = work.cx.actor.region_id;
    let found = duty_clauses::by_ids(work.tx, &[id]).await?.remove(&id).filter(|row| row.region_id == here);
    let agency = found.ok_or(AppError::NotFound)?.agency_id;
    duty_clauses::lock_agency(work.tx, permit, here, agency).await?;
    // As it stands under the lock.
    duty_clauses::by_ids(work.tx, &[id]).await?.remove(&id).ok_or(AppError::NotFound)
}

fn end_before(work: &Work<'_>, row: &mut duty_clause::Model, day: NaiveDate, field: &str) -> Result<(), Fault> {
    let ended = row.term().ended_before(day).map_err(|refusal| match refusal {
        // Nothing that could be mended in the day.
        ended @ Refusal::DutyEnded { .. } => ended.into(),
        other => other.at(field),
    })?;
    row.valid_until = ended.until;
    row.ended_at = Some(work.now());
    row.ended_by = Some(work.cx.actor.user_id);
    row.ended_as = Some(work.cx.actor.position_id);
    Ok(())
}

fn row_of(
    work: &Work<'_>,
    agency_id: OrganizationId,
    ordinal: i32,
    replaces_id: Option<DutyClauseId>,
    words: Words,
) -> duty_clause::Model {
    duty_clause::Model {
        id: work.cx.id(),
        version: 1,
        region_id: work.cx.actor.region_id,
        agency_id,
        ordinal,
        text: words.text,
        legal_basis: words.legal_basis,
        valid_from: Some(words.valid_from),
        valid_until: None,
        replaces_id,
        recorded_at: work.now(),
        recorded_by: Some(work.cx.actor.user_id),
        recorded_as: Some(work.cx.actor.position_id),
        ended_at: None,
        ended_by: None,
        ended_as: None,
    }
}

async fn record(
    work: &Work<'_>,
    permit: &Permit,
    happening: OfficeHappening,
    id: DutyClauseId,
    reason: String,
) -> AppResult<()> {
    let entry = OfficeEntry { happening, subject: id.to_string(), detail: Some(reason) };
    office_trail::write(work.tx, &Author::person(work.cx), permit, work.cx.actor.region_id, entry).await
}
