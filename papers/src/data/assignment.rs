//! 交办通知 and 交办安排表.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Contact, Point};

/// The letter with which matters go to the agencies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssignmentNotice {
    /// The assigning office: red head and signature.
    pub office: String,
    /// 发文字号; none while it is a draft.
    pub document_no: Option<String>,
    /// 签发人.
    pub signer: Option<String>,
    /// What the matters come from, for the title: 区十八届人大六次会议代表建议.
    pub subject: String,
    /// The units it goes to.
    pub addressees: Vec<String>,
    /// How many matters there are.
    pub total: u32,
    /// The same, by kind or by mode.
    pub counts: Vec<Count>,
    /// How many were passed to other systems (转送).
    pub passed_on: u32,
    /// Days by which things are due.
    pub deadlines: Vec<Deadline>,
    /// Requirements, numbered by the template.
    pub requirements: Vec<Point>,
    /// 附件.
    pub annexes: Vec<String>,
    /// 成文日期.
    pub date: Option<NaiveDate>,
    /// 联系人 of the office.
    pub contact: Contact,
    /// 抄送.
    pub copies: Vec<String>,
}

/// A number and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What is counted.
    pub label: String,
    /// How many.
    pub number: u32,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// What is due: 退办申请, 首次沟通, 会办意见, 答复初稿, 书面答复.
    pub label: String,
    /// The last day.
    pub date: NaiveDate,
}

/// The table of matters, across the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssignmentSchedule {
    /// What the matters come from, for the title.
    pub subject: String,
    /// The office that made it.
    pub office: String,
    /// 填表日期.
    pub date: NaiveDate,
    /// The matters.
    pub rows: Vec<ScheduleRow>,
}

/// One matter of the schedule. What does not apply stays empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ScheduleRow {
    /// 案号.
    pub case_no: String,
    /// 类别: 建议, 提案, 议案.
    pub kind: String,
    /// 标题.
    pub title: String,
    /// 领衔人.
    pub proposer: String,
    /// 界别 or 代表团.
    pub group: Option<String>,
    /// 联系电话.
    pub phone: Option<String>,
    /// 办理方式.
    pub mode: String,
    /// 主办单位.
    pub lead_agencies: Vec<String>,
    /// 会办单位.
    pub co_agencies: Vec<String>,
    /// 领办/督办领导.
    pub supervising_leader: Option<String>,
    /// 责任领导.
    pub responsible_leader: Option<String>,
    /// 交办日期.
    pub assigned_on: Option<NaiveDate>,
    /// 会办意见截止.
    pub co_opinion_due: Option<NaiveDate>,
    /// 初稿截止.
    pub draft_due: Option<NaiveDate>,
    /// 答复截止.
    pub reply_due: Option<NaiveDate>,
    /// 重点标记.
    pub key: bool,
    /// 备注.
    pub remark: Option<String>,
}
