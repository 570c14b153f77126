//! `jianyan import LEDGER --region CODE`: brings in the matters of a ledger.

use super::{CommandFault, file_fault};
use crate::clock::SystemClock;
use crate::use_cases::importing_ledger::{ImportLedger, Imported, import_file};
use crate::wiring;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The longest file read, in bytes; reading refuses it with its own words.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Brings in the file, and prints what was stored; with a fault in it nothing is, unless the good lines are asked for.
/// What is still to be mended is then written beside the file.
///
/// # Errors
/// [`CommandFault`] with every fault of the file.
pub async fn run(
    path: &Path,
    region: &str,
    (dry_run, skip_faulty): (bool, bool),
    out: &mut dyn Write,
) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let fault = |reason| file_fault(path, "read", reason);
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(fault)?.take(LONGEST + 1).read_to_end(&mut bytes).map_err(fault)?;
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let deps = wiring::deps(&settings, Arc::new(SystemClock)).await?;
    let cmd = ImportLedger { file_name, bytes, dry_run, skip_faulty };
    let imported = import_file(&deps, region, cmd).await;
    wiring::close(&deps.db).await;
    let name = path.display();
    let imported = imported.map_err(|error| CommandFault::Failed(format!("{name} was not brought in: {error}")))?;
    let imported =
        imported.ok_or_else(|| CommandFault::Failed(format!("there is no region with the code {region}")))?;
    tell(&imported, dry_run, out)?;
    if imported.faults.is_empty() {
        return Ok(());
    }
    let mut text = faults(&name.to_string(), &imported);
    if let (Some(workbook), true, false) = (&imported.faulty, skip_faulty, dry_run) {
        let beside = beside(path);
        std::fs::write(&beside, workbook).map_err(|reason| file_fault(&beside, "written", reason))?;
        let _ = write!(text, "\nThe lines still to be mended are in {}.", beside.display());
    }
    Err(CommandFault::Failed(text))
}

fn tell(imported: &Imported, dry_run: bool, out: &mut dyn Write) -> Result<(), CommandFault> {
    let Imported { good, stored, known, .. } = imported;
    writeln!(out, "{good} lines without a fault: {stored} new, {known} brought in before")?;
    for column in &imported.unread_columns {
        writeln!(out, "column {} ({}) was not read", column.letter, column.word)?;
    }
    for line in &imported.skipped_lines {
        writeln!(out, "row {} is no matter and was not read", line.line)?;
    }
    if dry_run {
        writeln!(out, "This was a dry run: nothing was stored.")?;
    }
    Ok(())
}

fn faults(name: &str, imported: &Imported) -> String {
    let stored = if imported.stored == 0 { "; nothing was stored" } else { "; the lines without one were stored" };
    let mut text = format!("{name} has {} faults{stored}:", imported.faults.len());
    for fault in &imported.faults {
        let _ = write!(text, "\n  {fault}");
    }
    text
}

/// `2019.csv` is followed by `2019.faulty.xlsx`.
fn beside(path: &Path) -> PathBuf {
    path.with_extension("faulty.xlsx")
}
