//! The trail of what administrators and offices change outside matters.

use super::directory::{IntoId, Position, User};
use crate::graphql::connection::connection;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use domain::vocabulary::OfficeHappening;
use entity::office_event;

/// Something that was changed outside matters, e.g. the rules; it can never be altered (管理轨迹条目).
#[derive(Clone, Debug)]
pub struct OfficeEvent(pub office_event::Model);

connection!(
    /// A page of the trail of administrators and offices (管理轨迹分页).
    OfficeEventConnection, OfficeEventEdge, OfficeEvent
);

/// Something that was changed outside matters, e.g. the rules; it can never be altered (管理轨迹条目).
#[Object]
impl OfficeEvent {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// When (时间).
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
    /// Who; null for a command of the operator (操作人).
    async fn actor(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        super::some_person(ctx, self.0.actor_id).await
    }
    /// In which position he acted (操作身份).
    async fn acting_as(&self, ctx: &Context<'_>) -> GqlResult<Option<Position>> {
        match self.0.position_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.position(id).await)?.map(Position)),
            None => Ok(None),
        }
    }
    /// Stable code of what happened, e.g. RULES_CHANGED (事件代码).
    async fn action(&self) -> &str {
        &self.0.happening
    }
    /// What happened in one sentence, with the reason (事件说明).
    async fn summary(&self, ctx: &Context<'_>) -> GqlResult<String> {
        let language = cx(ctx)?.language();
        let label = OfficeHappening::from_code(&self.0.happening).map_or("", |happening| happening.label(language));
        Ok(match &self.0.detail {
            Some(detail) => language.pick(format!("{label}:{detail}"), format!("{label}: {detail}")),
            None => label.to_owned(),
        })
    }
    /// Id or name of what changed (对象).
    async fn subject(&self) -> &str {
        &self.0.subject
    }
    /// Whether it was written under a rehearsal clock (是否演练).
    async fn rehearsal(&self) -> bool {
        self.0.rehearsal
    }
}
