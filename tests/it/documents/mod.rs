//! Printed documents: fetched through their links, read as text, by whoever prints them and by whoever may not.

mod collective;
mod golden;
mod package;
mod reading;
mod round_trip;
mod year;

use crate::support::{Client, Matter, TestApp};
use axum::body::Body;
use domain::ledger::{Agencies, Context, LedgerLine, read};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use tower::ServiceExt;

const ORDER: &str = "query($kind: DocumentKind!, $format: DocumentFormat!, $id: ID, $filter: SubmissionFilter,
    $scope: StatisticsScope) { document(kind: $kind, format: $format, subjectId: $id, filter: $filter, scope: $scope) {
    url fileName mediaType expiresAt } }";

fn wanted(kind: &str, format: &str, more: Value) -> Value {
    let mut wanted = json!({ "kind": kind, "format": format });
    for (name, value) in more.as_object().into_iter().flatten() {
        wanted[name] = value.clone();
    }
    wanted
}

async fn fetch(app: &TestApp, url: &str) -> (StatusCode, Vec<u8>) {
    let request = Request::get(url).body(Body::empty()).expect("a request");
    let answer = app.router_within(|_| {}).oneshot(request).await.expect("an answer");
    let status = answer.status();
    (status, answer.into_body().collect().await.expect("a body").to_bytes().to_vec())
}

/// The document as bytes.
async fn printed(client: &Client, kind: &str, format: &str, more: Value) -> Vec<u8> {
    let answer = client.gql(ORDER, wanted(kind, format, more)).await;
    let (status, bytes) = fetch(client.app(), answer.text("document.url")).await;
    assert_eq!(status, StatusCode::OK, "{kind} {format}");
    bytes
}

/// The text of a Word file, without its marks.
fn docx(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("the text").read_to_string(&mut xml).expect("UTF-8");
    let mut text = String::new();
    let mut inside = false;
    for c in xml.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

fn pdf(bytes: &[u8]) -> String {
    pdf_extract::extract_text_from_mem(bytes).expect("text").split_whitespace().collect()
}

async fn text(client: &Client, kind: &str, id: &str) -> String {
    docx(&printed(client, kind, "DOCX", json!({ "id": id })).await)
}

#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for one in wanted {
        assert!(text.contains(one), "{one} is not in {text}");
    }
}

async fn answered(app: &TestApp) -> Matter {
    app.at("2026-02-10T09:00:00+08:00");
    app.rated("rep01", "SATISFIED").await
}

#[tokio::test]
async fn the_letter_of_reply_is_printed_in_both_formats_with_the_same_words() {
    let app = TestApp::new().await;
    let matter = answered(&app).await;
    let head = matter.person(0, "liaison").await;
    let letter = text(&head, "REPLY_LETTER", matter.reply(0)).await;
    let title = head.gql("query($id: ID!) { submission(id: $id) { title } }", json!({ "id": matter.id })).await;
    holds(&letter, &["清河区民政局", "的答复", "代表", "现答复如下", "抄送", title.text("submission.title")]);
    let pages = printed(&head, "REPLY_LETTER", "PDF", json!({ "id": matter.reply(0) })).await;
    assert!(pages.starts_with(b"%PDF-"));
    let pages = pdf(&pages);
    holds(&pages, &["清河区民政局", "现答复如下"]);
    // The proposer reads what was issued; who signed it off stays inside.
    let own = text(&matter.lead().await, "REPLY_LETTER", matter.reply(0)).await;
    holds(&own, &["现答复如下"]);
    assert!(letter.contains("签发人") && !own.contains("签发人"), "{own}");
}

