//! The same ledger in another encoding, with another separator, as a workbook: the same lines.

use crate::stage::{LEDGERS, contents, fingerprints, ledger, read_file, sheet_of};
use sheets::{Limits, write_csv, write_xlsx};

fn table(bytes: &[u8]) -> domain::table::Table {
    sheets::read(bytes, &Limits::default()).expect("a table").remove(0)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8").trim_start_matches('\u{FEFF}').to_owned()
}

#[test]
fn a_copy_in_another_encoding_reads_the_same() {
    for (year, bytes) in LEDGERS {
        let text = text(bytes);
        let gb18030 = encoding_rs::GB18030.encode(&text).0;
        let utf_16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for copy in [gb18030.as_ref(), text.as_bytes(), &utf_16] {
            assert_eq!(read_file(copy), ledger(year), "{year}");
        }
    }
}

#[test]
fn a_copy_with_another_separator_reads_the_same() {
    for (year, bytes) in LEDGERS {
        for separator in [";", "\t"] {
            assert_eq!(read_file(text(bytes).replace(',', separator).as_bytes()), ledger(year), "{year}");
        }
    }
}

#[test]
fn a_workbook_made_from_it_reads_the_same() {
    for (year, bytes) in LEDGERS {
        for with_dates in [false, true] {
            let file = write_xlsx(&[sheet_of(&table(bytes), "台账", with_dates)]).expect("written");
            let reading = read_file(&file);
            assert_eq!(reading.faults, [], "{year}");
            assert_eq!(contents(&reading), contents(&ledger(year)), "{year}");
            assert_eq!(fingerprints(&reading.lines), fingerprints(&ledger(year).lines));
            let places =
                |reading: &domain::ledger::Reading| reading.lines.iter().map(|line| line.line).collect::<Vec<_>>();
            assert_eq!(places(&reading), places(&ledger(year)), "a row keeps its number");
        }
    }
}

#[test]
fn all_years_in_one_workbook_are_read_sheet_by_sheet() {
    let sheets: Vec<_> =
        LEDGERS.iter().map(|(year, bytes)| sheet_of(&table(bytes), &format!("{year}年台账"), true)).collect();
    let reading = read_file(&write_xlsx(&sheets).expect("written"));
    assert_eq!(reading.faults, []);
    assert_eq!(reading.lines.len(), 201 + 259 + 326 + 23);
    assert_eq!(fingerprints(&reading.lines).len(), reading.lines.len(), "each matter is one");
    assert_eq!(reading.lines[201].sheet, "2018年台账");
}

#[test]
fn the_same_sheets_give_the_same_bytes() {
    let sheet = sheet_of(&table(LEDGERS[3].1), "台账", true);
    let write = || write_xlsx(std::slice::from_ref(&sheet)).expect("written");
    let first = write();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(first, write(), "no time of writing in the file");
    assert_eq!(write_csv(&sheet), write_csv(&sheet));
}
