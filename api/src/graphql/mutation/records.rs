//! Records of official documents, bulletins, openness and media.

use crate::graphql::context::{cx, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::records::{CreateOfficeRecordInput, UpdateOfficeRecordInput, WithdrawOfficeRecordInput};
use crate::graphql::payloads::OfficeRecordPayload;
use crate::use_cases::keeping_records;
use async_graphql::{Context, Object};

/// Records of official documents, bulletins, openness and media.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordMutation;

#[Object]
impl RecordMutation {
    /// Records a document, a bulletin, a post or a broadcast of one's own office (登记文稿、动态、政务公开、媒体宣传).
    async fn create_office_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: CreateOfficeRecordInput,
    ) -> GqlResult<OfficeRecordPayload> {
        let command = top(ctx, input.read())?;
        OfficeRecordPayload::of(ctx, keeping_records::create(cx(ctx)?, command).await).await
    }

    /// Changes a record of one's own office (修改登记).
    async fn update_office_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: UpdateOfficeRecordInput,
    ) -> GqlResult<OfficeRecordPayload> {
        let command = top(ctx, input.read())?;
        OfficeRecordPayload::of(ctx, keeping_records::update(cx(ctx)?, command).await).await
    }

    /// Withdraws a record of one's own office, so that it no longer counts (撤销登记).
    async fn withdraw_office_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: WithdrawOfficeRecordInput,
    ) -> GqlResult<OfficeRecordPayload> {
        let command = top(ctx, input.read())?;
        OfficeRecordPayload::of(ctx, keeping_records::withdraw(cx(ctx)?, command).await).await
    }
}
