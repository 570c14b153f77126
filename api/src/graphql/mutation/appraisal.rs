//! Appraisal: rules, findings, announcement, objection and answer.

use crate::graphql::context::{cx, lanes, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::appraisal::{
    AnnounceAppraisalInput, AnswerObjectionInput, ChangeScoringRulesInput, RecordFindingsInput, objection,
};
use crate::graphql::inputs::common::ReasonInput;
use crate::graphql::payloads::{AnnounceAppraisalPayload, AppraisalPayload, ScoringRulePayload};
use crate::graphql::types::appraisal::RankedAppraisal;
use crate::use_cases::{appraising, scoring};
use async_graphql::{Context, Object};

/// What is done about appraisals.
#[derive(Clone, Copy, Debug, Default)]
pub struct AppraisalMutation;

#[Object]
impl AppraisalMutation {
    /// Puts a new version of the region's rules of scoring in force from a handling year on; what was announced keeps its
    /// own (变更评分细则).
    async fn change_scoring_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ChangeScoringRulesInput,
    ) -> GqlResult<ScoringRulePayload> {
        let command = top(ctx, input.read())?;
        ScoringRulePayload::of(ctx, scoring::change(cx(ctx)?, command).await).await
    }

    /// Records what happened beside the figures of an agency, until the year is announced (登记加减分事由).
    async fn record_findings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RecordFindingsInput,
    ) -> GqlResult<AppraisalPayload> {
        let command = top(ctx, input.read())?;
        AppraisalPayload::of(ctx, appraising::record_findings(cx(ctx)?, command).await).await
    }

    /// Freezes the inputs of a year and announces its appraisal to the agencies; once for each year (公布绩效考评).
    async fn announce_appraisal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnnounceAppraisalInput,
    ) -> GqlResult<AnnounceAppraisalPayload> {
        let cx = cx(ctx)?;
        let command = input.read();
        if let Err(errors) = lanes(ctx, appraising::announce(cx, command).await)? {
            return Ok(AnnounceAppraisalPayload { appraisals: None, errors });
        }
        let ranked = appraising::ranking(cx, None, command.institution, command.handling_year).await;
        let appraisals = top(ctx, ranked)?.into_iter().map(RankedAppraisal).collect();
        Ok(AnnounceAppraisalPayload { appraisals: Some(appraisals), errors: Vec::new() })
    }

    /// Objects to the appraisal of one's own agency, once (对考评提出异议).
    async fn object_to_appraisal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which appraisal, and what is wrong with it (输入).")] input: ReasonInput,
    ) -> GqlResult<AppraisalPayload> {
        let command = top(ctx, objection(input))?;
        AppraisalPayload::of(ctx, appraising::object(cx(ctx)?, command).await).await
    }

    /// Answers an objection: upholds the result, or corrects the findings (答复考评异议).
    async fn answer_objection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnswerObjectionInput,
    ) -> GqlResult<AppraisalPayload> {
        let command = top(ctx, input.read())?;
        AppraisalPayload::of(ctx, appraising::answer(cx(ctx)?, command).await).await
    }
}
