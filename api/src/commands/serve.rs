//! `jianyan serve`: the server.

use super::CommandFault;
use crate::app::App;
use crate::config::Settings;
use crate::cx::Deps;
use crate::work::Worker;
use crate::{http, wiring};
use chrono::{DateTime, Utc};
use std::io::Write;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves until the process is told to stop, then lets running work finish.
///
/// # Errors
/// [`CommandFault`] when it cannot start.
pub async fn run(rehearsal: Option<DateTime<Utc>>, out: &mut dyn Write) -> Result<(), CommandFault> {
    let settings = super::settings_with_log()?;
    let clock = super::clock(rehearsal, out)?;
    let deps = wiring::deps(&settings, clock).await?;
    let listener = listen(&settings).await?;
    serve(&settings, deps, listener, out).await
}

/// Takes the address before anything is changed.
pub(super) async fn listen(settings: &Settings) -> Result<TcpListener, CommandFault> {
    let address = settings.listen;
    TcpListener::bind(address).await.map_err(|reason| CommandFault::Listen { address, reason })
}

/// Serves on the listener until the process is told to stop.
pub(super) async fn serve(
    settings: &Settings,
    deps: Arc<Deps>,
    listener: TcpListener,
    out: &mut dyn Write,
) -> Result<(), CommandFault> {
    let address = listener.local_addr()?;
    let mut limits = wiring::edge_limits(settings);
    limits.trusted = wiring::trusted(settings, &limits).await?;
    let ids = wiring::request_ids(&deps);
    let router = http::router_with_ids(App::shared(deps.clone(), limits.rates), limits.clone(), ids);
    let stop = stop_signal()?;
    let worker = Worker::new(deps.clone(), wiring::channels(settings, deps.clock.as_ref())?);
    writeln!(out, "Jianyan listens on http://{address}/ (GraphQL: http://{address}/graphql).")?;
    out.flush()?;
    tracing::info!(%address, "listening");
    // The daily work goes on beside the requests, and ends with them.
    let (done, ended) = tokio::sync::oneshot::channel::<()>();
    let worker = tokio::spawn(async move { worker.run(ended).await });
    http::serve(listener, router, &limits, stop).await;
    drop(done);
    let _ = worker.await;
    wiring::close(&deps.db).await;
    tracing::info!("stopped");
    Ok(())
}

/// Ends when the process is interrupted or told to terminate.
#[cfg(unix)]
pub(super) fn stop_signal() -> Result<impl Future<Output = ()>, CommandFault> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("told to stop; running work may finish");
    })
}

/// Ends when the process is interrupted.
#[cfg(not(unix))]
pub(super) fn stop_signal() -> Result<impl Future<Output = ()>, CommandFault> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
