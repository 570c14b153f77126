//! Inputs of proposers.

use crate::error::AppResult;
use crate::graphql::context::{parse, parse_all, parse_some};
use crate::use_cases::{cosigning, drafting, feedback, handling, promising, submitting};
use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::vocabulary::{CollectiveKind, Confidentiality, Disclosure, Rating, SubmissionKind};

/// The body in whose name a proposal is handed in (集体提案的提出组织).
#[derive(Clone, Debug, InputObject)]
pub struct CollectiveInput {
    /// Its kind (主体类型).
    pub kind: CollectiveKind,
    /// Its name (组织名称).
    pub name: String,
}

impl CollectiveInput {
    fn read(self) -> drafting::Collective {
        drafting::Collective { kind: self.kind, name: self.name }
    }
}

/// Write a new draft (创建草稿).
#[derive(Clone, Debug, InputObject)]
pub struct CreateDraftInput {
    /// Kind (种类).
    pub kind: SubmissionKind,
    /// Session; the present one of the body when left out (会议).
    pub session_id: Option<ID>,
    /// Title (标题、案由).
    pub title: String,
    /// Background: the facts (情况、案据).
    pub background: String,
    /// Analysis (分析).
    pub analysis: String,
    /// Recommendations (具体建议).
    pub recommendations: String,
    /// Each demand of the text (诉求点).
    pub demands: Option<Vec<String>>,
    /// Category (分类).
    pub category_id: Option<ID>,
    /// Agencies that the proposer suggests (建议承办单位).
    pub suggested_agency_ids: Option<Vec<ID>>,
    /// Disclosure (公开属性).
    pub disclosure: Option<Disclosure>,
    /// Confidentiality (密级范围).
    pub confidentiality: Option<Confidentiality>,
    /// Keep the names of the proposers from the public (不公开提出者姓名).
    pub withhold_names: Option<bool>,
    /// The body in whose name a proposal is handed in (集体提案的提出组织).
    pub collective: Option<CollectiveInput>,
    /// The same key from the same person gives the first result again (幂等键).
    pub idempotency_key: Option<String>,
}

impl CreateDraftInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<drafting::CreateDraft> {
        Ok(drafting::CreateDraft {
            kind: self.kind,
            session_id: parse_some(self.session_id.as_ref(), "sessionId")?,
            title: self.title,
            background: self.background,
            analysis: self.analysis,
            recommendations: self.recommendations,
            demands: self.demands,
            category_id: parse_some(self.category_id.as_ref(), "categoryId")?,
            suggested_agency_ids: self
                .suggested_agency_ids
                .as_deref()
                .map(|ids| parse_all(ids, "suggestedAgencyIds"))
                .transpose()?,
            disclosure: self.disclosure,
            confidentiality: self.confidentiality,
            withhold_names: self.withhold_names,
            collective: self.collective.map(CollectiveInput::read),
            idempotency_key: self.idempotency_key,
        })
    }
}

/// Change a draft or a returned text; what is left out stays (修改草稿).
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDraftInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Title (标题、案由).
    pub title: Option<String>,
    /// Background: the facts (情况、案据).
    pub background: Option<String>,
    /// Analysis (分析).
    pub analysis: Option<String>,
    /// Recommendations (具体建议).
    pub recommendations: Option<String>,
    /// Each demand of the text (诉求点).
    pub demands: Option<Vec<String>>,
    /// Category (分类).
    pub category_id: Option<ID>,
    /// Agencies that the proposer suggests (建议承办单位).
    pub suggested_agency_ids: Option<Vec<ID>>,
    /// Disclosure (公开属性).
    pub disclosure: Option<Disclosure>,
    /// Confidentiality (密级范围).
    pub confidentiality: Option<Confidentiality>,
    /// Keep the names of the proposers from the public (不公开提出者姓名).
    pub withhold_names: Option<bool>,
    /// The body in whose name a proposal is handed in; null makes it one of persons again (集体提案的提出组织).
    pub collective: MaybeUndefined<CollectiveInput>,
}

impl UpdateDraftInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<drafting::UpdateDraft> {
        Ok(drafting::UpdateDraft {
            id: parse(&self.id, "id")?,
            version: self.version,
            title: self.title,
            background: self.background,
            analysis: self.analysis,
            recommendations: self.recommendations,
            demands: self.demands,
            category_id: parse_some(self.category_id.as_ref(), "categoryId")?,
            suggested_agency_ids: self
                .suggested_agency_ids
                .as_deref()
                .map(|ids| parse_all(ids, "suggestedAgencyIds"))
                .transpose()?,
            disclosure: self.disclosure,
            confidentiality: self.confidentiality,
            withhold_names: self.withhold_names,
            collective: match self.collective {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(body) => Some(Some(body.read())),
            },
        })
    }
}

