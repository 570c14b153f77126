//! What a signed link opens, judged when it is used.
//!
//! The link says who asked and for what; whether his session and position hold, and whether he may
//! still read the object, the database says now. Whatever is wrong is not found: which of it, only the
//! log tells.

use super::account;
use crate::cx::{Caller, Cx};
use crate::error::{AppError, AppResult};
use crate::files::{Contents, Link, Object, Verb};

/// The file behind a link for downloading, and the request of its holder.
///
/// # Errors
/// [`AppError::NotFound`] for every link that opens nothing.
pub async fn open(caller: &Caller, name: &str, token: &str) -> AppResult<(Cx, Contents)> {
    let (cx, link) = holder(caller, Verb::Download, name, token).await?;
    let contents = match link.object {
        Object::Attachment(_) | Object::Document(_) => Err(AppError::NotFound),
    }?;
    Ok((cx, contents))
}

/// Who uses the link, as the database says at this moment.
async fn holder(caller: &Caller, verb: Verb, name: &str, token: &str) -> AppResult<(Cx, Link)> {
    let link = caller.deps.links.read(verb, name, token, caller.now).map_err(|fault| {
        tracing::debug!(request_id = %caller.request_id, %fault, "a link was refused");
        AppError::NotFound
    })?;
    match account::by_link(caller, &link.holder).await {
        Ok(cx) => Ok((cx, link)),
        Err(AppError::Unauthenticated) => {
            tracing::debug!(request_id = %caller.request_id, "the holder of a link is gone");
            Err(AppError::NotFound)
        }
        Err(other) => Err(other),
    }
}
