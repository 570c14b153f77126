//! Hashing and checking passwords with argon2id, a few at a time.
//!
//! A hash costs tens of milliseconds and 19 MiB on purpose, so an attacker
//! could exhaust the server with sign-ins alone. Therefore only as many hashes
//! run at once as there are cores, a short queue waits for them, and whoever
//! comes beyond that is told at once to try later.

use std::fmt;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error as HashFault, PasswordHasher, PasswordVerifier};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::entropy::Entropy;

/// The longest password looked at, in bytes of UTF-8.
pub const MAX_PASSWORD_BYTES: usize = 1024;

/// How many sign-ins may wait for a free core.
pub const QUEUE: usize = 32;

/// Bytes of random salt in each hash, as RFC 9106 recommends.
const SALT_BYTES: usize = 16;

/// How expensive a hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory of one hash in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes, which also are the threads a guesser could use.
    pub lanes: u32,
}

impl Default for PasswordCost {
    /// 19 MiB, two passes, one lane: the OWASP recommendation, about 30 ms.
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1 }
    }
}

impl PasswordCost {
    /// The cheapest cost argon2 allows. For tests only: it protects nothing.
    pub const FOR_TESTS: Self = Self { memory_kib: 8, passes: 1, lanes: 1 };
}

/// Why a password could not be hashed or checked.
///
/// A wrong password is not an error; see [`Verified`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too many sign-ins wait already. The client should try again in a second.
    #[error("too many sign-ins at once")]
    Busy,
    /// Longer than [`MAX_PASSWORD_BYTES`]; not hashed.
    #[error("the password is longer than {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    /// Contains a NUL character; not hashed.
    #[error("the password contains a NUL character")]
    Nul,
    /// The stored hash is not an argon2 hash. The database is damaged or was
    /// filled by hand.
    #[error("the stored password hash cannot be read")]
    StoredHash,
    /// The configured cost is not one that argon2 accepts.
    #[error("the password cost is not valid: {0}")]
    Cost(String),
    /// Hashing failed, for instance for want of memory.
    #[error("hashing the password failed: {0}")]
    Hashing(String),
}

/// The outcome of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Whether the password is right.
    pub ok: bool,
    /// Whether the stored hash is weaker than today's cost, so that a new one
    /// should be stored. Only ever true together with `ok`.
    pub rehash: bool,
}

impl Verified {
    const WRONG: Self = Self { ok: false, rehash: false };
}

/// Hashes and checks passwords. Make one at start and share it.
pub struct Passwords {
    argon2: Argon2<'static>,
    entropy: Arc<dyn Entropy>,
    /// The hash checked for accounts that do not exist.
    dummy: Arc<str>,
    /// Permits to be in the house at all: hashing or waiting.
    places: Arc<Semaphore>,
    /// Permits to hash.
    turns: Arc<Semaphore>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Passwords").field("params", self.argon2.params()).finish_non_exhaustive()
    }
}

