//! The application of one test: its own database, its own clock, no network.

use super::client::{Client, Who};
use super::counter::Statements;
use super::database::TestDatabase;
use super::directory::Directory;
use super::{env, wiring};
use api::clock::{Clock, ManualClock};
use api::cx::Deps;
use api::http::EdgeLimits;
use axum::Router;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::{Mutex, OnceCell};

/// When every story begins: after the session of 2026, before the distribution of its matters.
pub const BEGINNING: &str = "2026-02-10T09:00:00+08:00";

/// The application, ready for requests; cheap to clone.
#[derive(Clone)]
pub struct TestApp(Arc<Inner>);

/// What a test may look at and turn.
pub struct Inner {
    /// The whole HTTP edge, as the server serves it.
    pub router: Router,
    /// What is wired, for tests that look below the API.
    pub deps: Arc<Deps>,
    /// Stands still until it is moved.
    pub clock: Arc<ManualClock>,
    /// Every SQL statement so far.
    pub statements: Statements,
    pub(super) tokens: Mutex<HashMap<Who, Token>>,
    directory: OnceCell<Directory>,
    numbers: AtomicU32,
    /// Last, so that everything that uses it is gone when it is deleted.
    pub database: TestDatabase,
}

/// A token that a client may use again.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) since: DateTime<Utc>,
}

impl Deref for TestApp {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl TestApp {
    /// The application with the sample directory, at [`BEGINNING`].
    pub async fn new() -> Self {
        Self::with_pool(env::pool()).await
    }

    /// The same with so many connections to the database, whatever the run says.
    pub async fn with_pool(connections: u32) -> Self {
        let database = TestDatabase::copy_of(wiring::fill).await;
        let clock = Arc::new(ManualClock::at(instant(BEGINNING)));
        let statements = Statements::default();
        let deps = wiring::deps(database.url(), connections, clock.clone(), statements.clone()).await;
        Self(Arc::new(Inner {
            router: wiring::router(deps.clone(), wiring::limits()),
            deps,
            clock,
            statements,
            tokens: Mutex::default(),
            directory: OnceCell::new(),
            numbers: AtomicU32::new(0),
            database,
        }))
    }

    /// The HTTP edge once more, within other limits.
    pub fn router_within(&self, change: impl FnOnce(&mut EdgeLimits)) -> Router {
        let mut limits = wiring::limits();
        change(&mut limits);
        wiring::router(self.deps.clone(), limits)
    }

    /// Moves the clock to this instant.
    pub fn at(&self, text: &str) {
        self.clock.set(instant(text));
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A client of this person, in his only position.
    pub async fn sign_in(&self, username: &str) -> Client {
        self.signed_in(Who { username: username.to_owned(), role: None }).await
    }

    /// A client of this person in the position with this role.
    pub async fn sign_in_as(&self, username: &str, role: &str) -> Client {
        self.signed_in(Who { username: username.to_owned(), role: Some(role.to_owned()) }).await
    }

    async fn signed_in(&self, who: Who) -> Client {
        let client = Client::of(self.clone(), Some(who));
        client.token().await;
        client
    }

    /// A client that never signed in.
    pub fn anonymous(&self) -> Client {
        Client::of(self.clone(), None)
    }

    /// Who and what is in the sample directory.
    pub async fn directory(&self) -> &Directory {
        self.directory.get_or_init(async || Directory::read(&self.database).await).await
    }

    /// The id of an agency by its short name, e.g. `mzj`.
    pub async fn agency(&self, short: &str) -> String {
        self.directory().await.organization(&format!("qh-{short}"))
    }

    /// The id of a person.
    pub async fn user(&self, username: &str) -> String {
        self.directory().await.user(username)
    }

    /// Counts up within this application, for values that may occur once.
    pub fn next_number(&self) -> u32 {
        self.numbers.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Reads an instant with its zone.
pub fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_utc()
}
