//! Who is calling: asked at each request, and again for open subscriptions.

use crate::cx::{Caller, Cx};
use crate::error::{AppError, AppResult};
use crate::files::Holder;
use crate::repo::accounts;
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use domain::ids::{PositionId, SignInId, UserId};

/// The person of an access token, as the database says at this request.
///
/// # Errors
/// [`AppError::Unauthenticated`] for whatever is wrong with the token, the session, the account or the
/// position; which of them, only the log tells.
pub async fn authenticate(caller: &Caller, bearer: &str) -> AppResult<Cx> {
    let claims = caller.deps.tokens.verify(bearer, caller.now).map_err(|fault| {
        tracing::debug!(request_id = %caller.request_id, %fault, "a token was refused");
        AppError::Unauthenticated
    })?;
    let sign_in = SignInId(claims.session);
    let actor = actor_of(caller, sign_in, caller.now).await?;
    let actor = actor
        .filter(|actor| actor.user_id == UserId(claims.person) && actor.position_id == PositionId(claims.position))
        .ok_or(AppError::Unauthenticated)?;
    Ok(Cx { caller: caller.clone(), actor, sign_in })
}

/// The holder of a signed link, as the database says at this request.
///
/// # Errors
/// [`AppError::Unauthenticated`] when his session or position ended, or he acts in another one now.
pub async fn by_link(caller: &Caller, holder: &Holder) -> AppResult<Cx> {
    let actor = actor_of(caller, holder.sign_in, caller.now).await?;
    let actor = actor
        .filter(|actor| actor.user_id == holder.person && actor.position_id == holder.position)
        .ok_or(AppError::Unauthenticated)?;
    Ok(Cx { caller: caller.clone(), actor, sign_in: holder.sign_in })
}

/// Whether the session of an open subscription holds at this instant and its person is still the same
/// in everything that decides rights.
///
/// When the database cannot be asked the answer is no: the client comes back and is judged again. The
/// end of the access token itself is watched where the token is known.
pub async fn still_valid(cx: &Cx) -> bool {
    let now = cx.deps().clock.now();
    match actor_of(&cx.caller, cx.sign_in, now).await {
        Ok(actor) => actor.as_ref() == Some(&cx.actor),
        Err(error) => {
            tracing::warn!(request_id = %cx.caller.request_id, %error, "an open session could not be checked");
            false
        }
    }
}

async fn actor_of(caller: &Caller, session: SignInId, now: DateTime<Utc>) -> AppResult<Option<Actor>> {
    let standing = accounts::standing(caller.deps.db.reader(), session).await?;
    Ok(standing.and_then(|standing| standing.actor(now)))
}
