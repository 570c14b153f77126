//! Changing hats.

use super::session::{self, SignedIn};
use super::sign_in::choose;
use crate::access::own_account;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::accounts;
use domain::ids::PositionId;
use sea_orm::DatabaseTransaction;

/// Ends the session and opens one in another position of the same person.
///
/// # Errors
/// `NoSuch(Position)` at `positionId` unless the position is his own and active;
/// [`AppError::Unauthenticated`] when the session ended meanwhile.
pub async fn switch_position(cx: &Cx, position: PositionId) -> AppResult<SignedIn> {
    cx.db().run(&(cx, position), |tx, (cx, position)| Box::pin(switch(tx, cx, *position))).await
}

async fn switch(tx: &DatabaseTransaction, cx: &Cx, position: PositionId) -> AppResult<SignedIn> {
    let permit = own_account();
    let own = accounts::positions(tx, cx.actor.user_id).await?;
    let position = choose(&cx.caller, &own, Some(position))?;
    if !accounts::revoke_session(tx, &permit, cx.sign_in, "SWITCHED", cx.now()).await? {
        return Err(AppError::Unauthenticated);
    }
    session::open(&cx.caller, tx, &permit, cx.actor.user_id, position).await
}
