//! What every use case gets first: who acts, when, in which language, and with what.

use crate::audit::AuditKey;
use crate::auth::entropy::Entropy;
use crate::auth::password::Passwords;
use crate::auth::token::TokenKeys;
use crate::bus::Bus;
use crate::clock::{Clock, Ids};
use crate::db::Db;
use crate::files::{Holder, Links, Object, SignedLink, Store, Verb};
use crate::printing::Printing;
use crate::rule_book::RuleBook;
use chrono::{DateTime, NaiveDate, Utc};
use domain::actor::Actor;
use domain::ids::SignInId;
use domain::language::Language;
use domain::rules::legal_day::legal_day;
use std::net::IpAddr;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that is wired once, at start.
#[derive(Debug)]
pub struct Deps {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of ids.
    pub ids: Ids,
    /// The source of randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Hashes and verifies passwords, a bounded number at a time.
    pub passwords: Passwords,
    /// Signs and verifies access tokens.
    pub tokens: TokenKeys,
    /// Signs states of the sealed trails.
    pub audit: AuditKey,
    /// Signs and verifies links to files.
    pub links: Links,
    /// Where stored files lie.
    pub files: Arc<dyn Store>,
    /// Lays papers out.
    pub printing: Printing,
    /// Tells open subscriptions of changes after commit.
    pub bus: Bus,
    /// The rules and the calendar, read once.
    pub rules: RuleBook,
}

/// One request before anybody is known: the sign-in verbs work with this.
#[derive(Clone, Debug)]
pub struct Caller {
    /// What is wired.
    pub deps: Arc<Deps>,
    /// The instant of the request.
    pub now: DateTime<Utc>,
    /// The language of texts.
    pub language: Language,
    /// The address from which it came.
    pub address: IpAddr,
    /// The id of the request, as in the log.
    pub request_id: String,
}

/// One request of a signed-in person in one position.
#[derive(Clone, Debug)]
pub struct Cx {
    /// The request.
    pub caller: Caller,
    /// Who acts.
    pub actor: Actor,
    /// The sign-in session of the token.
    pub sign_in: SignInId,
}

impl Cx {
    /// What is wired.
    pub fn deps(&self) -> &Deps {
        &self.caller.deps
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.caller.deps.db
    }

    /// The instant of the request.
    pub fn now(&self) -> DateTime<Utc> {
        self.caller.now
    }

    /// The day of the request in the region's calendar.
    pub fn today(&self) -> NaiveDate {
        legal_day(self.caller.now)
    }

    /// The language of texts.
    pub fn language(&self) -> Language {
        self.caller.language
    }

    /// A short-lived link for this person. That he may is decided before, and asked again at its use.
    pub fn link(&self, verb: Verb, object: Object) -> SignedLink {
        let holder = Holder { person: self.actor.user_id, position: self.actor.position_id, sign_in: self.sign_in };
        self.deps().links.make(verb, object, holder, self.now())
    }

    /// A new id.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.caller.deps.ids.make(self.caller.now)
    }
}
