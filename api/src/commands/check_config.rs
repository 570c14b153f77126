//! `jianyan check-config`: the effective settings, without touching anything.

use super::CommandFault;
use crate::config::unknown_variables;
use std::io::Write;

/// Prints the settings with their sources, and warns of variables that mean nothing.
///
/// # Errors
/// The first wrong setting.
pub fn run(out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings()?;
    write!(out, "{}", settings.describe())?;
    for warning in warnings() {
        writeln!(out, "warning: {warning}")?;
    }
    Ok(())
}

/// Warnings about variables of this process.
pub fn warnings() -> Vec<String> {
    let names: Vec<String> = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    unknown_variables(names.iter().map(String::as_str), &[])
}
