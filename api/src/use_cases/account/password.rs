//! Changing one's own password.

use super::brake::{self, Brake};
use super::session::{self, SignedIn};
use crate::access::own_account;
use crate::auth::password::MAX_PASSWORD_BYTES;
use crate::auth::password_policy::{MIN_PASSWORD_CHARS, PasswordFault, check_new_password};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::accounts;
use domain::refusal::{PasswordWeakness, Refusal};
use entity::person;
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};

/// Sets another password and ends every other session of the person; this one goes on with new tokens.
///
/// # Errors
/// `WrongPassword` at `currentPassword`, which counts as a failed try; `WeakPassword` at `newPassword`;
/// [`AppError::RateLimited`] after too many failures.
pub async fn change_password(cx: &Cx, current: SecretString, new: SecretString) -> AppResult<SignedIn> {
    let caller = &cx.caller;
    let person = accounts::person(cx.db().reader(), cx.actor.user_id, false).await?.ok_or(AppError::Unauthenticated)?;
    let brake = Brake::new(caller, Some(&person.username));
    brake.check(caller, cx.db().reader()).await?;
    if !brake::verify(caller, current.clone(), Some(&person.password_hash)).await?.ok {
        brake.note_failure(caller).await?;
        return Err(Refusal::WrongPassword.at("currentPassword").into());
    }
    check(&current, &new, &person.username).map_err(|weak| Refusal::WeakPassword(weak).at("newPassword"))?;
    let hash = caller.deps.passwords.hash(new).await.map_err(brake::fault)?;
    let change = Change { cx, brake, person, hash };
    let signed_in = cx.db().run(&change, |tx, change| Box::pin(change.store(tx))).await?;
    tracing::info!(request_id = %caller.request_id, person = %change.person.id, "a password was changed");
    Ok(signed_in)
}

/// A change whose passwords were checked and hashed.
struct Change<'a> {
    cx: &'a Cx,
    brake: Brake,
    person: person::Model,
    hash: String,
}

impl Change<'_> {
    async fn store(&self, tx: &DatabaseTransaction) -> AppResult<SignedIn> {
        let (cx, permit) = (self.cx, own_account());
        self.brake.pass(&cx.caller, tx).await?;
        if !accounts::revoke_session(tx, &permit, cx.sign_in, "PASSWORD_CHANGED", cx.now()).await? {
            return Err(AppError::Unauthenticated);
        }
        if !accounts::set_password(tx, &permit, &self.person, &self.hash, Some(cx.now())).await? {
            // Somebody else has just changed it, so what was entered is no longer the current one.
            return Err(Refusal::WrongPassword.at("currentPassword").into());
        }
        accounts::revoke_sessions_of(tx, &permit, self.person.id, "PASSWORD_CHANGED", cx.now()).await?;
        session::open(&cx.caller, tx, &permit, self.person.id, cx.actor.position_id).await
    }
}

/// What is wrong with a new password, in the words of the catalogue.
fn check(current: &SecretString, new: &SecretString, username: &str) -> Result<(), PasswordWeakness> {
    if new.expose_secret() == current.expose_secret() {
        return Err(PasswordWeakness::Unchanged);
    }
    check_new_password(new.expose_secret(), username).map_err(|fault| match fault {
        PasswordFault::TooShort => PasswordWeakness::TooShort(MIN_PASSWORD_CHARS),
        PasswordFault::TooLong => PasswordWeakness::TooLong(MAX_PASSWORD_BYTES),
        PasswordFault::ControlCharacter => PasswordWeakness::Control,
        PasswordFault::ContainsUserName => PasswordWeakness::ContainsUsername,
        PasswordFault::Common | PasswordFault::Pattern => PasswordWeakness::Common,
    })
}
