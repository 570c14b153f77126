//! How many operations one person, or one address without a person, may run within a time, and the headers that say so.
//!
//! A budget refills evenly (GCRA): one number per client, the instant at which its budget is whole again. Clients that
//! were not seen for long are forgotten first, so that the memory is bounded whoever comes. Each process counts for
//! itself. The headers are those of draft-ietf-httpapi-ratelimit-headers.
//!
//! Deliberately absent: failed sign-ins, which have a budget of their own in the database.

use async_graphql::{Response, Value};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;
use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

/// How many clients are remembered.
const MOST_CLIENTS: usize = 100_000;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The budget of failed sign-ins as it is told: five tries of an account, forgotten after an hour.
const SIGN_IN_POLICY: &str = "\"sign-in\";q=5;w=3600";

/// So many operations within so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Operations.
    pub quota: u32,
    /// Seconds in which the whole budget comes back.
    pub window: u32,
}

/// The budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Of one person, whatever the address.
    pub person: Budget,
    /// Of one address, for everybody there who has not signed in.
    pub address: Budget,
}

impl Default for RateLimits {
    fn default() -> Self {
        // An office of a hundred people may have one address, and signs in at nine.
        Self { person: Budget { quota: 600, window: 60 }, address: Budget { quota: 1_200, window: 60 } }
    }
}

/// Whose budget it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// A person who signed in.
    Person(Uuid),
    /// An address; of IPv6 its network.
    Address(IpAddr),
}

/// How a client's budget stands after one more operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    name: &'static str,
    budget: Budget,
    /// Whether the operation was within the budget.
    pub granted: bool,
    /// Operations that are left now.
    remaining: u32,
    /// Until the budget is whole again; of a refused operation until the next is granted.
    wait: TimeDelta,
}

/// Counts operations.
#[derive(Debug)]
pub struct Rates {
    limits: RateLimits,
    /// When each client's budget is whole again.
    whole_at: Mutex<LruCache<Client, DateTime<Utc>>>,
}

impl Rates {
    /// With these budgets.
    #[must_use]
    pub fn new(limits: RateLimits) -> Self {
        Self { limits, whole_at: Mutex::new(LruCache::unbounded()) }
    }

    /// Counts one operation, unless it is beyond the budget.
    pub fn count(&self, client: Client, now: DateTime<Utc>) -> Standing {
        let (name, budget) = match client {
            Client::Person(_) => ("person", self.limits.person),
            Client::Address(_) => ("address", self.limits.address),
        };
        let window = TimeDelta::seconds(budget.window.into());
        let one = window / i32::try_from(budget.quota).unwrap_or(i32::MAX).max(1);
        let mut clients = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        // An instant that is farther off than a whole budget comes from a clock that was set back since.
        let before = clients.get(&client).filter(|at| **at <= now + window).map_or(now, |at| (*at).max(now));
        let after = before + one;
        if after > now + window {
            return Standing { name, budget, granted: false, remaining: 0, wait: after - (now + window) };
        }
        clients.put(client, after);
        if clients.len() > MOST_CLIENTS {
            clients.pop_lru();
        }
        let left = (now + window - after).num_microseconds().unwrap_or(0);
        let remaining = left / one.num_microseconds().unwrap_or(1).max(1);
        let remaining = u32::try_from(remaining).unwrap_or(0);
        Standing { name, budget, granted: true, remaining, wait: after - now }
    }
}

impl Standing {
    /// Whole seconds to wait, at least one.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        let whole = self.wait.num_seconds();
        (if self.wait > TimeDelta::seconds(whole) { whole + 1 } else { whole }).max(1)
    }

    /// The headers that say so.
    #[must_use]
    pub fn headers(&self) -> HeaderMap {
        let Self { name, budget: Budget { quota, window }, remaining, .. } = self;
        let mut headers = HeaderMap::new();
        put(&mut headers, RATE_LIMIT_POLICY, format!("\"{name}\";q={quota};w={window}"));
        put(&mut headers, RATE_LIMIT, format!("\"{name}\";r={remaining};t={}", self.seconds()));
        headers
    }
}

/// Says how long to wait when an error of the answer says so: `Retry-After`, and after the sign-ins' own budget refused
/// it, that one. An operation beyond a budget of this file was not executed.
pub(super) fn tell(answer: &Response, executed: bool, headers: &mut HeaderMap) {
    let waits = answer.errors.iter().filter_map(|error| match error.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    });
    let Some(seconds) = waits.max() else { return };
    put(headers, header::RETRY_AFTER, seconds.to_string());
    if executed {
        headers.append(RATE_LIMIT_POLICY, HeaderValue::from_static(SIGN_IN_POLICY));
        put(headers, RATE_LIMIT, format!("\"sign-in\";r=0;t={seconds}"));
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, text: String) {
    if let Ok(value) = HeaderValue::from_str(&text) {
        headers.append(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: RateLimits =
        RateLimits { person: Budget { quota: 3, window: 60 }, address: Budget { quota: 2, window: 10 } };
    const PERSON: Client = Client::Person(Uuid::nil());

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn the_budget_is_granted_whole_and_comes_back_evenly() {
        let rates = Rates::new(LIMITS);
        let count = |seconds| rates.count(PERSON, at(seconds));
        assert_eq!(
            [count(0), count(0), count(0)].map(|s| (s.granted, s.remaining, s.seconds())),
            [(true, 2, 20), (true, 1, 40), (true, 0, 60)]
        );
        let refused = count(0);
        assert!(!refused.granted && refused.seconds() == 20);
        assert!(!count(19).granted, "what was refused is not counted");
        assert!(count(20).granted && !count(20).granted);
        assert!(count(200).remaining == 2, "no more than the whole comes back");
    }

    #[test]
    fn each_client_has_its_own_and_a_clock_set_back_locks_nobody_out() {
        let rates = Rates::new(LIMITS);
        let address = Client::Address([192, 0, 2, 1].into());
        assert!(rates.count(address, at(0)).granted && rates.count(address, at(0)).granted);
        assert!(!rates.count(address, at(0)).granted && rates.count(PERSON, at(0)).granted);
        let far_back = rates.count(address, at(-100_000));
        assert!(far_back.granted && far_back.remaining == 1);
    }

    #[test]
    fn the_headers_are_structured_fields() {
        let standing = Rates::new(LIMITS).count(PERSON, at(0));
        let headers = standing.headers();
        assert_eq!(headers[RATE_LIMIT_POLICY], "\"person\";q=3;w=60");
        assert_eq!(headers[RATE_LIMIT], "\"person\";r=2;t=20");
    }
}
