//! `jianyan calendar FILE…`: brings in the holidays of years, national or a region's own.

use super::CommandFault;
use super::load::read;
use crate::clock::SystemClock;
use crate::use_cases::importing_calendar::{ImportError, Imported, import_files};
use crate::wiring;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

/// Brings in the files, in their order, and prints what changed; faulty files keep all of them out.
///
/// # Errors
/// [`CommandFault`]; nothing was stored then.
pub async fn run(
    paths: &[PathBuf],
    region: Option<&str>,
    dry_run: bool,
    out: &mut dyn Write,
) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let files = paths.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let deps = wiring::deps(&settings, Arc::new(SystemClock)).await?;
    let imported = import_files(&deps, &files, region, dry_run).await;
    wiring::close(&deps.db).await;
    tell(&imported.map_err(|error| fault(paths, error))?, dry_run, out)
}

fn tell(imported: &[Imported], dry_run: bool, out: &mut dyn Write) -> Result<(), CommandFault> {
    for Imported { year, changes, .. } in imported {
        let (created, updated, removed) = (changes.created, changes.updated, changes.removed);
        writeln!(out, "{year}: {created} days created, {updated} updated, {removed} removed")?;
    }
    if dry_run {
        writeln!(out, "This was a dry run: nothing was stored.")?;
    } else {
        let moved: usize = imported.iter().map(|one| one.moved).sum();
        writeln!(out, "{moved} due days moved; those concerned were told.")?;
    }
    Ok(())
}

/// The faults of files become lines with their JSON paths.
fn fault(paths: &[PathBuf], error: ImportError) -> CommandFault {
    let ImportError::Faulty(files) = error else {
        return CommandFault::Failed(format!("the calendar was not brought in: {error}"));
    };
    let mut text = String::from("nothing was brought in:");
    for (place, faults) in files {
        let name = paths.get(place).map(|path| path.display().to_string()).unwrap_or_default();
        let _ = write!(text, "\n{name} has {} faults:", faults.len());
        for fault in faults {
            let _ = write!(text, "\n  {}: {} / {}", fault.path, fault.message_zh, fault.message_en);
        }
    }
    CommandFault::Calendar(text)
}
