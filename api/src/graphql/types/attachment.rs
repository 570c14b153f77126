//! Attached files.

use super::Sight;
use super::directory::IntoId;
use crate::files::{Object as FileObject, Verb};
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::use_cases::attaching;
use async_graphql::{Context, ID, Object};
use domain::ids::{CommitmentId, SubmissionId};
use domain::vocabulary::AttachmentState;
use entity::attachment;

/// An attached file (附件).
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The submission.
    pub sight: Sight,
    /// The file.
    pub row: attachment::Model,
}

/// An attached file (附件).
#[Object]
impl Attachment {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// File name (文件名).
    async fn file_name(&self) -> &str {
        &self.row.file_name
    }
    /// Media type (媒体类型).
    async fn media_type(&self) -> &str {
        &self.row.media_type
    }
    /// Size in bytes (字节数).
    async fn byte_size(&self) -> i32 {
        self.row.byte_size
    }
    /// SHA-256 in hexadecimal digits (校验值).
    async fn sha256(&self) -> &str {
        &self.row.sha256
    }
    /// Short-lived link for downloading, for this reader alone; null until the file has been uploaded (下载链接).
    async fn download_url(&self, ctx: &Context<'_>) -> GqlResult<Option<String>> {
        let cx = cx(ctx)?;
        let stored = self.row.state == AttachmentState::Stored;
        Ok(stored.then(|| cx.link(Verb::Download, FileObject::Attachment(self.row.id)).url))
    }
}

/// The files of the text that the reader may know of.
pub async fn of_submission(ctx: &Context<'_>, sight: &Sight, id: SubmissionId) -> GqlResult<Vec<Attachment>> {
    let rows = top(ctx, loaders(ctx)?.attachments(id).await)?.unwrap_or_default();
    shown(ctx, sight, rows)
}

/// What proves a promise.
pub async fn of_commitment(ctx: &Context<'_>, sight: &Sight, id: CommitmentId) -> GqlResult<Vec<Attachment>> {
    let rows = top(ctx, loaders(ctx)?.evidence(id).await)?.unwrap_or_default();
    shown(ctx, sight, rows)
}

fn shown(ctx: &Context<'_>, sight: &Sight, rows: Vec<attachment::Model>) -> GqlResult<Vec<Attachment>> {
    let cx = cx(ctx)?;
    let rows = rows.into_iter().filter(|row| attaching::visible(cx, sight, row));
    Ok(rows.map(|row| Attachment { sight: sight.clone(), row }).collect())
}
