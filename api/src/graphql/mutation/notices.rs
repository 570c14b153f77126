//! What leaves the house by mail and message.

use crate::graphql::context::{cx, lanes, parse, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::common::{ChannelPreferenceInput, RetryDeliveryInput};
use crate::graphql::payloads::{ChannelPreferencePayload, DeliveryPayload};
use crate::use_cases::choosing::{self, ChooseChannel};
use crate::use_cases::delivering;
use async_graphql::{Context, Object};

/// What leaves the house by mail and message.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoticeMutation;

#[Object]
impl NoticeMutation {
    /// Turns a topic on or off in a channel, for all of one's positions; legal notices stay on (设置通知偏好).
    async fn set_channel_preference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ChannelPreferenceInput,
    ) -> GqlResult<ChannelPreferencePayload> {
        let cx = cx(ctx)?;
        let command = ChooseChannel { channel: input.channel, topic: input.topic, enabled: input.enabled };
        if let Err(errors) = lanes(ctx, choosing::choose(cx, command).await)? {
            return Ok(ChannelPreferencePayload { channel_preferences: None, errors });
        }
        let held = top(ctx, choosing::preferences(cx).await)?;
        let channel_preferences = Some(held.into_iter().map(Into::into).collect());
        Ok(ChannelPreferencePayload { channel_preferences, errors: Vec::new() })
    }

    /// Tries a delivery again that was given up, under the same id (重新投递).
    async fn retry_delivery(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RetryDeliveryInput,
    ) -> GqlResult<DeliveryPayload> {
        let cx = cx(ctx)?;
        let id = top(ctx, parse(&input.id, "id"))?;
        DeliveryPayload::of(ctx, delivering::retry(cx, id).await).await
    }
}
