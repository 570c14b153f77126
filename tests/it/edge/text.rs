//! One verdict on every text, the same on both databases; what is accepted comes back as it was sent.

use super::{posting_as, send};
use crate::support::{Client, TestApp, draft_input};
use http::StatusCode;
use serde_json::{Value, json};

/// What becomes of a text in a single line, and in a text of several lines.
#[derive(Clone, Copy, Debug)]
enum Verdict {
    /// Both keep it as it is.
    Kept,
    /// Only the text of several lines keeps it.
    Below,
    /// Nobody keeps it.
    Refused,
}

use Verdict::{Below, Kept, Refused};

/// Each stands between two characters, so that nothing is trimmed.
const CORPUS: [(&str, Verdict); 48] = [
    ("\u{0}", Refused),
    ("\u{1}", Refused),
    ("\u{7}", Refused),
    ("\u{8}", Refused),
    ("\u{9}", Below),
    ("\u{a}", Below),
    ("\u{b}", Refused),
    ("\u{c}", Refused),
    ("\u{1b}[31m", Refused),
    ("\u{1f}", Refused),
    ("\u{7f}", Refused),
    ("\u{80}", Refused),
    ("\u{85}", Refused),
    ("\u{9f}", Refused),
    ("\u{ad}", Refused),
    ("\u{61c}", Refused),
    ("\u{200b}", Refused),
    ("\u{200d}", Refused),
    ("\u{200e}", Refused),
    ("\u{202a}", Refused),
    ("\u{202e}", Refused),
    ("\u{2028}", Refused),
    ("\u{2060}", Refused),
    ("\u{2066}", Refused),
    ("\u{2069}", Refused),
    ("\u{3164}", Refused),
    ("\u{e000}", Refused),
    ("\u{fdd0}", Refused),
    ("\u{feff}", Refused),
    ("\u{fffe}", Refused),
    ("\u{ffff}", Refused),
    ("\u{1fffe}", Refused),
    ("\u{e0041}", Refused),
    ("\u{10ffff}", Refused),
    ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", Refused),
    ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", Kept),
    ("\u{e9}", Kept),
    ("e\u{301}", Kept),
    ("𠮷", Kept),
    ("𬭎𪣻㐂", Kept),
    ("葛\u{e0100}", Kept),
    ("\u{fffd}", Kept),
    ("\u{3000}", Kept),
    ("👍🏽", Kept),
    ("བོད་སྐད།", Kept),
    ("ئۇيغۇرچە", Kept),
    ("'; DROP TABLE submission; -- \\ \" % _ ${x} {{x}}", Kept),
    ("<script>alert(1)</script>", Kept),
];

/// Makes a draft with this text in this field; gives what was stored of it, or why not.
async fn store(client: &Client, field: &str, text: &str) -> Result<Value, (String, String)> {
    let mut input = draft_input("SUGGESTION", "关于社区助餐点的建议");
    input[field] = json!(text);
    let answer = client.call("createDraft", input, "submission { id title background }").await;
    if !answer.refusals("createDraft").is_empty() {
        let (code, field, message) = answer.refused("createDraft");
        assert!(!message.is_empty());
        return Err((code, field));
    }
    let made = &answer.payload("createDraft")["submission"];
    let query = "query($id: ID!) { submission(id: $id) { id title background } }";
    let read = client.gql(query, json!({ "id": made["id"] })).await;
    assert_eq!(read.data("submission"), made, "what is shown at once is what is stored");
    Ok(made[field].clone())
}

#[tokio::test]
async fn every_character_gets_the_same_verdict_and_comes_back_as_it_was_sent() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for (piece, verdict) in CORPUS {
        let text = format!("前{piece}后");
        for field in ["title", "background"] {
            let kept = match verdict {
                Kept => true,
                Below => field == "background",
                Refused => false,
            };
            let wanted = if kept { Ok(json!(text)) } else { Err(("INVALID_VALUE".to_owned(), field.to_owned())) };
            assert_eq!(store(&client, field, &text).await, wanted, "{field} {piece:?}");
        }
    }
}

#[tokio::test]
async fn the_length_counts_characters_whatever_their_bytes() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for one in ["a", "é", "建", "𠮷"] {
        assert_eq!(store(&client, "title", &one.repeat(100)).await, Ok(json!(one.repeat(100))));
        let wanted = Err(("TOO_LONG".to_owned(), "title".to_owned()));
        assert_eq!(store(&client, "title", &one.repeat(101)).await, wanted, "{one}");
    }
}

#[tokio::test]
async fn white_space_around_and_line_breaks_are_written_in_one_way() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    for (field, text, stored) in [
        ("title", " \u{3000}\n标题\t\u{a0}", Some("标题")),
        ("background", "\r\n一\r\n二\r三\n", Some("一\n二\n三")),
        ("title", " \u{3000}\n", None),
        ("background", "", None),
    ] {
        let wanted = stored.map(Value::from).ok_or(("REQUIRED".to_owned(), field.to_owned()));
        assert_eq!(store(&client, field, text).await, wanted, "{text:?}");
    }
}

#[tokio::test]
async fn half_a_character_is_bad_input_wherever_it_stands() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let variables = |title: &str| {
        let query = "mutation($input: CreateDraftInput!) { createDraft(input: $input) { submission { title } errors { code } } }";
        let input = draft_input("SUGGESTION", "TITLE").to_string().replace("TITLE", title);
        format!("{{\"query\": \"{query}\", \"variables\": {{\"input\": {input}}}}}")
    };
    let got = send(&app.router, posting_as(&client).await, variables("\\ud842\\udfb7里")).await;
    assert_eq!(got.json()["data"]["createDraft"]["submission"]["title"], "𠮷里", "{}", got.text);
    for half in ["\\ud842", "\\udfb7", "\\udfb7\\ud842", "\\ud842里", "\\ud842\\ud842"] {
        let got = send(&app.router, posting_as(&client).await, variables(half)).await;
        got.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
    }
    // The same escapes in the text of the document.
    for half in ["\\ud842", "\\udfb7", "\\ud842\\ud842"] {
        let document = format!("{{ node(id: \"{half}\") {{ __typename }} }}");
        let body = json!({ "query": document }).to_string();
        let got = send(&app.router, posting_as(&client).await, body).await;
        assert_eq!((got.status, got.code()), (StatusCode::OK, json!("BAD_INPUT")), "{half}: {}", got.text);
    }
    let seen = client.ask("{ submissions { totalCount } }").await;
    assert_eq!(seen.number("submissions.totalCount"), 1);
}
