//! Inputs of those who keep matters moving.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_all};
use crate::graphql::inputs::office::DecideInput;
use crate::use_cases::{arbitrating, extending, instructing, meeting, publishing};
use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::vocabulary::MeetingKind;

/// Give an instruction on a matter (批示).
#[derive(Clone, Debug, InputObject)]
pub struct InstructInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// What is instructed; never shown to the proposers (批示内容).
    pub text: String,
}

impl InstructInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<instructing::Instruct> {
        Ok(instructing::Instruct { submission_id: parse(&self.submission_id, "submissionId")?, text: self.text })
    }
}

/// Settle a dispute over which agency must handle a matter (裁定争议).
#[derive(Clone, Debug, InputObject)]
pub struct ArbitrateInput {
    /// Which request to hand back (退办申请).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// The agency that must handle it; the one that disputes may be named (裁定的承办单位).
    pub agency_id: ID,
    /// Why; for the agency and the transfer office alone (理由).
    pub reason: String,
}

impl ArbitrateInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<arbitrating::Arbitrate> {
        Ok(arbitrating::Arbitrate {
            id: parse(&self.id, "id")?,
            version: self.version,
            agency_id: parse(&self.agency_id, "agencyId")?,
            reason: self.reason,
        })
    }
}

/// Decide on many requests for more time at once (批量审定延期申请).
#[derive(Clone, Debug, InputObject)]
pub struct DecideExtensionsInput {
    /// The decisions, at most 500; each succeeds or fails alone (逐件决定).
    pub decisions: Vec<DecideInput>,
}

impl DecideExtensionsInput {
    /// The command; a malformed id is for its own entry to answer.
    pub fn read(self) -> Vec<extending::DecideOne> {
        let one = |decision: DecideInput| extending::DecideOne {
            id: decision.id.0,
            version: decision.version,
            approve: decision.approve,
            reason: decision.reason,
        };
        self.decisions.into_iter().map(one).collect()
    }
}

/// Record a meeting or an inspection about matters (记录会议调研).
#[derive(Clone, Debug, InputObject)]
pub struct RecordMeetingInput {
    /// Kind (类别).
    pub kind: MeetingKind,
    /// Title (标题).
    pub title: String,
    /// When it was held (召开时间).
    pub held_at: DateTime<Utc>,
    /// Where (地点).
    pub place: Option<String>,
    /// Who took part (参加人).
    pub participants: Vec<String>,
    /// What came out of it, for everybody who follows one of the matters (会议情况).
    pub summary: String,
    /// The matters, from 1 to 200 (涉及的件).
    pub submission_ids: Vec<ID>,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl RecordMeetingInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<meeting::RecordMeeting> {
        Ok(meeting::RecordMeeting {
            kind: self.kind,
            title: self.title,
            held_at: self.held_at,
            place: self.place,
            participants: self.participants,
            summary: self.summary,
            submission_ids: parse_all(&self.submission_ids, "submissionIds")?,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Make a promise public (公开承诺事项).
#[derive(Clone, Debug, InputObject)]
pub struct PublishCommitmentInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Publish with the passages masked that look like personal data, instead of refusing (遮盖个人信息后公开).
    #[graphql(default)]
    pub mask_personal_data: bool,
}

impl PublishCommitmentInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<publishing::PublishCommitment> {
        let Self { id, version, mask_personal_data } = self;
        Ok(publishing::PublishCommitment { id: parse(&id, "id")?, version, mask_personal_data })
    }
}
