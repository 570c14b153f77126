//! A database for each test, of the kind that `JIANYAN_TEST_DB` names.
//!
//! Migrating and loading the directory takes long compared with a test. It is done once for each build
//! of the test binary, into a template; a test then copies the template: a file on SQLite,
//! `CREATE DATABASE … TEMPLATE` on PostgreSQL. Tests run in processes of their own, so a lock outside
//! the process lets one of them build and the others wait.

use super::env;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use uuid::Uuid;

/// The databases on which the product runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server, at the address in `JIANYAN_TEST_PG_URL`.
    Postgres,
}

impl Kind {
    /// The kind that this run is about.
    pub fn of_this_run() -> Self {
        match env::text("JIANYAN_TEST_DB").as_deref() {
            None | Some("" | "sqlite") => Self::Sqlite,
            Some("postgres") => Self::Postgres,
            Some(other) => panic!("JIANYAN_TEST_DB is {other:?}, but only sqlite and postgres exist"),
        }
    }
}

/// A database that is deleted with this value.
#[derive(Debug)]
pub struct TestDatabase {
    url: String,
    place: Place,
}

/// A lock for which writers wait.
pub struct Held(DatabaseConnection);

impl Held {
    /// Lets the writers go on.
    pub async fn release(self) {
        run(&self.0, "ROLLBACK").await;
        self.0.close().await.expect("the connection closes");
    }
}

#[derive(Debug)]
enum Place {
    Folder(PathBuf),
    Server { name: String },
}

impl TestDatabase {
    /// An empty database.
    pub async fn empty() -> Self {
        match Kind::of_this_run() {
            Kind::Sqlite => Self::in_folder(None),
            Kind::Postgres => Self::on_server(None).await,
        }
    }

    /// A copy of the template; `fill` builds the template when this build of the tests has none yet.
    ///
    /// `fill` gets the address of an empty database and must leave no connection open.
    pub async fn copy_of(fill: impl AsyncFnOnce(&str)) -> Self {
        match Kind::of_this_run() {
            Kind::Sqlite => Self::in_folder(Some(&template_file(fill).await)),
            Kind::Postgres => Self::on_server(Some(&template_on_server(fill).await)).await,
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection of its own, for looking behind the application's back.
    pub async fn connect(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    /// Lets every transaction that writes a submission wait, until this is released.
    pub async fn hold_writers(&self) -> Held {
        let db = self.connect().await;
        match Kind::of_this_run() {
            Kind::Sqlite => run(&db, "BEGIN IMMEDIATE").await,
            Kind::Postgres => run(&db, "BEGIN; LOCK TABLE submission IN EXCLUSIVE MODE").await,
        }
        Held(db)
    }

    fn in_folder(template: Option<&Path>) -> Self {
        let folder = std::env::temp_dir().join(format!("jianyan-test-{}", name()));
        fs::create_dir(&folder).expect("a temporary folder can be made");
        let file = folder.join("test.sqlite");
        if let Some(template) = template {
            fs::copy(template, &file).expect("the template can be copied");
        }
        Self { url: format!("sqlite://{}?mode=rwc", file.display()), place: Place::Folder(folder) }
    }

    async fn on_server(template: Option<&str>) -> Self {
        let name = format!("test_{}", name());
        let admin = connect(&server()).await;
        let from = template.unwrap_or("template0");
        run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {from}")).await;
        admin.close().await.expect("the connection closes");
        Self { url: on_same_server(&name), place: Place::Server { name } }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(super::wiring::files_dir(&self.url)));
        match &self.place {
            // What cannot be deleted stays behind; the test has already spoken.
            Place::Folder(folder) => drop(fs::remove_dir_all(folder)),
            Place::Server { name } => {
                let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                // The test's own runtime cannot be waited for from here.
                let dropping = std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                    runtime.expect("a runtime starts").block_on(async {
                        let admin = connect(&server()).await;
                        run(&admin, &statement).await;
                    });
                });
                drop(dropping.join());
            }
        }
    }
}