impl Passwords {
    /// Makes a hasher that runs `cores` hashes at once (at least one).
    ///
    /// It hashes once at this point, to have something of equal cost to check
    /// for accounts that do not exist.
    ///
    /// # Errors
    ///
    /// [`PasswordError::Cost`] when argon2 does not accept the cost.
    pub fn new(cost: PasswordCost, cores: usize, entropy: Arc<dyn Entropy>) -> Result<Self, PasswordError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
            .map_err(|fault| PasswordError::Cost(fault.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        // Nobody knows this password, not even the server after this line.
        let mut unknown = [0_u8; 32];
        entropy.fill(&mut unknown);
        let dummy = hash_bytes(&argon2, entropy.as_ref(), &unknown)?;
        let cores = cores.max(1);
        Ok(Self {
            argon2,
            entropy,
            dummy: dummy.into(),
            places: Arc::new(Semaphore::new(cores + QUEUE)),
            turns: Arc::new(Semaphore::new(cores)),
        })
    }

    /// Hashes a password for storage, as a PHC string with its own salt.
    ///
    /// The password is taken byte for byte as sent. Whether it is a good one is
    /// the business of [`check_new_password`](super::password_policy::check_new_password).
    ///
    /// # Errors
    ///
    /// [`PasswordError::Busy`], [`PasswordError::TooLong`],
    /// [`PasswordError::Nul`] or [`PasswordError::Hashing`].
    pub async fn hash(&self, secret: SecretString) -> Result<String, PasswordError> {
        check_shape(&secret)?;
        let argon2 = self.argon2.clone();
        let entropy = Arc::clone(&self.entropy);
        self.in_turn(move || hash_bytes(&argon2, entropy.as_ref(), secret.expose_secret().as_bytes())).await
    }

    /// Checks a password against the stored hash.
    ///
    /// Pass `None` when the account does not exist or has no password: the same
    /// work is done and the answer is "wrong", so that the time taken does not
    /// tell which accounts exist.
    ///
    /// # Errors
    ///
    /// As for [`hash`](Self::hash), and [`PasswordError::StoredHash`].
    pub async fn verify(&self, secret: SecretString, phc: Option<&str>) -> Result<Verified, PasswordError> {
        check_shape(&secret)?;
        let argon2 = self.argon2.clone();
        let known = phc.is_some();
        let stored = phc.map_or_else(|| Arc::clone(&self.dummy), Arc::from);
        let verified = self.in_turn(move || verify_bytes(&argon2, secret.expose_secret().as_bytes(), &stored)).await?;
        Ok(if known { verified } else { Verified::WRONG })
    }

    /// Runs a job on a blocking thread as soon as a core is free.
    async fn in_turn<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        // The permits travel with the job. A client that hangs up drops this
        // future but cannot stop the hash, which still occupies its core.
        tokio::task::spawn_blocking(move || {
            let outcome = job();
            drop((place, turn));
            outcome
        })
        .await
        .map_err(|fault| PasswordError::Hashing(fault.to_string()))?
    }
}

/// Refuses what must not be hashed at all.
fn check_shape(secret: &SecretString) -> Result<(), PasswordError> {
    let text = secret.expose_secret();
    if text.len() > MAX_PASSWORD_BYTES {
        return Err(PasswordError::TooLong);
    }
    if text.contains('\0') {
        return Err(PasswordError::Nul);
    }
    Ok(())
}

/// Hashes with a fresh salt.
fn hash_bytes(argon2: &Argon2<'_>, entropy: &dyn Entropy, password: &[u8]) -> Result<String, PasswordError> {
    let mut salt = [0_u8; SALT_BYTES];
    entropy.fill(&mut salt);
    let hash: PasswordHash =
        argon2.hash_password_with_salt(password, &salt).map_err(|fault| PasswordError::Hashing(fault.to_string()))?;
    Ok(hash.to_string())
}

/// Checks against a PHC string with the parameters written in it.
fn verify_bytes(argon2: &Argon2<'_>, password: &[u8], stored: &str) -> Result<Verified, PasswordError> {
    let hash = PasswordHash::new(stored).map_err(|_| PasswordError::StoredHash)?;
    // Without these two argon2 would answer "wrong password" and hide that the
    // database is damaged.
    if hash.salt.is_none() || hash.hash.is_none() {
        return Err(PasswordError::StoredHash);
    }
    let params = Params::try_from(&hash).map_err(|_| PasswordError::StoredHash)?;
    match argon2.verify_password(password, &hash) {
        Ok(()) => Ok(Verified { ok: true, rehash: is_weaker(&hash, &params, argon2.params()) }),
        Err(HashFault::PasswordInvalid) => Ok(Verified::WRONG),
        Err(HashFault::OutOfMemory | HashFault::Internal) => {
            Err(PasswordError::Hashing("not enough memory".to_owned()))
        }
        Err(_) => Err(PasswordError::StoredHash),
    }
}

