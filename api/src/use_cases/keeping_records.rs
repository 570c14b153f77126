//! Records of official documents, bulletins, openness and media: kept by the office whose they are, read by everybody
//! in the region but proposers (文稿、动态、政务公开、媒体).

use super::{Work, fields, once, perform};
use crate::access::{Permit, authorize_at_large};
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::save::expect_version;
use crate::repo::trail::Author;
use crate::repo::{directory, office_records};
use chrono::{Datelike, NaiveDate};
use domain::ids::{OfficeRecordId, SessionId, SubmissionId};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal, Thing};
use domain::rules::legal_day::plausible;
use domain::vocabulary::{OfficeHappening, OfficeRecordKind};
use entity::office_record;
use std::collections::BTreeSet;

/// The most characters of a title.
const TITLE: u16 = 200;
/// The most characters of a number, an outlet or a programme.
const NAME: u16 = 100;
/// The most characters of a link.
const LINK: u16 = 500;
/// The most items for which one record stands.
const ITEMS: i32 = 10_000;
/// The most matters of one record.
const MATTERS: usize = 200;

/// Record a document, a bulletin, a post or a broadcast.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CreateRecord {
    /// Kind.
    pub kind: OfficeRecordKind,
    /// Title.
    pub title: String,
    /// Document or issue number.
    pub number: Option<String>,
    /// Newspaper, station or site; needed for media.
    pub outlet: Option<String>,
    /// Programme or column.
    pub programme: Option<String>,
    /// The day of issue, posting or broadcast.
    pub issued_on: NaiveDate,
    /// For which handling year it counts; the year of the day when left out.
    pub handling_year: Option<i32>,
    /// The session with which it deals.
    pub session_id: Option<SessionId>,
    /// Where it can be read.
    pub link: Option<String>,
    /// How many items it stands for; one when left out.
    pub items: Option<i32>,
    /// The matters that it is about.
    pub submission_ids: Option<Vec<SubmissionId>>,
    /// The same key from the same person gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// Change a record; what is left out stays, a blank text is taken away.
#[derive(Clone, Debug)]
pub struct UpdateRecord {
    /// Which.
    pub id: OfficeRecordId,
    /// The version seen.
    pub version: i32,
    /// Title.
    pub title: Option<String>,
    /// Document or issue number.
    pub number: Option<String>,
    /// Newspaper, station or site.
    pub outlet: Option<String>,
    /// Programme or column.
    pub programme: Option<String>,
    /// The day of issue, posting or broadcast.
    pub issued_on: Option<NaiveDate>,
    /// For which handling year it counts.
    pub handling_year: Option<i32>,
    /// The session with which it deals.
    pub session_id: Option<SessionId>,
    /// Where it can be read.
    pub link: Option<String>,
    /// How many items it stands for.
    pub items: Option<i32>,
    /// The matters that it is about.
    pub submission_ids: Option<Vec<SubmissionId>>,
}

/// Withdraw a record, so that it no longer counts.
#[derive(Clone, Debug)]
pub struct WithdrawRecord {
    /// Which.
    pub id: OfficeRecordId,
    /// The version seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Records it.
pub async fn create(cx: &Cx, cmd: CreateRecord) -> AppResult<OfficeRecordId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let actor = &work.cx.actor;
            let permit = authorize_at_large(actor, Action::KeepOfficeRecords)?;
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, &permit, "createOfficeRecord", key, cmd).await? {
                return Ok(first);
            }
            let row = office_record::Model {
                id: work.cx.id(),
                version: 1,
                region_id: actor.region_id,
                institution: actor.institution,
                kind: cmd.kind,
                title: cmd.title.clone(),
                number: cmd.number.clone(),
                outlet: cmd.outlet.clone(),
                programme: cmd.programme.clone(),
                issued_on: cmd.issued_on,
                handling_year: cmd.handling_year.unwrap_or_else(|| cmd.issued_on.year()),
                session_id: cmd.session_id,
                link: cmd.link.clone(),
                items: cmd.items.unwrap_or(1),
                recorded_by: actor.user_id,
                recorded_at: work.now(),
                withdrawn_at: None,
                withdrawal_reason: None,
            };
            let row = checked(work, &permit, row).await?;
            let id = row.id;
            work.insert(&permit, row.clone()).await?;
            matters(work, &permit, id, cmd.submission_ids.as_deref()).await?;
            write(work, &permit, OfficeHappening::RecordKept, &row, row.title.clone()).await?;
            once::remember(work, &permit, "createOfficeRecord", key, cmd, id).await?;
            Ok(id)
        })
    })
    .await
}

/// Changes it, by the office whose it is.
pub async fn update(cx: &Cx, cmd: UpdateRecord) -> AppResult<OfficeRecordId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (permit, mut row) = own(work, cmd.id).await?;
            expect_version(cmd.version, row.version)?;
            still_counts(&row)?;
            row.title = cmd.title.clone().unwrap_or(row.title);
            row.number = cmd.number.clone().or(row.number);
            row.outlet = cmd.outlet.clone().or(row.outlet);
            row.programme = cmd.programme.clone().or(row.programme);
            row.issued_on = cmd.issued_on.unwrap_or(row.issued_on);
            row.handling_year = cmd.handling_year.unwrap_or(row.handling_year);
            row.session_id = cmd.session_id.or(row.session_id);
            row.link = cmd.link.clone().or(row.link);
            row.items = cmd.items.unwrap_or(row.items);
            let mut row = checked(work, &permit, row).await?;
            work.update(&permit, &mut row).await?;
            matters(work, &permit, row.id, cmd.submission_ids.as_deref()).await?;
            write(work, &permit, OfficeHappening::RecordChanged, &row, row.title.clone()).await?;
            Ok(row.id)
        })
    })
    .await
}

