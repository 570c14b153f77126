//! Reports: figures with their definitions, the bulletin and the yearly report.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Section, Sheet};

/// A figure, never without what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// 办复率.
    pub name: String,
    /// 98.5%.
    pub value: String,
    /// How it is counted, one sentence.
    pub definition: String,
    /// The two numbers it comes from: 已书面答复 197 件 ÷ 应答复 200 件.
    pub basis: Option<String>,
    /// 同比.
    pub change: Option<String>,
}

/// 统计报告.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatisticsReport {
    /// The title.
    pub title: String,
    /// What is counted at all: level, kinds, roles, year.
    pub scope: String,
    /// 截至.
    pub as_of: NaiveDate,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The tables.
    pub sheets: Vec<Sheet>,
    /// Remarks.
    pub remarks: Vec<String>,
    /// Who made it.
    pub office: String,
    /// When.
    pub date: Option<NaiveDate>,
}

/// 办理工作动态.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bulletin {
    /// The name in red: 清河区建议提案办理工作动态.
    pub name: String,
    /// 第 n 期; without it, room to write it.
    pub issue: Option<u32>,
    /// 总第 n 期.
    pub issue_overall: Option<u32>,
    /// 编印单位.
    pub editor: String,
    /// The day.
    pub date: NaiveDate,
    /// Headline.
    pub title: String,
    /// The content.
    pub sections: Vec<Section>,
    /// 报.
    pub reported_to: Vec<String>,
    /// 送.
    pub sent_to: Vec<String>,
    /// 发.
    pub issued_to: Vec<String>,
    /// How many copies are printed.
    pub copies: Option<u32>,
}

/// 年度办理情况报告.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearlyReport {
    /// Whose work it is about: 清河区人民政府.
    pub body: String,
    /// Term and session for the title: 区十八届人大六次会议代表建议.
    pub subject: String,
    /// To whom it is given.
    pub addressee: Option<String>,
    /// The year of handling.
    pub year: i32,
    /// 截至.
    pub as_of: NaiveDate,
    /// What happened in general, a paragraph a line.
    pub overview: String,
    /// The figures.
    pub figures: Vec<Figure>,
    /// What was done.
    pub sections: Vec<Section>,
    /// What is not good yet.
    pub problems: Vec<String>,
    /// What comes next.
    pub next_steps: Vec<String>,
    /// Tables at the end.
    pub sheets: Vec<Sheet>,
    /// Who signs.
    pub office: String,
    /// When.
    pub date: Option<NaiveDate>,
}
