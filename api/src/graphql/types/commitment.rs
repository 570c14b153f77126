//! Promises and supervision.

use super::attachment::{self, Attachment};
use super::directory::{IntoId, Organization, User};
use super::submission::Submission;
use super::{Sight, organization, some_person};
use crate::graphql::connection::connection;
use crate::graphql::context::cx;
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, NaiveDate, Utc};
use domain::vocabulary::{CommitmentStatus, Rating};
use entity::{commitment, supervision};

/// A promise made in a reply: dated, reminded, proven, judged again by the proposer, across years (承诺事项).
#[derive(Clone, Debug)]
pub struct Commitment {
    /// The submission.
    pub sight: Sight,
    /// The promise.
    pub row: commitment::Model,
}

connection!(
    /// A page of promises (承诺事项分页).
    CommitmentConnection, CommitmentEdge, Commitment
);

impl Commitment {
    /// Whether the promise is still to be kept, and its day has passed.
    fn is_overdue(&self, today: NaiveDate) -> bool {
        let lives = match self.row.status {
            CommitmentStatus::Open | CommitmentStatus::Changed | CommitmentStatus::Disputed => true,
            CommitmentStatus::Confirmed => self.row.fulfilled == Some(false),
            CommitmentStatus::Fulfilled => false,
        };
        lives && self.row.changed_to.unwrap_or(self.row.due_on) < today
    }
}

/// A promise made in a reply: dated, reminded, proven, judged again by the proposer, across years (承诺事项).
#[Object]
impl Commitment {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// Counts every change; sent back with each write (版本号).
    async fn version(&self) -> i32 {
        self.row.version
    }
    /// The submission (件).
    async fn submission(&self) -> Submission {
        Submission(self.sight.clone())
    }
    /// The agency that promised (承诺单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.row.agency_id).await
    }
    /// What was promised (承诺内容).
    async fn text(&self) -> &str {
        &self.row.text
    }
    /// By when it was promised (承诺时限).
    async fn due_on(&self) -> Date {
        Date(self.row.due_on)
    }
    /// Whether it is still to be kept and its day, or its changed day, has passed (是否逾期).
    async fn overdue(&self, ctx: &Context<'_>) -> GqlResult<bool> {
        Ok(self.is_overdue(cx(ctx)?.today()))
    }
    /// State (状态).
    async fn status(&self) -> CommitmentStatus {
        self.row.status
    }
    /// Last report of the agency (落实情况报告).
    async fn report(&self) -> Option<&str> {
        self.row.report.as_deref()
    }
    /// When it was reported (报告时间).
    async fn reported_at(&self) -> Option<DateTime<Utc>> {
        self.row.reported_at
    }
    /// New date after a change (变更后时限).
    async fn changed_to(&self) -> Option<Date> {
        self.row.changed_to.map(Date)
    }
    /// When it was made public; null before (公开时间).
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.row.published_at
    }
    /// Files that prove it, named by reports (佐证材料).
    async fn evidence(&self, ctx: &Context<'_>) -> GqlResult<Vec<Attachment>> {
        attachment::of_commitment(ctx, &self.sight, self.row.id).await
    }
    /// The proposer's rating of the fulfilment (落实评价).
    async fn fulfilment_rating(&self) -> Option<Rating> {
        self.row.fulfilment_rating
    }
    /// The proposer's comment on the report (提出者意见).
    async fn answer_comment(&self) -> Option<&str> {
        self.row.answer_comment.as_deref()
    }
}

/// A supervision label on a matter (督办).
#[derive(Clone, Debug)]
pub struct Supervision {
    /// The submission.
    pub sight: Sight,
    /// The label.
    pub row: supervision::Model,
}

/// A supervision label on a matter (督办).
#[Object]
impl Supervision {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// The submission (件).
    async fn submission(&self) -> Submission {
        Submission(self.sight.clone())
    }
    /// Label, e.g. 重点督办 (督办标签).
    async fn label(&self) -> &str {
        &self.row.label
    }
    /// Supervising leader (督办领导).
    async fn leader(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.row.leader_id).await
    }
    /// Why (理由).
    async fn reason(&self) -> &str {
        &self.row.reason
    }
    /// When (时间).
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }
}