/// Withdraws it, by the office whose it is.
pub async fn withdraw(cx: &Cx, cmd: WithdrawRecord) -> AppResult<OfficeRecordId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (permit, mut row) = own(work, cmd.id).await?;
            expect_version(cmd.version, row.version)?;
            still_counts(&row)?;
            let actor = &work.cx.actor;
            let book = &work.cx.deps().rules;
            let rules = book.current(work.tx, actor.region_id, actor.institution, work.today()).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            row.withdrawn_at = Some(work.now());
            row.withdrawal_reason = Some(reason.clone());
            work.update(&permit, &mut row).await?;
            write(work, &permit, OfficeHappening::RecordWithdrawn, &row, reason).await?;
            Ok(row.id)
        })
    })
    .await
}

/// The record, which every reader of records may know, for the office whose it is.
async fn own(work: &Work<'_>, id: OfficeRecordId) -> AppResult<(Permit, office_record::Model)> {
    let actor = &work.cx.actor;
    let read = authorize_at_large(actor, Action::ReadOfficeRecords).map_err(|_| AppError::NotFound)?;
    let row = office_records::get(work.tx, &read, actor.region_id, id).await?.ok_or(AppError::NotFound)?;
    let permit = authorize_at_large(actor, Action::KeepOfficeRecords)?;
    if row.institution == actor.institution { Ok((permit, row)) } else { Err(AppError::Forbidden) }
}

fn still_counts(row: &office_record::Model) -> Result<(), Refusal> {
    if row.withdrawn_at.is_some() { Err(Refusal::RecordWithdrawn) } else { Ok(()) }
}

/// The record with cleaned texts, or everything that is wrong with it.
async fn checked(work: &Work<'_>, permit: &Permit, mut row: office_record::Model) -> AppResult<office_record::Model> {
    let mut faults = Faults::default();
    row.title = faults.take(fields::line("title", &row.title, TITLE));
    row.number = faults.take(name("number", row.number.as_deref()));
    row.outlet = faults.take(name("outlet", row.outlet.as_deref()));
    row.programme = faults.take(name("programme", row.programme.as_deref()));
    row.link = faults.take(link(row.link.as_deref()));
    if row.kind.is_numbered() && row.number.is_none() {
        faults.push(Refusal::Required.at("number"));
    }
    if row.kind == OfficeRecordKind::Media && row.outlet.is_none() {
        faults.push(Refusal::Required.at("outlet"));
    }
    let first_day = NaiveDate::from_ymd_opt(row.handling_year, 1, 1).unwrap_or(NaiveDate::MAX);
    if row.issued_on > work.today() {
        faults.push(Refusal::InFuture.at("issuedOn"));
    } else if let Err(refusal) = plausible(row.issued_on) {
        faults.push(refusal.at("issuedOn"));
    } else if let Err(refusal) = plausible(first_day) {
        // The year is that of the day when nothing is said, so that it is judged after it.
        faults.push(refusal.at("handlingYear"));
    }
    if !(1..=ITEMS).contains(&row.items) {
        faults.push(Refusal::NotAmong { allowed: format!("1–{ITEMS}") }.at("items"));
    }
    if let Some(id) = row.session_id
        && !office_records::has_session(work.tx, row.region_id, id).await?
    {
        faults.push(Refusal::NoSuch(Thing::Session).at("sessionId"));
    }
    faults.check()?;
    // Two who record at the same moment cannot both find the number free.
    directory::lock_region(work.tx, permit, row.region_id).await?;
    if office_records::number_taken(work.tx, &row).await? {
        return Err(Refusal::DocumentNoTaken.at("number").into());
    }
    Ok(row)
}

/// A line that may be left out.
fn name(field: &str, value: Option<&str>) -> Result<Option<String>, Fault> {
    match value.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => fields::line(field, text, NAME).map(Some),
        None => Ok(None),
    }
}

/// An address on the web.
fn link(value: Option<&str>) -> Result<Option<String>, Fault> {
    let Some(text) = value.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let other = || Refusal::NotAmong { allowed: "https://…, http://…".into() }.at("link");
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return Err(other());
    }
    let text = fields::line("link", text, LINK)?;
    if text.contains(char::is_whitespace) { Err(other()) } else { Ok(Some(text)) }
}

/// Sets the matters, each of which the person must be able to follow.
async fn matters(
    work: &Work<'_>,
    permit: &Permit,
    id: OfficeRecordId,
    named: Option<&[SubmissionId]>,
) -> AppResult<()> {
    let Some(named) = named else { return Ok(()) };
    if named.len() > MATTERS {
        return Err(Refusal::TooMany { max: MATTERS }.at("submissionIds").into());
    }
    // Locked in the order of ids, so that two records never wait for each other.
    let ids: BTreeSet<SubmissionId> = named.iter().copied().collect();
    for id in &ids {
        if !work.see(*id).await?.may(Action::ReadHandling) {
            return Err(AppError::NotFound);
        }
    }
    office_records::set_matters(work.tx, permit, id, ids).await
}

async fn write(
    work: &Work<'_>,
    permit: &Permit,
    happening: OfficeHappening,
    row: &office_record::Model,
    detail: String,
) -> AppResult<()> {
    let entry = OfficeEntry { happening, subject: row.id.to_string(), detail: Some(detail) };
    office_trail::write(work.tx, &Author::person(work.cx), permit, row.region_id, entry).await
}
