//! Finding the row that names the columns.

use super::columns::Column;
use crate::table::{Row, Table, column_letters};

/// Above the header stand titles and notes, never more rows than these.
const ROWS_SEARCHED: usize = 30;

/// So many columns must be known by their words before a row is taken for the header.
pub(super) const ENOUGH: usize = 4;

/// A column of the file and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// From 0.
    pub(super) index: usize,
    /// The header word as it stands in the file.
    pub(super) word: String,
}

/// The row that names the columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Its row number.
    pub(super) line: u32,
    columns: Vec<(Column, Place)>,
    /// Columns named a second time, with the letters of the first.
    pub(super) twice: Vec<(Place, String)>,
    /// Columns that no word of ours names.
    pub(super) unread: Vec<Place>,
}

impl Header {
    /// The row of a sheet that names the most columns, the first of equals; none when none names enough.
    pub(super) fn find(table: &Table) -> Option<Self> {
        let found = table.rows.iter().take(ROWS_SEARCHED).map(Self::of_row);
        let best = found.reduce(|best, next| if next.columns.len() > best.columns.len() { next } else { best })?;
        (best.columns.len() >= ENOUGH).then_some(best)
    }

    /// The columns that a row would name.
    fn of_row(row: &Row) -> Self {
        let mut header = Self { line: row.line, ..Self::default() };
        let mut left = None;
        for (index, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let word: String = cell.shown().split_whitespace().collect();
            let Some(column) = Column::of_header(&word, left) else {
                header.unread.push(Place { index, word });
                continue;
            };
            match header.place(column) {
                Some(first) => header.twice.push((Place { index, word }, column_letters(first.index))),
                None => header.columns.push((column, Place { index, word })),
            }
            left = Some(column);
        }
        header
    }

    /// Where a column stands, if the file has it.
    pub(super) fn place(&self, column: Column) -> Option<&Place> {
        self.columns.iter().find(|(found, _)| *found == column).map(|(_, place)| place)
    }

    /// The required columns that the file does not have.
    pub(super) fn missing(&self) -> Vec<Column> {
        Column::REQUIRED.iter().copied().filter(|column| self.place(*column).is_none()).collect()
    }

    /// Whether a row says nothing but the header words again, as at the top of each printed page.
    pub(super) fn is_repeated_by(&self, row: &Row) -> bool {
        let again = self
            .columns
            .iter()
            .filter(|(column, place)| Column::of_header(&row.cell(place.index).shown(), None) == Some(*column));
        again.count() >= ENOUGH
    }
}
