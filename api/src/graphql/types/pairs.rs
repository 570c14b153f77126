//! Pairs of matters that were compared.

use super::directory::User;
use super::person;
use crate::graphql::error::GqlResult;
use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use entity::distinct_pair;

/// The decision that two matters are no duplicates (不重复认定).
#[derive(Clone, Debug)]
pub struct NotDuplicate(pub distinct_pair::Model);

/// The decision that two matters are no duplicates (不重复认定).
#[Object]
impl NotDuplicate {
    /// Who decided (认定人).
    async fn decided_by(&self, ctx: &Context<'_>) -> GqlResult<User> {
        person(ctx, self.0.decided_by).await
    }
    /// When (认定时间).
    async fn decided_at(&self) -> DateTime<Utc> {
        self.0.decided_at
    }
    /// Why (理由).
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}
