//! Inputs of the offices.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_all, parse_some};
use crate::use_cases::{
    assigning, comparing, extending, feedback, merging, publishing, returning, reviewing, supervising,
};
use async_graphql::{ID, InputObject};
use domain::vocabulary::{AssignmentRole, Disclosure, HandlingMode, Settlement, SubmissionKind};

/// Accept and number (受理、立案).
#[derive(Clone, Debug, InputObject)]
pub struct AcceptSubmissionInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Category (分类).
    pub category_id: Option<ID>,
    /// Disclosure (公开属性).
    pub disclosure: Option<Disclosure>,
    /// Transfer office; the region's own when left out (交办机构).
    pub transfer_office_id: Option<ID>,
}

impl AcceptSubmissionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<reviewing::AcceptSubmission> {
        Ok(reviewing::AcceptSubmission {
            id: parse(&self.id, "id")?,
            version: self.version,
            category_id: parse_some(self.category_id.as_ref(), "categoryId")?,
            disclosure: self.disclosure,
            transfer_office_id: parse_some(self.transfer_office_id.as_ref(), "transferOfficeId")?,
        })
    }
}

/// Refuse on a coded ground (不予受理、不予立案).
#[derive(Clone, Debug, InputObject)]
pub struct RefuseSubmissionInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Code of the ground, see refusalGrounds (不予受理依据代码).
    pub ground: String,
    /// Why (理由).
    pub reason: String,
}

impl RefuseSubmissionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<reviewing::RefuseSubmission> {
        Ok(reviewing::RefuseSubmission {
            id: parse(&self.id, "id")?,
            version: self.version,
            ground: self.ground,
            reason: self.reason,
        })
    }
}

/// Merge others into a main matter (并案).
#[derive(Clone, Debug, InputObject)]
pub struct MergeSubmissionsInput {
    /// Main matter (主件).
    pub main_id: ID,
    /// Matters to be merged into it (并案件).
    pub merged_ids: Vec<ID>,
    /// Why (理由).
    pub reason: String,
}

impl MergeSubmissionsInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<merging::MergeSubmissions> {
        Ok(merging::MergeSubmissions {
            main_id: parse(&self.main_id, "mainId")?,
            merged_ids: parse_all(&self.merged_ids, "mergedIds")?,
            reason: self.reason,
        })
    }
}

/// Undo a merger (撤销并案).
#[derive(Clone, Debug, InputObject)]
pub struct UnmergeSubmissionInput {
    /// Which one (标识).
    pub id: ID,
    /// Why (理由).
    pub reason: String,
}

impl UnmergeSubmissionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<merging::UnmergeSubmission> {
        Ok(merging::UnmergeSubmission { id: parse(&self.id, "id")?, reason: self.reason })
    }
}

/// Decide on two matters that look alike, or take the decision back (查重认定).
#[derive(Clone, Debug, InputObject)]
pub struct NotDuplicateInput {
    /// Matter in hand (件).
    pub submission_id: ID,
    /// Matter with which it was compared (比对件).
    pub other_id: ID,
    /// Why (理由).
    pub reason: Option<String>,
}

impl NotDuplicateInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<comparing::Compare> {
        Ok(comparing::Compare {
            submission_id: parse(&self.submission_id, "submissionId")?,
            other_id: parse(&self.other_id, "otherId")?,
            reason: self.reason,
        })
    }
}

/// Convert to another kind (转化).
#[derive(Clone, Debug, InputObject)]
pub struct ConvertSubmissionInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// New kind (转化为).
    pub to: SubmissionKind,
    /// Why (理由).
    pub reason: String,
}

impl ConvertSubmissionInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<reviewing::ConvertSubmission> {
        Ok(reviewing::ConvertSubmission {
            id: parse(&self.id, "id")?,
            version: self.version,
            to: self.to,
            reason: self.reason,
        })
    }
}

/// Put under supervision (列为督办).
#[derive(Clone, Debug, InputObject)]
pub struct SuperviseInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// One of the labels in the rules with which the matter began, e.g. 重点督办 (督办标签).
    pub label: String,
    /// Leader (领导).
    pub leader_id: Option<ID>,
    /// Why (理由).
    pub reason: String,
}

impl SuperviseInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<supervising::Supervise> {
        Ok(supervising::Supervise {
            submission_id: parse(&self.submission_id, "submissionId")?,
            label: self.label,
            leader_id: parse_some(self.leader_id.as_ref(), "leaderId")?,
            reason: self.reason,
        })
    }
}