/// Whether a stored hash protects less than a new one would.
fn is_weaker(hash: &PasswordHash, stored: &Params, wanted: &Params) -> bool {
    hash.algorithm != ARGON2ID_IDENT
        || hash.version != Some(Version::V0x13.into())
        || stored.m_cost() < wanted.m_cost()
        || stored.t_cost() < wanted.t_cost()
        || stored.output_len().unwrap_or(0) < Params::DEFAULT_OUTPUT_LEN
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::auth::entropy::OsEntropy;

    fn passwords(cost: PasswordCost, cores: usize) -> Arc<Passwords> {
        Arc::new(Passwords::new(cost, cores, Arc::new(OsEntropy)).unwrap())
    }

    fn cheap() -> Arc<Passwords> {
        passwords(PasswordCost::FOR_TESTS, 2)
    }

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[tokio::test]
    async fn a_password_is_found_right_and_others_wrong() {
        let passwords = cheap();
        for text in ["correct horse battery", "代表建议办理系统的一个长口令", "🔑 pass 🔑", ""] {
            let phc = passwords.hash(secret(text)).await.unwrap();
            assert!(phc.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{phc}");
            let right = passwords.verify(secret(text), Some(&phc)).await.unwrap();
            assert_eq!(right, Verified { ok: true, rehash: false });
            let wrong = passwords.verify(secret("another"), Some(&phc)).await.unwrap();
            assert_eq!(wrong, Verified::WRONG);
        }
    }

    #[tokio::test]
    async fn equal_passwords_have_different_hashes() {
        let passwords = cheap();
        let first = passwords.hash(secret("the same words")).await.unwrap();
        let second = passwords.hash(secret("the same words")).await.unwrap();
        assert_ne!(first, second);
    }

    #[tokio::test]
    async fn passwords_are_compared_as_sent() {
        let passwords = cheap();
        // The same letter, composed and decomposed; and white space counts.
        let phc = passwords.hash(secret("caf\u{e9}")).await.unwrap();
        for other in ["cafe\u{301}", "caf\u{e9} ", "Caf\u{e9}"] {
            let found = passwords.verify(secret(other), Some(&phc)).await.unwrap();
            assert!(!found.ok, "{other}");
        }
    }

    #[tokio::test]
    async fn an_unknown_account_is_wrong_whatever_the_password() {
        let passwords = cheap();
        assert!(passwords.dummy.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
        let found = passwords.verify(secret("anything"), None).await.unwrap();
        assert_eq!(found, Verified::WRONG);
    }

    #[tokio::test]
    async fn even_the_password_of_the_dummy_signs_nobody_in() {
        #[derive(Debug)]
        struct Same;
        impl Entropy for Same {
            fn fill(&self, buffer: &mut [u8]) {
                buffer.fill(b'x');
            }
        }
        let passwords = Passwords::new(PasswordCost::FOR_TESTS, 1, Arc::new(Same)).unwrap();
        let dummy = secret(&"x".repeat(32));
        let stored = passwords.dummy.to_string();
        assert!(passwords.verify(dummy.clone(), Some(&stored)).await.unwrap().ok);
        let found = passwords.verify(dummy, None).await.unwrap();
        assert_eq!(found, Verified::WRONG);
    }

    #[tokio::test]
    async fn an_unknown_account_costs_as_much_as_a_known_one() {
        let cost = PasswordCost { memory_kib: 8_192, passes: 2, lanes: 1 };
        let passwords = passwords(cost, 1);
        let phc = passwords.hash(secret("some password")).await.unwrap();
        // The best of several, so that a busy machine does not matter.
        let mut best = [Duration::MAX; 2];
        for _ in 0..8 {
            for (place, stored) in [Some(phc.as_str()), None].into_iter().enumerate() {
                let start = Instant::now();
                passwords.verify(secret("a wrong one"), stored).await.unwrap();
                best[place] = best[place].min(start.elapsed());
            }
        }
        let ratio = best[1].as_secs_f64() / best[0].as_secs_f64();
        assert!((0.3..3.0).contains(&ratio), "{best:?}");
    }

    #[tokio::test]
    async fn weaker_hashes_ask_to_be_replaced() {
        let old = cheap();
        let phc = old.hash(secret("long enough words")).await.unwrap();
        for cost in
            [PasswordCost { memory_kib: 16, passes: 1, lanes: 1 }, PasswordCost { memory_kib: 8, passes: 2, lanes: 1 }]
        {
            let new = passwords(cost, 1);
            let found = new.verify(secret("long enough words"), Some(&phc)).await.unwrap();
            assert_eq!(found, Verified { ok: true, rehash: true });
            let wrong = new.verify(secret("wrong"), Some(&phc)).await.unwrap();
            assert_eq!(wrong, Verified::WRONG);
            // A stronger hash is left alone.
            let strong = new.hash(secret("long enough words")).await.unwrap();
            let found = old.verify(secret("long enough words"), Some(&strong)).await.unwrap();
            assert_eq!(found, Verified { ok: true, rehash: false });
        }
    }

    #[tokio::test]
    async fn another_variant_of_argon2_asks_to_be_replaced() {
        let argon2 = Argon2::new(Algorithm::Argon2i, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let phc = hash_bytes(&argon2, &OsEntropy, b"words").unwrap();
        let found = cheap().verify(secret("words"), Some(&phc)).await.unwrap();
        assert_eq!(found, Verified { ok: true, rehash: true });
    }

    #[tokio::test]
    async fn too_long_and_nul_are_refused_without_hashing() {
        let passwords = cheap();
        // Were it to hash, it would wait for ever.
        let _all = passwords.turns.acquire_many(2).await.unwrap();
        let long = "x".repeat(MAX_PASSWORD_BYTES + 1);
        assert_eq!(passwords.hash(secret(&long)).await, Err(PasswordError::TooLong));
        assert_eq!(passwords.verify(secret(&long), None).await, Err(PasswordError::TooLong));
        assert_eq!(passwords.hash(secret("a\0b")).await, Err(PasswordError::Nul));
        assert_eq!(passwords.verify(secret("a\0b"), None).await, Err(PasswordError::Nul));
    }

    #[tokio::test]
    async fn the_longest_password_counts_to_its_last_byte() {
        let passwords = cheap();
        let long = "x".repeat(MAX_PASSWORD_BYTES);
        let phc = passwords.hash(secret(&long)).await.unwrap();
        assert!(passwords.verify(secret(&long), Some(&phc)).await.unwrap().ok);
        let other = format!("{}y", &long[1..]);
        assert!(!passwords.verify(secret(&other), Some(&phc)).await.unwrap().ok);
    }

    #[tokio::test]
    async fn a_damaged_stored_hash_is_an_error_and_not_a_wrong_password() {
        let passwords = cheap();
        for stored in [
            "",
            "plain text",
            "$argon2id$v=19$m=8,t=1,p=1",
            "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0",
            "$argon2id$v=19$m=1,t=0,p=1$c2FsdHNhbHRzYWx0$RdescudvJCsgt3ub",
            "$2b$12$KIXQ8Y8l1l1l1l1l1l1l1uWf5Zy5Zy5Zy5Zy5Zy5Zy5Zy5Zy5Zy5",
        ] {
            let found = passwords.verify(secret("words"), Some(stored)).await;
            assert_eq!(found, Err(PasswordError::StoredHash), "{stored}");
        }
    }

    #[tokio::test]
    async fn beyond_the_queue_the_answer_is_busy_at_once() {
        let passwords = passwords(PasswordCost::FOR_TESTS, 1);
        let turn = Arc::clone(&passwords.turns).acquire_owned().await.unwrap();
        // One place belongs to the running hash, which is held back here.
        let place = Arc::clone(&passwords.places).acquire_owned().await.unwrap();
        let mut waiting = Vec::new();
        for _ in 0..QUEUE {
            let passwords = Arc::clone(&passwords);
            waiting.push(tokio::spawn(async move { passwords.hash(secret("words")).await }));
        }
        tokio::task::yield_now().await;
        assert_eq!(passwords.places.available_permits(), 0);
        assert_eq!(passwords.hash(secret("words")).await, Err(PasswordError::Busy));
        assert_eq!(passwords.verify(secret("words"), None).await, Err(PasswordError::Busy));
        // A client that hangs up while waiting gives its place to the next.
        let gone = waiting.pop().unwrap();
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        assert_eq!(passwords.places.available_permits(), 1);
        drop((turn, place));
        for task in waiting {
            assert!(task.await.unwrap().is_ok());
        }
        assert_eq!(passwords.places.available_permits(), 1 + QUEUE);
        assert_eq!(passwords.turns.available_permits(), 1);
    }

    #[test]
    fn an_impossible_cost_is_refused() {
        let cost = PasswordCost { memory_kib: 1, passes: 0, lanes: 1 };
        let fault = Passwords::new(cost, 1, Arc::new(OsEntropy)).unwrap_err();
        assert!(matches!(fault, PasswordError::Cost(_)));
    }

    #[test]
    fn debug_shows_no_hash() {
        let passwords = cheap();
        assert!(!format!("{passwords:?}").contains(passwords.dummy.as_ref()));
    }
}
