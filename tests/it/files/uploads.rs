//! Bytes that are not what was announced, or do not come, leave nothing.

use super::{PDF, announced, download_url, get, lying, pdf, put, sha256};
use crate::support::{TestApp, server::until};
use http::StatusCode;
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn other_bytes_than_announced_leave_nothing() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (id, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    let longer = [PDF, b"x"].concat();
    let mut other = PDF.to_vec();
    other[12] ^= 1;
    for (bytes, status) in [
        (&longer[..], StatusCode::PAYLOAD_TOO_LARGE),
        (&PDF[..PDF.len() - 1], StatusCode::UNPROCESSABLE_ENTITY),
        (&other[..], StatusCode::UNPROCESSABLE_ENTITY),
        (b"", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(put(&app, &url, bytes).await.status, status);
        assert_eq!(lying(&app), 0, "nothing is left");
        assert!(download_url(&lead, &id).await.is_none());
    }
    // The same without a length in the head: counted on the way.
    let body = axum::body::Body::from_stream(futures_util::stream::iter(
        longer.chunks(7).map(|chunk| Ok::<_, std::io::Error>(bytes::Bytes::copy_from_slice(chunk))).collect::<Vec<_>>(),
    ));
    assert_eq!(super::send(&app, "PUT", &url, body).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(lying(&app), 0);
    assert_eq!(put(&app, &url, PDF).await.status, StatusCode::NO_CONTENT, "and the right bytes still come");
}

#[tokio::test]
async fn the_same_bytes_twice_are_stored_once() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (id, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    let (first, second) = tokio::join!(put(&app, &url, PDF), put(&app, &url, PDF));
    assert_eq!((first.status, second.status), (StatusCode::NO_CONTENT, StatusCode::NO_CONTENT));
    let before = app.ledger().await;
    assert_eq!(put(&app, &url, PDF).await.status, StatusCode::NO_CONTENT);
    before.assert_same(&app.ledger().await, "the same bytes again");
    assert_eq!(put(&app, &url, b"%PDF-1.7 other").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(lying(&app), 1);
    let link = download_url(&lead, &id).await.unwrap();
    assert_eq!(&get(&app, &link).await.bytes[..], PDF);
}

#[tokio::test]
async fn bytes_of_another_type_are_refused_whatever_they_are_called() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    for (name, media, bytes) in [
        ("报告.pdf", "application/pdf", &b"MZ\x90\0\x03\0\0\0\x04\0"[..]),
        ("照片.png", "image/png", b"<html><script>alert(1)</script></html>"),
        ("照片.jpg", "image/jpeg", b"\x89PNG\r\n\x1a\n...."),
        ("说明.txt", "text/plain", b"#!/bin/sh\nrm -rf /\n"),
        ("说明.txt", "text/plain", b"\xff\xfe\0\0"),
        ("表.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04 no list"),
    ] {
        let input = json!({ "submissionId": matter.id, "fileName": name, "mediaType": media,
            "byteSize": bytes.len(), "sha256": sha256(bytes) });
        let (id, url) = announced(&lead, input).await;
        assert_eq!(put(&app, &url, bytes).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {media}");
        assert!(download_url(&lead, &id).await.is_none());
    }
    assert_eq!(lying(&app), 0);
}

#[tokio::test]
async fn a_large_file_comes_and_goes_over_a_real_connection() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    // Longer than the body of any GraphQL request may be.
    let bytes: Vec<u8> = PDF.iter().copied().chain((0..3_000_000_u32).map(|n| b'a' + (n % 26) as u8)).collect();
    let (id, url) = announced(&lead, pdf(&matter.id, &bytes)).await;
    let served = app.served().await;
    let mut wire = served.dial().await;
    wire.send(format!("PUT {url} HTTP/1.1\r\nhost: test\r\ncontent-length: {}\r\n\r\n", bytes.len())).await;
    wire.send(&bytes).await;
    assert_eq!(wire.reply().await.status, 204);
    let link = download_url(&lead, &id).await.unwrap();
    wire.send(format!("GET {link} HTTP/1.1\r\nhost: test\r\n\r\n")).await;
    let reply = wire.reply().await;
    assert_eq!((reply.status, reply.text.as_bytes() == bytes), (200, true));
}

#[tokio::test]
async fn an_upload_that_is_cut_or_too_slow_leaves_nothing() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (id, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    let served = app.served_within(|limits| limits.upload_idle = Duration::from_millis(300)).await;
    let head = format!("PUT {url} HTTP/1.1\r\nhost: test\r\ncontent-length: {}\r\n\r\n", PDF.len());
    let mut cut = served.dial().await;
    cut.send(&head).await;
    cut.send(&PDF[..10]).await;
    until("the draft is begun", || lying(&app) == 1).await;
    drop(cut);
    until("the draft is gone", || lying(&app) == 0).await;
    let mut slow = served.dial().await;
    slow.send(&head).await;
    slow.send(&PDF[..10]).await;
    assert_eq!(slow.reply().await.status, 408);
    assert_eq!(lying(&app), 0);
    assert!(download_url(&lead, &id).await.is_none());
    assert_eq!(put(&app, &url, PDF).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_upload_does_not_outlive_the_session_of_its_holder() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (_, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    let served = app.served().await;
    let mut wire = served.dial().await;
    wire.send(format!("PUT {url} HTTP/1.1\r\nhost: test\r\ncontent-length: {}\r\n\r\n", PDF.len())).await;
    wire.send(&PDF[..10]).await;
    until("the draft is begun", || lying(&app) == 1).await;
    lead.ask("mutation { signOut { errors { code } } }").await;
    wire.send(&PDF[10..]).await;
    assert_eq!(wire.reply().await.status, 404);
    assert_eq!(lying(&app), 0);
}

#[tokio::test]
async fn a_download_does_not_outlive_the_session_of_its_holder() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    // More than the buffers of a connection hold, so that the server waits for the reader.
    let bytes = [PDF, &vec![b'x'; 30_000_000]].concat();
    let (id, url) = announced(&lead, pdf(&matter.id, &bytes)).await;
    assert_eq!(put(&app, &url, &bytes).await.status, StatusCode::NO_CONTENT);
    let link = download_url(&lead, &id).await.unwrap();
    let served = app.served().await;
    let (mut kept, mut lost) = (served.dial().await, served.dial().await);
    kept.send(format!("GET {link} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n")).await;
    assert!(kept.farewell().await.len() > bytes.len(), "a reader in time gets all of it");
    lost.send(format!("GET {link} HTTP/1.1\r\nhost: test\r\n\r\n")).await;
    let begun = Instant::now();
    lead.ask("mutation { signOut { errors { code } } }").await;
    until("the server asks again", || begun.elapsed() > Duration::from_millis(1_200)).await;
    assert!(lost.farewell().await.len() < bytes.len(), "the rest does not come");
}

#[tokio::test]
async fn too_many_uploads_at_once_are_told_to_come_again() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let (_, url) = announced(&matter.lead().await, pdf(&matter.id, PDF)).await;
    let served = app.served_within(|limits| limits.uploads = 1).await;
    let head = format!("PUT {url} HTTP/1.1\r\nhost: test\r\ncontent-length: {}\r\n\r\n", PDF.len());
    let mut first = served.dial().await;
    first.send(&head).await;
    until("the draft is begun", || lying(&app) == 1).await;
    let mut second = served.dial().await;
    second.send(&head).await;
    assert_eq!(second.reply().await.status, 503);
    first.send(PDF).await;
    assert_eq!(first.reply().await.status, 204);
}
