//! `jianyan bench`: how long due days take with as many open matters as a province has, and how long figures and
//! searches take.
//!
//! It works in a database of its own and prints seconds; it judges nothing. What it makes are plain rows: it measures
//! computing due days and releasing assignments, not the way there.

mod figures;
mod finding;
mod stock;
mod texts;
mod years;

use super::demo::ROSTER;
use super::{CommandFault, file_fault, load};
use crate::auth::password::PasswordCost;
use crate::clock::ManualClock;
use crate::config::{Settings, Source, process_variable};
use crate::cx::Deps;
use crate::error::AppError;
use crate::use_cases::assigning::{ReleaseAssignments, release};
use crate::use_cases::importing_calendar::import_files;
use crate::use_cases::recomputing::recompute;
use crate::wiring;
use chrono::{DateTime, Utc};
use domain::rules::legal_day::legal_day;
use sea_orm::ConnectionTrait;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// When it plays: due days lie in a year whose notice is not published yet.
const NOW: &str = "2026-11-30T09:00:00+08:00";
/// The notice that is brought in.
const YEAR_2027: &str = include_str!("bench/2027.json");
/// How many planned assignments are released at once.
const RELEASED: usize = 2_000;

/// Makes the matters, measures, prints, and removes the database that it made.
///
/// # Errors
/// [`CommandFault`]; a database that holds anything is refused and left as it is.
pub async fn clocks(matters: usize, out: &mut dyn Write) -> Result<(), CommandFault> {
    let (deps, own) = begin().await?;
    let measured = measure(&deps, matters, out).await;
    end(&deps, own, measured).await
}

/// The same for figures: makes the handling years, asks one question about all of them, and prints.
///
/// # Errors
/// As [`clocks`].
pub async fn statistics(matters: usize, years: usize, out: &mut dyn Write) -> Result<(), CommandFault> {
    let (deps, own) = begin().await?;
    let measured = figures::measure(&deps, matters, years, out).await;
    end(&deps, own, measured).await
}

/// The same for the search: makes the matters of ten years with their index, asks a list of questions, and prints.
///
/// # Errors
/// As [`clocks`].
pub async fn search(matters: usize, out: &mut dyn Write) -> Result<(), CommandFault> {
    let (deps, own) = begin().await?;
    let measured = finding::measure(&deps, matters, out).await;
    end(&deps, own, measured).await
}

/// Opens the database, which must be empty, and the directory of its own, if it has one.
async fn begin() -> Result<(Arc<Deps>, Option<PathBuf>), CommandFault> {
    let (settings, own) = bench_settings()?;
    super::start_log(&settings)?;
    if let Some(directory) = &own {
        remove(directory)?;
        wiring::make_dir(directory)?;
    }
    let db = wiring::connect(&settings).await?;
    if !wiring::is_empty(&db).await? {
        wiring::close(&db).await;
        let what = "the database is not empty; bench fills a database with made-up matters, so give it an empty one";
        return Err(CommandFault::Failed(what.into()));
    }
    let now: DateTime<Utc> = DateTime::parse_from_rfc3339(NOW).map_or_else(|_| DateTime::default(), |at| at.to_utc());
    wiring::migrate(&db).await?;
    // Nobody but this program signs in here, so that passwords need no strength.
    let deps = wiring::with_database(&settings, Arc::new(ManualClock::at(now)), db, PasswordCost::FOR_TESTS).await?;
    Ok((deps, own))
}

async fn end(deps: &Arc<Deps>, own: Option<PathBuf>, measured: Result<(), CommandFault>) -> Result<(), CommandFault> {
    wiring::close(&deps.db).await;
    if let Some(directory) = &own {
        remove(directory)?;
    }
    measured
}

async fn measure(deps: &Arc<Deps>, matters: usize, out: &mut dyn Write) -> Result<(), CommandFault> {
    let kind = if deps.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    writeln!(out, "{kind}: making {matters} open matters and {RELEASED} planned ones …")?;
    load::load(deps, "the roster of the bench", ROSTER).await?;
    let since = Instant::now();
    let stock = stock::fill(deps, matters, RELEASED).await.map_err(failed)?;
    tidy(deps).await?;
    writeln!(out, "    made in {:.1} s", since.elapsed().as_secs_f64())?;
    let today = legal_day(deps.clock.now());

    let since = Instant::now();
    let done = recompute(deps, None, today).await.map_err(failed)?;
    let seconds = since.elapsed().as_secs_f64();
    writeln!(out, "(a) nothing moves: {} looked at, {} moved, {seconds:.2} s", done.looked_at, done.moved)?;

    let since = Instant::now();
    let files = [YEAR_2027.to_owned()];
    let done = import_files(deps, &files, None, false).await;
    let done = done.map_err(|error| CommandFault::Failed(error.to_string()))?;
    let moved: usize = done.iter().map(|one| one.moved).sum();
    let seconds = since.elapsed().as_secs_f64();
    writeln!(out, "(b) a calendar arrives: {moved} moved and told, {seconds:.2} s")?;

    let since = Instant::now();
    let command = ReleaseAssignments { submission_ids: stock.planned };
    let results = release(&stock.transfer_office, command).await.map_err(failed)?;
    let released = results.iter().filter(|(_, result)| result.is_ok()).count();
    let seconds = since.elapsed().as_secs_f64();
    writeln!(out, "(c) release: {released} of {} with their notifications, {seconds:.2} s", results.len())?;
    Ok(())
}

/// What a server of PostgreSQL does by itself sooner or later; SQLite plans without counts, as in use.
async fn tidy(deps: &Deps) -> Result<(), CommandFault> {
    match deps.db.is_sqlite() {
        true => Ok(()),
        false => {
            let done = deps.db.writer().execute_unprepared("VACUUM ANALYZE").await;
            done.map(drop).map_err(|error| failed(error.into()))
        }
    }
}

fn failed(error: AppError) -> CommandFault {
    CommandFault::Failed(format!("the bench could not go on: {error}"))
}

/// The settings of this process; without a database named by hand with a directory of its own, which is given too.
fn bench_settings() -> Result<(Settings, Option<PathBuf>), CommandFault> {
    let settings = super::settings()?;
    if settings.source("DATABASE_URL") != Some(Source::Default) {
        return Ok((settings, None));
    }
    let directory = settings.data_dir.join("bench");
    let Some(text) = directory.to_str().map(str::to_owned) else {
        return Err(CommandFault::Failed(format!("{} is not UTF-8; set JIANYAN_DATA_DIR", directory.display())));
    };
    let own = |name: &str| match name {
        "JIANYAN_DATA_DIR" => Some(text.clone()),
        other => process_variable(other),
    };
    Ok((Settings::load(own, &super::working_directory()?)?, Some(directory)))
}

/// Removes the directory of a former bench.
fn remove(directory: &Path) -> Result<(), CommandFault> {
    match std::fs::remove_dir_all(directory) {
        Err(reason) if reason.kind() != std::io::ErrorKind::NotFound => Err(file_fault(directory, "removed", reason)),
        _ => Ok(()),
    }
}
