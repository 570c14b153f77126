//! 建议纸 and 提案表.

use serde::Serialize;

use super::common::Day;
use super::{Contact, Matter, Proposer};

/// The form a deputy or member hands in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubmissionForm {
    /// The matter; its number may still be empty.
    pub matter: Matter,
    /// 收到时间.
    pub received_on: Day,
    /// 类别.
    pub category: Option<String>,
    /// 领衔人 or first proposer; none when a body proposes.
    pub lead: Option<Proposer>,
    /// 联名人.
    pub cosigners: Vec<Proposer>,
    /// The body that proposes.
    pub collective: Option<Collective>,
    /// 情况.
    pub background: String,
    /// 分析.
    pub analysis: String,
    /// 建议.
    pub recommendations: String,
    /// 诉求, one by one: each is answered by itself.
    pub demands: Vec<String>,
    /// 附件.
    pub attachments: Vec<String>,
    /// 建议主办单位.
    pub suggested_lead: Vec<String>,
    /// 建议会办单位.
    pub suggested_co: Vec<String>,
    /// 是否同意公开.
    pub may_be_disclosed: Option<bool>,
    /// Why it should not be disclosed.
    pub disclosure_reason: Option<String>,
    /// 是否要求面商.
    pub wants_meeting: Option<bool>,
    /// 是否多年多次提出.
    pub raised_before: Option<bool>,
    /// 是否调研成果.
    pub from_research: Option<bool>,
    /// 审查意见.
    pub review_opinion: Option<String>,
    /// 交办意见.
    pub assignment_opinion: Option<String>,
    /// 主办单位.
    pub lead_agencies: Vec<String>,
    /// 会办单位.
    pub co_agencies: Vec<String>,
}

/// A body that proposes (集体提案).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Collective {
    /// 组织名称.
    pub name: String,
    /// 联系人.
    pub contact: Contact,
}