/// A connection to the address, a single one.
pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).acquire_timeout(Duration::from_secs(60)).sqlx_logging(false);
    Database::connect(options).await.unwrap_or_else(|error| panic!("no database: {error}"))
}

async fn run(db: &DatabaseConnection, statement: &str) {
    db.execute_unprepared(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// A name that no other test has, even in another process.
fn name() -> String {
    Uuid::from_u128(rand_bits()).simple().to_string()
}

/// Differs between threads, processes and calls: the hasher's own seed, stirred with the process id.
fn rand_bits() -> u128 {
    use std::hash::{BuildHasher, RandomState};
    let half = || u128::from(RandomState::new().hash_one(std::process::id()));
    (half() << 64) | half()
}

/// Changes with every build of the tests, and with nothing else.
fn build() -> String {
    let program = std::env::current_exe().expect("the test program has a path");
    let about = fs::metadata(&program).expect("the test program can be looked at");
    let changed = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let digest = Sha256::digest(format!("{}|{}|{}", program.display(), changed.as_nanos(), about.len()));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

// ───────────── SQLite ─────────────

async fn template_file(fill: impl AsyncFnOnce(&str)) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("template");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let template = folder.join(format!("{}.sqlite", build()));
    if template.exists() {
        return template;
    }
    let lock = fs::File::create(folder.join("lock")).expect("the lock file can be made");
    // Waited for off the runtime: whoever holds it may be another task of this process.
    let lock = tokio::task::spawn_blocking(move || lock.lock().map(|()| lock)).await.expect("the wait ends");
    let _held = lock.expect("the lock file can be locked");
    if !template.exists() {
        // Those of earlier builds are of no use any more; one left half done by a killed test neither.
        for entry in fs::read_dir(&folder).expect("the folder can be listed").flatten() {
            if entry.file_name() != "lock" {
                drop(fs::remove_file(entry.path()));
            }
        }
        let draft = folder.join("draft.sqlite");
        let url = format!("sqlite://{}?mode=rwc", draft.display());
        fill(&url).await;
        // Everything into the one file that will be copied.
        let db = connect(&url).await;
        run(&db, "PRAGMA wal_checkpoint(TRUNCATE)").await;
        db.close().await.expect("the connection closes");
        fs::rename(&draft, &template).expect("the template can be renamed");
    }
    template
}

// ───────────── PostgreSQL ─────────────

fn server() -> String {
    env::text("JIANYAN_TEST_PG_URL").unwrap_or_else(|| {
        panic!("JIANYAN_TEST_PG_URL is not set: run the tests with `tests/run --only postgres`, or under `tests/postgres/with.sh`")
    })
}

/// The same address with another database.
fn on_same_server(name: &str) -> String {
    let server = server();
    let (address, options) = server.split_once('?').map_or((server.as_str(), None), |(a, o)| (a, Some(o)));
    let (host, _) = address.rsplit_once('/').expect("an address names a database");
    options.map_or_else(|| format!("{host}/{name}"), |options| format!("{host}/{name}?{options}"))
}

async fn template_on_server(fill: impl AsyncFnOnce(&str)) -> String {
    let template = format!("template_{}", build());
    let admin = connect(&server()).await;
    // Any number will do that nobody else locks; the lock ends with the connection.
    run(&admin, "SELECT pg_advisory_lock(2026112301)").await;
    let exists = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT 1 AS one FROM pg_database WHERE datname = $1",
        [template.as_str().into()],
    );
    if admin.query_one_raw(exists).await.expect("the server lists its databases").is_none() {
        run(&admin, "DROP DATABASE IF EXISTS template_draft WITH (FORCE)").await;
        run(&admin, "CREATE DATABASE template_draft TEMPLATE template0").await;
        fill(&on_same_server("template_draft")).await;
        run(&admin, &format!("ALTER DATABASE template_draft RENAME TO {template}")).await;
        // A stray connection would make copying fail.
        run(&admin, &format!("ALTER DATABASE {template} ALLOW_CONNECTIONS false")).await;
    }
    admin.close().await.expect("the connection closes");
    template
}
