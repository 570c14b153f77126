//! Seals entries that are committed: links them, in the order in which they happened, to the chain of their region.
//!
//! Transactions only note that an entry waits; nobody waits for the chain. A batch is one transaction under the lock of
//! the region, so that a server that dies in the middle has sealed nothing of it, and several workers seal one after the
//! other.

use super::BATCH;
use crate::access::{Permit, background_work};
use crate::audit::{Kind, START, link};
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::{audit, directory};
use domain::ids::RegionId;
use entity::audit_link;
use sea_orm::DatabaseTransaction;

/// After how many links the state of the chain is signed at the latest; the worker signs it once a day too.
const LINKS_PER_CHECKPOINT: i64 = 1_000;

/// Seals everything that waits; how many entries.
///
/// # Errors
/// What the database said; whole batches that were sealed before stay.
pub async fn seal(deps: &Deps) -> AppResult<u64> {
    let mut sealed = 0;
    for region in audit::waiting_regions(deps.db.reader()).await? {
        loop {
            let batch = deps.db.run(&(deps, region), |tx, (deps, region)| Box::pin(batch(tx, deps, *region))).await?;
            sealed += batch;
            if batch < BATCH {
                break;
            }
        }
    }
    Ok(sealed)
}

async fn batch(tx: &DatabaseTransaction, deps: &Deps, region: RegionId) -> AppResult<u64> {
    let (permit, now) = (background_work(), deps.clock.now());
    directory::lock_region(tx, &permit, region).await?;
    let last = audit::last_link(tx, region).await?;
    let (mut position, mut before) = last.map_or((0, START.to_owned()), |link| (link.position, link.hash));
    let waiting = audit::waiting(tx, region, None, BATCH).await?;
    let ids: Vec<_> = waiting.iter().filter_map(|row| Some((Kind::from_code(&row.kind)?, row.entry_id))).collect();
    let entries = audit::entries(tx, &ids).await?;
    // What comes later and says that it happened before this is suspicious.
    let sealed_to = match waiting.last() {
        Some(last) if waiting.len() as u64 == BATCH => last.at.min(now),
        _ => now,
    };
    let mut links = Vec::with_capacity(ids.len());
    // One that is gone stays in the list of those that wait, where the verifier finds it.
    for entry in ids.iter().filter_map(|id| entries.get(id)) {
        position += 1;
        before = link(&before, &entry.texts(position, sealed_to));
        links.push(audit_link::Model {
            region_id: region,
            position,
            kind: entry.kind.code().to_owned(),
            entry_id: entry.id,
            hash: before.clone(),
            sealed_to,
        });
    }
    let done = links.iter().map(|link| link.entry_id).collect::<Vec<_>>();
    let count = done.len() as u64;
    if count > 0 {
        audit::add_links(tx, &permit, links).await?;
        audit::wait_no_more(tx, &permit, done).await?;
        sign_after(tx, deps, &permit, region, LINKS_PER_CHECKPOINT).await?;
    }
    Ok(count)
}

/// Signs the state of a region's chain, unless that was done since its last link; whether it was.
///
/// # Errors
/// What the database said.
pub async fn sign(deps: &Deps, region: RegionId) -> AppResult<bool> {
    deps.db
        .run(&(deps, region), |tx, (deps, region)| {
            Box::pin(async move {
                let permit = background_work();
                directory::lock_region(tx, &permit, *region).await?;
                sign_after(tx, deps, &permit, *region, 1).await
            })
        })
        .await
}

/// Signs the state when so many links were added since the last signed one.
async fn sign_after(
    tx: &DatabaseTransaction,
    deps: &Deps,
    permit: &Permit,
    region: RegionId,
    links: i64,
) -> AppResult<bool> {
    let Some(last) = audit::last_link(tx, region).await? else { return Ok(false) };
    let signed = audit::last_checkpoint(tx, region).await?.map_or(0, |checkpoint| checkpoint.position);
    if last.position - signed < links {
        return Ok(false);
    }
    let checkpoint = deps.audit.sign(region, last.position, &last.hash, deps.clock.now());
    audit::add_checkpoint(tx, permit, checkpoint).await?;
    Ok(true)
}
