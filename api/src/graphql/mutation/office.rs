//! What the offices do.

use crate::graphql::context::{caller, cx, lanes, loaders, parse, top};
use crate::graphql::error::{GqlResult, UserError};
use crate::graphql::inputs::common::{ReasonInput, ReleaseAssignmentsInput, SubmissionRefInput};
use crate::graphql::inputs::office::{
    AcceptSubmissionInput, ConvertSubmissionInput, DecideInput, DecideReturnInput, MergeSubmissionsInput,
    NotDuplicateInput, PlanAssignmentInput, PublishReplyInput, RefuseSubmissionInput, SettleFeedbackInput,
    SuperviseInput, UnmergeSubmissionInput, UrgeInput, WithdrawPublicationInput,
};
use crate::graphql::payloads::{
    AssignmentPayload, ExtensionRequestPayload, FeedbackPayload, ReleaseAssignmentsPayload, ReleaseResult,
    ReplyPayload, ReturnRequestPayload, SubmissionPayload, SupervisionPayload,
};
use crate::graphql::types::submission::Submission;
use crate::use_cases::{
    assigning, comparing, drafting, extending, feedback, merging, publishing, returning, reviewing, signing_off,
    supervising,
};
use async_graphql::{Context, ID, Object};

/// What the offices do.
#[derive(Clone, Copy, Debug, Default)]
pub struct OfficeMutation;

#[Object]
impl OfficeMutation {
    /// Returns it to the proposer for revision; the first submission time is kept (退回修改).
    async fn return_for_revision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ReasonInput,
    ) -> GqlResult<SubmissionPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = reviewing::Reason { id, version: input.version, reason: input.reason };
        SubmissionPayload::of(ctx, reviewing::return_for_revision(cx(ctx)?, command).await).await
    }

    /// Accepts it and gives it the next case number (受理、立案).
    async fn accept_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AcceptSubmissionInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, reviewing::accept(cx(ctx)?, command).await).await
    }

    /// Refuses it on a coded ground with a reason (不予受理、不予立案).
    async fn refuse_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RefuseSubmissionInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, reviewing::refuse(cx(ctx)?, command).await).await
    }

    /// Merges others into a main matter; every proposer keeps his reply and form (并案).
    async fn merge_submissions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: MergeSubmissionsInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, merging::merge(cx(ctx)?, command).await).await
    }

    /// Undoes a merger before the main matter is replied to (撤销并案).
    async fn unmerge_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: UnmergeSubmissionInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, merging::unmerge(cx(ctx)?, command).await).await
    }

    /// Holds two matters to be no duplicates, for the offices: groups of the intake no longer join them (认定不重复).
    async fn mark_not_duplicate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: NotDuplicateInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, comparing::keep_apart(cx(ctx)?, command).await).await
    }

    /// Takes back that two matters are no duplicates (撤销不重复认定).
    async fn withdraw_not_duplicate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: NotDuplicateInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, comparing::lift_apart(cx(ctx)?, command).await).await
    }

    /// Converts it to another kind (转化).
    async fn convert_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ConvertSubmissionInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, reviewing::convert(cx(ctx)?, command).await).await
    }

    /// Puts it under supervision with a label (列为督办).
    async fn supervise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SuperviseInput,
    ) -> GqlResult<SupervisionPayload> {
        let command = top(ctx, input.read())?;
        SupervisionPayload::of(ctx, supervising::supervise(cx(ctx)?, command).await).await
    }

    /// Files a finished matter away (归档).
    async fn archive_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SubmissionRefInput,
    ) -> GqlResult<SubmissionPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = drafting::SubmissionRef { id, version: input.version };
        SubmissionPayload::of(ctx, reviewing::archive(cx(ctx)?, command).await).await
    }

    /// Plans the agencies; agencies see nothing before the release (拟定分办方案).
    async fn plan_assignment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: PlanAssignmentInput,
    ) -> GqlResult<SubmissionPayload> {
        let command = top(ctx, input.read())?;
        SubmissionPayload::of(ctx, assigning::plan(cx(ctx)?, command).await).await
    }

    /// Releases planned assignments of many submissions: the legal clock starts (正式交办).
    async fn release_assignments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ReleaseAssignmentsInput,
    ) -> GqlResult<ReleaseAssignmentsPayload> {
        let submission_ids = input.submission_ids.into_iter().map(|id| id.0).collect();
        let result = assigning::release(cx(ctx)?, assigning::ReleaseAssignments { submission_ids }).await;
        let released = match lanes(ctx, result)? {
            Ok(released) => released,
            Err(errors) => return Ok(ReleaseAssignmentsPayload { results: Vec::new(), errors }),
        };
        let caller = caller(ctx);
        let mut results = Vec::with_capacity(released.len());
        for (raw, result) in released {
            let submission_id = ID(raw);
            results.push(match result {
                Ok(id) => {
                    let submission = top(ctx, loaders(ctx)?.seen(id).await)?.map(Submission);
                    ReleaseResult { submission_id, submission, errors: Vec::new() }
                }
                Err(error) => {
                    let errors = UserError::of_app(error, caller.language, &caller.request_id);
                    ReleaseResult { submission_id, submission: None, errors }
                }
            });
        }
        Ok(ReleaseAssignmentsPayload { results, errors: Vec::new() })
    }

    /// Decides on a request to hand back: another agency takes over, or this one must handle it (审定退办申请).
    async fn decide_return(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: DecideReturnInput,
    ) -> GqlResult<ReturnRequestPayload> {
        let command = top(ctx, input.read())?;
        ReturnRequestPayload::of(ctx, returning::decide(cx(ctx)?, command).await).await
    }

    /// Grants or refuses more time (审定延期申请).
    async fn decide_extension(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: DecideInput,
    ) -> GqlResult<ExtensionRequestPayload> {
        let command = top(ctx, input.read())?;
        ExtensionRequestPayload::of(ctx, extending::decide(cx(ctx)?, command).await).await
    }

    /// Rejects a reply before it is issued; all signatures are void (驳回答复).
    async fn reject_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ReasonInput,
    ) -> GqlResult<ReplyPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = signing_off::RejectReply { id, version: input.version, reason: input.reason };
        ReplyPayload::of(ctx, signing_off::reject(cx(ctx)?, command).await).await
    }

    /// Urges an agency; its liaison, leaders and handler are told (催办).
    async fn urge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: UrgeInput,
    ) -> GqlResult<AssignmentPayload> {
        let command = top(ctx, input.read())?;
        AssignmentPayload::of(ctx, assigning::urge(cx(ctx)?, command).await).await
    }

    /// Settles a form: closes the round for this proposer, or orders another round (审结反馈).
    async fn settle_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SettleFeedbackInput,
    ) -> GqlResult<FeedbackPayload> {
        let command = top(ctx, input.read())?;
        FeedbackPayload::of(ctx, feedback::settle(cx(ctx)?, command).await).await
    }

    /// Publishes an issued reply that is for publication (公开答复).
    async fn publish_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: PublishReplyInput,
    ) -> GqlResult<ReplyPayload> {
        let command = top(ctx, input.read())?;
        ReplyPayload::of(ctx, publishing::publish_reply(cx(ctx)?, command).await).await
    }

    /// Takes a published reply back from the public, which is told that and when, not why (撤下公开件).
    async fn withdraw_publication(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: WithdrawPublicationInput,
    ) -> GqlResult<ReplyPayload> {
        let command = top(ctx, input.read())?;
        ReplyPayload::of(ctx, publishing::withdraw(cx(ctx)?, command).await).await
    }
}
