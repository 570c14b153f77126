//! What leaders and offices do to keep a matter moving, and which of its steps are late.

use super::directory::{IntoId, Position, User};
use super::submission::Submission;
use super::{Sight, person};
use crate::error::AppError;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use domain::rules::clock;
use domain::vocabulary::{HandlingStage, LagBasis, WarningLevel};
use entity::{assignment, instruction, urging};

/// A leader's instruction on a matter, internal for ever (批示).
#[derive(Clone, Debug)]
pub struct Instruction {
    /// The submission.
    pub sight: Sight,
    /// The instruction.
    pub row: instruction::Model,
}

/// A leader's instruction on a matter, internal for ever (批示).
#[Object]
impl Instruction {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.row.id.into_id()
    }
    /// The submission (件).
    async fn submission(&self) -> Submission {
        Submission(self.sight.clone())
    }
    /// What the leader wrote (批示内容).
    async fn text(&self) -> &str {
        &self.row.text
    }
    /// Who gave it (批示领导).
    async fn by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.row.by_id).await
    }
    /// In which position he gave it (批示身份).
    async fn acting_as(&self, ctx: &Context<'_>) -> GqlResult<Position> {
        let row = top(ctx, loaders(ctx)?.position(self.row.position_id).await)?;
        top(ctx, row.map(Position).ok_or_else(|| AppError::Internal("an instruction without its position".into())))
    }
    /// When (批示时间).
    async fn at(&self) -> DateTime<Utc> {
        self.row.at
    }
}

/// One urging of an agency (催办).
#[derive(Clone, Debug)]
pub struct Urging(pub urging::Model);

/// One urging of an agency (催办).
#[Object]
impl Urging {
    /// What the agency was told (催办内容).
    async fn message(&self) -> &str {
        &self.0.message
    }
    /// Who urged (催办人).
    async fn by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.by_id).await
    }
    /// When (催办时间).
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
}

/// A step of handling that is missing though its time is over (环节滞后).
#[derive(Clone, Debug)]
pub struct StageLag {
    /// The assignment.
    pub assignment: assignment::Model,
    /// What is late.
    pub lag: clock::StageLag,
}

/// A step of handling that is missing though its time is over (环节滞后).
#[Object]
impl StageLag {
    /// The step (环节).
    async fn stage(&self) -> HandlingStage {
        self.lag.stage
    }
    /// The day by which it should have been done (应完成日).
    async fn due_on(&self) -> Date {
        Date(self.lag.due_on)
    }
    /// Since when it is missing: the day after (滞后起始日).
    async fn since(&self) -> Date {
        Date(self.lag.since)
    }
    /// Working days since then, in the region's calendar (滞后工作日数).
    async fn working_days(&self) -> i32 {
        i32::try_from(self.lag.working_days).unwrap_or(i32::MAX)
    }
    /// Yellow, or red when it is missing for longer than its milestone allows (红黄灯).
    async fn level(&self) -> WarningLevel {
        self.lag.level
    }
    /// By what it is late: the milestone of the rules, or the region's own past pace while that has not passed
    /// (滞后依据).
    async fn basis(&self) -> LagBasis {
        self.lag.basis
    }
    /// Who has to do it: the handler, or the liaisons of the agency before there is one (责任人).
    async fn responsible(&self, ctx: &Context<'_>) -> GqlResult<Vec<User>> {
        let loaders = loaders(ctx)?;
        let people = match self.assignment.handler_id {
            Some(handler) => vec![handler],
            None => top(ctx, loaders.liaisons(self.assignment.agency_id).await)?,
        };
        futures_util::future::try_join_all(people.into_iter().map(|id| person(ctx, id))).await
    }
}
