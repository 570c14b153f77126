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

/// So long are words that name columns, at most; longer cells are data.
const LONGEST_WORD: usize = 16;

/// The row that names the columns, with the row of finer words below it if there is one.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Its row number.
    pub(super) line: u32,
    /// The row below it that parts merged columns, as 评价 into 态度 and 结果.
    second: Option<Row>,
    columns: Vec<(Column, Place)>,
    /// Columns named a second time, with the letters of the first.
    pub(super) twice: Vec<(Place, String)>,
    /// Columns that no word of ours names.
    pub(super) unread: Vec<Place>,
}

impl Header {
    /// The row of a sheet that names the most columns, the first of equals; none when none names enough.
    pub(super) fn find(table: &Table) -> Option<Self> {
        let found = table.rows.iter().take(ROWS_SEARCHED).map(|row| (Self::of_row(row), row));
        let (mut best, first) =
            found.reduce(|best, next| if next.0.columns.len() > best.0.columns.len() { next } else { best })?;
        if best.columns.len() < ENOUGH {
            return None;
        }
        if let Some(below) = table.rows.iter().find(|row| row.line > best.line && !row.is_blank()) {
            best.part_by(below, first);
        }
        Some(best)
    }

    /// Takes the row below for a part of the header when it says nothing of a matter and names a column.
    fn part_by(&mut self, below: &Row, first: &Row) {
        let is_of_matter = Column::REQUIRED.iter().filter_map(|column| self.place(*column));
        let words: Vec<(usize, String)> = filled(below).collect();
        let are_words = words.iter().all(|(_, word)| word.chars().count() <= LONGEST_WORD);
        if !are_words || is_of_matter.into_iter().any(|place| !below.cell(place.index).is_blank()) {
            return;
        }
        let named: Vec<(usize, String, Column)> = words
            .into_iter()
            .filter_map(|(index, word)| {
                // A merged word stands above the first of its columns alone.
                let above = filled(first).take_while(|(above, _)| *above <= index).last().map(|(_, word)| word);
                let above = above.unwrap_or_default();
                let spellings = [format!("{word}{above}"), format!("{above}{word}"), word.clone()];
                let column = spellings.iter().find_map(|spelling| Column::of_header(spelling, None))?;
                Some((index, word, column))
            })
            .collect();
        if named.is_empty() {
            return;
        }
        for (index, word, column) in named {
            // The finer word wins over the merged one.
            self.columns.retain(|(found, place)| place.index != index && *found != column);
            self.unread.retain(|place| place.index != index);
            self.columns.push((column, Place { index, word }));
        }
        self.second = Some(below.clone());
    }

    /// The row number of its last row; matters stand below.
    pub(super) fn last_line(&self) -> u32 {
        self.second.as_ref().map_or(self.line, |row| row.line)
    }

    /// The columns that a row would name.
    fn of_row(row: &Row) -> Self {
        let mut header = Self { line: row.line, ..Self::default() };
        let mut left = None;
        for (index, word) in filled(row) {
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
        if self.second.as_ref().is_some_and(|second| filled(second).eq(filled(row))) {
            return true;
        }
        let again = self
            .columns
            .iter()
            .filter(|(column, place)| Column::of_header(&row.cell(place.index).shown(), None) == Some(*column));
        again.count() >= ENOUGH
    }
}

/// The filled cells of a row with their columns, without white space.
fn filled(row: &Row) -> impl Iterator<Item = (usize, String)> {
    let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    cells.map(|(index, cell)| (index, cell.shown().split_whitespace().collect()))
}
