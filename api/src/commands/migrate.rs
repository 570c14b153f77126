//! `jianyan migrate`: brings the database schema up to date.

use super::CommandFault;
use crate::wiring;
use std::io::Write;

/// Runs the migrations that are pending.
///
/// # Errors
/// [`CommandFault`]; a migration that failed left nothing behind.
pub async fn run(out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let db = wiring::connect(&settings).await?;
    let ran = wiring::migrate(&db).await;
    wiring::close(&db).await;
    writeln!(out, "The schema is up to date (migrations run: {}).", ran?)?;
    Ok(())
}
