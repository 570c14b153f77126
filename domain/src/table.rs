//! A plain table as a person sees it in a spreadsheet: cells with their row numbers and column letters.
//!
//! Who reads a file makes tables of it; who knows what the columns mean reads the tables. The numbers are
//! those that the spreadsheet program shows, so that a person finds the cell that is spoken of.

use chrono::{NaiveDateTime, NaiveTime};

/// One sheet of a workbook, or the whole of a text file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The name of the sheet; empty for a text file.
    pub name: String,
    /// The rows that hold something, from top to bottom.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The number that the spreadsheet shows beside it, from 1.
    pub line: u32,
    /// The cells from column A on; those after the last filled one may be absent.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in this column, from 0; an absent one is empty.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Whether no cell shows anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, or a number written as text without needless decimals. A leading `=` is just a character.
    Text(String),
    /// A cell that the spreadsheet holds as a date.
    Date(NaiveDateTime),
    /// A formula that ended in an error, as the spreadsheet shows it, e.g. `#REF!`.
    Error(String),
}

impl Cell {
    /// Whether the cell shows nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Date(_) | Self::Error(_) => false,
        }
    }

    /// What the cell shows, a date as 2019-01-08 or 2019-01-08 09:30:00.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Date(at) if at.time() == NaiveTime::MIN => at.date().to_string(),
            Self::Date(at) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

/// The letters of a column, from 0: A, B, … Z, AA.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        // The remainder is below 26, so that the sum stays a letter.
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// Why no table could be read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// The file holds nothing.
    Empty,
    /// Neither a text nor a workbook.
    NotATable,
    /// The old binary format of Excel (.xls), or a workbook locked with a password.
    OldOrLocked,
    /// A workbook that cannot be opened.
    Damaged,
    /// A quotation mark in a text file is not closed.
    OpenQuote {
        /// The line on which it opens.
        line: u32,
    },
    /// The file, or what is packed in it, is too large.
    TooLarge {
        /// The most bytes, in mebibytes.
        mebibytes: usize,
    },
    /// Too many rows.
    TooManyRows {
        /// The most rows of one sheet.
        max: usize,
    },
    /// Too many columns.
    TooManyColumns {
        /// The most columns.
        max: usize,
        /// The line with the cell beyond them.
        line: u32,
    },
    /// Too many sheets.
    TooManySheets {
        /// The most sheets of one workbook.
        max: usize,
    },
    /// A cell holds too long a text.
    CellTooLong {
        /// The most characters.
        max: usize,
        /// The line of the cell.
        line: u32,
        /// The column of the cell, from 0.
        column: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        let found = [0, 25, 26, 29, 51, 52, 701, 702, 16_383].map(column_letters);
        assert_eq!(found, ["A", "Z", "AA", "AD", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
