//! What leaders and offices do to keep a matter moving: instructions, urgings.

use super::directory::{IntoId, Position, User};
use super::submission::Submission;
use super::{Sight, person};
use crate::error::AppError;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use entity::{instruction, urging};

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
