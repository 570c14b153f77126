//! Inputs of agencies.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_all, parse_some};
use crate::graphql::scalars::Date;
use crate::use_cases::{extending, handling, promising, replying, returning, signing_off};
use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::vocabulary::{ContactMode, ContactPhase, Disclosure, Gate, HandlingStage, Outcome, Verdict};

/// Ask to hand an assignment back (申请退办).
#[derive(Clone, Debug, InputObject)]
pub struct RequestReturnInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Why (理由).
    pub reason: String,
    /// The agency that should take over (建议改办单位).
    pub proposed_agency_id: ID,
}

impl RequestReturnInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<returning::RequestReturn> {
        Ok(returning::RequestReturn {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            version: self.version,
            reason: self.reason,
            proposed_agency_id: parse(&self.proposed_agency_id, "proposedAgencyId")?,
        })
    }
}

/// Start handling with the three fixes (落实办理).
#[derive(Clone, Debug, InputObject)]
pub struct StartHandlingInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Leader (领导).
    pub leader_id: ID,
    /// Handler (承办人).
    pub handler_id: ID,
    /// Section (承办科室).
    pub section_id: Option<ID>,
    /// Handling plan (办理方案).
    pub plan: String,
}

impl StartHandlingInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<handling::StartHandling> {
        Ok(handling::StartHandling {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            version: self.version,
            leader_id: parse(&self.leader_id, "leaderId")?,
            handler_id: parse(&self.handler_id, "handlerId")?,
            section_id: parse_some(self.section_id.as_ref(), "sectionId")?,
            plan: self.plan,
        })
    }
}

/// Report progress at one of the six stages (填报进度).
#[derive(Clone, Debug, InputObject)]
pub struct ReportProgressInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Stage (办理环节).
    pub stage: HandlingStage,
    /// What was done (进度说明).
    pub note: String,
}

impl ReportProgressInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<handling::ReportProgress> {
        Ok(handling::ReportProgress {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            stage: self.stage,
            note: self.note,
        })
    }
}

/// Record a contact with the proposer (登记沟通).
#[derive(Clone, Debug, InputObject)]
pub struct RecordContactInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Mode (方式).
    pub mode: ContactMode,
    /// When in the handling (办前、办中、办后).
    pub phase: ContactPhase,
    /// When it was held (沟通时间).
    pub held_at: DateTime<Utc>,
    /// Where (地点).
    pub place: Option<String>,
    /// Who took part (参加人).
    pub participants: Vec<String>,
    /// What was said (沟通情况).
    pub summary: String,
}

impl RecordContactInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<handling::RecordContact> {
        Ok(handling::RecordContact {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            mode: self.mode,
            phase: self.phase,
            held_at: self.held_at,
            place: self.place,
            participants: self.participants,
            summary: self.summary,
        })
    }
}

/// Ask for more time (申请延期).
#[derive(Clone, Debug, InputObject)]
pub struct RequestExtensionInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// New due day (延期至).
    pub until: Date,
    /// Why (理由).
    pub reason: String,
}

impl RequestExtensionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<extending::RequestExtension> {
        Ok(extending::RequestExtension {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            version: self.version,
            until: self.until.0,
            reason: self.reason,
        })
    }
}

/// Send the opinion of a co-handling agency (提交会办意见).
#[derive(Clone, Debug, InputObject)]
pub struct SendOpinionInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Text (正文).
    pub body: String,
}

impl SendOpinionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<handling::SendOpinion> {
        Ok(handling::SendOpinion {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            version: self.version,
            body: self.body,
        })
    }
}

/// A promise with its date (承诺事项).
#[derive(Clone, Debug, InputObject)]
pub struct CommitmentInput {
    /// What is promised (承诺内容).
    pub text: String,
    /// By when (承诺时限).
    pub due_on: Date,
}

impl CommitmentInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<replying::Commitment> {
        Ok(replying::Commitment { text: self.text, due_on: self.due_on.0 })
    }
}

/// The answer to one demand (逐条答复).
#[derive(Clone, Debug, InputObject)]
pub struct DemandAnswerInput {
    /// Index into Submission.demands, from 0 (诉求点序号).
    pub demand: i32,
    /// The answer (答复).
    pub answer: String,
}

impl DemandAnswerInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<replying::DemandAnswer> {
        Ok(replying::DemandAnswer { demand: self.demand, answer: self.answer })
    }
}

