//! Walks the chain of a region from its first link, page by page, and stops at the first fault.

use super::{BATCH, Fault, Wrong};
use crate::audit::{CheckpointFault, Kind, START, Sealed, link};
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::audit;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::RegionId;
use entity::audit_link;
use std::collections::HashMap;
use uuid::Uuid;

/// How much older an entry may be than the instant up to which was sealed before it: no transaction lasts that long.
const SLACK: TimeDelta = TimeDelta::hours(1);

/// What is asked of a chain.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The place after which to begin; what lies before is taken as it stands.
    pub after: i64,
    /// A place and its hash that the caller noted somewhere else.
    pub known: Option<(i64, String)>,
    /// Public keys that are trusted besides the server's own.
    pub trusted: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The last place of the chain that was looked at; 0 for none.
    pub position: i64,
    /// The hash there.
    pub hash: String,
    /// The last place that is signed.
    pub signed: i64,
    /// How many entries wait to be sealed.
    pub waiting: u64,
    /// The first fault.
    pub fault: Option<Fault>,
}

/// The walk along one chain.
struct Walk {
    position: i64,
    hash: String,
    sealed_to: Option<DateTime<Utc>>,
}

/// Verifies the chain of a region.
///
/// # Errors
/// What the database said. A fault of the chain is part of the verdict.
pub async fn verify(deps: &Deps, region: RegionId, asked: &Asked) -> AppResult<Verdict> {
    let conn = deps.db.reader();
    let mut trusted = asked.trusted.clone();
    trusted.push(deps.audit.public());
    let mut walk = Walk { position: 0, hash: START.to_owned(), sealed_to: None };
    let mut verdict = Verdict { position: 0, hash: START.to_owned(), signed: 0, waiting: 0, fault: None };
    if asked.after > 0 {
        match audit::link_at(conn, region, asked.after).await? {
            Some(link) => walk = Walk { position: link.position, hash: link.hash, sealed_to: Some(link.sealed_to) },
            None => verdict.fault = Some(at(asked.after, None, Wrong::CutOff)),
        }
    }
    while verdict.fault.is_none() {
        let links = audit::links(conn, region, walk.position, BATCH).await?;
        let Some(last) = links.last().map(|link| link.position) else { break };
        let ids: Vec<_> = links.iter().filter_map(|link| Some((Kind::from_code(&link.kind)?, link.entry_id))).collect();
        let entries = audit::entries(conn, &ids).await?;
        let signed = audit::checkpoints(conn, region, walk.position, last).await?;
        let mut signed = signed.into_iter().peekable();
        for row in &links {
            if let Err(fault) = walk.step(row, &entries) {
                verdict.fault = Some(fault);
                break;
            }
            if asked.known.as_ref().is_some_and(|(place, hash)| *place == row.position && *hash != row.hash) {
                verdict.fault = Some(at(row.position, Some(row.entry_id), Wrong::OtherThanKnown));
                break;
            }
            if let Some(checkpoint) = signed.next_if(|checkpoint| checkpoint.position == row.position) {
                let wrong = match checkpoint.verify(&trusted) {
                    Err(CheckpointFault::ForeignKey) => Some(Wrong::ForeignKey),
                    Err(CheckpointFault::Signature) => Some(Wrong::BadSignature),
                    Ok(()) if checkpoint.hash != row.hash => Some(Wrong::OtherState),
                    Ok(()) => None,
                };
                if let Some(wrong) = wrong {
                    verdict.fault = Some(at(row.position, Some(row.entry_id), wrong));
                    break;
                }
                verdict.signed = checkpoint.position;
            }
        }
    }
    (verdict.position, verdict.hash) = (walk.position, walk.hash);
    if verdict.fault.is_none() {
        verdict.fault = beyond(deps, region, asked, verdict.position).await?;
    }
    verdict.waiting = audit::count_waiting(conn, region).await?;
    Ok(verdict)
}

fn at(position: i64, entry: Option<Uuid>, wrong: Wrong) -> Fault {
    Fault { position: Some(position), entry, wrong }
}

impl Walk {
    fn step(&mut self, row: &audit_link::Model, entries: &HashMap<(Kind, Uuid), Sealed>) -> Result<(), Fault> {
        let place = self.position + 1;
        if row.position != place {
            return Err(at(place, None, Wrong::Gap));
        }
        let fault = |wrong| at(place, Some(row.entry_id), wrong);
        let kind = Kind::from_code(&row.kind).ok_or_else(|| fault(Wrong::Changed))?;
        let entry = entries.get(&(kind, row.entry_id)).ok_or_else(|| fault(Wrong::Removed))?;
        if entry.region != row.region_id || link(&self.hash, &entry.texts(place, row.sealed_to)) != row.hash {
            return Err(fault(Wrong::Changed));
        }
        // Within a batch, and in the first of all, everything may be older.
        if self.sealed_to.is_some_and(|before| before != row.sealed_to && entry.at < before - SLACK) {
            return Err(fault(Wrong::Late));
        }
        *self = Self { position: place, hash: row.hash.clone(), sealed_to: Some(row.sealed_to) };
        Ok(())
    }
}

/// What is wrong outside the chain: states and entries that it should hold and does not.
async fn beyond(deps: &Deps, region: RegionId, asked: &Asked, end: i64) -> AppResult<Option<Fault>> {
    let conn = deps.db.reader();
    let signed = audit::last_checkpoint(conn, region).await?.map(|checkpoint| checkpoint.position);
    let known = asked.known.as_ref().map(|(position, _)| *position);
    let promised = signed.max(known).is_some_and(|position| position > end);
    // The chain may have grown since its end was read.
    if promised && audit::link_at(conn, region, end + 1).await?.is_none() {
        return Ok(Some(at(end + 1, None, Wrong::CutOff)));
    }
    if let Some(entry) = audit::stray(conn, region).await? {
        return Ok(Some(Fault { position: None, entry: Some(entry.id), wrong: Wrong::Inserted }));
    }
    let mut last = None;
    loop {
        let waiting = audit::waiting(conn, region, last.as_ref(), BATCH).await?;
        let ids: Vec<_> = waiting.iter().filter_map(|row| Some((Kind::from_code(&row.kind)?, row.entry_id))).collect();
        let entries = audit::entries(conn, &ids).await?;
        // One that was sealed between the two questions is still there.
        if let Some((_, gone)) = ids.iter().find(|id| !entries.contains_key(id)) {
            return Ok(Some(Fault { position: None, entry: Some(*gone), wrong: Wrong::Vanished }));
        }
        match waiting.into_iter().last() {
            Some(row) => last = Some(row),
            None => return Ok(None),
        }
    }
}
