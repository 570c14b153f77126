//! The sentences for faults of ledgers and tables.

use crate::language::Language;
use crate::ledger::{Fault, FaultKind};
use crate::table::{TableFault, column_letters};

impl Fault {
    /// Where it is, as a person finds it: sheet, line, column and header word; empty for a whole file.
    pub fn place(&self, language: Language) -> String {
        let Some(line) = self.line else { return String::new() };
        let sheet = match (self.sheet.as_str(), language) {
            ("", _) => String::new(),
            (sheet, Language::Zh) => format!("工作表「{sheet}」"),
            (sheet, Language::En) => format!("Sheet \"{sheet}\", "),
        };
        let letter = &self.column_letter;
        let header = &self.header;
        match (language, letter.is_empty()) {
            (Language::Zh, true) => format!("{sheet}第{line}行「{header}」:"),
            (Language::Zh, false) => format!("{sheet}第{line}行{letter}列「{header}」:"),
            (Language::En, true) => format!("{sheet}line {line}, \"{header}\": "),
            (Language::En, false) => format!("{sheet}line {line}, column {letter} \"{header}\": "),
        }
    }
}

impl FaultKind {
    /// What is wrong and what to do; `value` is what the cell shows.
    pub fn message(&self, value: &str, language: Language) -> String {
        match language {
            Language::Zh => self.zh(value),
            Language::En => self.en(value),
        }
    }

    fn zh(&self, value: &str) -> String {
        match self {
            Self::File(fault) => fault.zh(),
            Self::NoHeader => "没有找到表头行。请保留含「年度、层级、届次、案号、类别、标题、领衔人、主办单位」的表头行,放在表格前30行内。".into(),
            Self::NoLines => "表头下面没有可以导入的内容。请确认选对了文件和工作表。".into(),
            Self::TooManyFaults { line, sheet } => {
                let sheet = if sheet.is_empty() { String::new() } else { format!("工作表「{sheet}」") };
                format!("问题过多,从{sheet}第{line}行起未再检查。请确认文件无误,先改正已列出的问题,再重新导入。")
            }
            Self::MissingColumn => "缺少必需的列。请在表格中补上这一列及其内容。".into(),
            Self::ColumnTwice { first } => format!("与{first}列重复。请保留一列,删除或改名另一列。"),
            Self::Required => "此项必填,现为空白。请补填。".into(),
            Self::TooLong { max, actual } => format!("内容过长:最多{max}字,现有{actual}字。请精简。"),
            Self::ForbiddenCharacter { character, at } => {
                format!("第{}个字符(U+{:04X})不可使用。请删除后重新输入。", at + 1, u32::from(*character))
            }
            Self::FormulaError => format!("公式出错,显示为「{value}」。请改为直接填写内容。"),
            Self::NotAYear => format!("「{value}」不是年份。请填四位数字,如2019。"),
            Self::YearOutOfRange { first, last } => format!("「{value}」的年份不在{first}至{last}之间。请核对。"),
            Self::NotANumber { max } => format!("「{value}」不是1至{max}之间的整数或0。请只填数字。"),
            Self::NotADate => format!("「{value}」不是日期。请按2019-01-08的样式填写年月日。"),
            Self::NoSuchDay => format!("「{value}」这一天不存在。请核对月份和日期。"),
            Self::UnknownWord { allowed } => format!("「{value}」不是可用的填法,可用:{allowed}。请改为其中之一。"),
            Self::UnknownAgency { name, similar: Some(similar) } => {
                format!("找不到单位「{name}」,是否为「{similar}」?请改用单位目录中的名称。")
            }
            Self::UnknownAgency { name, similar: None } => {
                format!("找不到单位「{name}」。请改用单位目录中的名称,或请管理员先登记该单位。")
            }
            Self::AmbiguousAgency { name, candidates } => {
                format!("「{name}」可指多个单位:{}。请写全称。", candidates.join("、"))
            }
            Self::AgencyTwice { name } => format!("单位「{name}」重复。同一单位只能出现一次,主办单位不能同时会办。"),
            Self::TooManyEntries { max } => format!("单位过多,最多{max}个。请核对。"),
            Self::ModeMismatch { leads, co_agencies } => format!(
                "「{value}」与承办单位不符:现有主办{leads}个、会办{co_agencies}个。独办为1个主办;主办+会办为1个主办和至少1个会办;分别办理为至少2个单位;共同主办为至少2个主办。请核对。"
            ),
            Self::KindOfOtherBody => {
                format!("「{value}」与届次不符:建议、议案属于人大,提案、社情民意属于政协。请核对类别和届次。")
            }
            Self::Before { earlier, day } => {
                format!("「{value}」早于{}{day}。请核对两个日期。", earlier.header())
            }
            Self::PromiseWithoutDueDay => "有承诺事项而没有承诺时限。请补填完成日期。".into(),
            Self::RatingWithoutReply => format!("已有评价「{value}」而没有答复日期。请补填答复日期,或删除评价。"),
            Self::CaseNoTwice { line, sheet } if sheet.is_empty() => {
                format!("案号{value}与第{line}行重复(同一层级、届次、类别、年度)。请核对案号。")
            }
            Self::CaseNoTwice { line, sheet } => {
                format!("案号{value}与工作表「{sheet}」第{line}行重复(同一层级、届次、类别、年度)。请核对案号。")
            }
            Self::CaseNoTaken { title } => {
                format!("案号{value}在同一届次、类别中已用于《{title}》。请核对案号;如确为同一件,请使标题一致。")
            }
        }
    }

