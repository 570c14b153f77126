//! What leaders and offices do to keep matters moving.

use crate::error::{AppError, AppResult};
use crate::graphql::context::{caller, cx, lanes, loaders, top};
use crate::graphql::error::{GqlResult, UserError};
use crate::graphql::inputs::supervision::{
    ArbitrateInput, DecideExtensionsInput, InstructInput, PublishCommitmentInput, RecordMeetingInput,
};
use crate::graphql::payloads::{
    CommitmentPayload, DecideExtensionResult, DecideExtensionsPayload, InstructPayload, RecordMeetingPayload,
    ReturnRequestPayload,
};
use crate::graphql::types::assignment::ExtensionRequest;
use crate::repo::{assignments, requests};
use crate::use_cases::{arbitrating, extending, instructing, meeting, publishing};
use async_graphql::{Context, ID, Object};
use domain::ids::ExtensionRequestId;
use std::collections::HashMap;

/// What leaders and offices do to keep matters moving.
#[derive(Clone, Copy, Debug, Default)]
pub struct SupervisionMutation;

#[Object]
impl SupervisionMutation {
    /// Gives an instruction on a matter, by a leader of the region on released matters, or by a supervising leader on
    /// matters under supervision; the transfer office and the agencies are told, the proposers never (批示).
    async fn instruct(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: InstructInput,
    ) -> GqlResult<InstructPayload> {
        let command = top(ctx, input.read())?;
        InstructPayload::of(ctx, instructing::instruct(cx(ctx)?, command).await).await
    }

    /// Settles a dispute over which agency must handle a matter, by a leader of the region: the agency named must
    /// handle it, and cannot hand it back (裁定争议).
    async fn arbitrate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ArbitrateInput,
    ) -> GqlResult<ReturnRequestPayload> {
        let command = top(ctx, input.read())?;
        ReturnRequestPayload::of(ctx, arbitrating::arbitrate(cx(ctx)?, command).await).await
    }

    /// Records a meeting or an inspection about matters that the person may act on: by the congress or CPPCC office,
    /// the transfer office, or a liaison. It counts as no contact with a proposer (记录会议调研).
    async fn record_meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RecordMeetingInput,
    ) -> GqlResult<RecordMeetingPayload> {
        let command = top(ctx, input.read())?;
        RecordMeetingPayload::of(ctx, meeting::record(cx(ctx)?, command).await).await
    }

    /// Makes a promise public, when its reply is published (公开承诺事项).
    async fn publish_commitment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: PublishCommitmentInput,
    ) -> GqlResult<CommitmentPayload> {
        let command = top(ctx, input.read())?;
        CommitmentPayload::of(ctx, publishing::publish_commitment(cx(ctx)?, command).await).await
    }

    /// Grants or refuses more time on many requests at once (批量审定延期申请).
    async fn decide_extensions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: DecideExtensionsInput,
    ) -> GqlResult<DecideExtensionsPayload> {
        let decided = match lanes(ctx, extending::decide_many(cx(ctx)?, input.read()).await)? {
            Ok(decided) => decided,
            Err(errors) => return Ok(DecideExtensionsPayload { results: Vec::new(), errors }),
        };
        let ids: Vec<_> = decided.iter().filter_map(|(_, result)| result.as_ref().ok().copied()).collect();
        let mut found = top(ctx, requests_of(ctx, &ids).await)?;
        let caller = caller(ctx);
        let result = |(raw, result): (String, AppResult<ExtensionRequestId>)| match result {
            Ok(id) => DecideExtensionResult { id: ID(raw), extension_request: found.remove(&id), errors: Vec::new() },
            Err(error) => {
                let errors = UserError::of_app(error, caller.language, &caller.request_id);
                DecideExtensionResult { id: ID(raw), extension_request: None, errors }
            }
        };
        Ok(DecideExtensionsPayload { results: decided.into_iter().map(result).collect(), errors: Vec::new() })
    }
}

/// Requests for more time as their reader may see them: as many statements for many as for one.
async fn requests_of(
    ctx: &Context<'_>,
    ids: &[ExtensionRequestId],
) -> AppResult<HashMap<ExtensionRequestId, ExtensionRequest>> {
    let (cx, loaders) =
        (cx(ctx).map_err(|_| AppError::Unauthenticated)?, loaders(ctx).map_err(|_| AppError::Unauthenticated)?);
    let rows = requests::extension_requests(cx.db().reader(), ids).await?;
    let parts: Vec<_> = rows.iter().map(|row| row.assignment_id).collect();
    let submissions: HashMap<_, _> = assignments::submissions_of(cx.db().reader(), &parts).await?.into_iter().collect();
    let loads = rows.into_iter().filter_map(|row| Some((*submissions.get(&row.assignment_id)?, row)));
    let loads = loads.map(async |(submission, row)| {
        let sight = loaders.seen(submission).await?;
        Ok::<_, AppError>(sight.map(|sight| (row.id, ExtensionRequest { sight, row })))
    });
    Ok(futures_util::future::try_join_all(loads).await?.into_iter().flatten().collect())
}
