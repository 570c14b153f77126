//! Writing tables: a workbook with a frozen bold header, or a CSV file.

use crate::csv::push_row;
use chrono::NaiveTime;
use domain::table::Cell;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::fmt;

/// A table to be written: a header row, and rows below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The name of the sheet; what Excel refuses in it is replaced.
    pub name: String,
    /// The columns.
    pub columns: Vec<SheetColumn>,
    /// The cells of each row.
    pub rows: Vec<Vec<Cell>>,
}

/// A column to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetColumn {
    /// The header word.
    pub header: String,
    /// The width, in half-width characters.
    pub width: f64,
    /// Whether whole numbers are written as numbers, so that they can be added and sorted.
    pub is_number: bool,
}

impl SheetColumn {
    /// A column of texts.
    pub fn text(header: impl Into<String>, width: f64) -> Self {
        Self { header: header.into(), width, is_number: false }
    }

    /// A column of whole numbers.
    pub fn number(header: impl Into<String>, width: f64) -> Self {
        Self { header: header.into(), width, is_number: true }
    }
}

/// Why a workbook could not be written: too many rows or columns, or a text longer than Excel can hold.
#[derive(Debug)]
pub struct WriteError(XlsxError);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the workbook cannot be written: {}", self.0)
    }
}

impl std::error::Error for WriteError {}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// Writes a workbook with these sheets, at least one; the same sheets give the same bytes.
///
/// No cell is a formula, and cells of text are formatted as text, so that none becomes one when it is edited.
///
/// # Errors
/// More rows or columns than Excel has, or a text of more than 32 767 characters.
pub fn write_xlsx(sheets: &[Sheet]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // The time of writing would make each file differ.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut taken = Vec::new();
    for sheet in sheets {
        let name = sheet_name(&sheet.name, &taken);
        write_sheet(workbook.add_worksheet().set_name(&name)?, sheet)?;
        taken.push(name);
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteError> {
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let text = plain.clone().set_num_format("@");
    let bold = text.clone().set_bold();
    let (day, instant) =
        (plain.clone().set_num_format("yyyy-mm-dd"), plain.clone().set_num_format("yyyy-mm-dd hh:mm:ss"));
    let number = plain.set_num_format("0");
    worksheet.set_freeze_panes(1, 0)?;
    for (index, column) in sheet.columns.iter().enumerate() {
        let index = column_index(index);
        worksheet.set_column_width(index, column.width)?;
        worksheet.write_string_with_format(0, index, &column.header, &bold)?;
    }
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        for (index, cell) in cells.iter().enumerate() {
            let is_number = sheet.columns.get(index).is_some_and(|column| column.is_number);
            let index = column_index(index);
            match cell {
                Cell::Empty => {}
                Cell::Date(at) if at.time() == NaiveTime::MIN => {
                    worksheet.write_datetime_with_format(row, index, at, &day)?;
                }
                Cell::Date(at) => {
                    worksheet.write_datetime_with_format(row, index, at, &instant)?;
                }
                Cell::Text(shown) | Cell::Error(shown) => match small_whole_number(shown).filter(|_| is_number) {
                    Some(value) => worksheet.write_number_with_format(row, index, value, &number).map(drop)?,
                    None => worksheet.write_string_with_format(row, index, shown, &text).map(drop)?,
                },
            }
        }
    }
    Ok(())
}

/// Excel knows fewer columns than fit the type; beyond them writing fails with its own error.
fn column_index(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// The number, if reading it gives the same text again: no leading zeros, no sign, at most nine digits.
fn small_whole_number(text: &str) -> Option<u32> {
    let number = text.parse().ok().filter(|number| *number < 1_000_000_000)?;
    (u32::to_string(&number) == text).then_some(number)
}

/// A name that Excel takes and that no other sheet has: at most 31 characters (16-bit units), none of `[]:*?/\`.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let is_refused =
        |character: char| matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || character.is_control();
    let clean: String = wanted.chars().map(|character| if is_refused(character) { '_' } else { character }).collect();
    let clean = clean.trim_matches(['\'', ' ']);
    // Excel keeps this name for itself.
    let clean = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "表" } else { clean };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let numbered = (2_u32..).map(|number| {
        let suffix = format!("({number})");
        shortened(clean, 31 - suffix.len()) + &suffix
    });
    std::iter::once(shortened(clean, 31)).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
}

fn shortened(name: &str, units: usize) -> String {
    let mut left = units;
    let fits = |character: &char| left.checked_sub(character.len_utf16()).map(|rest| left = rest).is_some();
    let short: String = name.chars().take_while(fits).collect();
    short.trim_end_matches(['\'', ' ']).to_owned()
}

/// Writes a CSV file in UTF-8 with the mark by which Excel knows it, lines ended by CR LF.
///
/// Texts that a spreadsheet program would run as formulas stand behind an apostrophe, which [`crate::read`] takes
/// away again.
pub fn write_csv(sheet: &Sheet) -> Vec<u8> {
    let mut text = String::from('\u{FEFF}');
    let header: Vec<Cell> = sheet.columns.iter().map(|column| Cell::from(column.header.as_str())).collect();
    push_row(&mut text, header.iter());
    for cells in &sheet.rows {
        push_row(&mut text, cells.iter());
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_get_names_that_excel_takes() {
        let taken = ["人大建议".to_owned(), "人大建议(2)".to_owned()];
        for (wanted, expected) in [
            ("2019年台账", "2019年台账"),
            ("人大/政协", "人大_政协"),
            ("", "表"),
            ("'History'", "表"),
            ("人大建议", "人大建议(3)"),
            (&"长".repeat(40), &"长".repeat(31)),
            (&"𠮷".repeat(40), &"𠮷".repeat(15)),
        ] {
            assert_eq!(sheet_name(wanted, &taken), expected);
        }
    }

    #[test]
    fn what_excel_cannot_hold_is_refused() {
        let rows = vec![vec![Cell::from("长".repeat(32_768).as_str())]];
        let sheet = Sheet { name: "表".into(), columns: vec![SheetColumn::text("标题", 9.0)], rows };
        let refused = write_xlsx(&[sheet]).expect_err("too long a text").to_string();
        assert!(refused.starts_with("the workbook cannot be written: "), "{refused}");
    }

    #[test]
    fn only_numbers_that_read_back_the_same_are_numbers() {
        assert_eq!(["0", "15", "999999999"].map(small_whole_number), [Some(0), Some(15), Some(999_999_999)]);
        for text in ["015", "+5", "-5", "1.0", "1000000000", "１", "", "=1"] {
            assert_eq!(small_whole_number(text), None, "{text}");
        }
    }
}
