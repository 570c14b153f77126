//! Replies and the sign-off chain.

use super::assignment::Assignment;
use super::commitment::Commitment;
use super::directory::{IntoId, User};
use super::texts::TextFinding;
use super::{Sight, person};
use crate::error::AppError;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::rule_book::Rules;
use crate::use_cases::{checking, sight};
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::policy::Action;
use domain::vocabulary::{Disclosure, Gate, Outcome, ReplyStatus, Role, Verdict};
use entity::{reply, review};
use std::sync::Arc;

/// The reply of one agency in one round (答复).
#[derive(Clone, Debug)]
pub struct Reply {
    /// The handled submission.
    pub sight: Sight,
    /// The reply.
    pub row: reply::Model,
}

/// The answer to one demand (逐条答复).
#[derive(Clone, Debug, SimpleObject)]
pub struct DemandAnswer {
    /// Index into Submission.demands, from 0 (诉求点序号).
    demand: i32,
    /// The answer (答复).
    answer: String,
}

/// A promise in a reply that is not yet issued (拟承诺事项).
#[derive(Clone, Debug, SimpleObject)]
pub struct DraftCommitment {
    /// What is promised (承诺内容).
    text: String,
    /// By when (承诺时限).
    due_on: crate::graphql::scalars::Date,
}

impl Reply {
    fn shows_inside(&self, ctx: &Context<'_>) -> GqlResult<bool> {
        Ok(sight::inside(cx(ctx)?, &self.sight, &self.row))
    }

    /// The rules with which the matter began.
    async fn rules(&self, ctx: &Context<'_>) -> GqlResult<Arc<Rules>> {
        let cx = cx(ctx)?;
        let rule_set = self.sight.matter.row.rule_set_id;
        let rule_set = top(ctx, rule_set.ok_or_else(|| AppError::Internal("a handled matter without rules".into())))?;
        top(ctx, cx.deps().rules.get(cx.db().reader(), rule_set).await)
    }
}

