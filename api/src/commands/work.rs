//! `jianyan work`: the daily work alone, beside any number of servers on the same database.

use super::CommandFault;
use crate::wiring;
use crate::work::Worker;
use chrono::{DateTime, Utc};
use std::io::Write;

/// Works until the process is told to stop.
///
/// # Errors
/// [`CommandFault`] when it cannot start.
pub async fn run(rehearsal: Option<DateTime<Utc>>, out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let clock = super::clock(rehearsal, out)?;
    let channels = wiring::channels(&settings, clock.as_ref())?;
    let deps = wiring::deps(&settings, clock).await?;
    let stop = super::serve::stop_signal()?;
    writeln!(out, "Jianyan does the daily work; stop it with Ctrl-C.")?;
    out.flush()?;
    Worker::new(deps.clone(), channels).run(stop).await;
    wiring::close(&deps.db).await;
    Ok(())
}
