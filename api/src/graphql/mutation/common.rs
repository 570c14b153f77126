//! Inbox and files.

use crate::graphql::context::{caller, cx, parse_all, top};
use crate::graphql::error::{GqlError, GqlResult};
use crate::graphql::inputs::common::{MarkReadInput, RequestUploadInput};
use crate::graphql::payloads::{MarkReadPayload, RequestUploadPayload};
use crate::use_cases::reading;
use async_graphql::{Context, Object};
use domain::refusal::ErrorCode;

/// Inbox and files.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommonMutation;

#[Object]
impl CommonMutation {
    /// Asks for a place to upload a file; not in this version (申请上传附件).
    async fn request_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RequestUploadInput,
    ) -> GqlResult<RequestUploadPayload> {
        let _ = (cx(ctx)?, input);
        Err(GqlError::new(ErrorCode::Unavailable, caller(ctx).language))
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
