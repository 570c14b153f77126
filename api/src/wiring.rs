//! Putting the server together: settings in, everything that a request needs out.
//!
//! Every fault of the start is one sentence for the operator. Database URLs and secrets are part of none.

use crate::audit::AuditKey;
use crate::auth::entropy::{Entropy, OsEntropy};
use crate::auth::password::{PasswordCost, PasswordError, Passwords};
use crate::auth::token::{SecretTooShort, TokenKeys};
use crate::bus::Bus;
use crate::clock::{Clock, Ids};
use crate::config::{Settings, SettingsFault, Source};
use crate::cx::Deps;
use crate::db::Db;
use crate::delivery::Channels;
use crate::files::{Bucket, Directory, Links, Store};
use crate::graphql::schema::Validator;
use crate::http::{EdgeLimits, RequestIds, Trusted, TrustedFault};
use crate::printing::Printing;
use crate::rule_book::RuleBook;
use crate::use_cases::indexing;
use domain::vocabulary::Channel;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use secrecy::ExposeSecret;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Why the server did not start; each is one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// A setting is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsFault),
    /// The data directory cannot be made.
    #[error("the data directory {} cannot be made ({reason}); make it, or set JIANYAN_DATA_DIR", path.display())]
    DataDir {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        reason: std::io::Error,
    },
    /// The database does not answer.
    #[error("the database cannot be opened ({0}); check DATABASE_URL and that the database is running")]
    Connect(DbErr),
    /// A statement failed.
    #[error("the database failed ({0})")]
    Database(#[from] DbErr),
    /// The schema is older than the program.
    #[error("the database schema is older than this program ({0} pending); make a backup, then run: jianyan migrate")]
    MigrationsPending(usize),
    /// Matters that are older than the search index could not be indexed.
    #[error("the search index cannot be made ({0}); run: jianyan index")]
    Index(String),
    /// The schema cannot be compared with the program, or a migration failed.
    #[error("the database schema does not fit this program ({0}); use the version that belongs to it, or a backup")]
    Schema(DbErr),
    /// SQLite would not keep what was acknowledged.
    #[error(
        "SQLite runs with {pragma} = {found} instead of {wanted}, so that a power cut could lose what was \
         acknowledged; put the database on a local disk"
    )]
    Durability {
        /// The setting of SQLite.
        pragma: &'static str,
        /// What it is.
        found: String,
        /// What it must be.
        wanted: &'static str,
    },
    /// The bucket for files cannot be set up.
    #[error("the bucket for files cannot be set up ({0}); check the settings JIANYAN_S3_…")]
    Bucket(#[from] object_store::Error),
    /// The token secret is too short.
    #[error(transparent)]
    TokenSecret(#[from] SecretTooShort),
    /// Passwords cannot be hashed.
    #[error("passwords cannot be hashed ({0})")]
    Passwords(#[from] PasswordError),
    /// The region's templates or fonts cannot be read.
    #[error("the papers of JIANYAN_PAPERS_DIR cannot be printed ({0})")]
    Papers(#[from] papers::PaperError),
    /// A trusted document cannot be read, or is no document of this schema.
    #[error(
        "the trusted documents of JIANYAN_TRUSTED_DOCUMENTS cannot be used ({fault}); mend the document or take it out \
         （可信文档无法使用：{}：{}）", fault.place, fault.chinese
    )]
    Trusted {
        /// Which one, and why.
        fault: TrustedFault,
    },
    /// A channel for notifications cannot be set up.
    #[error("the channel {channel} cannot be set up ({reason}); check its settings and the machine's certificates")]
    Channel {
        /// The channel.
        channel: Channel,
        /// What is wrong, without addresses and secrets.
        reason: String,
    },
}

/// Opens the database.
///
/// # Errors
/// [`StartFault`] when it cannot be opened or, on SQLite, is not durable.
pub async fn connect(settings: &Settings) -> Result<Db, StartFault> {
    connect_within(settings, None).await
}

async fn connect_within(settings: &Settings, budget: Option<Duration>) -> Result<Db, StartFault> {
    if settings.source("DATABASE_URL") == Some(Source::Default) {
        make_dir(&settings.data_dir)?;
    }
    let url = settings.database_url().expose_secret();
    let db = Db::connect_within(url, settings.pool, budget).await.map_err(StartFault::Connect)?;
    if db.is_sqlite() {
        require_durability(db.writer()).await?;
    }
    Ok(db)
}

/// Closes the database; SQLite then folds its write-ahead log into the file.
pub async fn close(db: &Db) {
    for pool in [db.reader(), db.writer()] {
        if let Err(error) = pool.clone().close().await {
            tracing::warn!(%error, "the database was not closed in order");
        }
    }
}

/// Whether the database holds no table yet.
///
/// # Errors
/// [`StartFault::Database`].
pub async fn is_empty(db: &Db) -> Result<bool, StartFault> {
    let tables = match db.is_sqlite() {
        true => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'",
        false => "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()",
    };
    let statement = Statement::from_string(db.writer().get_database_backend(), tables);
    let row = db.writer().query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get_by_index::<i64>(0)).transpose()? == Some(0))
}

