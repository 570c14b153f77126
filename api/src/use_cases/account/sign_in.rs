//! Signing in with name and password.

use super::brake::{self, Brake};
use super::session::{self, SignedIn, is_held};
use crate::access::own_account;
use crate::cx::Caller;
use crate::error::{AppError, AppResult};
use crate::repo::accounts;
use domain::ids::PositionId;
use domain::refusal::{Refusal, Thing};
use domain::rules::legal_day::legal_day;
use entity::{person, position};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;

/// The longest sign-in name, in characters.
const LONGEST_NAME: usize = 64;

/// What a person enters.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The sign-in name, in any case of letters.
    pub username: String,
    /// The password, byte for byte as sent.
    pub password: SecretString,
    /// The position to act in; without one the oldest that is active.
    pub position_id: Option<PositionId>,
}

/// Signs a person in.
///
/// An unknown name, a closed account and a wrong password get the same answer after the same work.
///
/// # Errors
/// `WrongCredentials`; `NoSuch(Position)` at `positionId`, only after the password was right;
/// [`AppError::RateLimited`] after too many failures or when too many sign in at once.
pub async fn sign_in(caller: &Caller, input: SignIn) -> AppResult<SignedIn> {
    let name = possible_name(&input.username);
    let brake = Brake::new(caller, name.as_deref());
    let db = &caller.deps.db;
    brake.check(caller, db.reader()).await?;

    let person = match &name {
        Some(name) => accounts::person_named(db.reader(), name).await?,
        None => None,
    };
    let person = person.filter(|person| person.disabled_at.is_none());
    let hash = person.as_ref().map(|person| person.password_hash.as_str());
    let verified = brake::verify(caller, input.password.clone(), hash).await?;
    let Some(person) = person.filter(|_| verified.ok) else {
        brake.note_failure(caller).await?;
        tracing::info!(request_id = %caller.request_id, "a sign-in failed");
        return Err(Refusal::WrongCredentials.into());
    };

    // Hashing takes long; nobody else shall wait for it inside the transaction.
    let stronger = match verified.rehash {
        true => Some(caller.deps.passwords.hash(input.password).await.map_err(brake::fault)?),
        false => None,
    };
    let proved = Proved { caller, brake, person, stronger, wanted: input.position_id };
    let signed_in = db.run(&proved, |tx, proved| Box::pin(proved.open(tx))).await?;
    let actor = &signed_in.cx.actor;
    tracing::info!(request_id = %caller.request_id, person = %actor.user_id, position = %actor.position_id, "signed in");
    Ok(signed_in)
}

/// Somebody who entered the right password.
struct Proved<'a> {
    caller: &'a Caller,
    brake: Brake,
    person: person::Model,
    stronger: Option<String>,
    wanted: Option<PositionId>,
}

impl Proved<'_> {
    async fn open(&self, tx: &DatabaseTransaction) -> AppResult<SignedIn> {
        let (caller, person, permit) = (self.caller, &self.person, own_account());
        self.brake.pass(caller, tx).await?;
        // The account may have been closed or its password changed since it was checked.
        let present = accounts::person(tx, person.id, true).await?;
        if present.is_none_or(|row| row.disabled_at.is_some() || row.password_hash != person.password_hash) {
            return Err(Refusal::WrongCredentials.into());
        }
        let positions = accounts::positions(tx, person.id).await?;
        let position = choose(caller, &positions, self.wanted)?;
        if let Some(hash) = &self.stronger {
            accounts::set_password(tx, &permit, person, hash, None).await?;
        }
        session::open(caller, tx, &permit, person.id, position).await
    }
}

/// The position to act in: the one asked for if it is the person's own and active, else the oldest.
pub fn choose(caller: &Caller, own: &[position::Model], wanted: Option<PositionId>) -> AppResult<PositionId> {
    let today = legal_day(caller.now);
    own.iter()
        .filter(|position| is_held(position, today))
        .find(|position| wanted.is_none_or(|id| position.id == id))
        .map(|position| position.id)
        .ok_or_else(|| AppError::from(Refusal::NoSuch(Thing::Position).at("positionId")))
}

/// The name as accounts keep it, or none when no account can have it.
pub fn possible_name(text: &str) -> Option<String> {
    // Before lower-casing, which takes time in proportion to the length.
    let fits = |text: &str| text.chars().nth(LONGEST_NAME).is_none() && !text.contains('\0');
    let name = fits(text).then(|| text.to_lowercase())?;
    (fits(&name) && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_in_lower_case_and_impossible_ones_are_not_looked_up() {
        assert_eq!(possible_name("Rep01").as_deref(), Some("rep01"));
        assert_eq!(possible_name(&"名".repeat(64)), Some("名".repeat(64)));
        for impossible in ["", "a\0b", &"a".repeat(65), &"a".repeat(1_000_000)] {
            assert_eq!(possible_name(impossible), None);
        }
        // One character of lower case may be two.
        assert_eq!(possible_name(&"İ".repeat(64)), None);
    }
}
