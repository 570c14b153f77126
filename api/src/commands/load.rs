//! `jianyan load ROSTER.json`: fills the directories from a file.

use super::{CommandFault, file_fault};
use crate::clock::SystemClock;
use crate::cx::Deps;
use crate::use_cases::load_roster::{LoadError, LoadReport, load_roster};
use crate::wiring;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// The longest file read, in bytes.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Loads the file and prints what was created, updated and left as it was.
///
/// # Errors
/// [`CommandFault`]; nothing was stored then.
pub async fn run(path: &Path, out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let json = read(path)?;
    let deps = wiring::deps(&settings, Arc::new(SystemClock)).await?;
    let report = load(&deps, &path.display().to_string(), &json).await;
    wiring::close(&deps.db).await;
    write!(out, "{}", report?)?;
    Ok(())
}

/// Loads a roster; its faults become lines with their JSON paths.
pub(super) async fn load(deps: &Deps, name: &str, json: &str) -> Result<LoadReport, CommandFault> {
    load_roster(deps, json).await.map_err(|error| match error {
        LoadError::Faulty(faults) => {
            let mut text = format!("{name} has {} faults; nothing was loaded:", faults.len());
            for fault in faults {
                let _ = write!(text, "\n  {}: {} / {}", fault.path, fault.message_zh, fault.message_en);
            }
            CommandFault::Roster(text)
        }
        other => CommandFault::Failed(format!("{name} was not loaded: {other}")),
    })
}

/// Reads a file of at most [`LONGEST`] bytes.
pub(super) fn read(path: &Path) -> Result<String, CommandFault> {
    let fault = |reason| file_fault(path, "read", reason);
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(fault)?;
    file.take(LONGEST + 1).read_to_string(&mut text).map_err(fault)?;
    if text.len() as u64 > LONGEST {
        return Err(CommandFault::Failed(format!("{} is longer than {LONGEST} bytes", path.display())));
    }
    Ok(text)
}
