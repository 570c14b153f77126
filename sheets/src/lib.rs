//! Tables from and to spreadsheet files: CSV as offices write it, and XLSX.
//!
//! ```
//! let tables = sheets::read("案号;标题\n1;养老".as_bytes(), &sheets::Limits::default())?;
//! assert_eq!(tables[0].rows[1].cells[1].shown(), "养老");
//! # Ok::<(), domain::table::TableFault>(())
//! ```
//!
//! - [`read()`]: any file to tables with the row numbers that the spreadsheet program shows. The kind of the
//!   file, the encoding and the separator are found out; its name does not matter.
//! - [`Sheet`], [`write_xlsx`], [`write_csv`]: tables to files, without a formula anywhere.
//!
//! Files come from outside. Whatever the bytes, the answer is tables or one [`TableFault`], never a panic,
//! within the memory that [`Limits`] allow.
//!
//! Deliberately absent: what the columns mean (`domain::ledger`), formulas, merged cells, colours.

mod csv;
mod decode;
mod limits;
mod neutral;
mod sheet;
mod xlsx;

pub use limits::Limits;
pub use sheet::{Sheet, SheetColumn, WriteError, write_csv, write_xlsx};

use domain::table::{Table, TableFault};

/// The first bytes of a ZIP archive, which a workbook is.
const ZIP: &[u8] = b"PK\x03\x04";
/// The first bytes of an OLE container: an .xls file, or a workbook locked with a password.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Reads a file: a workbook gives a table for each visible sheet, a text file one.
///
/// # Errors
/// What is wrong with the file as a whole; see [`TableFault`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, TableFault> {
    if bytes.is_empty() {
        return Err(TableFault::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(limits::too_large(limits.file_bytes));
    }
    if bytes.starts_with(OLE) {
        return Err(TableFault::OldOrLocked);
    }
    if bytes.starts_with(ZIP) {
        return xlsx::read(bytes, limits);
    }
    let text = decode::decode(bytes).ok_or(TableFault::NotATable)?;
    csv::read(&text, limits).map(|table| vec![table])
}
