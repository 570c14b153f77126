//! The commands of the program, one file each.
//!
//! They write for people into what they are given; nothing here prints by itself.

pub mod audit;
pub mod bench;
pub mod calendar;
pub mod check_config;
pub mod demo;
pub mod import;
pub mod index;
pub mod load;
pub mod migrate;
pub mod schema;
pub mod serve;
pub mod work;

use crate::clock::{Clock, RehearsalClock, SystemClock};
use crate::config::{Settings, SettingsFault, process_variable};
use crate::telemetry::{self, TelemetryFault};
use crate::wiring::StartFault;
use chrono::{DateTime, Utc};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a command failed; prints as one sentence (a faulty roster: one line per fault).
#[derive(Debug, thiserror::Error)]
pub enum CommandFault {
    /// A setting is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsFault),
    /// The log cannot be started.
    #[error(transparent)]
    Telemetry(#[from] TelemetryFault),
    /// The server cannot start.
    #[error(transparent)]
    Start(#[from] StartFault),
    /// The address is taken or not ours.
    #[error("cannot listen on {address} ({reason}); stop the other program, or set JIANYAN_LISTEN")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the operating system said.
        reason: std::io::Error,
    },
    /// A file cannot be read, made or removed.
    #[error("{} cannot be {action} ({reason})", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the operating system said.
        reason: std::io::Error,
    },
    /// The output is gone.
    #[error("the output cannot be written ({0})")]
    Output(#[from] std::io::Error),
    /// The roster has faults; the text has a line for each.
    #[error("{0}")]
    Roster(String),
    /// Files of the calendar have faults; the text has a line for each.
    #[error("{0}")]
    Calendar(String),
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl CommandFault {
    /// The exit code: 2 when the operator must mend a setting, 1 otherwise.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_)
            | Self::Start(StartFault::Settings(_) | StartFault::TokenSecret(_) | StartFault::Trusted { .. }) => 2,
            _ => 1,
        }
    }
}

/// Reads the settings of this process.
///
/// # Errors
/// [`CommandFault::Settings`].
pub fn settings() -> Result<Settings, CommandFault> {
    Ok(Settings::load(process_variable, &working_directory()?)?)
}

/// Reads the settings and starts the log.
///
/// # Errors
/// [`CommandFault`] for a wrong setting.
pub fn settings_with_log() -> Result<Settings, CommandFault> {
    let settings = settings()?;
    start_log(&settings)?;
    Ok(settings)
}

fn start_log(settings: &Settings) -> Result<(), CommandFault> {
    telemetry::init(settings.log_format, &settings.log)?;
    for warning in check_config::warnings() {
        tracing::warn!("{warning}");
    }
    Ok(())
}

/// The machine's clock, or one that begins at the chosen instant; the latter with a warning.
pub fn clock(rehearsal: Option<DateTime<Utc>>, out: &mut dyn Write) -> Result<Arc<dyn Clock>, CommandFault> {
    let Some(start) = rehearsal else { return Ok(Arc::new(SystemClock)) };
    writeln!(out, "WARNING: rehearsal clock from {start}; every entry of the trail is marked as a rehearsal.")?;
    writeln!(out, "警告:正在使用演练时钟(自 {start} 起),办理轨迹均标记为演练。")?;
    Ok(Arc::new(RehearsalClock::starting_at(start)))
}

fn working_directory() -> Result<PathBuf, CommandFault> {
    std::env::current_dir().map_err(|reason| file_fault(Path::new("."), "entered", reason))
}

fn file_fault(path: &Path, action: &'static str, reason: std::io::Error) -> CommandFault {
    CommandFault::File { path: path.to_owned(), action, reason }
}
