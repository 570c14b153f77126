//! Puts the application together for a test, as the server does: the one place that names its inside.

use super::app::{BEGINNING, instant};
use super::counter::Statements;
use api::app::App;
use api::auth::password::PasswordCost;
use api::clock::{Clock, ManualClock, SystemClock};
use api::config::Settings;
use api::cx::Deps;
use api::db::Db;
use api::delivery::Channels;
use api::http::{EdgeLimits, Trusted};
use api::use_cases::load_roster::load_roster;
use api::{http, wiring};
use axum::Router;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// The sample directory, the same that the demonstration uses.
pub const ROSTER: &str = include_str!("../../../api/data/roster.json");

/// Fills an empty database with the schema, the sample directory and what comes with it.
pub async fn fill(url: &str) {
    let db = Db::connect(url, 1).await.expect("the database opens");
    wiring::migrate(&db).await.expect("the migrations run");
    let clock = Arc::new(ManualClock::at(instant(BEGINNING)));
    let deps = wiring::with_database(&settings(), clock, db, PasswordCost::FOR_TESTS).await;
    let deps = deps.expect("everything can be wired");
    load_roster(&deps, ROSTER).await.unwrap_or_else(|error| panic!("the sample directory was not loaded: {error:?}"));
    deps.db.writer().clone().close().await.expect("the connections close");
}

/// What is wired around a filled database.
pub async fn deps(url: &str, connections: u32, clock: Arc<ManualClock>, statements: Statements) -> Arc<Deps> {
    let db = Db::connect(url, connections).await.expect("the database opens");
    let db = db.watched(move |sql| statements.note(sql));
    let settings = settings_with(&[("JIANYAN_FILES_DIR", &files_dir(url).to_string_lossy())]);
    wiring::with_database(&settings, clock, db, PasswordCost::FOR_TESTS).await.expect("everything can be wired")
}

/// Connections that give a statement up after this time.
pub async fn connect_within(url: &str, connections: u32, budget: Duration) -> Db {
    Db::connect_within(url, connections, Some(budget)).await.expect("the database opens")
}

/// Where the files of an application over this database lie.
pub fn files_dir(url: &str) -> PathBuf {
    let digest: String = Sha256::digest(url).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    std::env::temp_dir().join(format!("jianyan-files-{digest}"))
}

/// The channels of these settings, as a server sets them up whose clock is the machine's.
pub fn channels(settings: &[(&str, &str)]) -> Channels {
    channels_by(settings, &SystemClock)
}

/// The channels of these settings under this clock.
pub fn channels_by(settings: &[(&str, &str)], clock: &dyn Clock) -> Channels {
    let given = |name: &str| settings.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).into());
    let settings = Settings::load(given, Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("the settings are right");
    wiring::channels(&settings, clock).expect("the channels can be set up")
}

/// Closes the connections of what was wired apart from an application.
pub async fn close(deps: &Deps) {
    wiring::close(&deps.db).await;
}

/// What the server grants by its default settings, but for the number of operations: the clock of a test stands still,
/// so that nothing of a budget would come back.
pub fn limits() -> EdgeLimits {
    let mut limits = wiring::edge_limits(&settings());
    limits.rates.person.quota = i32::MAX.unsigned_abs();
    limits.rates.address.quota = i32::MAX.unsigned_abs();
    limits
}

/// The operator's documents by these settings; or with what sentence the server does not start.
pub async fn trusted(settings: &[(&str, &str)]) -> Result<Arc<Trusted>, String> {
    wiring::trusted(&settings_with(settings), &limits()).await.map_err(|fault| fault.to_string())
}

/// The whole HTTP edge within these limits, as the server serves it.
pub fn router(deps: Arc<Deps>, limits: EdgeLimits) -> Router {
    let ids = wiring::request_ids(&deps);
    http::router_with_ids(App::shared(deps, limits.rates), limits, ids)
}

/// Serves it on a real port until told to stop.
pub async fn serve(listener: TcpListener, router: Router, limits: EdgeLimits, stop: impl Future) {
    http::serve(listener, router, &limits, stop).await;
}

/// The schema as text, as `schema.graphql` should hold it.
pub fn sdl() -> String {
    api::graphql::schema::sdl()
}

/// The secret with which the application signs its tokens.
pub fn token_secret() -> String {
    "only for tests, ".repeat(4)
}

/// The defaults, with a secret that is written nowhere; nothing of the machine's settings.
fn settings() -> Settings {
    settings_with(&[])
}

/// The same with further settings.
fn settings_with(more: &[(&str, &str)]) -> Settings {
    let given = |name: &str| match name {
        "JIANYAN_TOKEN_SECRET" => Some(token_secret()),
        _ => more.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned()),
    };
    Settings::load(given, Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("the default settings are right")
}
