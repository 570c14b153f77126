//! Signing out.

use crate::access::own_account;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::accounts;

/// Ends the session: its access tokens and its refresh token are worthless from now on.
pub async fn sign_out(cx: &Cx) -> AppResult<()> {
    cx.db()
        .run(cx, |tx, cx| {
            Box::pin(async move {
                accounts::revoke_session(tx, &own_account(), cx.sign_in, "SIGNED_OUT", cx.now()).await?;
                Ok(())
            })
        })
        .await
}