/// Invite people to co-sign (邀请联名).
#[derive(Clone, Debug, InputObject)]
pub struct InviteCosignersInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// Whom to invite (受邀人).
    pub user_ids: Vec<ID>,
}

impl InviteCosignersInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<cosigning::InviteCosigners> {
        Ok(cosigning::InviteCosigners {
            submission_id: parse(&self.submission_id, "submissionId")?,
            user_ids: parse_all(&self.user_ids, "userIds")?,
        })
    }
}

/// Answer an invitation to co-sign (答复联名邀请).
#[derive(Clone, Debug, InputObject)]
pub struct AnswerCosignInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// Sign or decline (是否同意联名).
    pub accept: bool,
    /// Opinion (意见).
    pub opinion: Option<String>,
}

impl AnswerCosignInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<cosigning::AnswerCosign> {
        Ok(cosigning::AnswerCosign {
            submission_id: parse(&self.submission_id, "submissionId")?,
            accept: self.accept,
            opinion: self.opinion,
        })
    }
}

/// Answer the lead's wish to withdraw (答复撤回申请).
#[derive(Clone, Debug, InputObject)]
pub struct AnswerWithdrawalInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// Agree or refuse (是否同意撤回).
    pub agree: bool,
    /// Opinion (意见).
    pub opinion: Option<String>,
}

impl AnswerWithdrawalInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<submitting::AnswerWithdrawal> {
        Ok(submitting::AnswerWithdrawal {
            submission_id: parse(&self.submission_id, "submissionId")?,
            agree: self.agree,
            opinion: self.opinion,
        })
    }
}

/// Withdraw (撤回).
#[derive(Clone, Debug, InputObject)]
pub struct WithdrawInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Why (理由).
    pub reason: String,
}

impl WithdrawInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<submitting::Withdraw> {
        Ok(submitting::Withdraw { id: parse(&self.id, "id")?, version: self.version, reason: self.reason })
    }
}

/// Confirm or dispute a recorded contact (确认沟通记录).
#[derive(Clone, Debug, InputObject)]
pub struct AnswerContactInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// True as written, or not (是否属实).
    pub confirmed: bool,
    /// Comment; needed for a dispute, a rejection or dissatisfaction (意见).
    pub comment: Option<String>,
}

impl AnswerContactInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<handling::AnswerContact> {
        Ok(handling::AnswerContact {
            id: parse(&self.id, "id")?,
            version: self.version,
            confirmed: self.confirmed,
            comment: self.comment,
        })
    }
}

/// Rate a reply on its form (评价答复).
#[derive(Clone, Debug, InputObject)]
pub struct RateReplyInput {
    /// Which form (反馈表).
    pub feedback_id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Attitude (办理态度).
    pub attitude_rating: Rating,
    /// Process (办理过程).
    pub process_rating: Rating,
    /// Result (办理结果).
    pub result_rating: Rating,
    /// Overall (总体评价).
    pub overall_rating: Rating,
    /// Comment; needed for a dispute, a rejection or dissatisfaction (意见).
    pub comment: Option<String>,
    /// Answers to the form's questions (表格答案).
    pub answers: Option<Vec<FeedbackAnswerInput>>,
}

impl RateReplyInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<feedback::RateReply> {
        Ok(feedback::RateReply {
            feedback_id: parse(&self.feedback_id, "feedbackId")?,
            version: self.version,
            attitude_rating: self.attitude_rating,
            process_rating: self.process_rating,
            result_rating: self.result_rating,
            overall_rating: self.overall_rating,
            comment: self.comment,
            answers: self.answers.map(|list| list.into_iter().map(|a| (a.key, a.value)).collect()),
        })
    }
}

/// The answer to one question of the form (问题答案).
#[derive(Clone, Debug, InputObject)]
pub struct FeedbackAnswerInput {
    /// Key of the question (问题键).
    pub key: String,
    /// The answer (答案).
    pub value: String,
}

/// Confirm or dispute the report on a promise, and rate it (评价承诺落实).
#[derive(Clone, Debug, InputObject)]
pub struct AnswerCommitmentInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// True as written, or not (是否属实).
    pub confirmed: bool,
    /// How the fulfilment is rated (落实评价).
    pub rating: Rating,
    /// Comment; needed for a dispute, a rejection or dissatisfaction (意见).
    pub comment: Option<String>,
}

impl AnswerCommitmentInput {
    /// The command with typed ids.
    pub fn read(self) -> AppResult<promising::AnswerCommitment> {
        Ok(promising::AnswerCommitment {
            id: parse(&self.id, "id")?,
            version: self.version,
            confirmed: self.confirmed,
            rating: self.rating,
            comment: self.comment,
        })
    }
}
