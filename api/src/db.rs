//! Connections and transactions, the same for SQLite and PostgreSQL.
//!
//! SQLite: one connection writes, a pool of `query_only` connections reads; WAL with FULL, so that
//! what was acknowledged survives a power cut. PostgreSQL: one pool. A use case is one transaction;
//! on SQLite it begins immediate, so that readers who become writers do not collide.

use crate::error::{AppError, AppResult};
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::time::{Duration, Instant};

/// The database.
#[derive(Clone, Debug)]
pub struct Db {
    write: DatabaseConnection,
    read: DatabaseConnection,
}

/// A constraint that a statement broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A unique index.
    Unique,
    /// A foreign key.
    ForeignKey,
}

/// What a transaction does with what it is given.
pub type Body<C, T> = for<'t> fn(&'t DatabaseTransaction, &'t C) -> BoxFuture<'t, AppResult<T>>;

/// How often a transaction is tried when the database asks to try again.
const ATTEMPTS: u32 = 8;
/// After how many steps of its machine SQLite looks at the clock; some hundred microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

impl Db {
    /// Connects with at most `connections` connections; with one, reading and writing share it.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, DbErr> {
        Self::connect_within(url, connections, None).await
    }

    /// The same, with a time after which the database gives a statement up: PostgreSQL any, SQLite one that only reads.
    ///
    /// Whoever no longer waits for an answer has not stopped the statement.
    pub async fn connect_within(url: &str, connections: u32, budget: Option<Duration>) -> Result<Self, DbErr> {
        let sqlite = url.starts_with("sqlite:");
        if !sqlite {
            let pool = open(url, connections, false, budget).await?;
            return Ok(Self { write: pool.clone(), read: pool });
        }
        let write = open(url, 1, false, None).await?;
        let read = if connections > 1 { open(url, connections - 1, true, budget).await? } else { write.clone() };
        Ok(Self { write, read })
    }

    /// The connections for reading outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The connection for migrations and start-up.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// The same database, which tells `seen` the text of each statement; for logs and budgets.
    #[must_use]
    pub fn watched(mut self, seen: impl Fn(&str) + Clone + Send + Sync + 'static) -> Self {
        let also = seen.clone();
        self.write.set_metric_callback(move |info| seen(&info.statement.sql));
        self.read.set_metric_callback(move |info| also(&info.statement.sql));
        self
    }

    /// Whether this is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }

    /// Runs one use case in one transaction; all of it is stored, or nothing.
    ///
    /// When the database reports a deadlock or a serialization failure nothing was stored, and the
    /// whole body runs again, a bounded number of times. What the body needs comes in as `given`: a
    /// body that borrows nothing else has a future that may move between threads.
    pub async fn run<C: Sync + ?Sized, T>(&self, given: &C, body: Body<C, T>) -> AppResult<T> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.once(given, body).await {
                Err(AppError::Database(error)) if attempt < ATTEMPTS && asks_to_retry(&error) => {
                    tokio::time::sleep(Duration::from_millis(u64::from(3 * attempt * attempt))).await;
                }
                other => return other,
            }
        }
    }

    async fn once<C: Sync + ?Sized, T>(&self, given: &C, body: Body<C, T>) -> AppResult<T> {
        let options = TransactionOptions {
            sqlite_transaction_mode: self.is_sqlite().then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = self.write.begin_with_options(options).await?;
        match body(&tx, given).await {
            Ok(value) => {
                tx.commit().await?;
                Ok(value)
            }
            Err(error) => {
                tx.rollback().await?;
                Err(error)
            }
        }
    }
}

async fn open(
    url: &str,
    connections: u32,
    read_only: bool,
    budget: Option<Duration>,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true)
            .pragma("query_only", if read_only { "ON" } else { "OFF" })
            // Readers share the system's cache of the file instead of copying its pages into their own.
            .pragma("mmap_size", if read_only { "268435456" } else { "0" })
    });
    // Compiling a statement takes longer than running it here: the figures of a district took four times as long.
    options.map_sqlx_postgres_opts(move |postgres| {
        let postgres = postgres.options([("jit", "off")]);
        match budget {
            Some(budget) => postgres.options([("statement_timeout", format!("{}ms", budget.as_millis()))]),
            None => postgres,
        }
    });
    if let Some(budget) = budget {
        // A connection is taken for one statement, so that its time begins when it is taken.
        options.map_sqlx_sqlite_pool_opts(move |pool| {
            pool.after_connect(move |sqlite, _| Box::pin(stop_after(sqlite, budget))).before_acquire(
                move |sqlite, _| Box::pin(async move { stop_after(sqlite, budget).await.map(|()| true) }),
            )
        });
    }
    Database::connect(options).await
}

/// Lets SQLite stop a statement that still runs after this time.
async fn stop_after(
    sqlite: &mut sea_orm::sqlx::SqliteConnection,
    budget: Duration,
) -> Result<(), sea_orm::sqlx::Error> {
    let began = Instant::now();
    sqlite.lock_handle().await?.set_progress_handler(STEPS_BETWEEN_LOOKS, move || began.elapsed() < budget);
    Ok(())
}

/// The database's own code of an error, if it has one.
fn code(error: &DbErr) -> Option<String> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(e))
        | DbErr::Query(RuntimeErr::SqlxError(e))
        | DbErr::Conn(RuntimeErr::SqlxError(e)) => match &**e {
            sea_orm::sqlx::Error::Database(inner) => inner.code().map(|code| code.into_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn asks_to_retry(error: &DbErr) -> bool {
    matches!(code(error).as_deref(), Some("40001" | "40P01" | "5" | "6" | "261" | "262" | "517"))
}

/// The constraint that the statement broke, if it broke one.
pub fn broken(error: &DbErr) -> Option<Broken> {
    match code(error).as_deref() {
        Some("23505" | "1555" | "2067") => Some(Broken::Unique),
        Some("23503" | "787" | "1811") => Some(Broken::ForeignKey),
        _ => None,
    }
}
