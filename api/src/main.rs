//! The program `jianyan`: reads the command line, runs a command, and prints.

use api::commands::audit::AuditCommand;
use api::commands::{self, CommandFault};
use api::runtime;
use api::use_cases::auditing::Asked;
use chrono::{DateTime, Utc};
use clap::{CommandFactory, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Handling of suggestions and proposals (建议提案办理).
///
/// Settings come from the environment and from jianyan.toml; see them with `jianyan check-config`.
#[derive(Debug, Parser)]
#[command(name = "jianyan", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the GraphQL API and the explorer.
    Serve {
        /// Begin at this instant (RFC 3339) instead of now; marks the trail as a rehearsal.
        #[arg(long, value_name = "INSTANT")]
        clock: Option<DateTime<Utc>>,
    },
    /// Does the daily work (reminders, letters) alone; `serve` does it too.
    Work {
        /// Begin at this instant (RFC 3339) instead of now; marks the trail as a rehearsal.
        #[arg(long, value_name = "INSTANT")]
        clock: Option<DateTime<Utc>>,
    },
    /// Brings the database schema up to date.
    Migrate,
    /// Loads regions, organisations, people, sessions, categories and rules from a file.
    Load {
        /// The file, of format roster/1.
        #[arg(value_name = "ROSTER.json")]
        roster: PathBuf,
    },
    /// Brings in the holidays of years and moves the due days that rest on them.
    Calendar {
        /// The files, of format calendar/1, one year each.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Add the days to this region alone; without it they are the national ones.
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        /// Only say what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Brings in the matters of a ledger, CSV or XLSX; the same file again adds nothing.
    Import {
        /// The file.
        #[arg(value_name = "LEDGER")]
        ledger: PathBuf,
        /// The region whose ledger it is.
        #[arg(long, value_name = "CODE")]
        region: String,
        /// Only say what would be stored.
        #[arg(long)]
        dry_run: bool,
        /// Store the lines without a fault, and write the others beside the file.
        #[arg(long)]
        skip_faulty: bool,
    },
    /// Makes the search index again from the texts; serving goes on meanwhile.
    Index,
    /// Verifies, exports and seals the tamper-evident chain over the trails.
    Audit {
        #[command(subcommand)]
        what: Audit,
    },
    /// Measures this program in a database of its own, or in an empty one that DATABASE_URL names.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Prints the GraphQL schema.
    Schema,
    /// Prints the effective settings and where each comes from.
    CheckConfig,
    /// Serves a demonstration with people and matters, in a fresh database of its own.
    Demo {
        /// Begin at this instant (RFC 3339) instead of now; marks the trail as a rehearsal.
        #[arg(long, value_name = "INSTANT")]
        clock: Option<DateTime<Utc>>,
    },
}

/// What is done with the sealed trails.
#[derive(Debug, Subcommand)]
enum Audit {
    /// Looks at every sealed entry; ends with exit code 1 at the first that was changed, removed, inserted or moved.
    Verify {
        /// The region; without it all.
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        /// Begin after this place of the chain; what lies before is taken as it stands.
        #[arg(long, value_name = "POSITION", default_value_t = 0)]
        after: i64,
        /// A place of the chain and its hash that was noted somewhere else, as an earlier run printed it.
        #[arg(long, value_name = "POSITION:HASH", value_parser = known)]
        known: Option<(i64, String)>,
        /// A public key that is trusted besides the present one of the server.
        #[arg(long, value_name = "KEY")]
        trust: Vec<String>,
    },
    /// Prints the chain of a region with its signed states as JSON lines.
    Export {
        /// The region.
        #[arg(long, value_name = "CODE")]
        region: String,
    },
    /// Seals now what waits, and signs; the server does it by itself.
    Seal,
    /// Prints the public key with which checkpoints are signed.
    Key,
}

impl From<Audit> for AuditCommand {
    fn from(what: Audit) -> Self {
        match what {
            Audit::Verify { region, after, known, trust: trusted } => {
                Self::Verify { region, asked: Asked { after, known, trusted } }
            }
            Audit::Export { region } => Self::Export { region },
            Audit::Seal => Self::Seal,
            Audit::Key => Self::Key,
        }
    }
}

/// Reads `POSITION:HASH`.
fn known(text: &str) -> Result<(i64, String), String> {
    let (position, hash) = text.split_once(':').ok_or("write POSITION:HASH")?;
    let position = position.parse().map_err(|_| "the position is no number")?;
    Ok((position, hash.to_owned()))
}

/// What is measured.
#[derive(Debug, Subcommand)]
enum Bench {
    /// Computing due days again, and releasing assignments.
    Clocks {
        /// How many open matters there are.
        #[arg(long, value_name = "COUNT", default_value_t = 70_000)]
        matters: usize,
    },
    /// One question about the figures of handling years.
    Statistics {
        /// How many matters there are: 3,000 over ten years in a district, 70,000 a year in a province.
        #[arg(long, value_name = "COUNT", default_value_t = 3_000)]
        matters: usize,
        /// Over how many handling years.
        #[arg(long, value_name = "COUNT", default_value_t = 10)]
        years: usize,
    },
    /// Searching the texts of ten years.
    Search {
        /// How many matters there are.
        #[arg(long, value_name = "COUNT", default_value_t = 30_000)]
        matters: usize,
    },
}

fn main() -> ExitCode {
    // One TLS backend for all: the database, the mail server, the gateway. Nobody was faster at this point.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader has what it wanted, as in `jianyan schema | head`.
        Err(CommandFault::Output(gone)) if gone.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(fault) => {
            let _ = writeln!(std::io::stderr(), "jianyan: {fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}

fn run(command: Option<Command>) -> Result<(), CommandFault> {
    let out = &mut std::io::stdout();
    match command {
        None => Ok(Arguments::command().print_help()?),
        Some(Command::Serve { clock }) => runtime::build()?.block_on(commands::serve::run(clock, out)),
        Some(Command::Work { clock }) => runtime::build()?.block_on(commands::work::run(clock, out)),
        Some(Command::Migrate) => runtime::build()?.block_on(commands::migrate::run(out)),
        Some(Command::Load { roster }) => runtime::build()?.block_on(commands::load::run(&roster, out)),
        Some(Command::Calendar { files, region, dry_run }) => {
            runtime::build()?.block_on(commands::calendar::run(&files, region.as_deref(), dry_run, out))
        }
        Some(Command::Import { ledger, region, dry_run, skip_faulty }) => {
            runtime::build()?.block_on(commands::import::run(&ledger, &region, (dry_run, skip_faulty), out))
        }
        Some(Command::Index) => runtime::build()?.block_on(commands::index::run(out)),
        Some(Command::Bench { what: Bench::Clocks { matters } }) => {
            runtime::build()?.block_on(commands::bench::clocks(matters, out))
        }
        Some(Command::Bench { what: Bench::Statistics { matters, years } }) => {
            runtime::build()?.block_on(commands::bench::statistics(matters, years, out))
        }
        Some(Command::Bench { what: Bench::Search { matters } }) => {
            runtime::build()?.block_on(commands::bench::search(matters, out))
        }
        Some(Command::Audit { what }) => runtime::build()?.block_on(commands::audit::run(&what.into(), out)),
        Some(Command::Schema) => commands::schema::run(out),
        Some(Command::CheckConfig) => commands::check_config::run(out),
        Some(Command::Demo { clock }) => runtime::build()?.block_on(commands::demo::run(clock, out)),
    }
}
