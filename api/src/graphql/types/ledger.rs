//! What bringing in a ledger did.

use crate::graphql::error::UserError;
use crate::use_cases::importing_ledger::Imported;
use async_graphql::SimpleObject;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::language::Language;
use domain::ledger::Fault;
use domain::refusal::ErrorCode;

/// The most faults that one answer lists; the workbook of faulty lines has them all.
const MOST_FAULTS: usize = 1_000;

/// What bringing in a ledger did (导入台账结果).
#[derive(Debug, Default, SimpleObject)]
pub struct ImportLedgerPayload {
    /// Lines without a fault (无误行数).
    pub good: Option<i32>,
    /// Lines that were stored now, or would have been in a dry run (新导入行数).
    pub stored: Option<i32>,
    /// Lines that were brought in before (此前已导入行数).
    pub known: Option<i32>,
    /// How many faults there are (错误总数).
    pub fault_count: Option<i32>,
    /// The faults by sheet, line and column, at most 1000 (错误清单).
    pub faults: Vec<LedgerFault>,
    /// Columns that were not read, by their header words (未识别的列).
    pub unread_columns: Vec<String>,
    /// Rows that are no matters, such as sums and remarks (未读取的行).
    pub skipped_lines: Vec<i32>,
    /// The lines that are still to be mended, as a workbook in base64; null without a fault (待更正的行).
    pub faulty_file: Option<String>,
    /// What the person can mend apart from the file; then it was not read (可改正的错误).
    pub errors: Vec<UserError>,
}

/// A fault of a ledger, at its place (台账错误).
#[derive(Debug, SimpleObject)]
pub struct LedgerFault {
    /// The sheet; empty for a text file (工作表).
    pub sheet: String,
    /// The row number that the spreadsheet shows; null when the whole file is meant (行号).
    pub line: Option<i32>,
    /// The letters of the column; empty when a whole line is meant (列).
    pub column: String,
    /// The header word of the column (列名).
    pub header: String,
    /// What the cell shows, shortened (单元格内容).
    pub value: String,
    /// Stable code (错误代码).
    pub code: ErrorCode,
    /// What is wrong and what to do (说明).
    pub message: String,
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

impl ImportLedgerPayload {
    /// The payload for what was done.
    pub fn of(imported: Imported, language: Language) -> Self {
        let line = |line: u32| i32::try_from(line).unwrap_or(i32::MAX);
        let fault = |fault: &Fault| LedgerFault {
            sheet: fault.sheet.clone(),
            line: fault.line.map(line),
            column: fault.column_letter.clone(),
            header: fault.header.clone(),
            value: fault.value.clone(),
            code: fault.code(),
            message: fault.message(language),
        };
        Self {
            good: Some(number(imported.good)),
            stored: Some(number(imported.stored)),
            known: Some(number(imported.known)),
            fault_count: Some(number(imported.faults.len())),
            faults: imported.faults.iter().take(MOST_FAULTS).map(fault).collect(),
            unread_columns: imported.unread_columns.into_iter().map(|column| column.word).collect(),
            skipped_lines: imported.skipped_lines.iter().map(|skipped| line(skipped.line)).collect(),
            faulty_file: imported.faulty.map(|bytes| STANDARD.encode(bytes)),
            errors: Vec::new(),
        }
    }
}
