//! Loading a roster: regions, organisations, people, sessions, categories and rules, from one file.
//!
//! Loading is idempotent: what is missing is created, names and the like are brought up to date, and
//! loading the same file again changes nothing. What the file does not name is left alone, so that a
//! position ends by its `endsOn` and never by being left out. The password of an account that exists is
//! never touched. A faulty file is refused as a whole. The forms and the calendar that come with the
//! program are stored on the way.

mod conflicts;
mod duties;
mod loading;
mod report;

pub use report::{Kind, LoadReport, Tally};

use crate::auth::password::PasswordError;
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo;
use domain::roster::{self, Roster};
use domain::rules::document::DocumentFault;
use futures_util::{StreamExt, TryStreamExt, stream};
use loading::Loading;
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;
use std::collections::HashMap;

/// How many passwords are hashed at once.
const HASHES_AT_ONCE: usize = 2;

/// Why a roster was not loaded; nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file is faulty; every fault with its JSON path.
    #[error("the roster has {} faults", .0.len())]
    Faulty(Vec<DocumentFault>),
    /// A first password could not be hashed.
    #[error("a password could not be hashed: {0}")]
    Password(#[from] PasswordError),
    /// The database failed, or the program holds a faulty file itself.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Loads a roster in one transaction.
///
/// # Errors
/// [`LoadError`]; nothing was stored then.
pub async fn load_roster(deps: &Deps, json: &str) -> Result<LoadReport, LoadError> {
    let roster = roster::parse(json).map_err(LoadError::Faulty)?;
    let hashes = hash_new_passwords(deps, &roster).await?;
    let given = (deps, roster, hashes);
    let stored = deps.db.run(&given, |tx, (deps, roster, hashes)| Box::pin(store(tx, deps, roster, hashes)));
    let report = stored.await?.map_err(LoadError::Faulty)?;
    deps.rules.forget();
    Ok(report)
}

/// Hashes of first passwords by sign-in name.
type Hashes = HashMap<String, String>;

async fn store(
    tx: &DatabaseTransaction,
    deps: &Deps,
    roster: &Roster,
    hashes: &Hashes,
) -> AppResult<Result<LoadReport, Vec<DocumentFault>>> {
    let there = repo::roster::directories(tx).await?;
    let faults = conflicts::find(roster, &there);
    if !faults.is_empty() {
        // Nothing was written yet, so that committing stores nothing.
        return Ok(Err(faults));
    }
    Loading::new(deps, tx, there).run(roster, hashes).await.map(Ok)
}

/// Hashes the first passwords of people who have no account yet, before the transaction begins.
async fn hash_new_passwords(deps: &Deps, roster: &Roster) -> Result<Hashes, LoadError> {
    let names: Vec<String> = roster.users.iter().map(|user| user.username.to_lowercase()).collect();
    let taken = repo::roster::taken_names(deps.db.reader(), &names).await.map_err(AppError::from)?;
    let mut hashing = Vec::new();
    for (name, user) in names.into_iter().zip(&roster.users) {
        if !taken.contains(&name) {
            let password = SecretString::from(user.password.expose());
            hashing.push(async move { Ok((name, deps.passwords.hash(password).await?)) });
        }
    }
    stream::iter(hashing).buffered(HASHES_AT_ONCE).try_collect().await
}
