//! Reading a whole file: every line, and every fault at once.

use super::agencies::Agencies;
use super::build::{self, Meaning};
use super::cells::Cells;
use super::columns::Column;
use super::fault::{Fault, FaultKind, shortened};
use super::fold::{fold, fold_word};
use super::header::Header;
use super::line::{Fingerprint, LedgerLine};
use super::outcomes::OutcomeWords;
use crate::rules::rule_set::RuleSet;
use crate::table::{Row, Table, TableFault, column_letters};
use std::collections::HashMap;

/// The most faults that are listed; a file with more is not mended line by line.
const MOST_FAULTS: usize = 10_000;

/// How the last rows of a ledger begin that are no matters: sums, remarks, signatures.
const FOOTERS: &[&str] =
    &["合计", "总计", "小计", "共计", "统计", "注:", "说明:", "备注:", "填表", "制表", "审核", "单位负责人"];

/// What one needs to know of a region to read its ledger.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The code of the region whose ledger it is.
    pub region_code: &'a str,
    /// The agencies that may be named.
    pub agencies: &'a Agencies,
    /// The region's rules, for its words for outcomes.
    pub rules: Option<&'a RuleSet>,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The lines without a fault.
    pub lines: Vec<ReadLine>,
    /// The faults, by sheet, line and column.
    pub faults: Vec<Fault>,
    /// Columns that were not read because no word of ours names them.
    pub unread_columns: Vec<UnreadColumn>,
    /// Rows that are no matters: sums, remarks and header words repeated below the header.
    pub skipped_lines: Vec<SkippedLine>,
    /// Sheets without a header, beside others that have one.
    pub skipped_sheets: Vec<String>,
    /// The sheets in their order.
    sheets: Vec<String>,
}

/// A line without a fault, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadLine {
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// The row number that the spreadsheet shows.
    pub line: u32,
    /// What makes it the same matter in every file.
    pub fingerprint: Fingerprint,
    /// Whether the same matter is stored already; known after [`Reading::compare`].
    pub is_stored: bool,
    /// What it says.
    pub content: LedgerLine,
    /// Where its case number stands: letters, header word, value.
    case_no_at: (String, String, String),
}

/// A column that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadColumn {
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// The letters of the column.
    pub letter: String,
    /// The header word.
    pub word: String,
}

/// A row that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedLine {
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// The row number that the spreadsheet shows.
    pub line: u32,
}

/// Reads the tables of a file.
pub fn read(tables: &[Table], context: &Context<'_>) -> Reading {
    let mut reading = Reading { sheets: tables.iter().map(|table| table.name.clone()).collect(), ..Reading::default() };
    if tables.iter().all(|table| table.rows.iter().all(Row::is_blank)) {
        return reading.refused(TableFault::Empty.into());
    }
    let meaning = Meaning { agencies: context.agencies, outcomes: OutcomeWords::new(context.rules) };
    let mut has_header = false;
    for table in tables {
        match Header::find(table) {
            Some(header) => {
                has_header = true;
                reading.read_sheet(table, &header, &meaning, context.region_code);
            }
            None if table.rows.iter().all(Row::is_blank) => {}
            None => reading.skipped_sheets.push(table.name.clone()),
        }
    }
    if !has_header {
        return reading.refused(Fault::of_file(FaultKind::NoHeader));
    }
    if reading.lines.is_empty() && reading.faults.is_empty() {
        return reading.refused(Fault::of_file(FaultKind::NoLines));
    }
    reading.find_doubles();
    reading.sort_faults();
    reading
}

impl From<TableFault> for Reading {
    fn from(fault: TableFault) -> Self {
        Self::default().refused(fault.into())
    }
}

impl Reading {
    fn refused(self, fault: Fault) -> Self {
        Self { faults: vec![fault], lines: Vec::new(), ..self }
    }

    fn read_sheet(&mut self, table: &Table, header: &Header, meaning: &Meaning<'_>, region_code: &str) {
        let sheet = table.name.as_str();
        self.read_header(sheet, header);
        for row in table.rows.iter().filter(|row| row.line > header.line && !row.is_blank()) {
            if is_footer(row, header) || header.is_repeated_by(row) {
                self.skipped_lines.push(SkippedLine { sheet: sheet.to_owned(), line: row.line });
                continue;
            }
            let mut cells = Cells::new(sheet, header, row);
            let content = build::line(&mut cells, meaning);
            self.faults.append(&mut cells.faults);
            self.lines.extend(content.map(|content| ReadLine {
                sheet: sheet.to_owned(),
                line: row.line,
                fingerprint: content.fingerprint(region_code),
                is_stored: false,
                case_no_at: case_no_at(header, row),
                content,
            }));
        }
    }

