//! Bringing in a ledger (导入台账): the matters of earlier years, or of the present one, from a spreadsheet.
//!
//! A file is read as a whole. With a fault nothing is stored, unless the good lines are asked for; what is stored is
//! stored in one transaction. The same file again adds nothing: a line is known by its fingerprint.
//!
//! What becomes of a line stands in `rows`, and who proposed it in `people`. A matter that was answered is brought in
//! as closed, whether or not it was rated: its proposer is not asked years later.

mod people;
mod rows;

use super::fields;
use crate::access::{Permit, authorize_at_large, command_line};
use crate::cx::{Cx, Deps};
use crate::error::{AppError, AppResult};
use crate::repo::office_trail::{self, OfficeEntry};
use crate::repo::trail::Author;
use crate::repo::{calendar, ledger};
use crate::rule_book::Rules;
use domain::ids::RegionId;
use domain::ledger::{Agencies, Context, Fault, Fingerprint, Reading, SkippedLine, UnreadColumn, read};
use domain::policy::Action;
use domain::rules::calendar::Calendar;
use domain::rules::legal_day::legal_day;
use domain::table::{Cell, Table};
use domain::vocabulary::{Institution, OfficeHappening, Role};
use rows::Maker;
use sea_orm::DatabaseTransaction;
use sheets::{Limits, Sheet, SheetColumn};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The longest name of a file that is kept, in characters.
const FILE_NAME: u16 = 200;

/// Bring in a ledger.
#[derive(Clone, Debug)]
pub struct ImportLedger {
    /// The name of the file, for the trail.
    pub file_name: String,
    /// The file: CSV or XLSX.
    pub bytes: Vec<u8>,
    /// Only say what would be stored.
    pub dry_run: bool,
    /// Store the lines without a fault though others have one.
    pub skip_faulty: bool,
}

/// What bringing in a ledger did.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Lines without a fault.
    pub good: usize,
    /// Lines that were stored now; with a dry run, that would have been.
    pub stored: usize,
    /// Lines that were stored before.
    pub known: usize,
    /// What is wrong, by sheet, line and column.
    pub faults: Vec<Fault>,
    /// Columns that were not read.
    pub unread_columns: Vec<UnreadColumn>,
    /// Rows that are no matters.
    pub skipped_lines: Vec<SkippedLine>,
    /// A workbook of what is still to be mended: the file without the lines that are good.
    pub faulty: Option<Vec<u8>>,
}

/// Brings in a ledger of the actor's region.
///
/// # Errors
/// `FORBIDDEN` for who may not, and for the office of one institution that brings matters of the other;
/// a refusal for a name of the file that is too long. Faults of the file are no errors: they are told.
pub async fn import(cx: &Cx, cmd: ImportLedger) -> AppResult<Imported> {
    let permit = authorize_at_large(&cx.actor, Action::ImportLedger)?;
    let own = match cx.actor.role {
        Role::CongressOffice => Some(Institution::Congress),
        Role::CppccOffice => Some(Institution::Cppcc),
        _ => None,
    };
    store(cx.deps(), Author::person(cx), &permit, (cx.actor.region_id, own), cmd).await
}

/// Brings in a ledger at the command line; none when there is no region with this code.
///
/// # Errors
/// As [`import`].
pub async fn import_file(deps: &Deps, region_code: &str, cmd: ImportLedger) -> AppResult<Option<Imported>> {
    let found = calendar::region_with_code(deps.db.reader(), region_code).await?;
    let Some(region) = found else { return Ok(None) };
    let author = Author::server(deps, deps.clock.now(), "import");
    store(deps, author, &command_line(), (region, None), cmd).await.map(Some)
}

/// What one transaction stores.
struct Given<'a> {
    deps: &'a Deps,
    author: Author<'a>,
    permit: &'a Permit,
    region: RegionId,
    rules: Arc<Rules>,
    calendar: Arc<Calendar>,
    reading: &'a Reading,
    cmd: &'a ImportLedger,
}

async fn store(
    deps: &Deps,
    author: Author<'_>,
    permit: &Permit,
    (region, own): (RegionId, Option<Institution>),
    mut cmd: ImportLedger,
) -> AppResult<Imported> {
    cmd.file_name = fields::line("fileName", &cmd.file_name, FILE_NAME)?;
    let conn = deps.db.reader();
    let rules = deps.rules.current(conn, region, own, legal_day(author.now())).await?;
    let calendar = deps.rules.calendar(conn, region).await?;
    let mut agencies = Agencies::new();
    for name in ledger::agency_names(conn, region).await? {
        agencies.add(&name, []);
    }
    let place = crate::repo::directory::regions(conn, &[region]).await?.remove(&region).ok_or(AppError::NotFound)?;
    agencies.add_short_forms(&place.name);
    let (bytes, words, code) = (std::mem::take(&mut cmd.bytes), rules.clone(), place.code);
    // A file of twenty thousand lines keeps a core busy for a second.
    let opened = tokio::task::spawn_blocking(move || open(&bytes, &agencies, &words, &code)).await;
    let (tables, reading) = opened.map_err(|error| AppError::Internal(format!("reading a ledger: {error}")))?;
    if let Some(own) = own
        && reading.lines.iter().any(|line| line.content.institution().is_some_and(|other| other != own))
    {
        return Err(AppError::Forbidden);
    }
    let given = Given { deps, author, permit, region, rules, calendar, reading: &reading, cmd: &cmd };
    let mut done = deps.db.run(&given, |tx, given| Box::pin(put(tx, given))).await?;
    if !done.faults.is_empty() {
        done.faulty = still_to_mend(&tables, &reading, &done.faults)?;
    }
    Ok(done)
}

