//! CSV (RFC 4180), read leniently: any usual separator, quoted line breaks, blank lines that count as rows.

use crate::limits::{Budget, Limits};
use crate::neutral::{neutralised, restored};
use domain::table::{Cell, Row, Table, TableFault};
use std::iter::Peekable;
use std::str::Chars;

/// What may stand between cells; the first is written.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// So many lines are looked at to find the separator: titles and notes stand above the header.
const LINES_SEARCHED: usize = 30;

/// Reads a text.
pub(crate) fn read(text: &str, limits: &Limits) -> Result<Table, TableFault> {
    let (separator, text) = hinted(text).unwrap_or_else(|| (likely_separator(text), text));
    let mut parser = Parser { characters: text.chars().peekable(), separator, line: 1, cell: String::new() };
    let mut budget = Budget::new(limits);
    let mut table = Table::default();
    while parser.characters.peek().is_some() {
        let cells = parser.row(&mut budget)?;
        if !cells.is_empty() {
            table.rows.push(Row { line: parser.line, cells });
        }
        parser.line += 1;
    }
    if table.rows.is_empty() { Err(TableFault::Empty) } else { Ok(table) }
}

/// The separator that Excel is told on a first line such as `sep=;`, which is no row.
fn hinted(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix("sep=")?;
    let separator = rest.chars().next().filter(|character| SEPARATORS.contains(character))?;
    let rest = &rest[separator.len_utf8()..];
    let rows = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
    Some((separator, rows))
}

/// The separator that stands most often in one line, outside of quotes: in the header.
fn likely_separator(text: &str) -> char {
    let mut best = (0, SEPARATORS[0]);
    let mut counts = [0_usize; SEPARATORS.len()];
    let (mut is_quoted, mut begins_cell, mut lines) = (false, true, 0);
    for character in text.chars().chain(['\n']) {
        // A mark in the middle of a cell, such as that of inches, quotes nothing.
        let opens_or_closes = character == '"' && (is_quoted || begins_cell);
        begins_cell = SEPARATORS.contains(&character) || matches!(character, '\n' | '\r');
        match character {
            '"' if opens_or_closes => is_quoted = !is_quoted,
            '\n' | '\r' if !is_quoted => {
                for (count, separator) in counts.iter().zip(SEPARATORS) {
                    if *count > best.0 {
                        best = (*count, separator);
                    }
                }
                counts = [0; SEPARATORS.len()];
                lines += 1;
                if lines > LINES_SEARCHED {
                    break;
                }
            }
            _ if !is_quoted => {
                if let Some(index) = SEPARATORS.iter().position(|separator| *separator == character) {
                    counts[index] += 1;
                }
            }
            _ => {}
        }
    }
    best.1
}

struct Parser<'a> {
    characters: Peekable<Chars<'a>>,
    separator: char,
    /// The row that is being read, from 1; a quoted line break does not begin another.
    line: u32,
    cell: String,
}

impl Parser<'_> {
    /// The cells up to the end of the row, without the blank ones behind the last filled one.
    fn row(&mut self, budget: &mut Budget<'_>) -> Result<Vec<Cell>, TableFault> {
        let mut cells = Vec::new();
        let mut column = 0;
        loop {
            let ends_row = self.cell(column, budget)?;
            if !self.cell.is_empty() {
                budget.check_text(self.line, column, &self.cell)?;
                budget.take(self.line, column, self.cell.len())?;
                cells.resize(column, Cell::Empty);
                cells.push(Cell::from(restored(&self.cell)));
            }
            if ends_row {
                return Ok(cells);
            }
            column += 1;
        }
    }

    /// Reads one cell and what follows it; whether that ends the row.
    fn cell(&mut self, column: usize, budget: &Budget<'_>) -> Result<bool, TableFault> {
        self.cell.clear();
        if self.characters.next_if_eq(&'"').is_some() {
            self.quoted(column, budget)?;
        }
        // What stands behind a closing quotation mark belongs to the cell too, and so does one in the middle.
        while let Some(character) = self.characters.next() {
            match character {
                '\n' => return Ok(true),
                '\r' => {
                    self.characters.next_if_eq(&'\n');
                    return Ok(true);
                }
                other if other == self.separator => return Ok(false),
                other => self.push(other, column, budget)?,
            }
        }
        Ok(true)
    }

    fn quoted(&mut self, column: usize, budget: &Budget<'_>) -> Result<(), TableFault> {
        while let Some(character) = self.characters.next() {
            if character != '"' {
                self.push(character, column, budget)?;
            } else if self.characters.next_if_eq(&'"').is_some() {
                self.push('"', column, budget)?;
            } else {
                return Ok(());
            }
        }
        Err(TableFault::OpenQuote { line: self.line })
    }

    fn push(&mut self, character: char, column: usize, budget: &Budget<'_>) -> Result<(), TableFault> {
        self.cell.push(character);
        // Stops at a quotation mark that is never closed; the exact length is checked at the end of the cell.
        if budget.is_far_too_long(self.cell.len()) {
            budget.check_text(self.line, column, &self.cell)?;
        }
        Ok(())
    }
}

