//! What is done at the consultation desk.

use crate::graphql::context::{cx, lanes, parse, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::desk::{
    AddDeskShiftInput, AnswerConsultationInput, AskConsultationInput, CancelDeskShiftInput, CloseConsultationInput,
    LinkConsultationInput, WithdrawConsultationInput,
};
use crate::graphql::payloads::{CancelDeskShiftPayload, ConsultationPayload, DeskShiftPayload};
use crate::use_cases::{consulting, desk_roster};
use async_graphql::{Context, Object};

/// What is done at the consultation desk.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeskMutation;

#[Object]
impl DeskMutation {
    /// Asks an agency while a session is held; its liaisons are told (向承办单位提问).
    async fn ask_consultation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AskConsultationInput,
    ) -> GqlResult<ConsultationPayload> {
        let command = top(ctx, input.read())?;
        ConsultationPayload::of(ctx, consulting::ask(cx(ctx)?, command).await).await
    }

    /// Answers a question for the agency; the asker is told (答复咨询).
    async fn answer_consultation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AnswerConsultationInput,
    ) -> GqlResult<ConsultationPayload> {
        let command = consulting::Answer { id: top(ctx, parse(&input.id, "id"))?, text: input.text };
        ConsultationPayload::of(ctx, consulting::answer(cx(ctx)?, command).await).await
    }

    /// Closes a question after an answer: settled on the spot, or not (结束咨询).
    async fn close_consultation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: CloseConsultationInput,
    ) -> GqlResult<ConsultationPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = consulting::Finish { id, version: input.version, settled: Some(input.settled) };
        ConsultationPayload::of(ctx, consulting::finish(cx(ctx)?, command).await).await
    }

    /// Takes a question back before any answer (撤回咨询).
    async fn withdraw_consultation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: WithdrawConsultationInput,
    ) -> GqlResult<ConsultationPayload> {
        let id = top(ctx, parse(&input.id, "id"))?;
        let command = consulting::Finish { id, version: input.version, settled: None };
        ConsultationPayload::of(ctx, consulting::finish(cx(ctx)?, command).await).await
    }

    /// Names the asker's submission that belongs to a question (关联建议提案).
    async fn link_consultation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: LinkConsultationInput,
    ) -> GqlResult<ConsultationPayload> {
        let command = consulting::Link {
            id: top(ctx, parse(&input.id, "id"))?,
            version: input.version,
            submission_id: top(ctx, parse(&input.submission_id, "submissionId"))?,
        };
        ConsultationPayload::of(ctx, consulting::link(cx(ctx)?, command).await).await
    }

    /// Adds a shift to the roster of the desk, by the office of the institution (安排值班).
    async fn add_desk_shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: AddDeskShiftInput,
    ) -> GqlResult<DeskShiftPayload> {
        let command = top(ctx, input.read())?;
        DeskShiftPayload::of(ctx, desk_roster::add(cx(ctx)?, command).await).await
    }

    /// Takes a shift off the roster of the desk (取消值班).
    async fn cancel_desk_shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: CancelDeskShiftInput,
    ) -> GqlResult<CancelDeskShiftPayload> {
        let command = desk_roster::CancelShift { id: top(ctx, parse(&input.id, "id"))?, version: input.version };
        Ok(match lanes(ctx, desk_roster::cancel(cx(ctx)?, command).await)? {
            Ok(_) => CancelDeskShiftPayload { cancelled: true, errors: Vec::new() },
            Err(errors) => CancelDeskShiftPayload { cancelled: false, errors },
        })
    }
}
