//! The accept loop. The stock one has no timer, so a half-sent header would hold its connection for
//! ever; this one bounds the header's time, the number of connections, and the time to stop.

use super::{limits::EdgeLimits, linger::Linger};
use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{convert::Infallible, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc, watch},
    time::{sleep, timeout},
};
use tower::ServiceExt as _;

/// Held by connections and by work that outlives them (mutations, WebSockets): tells it when the server
/// wants to stop, and lets the server wait until the last holder is gone.
#[derive(Clone, Debug)]
pub struct Lifetime {
    closing: watch::Receiver<bool>,
    _alive: Option<mpsc::Sender<Infallible>>,
}

impl Lifetime {
    /// A lifetime without end, for routers that run without this server.
    #[must_use]
    pub fn endless() -> Self {
        Self { closing: watch::channel(false).1, _alive: None }
    }

    /// Ends when the server wants to stop.
    pub async fn closing(&mut self) {
        if self.closing.wait_for(|closing| *closing).await.is_err() {
            // Nobody is left who could give the order.
            std::future::pending::<()>().await;
        }
    }
}

/// Serves until `shutdown` ends, then lets running work finish within `limits.drain`.
///
/// HTTP/1.1 only, by hyper's own builder: the one that detects HTTP/2 waits for the first bytes
/// without any limit of time, even when told to speak HTTP/1 only. The proxy that ends TLS speaks
/// HTTP/1.1 to us anyway.
pub async fn serve(listener: TcpListener, router: Router, limits: &EdgeLimits, shutdown: impl Future) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.header_timeout);
    let connections = Arc::new(Semaphore::new(limits.connections));
    let (close, closing) = watch::channel(false);
    let (alive, mut all_gone) = mpsc::channel(1);
    let lifetime = Lifetime { closing, _alive: Some(alive) };

    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            _ = &mut shutdown => break,
            accepted = accept(&listener, &connections) => accepted,
        };
        let Some((stream, peer, permit)) = accepted else {
            continue;
        };
        let (router, given) = (router.clone(), lifetime.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            request.extensions_mut().insert(given.clone());
            router.clone().oneshot(request)
        });
        let connection =
            builder.serve_connection(TokioIo::new(Linger::new(stream, limits.linger)), service).with_upgrades();
        let mut lifetime = lifetime.clone();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let result = tokio::select! {
                result = connection.as_mut() => result,
                () = lifetime.closing() => {
                    // The exchange that is running may end; no further one begins.
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            // Broken connections are the network's daily weather, not our errors.
            if let Err(error) = result {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(permit);
        });
    }

    drop(listener);
    drop(lifetime);
    let _sent = close.send(true);
    let drained = timeout(limits.drain, all_gone.recv());
    if drained.await.is_err() {
        tracing::warn!("work was still running when the time to stop was up");
    }
}

/// Waits for a free place first, so that surplus clients stay in the system's queue.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let permit = Arc::clone(connections).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            let _best_effort = stream.set_nodelay(true);
            Some((stream, peer, permit))
        }
        Err(error) => {
            // Out of descriptors, most likely: give others time to close theirs.
            tracing::warn!(%error, "a connection could not be accepted");
            sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