/// Adds a row to a text.
pub(crate) fn push_row<'a>(text: &mut String, cells: impl Iterator<Item = &'a Cell>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(SEPARATORS[0]);
        }
        let shown = neutralised(&cell.shown());
        // Quoting every separator that reading knows keeps the guess at the separator right.
        let is_special = |character: char| SEPARATORS.contains(&character) || matches!(character, '"' | '\r' | '\n');
        if shown.contains(is_special)
            || shown.starts_with([' ', '\''])
            || shown.ends_with(' ')
            || shown.starts_with("sep=")
        {
            text.push('"');
            text.push_str(&shown.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&shown);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let table = read(text, &Limits::default()).unwrap();
        table.rows.iter().map(|row| (row.line, row.cells.iter().map(Cell::shown).collect())).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn each_usual_separator_and_line_end_is_understood() {
        let expected = [row(1, &["a", "b,;x", ""]), row(2, &["1", "", "3"])].map(|(line, cells)| {
            let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
            (line, cells[..filled].to_vec())
        });
        for text in
            ["a;\"b,;x\";\n1;;3\n", "a,\"b,;x\",\r\n1,,3,,", "a\t\"b,;x\"\t\r1\t\t3", "sep=;\r\na;\"b,;x\"\n1;;3"]
        {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_row_keeps_the_number_that_a_spreadsheet_shows() {
        let text = "标题,\n\n\"一\n二\r\n三\",x\n,,\n末,\"a \"\"b\"\"\"";
        assert_eq!(rows(text), [row(1, &["标题"]), row(3, &["一\n二\r\n三", "x"]), row(5, &["末", "a \"b\""])]);
    }

    #[test]
    fn quotation_marks_in_odd_places_are_kept() {
        assert_eq!(rows("5\" 管\n1;2;3\n"), [row(1, &["5\" 管"]), row(2, &["1", "2", "3"])]);
        assert_eq!(rows("5\" 管,\"ab\"c\n"), [row(1, &["5\" 管", "abc"])]);
        assert_eq!(read("a\nb,\"c\nd\n", &Limits::default()), Err(TableFault::OpenQuote { line: 2 }));
    }

    #[test]
    fn limits_are_kept() {
        let limits = Limits { rows: 2, columns: 2, cell_chars: 4, unpacked_bytes: 400, ..Limits::default() };
        let fault = |text: &str| read(text, &limits).err();
        assert_eq!(fault("a\n\n\n"), None);
        assert_eq!(fault("a\nb\nc"), Some(TableFault::TooManyRows { max: 2 }));
        assert_eq!(fault("a\nb,b,b"), Some(TableFault::TooManyColumns { max: 2, line: 2 }));
        assert_eq!(fault("a\nb,长长长长长"), Some(TableFault::CellTooLong { max: 4, line: 2, column: 1 }));
        assert_eq!(fault(",,\n,x\n"), None, "blank cells do not count");
        assert_eq!(fault("\n\n"), Some(TableFault::Empty));
    }
}
