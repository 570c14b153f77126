//! Signing in and out.

use crate::graphql::context::{caller, cx, parse, parse_some, top};
use crate::graphql::error::GqlResult;
use crate::graphql::inputs::common::{ChangePasswordInput, RefreshTokenInput, SignInInput, SwitchPositionInput};
use crate::graphql::payloads::{SignInPayload, SignOutPayload};
use crate::use_cases::account;
use async_graphql::{Context, Object};
use secrecy::SecretString;

/// Signing in and out.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Signs in with name and password; too many failures lock for a while (登录).
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SignInInput,
    ) -> GqlResult<SignInPayload> {
        let position_id = top(ctx, parse_some(input.position_id.as_ref(), "positionId"))?;
        let password = SecretString::from(input.password);
        let command = account::SignIn { username: input.username, password, position_id };
        SignInPayload::of(ctx, account::sign_in(caller(ctx), command).await)
    }

    /// Trades a refresh token for a new pair; a token used twice ends the session (刷新令牌).
    async fn refresh_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: RefreshTokenInput,
    ) -> GqlResult<SignInPayload> {
        let token = SecretString::from(input.refresh_token);
        SignInPayload::of(ctx, account::refresh(caller(ctx), &token).await)
    }

    /// Switches to another of one's own positions; the old token stops at once (切换身份).
    async fn switch_position(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: SwitchPositionInput,
    ) -> GqlResult<SignInPayload> {
        let position = top(ctx, parse(&input.position_id, "positionId"))?;
        SignInPayload::of(ctx, account::switch_position(cx(ctx)?, position).await)
    }

    /// Changes one's password and ends one's other sessions (修改密码).
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do (输入).")] input: ChangePasswordInput,
    ) -> GqlResult<SignInPayload> {
        let (present, new) = (SecretString::from(input.current_password), SecretString::from(input.new_password));
        SignInPayload::of(ctx, account::change_password(cx(ctx)?, present, new).await)
    }

    /// Ends the session at once (退出登录).
    async fn sign_out(&self, ctx: &Context<'_>) -> GqlResult<SignOutPayload> {
        top(ctx, account::sign_out(cx(ctx)?).await)?;
        Ok(SignOutPayload { errors: Vec::new() })
    }
}