/// The reply of one agency in one round (答复).
#[Object]
impl Reply {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The assignment that is answered (承办).
    async fn assignment(&self, ctx: &Context<'_>) -> GqlResult<Assignment> {
        top(ctx, Assignment::of(&self.sight, self.row.assignment_id))
    }
    /// Round of handling, from 1 (办理轮次).
    async fn round(&self) -> i32 {
        self.row.round
    }
    /// State (答复状态).
    async fn status(&self) -> ReplyStatus {
        self.row.status
    }
    /// Text (正文).
    async fn body(&self) -> &str {
        &self.row.body
    }
    /// Canonical outcome (办理结果).
    async fn outcome(&self) -> Outcome {
        self.row.outcome
    }
    /// The region's own label for the outcome, e.g. A, B, C, D (结果类别标注).
    async fn outcome_label(&self) -> &str {
        &self.row.outcome_label
    }
    /// Answers demand by demand (逐条答复).
    async fn demand_answers(&self) -> Vec<DemandAnswer> {
        let answers = self.row.demand_answers.0.iter();
        answers.map(|a| DemandAnswer { demand: a.demand, answer: a.answer.clone() }).collect()
    }
    /// Disclosure (公开属性).
    async fn disclosure(&self) -> Disclosure {
        self.row.disclosure
    }
    /// Document number, given at issue (发文字号).
    async fn document_no(&self) -> Option<&str> {
        self.row.document_no.as_deref()
    }
    /// When it was issued (印发时间).
    async fn issued_at(&self) -> Option<DateTime<Utc>> {
        self.row.issued_at
    }
    /// Reviews in the sign-off chain, void ones included, for those inside (审核记录).
    async fn reviews(&self, ctx: &Context<'_>) -> GqlResult<Vec<Review>> {
        if !self.shows_inside(ctx)? {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.reviews(self.row.id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(Review).collect())
    }
    /// The step of the sign-off chain that is awaited, null when none is or the reader stands outside (待审环节).
    async fn awaiting(&self, ctx: &Context<'_>) -> GqlResult<Option<Role>> {
        if self.row.status != ReplyStatus::UnderReview || !self.shows_inside(ctx)? {
            return Ok(None);
        }
        let rules = self.rules(ctx).await?;
        let step = usize::try_from(self.row.step).unwrap_or(usize::MAX);
        Ok(rules.set.sign_off.get(step).map(|step| step.role))
    }
    /// Promises made in it, once it is issued (承诺事项).
    async fn commitments(&self, ctx: &Context<'_>) -> GqlResult<Vec<Commitment>> {
        if !self.sight.may(Action::ReadHandling) {
            return Ok(Vec::new());
        }
        let rows = top(ctx, loaders(ctx)?.commitments_of_reply(self.row.id).await)?.unwrap_or_default();
        Ok(rows.into_iter().map(|row| Commitment { sight: self.sight.clone(), row }).collect())
    }
    /// Promises of a draft; they become commitments at issue (拟承诺事项).
    async fn draft_commitments(&self, ctx: &Context<'_>) -> GqlResult<Vec<DraftCommitment>> {
        let shown = self.shows_inside(ctx)?;
        let promises = self.row.promises.0.iter().filter(|_| shown);
        Ok(promises.map(|p| DraftCommitment { text: p.text.clone(), due_on: p.due_on.into() }).collect())
    }
    /// Co-handling agencies whose opinion was overdue at sign-off, for those inside (逾期未提交会办意见的单位).
    async fn late_opinions(&self, ctx: &Context<'_>) -> GqlResult<Vec<String>> {
        Ok(if self.shows_inside(ctx)? { self.row.late_opinions.0.clone() } else { Vec::new() })
    }
    /// What to mend in it before it is signed off, for those inside, by the rules with which the matter began; advice but
    /// for what these name as blocking (签发前检查).
    async fn text_findings(&self, ctx: &Context<'_>) -> GqlResult<Vec<TextFinding>> {
        if !self.shows_inside(ctx)? {
            return Ok(Vec::new());
        }
        let language = cx(ctx)?.language();
        let rules = self.rules(ctx).await?;
        let checks = &rules.set.text_checks;
        let found = checking::reply(&self.sight.matter.row, &self.row, checks);
        Ok(found.iter().map(|one| TextFinding::of(one, &checks.block_sign_off, language)).collect())
    }
    /// Why the office rejected it before issue, for those inside (驳回理由).
    async fn rejection_reason(&self, ctx: &Context<'_>) -> GqlResult<Option<&str>> {
        let shown = self.shows_inside(ctx)?;
        Ok(self.row.rejection_reason.as_deref().filter(|_| shown))
    }
    /// When it was published (公开时间).
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.row.published_at
    }
    /// When it was taken back from the public; null when it is published or never was (撤下公开时间).
    async fn publication_withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.row.publication_withdrawn_at
    }
    /// Why it was taken back, for those who follow the handling (撤下公开理由).
    async fn publication_withdrawal_reason(&self) -> Option<&str> {
        let shown = self.sight.may(Action::ReadHandling);
        self.row.publication_withdrawal_reason.as_deref().filter(|_| shown)
    }
}

/// A review at one step of the sign-off chain (审核记录).
#[derive(Clone, Debug)]
pub struct Review(pub review::Model);

/// The verdict at one of the five gates (把关结论).
#[derive(Clone, Debug, SimpleObject)]
pub struct GateCheck {
    /// Gate (关口).
    gate: Gate,
    /// Whether it was passed (是否通过).
    passed: bool,
    /// Remark (说明).
    remark: Option<String>,
}

/// A review at one step of the sign-off chain (审核记录).
#[Object]
impl Review {
    /// Step of the chain (审核环节).
    async fn step(&self) -> Role {
        self.0.step
    }
    /// Verdict (审核结论).
    async fn verdict(&self) -> Verdict {
        self.0.verdict
    }
    /// Gate by gate, where the step has gates (五关结论).
    async fn gates(&self) -> Vec<GateCheck> {
        let gates = self.0.gates.0.iter();
        gates.map(|g| GateCheck { gate: g.gate, passed: g.passed, remark: g.remark.clone() }).collect()
    }
    /// Comment (审核意见).
    async fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }
    /// By whom (审核人).
    async fn by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.by_id).await
    }
    /// When (审核时间).
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
    /// When the signature became void through a rejection; null while it holds (作废时间).
    async fn voided_at(&self) -> Option<DateTime<Utc>> {
        self.0.voided_at
    }
}
