//! Files through signed links, on the side of the application.

use super::App;
use crate::cx::Cx;
use crate::error::AppError;
use crate::files::{Broken, Chunks, Contents, Payload};
use crate::http::{Problem, RequestHead};
use crate::use_cases::files::UploadFault;
use crate::use_cases::{account, files};
use domain::refusal::ErrorCode;
use futures_util::{StreamExt, stream};
use http::StatusCode;
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
        head: &RequestHead,
        name: &str,
        token: &str,
        announced: Option<u64>,
        chunks: Chunks,
    ) -> Result<(), Problem> {
        let caller = self.caller(head);
        let received = files::receive(&caller, name, token, announced, chunks).await;
        tracing::info!(request_id = %caller.request_id, name, kept = received.is_ok(), "upload");
        received.map_err(|fault| refused(fault, &caller.request_id))
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

/// What a client is told whose bytes are not kept.
fn refused(fault: UploadFault, request_id: &str) -> Problem {
    let bad = ErrorCode::BadInput.code();
    let differs = |zh: &str, en: &str| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, bad, zh, en);
    match fault {
        UploadFault::TooLong { max } => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            bad,
            format!("文件超过申请上传时填写的 {max} 字节。"),
            format!("The file is longer than the {max} bytes that were announced."),
        ),
        UploadFault::Differs => differs(
            "收到的内容与申请上传时填写的字节数或校验值不符，请重新上传。",
            "The bytes differ from the size or the SHA-256 that was announced; send them again.",
        ),
        UploadFault::Type => differs(
            "文件内容与所填的媒体类型不符，或含有宏，不能上传。",
            "The bytes are not of the announced media type, or hold macros.",
        ),
        UploadFault::Broken(Broken::TooSlow) => Problem::new(
            StatusCode::REQUEST_TIMEOUT,
            bad,
            "上传过慢，请在网络良好时重试。",
            "The upload was too slow; try again on a better line.",
        ),
        UploadFault::Broken(Broken::Off) => {
            Problem::bad_request("上传中断，请重试。", "The upload broke off; try again.")
        }
        UploadFault::App(AppError::Refused(_)) => Problem::no_such_file(),
        UploadFault::App(error) => problem(error, request_id),
    }
}