#[tokio::test]
async fn a_draft_letter_is_printed_inside_the_agency_alone() {
    let app = TestApp::new().await;
    let matter = app.reply_drafted("rep01").await;
    let inside = matter.person(0, "handler").await;
    holds(&text(&inside, "REPLY_LETTER", matter.reply(0)).await, &["现答复如下"]);
    for outside in [matter.lead().await, matter.office().await, app.sign_in("czj-liaison").await] {
        let answer = outside.gql(ORDER, wanted("REPLY_LETTER", "PDF", json!({ "id": matter.reply(0) }))).await;
        assert_eq!(answer.error_code(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn forms_notices_and_schedules_say_what_the_matter_says() {
    let app = TestApp::new().await;
    let matter = answered(&app).await;
    let lead = matter.lead().await;
    let form = text(&lead, "SUBMISSION_FORM", &matter.id).await;
    let name = lead.ask("{ viewer { user { name } } }").await;
    holds(&form, &["代表建议、批评和意见", name.text("viewer.user.name"), "清河区民政局"]);
    let notice = text(&matter.government().await, "ASSIGNMENT_NOTICE", &matter.parts[0].id).await;
    holds(&notice, &["清河区民政局", "答复截止"]);
    let feedback = text(&matter.office().await, "FEEDBACK_FORM", &matter.feedbacks[0]).await;
    holds(&feedback, &["清河区民政局", "满意"]);
    let gov = matter.government().await;
    let schedule = docx(&printed(&gov, "ASSIGNMENT_SCHEDULE", "DOCX", json!({ "filter": {} })).await);
    holds(&schedule, &["清河区民政局", "主办"]);
    let sheet = printed(&gov, "ASSIGNMENT_SCHEDULE", "XLSX", json!({ "id": matter.id })).await;
    let tables = sheets::read(&sheet, &sheets::Limits::default()).expect("a workbook");
    assert_eq!(tables[0].rows.len(), 2, "a header and the matter");
}

#[tokio::test]
async fn the_record_of_a_contact_names_both_sides_to_those_who_follow_the_handling() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let contact = matter.record_contact(0).await;
    let handler = matter.person(0, "handler").await;
    let record = text(&handler, "CONTACT_RECORD", &contact).await;
    let query = "query($id: ID!) { node(id: $id) { ... on Contact { faceToFace summary place participants } } }";
    let known = handler.gql(query, json!({ "id": contact })).await;
    let name = if known.data("node.faceToFace") == &json!(true) { "面商记录" } else { "沟通记录" };
    holds(&record, &[name, "清河区民政局", known.text("node.summary"), "代表签名", "单位人员签名"]);
    for one in known.list("node.participants") {
        holds(&record, &[one.as_str().expect("a name")]);
    }
    holds(&text(&matter.lead().await, "CONTACT_RECORD", &contact).await, &[name]);
    for outside in ["czj-liaison", "rep05"] {
        let outside = app.sign_in(outside).await;
        let answer = outside.gql(ORDER, wanted("CONTACT_RECORD", "PDF", json!({ "id": contact }))).await;
        assert_eq!(answer.error_code(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_sealed_rating_is_on_no_paper_of_the_agency() {
    let app = TestApp::new().await;
    let mut matter = app.issued("rep01").await;
    matter.find_feedbacks().await;
    matter.rate("DISSATISFIED").await;
    let form = json!({ "id": matter.feedbacks[0] });
    let agency = matter.person(0, "liaison").await;
    assert_eq!(agency.gql(ORDER, wanted("FEEDBACK_FORM", "PDF", form)).await.error_code(), "NOT_FOUND");
    let office = text(&matter.office().await, "FEEDBACK_FORM", &matter.feedbacks[0]).await;
    holds(&office, &["不满意"]);
    // The ledger of the agency is silent on it, that of the office is not.
    let rated = async |client: &Client| {
        let bytes = printed(client, "LEDGER", "XLSX", json!({ "filter": {} })).await;
        let tables = sheets::read(&bytes, &sheets::Limits::default()).expect("a workbook");
        format!("{:?}", tables[0].rows[1]).contains("不满意")
    };
    assert!(!rated(&agency).await && rated(&matter.office().await).await);
}

/// What a ledger says, by what makes a line the same matter.
async fn lines(client: &Client, bytes: &[u8]) -> BTreeMap<String, LedgerLine> {
    let mut agencies = Agencies::new();
    for agency in client.ask("{ organizations(kinds: [AGENCY]) { name } }").await.list("organizations") {
        agencies.add(agency["name"].as_str().expect("a name"), []);
    }
    let tables = sheets::read(bytes, &sheets::Limits::default()).expect("a table");
    let context = Context { region_code: "990101", agencies: &agencies, rules: None };
    read(&tables, &context).lines.into_iter().map(|line| (line.fingerprint.to_string(), line.content)).collect()
}

#[tokio::test]
async fn an_exported_ledger_comes_back_as_it_was() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let bring_in = async |bytes: &[u8]| {
        let input = json!({ "fileName": "台账.xlsx", "content": STANDARD.encode(bytes) });
        let answer = gov.call("importLedger", input, "good stored known faults { line column message }").await;
        answer.payload("importLedger").clone()
    };
    let original = include_bytes!("../../../api/data/ledger/2020.csv");
    assert_eq!(bring_in(original).await["stored"], 23);
    // A matter that was handed in here is exported with the others, and is no other matter when it comes back.
    let own = app.rated("rep02", "SATISFIED").await;
    let exported = printed(&gov, "LEDGER", "XLSX", json!({ "filter": {} })).await;
    let before = app.ledger().await;
    let again = bring_in(&exported).await;
    assert_eq!((&again["good"], &again["stored"], &again["known"]), (&json!(24), &json!(0), &json!(24)), "{again}");
    before.assert_same(&app.ledger().await, "importing what was exported");
    // Line by line the ledger says what it said, and one line more.
    let (said, says) = (lines(&gov, original).await, lines(&gov, &exported).await);
    assert_eq!((said.len(), says.len()), (23, 24));
    for (matter, line) in &said {
        assert_eq!(&says[matter], line, "{matter}");
    }
    assert!(own.status().await == "REPLIED");
}

#[tokio::test]
async fn the_report_carries_every_definition() {
    let app = TestApp::new().await;
    answered(&app).await;
    let gov = app.sign_in("gov1").await;
    let scope = json!({ "scope": { "regionId": app.directory().await.region("990101"), "handlingYears": [2026] } });
    let report = docx(&printed(&gov, "STATISTICS_REPORT", "DOCX", scope.clone()).await);
    holds(&report, &["办复率=", "÷", "口径", "截至", "按承办单位", "清河区民政局"]);
    let sheet = printed(&gov, "STATISTICS_REPORT", "XLSX", scope).await;
    let tables = sheets::read(&sheet, &sheets::Limits::default()).expect("a workbook");
    assert_eq!(tables[0].name, "指标");
    assert!(tables.len() > 3);
}

#[tokio::test]
async fn a_link_is_for_its_holder_and_for_what_he_may_still_read() {
    let app = TestApp::new().await;
    let matter = answered(&app).await;
    let lead = matter.lead().await;
    let order = wanted("SUBMISSION_FORM", "PDF", json!({ "id": matter.id }));
    let answer = lead.gql(ORDER, order.clone()).await;
    let (url, name) = (answer.text("document.url").to_owned(), answer.text("document.fileName"));
    assert!(name.starts_with("建议：") && name.ends_with(".pdf"), "{name}");
    assert_eq!(answer.text("document.mediaType"), "application/pdf");
    assert_eq!(fetch(&app, &url).await.0, StatusCode::OK);
    assert_eq!(fetch(&app, &url.replace("token=", "token=x")).await.0, StatusCode::NOT_FOUND);
    app.at("2026-03-10T10:00:00+08:00");
    assert_eq!(fetch(&app, &url).await.0, StatusCode::NOT_FOUND, "its minutes are over");
}

#[tokio::test]
async fn what_does_not_exist_or_comes_in_no_such_format_is_refused() {
    let app = TestApp::new().await;
    let matter = answered(&app).await;
    let lead = matter.lead().await;
    let code = async |kind: &str, format: &str, more: Value| {
        lead.gql(ORDER, wanted(kind, format, more)).await.error_code().to_owned()
    };
    let id = json!({ "id": matter.id });
    assert_eq!(code("SUBMISSION_FORM", "XLSX", id.clone()).await, "BAD_INPUT");
    assert_eq!(code("LEDGER", "PDF", json!({})).await, "BAD_INPUT");
    assert_eq!(code("SUBMISSION_FORM", "PDF", json!({})).await, "BAD_INPUT", "about what?");
    assert_eq!(code("REPLY_LETTER", "PDF", id).await, "BAD_INPUT", "a submission is no reply");
    assert_eq!(code("STATISTICS_REPORT", "PDF", json!({})).await, "BAD_INPUT");
    let draft = app.draft("rep05").await;
    assert_eq!(code("SUBMISSION_FORM", "PDF", json!({ "id": draft.id })).await, "NOT_FOUND");
    let nobody = app.anonymous().gql(ORDER, wanted("LEDGER", "XLSX", json!({}))).await;
    assert_eq!(nobody.error_code(), "UNAUTHENTICATED");
}
