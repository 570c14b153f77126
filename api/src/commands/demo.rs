//! `jianyan demo`: a region with people and matters to try things on, in a database of its own.

use super::{CommandFault, file_fault, load, serve};
use crate::auth::password::PasswordCost;
use crate::config::{Settings, process_variable};
use crate::{demo, wiring};
use chrono::{DateTime, Utc};
use std::io::Write;
use std::path::Path;

/// The people and directories of the demonstration.
pub(super) const ROSTER: &str = include_str!("../../data/roster.json");

/// The password of everybody in the roster.
pub(super) const PASSWORD: &str = "Qinghe-2026-demo";

/// Whom to sign in as, and what to try.
const PEOPLE: [(&str, &str, &str); 5] = [
    ("rep01", "人大代表:撰写、提交建议,评价答复", "deputy: drafts and submits, rates replies"),
    ("congress1", "人大代表工委:审查、立案、督办", "congress office: reviews, accepts, supervises"),
    ("gov1", "政府交办机构:拟办、交办、审定退办", "government office: plans and assigns, decides returns"),
    ("mzj-liaison", "民政局联络员:签收、登记沟通、印发答复", "liaison of the civil affairs bureau: signs for, issues"),
    ("mzj-head", "民政局局长:签发答复", "head of the civil affairs bureau: signs replies off"),
];

/// What a former demonstration leaves in its directory.
const REMAINS: [&str; 4] = ["jianyan.db", "jianyan.db-wal", "jianyan.db-shm", "token.secret"];

/// Makes the database anew, tells the stories, and serves.
///
/// # Errors
/// [`CommandFault`].
pub async fn run(rehearsal: Option<DateTime<Utc>>, out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = demo_settings()?;
    super::start_log(&settings)?;
    let clock = super::clock(rehearsal, out)?;
    // First, so that a demonstration that is still running keeps its database.
    let listener = serve::listen(&settings).await?;
    remove_remains(&settings.data_dir)?;
    wiring::make_dir(&settings.data_dir)?;
    let db = wiring::connect(&settings).await?;
    wiring::migrate(&db).await?;
    let deps = wiring::with_database(&settings, clock, db, PasswordCost::default()).await?;
    writeln!(out, "Preparing the demonstration in {} …", settings.data_dir.display())?;
    load::load(&deps, "the roster of the demonstration", ROSTER).await?;
    demo::tell_stories(&deps, PASSWORD)
        .await
        .map_err(|error| CommandFault::Failed(format!("the demonstration could not be prepared: {error}")))?;
    writeln!(out, "\nSign in with the password {PASSWORD} (登录密码同左) as:")?;
    for (name, zh, en) in PEOPLE {
        writeln!(out, "  {name:<12} {zh}\n  {:<12} {en}", "")?;
    }
    writeln!(out)?;
    serve::serve(&settings, deps, listener, out).await
}

/// The settings of this process, but with a data directory and an embedded database of their own.
fn demo_settings() -> Result<Settings, CommandFault> {
    let directory = super::settings()?.data_dir.join("demo");
    let path = directory.join("jianyan.db");
    let (Some(directory), Some(path)) = (directory.to_str(), path.to_str()) else {
        return Err(CommandFault::Failed(format!("{} is not UTF-8; set JIANYAN_DATA_DIR", directory.display())));
    };
    // In a URL these would be an escape and the end of the path.
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    let own = |name: &str| match name {
        "JIANYAN_DATA_DIR" => Some(directory.to_owned()),
        "DATABASE_URL" => Some(format!("sqlite://{path}?mode=rwc")),
        // The screen belongs to the sign-ins, unless somebody asks for the log.
        "JIANYAN_LOG" => Some(process_variable("JIANYAN_LOG").unwrap_or_else(|| "warn".to_owned())),
        other => process_variable(other),
    };
    Ok(Settings::load(own, &super::working_directory()?)?)
}

fn remove_remains(directory: &Path) -> Result<(), CommandFault> {
    for name in REMAINS {
        let path = directory.join(name);
        match std::fs::remove_file(&path) {
            Err(reason) if reason.kind() != std::io::ErrorKind::NotFound => {
                return Err(file_fault(&path, "removed", reason));
            }
            _ => {}
        }
    }
    Ok(())
}
