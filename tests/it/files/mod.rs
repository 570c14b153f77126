//! Files from end to end: announced through the API, sent and fetched through signed links as curl would do it.

mod bucket;
mod evidence;
mod limits;
mod links;
mod stories;
mod tidying;
mod uploads;

use crate::support::{Answer, Client, TestApp, wiring};
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

/// The unit in which regions set the sizes of files.
pub const MIB: i64 = 1024 * 1024;

/// A small file that begins as a PDF does.
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";

/// What came back.
#[derive(Debug)]
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// That it opens nothing, and says no more than any other link that opens nothing.
    #[track_caller]
    fn opens_nothing(&self) {
        assert_eq!(self.status, StatusCode::NOT_FOUND, "{self:?}");
        assert_eq!(self.bytes, "There is no such file, or the link no longer holds.\n");
        assert_eq!(self.header("content-type"), "text/plain; charset=utf-8");
    }
}

/// Sends a request to the application, in English.
async fn send(app: &TestApp, method: &str, url: &str, body: impl Into<Body>) -> Got {
    let request = Request::builder().method(method).uri(url).header("accept-language", "en");
    let response = app.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Got { status: parts.status, headers: parts.headers, bytes: body.collect().await.unwrap().to_bytes() }
}

async fn get(app: &TestApp, url: &str) -> Got {
    send(app, "GET", url, Body::empty()).await
}

async fn put(app: &TestApp, url: &str, bytes: &[u8]) -> Got {
    send(app, "PUT", url, bytes.to_vec()).await
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What announces these bytes as a PDF.
pub fn pdf(submission: &str, bytes: &[u8]) -> Value {
    json!({ "submissionId": submission, "fileName": "调研报告.pdf", "mediaType": "application/pdf",
        "byteSize": bytes.len(), "sha256": sha256(bytes) })
}

async fn announce(client: &Client, input: Value) -> Answer {
    client.call("requestUpload", input, "uploadUrl attachment { id downloadUrl }").await
}

/// Announces bytes; gives id and link.
async fn announced(client: &Client, input: Value) -> (String, String) {
    let answer = announce(client, input).await;
    let payload = answer.payload("requestUpload");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&payload["attachment"]["id"]), text(&payload["uploadUrl"]))
}

/// Attaches a small file to a text, or brings it as evidence; gives its id.
pub async fn attached(client: &Client, submission: &str) -> String {
    let (id, url) = announced(client, pdf(submission, PDF)).await;
    let put = put(client.app(), &url, PDF).await;
    assert_eq!(put.status, StatusCode::NO_CONTENT, "{put:?}");
    id
}

/// The link under which this person fetches the file, if he may know of it and it has come.
async fn download_url(client: &Client, id: &str) -> Option<String> {
    let query = "query($id: ID!) { node(id: $id) { ... on Attachment { downloadUrl } } }";
    let answer = client.gql(query, json!({ "id": id })).await;
    answer.data("node")["downloadUrl"].as_str().map(str::to_owned)
}

/// How many files lie in the application's store, drafts and all.
fn lying(app: &TestApp) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.flatten().map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&wiring::files_dir(app.database.url()))
}
