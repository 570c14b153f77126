//! Each limit at its value and one beyond, and names of every kind.

use super::{MIB, PDF, announce, announced, attached, pdf, put, sha256};
use crate::support::{Matter, TestApp};
use http::StatusCode;
use serde_json::{Value, json};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

#[tokio::test]
async fn names_are_cleaned_or_refused() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let name_of = async |name: &str| {
        let mut input = pdf(&matter.id, name.as_bytes());
        input["fileName"] = json!(name);
        input["byteSize"] = json!(1);
        lead.call("requestUpload", input, "attachment { fileName }").await
    };
    for (name, kept) in [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\windows\\win.pdf", "win.pdf"),
        ("C:\\报告.pdf", "报告.pdf"),
        ("..%2f..%2fa.pdf", "%2f..%2fa.pdf"),
        ("NUL.pdf", "_NUL.pdf"),
        ("a\"b;c=d.pdf", "a_b;c=d.pdf"),
        (" 养老.PDF ", "养老.PDF"),
    ] {
        let answer = name_of(name).await;
        assert_eq!(answer.payload("requestUpload")["attachment"]["fileName"], json!(kept), "{name}");
    }
    for (name, code) in [
        ("fdp.\u{202e}exe.pdf", "INVALID_VALUE"),
        ("a\0.pdf", "INVALID_VALUE"),
        ("a\r\nset-cookie: x.pdf", "INVALID_VALUE"),
        ("\u{200b}.pdf", "INVALID_VALUE"),
        ("报告.exe", "INVALID_VALUE"),
        ("报告.pdf.exe", "INVALID_VALUE"),
        ("..", "INVALID_VALUE"),
        ("dir/", "REQUIRED"),
    ] {
        let (found, field, _) = name_of(name).await.refused("requestUpload");
        assert_eq!((found.as_str(), field.as_str()), (code, "fileName"), "{name:?}");
    }
    let long = format!("{}.pdf", "长".repeat(196));
    assert_eq!(name_of(&long).await.payload("requestUpload")["attachment"]["fileName"], json!(long));
    assert_eq!(name_of(&format!("长{long}")).await.refused("requestUpload").0, "TOO_LONG");
}

#[tokio::test]
async fn sizes_and_types_have_limits() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let tried = async |ending: &str, media: &str, size: i64| {
        let input = json!({ "submissionId": matter.id, "fileName": format!("a.{ending}"), "mediaType": media,
            "byteSize": size, "sha256": sha256(format!("{media}{size}").as_bytes()) });
        announce(&lead, input).await
    };
    // Without a choice of the region those of `domain/data/rules/defaults.json`.
    for (kind, mebibytes) in domain::files::TYPES.iter().zip([50, 50, 50, 50, 20, 20, 500, 2]) {
        let (ending, most) = (kind.extensions[0], mebibytes * MIB);
        for fits in [1, most] {
            tried(ending, kind.media_type, fits).await.payload("requestUpload");
        }
        for beyond in [0, -1, most + 1] {
            let (code, field, _) = tried(ending, kind.media_type, beyond).await.refused("requestUpload");
            assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "byteSize"), "{}", kind.media_type);
        }
    }
    for media in ["text/html", "image/svg+xml", "application/zip", "application/x-msdownload", "APPLICATION/PDF", ""] {
        assert_eq!(tried("pdf", media, 1).await.refused("requestUpload").1, "mediaType", "{media}");
    }
}

#[tokio::test]
async fn a_region_closes_types_and_sets_sizes() {
    let app = TestApp::new().await;
    let before = app.draft("rep01").await;
    before.submit().await;
    let own = json!({ "pdf": 10, "ofd": 50, "docx": 50, "xlsx": 50, "jpeg": 20, "png": 20, "mp4": 0, "text": 2 });
    app.change_rules(|rules| rules["files"] = own.clone()).await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let tried = async |matter: &Matter, ending: &str, media: &str, size: i64| {
        let input = json!({ "submissionId": matter.id, "fileName": format!("a.{ending}"), "mediaType": media,
            "byteSize": size, "sha256": sha256(format!("{media}{size}").as_bytes()) });
        announce(&lead, input).await
    };
    tried(&matter, "pdf", "application/pdf", 10 * MIB).await.payload("requestUpload");
    let (code, field, message) = tried(&matter, "pdf", "application/pdf", 10 * MIB + 1).await.refused("requestUpload");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "byteSize"));
    assert!(message.contains("10 MiB"), "{message}");
    tried(&matter, "docx", DOCX, 50 * MIB).await.payload("requestUpload");
    let (code, field, message) = tried(&matter, "mp4", "video/mp4", 1).await.refused("requestUpload");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "mediaType"));
    assert!(message.contains("application/pdf") && !message.contains("video/mp4"), "{message}");

    // What was handed in under the rules before keeps their limits.
    let back = json!({ "reason": "请补充案据" });
    before.write(&before.office().await, "returnForRevision", &before.id, back).await.payload("returnForRevision");
    tried(&before, "mp4", "video/mp4", 500 * MIB).await.payload("requestUpload");
    tried(&before, "pdf", "application/pdf", 10 * MIB + 1).await.payload("requestUpload");

    // Clients read the limits in the text of the rules in force.
    let region = app.directory().await.region("990101");
    let sets = lead.gql("query($id: ID!) { ruleSets(regionId: $id) { inForce body } }", json!({ "id": region })).await;
    let set = sets.list("ruleSets").iter().find(|one| one["inForce"] == json!(true)).expect("rules in force");
    let body: Value = serde_json::from_str(set["body"].as_str().expect("a text")).expect("JSON");
    assert_eq!(body["files"], own);
}

#[tokio::test]
async fn a_submission_has_so_many_files_and_the_same_one_counts_once() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["texts"]["suggestion"]["attachments"] = json!(2)).await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let first = attached(&lead, &matter.id).await;
    // The bytes are there already: the same file, and nothing to send.
    let again = announce(&lead, pdf(&matter.id, PDF)).await;
    assert_eq!(again.payload("requestUpload")["attachment"]["id"], json!(first));
    assert_eq!(again.payload("requestUpload")["uploadUrl"], Value::Null);
    let (second, _) = announced(&lead, pdf(&matter.id, b"%PDF-2")).await;
    assert_eq!(announced(&lead, pdf(&matter.id, b"%PDF-2")).await.0, second, "announced again, the same");
    assert_eq!(announce(&lead, pdf(&matter.id, b"%PDF-3")).await.refused("requestUpload").0, "TOO_LONG");
    lead.call("deleteAttachment", json!({ "id": second }), "").await.payload("deleteAttachment");
    announced(&lead, pdf(&matter.id, b"%PDF-3")).await;
}

#[tokio::test]
async fn a_text_takes_files_only_while_it_is_written() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let (_, url) = announced(&lead, pdf(&matter.id, PDF)).await;
    matter.submit().await;
    assert_eq!(announce(&lead, pdf(&matter.id, b"%PDF-2")).await.refused("requestUpload").0, "INVALID_TRANSITION");
    // Announced before, sent after: the text is frozen.
    let late = put(&app, &url, PDF).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "{late:?}");
    let office = app.sign_in("congress1").await;
    assert_eq!(announce(&office, pdf(&matter.id, PDF)).await.error_code(), "FORBIDDEN");
    assert_eq!(announce(&app.sign_in("rep05").await, pdf(&matter.id, PDF)).await.error_code(), "NOT_FOUND");
}
