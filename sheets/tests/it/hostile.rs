//! Files made to break the reader, and files broken by accident: one fault each, and little memory.

use crate::stage::{LEDGERS, read_file, sheet_of};
use domain::table::{Cell, TableFault};
use proptest::prelude::*;
use sheets::{Limits, read, write_xlsx};
use std::io::{Cursor, Write};
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;

/// A workbook with these cells and shared texts, and a hidden sheet.
fn workbook(cells: &str, shared: &str, properties: &str) -> Vec<u8> {
    workbook_with(cells, shared, properties, "state=\"hidden\"")
}

fn workbook_with(cells: &str, shared: &str, properties: &str, second_sheet: &str) -> Vec<u8> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    let sheet = |id: u32, state: &str| format!("<sheet name=\"表{id}\" sheetId=\"{id}\" {state} r:id=\"rId1\"/>");
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships {PACKAGE}><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships {PACKAGE}><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"rId2\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                 <Relationship Id=\"rId3\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {MAIN} xmlns:r=\"{OFFICE}\">{properties}<sheets>{}{}</sheets></workbook>",
                sheet(1, ""),
                sheet(2, second_sheet)
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet {MAIN}><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst {MAIN}>{shared}</sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>")),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(HEAD.as_bytes()).expect("written");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn fault(bytes: &[u8]) -> TableFault {
    read(bytes, &Limits::default()).expect_err("a fault")
}

#[test]
fn cells_show_their_values_and_no_formula() {
    let cells = "<row r=\"3\"><c r=\"A3\"><f>1+1</f><v>2</v></c><c r=\"B3\" t=\"str\"><f>A1</f><v>=x</v></c>\
        <c r=\"C3\" s=\"1\"><v>43473</v></c><c r=\"D3\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"E3\" t=\"b\"><v>1</v></c>\
        <c r=\"F3\" t=\"s\"><v>0</v></c><c r=\"G3\" t=\"inlineStr\"><is><t>内</t></is></c><c r=\"H3\" s=\"1\"/></row>";
    let shared = "<si><r><t>一</t></r><r><t>件</t></r></si>";
    let tables = read(&workbook(cells, shared, ""), &Limits::default()).expect("tables");
    assert_eq!(tables.len(), 1, "the hidden sheet is left out");
    let day = chrono::NaiveDate::from_ymd_opt(2019, 1, 8).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("a day");
    let expected = [
        Cell::from("2"),
        Cell::from("=x"),
        Cell::Date(day),
        Cell::Error("#DIV/0!".into()),
        Cell::from("TRUE"),
        Cell::from("一件"),
        Cell::from("内"),
    ];
    assert_eq!((tables[0].rows[0].line, &tables[0].rows[0].cells[..]), (3, &expected[..]));
    let of_1904 = workbook(cells, shared, "<workbookPr date1904=\"1\"/>");
    let tables = read(&of_1904, &Limits::default()).expect("tables");
    assert_eq!(tables[0].rows[0].cells[2].shown(), "2023-01-09", "the other calendar of Excel");
}

#[test]
fn a_cell_far_out_takes_no_memory() {
    let far =
        |place: &str| workbook(&format!("<row><c r=\"A1\"><v>1</v></c><c r=\"{place}\"><v>1</v></c></row>"), "", "");
    assert_eq!(fault(&far("A1048576")), TableFault::TooManyRows { max: 20_000 });
    assert_eq!(fault(&far("XFD2")), TableFault::TooManyColumns { max: 200, line: 2 });
}

#[test]
fn a_file_that_swells_is_refused_while_it_does() {
    // A low limit stands for the real one, so that the test need not pack so much.
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let fault = |bytes: &[u8]| read(bytes, &limits).expect_err("a fault");
    let swelling = workbook(&" ".repeat(2 << 20), "", "");
    assert!(swelling.len() < 1 << 14, "small outside");
    assert_eq!(fault(&swelling), TableFault::TooLarge { mebibytes: 1 });
    // One long text in many cells.
    let shared = format!("<si><t>{}</t></si>", "长".repeat(30_000));
    let rows: String = (1..=20).map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>")).collect();
    assert_eq!(fault(&workbook(&rows, &shared, "")), TableFault::TooLarge { mebibytes: 1 });
    let long = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "长".repeat(40_000));
    assert_eq!(fault(&workbook(&long, "", "")), TableFault::CellTooLong { max: 32_767, line: 1, column: 0 });
}

#[test]
fn sheets_that_are_one_part_are_not_read_again_and_again() {
    let twice = workbook_with("<row><c><v>1</v></c></row>", "", "", "");
    assert_eq!(fault(&twice), TableFault::Damaged);
}

#[test]
fn other_files_are_told_apart() {
    assert_eq!(fault(b""), TableFault::Empty);
    assert_eq!(fault(b"\xEF\xBB\xBF"), TableFault::Empty);
    assert_eq!(fault(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), TableFault::OldOrLocked);
    assert_eq!(fault(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), TableFault::NotATable);
    assert_eq!(fault(b"PK\x03\x04 cut off"), TableFault::Damaged);
    assert_eq!(fault(&vec![b'a'; (16 << 20) + 1]), TableFault::TooLarge { mebibytes: 16 });
    let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
    other.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    assert_eq!(fault(&other.finish().expect("an archive").into_inner()), TableFault::NotATable);
    let whole = &*WORKBOOK;
    assert_eq!(fault(&whole[..whole.len() / 2]), TableFault::Damaged);
}

static WORKBOOK: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let table = read(LEDGERS[3].1, &Limits::default()).expect("a table").remove(0);
    write_xlsx(&[sheet_of(&table, "台账", true)]).expect("written")
});

/// Bytes that someone changed here and there.
fn hurt(whole: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8);
    (changes, any::<prop::sample::Index>(), any::<bool>()).prop_map(|(changes, end, is_cut)| {
        let mut bytes = whole.to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(whole.len()));
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_give_faults_or_lines(
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            any::<String>().prop_map(String::into_bytes),
            hurt(LEDGERS[3].1),
            hurt(&WORKBOOK),
            "[\",;=\t\r\na0]{0,60}".prop_map(String::into_bytes),
        ],
    ) {
        let reading = read_file(&bytes);
        prop_assert!(!reading.faults.is_empty() || !reading.lines.is_empty());
    }

    /// Damage inside a part, behind an intact archive.
    #[test]
    fn any_cells_give_faults_or_lines(
        cells in "(<row( r=\"[0-9]{1,11}\")?>(<c( r=\"[A-Z]{0,8}[0-9]{0,11}\")?( t=\"(s|e|b|n|d|str)\")?( s=\"[0-9]\")?><v>[-0-9.eE:T]{0,9}</v></c>){0,3}(</row>)?){0,3}",
    ) {
        let reading = read_file(&workbook(&cells, "<si><t>x</t></si>", ""));
        prop_assert!(!reading.faults.is_empty());
    }
}
