//! The brake on password guessing, as pure arithmetic.
//!
//! Two counters run beside each other: one per account, which stops guessing
//! one person's password, and one per address, which stops trying one password
//! on many accounts. A few tries are free; after that each failure doubles the
//! wait, from one second up to fifteen minutes. Nobody is ever locked out for
//! good, so an attacker cannot shut a person out for longer than that.
//!
//! The state is stored elsewhere; the present moment is handed in.

use chrono::{DateTime, TimeDelta, Utc};

/// The longest wait between two tries, in seconds: 15 minutes.
pub const LONGEST_WAIT_SECONDS: i64 = 15 * 60;

/// Failures older than this are forgotten, in seconds: one hour.
pub const MEMORY_SECONDS: i64 = 60 * 60;

/// Doublings after which the wait has reached its longest: 2^10 s > 15 min.
const DOUBLINGS: u32 = 10;

/// What is being counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThrottleKind {
    /// Failures for one account, whatever address they come from.
    Account,
    /// Failures from one address, whatever account they try. Many people may
    /// share an address (an office, a hotel in session week), hence more free
    /// tries.
    Address,
}

impl ThrottleKind {
    /// How many failures cost nothing.
    #[must_use]
    pub const fn free_tries(self) -> u32 {
        match self {
            Self::Account => 5,
            Self::Address => 30,
        }
    }
}

/// What is remembered about one account or one address.
///
/// The default is "no failures".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThrottleState {
    /// Failures in a row. It stops counting where the wait stops growing.
    pub failures: u32,
    /// When the last failure happened; `None` when there was none.
    pub last_failure_at: Option<DateTime<Utc>>,
}

/// The try is refused for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many failed sign-ins; try again in {} s", self.seconds())]
pub struct RetryAfter {
    /// How long to wait; always more than zero and at most 15 minutes.
    pub wait: TimeDelta,
}

impl RetryAfter {
    /// The wait in whole seconds, rounded up, as for an HTTP `Retry-After`.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        let whole = self.wait.num_seconds();
        if self.wait > TimeDelta::seconds(whole) { whole + 1 } else { whole }
    }
}

/// The moment until which tries are refused, or `None` when they are free.
///
/// It may lie in the past; compare it with the present, or use [`verdict`].
#[must_use]
pub fn locked_until(state: &ThrottleState, kind: ThrottleKind) -> Option<DateTime<Utc>> {
    let last = state.last_failure_at?;
    if state.failures < kind.free_tries() {
        return None;
    }
    let doublings = (state.failures - kind.free_tries()).min(DOUBLINGS);
    let seconds = (1_i64 << doublings).min(LONGEST_WAIT_SECONDS);
    last.checked_add_signed(TimeDelta::seconds(seconds))
}

/// Whether a try is allowed at `now`.
///
/// # Errors
///
/// [`RetryAfter`] with the time still to wait.
pub fn verdict(state: &ThrottleState, kind: ThrottleKind, now: DateTime<Utc>) -> Result<(), RetryAfter> {
    let Some(until) = locked_until(&remembered(state, now), kind) else {
        return Ok(());
    };
    let wait = until - now;
    if wait <= TimeDelta::zero() {
        return Ok(());
    }
    Err(RetryAfter { wait: wait.min(TimeDelta::seconds(LONGEST_WAIT_SECONDS)) })
}

/// The state after one more failure at `now`.
#[must_use]
pub fn after_failure(state: &ThrottleState, kind: ThrottleKind, now: DateTime<Utc>) -> ThrottleState {
    let before = remembered(state, now);
    // Beyond this the wait is the longest anyway, and the number stays small
    // enough for any column.
    let ceiling = kind.free_tries() + DOUBLINGS;
    ThrottleState { failures: before.failures.saturating_add(1).min(ceiling), last_failure_at: Some(now) }
}

/// The state after a sign-in that succeeded.
///
/// Only the account is forgiven. The address keeps its count: otherwise an
/// attacker with one account of his own could reset it at will.
#[must_use]
pub fn after_success(state: &ThrottleState, kind: ThrottleKind) -> ThrottleState {
    match kind {
        ThrottleKind::Account => ThrottleState::default(),
        ThrottleKind::Address => *state,
    }
}

