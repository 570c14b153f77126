//! What agencies do.

use crate::graphql::context::{cx, parse, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::agency::{
    DraftReplyInput, IssueReplyInput, RecordContactInput, ReportCommitmentInput, ReportProgressInput,
    RequestExtensionInput, RequestReturnInput, ReviewReplyInput, SendOpinionInput, StartHandlingInput,
    UpdateReplyInput,
};
use crate::graphql::inputs::common::SubmissionRefInput;
use crate::graphql::payloads::{
    AssignmentPayload, CommitmentPayload, ContactPayload, ExtensionRequestPayload, ReplyPayload, ReturnRequestPayload,
};
use crate::use_cases::{extending, handling, promising, replying, returning, signing_off};
use async_graphql::{Context, Object};

/// What agencies do.
#[derive(Clone, Copy, Debug, Default)]
pub struct AgencyMutation;

#[Object]
impl AgencyMutation {
    /// Confirms that the agency received the assignment (签收).
    async fn sign_for_assignment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SubmissionRefInput,
    ) -> GqlResult<AssignmentPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = handling::AssignmentRef { id, version: input.version };
        AssignmentPayload::of(ctx, handling::sign_for(cx(ctx)?, command).await).await
    }

    /// Asks to hand the assignment back, with a reason and another agency (申请退办).
    async fn request_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RequestReturnInput,
    ) -> GqlResult<ReturnRequestPayload> {
        let command = top(ctx, input.read())?;
        ReturnRequestPayload::of(ctx, returning::request(cx(ctx)?, command).await).await
    }

    /// Starts handling: leader, handler and plan are fixed (落实办理).
    async fn start_handling(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: StartHandlingInput,
    ) -> GqlResult<AssignmentPayload> {
        let command = top(ctx, input.read())?;
        AssignmentPayload::of(ctx, handling::start(cx(ctx)?, command).await).await
    }

    /// Reports progress at one of the six stages (填报进度).
    async fn report_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ReportProgressInput,
    ) -> GqlResult<AssignmentPayload> {
        let command = top(ctx, input.read())?;
        AssignmentPayload::of(ctx, handling::report_progress(cx(ctx)?, command).await).await
    }

    /// Records a contact with the proposer, who may confirm or dispute it (登记沟通).
    async fn record_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RecordContactInput,
    ) -> GqlResult<ContactPayload> {
        let command = top(ctx, input.read())?;
        ContactPayload::of(ctx, handling::record_contact(cx(ctx)?, command).await).await
    }

    /// Asks for more time, before the present due day has passed (申请延期).
    async fn request_extension(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RequestExtensionInput,
    ) -> GqlResult<ExtensionRequestPayload> {
        let command = top(ctx, input.read())?;
        ExtensionRequestPayload::of(ctx, extending::request(cx(ctx)?, command).await).await
    }

    /// Sends the opinion of a co-handling agency, or a joint lead's agreement (提交会办意见).
    async fn send_opinion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SendOpinionInput,
    ) -> GqlResult<AssignmentPayload> {
        let command = top(ctx, input.read())?;
        AssignmentPayload::of(ctx, handling::send_opinion(cx(ctx)?, command).await).await
    }

    /// Drafts the reply of the present round (起草答复).
    async fn draft_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: DraftReplyInput,
    ) -> GqlResult<ReplyPayload> {
        let command = top(ctx, input.read())?;
        ReplyPayload::of(ctx, replying::draft(cx(ctx)?, command).await).await
    }

    /// Changes a draft reply, or one that the office rejected (修改答复).
    async fn update_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: UpdateReplyInput,
    ) -> GqlResult<ReplyPayload> {
        let command = top(ctx, input.read())?;
        ReplyPayload::of(ctx, replying::update(cx(ctx)?, command).await).await
    }

    /// Hands the draft in for review (送审答复).
    async fn submit_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SubmissionRefInput,
    ) -> GqlResult<ReplyPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = replying::ReplyRef { id, version: input.version };
        ReplyPayload::of(ctx, replying::submit(cx(ctx)?, command).await).await
    }

    /// Reviews at the awaited step: the last approval signs off, a rejection voids all signatures (审核答复).
    async fn review_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ReviewReplyInput,
    ) -> GqlResult<ReplyPayload> {
        let command = top(ctx, input.read())?;
        ReplyPayload::of(ctx, signing_off::review(cx(ctx)?, command).await).await
    }

    /// Issues the signed reply; every proposer gets it with his form (印发答复).
    async fn issue_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: IssueReplyInput,
    ) -> GqlResult<ReplyPayload> {
        let command = top(ctx, input.read())?;
        ReplyPayload::of(ctx, signing_off::issue(cx(ctx)?, command).await).await
    }

    /// Reports a promise as fulfilled, or as changed with reasons and a new date (报告承诺落实).
    async fn report_commitment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ReportCommitmentInput,
    ) -> GqlResult<CommitmentPayload> {
        let command = top(ctx, input.read())?;
        CommitmentPayload::of(ctx, promising::report(cx(ctx)?, command).await).await
    }
}