/// One agency of a plan (拟承办单位).
#[derive(Clone, Debug, InputObject)]
pub struct PlannedAgencyInput {
    /// Agency (承办单位).
    pub agency_id: ID,
    /// Its part (承办角色).
    pub role: AssignmentRole,
    /// What of the submission it answers for (分工).
    pub scope: Option<String>,
}

impl PlannedAgencyInput {
    /// This entry of the command with typed ids.
    pub fn read(self, index: usize) -> AppResult<assigning::PlannedAgency> {
        Ok(assigning::PlannedAgency {
            agency_id: parse(&self.agency_id, &format!("agencies.{index}.agencyId"))?,
            role: self.role,
            scope: self.scope,
        })
    }
}

/// Plan the assignment; an earlier plan is replaced (拟定分办方案).
#[derive(Clone, Debug, InputObject)]
pub struct PlanAssignmentInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Mode (方式).
    pub mode: HandlingMode,
    /// Agencies with their parts (承办单位).
    pub agencies: Vec<PlannedAgencyInput>,
}

impl PlanAssignmentInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<assigning::PlanAssignment> {
        Ok(assigning::PlanAssignment {
            submission_id: parse(&self.submission_id, "submissionId")?,
            version: self.version,
            mode: self.mode,
            agencies: self.agencies.into_iter().enumerate().map(|(i, a)| a.read(i)).collect::<AppResult<_>>()?,
        })
    }
}

/// Decide on a request to hand back (审定退办申请).
#[derive(Clone, Debug, InputObject)]
pub struct DecideReturnInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Grant or refuse (是否同意).
    pub approve: bool,
    /// The agency that takes over; the proposed one when left out (改办单位).
    pub new_agency_id: Option<ID>,
    /// Why (理由).
    pub reason: String,
}

impl DecideReturnInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<returning::DecideReturn> {
        Ok(returning::DecideReturn {
            id: parse(&self.id, "id")?,
            version: self.version,
            approve: self.approve,
            new_agency_id: parse_some(self.new_agency_id.as_ref(), "newAgencyId")?,
            reason: self.reason,
        })
    }
}

/// Decide on a request for more time (审定延期申请).
#[derive(Clone, Debug, InputObject)]
pub struct DecideInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Grant or refuse (是否同意).
    pub approve: bool,
    /// Why (理由).
    pub reason: String,
}

impl DecideInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<extending::Decide> {
        Ok(extending::Decide {
            id: parse(&self.id, "id")?,
            version: self.version,
            approve: self.approve,
            reason: self.reason,
        })
    }
}

/// Settle a form (审结反馈).
#[derive(Clone, Debug, InputObject)]
pub struct SettleFeedbackInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Close, or another round (办结或重新办理).
    pub decision: Settlement,
    /// Why (理由).
    pub reason: String,
}

impl SettleFeedbackInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<feedback::SettleFeedback> {
        Ok(feedback::SettleFeedback {
            id: parse(&self.id, "id")?,
            version: self.version,
            decision: self.decision,
            reason: self.reason,
        })
    }
}

/// Publish an issued reply (公开答复).
#[derive(Clone, Debug, InputObject)]
pub struct PublishReplyInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Publish with the passages masked that look like personal data, instead of refusing (遮盖个人信息后公开).
    #[graphql(default)]
    pub mask_personal_data: bool,
    /// Keep the names of the proposers from the public from now on, as they asked (应提出者要求不公开姓名).
    #[graphql(default)]
    pub withhold_names: bool,
}

impl PublishReplyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<publishing::PublishReply> {
        let Self { id, version, mask_personal_data, withhold_names } = self;
        Ok(publishing::PublishReply { id: parse(&id, "id")?, version, mask_personal_data, withhold_names })
    }
}

/// Take a published reply back from the public (撤下公开件).
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawPublicationInput {
    /// Which reply (答复).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Why; not for the public (理由).
    pub reason: String,
}

impl WithdrawPublicationInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<publishing::WithdrawPublication> {
        Ok(publishing::WithdrawPublication { id: parse(&self.id, "id")?, version: self.version, reason: self.reason })
    }
}

/// Urge an agency (催办).
#[derive(Clone, Debug, InputObject)]
pub struct UrgeInput {
    /// Which assignment (承办).
    pub assignment_id: ID,
    /// What to tell the agency (催办内容).
    pub message: String,
}

impl UrgeInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<assigning::Urge> {
        Ok(assigning::Urge { assignment_id: parse(&self.assignment_id, "assignmentId")?, message: self.message })
    }
}
