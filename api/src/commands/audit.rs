//! `jianyan audit`: seals the trails, verifies and exports what is sealed.

use super::CommandFault;
use crate::clock::SystemClock;
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::audit;
use crate::use_cases::auditing::{self, Asked};
use crate::{audit as sealing, wiring};
use entity::region;
use std::io::Write;
use std::sync::Arc;

/// What is asked of `jianyan audit`.
#[derive(Clone, Debug)]
pub enum AuditCommand {
    /// Verify the chains.
    Verify {
        /// Of the region with this code; without it of all.
        region: Option<String>,
        /// What exactly.
        asked: Asked,
    },
    /// Write out the chain of a region.
    Export {
        /// Its code.
        region: String,
    },
    /// Seal now, and sign.
    Seal,
    /// Print the public key.
    Key,
}

/// Runs one of the commands against the database of the settings.
///
/// # Errors
/// [`CommandFault`]; for a chain with a fault too.
pub async fn run(command: &AuditCommand, out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let deps = wiring::deps(&settings, Arc::new(SystemClock)).await?;
    let done = with(&deps, command, out).await;
    wiring::close(&deps.db).await;
    done
}

/// Runs one of the commands with what is wired.
///
/// # Errors
/// [`CommandFault`]; for a chain with a fault too.
pub async fn with(deps: &Deps, command: &AuditCommand, out: &mut dyn Write) -> Result<(), CommandFault> {
    match command {
        AuditCommand::Verify { region, asked } => verify(deps, region.as_deref(), asked, out).await,
        AuditCommand::Export { region } => export(deps, region, out).await,
        AuditCommand::Seal => seal(deps, out).await,
        AuditCommand::Key => Ok(writeln!(out, "{}", deps.audit.public())?),
    }
}

async fn verify(deps: &Deps, code: Option<&str>, asked: &Asked, out: &mut dyn Write) -> Result<(), CommandFault> {
    for key in &asked.trusted {
        if sealing::key_from(key).is_none() {
            return Err(CommandFault::Failed(format!("{key} is no public key; see jianyan audit key（不是公钥）")));
        }
    }
    let mut faulty = 0;
    for region in regions(deps, code).await? {
        let verdict = stored(auditing::verify(deps, region.id, asked).await)?;
        let (position, hash, code, name) = (verdict.position, &verdict.hash, &region.code, &region.name);
        match &verdict.fault {
            Some(fault) => {
                faulty += 1;
                writeln!(out, "{code} {name}: 不完整 / FAULTY\n{fault}")?;
            }
            None => {
                writeln!(
                    out,
                    "{code} {name}: 完整 / intact, {position}:{hash}, 已签名至 / signed up to {}, 待封存 / waiting {}",
                    verdict.signed, verdict.waiting
                )?;
            }
        }
    }
    match faulty {
        0 => Ok(()),
        _ => Err(CommandFault::Failed(format!(
            "{faulty} of the chains are not what was sealed（{faulty} 个地区的轨迹链与封存时不符）"
        ))),
    }
}

async fn export(deps: &Deps, code: &str, out: &mut dyn Write) -> Result<(), CommandFault> {
    for region in regions(deps, Some(code)).await? {
        let write = |line: &auditing::Line| {
            serde_json::to_writer(&mut *out, line)?;
            writeln!(out)
        };
        stored(auditing::export(deps, region.id, write).await)?;
    }
    out.flush()?;
    Ok(())
}

async fn seal(deps: &Deps, out: &mut dyn Write) -> Result<(), CommandFault> {
    let sealed = stored(auditing::seal(deps).await)?;
    let mut signed = 0;
    for region in regions(deps, None).await? {
        signed += u32::from(stored(auditing::sign(deps, region.id).await)?);
    }
    writeln!(out, "封存 / sealed {sealed}, 签名 / signed {signed}")?;
    Ok(())
}

async fn regions(deps: &Deps, code: Option<&str>) -> Result<Vec<region::Model>, CommandFault> {
    let found = stored(audit::regions(deps.db.reader(), code).await.map_err(Into::into))?;
    match (found.is_empty(), code) {
        (true, Some(code)) => Err(CommandFault::Failed(format!("there is no region {code}（没有这个地区）"))),
        _ => Ok(found),
    }
}

fn stored<T>(result: AppResult<T>) -> Result<T, CommandFault> {
    result.map_err(|error| CommandFault::Failed(format!("the trails cannot be read or sealed: {error}")))
}
