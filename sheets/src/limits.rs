//! How large a file may be.

use domain::table::{Cell, TableFault};

/// What a file may hold at most; a ledger of a county with ten years in it stays far below the defaults.
///
/// A workbook is packed, and one text may stand in many cells: a few kilobytes can unpack to gigabytes. So what
/// comes out is counted while it comes out, and reading stops at the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of the file.
    pub file_bytes: usize,
    /// The bytes of everything packed in a workbook, and the bytes of all cells together.
    pub unpacked_bytes: usize,
    /// The parts packed in a workbook: sheets, styles, pictures.
    pub parts: usize,
    /// The sheets of a workbook.
    pub sheets: usize,
    /// The rows of a sheet.
    pub rows: usize,
    /// The columns of a sheet.
    pub columns: usize,
    /// The characters of a cell.
    pub cell_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 16 << 20,
            unpacked_bytes: 64 << 20,
            parts: 1_000,
            sheets: 50,
            rows: 20_000,
            columns: 200,
            // What Excel itself can hold.
            cell_chars: 32_767,
        }
    }
}

pub(crate) fn too_large(bytes: usize) -> TableFault {
    TableFault::TooLarge { mebibytes: (bytes >> 20).max(1) }
}

/// Counts the cells of a file against its limits.
pub(crate) struct Budget<'a> {
    limits: &'a Limits,
    used: usize,
}

impl<'a> Budget<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self { limits, used: 0 }
    }

    /// Takes a filled cell into account; `line` counts from 1, `column` from 0.
    pub(crate) fn take(&mut self, line: u32, column: usize, text_bytes: usize) -> Result<(), TableFault> {
        let Limits { rows, columns, unpacked_bytes, .. } = *self.limits;
        if line as usize > rows {
            return Err(TableFault::TooManyRows { max: rows });
        }
        if column >= columns {
            return Err(TableFault::TooManyColumns { max: columns, line });
        }
        self.used = self.used.saturating_add(text_bytes).saturating_add(size_of::<Cell>());
        if self.used > unpacked_bytes { Err(too_large(unpacked_bytes)) } else { Ok(()) }
    }

    /// Whether so many bytes are more than any text that fits a cell.
    pub(crate) fn is_far_too_long(&self, text_bytes: usize) -> bool {
        text_bytes / char::MAX.len_utf8() > self.limits.cell_chars
    }

    /// Whether a text fits a cell.
    pub(crate) fn check_text(&self, line: u32, column: usize, text: &str) -> Result<(), TableFault> {
        let max = self.limits.cell_chars;
        // Bytes first: counting characters is for the few long ones.
        if text.len() > max && text.chars().count() > max {
            return Err(TableFault::CellTooLong { max, line, column });
        }
        Ok(())
    }
}
