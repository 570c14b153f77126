//! Inputs of the consultation desk.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_some};
use crate::use_cases::{consulting, desk_roster};
use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};

/// Ask an agency at the consultation desk while a session is held (向承办单位提问).
#[derive(Clone, Debug, InputObject)]
pub struct AskConsultationInput {
    /// Which agency (被咨询单位).
    pub agency_id: ID,
    /// The question (问题).
    pub question: String,
    /// The asker's draft or submission to which it belongs (关联的件).
    pub submission_id: Option<ID>,
    /// For offices: the deputy or member for whom they ask (代为提问的代表或委员).
    pub on_behalf_of_id: Option<ID>,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl AskConsultationInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<consulting::Ask> {
        Ok(consulting::Ask {
            agency_id: parse(&self.agency_id, "agencyId")?,
            question: self.question,
            submission_id: parse_some(self.submission_id.as_ref(), "submissionId")?,
            on_behalf_of_id: parse_some(self.on_behalf_of_id.as_ref(), "onBehalfOfId")?,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Answer a question at the desk; several answers are possible (答复咨询).
#[derive(Clone, Debug, InputObject)]
pub struct AnswerConsultationInput {
    /// Which question (咨询).
    pub id: ID,
    /// The answer (答复内容).
    pub text: String,
}

/// Close a question after an answer (结束咨询).
#[derive(Clone, Debug, InputObject)]
pub struct CloseConsultationInput {
    /// Which question (咨询).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Whether the answers settled it on the spot (是否当场解决).
    pub settled: bool,
}

/// Take a question back before any answer (撤回咨询).
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawConsultationInput {
    /// Which question (咨询).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
}

/// Name the asker's submission that belongs to a question (关联建议提案).
#[derive(Clone, Debug, InputObject)]
pub struct LinkConsultationInput {
    /// Which question (咨询).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Which submission; the asker is its lead proposer (件).
    pub submission_id: ID,
}

/// Add a shift to the roster of the desk (安排值班).
#[derive(Clone, Debug, InputObject)]
pub struct AddDeskShiftInput {
    /// At which session of the office's own institution (会议).
    pub session_id: ID,
    /// The agency that sits there (值班单位).
    pub agency_id: ID,
    /// From when, within the session (开始时间).
    pub starts_at: DateTime<Utc>,
    /// Until when, within the session (结束时间).
    pub ends_at: DateTime<Utc>,
    /// The positions that are present, in words (在岗人员职务).
    pub staff: Vec<String>,
}

impl AddDeskShiftInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<desk_roster::AddShift> {
        Ok(desk_roster::AddShift {
            session_id: parse(&self.session_id, "sessionId")?,
            agency_id: parse(&self.agency_id, "agencyId")?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            staff: self.staff,
        })
    }
}

/// Take a shift off the roster of the desk (取消值班).
#[derive(Clone, Debug, InputObject)]
pub struct CancelDeskShiftInput {
    /// Which shift (值班).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
}
