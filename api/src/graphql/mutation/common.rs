//! Inbox and files.

use crate::graphql::context::{cx, lanes, parse, parse_all, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::common::{DeleteAttachmentInput, MarkReadInput, RequestUploadInput};
use crate::graphql::payloads::{MarkReadPayload, RequestUploadPayload, SubmissionPayload};
use crate::graphql::types::node::{Node, find};
use crate::use_cases::{attaching, reading};
use async_graphql::{Context, Object};
use domain::ids::AnyId;

/// Inbox and files.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommonMutation;

#[Object]
impl CommonMutation {
    /// Announces a file and gives the link to which its bytes are sent: of the text, by its lead proposer while he
    /// may change it; evidence for a promise, by the agency that made it (申请上传附件).
    async fn request_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RequestUploadInput,
    ) -> GqlResult<RequestUploadPayload> {
        let command = attaching::RequestUpload {
            submission_id: top(ctx, parse(&input.submission_id, "submissionId"))?,
            file_name: input.file_name,
            media_type: input.media_type,
            byte_size: input.byte_size,
            sha256: input.sha256,
        };
        match lanes(ctx, attaching::request(cx(ctx)?, command).await)? {
            Ok(announced) => {
                let attachment = match find(ctx, AnyId::AttachmentId(announced.id)).await? {
                    Some(Node::Attachment(attachment)) => Some(attachment),
                    _ => None,
                };
                let upload_url = announced.upload.map(|link| link.url);
                Ok(RequestUploadPayload { attachment, upload_url, errors: Vec::new() })
            }
            Err(errors) => Ok(RequestUploadPayload { attachment: None, upload_url: None, errors }),
        }
    }

    /// Takes a file away that was never handed in, or evidence that no report names (删除附件).
    async fn delete_attachment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: DeleteAttachmentInput,
    ) -> GqlResult<SubmissionPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        SubmissionPayload::of(ctx, attaching::delete(cx(ctx)?, id).await).await
    }

    /// Marks notifications of one's position as read (标记通知已读).
    async fn mark_notifications_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: MarkReadInput,
    ) -> GqlResult<MarkReadPayload> {
        let ids = top(ctx, parse_all(&input.ids, "ids"))?;
        let count = top(ctx, reading::mark_read(cx(ctx)?, &ids).await)?;
        Ok(MarkReadPayload { count: i32::try_from(count).unwrap_or(i32::MAX), errors: Vec::new() })
    }
}
