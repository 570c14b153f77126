//! Probes: `/health/live` says that the process answers, `/health/ready` that it can do its work.

use super::{Edge, Media, errors::json_response};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;
use std::{sync::Arc, time::Duration};

/// Time for the application to say whether it is ready.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn live() -> Response {
    json_response(StatusCode::OK, Media::Json, &json!({ "status": "ok" }))
}

pub(super) async fn ready(State(edge): State<Arc<Edge>>) -> Response {
    // The reason may name hosts and tables: it belongs into the log, the probe needs the status.
    match tokio::time::timeout(PATIENCE, edge.app.ready()).await {
        Ok(Ok(())) => return live().await,
        Ok(Err(reason)) => tracing::warn!(%reason, "not ready"),
        Err(_) => tracing::warn!("not ready: no answer in time"),
    }
    json_response(StatusCode::SERVICE_UNAVAILABLE, Media::Json, &json!({ "status": "unavailable" }))
}
