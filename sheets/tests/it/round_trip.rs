//! Export and import: whatever a line says, it says it again.

use crate::stage::{LEDGERS, contents, ledger, read_file};
use domain::ledger::{Column, LedgerLine, header_row, row_of};
use domain::table::{Cell, Row, Table};
use domain::text::{TextRule, check};
use proptest::prelude::*;
use sheets::{Limits, Sheet, SheetColumn, write_csv, write_xlsx};
use std::io::Read;

/// Lines as a sheet, as an export writes them.
fn exported(lines: &[&LedgerLine]) -> Sheet {
    let column = |column: &Column| SheetColumn {
        header: column.header().to_owned(),
        width: column.width(),
        is_number: column.is_number(),
    };
    Sheet {
        name: "台账".into(),
        columns: Column::ALL.iter().map(column).collect(),
        rows: lines.iter().zip(2..).map(|(line, number)| row_of(line, number).cells).collect(),
    }
}

#[test]
fn the_sample_ledgers_come_back_equal_from_either_kind_of_file() {
    for (year, _) in LEDGERS {
        let reading = ledger(year);
        let sheet = exported(&contents(&reading));
        for file in [write_csv(&sheet), write_xlsx(&[sheet]).expect("written")] {
            let again = read_file(&file);
            assert_eq!(again.faults, [], "{year}");
            assert_eq!(contents(&again), contents(&reading), "{year}");
        }
    }
}

/// Texts that programs take for formulas, and all else that texts may be.
fn wild() -> impl Strategy<Value = String> {
    prop_oneof![
        "['=+@\\-\u{FF1D}][=+@'A-Z(),;\"0-9]{0,12}",
        "_x00[0-9A-F]{2}_[a-z]{0,3}",
        "[0-9]{1,20}",
        "[\"',;\r\n\t a一𠮷]{1,20}",
        "\\PC{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_line_comes_back_equal_from_either_kind_of_file(
        pick in 0_usize..300,
        texts in proptest::collection::vec(wild(), 6),
    ) {
        let reading = ledger(2019);
        let mut line = reading.lines[pick].content.clone();
        let clean = |index: usize, rule| check(&texts[index], rule).ok().filter(|text| !text.is_empty());
        if let Some(title) = clean(0, TextRule::line(300)) {
            line.title = title;
        }
        if let Some(name) = clean(1, TextRule::line(200)) {
            line.lead_proposer = name;
        }
        line.category = clean(2, TextRule::line(200));
        line.handler_phone = clean(3, TextRule::line(200));
        line.comment = clean(4, TextRule::body(5_000));
        line.remarks = clean(5, TextRule::body(5_000));
        let sheet = exported(&[&line]);
        for file in [write_csv(&sheet), write_xlsx(&[sheet]).expect("written")] {
            let again = read_file(&file);
            prop_assert_eq!(&again.faults, &[]);
            prop_assert_eq!(contents(&again), vec![&line]);
        }
    }

    /// The files themselves change nothing, also what no ledger would take, such as control characters.
    #[test]
    fn any_cell_comes_back_equal_from_either_kind_of_file(
        rows in proptest::collection::vec(proptest::collection::vec(prop_oneof![wild(), any::<String>()], 1..5), 1..4),
    ) {
        let no_nul = |text: &String| Cell::from(text.replace('\0', "").as_str());
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(no_nul).collect()).collect();
        let columns = (1..=5).map(|number| SheetColumn::number(format!("第{number}列"), 10.0)).collect();
        let sheet = Sheet { name: "表".into(), columns, rows: rows.clone() };
        let trimmed = |cells: &[Cell]| {
            let filled = cells.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
            cells[..filled].to_vec()
        };
        let below = rows.iter().zip(2..).map(|(cells, line)| Row { line, cells: trimmed(cells) });
        let expected: Vec<Row> = below.filter(|row| !row.cells.is_empty()).collect();
        for file in [write_csv(&sheet), write_xlsx(&[sheet]).expect("written")] {
            let read = sheets::read(&file, &Limits::default()).expect("a table").remove(0);
            prop_assert_eq!(&read.rows[1..], &expected[..]);
        }
    }
}

#[test]
fn a_workbook_holds_no_formula_and_a_frozen_bold_header() {
    let formula = Cell::from("=HYPERLINK(\"http://x\")");
    let sheet =
        Sheet { name: "台账".into(), columns: vec![SheetColumn::text("标题", 30.0)], rows: vec![vec![formula]] };
    let csv = write_csv(&sheet);
    assert_eq!(csv, "\u{FEFF}标题\r\n\"'=HYPERLINK(\"\"http://x\"\")\"\r\n".as_bytes());
    let file = write_xlsx(&[sheet]).expect("written");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&file)).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
        text
    };
    let cells = part("xl/worksheets/sheet1.xml");
    assert!(!cells.contains("<f>") && !cells.contains("hyperlink"), "{cells}");
    assert!(cells.contains("state=\"frozen\""), "{cells}");
    assert!(part("xl/styles.xml").contains("<b/>"));
    assert!(part("xl/workbook.xml").contains("name=\"台账\""));
}

#[test]
fn a_header_alone_is_a_table_of_its_words() {
    let file = write_xlsx(&[exported(&[])]).expect("written");
    let table: &Table = &sheets::read(&file, &Limits::default()).expect("a table")[0];
    assert_eq!(table.rows, [header_row()]);
}
