//! `jianyan index`: makes the search index again from the texts.

use super::CommandFault;
use crate::clock::SystemClock;
use crate::use_cases::indexing;
use crate::wiring;
use std::io::Write;
use std::sync::Arc;

/// Indexes every matter again, some hundred in one transaction; serving goes on meanwhile.
///
/// # Errors
/// [`CommandFault`]; what was indexed until then stays.
pub async fn run(out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let deps = wiring::deps(&settings, Arc::new(SystemClock)).await?;
    let done = indexing::rebuild(&deps.db).await;
    wiring::close(&deps.db).await;
    let matters = done.map_err(|error| CommandFault::Failed(format!("the index was not made: {error}")))?;
    writeln!(out, "The search index holds {matters} matters.")?;
    Ok(())
}
