//! 面商记录 and 沟通记录.

use serde::Serialize;

use super::Matter;
use super::common::Day;

/// What was said between an agency and the proposers, for both to sign.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactRecord {
    /// 面商记录, 沟通记录 or 当面答复记录.
    pub name: String,
    /// The matter.
    pub matter: Matter,
    /// The agency.
    pub agency: String,
    /// 沟通方式: 走访, 座谈会, 电话 …
    pub mode: String,
    /// The day.
    pub held_on: Day,
    /// 地点.
    pub place: Option<String>,
    /// Proposers who took part.
    pub proposers: Vec<String>,
    /// People of the agency, with their positions.
    pub officials: Vec<String>,
    /// 单位领导是否参加.
    pub leader_attended: Option<bool>,
    /// 沟通内容.
    pub content: Option<String>,
    /// 代表（委员）意见.
    pub proposers_view: Option<String>,
    /// 商定事项.
    pub agreed: Option<String>,
    /// 记录人.
    pub recorded_by: Option<String>,
}