fn open(bytes: &[u8], agencies: &Agencies, rules: &Rules, code: &str) -> (Vec<Table>, Reading) {
    let context = Context { region_code: code, agencies, rules: Some(&rules.set) };
    match sheets::read(bytes, &Limits::default()) {
        Ok(tables) => {
            let reading = read(&tables, &context);
            (tables, reading)
        }
        Err(fault) => (Vec::new(), Reading::from(fault)),
    }
}

async fn put(tx: &DatabaseTransaction, given: &Given<'_>) -> AppResult<Imported> {
    let region = ledger::lock_region(tx, given.region).await?.ok_or(AppError::NotFound)?;
    let mut reading = given.reading.clone();
    let stored = known(tx, given, &reading, &region).await?;
    reading.compare(&stored);
    let new: Vec<_> = reading.lines.iter().filter(|line| !line.is_stored).collect();
    let known = reading.lines.len() - new.len();
    let keeps_out = !reading.faults.is_empty() && !given.cmd.skip_faulty;
    let stored = if keeps_out { 0 } else { new.len() };
    if stored > 0 && !given.cmd.dry_run {
        let (rules, calendar) = (&*given.rules, &*given.calendar);
        let mut maker = Maker::new(tx, given.deps, given.author, &region, (rules, calendar)).await?;
        maker.expect(tx, new.iter().filter_map(|line| line.content.document_no.as_deref())).await?;
        for line in new {
            maker.add(line, &given.cmd.file_name)?;
        }
        maker.store(tx, given.permit).await?;
        let entry = OfficeEntry {
            happening: OfficeHappening::LedgerImported,
            subject: given.cmd.file_name.chars().take(80).collect(),
            detail: Some(format!("{stored} + {known} ({} !)", reading.faults.len())),
        };
        office_trail::write(tx, &given.author, given.permit, given.region, entry).await?;
    }
    Ok(Imported {
        good: reading.lines.len(),
        stored,
        known,
        faults: reading.faults,
        unread_columns: reading.unread_columns,
        skipped_lines: reading.skipped_lines,
        faulty: None,
    })
}

/// The titles of what is stored under the fingerprints of the file: lines brought in before, and matters handed in here.
///
/// The title of a matter handed in here is not told to whoever brings a ledger in: he may not read it.
async fn known(
    tx: &DatabaseTransaction,
    given: &Given<'_>,
    reading: &Reading,
    region: &entity::region::Model,
) -> AppResult<HashMap<Fingerprint, String>> {
    let wanted: Vec<&str> = reading.fingerprints().map(Fingerprint::as_str).collect();
    let mut found: HashMap<Fingerprint, String> = ledger::brought_in(tx, &wanted)
        .await?
        .into_iter()
        .map(|(text, title)| (Fingerprint::from_stored(text), title))
        .collect();
    let sessions: HashMap<_, _> =
        ledger::sessions(tx, given.region).await?.into_iter().map(|row| (row.id, row)).collect();
    let titles: HashMap<&str, &str> =
        reading.lines.iter().map(|line| (line.fingerprint.as_str(), line.content.title.as_str())).collect();
    let years: HashSet<i32> = reading.lines.iter().map(|line| line.content.year).collect();
    for row in ledger::numbered(tx, given.region, years).await? {
        let Some(session) = row.session_id.and_then(|id| sessions.get(&id)).filter(|_| row.imported_at.is_none())
        else {
            continue;
        };
        let (level, kind) = (row.origin_level.unwrap_or(region.level), row.kind);
        let session = format!("{}-{}-{}", row.institution, session.term_no, session.session_no);
        let (year, number) = (row.handling_year.unwrap_or_default(), row.case_no.unwrap_or_default());
        let text = format!("{}/{level}/{session}/{kind}/{year}/{number}", region.code);
        let same = titles.get(text.as_str()).is_some_and(|title| *title == row.title);
        let title = if same { row.title } else { "……".to_owned() };
        found.insert(Fingerprint::from_stored(text), title);
    }
    Ok(found)
}

/// The tables without the lines that are good, as a workbook; none when there is no table to mend.
fn still_to_mend(tables: &[Table], reading: &Reading, faults: &[Fault]) -> AppResult<Option<Vec<u8>>> {
    let faulty: HashSet<(&str, u32)> =
        faults.iter().filter_map(|fault| Some((fault.sheet.as_str(), fault.line?))).collect();
    let mut left = Vec::new();
    for table in tables {
        let good: HashSet<u32> = reading
            .lines
            .iter()
            .filter(|line| line.sheet == table.name && !faulty.contains(&(line.sheet.as_str(), line.line)))
            .map(|line| line.line)
            .collect();
        let mut rows = table.rows.iter().filter(|row| !good.contains(&row.line));
        let Some(header) = rows.next() else { continue };
        let name = if table.name.is_empty() { "台账".to_owned() } else { table.name.clone() };
        let columns = header.cells.iter().map(|cell| SheetColumn::text(cell.shown(), 16.0)).collect();
        left.push(Sheet { name, columns, rows: rows.map(|row| row.cells.clone()).collect::<Vec<Vec<Cell>>>() });
    }
    if left.is_empty() {
        return Ok(None);
    }
    let written = sheets::write_xlsx(&left).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Some(written))
}
