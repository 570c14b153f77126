//! Making the search index again from the texts that it was made from.

use crate::access::{Permit, command_line};
use crate::db::Db;
use crate::error::AppResult;
use crate::repo::search;
use domain::ids::SubmissionId;

/// Matters of one transaction: others write in between.
const AT_ONCE: u64 = 200;

/// Indexes every matter again; how many there were. What is interrupted can be begun again.
///
/// # Errors
/// Errors of the database; what was indexed until then stays.
pub async fn rebuild(db: &Db) -> AppResult<usize> {
    let mut given: (Permit, Option<SubmissionId>) = (command_line(), None);
    let mut all = 0;
    loop {
        let done = db
            .run(&given, |tx, (permit, after)| {
                Box::pin(async move { Ok(search::rebuild_after(tx, permit, *after, AT_ONCE).await?) })
            })
            .await?;
        let Some(last) = done.last() else { return Ok(all) };
        all += done.len();
        given.1 = Some(*last);
    }
}

/// Indexes every matter when none is indexed yet, as after an upgrade.
///
/// # Errors
/// Errors of the database.
pub async fn complete(db: &Db) -> AppResult<()> {
    if search::is_missing(db.reader()).await? {
        rebuild(db).await?;
    }
    Ok(())
}
