//! The chain of a region as JSON lines, with everything that somebody else needs to verify it.

use super::BATCH;
use crate::audit::{Checkpoint, Kind};
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo::audit;
use domain::ids::RegionId;
use serde::Serialize;

/// One line of an export.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Line {
    /// A sealed entry.
    Entry {
        /// Its place.
        position: i64,
        /// What is sealed of it, in order; null when the entry is gone.
        texts: Option<Vec<Option<String>>>,
        /// The hash of the link.
        hash: String,
    },
    /// A signed state of the chain.
    Checkpoint {
        /// The region.
        region: String,
        /// Up to which place.
        position: i64,
        /// The hash there.
        hash: String,
        /// When it was signed.
        at: String,
        /// The public key, base64url.
        key: String,
        /// The signature, base64url.
        signature: String,
    },
}

impl From<Checkpoint> for Line {
    fn from(signed: Checkpoint) -> Self {
        let at = signed.at_text();
        let Checkpoint { region, position, hash, key, signature, .. } = signed;
        Self::Checkpoint { region: region.to_string(), position, hash, at, key, signature }
    }
}

/// Hands the chain of a region to `write`, line by line; each signed state follows its link.
///
/// # Errors
/// What the database said, and [`AppError::Internal`] with what `write` said.
pub async fn export(
    deps: &Deps,
    region: RegionId,
    mut write: impl FnMut(&Line) -> std::io::Result<()>,
) -> AppResult<u64> {
    let conn = deps.db.reader();
    let mut write = move |line: &Line| write(line).map_err(|error| AppError::Internal(error.to_string()));
    let mut end = 0;
    loop {
        let links = audit::links(conn, region, end, BATCH).await?;
        let Some(last) = links.last().map(|link| link.position) else { return Ok(end.unsigned_abs()) };
        let ids: Vec<_> = links.iter().filter_map(|link| Some((Kind::from_code(&link.kind)?, link.entry_id))).collect();
        let entries = audit::entries(conn, &ids).await?;
        let mut signed = audit::checkpoints(conn, region, end, last).await?.into_iter().peekable();
        for row in links {
            let entry = Kind::from_code(&row.kind).and_then(|kind| entries.get(&(kind, row.entry_id)));
            let texts = entry.map(|entry| entry.texts(row.position, row.sealed_to));
            write(&Line::Entry { position: row.position, texts, hash: row.hash })?;
            if let Some(checkpoint) = signed.next_if(|checkpoint| checkpoint.position == row.position) {
                write(&checkpoint.into())?;
            }
        }
        end = last;
    }
}
