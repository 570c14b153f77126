//! What a signed link opens, judged when it is used.
//!
//! The link says who asked and for what; whether his session and position hold, and whether he may
//! still read the object, the database says now. Whatever is wrong is not found: which of it, only the
//! log tells.

use super::{account, attaching, documents};
use crate::cx::{Caller, Cx};
use crate::error::{AppError, AppResult};
use crate::files::sniff::Sniffer;
use crate::files::{Broken, Chunks, Contents, Draft, Holder, Link, Object, Verb};
use domain::files::FileType;
use domain::vocabulary::AttachmentState;
use entity::attachment;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};

/// The file behind a link for downloading, and the request of its holder.
///
/// # Errors
/// [`AppError::NotFound`] for every link that opens nothing.
pub async fn open(caller: &Caller, name: &str, token: &str) -> AppResult<(Cx, Contents)> {
    let (cx, link) = holder(caller, Verb::Download, name, token).await?;
    let contents = match link.object {
        Object::Attachment(id) => attaching::open(&cx, id).await,
        Object::Document(text) => documents::make(&cx, &text).await,
    }?;
    Ok((cx, contents))
}

/// Who uses the link, as the database says at this moment.
async fn holder(caller: &Caller, verb: Verb, name: &str, token: &str) -> AppResult<(Cx, Link)> {
    let link = caller.deps.links.read(verb, name, token, caller.now).map_err(|fault| {
        tracing::debug!(request_id = %caller.request_id, %fault, "a link was refused");
        AppError::NotFound
    })?;
    let cx = present(caller, &link.holder).await?;
    Ok((cx, link))
}

/// The holder of a link, if he still is who he was.
async fn present(caller: &Caller, holder: &Holder) -> AppResult<Cx> {
    account::by_link(caller, holder).await.map_err(|error| match error {
        AppError::Unauthenticated => {
            tracing::debug!(request_id = %caller.request_id, "the holder of a link is gone");
            AppError::NotFound
        }
        other => other,
    })
}

/// Why bytes that were sent are not kept.
#[derive(Debug, thiserror::Error)]
pub enum UploadFault {
    /// More bytes than were announced.
    #[error("more than {max} bytes")]
    TooLong {
        /// How many were announced.
        max: u64,
    },
    /// Other bytes than were announced: their number or digest differs.
    #[error("other bytes than announced")]
    Differs,
    /// The bytes are not of the announced media type.
    #[error("not of its media type")]
    Type,
    /// They did not all come.
    #[error("broke off: {0:?}")]
    Broken(Broken),
    /// Anything else.
    #[error(transparent)]
    App(#[from] AppError),
}

/// Receives the bytes of an announced file.
///
/// They go to a draft on the disk, are counted, hashed and looked at on the way, and are kept only when all
/// of it fits. Whatever ends this in the middle leaves nothing; bytes kept for a row that then did not become
/// stored are taken away by the daily work.
///
/// # Errors
/// [`UploadFault`]; a link that opens nothing is [`AppError::NotFound`].
pub async fn receive(
    caller: &Caller,
    name: &str,
    token: &str,
    announced: Option<u64>,
    chunks: Chunks,
) -> Result<(), UploadFault> {
    let (cx, link) = holder(caller, Verb::Upload, name, token).await?;
    let Object::Attachment(id) = link.object else { return Err(AppError::NotFound.into()) };
    let (row, kind) = attaching::awaited(&cx, id).await.map_err(|error| match error {
        AppError::Forbidden => AppError::NotFound,
        other => other,
    })?;
    let max = u64::try_from(row.byte_size).unwrap_or_default();
    match announced {
        Some(length) if length > max => return Err(UploadFault::TooLong { max }),
        Some(length) if length < max => return Err(UploadFault::Differs),
        _ => {}
    }
    let draft = checked(&cx, &row, kind, max, chunks).await?;
    if row.state == AttachmentState::Stored {
        return Ok(());
    }
    // Sending may have taken hours: what counts is who he is, and what time it is, now.
    let caller = Caller { now: caller.deps.clock.now(), ..caller.clone() };
    let cx = present(&caller, &link.holder).await?;
    let store = &cx.deps().files;
    store.keep(id, draft).await.map_err(|fault| disk(&fault))?;
    let done = attaching::arrived(&cx, id).await;
    if let Err(AppError::NotFound | AppError::Forbidden) = done {
        // Taken away meanwhile; nothing will ask for these bytes.
        store.remove(id).await.map_err(|fault| disk(&fault))?;
        return Err(AppError::NotFound.into());
    }
    Ok(done?)
}

/// A draft with exactly the announced bytes.
async fn checked(
    cx: &Cx,
    row: &attachment::Model,
    kind: &FileType,
    max: u64,
    mut chunks: Chunks,
) -> Result<Draft, UploadFault> {
    let mut draft = cx.deps().files.begin().await.map_err(|fault| disk(&fault))?;
    let (mut count, mut digest, mut sniffer) = (0_u64, Sha256::new(), Sniffer::new(kind.format));
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(UploadFault::Broken)?;
        count += chunk.len() as u64;
        if count > max {
            return Err(UploadFault::TooLong { max });
        }
        digest.update(&chunk);
        sniffer.take(&chunk);
        draft.write(&chunk).await.map_err(|fault| disk(&fault))?;
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if count != max || digest != row.sha256 {
        return Err(UploadFault::Differs);
    }
    let file = draft.written().await.map_err(|fault| disk(&fault))?;
    let judged = tokio::task::spawn_blocking(move || sniffer.judge(file)).await;
    let fits = judged.map_err(|error| AppError::Internal(error.to_string()))?.map_err(|fault| disk(&fault))?;
    if fits { Ok(draft) } else { Err(UploadFault::Type) }
}

fn disk(fault: &std::io::Error) -> AppError {
    AppError::Internal(format!("the store of files: {fault}"))
}