/// Draft the reply of the present round (起草答复).
#[derive(Clone, Debug, InputObject)]
pub struct DraftReplyInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// Text (正文).
    pub body: String,
    /// Canonical outcome (办理结果).
    pub outcome: Outcome,
    /// Disclosure (公开属性).
    pub disclosure: Disclosure,
    /// Answers demand by demand (逐条答复).
    pub demand_answers: Option<Vec<DemandAnswerInput>>,
    /// Promises; required when the outcome is in progress or planned (承诺事项).
    pub commitments: Option<Vec<CommitmentInput>>,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl DraftReplyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<replying::DraftReply> {
        Ok(replying::DraftReply {
            assignment_id: parse(&self.assignment_id, "assignmentId")?,
            body: self.body,
            outcome: self.outcome,
            disclosure: self.disclosure,
            demand_answers: self
                .demand_answers
                .map(|list| list.into_iter().map(DemandAnswerInput::read).collect::<AppResult<_>>())
                .transpose()?,
            commitments: self
                .commitments
                .map(|list| list.into_iter().map(CommitmentInput::read).collect::<AppResult<_>>())
                .transpose()?,
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Change a draft reply, or one that the office rejected; what is left out stays (修改答复).
#[derive(Clone, Debug, InputObject)]
pub struct UpdateReplyInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Text (正文).
    pub body: Option<String>,
    /// Canonical outcome (办理结果).
    pub outcome: Option<Outcome>,
    /// Disclosure (公开属性).
    pub disclosure: Option<Disclosure>,
    /// Answers demand by demand (逐条答复).
    pub demand_answers: Option<Vec<DemandAnswerInput>>,
    /// Promises; required when the outcome is in progress or planned (承诺事项).
    pub commitments: Option<Vec<CommitmentInput>>,
}

impl UpdateReplyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<replying::UpdateReply> {
        Ok(replying::UpdateReply {
            id: parse(&self.id, "id")?,
            version: self.version,
            body: self.body,
            outcome: self.outcome,
            disclosure: self.disclosure,
            demand_answers: self
                .demand_answers
                .map(|list| list.into_iter().map(DemandAnswerInput::read).collect::<AppResult<_>>())
                .transpose()?,
            commitments: self
                .commitments
                .map(|list| list.into_iter().map(CommitmentInput::read).collect::<AppResult<_>>())
                .transpose()?,
        })
    }
}

/// The verdict at one of the five gates (把关结论).
#[derive(Clone, Debug, InputObject)]
pub struct GateCheckInput {
    /// Gate (关口).
    pub gate: Gate,
    /// Whether it is passed (是否通过).
    pub passed: bool,
    /// Remark (说明).
    pub remark: Option<String>,
}

impl GateCheckInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<signing_off::GateCheck> {
        Ok(signing_off::GateCheck { gate: self.gate, passed: self.passed, remark: self.remark })
    }
}

/// Review a reply at the awaited step (审核答复).
#[derive(Clone, Debug, InputObject)]
pub struct ReviewReplyInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Verdict (审核结论).
    pub verdict: Verdict,
    /// Gate by gate, where the step has gates (五关结论).
    pub gates: Option<Vec<GateCheckInput>>,
    /// Comment; needed for a dispute, a rejection or dissatisfaction (意见).
    pub comment: Option<String>,
}

impl ReviewReplyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<signing_off::ReviewReply> {
        Ok(signing_off::ReviewReply {
            id: parse(&self.id, "id")?,
            version: self.version,
            verdict: self.verdict,
            gates: self
                .gates
                .map(|list| list.into_iter().map(GateCheckInput::read).collect::<AppResult<_>>())
                .transpose()?,
            comment: self.comment,
        })
    }
}

/// Issue a signed reply (印发答复).
#[derive(Clone, Debug, InputObject)]
pub struct IssueReplyInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Document number, unique in the agency (发文字号).
    pub document_no: String,
}

impl IssueReplyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<signing_off::IssueReply> {
        Ok(signing_off::IssueReply { id: parse(&self.id, "id")?, version: self.version, document_no: self.document_no })
    }
}

/// Report on a promise (报告承诺落实).
#[derive(Clone, Debug, InputObject)]
pub struct ReportCommitmentInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Fulfilled, or changed (是否已落实).
    pub fulfilled: bool,
    /// What was done, or why not (落实情况).
    pub report: String,
    /// New date of a changed promise (变更后时限).
    pub changed_to: Option<Date>,
    /// Files that prove it (佐证材料).
    pub evidence_ids: Option<Vec<ID>>,
}

impl ReportCommitmentInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<promising::ReportCommitment> {
        Ok(promising::ReportCommitment {
            id: parse(&self.id, "id")?,
            version: self.version,
            fulfilled: self.fulfilled,
            report: self.report,
            changed_to: self.changed_to.map(|day| day.0),
            evidence_ids: self.evidence_ids.as_deref().map(|ids| parse_all(ids, "evidenceIds")).transpose()?,
        })
    }
}
