//! 征询意见表 and 反馈意见表. Which of the two it is follows from the institution of the matter.

use chrono::NaiveDate;
use serde::Serialize;

use super::common::Day;
use super::{Matter, Proposer};

/// The form that goes to the proposers with a reply, or their answers on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeedbackForm {
    /// The matter.
    pub matter: Matter,
    /// 主办单位.
    pub agency: String,
    /// 答复文号.
    pub document_no: Option<String>,
    /// 答复日期.
    pub replied_on: Day,
    /// 办理结果, as the reply says.
    pub outcome: Option<String>,
    /// All proposers, lead first.
    pub proposers: Vec<Proposer>,
    /// The ratings the region knows: 满意, 基本满意, 不满意 …
    pub ratings: Vec<String>,
    /// The answers; the default ones for a blank form.
    pub answers: FeedbackAnswers,
    /// Offices the form goes back to; it is printed in as many copies.
    pub return_to: Vec<String>,
    /// Day by which it should be back.
    pub return_by: Option<NaiveDate>,
}

/// What the proposers say. What they do not say stays empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FeedbackAnswers {
    /// 是否收到答复.
    pub reply_received: Option<bool>,
    /// 收到时间.
    pub received_on: Day,
    /// 答复前听取意见方式: 走访, 座谈, 电话, 书面, 未听取.
    pub consultation: Option<String>,
    /// 分管领导是否参加.
    pub leader_attended: Option<bool>,
    /// 答复是否针对.
    pub pertinent: Option<bool>,
    /// 办理态度.
    pub attitude: Option<String>,
    /// 办理结果.
    pub result: Option<String>,
    /// 是否同意办理结果.
    pub agrees: Option<bool>,
    /// 意见和建议.
    pub comment: Option<String>,
    /// 签名.
    pub signed_by: Option<String>,
    /// Day of the signature.
    pub signed_on: Day,
}
