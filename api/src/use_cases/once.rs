//! The same key from the same person gives the first result again.

use super::{Work, fields};
use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::idempotency;
use domain::ids::TypedId;
use domain::refusal::Refusal;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The most characters of a key.
const MOST: u16 = 128;

/// The key as it is kept: cleaned like every other line of text.
fn cleaned(key: Option<&str>) -> AppResult<Option<String>> {
    Ok(key.map(|key| fields::line("idempotencyKey", key, MOST)).transpose()?)
}

/// What the key gave the first time, if it was used.
///
/// # Errors
/// A refusal when the key was used for something else, or is no usable key.
pub async fn first<T: TypedId>(
    work: &Work<'_>,
    _permit: &Permit,
    operation: &str,
    key: Option<&str>,
    command: &impl Serialize,
) -> AppResult<Option<T>> {
    let Some(key) = cleaned(key)? else { return Ok(None) };
    let found = idempotency::find(work.tx, work.cx.actor.user_id, &key).await?;
    let Some(found) = found else { return Ok(None) };
    if found.operation != operation || found.digest != digest(command)? {
        return Err(Refusal::KeyReused.at("idempotencyKey").into());
    }
    let id = found.subject.parse().map_err(|_| AppError::Internal(format!("idempotency names {}", found.subject)))?;
    Ok(Some(id))
}

/// Remembers what the key gave.
pub async fn remember<T: TypedId>(
    work: &Work<'_>,
    permit: &Permit,
    operation: &str,
    key: Option<&str>,
    command: &impl Serialize,
    subject: T,
) -> AppResult<()> {
    let Some(key) = cleaned(key)? else { return Ok(()) };
    let row = entity::idempotency::Model {
        person_id: work.cx.actor.user_id,
        key,
        operation: operation.to_owned(),
        digest: digest(command)?,
        subject: subject.to_string(),
        at: work.now(),
    };
    match work.insert(permit, row).await {
        // Two requests with one key at once: the second runs again and finds the first result.
        Err(AppError::Database(error)) if crate::db::broken(&error).is_some() => {
            Err(Refusal::Stale.at("idempotencyKey").into())
        }
        other => other,
    }
}

fn digest(command: &impl Serialize) -> AppResult<String> {
    let text = serde_json::to_vec(command).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect())
}