    fn read_header(&mut self, sheet: &str, header: &Header) {
        let fault = |kind, letter, word: &str| Fault {
            sheet: sheet.to_owned(),
            line: Some(header.line),
            column_letter: letter,
            header: shortened(word),
            kind,
            value: String::new(),
        };
        for column in header.missing() {
            self.faults.push(fault(FaultKind::MissingColumn, String::new(), column.header()));
        }
        for (place, first) in &header.twice {
            let kind = FaultKind::ColumnTwice { first: first.clone() };
            self.faults.push(fault(kind, column_letters(place.index), &place.word));
        }
        self.unread_columns.extend(header.unread.iter().map(|place| UnreadColumn {
            sheet: sheet.to_owned(),
            letter: column_letters(place.index),
            word: shortened(&place.word),
        }));
    }

    /// A number that stands twice belongs to the first line that has it.
    fn find_doubles(&mut self) {
        let mut first: HashMap<Fingerprint, (String, u32)> = HashMap::new();
        for line in std::mem::take(&mut self.lines) {
            if let Some((sheet, number)) = first.get(&line.fingerprint) {
                let kind = FaultKind::CaseNoTwice { line: *number, sheet: sheet.clone() };
                self.faults.push(line.case_no_fault(kind));
            } else {
                first.insert(line.fingerprint.clone(), (line.sheet.clone(), line.line));
                self.lines.push(line);
            }
        }
    }

    /// Compares with what is stored: titles by fingerprint.
    ///
    /// A line with the same title is the same matter, read once more, and is marked; one with another title
    /// has a number that is taken, which is a fault. Fetch the stored ones by [`ReadLine::fingerprint`].
    pub fn compare(&mut self, stored: &HashMap<Fingerprint, String>) {
        for mut line in std::mem::take(&mut self.lines) {
            match stored.get(&line.fingerprint) {
                Some(title) if fold_word(title) != fold_word(&line.content.title) => {
                    self.faults.push(line.case_no_fault(FaultKind::CaseNoTaken { title: shortened(title) }));
                }
                found => {
                    line.is_stored = found.is_some();
                    self.lines.push(line);
                }
            }
        }
        self.sort_faults();
    }

    /// By sheet, line and column; those of one cell stay as they were found.
    fn sort_faults(&mut self) {
        let sheets = &self.sheets;
        self.faults.sort_by_cached_key(|fault| {
            let sheet = sheets.iter().position(|name| *name == fault.sheet);
            // Letters in the order of columns: Z comes before AA. What concerns the whole file comes last.
            let column = (fault.column_letter.len(), fault.column_letter.clone());
            (fault.line.is_none(), sheet, fault.line, column)
        });
        if self.faults.len() > MOST_FAULTS {
            let left_off = self.faults.len() - MOST_FAULTS;
            self.faults.truncate(MOST_FAULTS);
            self.faults.push(Fault::of_file(FaultKind::More { left_off }));
        }
    }
}

impl ReadLine {
    fn case_no_fault(&self, kind: FaultKind) -> Fault {
        let (column_letter, header, value) = self.case_no_at.clone();
        Fault { sheet: self.sheet.clone(), line: Some(self.line), column_letter, header, kind, value }
    }
}

fn case_no_at(header: &Header, row: &Row) -> (String, String, String) {
    let place = header.place(Column::CaseNo);
    place.map_or_else(Default::default, |place| {
        (column_letters(place.index), shortened(&place.word), shortened(&row.cell(place.index).shown()))
    })
}

/// Whether a row says neither number nor title, and begins as the rows below a table do.
fn is_footer(row: &Row, header: &Header) -> bool {
    let is_blank = |column| header.place(column).is_none_or(|place| row.cell(place.index).is_blank());
    let first = row.cells.iter().find(|cell| !cell.is_blank()).map(|cell| fold(&cell.shown())).unwrap_or_default();
    // A remark may run over from its first cell into that of the title when cells are merged.
    let is_marked = FOOTERS.iter().any(|footer| first.starts_with(footer));
    is_marked && (is_blank(Column::CaseNo) || is_blank(Column::Title))
}
