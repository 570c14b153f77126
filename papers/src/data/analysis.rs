//! 办前分析报告: what came in, before it is handed out.

use chrono::NaiveDate;
use serde::Serialize;

use super::Sheet;

/// The analysis an office makes before the assignment meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PreHandlingAnalysis {
    /// What is analysed, for the title: 2026年建议提案.
    pub subject: String,
    /// 截至.
    pub as_of: NaiveDate,
    /// The whole in words, a paragraph a line.
    pub overview: String,
    /// Counts: against last year, by category, by agency.
    pub sheets: Vec<Sheet>,
    /// What many speak of.
    pub hot_topics: Vec<HotTopic>,
    /// What was handed in before.
    pub repeated: Vec<HotTopic>,
    /// Matters whose agency is likely to be disputed.
    pub disputes: Vec<Dispute>,
    /// Matters proposed as key items.
    pub key_items: Vec<KeyItem>,
    /// Advice, a point each.
    pub advice: Vec<String>,
    /// Who made it.
    pub office: String,
    /// When.
    pub date: Option<NaiveDate>,
}

/// A topic and the matters on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HotTopic {
    /// The topic.
    pub name: String,
    /// Numbers of the matters.
    pub case_nos: Vec<String>,
    /// What they ask for.
    pub summary: String,
}

/// A matter nobody will want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dispute {
    /// 案号.
    pub case_no: String,
    /// 标题.
    pub title: String,
    /// The agencies in question.
    pub agencies: Vec<String>,
    /// Why it is not clear.
    pub reason: String,
}

/// A matter proposed as a key item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyItem {
    /// 案号.
    pub case_no: String,
    /// 标题.
    pub title: String,
    /// 建议领办领导.
    pub leader: Option<String>,
    /// 建议主办单位.
    pub lead_agency: String,
}
