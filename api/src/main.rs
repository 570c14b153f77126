//! The program `jianyan`: reads the command line, runs a command, and prints.

use api::commands::{self, CommandFault};
use api::runtime;
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
        Some(Command::Schema) => commands::schema::run(out),
        Some(Command::CheckConfig) => commands::check_config::run(out),
        Some(Command::Demo { clock }) => runtime::build()?.block_on(commands::demo::run(clock, out)),
    }
}
