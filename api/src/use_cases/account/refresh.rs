//! Exchanging a refresh token for the next pair.

use super::session::{self, SignedIn};
use crate::access::own_account;
use crate::auth::refresh::fingerprint;
use crate::cx::Caller;
use crate::error::{AppError, AppResult};
use crate::repo::accounts::{self, Presented};
use domain::ids::SignInId;
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};

/// What the transaction did; each of these is stored.
enum Outcome {
    Fresh(Box<SignedIn>),
    Ended,
    Copied(SignInId),
}

/// Gives the next pair of tokens for a refresh token, once.
///
/// A token that was used before ends the whole session: either the client or a thief holds a copy, and
/// nobody can tell which. There is no grace for two tabs; they share one exchange.
///
/// # Errors
/// [`AppError::Unauthenticated`] for anything but an unused token of a session that holds.
pub async fn refresh(caller: &Caller, token: &SecretString) -> AppResult<SignedIn> {
    let fingerprint = fingerprint(token.expose_secret()).ok_or(AppError::Unauthenticated)?;
    let given = (caller, fingerprint);
    match caller.deps.db.run(&given, |tx, (caller, token)| Box::pin(exchange(tx, caller, token))).await? {
        Outcome::Fresh(signed_in) => Ok(*signed_in),
        Outcome::Ended => Err(AppError::Unauthenticated),
        Outcome::Copied(session) => {
            tracing::warn!(request_id = %caller.request_id, %session, "a refresh token came twice; its session ended");
            Err(AppError::Unauthenticated)
        }
    }
}

async fn exchange(tx: &DatabaseTransaction, caller: &Caller, fingerprint: &str) -> AppResult<Outcome> {
    let permit = own_account();
    let row = match accounts::take_token(tx, &permit, fingerprint, caller.now).await? {
        Presented::Unknown => return Ok(Outcome::Ended),
        Presented::UsedBefore(row) => {
            accounts::revoke_session(tx, &permit, row.sign_in_id, "REFRESH_REUSED", caller.now).await?;
            return Ok(Outcome::Copied(row.sign_in_id));
        }
        Presented::Taken(row) => row,
    };
    let standing = accounts::standing(tx, row.sign_in_id).await?.filter(|_| caller.now < row.expires_at);
    let Some((standing, actor)) = standing.and_then(|s| s.actor(caller.now).map(|actor| (s, actor))) else {
        return Ok(Outcome::Ended);
    };
    let (secret, next) = session::next_token(caller, row.sign_in_id, standing.expires_at);
    accounts::add_token(tx, &permit, next).await?;
    let signed_in = session::pair(caller, row.sign_in_id, actor, secret)?;
    Ok(Outcome::Fresh(Box::new(signed_in)))
}
