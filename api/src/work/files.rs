//! Takes away what was announced and never came, and the bytes of files that nobody may ask for any more.
//!
//! Only bytes of rows that are marked are deleted. A file that no row knows stays: it may belong to a
//! database that was restored from an older backup, or to another one.

use super::{BATCH, Shift, Worker, permit};
use crate::error::{AppError, AppResult};
use crate::repo::attachments;
use chrono::TimeDelta;

/// How long bytes are waited for.
const PATIENCE: TimeDelta = TimeDelta::days(1);

/// Tidies the files of the region; how many rows and drafts went.
pub(super) async fn tidy(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    let (permit, conn) = (permit(), worker.deps.db.writer());
    let store = &worker.deps.files;
    let fault = |error: std::io::Error| AppError::Internal(format!("the store of files: {error}"));
    attachments::expire(conn, &permit, shift.region, shift.now - PATIENCE).await?;
    let mut gone = store.tidy().await.map_err(fault)?;
    loop {
        let ids = attachments::removed(conn, shift.region, BATCH).await?;
        if ids.is_empty() {
            return Ok(gone);
        }
        // First the bytes: a row without them is taken up again, bytes without a row would stay for ever.
        for id in &ids {
            store.remove(*id).await.map_err(fault)?;
        }
        attachments::forget(conn, &permit, &ids).await?;
        gone += ids.len() as u64;
        worker.alive(shift).await?;
    }
}
