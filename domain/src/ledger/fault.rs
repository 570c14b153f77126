//! What is wrong in a ledger, and where.

use super::columns::Column;
use crate::language::Language;
use crate::refusal::ErrorCode;
use crate::table::TableFault;
use std::fmt;

/// One fault of a ledger; its sentences stand in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The sheet; empty for a text file.
    pub sheet: String,
    /// The row number that the spreadsheet shows; none when the whole file is meant.
    pub line: Option<u32>,
    /// The letters of the column; empty when a whole line is meant, or a column that is missing.
    pub column_letter: String,
    /// The header word as it stands in the file, or the usual one of a missing column; empty for a whole file.
    pub header: String,
    /// What is wrong.
    pub kind: FaultKind,
    /// What the cell shows, shortened; empty for a blank one.
    pub value: String,
}

/// The most characters of a value that a fault repeats.
const SHOWN: usize = 60;

impl Fault {
    /// A fault of the whole file.
    pub fn of_file(kind: FaultKind) -> Self {
        let (sheet, column_letter, header, value) = Default::default();
        Self { sheet, line: None, column_letter, header, kind, value }
    }

    /// The stable code for clients.
    pub const fn code(&self) -> ErrorCode {
        match &self.kind {
            FaultKind::Required | FaultKind::MissingColumn | FaultKind::PromiseWithoutDueDay => ErrorCode::Required,
            FaultKind::TooLong { .. } => ErrorCode::TooLong,
            FaultKind::CaseNoTwice { .. }
            | FaultKind::CaseNoTaken { .. }
            | FaultKind::ColumnTwice { .. }
            | FaultKind::AgencyTwice { .. } => ErrorCode::Duplicate,
            _ => ErrorCode::InvalidValue,
        }
    }

    /// What is wrong and what to do.
    pub fn message(&self, language: Language) -> String {
        self.kind.message(&self.value, language)
    }
}

impl From<TableFault> for Fault {
    fn from(fault: TableFault) -> Self {
        Self::of_file(FaultKind::File(fault))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.place(Language::Zh), self.message(Language::Zh))
    }
}

/// What a fault repeats of a cell: at most [`SHOWN`] characters, on one line.
pub(super) fn shortened(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN).map(|character| if character.is_control() { ' ' } else { character }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// What can be wrong in a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// No table could be read.
    File(TableFault),
    /// No row names enough columns.
    NoHeader,
    /// There is a header, and no line below it.
    NoLines,
    /// So many faults that reading stopped.
    TooManyFaults {
        /// The first line that was not read.
        line: u32,
        /// Its sheet; empty for a text file.
        sheet: String,
    },
    /// A required column is missing.
    MissingColumn,
    /// The same column stands there twice.
    ColumnTwice {
        /// The letters of the first one.
        first: String,
    },
    /// Blank, but required.
    Required,
    /// Too long.
    TooLong {
        /// The most characters.
        max: usize,
        /// The characters found.
        actual: usize,
    },
    /// A character that no text may hold.
    ForbiddenCharacter {
        /// The character.
        character: char,
        /// Its position, from 0.
        at: usize,
    },
    /// The formula of the cell ended in an error.
    FormulaError,
    /// No year.
    NotAYear,
    /// A year that a ledger cannot speak of.
    YearOutOfRange {
        /// The first year.
        first: i32,
        /// The last year.
        last: i32,
    },
    /// No whole number, or one too large.
    NotANumber {
        /// The largest number.
        max: u32,
    },
    /// No date.
    NotADate,
    /// A date that no calendar has.
    NoSuchDay,
    /// A word that the column does not know.
    UnknownWord {
        /// The usual words.
        allowed: String,
    },
    /// The agency is not in the directory.
    UnknownAgency {
        /// The agency's text.
        name: String,
        /// A name that differs in a character or two.
        similar: Option<String>,
    },
    /// The short name belongs to several agencies.
    AmbiguousAgency {
        /// The agency's text.
        name: String,
        /// The full names that it may mean.
        candidates: Vec<String>,
    },
    /// The same agency stands twice in the line.
    AgencyTwice {
        /// The agency.
        name: String,
    },
    /// Too many entries in one cell.
    TooManyEntries {
        /// The most entries.
        max: usize,
    },
    /// The agencies do not fit the handling mode.
    ModeMismatch {
        /// How many lead agencies there are.
        leads: usize,
        /// How many co-handling agencies there are.
        co_agencies: usize,
    },
    /// The kind belongs to the other institution than the session.
    KindOfOtherBody,
    /// The day lies before another that must come first.
    Before {
        /// The column of the other day.
        earlier: Column,
        /// The other day.
        day: chrono::NaiveDate,
    },
    /// A promise without its last day.
    PromiseWithoutDueDay,
    /// A rating without a reply.
    RatingWithoutReply,
    /// The case number stands there already, in the same session and kind.
    CaseNoTwice {
        /// The line where it stands first.
        line: u32,
        /// The sheet where it stands first.
        sheet: String,
    },
    /// The case number is taken by a matter stored before.
    CaseNoTaken {
        /// The title of that matter.
        title: String,
    },
}
