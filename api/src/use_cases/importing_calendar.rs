//! Bringing in the holidays of a year (导入节假日安排): the national notice, or the days that a region adds.
//!
//! A file replaces what an earlier file of the same year said, so that a corrected notice can be brought in; the same
//! file again changes nothing. Afterwards every due day that moved is stored and told.

mod plan;

pub use plan::Changes;

use super::recomputing::recompute;
use crate::access::{Permit, authorize_at_large, command_line};
use crate::cx::{Cx, Deps};
use crate::error::{AppError, AppResult};
use crate::repo::calendar;
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::trail::Author;
use domain::ids::RegionId;
use domain::policy::Action;
use domain::refusal::Fault;
use domain::rules::calendar::CalendarYear;
use domain::rules::document::DocumentFault;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::OfficeHappening;
use plan::Plan;
use sea_orm::DatabaseTransaction;
use std::sync::Arc;

/// Bring in the holidays of a year.
#[derive(Clone, Debug)]
pub struct ImportCalendar {
    /// The file, of format `calendar/1`.
    pub json: String,
    /// The region to which the days are added; none for the national notice.
    pub region_id: Option<RegionId>,
}

/// What bringing in a year did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The year of the notice.
    pub year: i32,
    /// What changed in the calendar.
    pub changes: Changes,
    /// How many due days moved.
    pub moved: usize,
}

/// Brings in a year; an administrator does so for the whole country or for his own region.
///
/// # Errors
/// A refusal with every fault of the file, `NOT_FOUND` for another region.
pub async fn import(cx: &Cx, cmd: ImportCalendar) -> AppResult<Imported> {
    let permit = authorize_at_large(&cx.actor, Action::ImportCalendar)?;
    if cmd.region_id.is_some_and(|region| region != cx.actor.region_id) {
        return Err(AppError::NotFound);
    }
    let year = CalendarYear::parse(&cmd.json).map_err(|faults| {
        AppError::Refused(faults.into_iter().map(|fault| Fault::in_document("json", fault)).collect())
    })?;
    let changes = store(cx.deps(), Author::person(cx), &permit, &year, cmd.region_id).await?;
    let (deps, today) = (cx.caller.deps.clone(), cx.today());
    // A task of its own: whoever does not wait for the answer leaves no due day behind.
    let computed = tokio::spawn(async move { recompute(&deps, cmd.region_id, today).await }).await;
    let moved = computed.map_err(|error| AppError::Internal(format!("computing due days again: {error}")))??.moved;
    Ok(Imported { year: year.year, changes, moved })
}

/// Why files were not brought in; nothing of any of them was stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Files are faulty; the place of each among those given, with its faults.
    #[error("{} of the files are faulty", .0.len())]
    Faulty(Vec<(usize, Vec<DocumentFault>)>),
    /// There is no region with this code.
    #[error("there is no region with the code {0}")]
    NoRegion(String),
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Brings in files at the command line, in their order; with `dry_run` it only says what would change.
///
/// # Errors
/// [`ImportError`]; a faulty file keeps all of them out.
pub async fn import_files(
    deps: &Arc<Deps>,
    files: &[String],
    region_code: Option<&str>,
    dry_run: bool,
) -> Result<Vec<Imported>, ImportError> {
    let (mut years, mut faulty) = (Vec::new(), Vec::new());
    for (place, json) in files.iter().enumerate() {
        match CalendarYear::parse(json) {
            Ok(year) => years.push(year),
            Err(faults) => faulty.push((place, faults)),
        }
    }
    if !faulty.is_empty() {
        return Err(ImportError::Faulty(faulty));
    }
    let region = match region_code {
        None => None,
        Some(code) => {
            let found = calendar::region_with_code(deps.db.reader(), code).await.map_err(AppError::from)?;
            Some(found.ok_or_else(|| ImportError::NoRegion(code.to_owned()))?)
        }
    };
    let now = deps.clock.now();
    let mut done = Vec::new();
    for year in &years {
        let changes = if dry_run {
            Plan::make(deps.db.reader(), year, region).await?.changes()
        } else {
            store(deps, Author::server(deps, now, "calendar"), &command_line(), year, region).await?
        };
        done.push(Imported { year: year.year, changes, moved: 0 });
    }
    if let (Some(last), false) = (done.last_mut(), dry_run) {
        last.moved = recompute(deps, region, legal_day(now)).await?.moved;
    }
    Ok(done)
}

/// A year on its way into the database.
struct Given<'a> {
    author: Author<'a>,
    permit: &'a Permit,
    year: &'a CalendarYear,
    region: Option<RegionId>,
}

/// Stores a year in one transaction, with its entry in the trail if anything changed.
async fn store(
    deps: &Deps,
    author: Author<'_>,
    permit: &Permit,
    year: &CalendarYear,
    region: Option<RegionId>,
) -> AppResult<Changes> {
    let given = Given { author, permit, year, region };
    let changes = deps.db.run(&given, |tx, given| Box::pin(put(tx, given))).await?;
    deps.rules.forget();
    Ok(changes)
}

async fn put(tx: &DatabaseTransaction, given: &Given<'_>) -> AppResult<Changes> {
    let plan = Plan::make(tx, given.year, given.region).await?;
    let changes = plan.changes();
    if !changes.any() {
        return Ok(changes);
    }
    plan.apply(tx, given.permit).await?;
    // A national notice concerns every region, so the trail of each tells it.
    let regions = match given.region {
        Some(region) => vec![region],
        None => calendar::regions(tx).await?,
    };
    for region in regions {
        let scope = if given.region.is_some() { "REGION" } else { "NATIONAL" };
        let entry = OfficeEntry {
            happening: OfficeHappening::CalendarImported,
            subject: format!("{scope}-{}", given.year.year),
            detail: Some(format!("{} ({changes})", given.year.notice)),
        };
        office_trail::write(tx, &given.author, given.permit, region, entry).await?;
    }
    Ok(changes)
}
