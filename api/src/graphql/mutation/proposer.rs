//! What proposers do.

use crate::graphql::context::{cx, parse, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::common::SubmissionRefInput;
use crate::graphql::inputs::proposer::{
    AnswerCommitmentInput, AnswerContactInput, AnswerCosignInput, AnswerWithdrawalInput, CreateDraftInput,
    InviteCosignersInput, RateReplyInput, UpdateDraftInput, WithdrawInput,
};
use crate::graphql::payloads::{CommitmentPayload, ContactPayload, FeedbackPayload, SubmissionPayload};
use crate::use_cases::{cosigning, drafting, feedback, handling, promising, submitting};
use async_graphql::{Context, Object};

/// What proposers do.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProposerMutation;

#[Object]
impl ProposerMutation {
    /// Writes a new draft, private to its author (创建草稿).
    async fn create_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: CreateDraftInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, drafting::create(cx(ctx)?, command).await).await
    }

    /// Changes a draft, or a text returned for revision (修改草稿).
    async fn update_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: UpdateDraftInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, drafting::update(cx(ctx)?, command).await).await
    }

    /// Deletes a draft that was never handed in; the submission is null afterwards (删除草稿).
    async fn delete_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SubmissionRefInput,
    ) -> GqlResult<SubmissionPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = drafting::SubmissionRef { id, version: input.version };
        SubmissionPayload::of(ctx, drafting::delete(cx(ctx)?, command).await).await
    }

    /// Invites serving deputies or members of the same body to co-sign (邀请联名).
    async fn invite_cosigners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: InviteCosignersInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, cosigning::invite(cx(ctx)?, command).await).await
    }

    /// Signs or declines, by the invited person himself (答复联名邀请).
    async fn answer_cosign(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnswerCosignInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, cosigning::answer(cx(ctx)?, command).await).await
    }

    /// Hands the text in; it is frozen, open invitations expire (提交).
    async fn submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SubmissionRefInput,
    ) -> GqlResult<SubmissionPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = drafting::SubmissionRef { id, version: input.version };
        SubmissionPayload::of(ctx, submitting::submit(cx(ctx)?, command).await).await
    }

    /// Withdraws, or asks the co-signers first where the region wants them all to agree (撤回).
    async fn withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: WithdrawInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, submitting::withdraw(cx(ctx)?, command).await).await
    }

    /// Answers the lead's wish to withdraw a joint submission (答复撤回申请).
    async fn answer_withdrawal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnswerWithdrawalInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, submitting::answer_withdrawal(cx(ctx)?, command).await).await
    }

    /// Confirms or disputes a recorded contact (确认沟通记录).
    async fn answer_contact(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnswerContactInput,
    ) -> GqlResult<ContactPayload> {
        let command = top(ctx, input.read())?;
        ContactPayload::of(ctx, handling::answer_contact(cx(ctx)?, command).await).await
    }

    /// Rates a reply, once, straight to the office (评价答复).
    async fn rate_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RateReplyInput,
    ) -> GqlResult<FeedbackPayload> {
        let command = top(ctx, input.read())?;
        FeedbackPayload::of(ctx, feedback::rate(cx(ctx)?, command).await).await
    }

    /// Confirms or disputes the report on a promise, and rates it (评价承诺落实).
    async fn answer_commitment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnswerCommitmentInput,
    ) -> GqlResult<CommitmentPayload> {
        let command = top(ctx, input.read())?;
        CommitmentPayload::of(ctx, promising::answer(cx(ctx)?, command).await).await
    }
}
