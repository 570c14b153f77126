//! Making the search index again from the texts that it was made from.

use crate::access::{Permit, command_line};
use crate::db::Db;
use crate::error::AppResult;
use crate::repo::search;
use crate::use_cases::showing::{self, Public};
use domain::ids::SubmissionId;
use entity::submission;
use sea_orm::ConnectionTrait;

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
                Box::pin(async move {
                    let rows = search::rebuild_after(tx, permit, *after, AT_ONCE).await?;
                    let ids: Vec<SubmissionId> = rows.iter().map(|row| row.id).collect();
                    show(tx, permit, rows).await?;
                    Ok(ids)
                })
            })
            .await?;
        let Some(last) = done.last() else { return Ok(all) };
        all += done.len();
        given.1 = Some(*last);
    }
}

/// Indexes what the public sees of these matters; of those that are not shown, nothing.
///
/// # Errors
/// Errors of the database.
pub async fn show(tx: &impl ConnectionTrait, permit: &Permit, rows: Vec<submission::Model>) -> AppResult<()> {
    let once_public: Vec<_> = rows.into_iter().filter(|row| row.public_changed_at.is_some()).collect();
    let ids: Vec<SubmissionId> = once_public.iter().map(|row| row.id).collect();
    for (id, seen) in ids.into_iter().zip(showing::public(tx, once_public).await?) {
        let text = match seen {
            Public::Shown(shown) => Some(shown.text()),
            Public::Withdrawn(_) => None,
        };
        search::show_matter(tx, permit, id, text).await?;
    }
    Ok(())
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