/// The state as far as it still counts at `now`.
///
/// A failure more than the longest wait in the future can only mean that the
/// clock was set back (a rehearsal clock may be); it is forgotten, since it
/// would otherwise lock the account until that day comes.
fn remembered(state: &ThrottleState, now: DateTime<Utc>) -> ThrottleState {
    let Some(last) = state.last_failure_at else {
        return ThrottleState::default();
    };
    let age = now - last;
    if age >= TimeDelta::seconds(MEMORY_SECONDS) || age < TimeDelta::seconds(-LONGEST_WAIT_SECONDS) {
        return ThrottleState::default();
    }
    *state
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn failed(times: u32, kind: ThrottleKind) -> ThrottleState {
        (0..times).fold(ThrottleState::default(), |state, _| after_failure(&state, kind, at(0)))
    }

    #[test]
    fn the_wait_follows_the_table() {
        // (failures of an account, wait in seconds)
        let table = [
            (0, 0),
            (1, 0),
            (4, 0),
            (5, 1),
            (6, 2),
            (7, 4),
            (8, 8),
            (9, 16),
            (10, 32),
            (11, 64),
            (12, 128),
            (13, 256),
            (14, 512),
            (15, 900),
            (16, 900),
            (1_000, 900),
        ];
        for (failures, wait) in table {
            for (kind, extra) in [(ThrottleKind::Account, 0), (ThrottleKind::Address, 25)] {
                let times = if failures < 5 { failures } else { failures + extra };
                let state = failed(times, kind);
                let found = verdict(&state, kind, at(0)).err().map_or(0, |r| r.seconds());
                assert_eq!(found, wait, "{kind:?} after {times} failures");
                assert!(verdict(&state, kind, at(wait)).is_ok());
            }
        }
    }

    #[test]
    fn an_address_has_thirty_free_tries() {
        assert!(verdict(&failed(29, ThrottleKind::Address), ThrottleKind::Address, at(0)).is_ok());
        assert!(verdict(&failed(30, ThrottleKind::Address), ThrottleKind::Address, at(0)).is_err());
    }

    #[test]
    fn success_forgives_the_account_but_not_the_address() {
        let account = failed(9, ThrottleKind::Account);
        assert_eq!(after_success(&account, ThrottleKind::Account), ThrottleState::default());
        let address = failed(40, ThrottleKind::Address);
        assert_eq!(after_success(&address, ThrottleKind::Address), address);
    }

    #[test]
    fn failures_are_forgotten_after_an_hour() {
        let state = failed(15, ThrottleKind::Account);
        assert_eq!(after_failure(&state, ThrottleKind::Account, at(3_599)).failures, 15);
        assert_eq!(after_failure(&state, ThrottleKind::Account, at(3_600)).failures, 1);
    }

    #[test]
    fn a_clock_set_back_locks_nobody_for_long() {
        let state = failed(15, ThrottleKind::Account);
        assert!(verdict(&state, ThrottleKind::Account, at(-86_400)).is_ok());
        assert_eq!(after_failure(&state, ThrottleKind::Account, at(-86_400)).failures, 1);
        // Servers whose clocks differ a little still hold the lock.
        let wait = verdict(&state, ThrottleKind::Account, at(-1)).unwrap_err();
        assert_eq!(wait.seconds(), LONGEST_WAIT_SECONDS);
    }

    #[test]
    fn part_of_a_second_counts_as_a_second() {
        let wait = RetryAfter { wait: TimeDelta::milliseconds(1) };
        assert_eq!(wait.seconds(), 1);
        assert_eq!(RetryAfter { wait: TimeDelta::milliseconds(2_001) }.seconds(), 3);
        assert_eq!(RetryAfter { wait: TimeDelta::seconds(2) }.seconds(), 2);
    }

    fn kinds() -> impl Strategy<Value = ThrottleKind> {
        prop_oneof![Just(ThrottleKind::Account), Just(ThrottleKind::Address)]
    }

    proptest! {
        #[test]
        fn the_wait_is_bounded_and_ends(
            kind in kinds(),
            failures in 0_u32..=u32::MAX,
            last in -100_000_i64..100_000,
            now in -100_000_i64..100_000,
        ) {
            let state = ThrottleState { failures, last_failure_at: Some(at(last)) };
            if let Err(retry) = verdict(&state, kind, at(now)) {
                prop_assert!(retry.wait > TimeDelta::zero());
                prop_assert!(retry.seconds() <= LONGEST_WAIT_SECONDS);
                prop_assert!(failures >= kind.free_tries());
                // Whatever the clocks did, half an hour later the try is free.
                prop_assert!(verdict(&state, kind, at(now + 2 * LONGEST_WAIT_SECONDS)).is_ok());
            }
        }

        #[test]
        fn one_more_failure_never_shortens_the_wait(
            kind in kinds(),
            failures in 0_u32..100,
            later in 0_i64..3_600,
        ) {
            let before = failed(failures, kind);
            let after = after_failure(&before, kind, at(later));
            let wait = |state: &ThrottleState| {
                verdict(state, kind, at(later)).err().map_or(0, |r| r.seconds())
            };
            prop_assert!(wait(&after) >= wait(&before));
        }

        #[test]
        fn honest_tries_within_the_free_number_never_wait(
            kind in kinds(),
            gaps in proptest::collection::vec(0_i64..600, 0..40),
        ) {
            let mut state = ThrottleState::default();
            let mut now = 0;
            for (tried, gap) in gaps.iter().enumerate() {
                now += gap;
                if u32::try_from(tried).unwrap() < kind.free_tries() {
                    prop_assert!(verdict(&state, kind, at(now)).is_ok());
                }
                state = after_failure(&state, kind, at(now));
            }
        }
    }
}
