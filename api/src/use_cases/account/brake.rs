//! The brake on guessing passwords: one counter per account, one per address.
//!
//! Failures are counted in a transaction of their own, so that they stay when the sign-in does not.
//! Tries that run at the same time all pass the first question; whoever guessed right is therefore
//! asked again, after the other tries were counted.

use crate::access::own_account;
use crate::auth::password::{PasswordError, Verified};
use crate::auth::throttle::{MEMORY_SECONDS, ThrottleKind, verdict};
use crate::cx::Caller;
use crate::error::{AppError, AppResult};
use crate::repo::accounts;
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use secrecy::SecretString;
use std::net::IpAddr;
use std::time::Duration;

/// How long to wait when too many passwords are being checked.
const BUSY: Duration = Duration::from_secs(1);

/// The counters that concern one try.
#[derive(Debug)]
pub struct Brake {
    /// None for a name that no account can have; the address alone is counted then.
    account: Option<String>,
    address: String,
}

impl Brake {
    /// The counters for a try at this account, which need not exist.
    pub fn new(caller: &Caller, account: Option<&str>) -> Self {
        Self {
            account: account.map(|name| format!("account:{name}")),
            address: format!("address:{}", network(caller.address)),
        }
    }

    /// In this order, always, so that two transactions never wait for each other.
    fn counters(&self) -> impl Iterator<Item = (&str, ThrottleKind)> {
        let account = self.account.as_deref().map(|key| (key, ThrottleKind::Account));
        account.into_iter().chain([(self.address.as_str(), ThrottleKind::Address)])
    }

    /// Refuses while either counter says to wait.
    pub async fn check(&self, caller: &Caller, conn: &impl ConnectionTrait) -> AppResult<()> {
        for (key, kind) in self.counters() {
            let state = accounts::failures(conn, key, false).await?;
            verdict(&state, kind, caller.now)
                .map_err(|wait| AppError::RateLimited(wait.wait.to_std().unwrap_or(BUSY)))?;
        }
        Ok(())
    }

    /// Counts a failed try.
    pub async fn note_failure(&self, caller: &Caller) -> AppResult<()> {
        caller.deps.db.run(&(self, caller), |tx, (brake, caller)| Box::pin(brake.count(caller, tx))).await
    }

    async fn count(&self, caller: &Caller, tx: &DatabaseTransaction) -> AppResult<()> {
        for (key, kind) in self.counters() {
            accounts::note_failure(tx, &own_account(), key, kind, caller.now).await?;
        }
        Ok(())
    }

    /// Forgives the account after a try that succeeded, unless others were counted meanwhile.
    pub async fn pass(&self, caller: &Caller, tx: &DatabaseTransaction) -> AppResult<()> {
        self.check(caller, tx).await?;
        let Some(account) = &self.account else { return Ok(()) };
        accounts::forget_failures(tx, &own_account(), account, TimeDelta::seconds(MEMORY_SECONDS), caller.now).await
    }
}

/// Checks a password; what cannot be a password at all is a wrong one.
pub async fn verify(caller: &Caller, password: SecretString, hash: Option<&str>) -> AppResult<Verified> {
    match caller.deps.passwords.verify(password, hash).await {
        Err(PasswordError::TooLong | PasswordError::Nul) => Ok(Verified { ok: false, rehash: false }),
        other => other.map_err(fault),
    }
}

/// A fault of hashing as the answer to the client.
pub fn fault(error: PasswordError) -> AppError {
    match error {
        PasswordError::Busy => AppError::RateLimited(BUSY),
        other => AppError::Internal(other.to_string()),
    }
}

/// What counts as one address: an IPv6 client has a whole /64 to choose from.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_client_cannot_have_many_addresses() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("192.0.2.7"), "192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("2001:db8:1:2:ffff::1"), of("2001:db8:1:2::2"));
    }
}
