//! 答复函 and 会办意见.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Contact, Matter, Person, Point};

/// What the letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReplyKind {
    /// 答复, to the proposers.
    Reply,
    /// 会办意见, to the lead agency.
    CoOpinion,
}

/// A letter that answers a matter, in the layout of GB/T 9704-2012.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplyLetter {
    /// Reply or opinion of a co-agency.
    pub kind: ReplyKind,
    /// The answering agency: red head and signature.
    pub agency: String,
    /// 发文字号; none while it is a draft.
    pub document_no: Option<String>,
    /// 签发人.
    pub signer: Option<String>,
    /// Class mark in the corner: A, B, C, D.
    pub outcome_mark: Option<String>,
    /// 公开属性 in the corner.
    pub disclosure: Option<String>,
    /// The matter.
    pub matter: Matter,
    /// All proposers, lead first; for an opinion the lead agency.
    pub addressees: Vec<Person>,
    /// First sentence instead of the usual one.
    pub opening: Option<String>,
    /// What the agency did, will do, or cannot do.
    pub points: Vec<Point>,
    /// Agencies whose opinions went into this reply.
    pub co_agencies: Vec<String>,
    /// Thanks at the end instead of the usual ones.
    pub closing: Option<String>,
    /// 附件.
    pub annexes: Vec<String>,
    /// 成文日期.
    pub date: Option<NaiveDate>,
    /// 联系人.
    pub contact: Contact,
    /// 抄送.
    pub copies: Vec<String>,
    /// 印发机关 and 印发日期.
    pub printed_by: Option<PrintedBy>,
}

/// Who printed a letter, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedBy {
    /// The office.
    pub office: String,
    /// The day.
    pub date: NaiveDate,
}
