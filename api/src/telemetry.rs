//! The server's log: what is written, and in which form.
//!
//! It goes to standard error, one event a line, for the service manager to
//! keep. Nothing here decides what may be logged; secrets stay out of the log
//! because their types do not print.

use std::fmt;
use std::io::IsTerminal;
use std::str::FromStr;

use tracing_subscriber::EnvFilter;

/// How a log line looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people: time, level, target, message, fields. Coloured on a terminal.
    #[default]
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl FromStr for LogFormat {
    type Err = ();

    /// Reads `text` or `json`, in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.to_ascii_lowercase().as_str() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

impl fmt::Display for LogFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

/// Why the log could not be started; each is one sentence for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TelemetryFault {
    /// The filter cannot be read.
    #[error(
        "the log filter \"{filter}\" cannot be read ({reason}); \
         give a level such as info, or parts such as info,api=debug"
    )]
    Filter {
        /// The filter as given.
        filter: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The log was started before in this process.
    #[error("the log has been started already; start it once, at the beginning of the program")]
    AlreadyStarted,
}

/// Checks a log filter without starting the log.
///
/// # Errors
///
/// [`TelemetryFault::Filter`].
pub fn check_filter(filter: &str) -> Result<(), TelemetryFault> {
    parse_filter(filter).map(|_| ())
}

/// Starts the log of this process.
///
/// # Errors
///
/// [`TelemetryFault`], as a sentence for the operator.
pub fn init(format: LogFormat, filter: &str) -> Result<(), TelemetryFault> {
    let builder = tracing_subscriber::fmt().with_env_filter(parse_filter(filter)?).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|_| TelemetryFault::AlreadyStarted)
}

/// Reads a filter.
fn parse_filter(filter: &str) -> Result<EnvFilter, TelemetryFault> {
    let fault = |reason: String| TelemetryFault::Filter { filter: filter.to_owned(), reason };
    if filter.trim().is_empty() {
        return Err(fault("it is empty".to_owned()));
    }
    // The library takes a bare word that is no level for the name of a module,
    // so that a slip such as "inof" would silence the whole log.
    for part in filter.split(',') {
        if !part.contains(['=', '[']) && !is_level(part) {
            return Err(fault(format!("\"{part}\" is not a level")));
        }
    }
    EnvFilter::try_new(filter).map_err(|reason| fault(reason.to_string()))
}

/// Whether a word is a log level.
fn is_level(word: &str) -> bool {
    ["off", "error", "warn", "info", "debug", "trace"].iter().any(|level| word.eq_ignore_ascii_case(level))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn right_filters_are_taken() {
        for filter in
            ["info", "WARN", "off", "info,api=debug", "info,sqlx::query=warn,hyper=off", "info,[request{id=1}]=trace"]
        {
            assert_eq!(check_filter(filter), Ok(()), "{filter}");
        }
    }

    #[test]
    fn wrong_filters_are_named_in_one_sentence() {
        for filter in ["", " ", "inof", "info,", "api=loud", "info;debug", "api=debug=info", "5x"] {
            let sentence = check_filter(filter).unwrap_err().to_string();
            assert!(sentence.contains(&format!("\"{filter}\"")), "{sentence}");
            assert!(sentence.contains("give a level") && !sentence.contains('\n'), "{sentence}");
        }
    }

    #[test]
    fn the_log_is_started_once() {
        assert!(matches!(init(LogFormat::Text, "api=loud"), Err(TelemetryFault::Filter { .. })));
        assert_eq!(init(LogFormat::Json, "off"), Ok(()));
        assert_eq!(init(LogFormat::Text, "off"), Err(TelemetryFault::AlreadyStarted));
    }

    #[test]
    fn formats_are_read_and_written() {
        assert_eq!("JSON".parse(), Ok(LogFormat::Json));
        assert_eq!("text".parse(), Ok(LogFormat::Text));
        assert_eq!("xml".parse::<LogFormat>(), Err(()));
        assert_eq!(LogFormat::Json.to_string(), "json");
        assert_eq!(LogFormat::default().to_string(), "text");
    }
}
