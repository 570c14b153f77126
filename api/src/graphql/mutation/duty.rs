//! Keeping the duty catalogue.

use crate::graphql::context::{cx, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::duty::{AddDutyInput, ChangeDutyInput, EndDutyInput};
use crate::graphql::payloads::DutyClausePayload;
use crate::use_cases::changing_duties;
use async_graphql::{Context, Object};

/// Keeping the duty catalogue.
#[derive(Clone, Copy, Debug, Default)]
pub struct DutyMutation;

#[Object]
impl DutyMutation {
    /// Adds a clause to the duty catalogue of an agency of the region (新增职责).
    async fn add_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AddDutyInput,
    ) -> GqlResult<DutyClausePayload> {
        let command = top(ctx, input.read())?;
        DutyClausePayload::of(ctx, changing_duties::add(cx(ctx)?, command).await).await
    }

    /// Puts another clause in the place of one from a day on, and gives the new one (变更职责).
    async fn change_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ChangeDutyInput,
    ) -> GqlResult<DutyClausePayload> {
        let command = top(ctx, input.read())?;
        DutyClausePayload::of(ctx, changing_duties::change(cx(ctx)?, command).await).await
    }

    /// Ends a clause with a day; it stays in the history (终止职责).
    async fn end_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: EndDutyInput,
    ) -> GqlResult<DutyClausePayload> {
        let command = top(ctx, input.read())?;
        DutyClausePayload::of(ctx, changing_duties::end(cx(ctx)?, command).await).await
    }
}
