//! The cells of one line, read one by one; each fault is noted with its place.

use super::columns::Column;
use super::dates;
use super::fault::{Fault, FaultKind, shortened};
use super::header::Header;
use super::words::Words;
use crate::table::{Cell, Row, column_letters};
use crate::text::{self, TextFault, TextRule};
use chrono::NaiveDate;

/// One row under its header.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a str,
    pub(super) header: &'a Header,
    pub(super) row: &'a Row,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(sheet: &'a str, header: &'a Header, row: &'a Row) -> Self {
        let mut cells = Self { sheet, header, row, faults: Vec::new() };
        for column in Column::ALL {
            if let Some(Cell::Error(_)) = cells.cell(*column) {
                cells.add(*column, FaultKind::FormulaError);
            }
        }
        cells
    }

    fn cell(&self, column: Column) -> Option<&'a Cell> {
        self.header.place(column).map(|place| self.row.cell(place.index))
    }

    /// The cell, unless it is blank, or holds an error that is noted already.
    pub(super) fn filled(&self, column: Column) -> Option<&'a Cell> {
        self.cell(column).filter(|cell| !cell.is_blank() && !matches!(cell, Cell::Error(_)))
    }

    /// Notes a fault of the cell in this column.
    pub(super) fn add(&mut self, column: Column, kind: FaultKind) {
        let place = self.header.place(column);
        self.faults.push(Fault {
            sheet: self.sheet.to_owned(),
            line: Some(self.row.line),
            column_letter: place.map(|place| column_letters(place.index)).unwrap_or_default(),
            header: place.map_or_else(|| column.header().to_owned(), |place| shortened(&place.word)),
            kind,
            value: self.cell(column).map(|cell| shortened(&cell.shown())).unwrap_or_default(),
        });
    }

    /// Notes the fault, if there is one.
    pub(super) fn settle<T>(&mut self, column: Column, found: Result<T, FaultKind>) -> Option<T> {
        match found {
            Ok(value) => Some(value),
            Err(kind) => {
                self.add(column, kind);
                None
            }
        }
    }

    /// Notes a required cell that is blank; a missing column is noted once for the whole sheet.
    pub(super) fn require(&mut self, column: Column) {
        if self.cell(column).is_some_and(Cell::is_blank) {
            self.add(column, FaultKind::Required);
        }
    }

    /// A text of one line; a break that only wraps it in its cell is taken out.
    pub(super) fn line(&mut self, column: Column, max_chars: usize) -> Option<String> {
        let shown = unwrapped(&self.filled(column)?.shown());
        self.checked(column, &shown, TextRule::line(max_chars))
    }

    /// A text of several lines.
    pub(super) fn body(&mut self, column: Column, max_chars: usize) -> Option<String> {
        let shown = self.filled(column)?.shown();
        self.checked(column, &shown, TextRule::body(max_chars))
    }

    fn checked(&mut self, column: Column, shown: &str, rule: TextRule) -> Option<String> {
        let checked = text::check(shown, rule).map_err(|fault| match fault {
            TextFault::Required => FaultKind::Required,
            TextFault::TooLong { max, actual } => FaultKind::TooLong { max, actual },
            TextFault::Forbidden { character, at } => FaultKind::ForbiddenCharacter { character, at },
        });
        self.settle(column, checked)
    }

    /// A day.
    pub(super) fn day(&mut self, column: Column) -> Option<NaiveDate> {
        let day = dates::day(self.filled(column)?);
        self.settle(column, day)
    }

    /// What `read` makes of the text of a cell.
    pub(super) fn parsed<T>(&mut self, column: Column, read: fn(&str) -> Result<T, FaultKind>) -> Option<T> {
        let parsed = read(&self.filled(column)?.shown());
        self.settle(column, parsed)
    }

    /// A word of a list.
    pub(super) fn word<T: Copy + PartialEq>(&mut self, column: Column, words: &Words<T>) -> Option<T> {
        let word = words.read(&self.filled(column)?.shown());
        self.settle(column, word)
    }

    /// Several words of a list in one cell, each named once.
    pub(super) fn words<T: Copy + PartialEq>(&mut self, column: Column, words: &Words<T>) -> Vec<T> {
        let Some(shown) = self.filled(column).map(Cell::shown) else { return Vec::new() };
        let mut found = Vec::new();
        let parts = shown.split(['、', ',', '\u{FF0C}', ';', '\u{FF1B}', '/', '+', ' ', '\n', '\r', '\t', '\u{3000}']);
        for part in parts.filter(|part| !part.trim().is_empty()) {
            match words.read(part) {
                Ok(word) if found.contains(&word) => {}
                Ok(word) => found.push(word),
                Err(kind) => {
                    self.add(column, kind);
                    return Vec::new();
                }
            }
        }
        found
    }
}

/// The text without line breaks and tabs inside; a space stays between Latin letters.
fn unwrapped(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for part in text.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_latin = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
        if is_latin(joined.chars().last()) && is_latin(part.chars().next()) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_break_that_wraps_a_text_is_taken_out() {
        assert_eq!(unwrapped("关于加快\n养老 服务的\r\n建议"), "关于加快养老 服务的建议");
        assert_eq!(unwrapped("5G\nWiFi"), "5G WiFi");
    }
}
