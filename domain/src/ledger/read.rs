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
use std::collections::{HashMap, HashSet};

/// After so many faults reading stops: such a file is not mended line by line, and must not fill the memory.
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
    /// The case numbers of all rows, also of those with a fault elsewhere.
    numbers: Vec<Number>,
}

/// A case number, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    fingerprint: Fingerprint,
    /// The title beside it; empty when it has a fault.
    title: String,
    sheet: String,
    line: u32,
    /// The letters of its column, the header word, the cell.
    cell: (String, String, String),
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
        if reading.faults.len() > MOST_FAULTS {
            break;
        }
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
        for row in table.rows.iter().filter(|row| row.line > header.last_line() && !row.is_blank()) {
            if is_footer(row, header) || header.is_repeated_by(row) {
                self.skipped_lines.push(SkippedLine { sheet: sheet.to_owned(), line: row.line });
                continue;
            }
            if self.faults.len() >= MOST_FAULTS {
                self.faults.push(Fault::of_file(FaultKind::TooManyFaults { line: row.line, sheet: sheet.to_owned() }));
                return;
            }
            let mut cells = Cells::new(sheet, header, row);
            let built = build::line(&mut cells, meaning);
            self.faults.append(&mut cells.faults);
            let (sheet, line) = (sheet.to_owned(), row.line);
            let fingerprint = built.line.fingerprint(region_code);
            if built.has_identity {
                let (fingerprint, title) = (fingerprint.clone(), built.line.title.clone());
                self.numbers.push(Number {
                    fingerprint,
                    title,
                    sheet: sheet.clone(),
                    line,
                    cell: case_no_at(header, row),
                });
            }
            if built.is_whole {
                self.lines.push(ReadLine { sheet, line, fingerprint, is_stored: false, content: built.line });
            }
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
        let mut first: HashMap<&Fingerprint, &Number> = HashMap::new();
        let mut faults = Vec::new();
        for number in &self.numbers {
            match first.get(&number.fingerprint) {
                Some(found) => {
                    let kind = FaultKind::CaseNoTwice { line: found.line, sheet: found.sheet.clone() };
                    faults.push(number.fault(kind));
                }
                None => {
                    first.insert(&number.fingerprint, number);
                }
            }
        }
        self.refuse(faults);
    }

    /// The fingerprints to look for among what is stored, those of lines with a fault elsewhere too.
    pub fn fingerprints(&self) -> impl Iterator<Item = &Fingerprint> {
        self.numbers.iter().map(|number| &number.fingerprint)
    }

    /// Compares with what is stored: titles by fingerprint, see [`Self::fingerprints`].
    ///
    /// A line with the same title is the same matter, read once more, and is marked; one with another title
    /// has a number that is taken, which is a fault.
    pub fn compare(&mut self, stored: &HashMap<Fingerprint, String>) {
        let taken = self.numbers.iter().filter_map(|number| {
            let title = stored.get(&number.fingerprint)?;
            let is_other = !number.title.is_empty() && fold_word(title) != fold_word(&number.title);
            is_other.then(|| number.fault(FaultKind::CaseNoTaken { title: shortened(title) }))
        });
        let faults = taken.collect();
        self.refuse(faults);
        for line in &mut self.lines {
            line.is_stored = stored.contains_key(&line.fingerprint);
        }
        self.sort_faults();
    }

    /// Notes faults of case numbers and takes their lines away.
    fn refuse(&mut self, faults: Vec<Fault>) {
        let places: HashSet<(&str, Option<u32>)> =
            faults.iter().map(|fault| (fault.sheet.as_str(), fault.line)).collect();
        self.lines.retain(|line| !places.contains(&(line.sheet.as_str(), Some(line.line))));
        self.faults.extend(faults);
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
    }
}

impl Number {
    fn fault(&self, kind: FaultKind) -> Fault {
        let (column_letter, header, value) = self.cell.clone();
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
