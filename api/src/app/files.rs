//! Files through signed links, on the side of the application.

use super::App;
use crate::cx::Cx;
use crate::error::AppError;
use crate::files::{Chunks, Contents, Payload};
use crate::http::{Problem, RequestHead};
use crate::use_cases::{account, files};
use futures_util::{StreamExt, stream};
use std::io;
use std::time::{Duration, Instant};

/// How often a running download asks whether its holder is still who he was.
const RECHECK: Duration = Duration::from_secs(1);

impl App {
    pub(super) async fn send_out(&self, head: &RequestHead, name: &str, token: &str) -> Result<Contents, Problem> {
        let caller = self.caller(head);
        let opened = files::open(&caller, name, token).await;
        let (cx, mut contents) = opened.map_err(|error| problem(error, &caller.request_id))?;
        tracing::info!(request_id = %caller.request_id, name, actor = %cx.actor.user_id, "download");
        contents.payload = watched(contents.payload, cx);
        Ok(contents)
    }

    pub(super) async fn take_in(
        &self,
        _head: &RequestHead,
        _name: &str,
        _token: &str,
        _announced: Option<u64>,
        _chunks: Chunks,
    ) -> Result<(), Problem> {
        Err(Problem::no_such_file())
    }
}

/// A long download ends when the session or the position of its holder does.
fn watched(payload: Payload, cx: Cx) -> Payload {
    let Payload::Stream { length, chunks } = payload else { return payload };
    let state = (chunks, cx, Instant::now());
    let chunks = stream::unfold(Some(state), |state| async {
        let (mut chunks, cx, asked) = state?;
        let chunk = chunks.next().await?;
        let asked = if asked.elapsed() < RECHECK {
            asked
        } else if account::still_valid(&cx).await {
            Instant::now()
        } else {
            return Some((Err(io::ErrorKind::PermissionDenied.into()), None));
        };
        Some((chunk, Some((chunks, cx, asked))))
    });
    Payload::Stream { length, chunks: chunks.boxed() }
}

/// What a client is told. All that opens nothing is told the same.
fn problem(error: AppError, request_id: &str) -> Problem {
    match error {
        AppError::NotFound | AppError::Forbidden | AppError::Unauthenticated => Problem::no_such_file(),
        other => {
            tracing::error!(%request_id, error = %other, "a file could not be served");
            Problem::internal(request_id)
        }
    }
}