/// Brings the schema up to date; how many migrations ran.
///
/// # Errors
/// [`StartFault::Schema`]; a migration that failed left nothing behind.
pub async fn migrate(db: &Db) -> Result<usize, StartFault> {
    let pending = pending(db).await?;
    if pending > 0 {
        Migrator::up(db.writer(), None).await.map_err(StartFault::Schema)?;
        // Matters that are older than the search index are found as well.
        indexing::complete(db).await.map_err(|error| StartFault::Index(error.to_string()))?;
    }
    Ok(pending)
}

/// Wires everything a request needs.
///
/// The embedded database file, which nobody else administers, is brought up to date on the way. A
/// database that was set by hand is not touched: changing its schema is the operator's decision.
///
/// # Errors
/// [`StartFault`].
pub async fn deps(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Arc<Deps>, StartFault> {
    let db = connect_within(settings, Some(EdgeLimits::default().query_timeout)).await?;
    if settings.source("DATABASE_URL") == Some(Source::Default) {
        let ran = migrate(&db).await?;
        if ran > 0 {
            tracing::info!(migrations = ran, "the schema of the embedded database was brought up to date");
        }
    }
    with_database(settings, clock, db, PasswordCost::default()).await
}

/// Wires everything around a database that is already open and up to date.
///
/// # Errors
/// [`StartFault`].
pub async fn with_database(
    settings: &Settings,
    clock: Arc<dyn Clock>,
    db: Db,
    cost: PasswordCost,
) -> Result<Arc<Deps>, StartFault> {
    match pending(&db).await? {
        0 => {}
        some => return Err(StartFault::MigrationsPending(some)),
    }
    let entropy: Arc<dyn Entropy> = Arc::new(OsEntropy);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let secret = settings.token_secret(entropy.as_ref())?;
    let printing = Printing::new(settings.files.papers.clone());
    printing.check()?;
    let deps = Deps {
        rules: RuleBook::new(clock.clone()),
        clock,
        ids: Ids::default(),
        passwords: Passwords::new(cost, cores, entropy.clone())?,
        tokens: TokenKeys::new(&secret)?,
        audit: AuditKey::new(&secret),
        links: Links::new(&secret, &settings.files.url, settings.files.lifetime),
        printing,
        files: store(settings)?,
        entropy,
        bus: Bus::default(),
        db,
    };
    Ok(Arc::new(deps))
}

/// Where stored files lie.
fn store(settings: &Settings) -> Result<Arc<dyn Store>, StartFault> {
    let dir = settings.files.dir.clone();
    Ok(match &settings.files.bucket {
        Some(bucket) => Arc::new(Bucket::new(bucket, dir.join("drafts"))?),
        None => Arc::new(Directory::new(dir)),
    })
}

/// The channels by which notifications leave the house. On a rehearsal clock there are none: nobody shall be
/// told of a deadline that is only played.
///
/// # Errors
/// [`StartFault::Channel`].
pub fn channels(settings: &Settings, clock: &dyn Clock) -> Result<Channels, StartFault> {
    let channels =
        Channels::new(&settings.channels).map_err(|(channel, reason)| StartFault::Channel { channel, reason })?;
    if clock.is_rehearsal() && !channels.open().is_empty() {
        tracing::warn!("this is a rehearsal: no mail and no message leaves the house");
        return Ok(Channels::default());
    }
    Ok(channels)
}

/// What the HTTP edge grants, with the settings of this server.
pub fn edge_limits(settings: &Settings) -> EdgeLimits {
    EdgeLimits {
        allowed_origins: settings.allowed_origins.clone(),
        trusted_proxies: settings.trusted_proxies.clone(),
        ..EdgeLimits::default()
    }
}

/// The operator's documents, each within the limits and of this schema; none without a setting.
///
/// # Errors
/// [`StartFault::Trusted`] names the first document that cannot be trusted.
pub async fn trusted(settings: &Settings, limits: &EdgeLimits) -> Result<Arc<Trusted>, StartFault> {
    let Some(path) = &settings.documents.trusted else { return Ok(Arc::default()) };
    let schema = Validator::default();
    let fits = async |document: &_| schema.check(document).await;
    let read = Trusted::read(path, settings.documents.only, &limits.document, fits).await;
    let trusted = read.map_err(|fault| StartFault::Trusted { fault })?;
    tracing::info!(documents = trusted.len(), only = trusted.only(), "trusted documents are known");
    Ok(Arc::new(trusted))
}

/// Ids for requests that bring none, from the server's own source.
pub fn request_ids(deps: &Arc<Deps>) -> RequestIds {
    let deps = deps.clone();
    Arc::new(move || deps.ids.make::<Uuid>(deps.clock.now()).to_string())
}

/// How many migrations the schema lacks. A schema that is newer than the program is a fault.
async fn pending(db: &Db) -> Result<usize, StartFault> {
    let pending = Migrator::get_pending_migrations(db.writer()).await.map_err(StartFault::Schema)?;
    Ok(pending.len())
}

/// Logs how SQLite runs, and refuses less than WAL with FULL.
async fn require_durability(db: &DatabaseConnection) -> Result<(), StartFault> {
    let journal = pragma(db, "journal_mode").await?.to_lowercase();
    let synchronous = pragma(db, "synchronous").await?;
    let foreign_keys = pragma(db, "foreign_keys").await?;
    tracing::info!(journal, synchronous, foreign_keys, "SQLite is open");
    let wanted = |pragma, found: String, accepted: &[&str], wanted| match accepted.contains(&found.as_str()) {
        true => Ok(()),
        false => Err(StartFault::Durability { pragma, found, wanted }),
    };
    wanted("journal_mode", journal, &["wal"], "wal")?;
    // 2 is FULL, 3 is EXTRA.
    wanted("synchronous", synchronous, &["2", "3"], "2")?;
    wanted("foreign_keys", foreign_keys, &["1"], "1")
}

/// The value of a PRAGMA as text.
async fn pragma(db: &DatabaseConnection, name: &str) -> Result<String, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), format!("PRAGMA {name}"));
    let row = db.query_one_raw(statement).await?;
    let row = row.ok_or_else(|| DbErr::Custom(format!("PRAGMA {name} gave no row")))?;
    row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string()))
}

/// Makes a directory that only its owner may enter.
///
/// # Errors
/// [`StartFault::DataDir`].
pub fn make_dir(path: &std::path::Path) -> Result<(), StartFault> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|reason| StartFault::DataDir { path: path.to_owned(), reason })
}