    fn en(&self, value: &str) -> String {
        match self {
            Self::File(fault) => fault.en(),
            Self::NoHeader => {
                "There is no header row. Keep the row that names the columns 年度, 层级, 届次, 案号, 类别, \
                标题, 领衔人, 主办单位 within the first 30 rows."
                    .into()
            }
            Self::NoLines => {
                "There is nothing below the header. Make sure that this is the right file and sheet.".into()
            }
            Self::TooManyFaults { line, sheet } => {
                let sheet = if sheet.is_empty() { String::new() } else { format!("sheet \"{sheet}\", ") };
                format!("Too many faults: nothing was checked from {sheet}line {line} on; mend those listed first.")
            }
            Self::MissingColumn => "This column is missing; add it with its contents.".into(),
            Self::ColumnTwice { first } => format!("Column {first} is the same; keep one, remove or rename the other."),
            Self::Required => "This is required and blank; fill it in.".into(),
            Self::TooLong { max, actual } => format!("Too long: at most {max} characters, found {actual}; shorten it."),
            Self::ForbiddenCharacter { character, at } => {
                format!("Character {} (U+{:04X}) may not be used; remove it.", at + 1, u32::from(*character))
            }
            Self::FormulaError => format!("The formula failed and shows \"{value}\"; write the content itself."),
            Self::NotAYear => format!("\"{value}\" is no year; write four digits, such as 2019."),
            Self::YearOutOfRange { first, last } => {
                format!("The year of \"{value}\" does not lie between {first} and {last}; check it.")
            }
            Self::NotANumber { max } => format!("\"{value}\" is no whole number up to {max}; write digits alone."),
            Self::NotADate => format!("\"{value}\" is no date; write it as 2019-01-08."),
            Self::NoSuchDay => format!("There is no day \"{value}\"; check month and day."),
            Self::UnknownWord { allowed } => format!("\"{value}\" is not understood; write one of: {allowed}."),
            Self::UnknownAgency { name, similar: Some(similar) } => {
                format!("There is no agency \"{name}\"; is it \"{similar}\"? Use the name in the directory.")
            }
            Self::UnknownAgency { name, similar: None } => {
                format!("There is no agency \"{name}\"; use the name in the directory, or have it registered first.")
            }
            Self::AmbiguousAgency { name, candidates } => {
                format!("\"{name}\" may mean {}; write the full name.", candidates.join(", "))
            }
            Self::AgencyTwice { name } => {
                format!("The agency \"{name}\" stands twice; it can stand once, and the lead cannot also co-handle.")
            }
            Self::TooManyEntries { max } => format!("Too many agencies: at most {max}; check the cell."),
            Self::ModeMismatch { leads, co_agencies } => format!(
                "\"{value}\" does not fit {leads} lead and {co_agencies} co-handling agencies: sole needs one lead; lead \
                 with co needs one lead and at least one co; separate needs two agencies; joint lead needs two leads."
            ),
            Self::KindOfOtherBody => format!(
                "\"{value}\" does not fit the session: suggestions and motions belong to the congress, proposals and \
                 opinion briefs to the CPPCC; check both."
            ),
            Self::Before { earlier, day } => {
                format!("\"{value}\" lies before {day} in {}; check both days.", earlier.header())
            }
            Self::PromiseWithoutDueDay => "There is a promise without its last day; fill it in.".into(),
            Self::RatingWithoutReply => {
                format!("There is a rating \"{value}\" without a reply; fill in the day of the reply or remove it.")
            }
            Self::CaseNoTwice { line, sheet } => {
                let sheet = if sheet.is_empty() { String::new() } else { format!("sheet \"{sheet}\", ") };
                format!(
                    "Case number {value} stands at {sheet}line {line} already, in the same level, session, kind and year; \
                     check it."
                )
            }
            Self::CaseNoTaken { title } => format!(
                "Case number {value} of this session and kind belongs to \"{title}\"; check it, or write the same title if \
                 it is the same matter."
            ),
        }
    }
}

impl TableFault {
    /// What is wrong and what to do.
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Zh => self.zh(),
            Language::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的。请确认选对了文件。".into(),
            Self::NotATable => "无法识别的文件。请另存为Excel工作簿(.xlsx)或CSV(UTF-8)后重试。".into(),
            Self::OldOrLocked => {
                "这是旧版Excel文件(.xls)或加了密码的文件。请去掉密码,另存为Excel工作簿(.xlsx)后重试。".into()
            }
            Self::Damaged => "文件已损坏,无法打开。请用Excel打开后另存为新的工作簿(.xlsx)再试。".into(),
            Self::OpenQuote { line } => {
                format!("从第{line}行开始的引号没有结束。请补上引号,或另存为Excel工作簿(.xlsx)。")
            }
            Self::TooLarge { mebibytes } => {
                format!("文件过大:内容最多{mebibytes}MB。请删去图片和多余内容,或拆成几个文件。")
            }
            Self::TooManyRows { max } => format!("行数过多:每个工作表最多{max}行。请按年度拆成几个文件。"),
            Self::TooManyColumns { max, line } => format!("列数过多:最多{max}列,第{line}行超出。请删除多余的列。"),
            Self::TooManySheets { max } => format!("工作表过多:最多{max}个。请只保留台账所在的工作表。"),
            Self::CellTooLong { max, line, column } => {
                format!("第{line}行{}列内容过长:最多{max}字。请精简。", column_letters(*column))
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Empty => "The file is empty; make sure that it is the right one.".into(),
            Self::NotATable => "Not a table; save it as an Excel workbook (.xlsx) or CSV (UTF-8).".into(),
            Self::OldOrLocked => {
                "An old Excel file (.xls) or one with a password; save it as an Excel workbook (.xlsx) without one."
                    .into()
            }
            Self::Damaged => "The file is damaged; open it in Excel and save it as a new workbook (.xlsx).".into(),
            Self::OpenQuote { line } => {
                format!("The quotation mark on line {line} is not closed; close it, or save as a workbook (.xlsx).")
            }
            Self::TooLarge { mebibytes } => {
                format!("Too large: at most {mebibytes} MB unpacked; remove pictures, or split the file.")
            }
            Self::TooManyRows { max } => format!("Too many rows: at most {max} a sheet; split the file by year."),
            Self::TooManyColumns { max, line } => {
                format!("Too many columns: at most {max}, and line {line} has more; remove them.")
            }
            Self::TooManySheets { max } => format!("Too many sheets: at most {max}; keep those of the ledger."),
            Self::CellTooLong { max, line, column } => format!(
                "Line {line}, column {} is too long: at most {max} characters; shorten it.",
                column_letters(*column)
            ),
        }
    }
}
