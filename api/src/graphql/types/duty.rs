//! The duty catalogue.

use super::directory::{IntoId, Organization, User};
use super::{organization, some_person};
use crate::graphql::connection::connection;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use entity::duty_clause;

/// A clause of the duty catalogue: something that an agency answers for, from a day to a day; its words never change, and
/// it is never deleted (职责条目).
#[derive(Clone, Debug)]
pub struct DutyClause(pub duty_clause::Model);

connection!(
    /// A page of clauses of the duty catalogue (职责条目分页).
    DutyClauseConnection, DutyClauseEdge, DutyClause
);

/// A clause of the duty catalogue: something that an agency answers for, from a day to a day; its words never change, and
/// it is never deleted (职责条目).
#[Object]
impl DutyClause {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Version, for changes (版本号).
    async fn version(&self) -> i32 {
        self.0.version
    }
    /// The agency that answers for it (承办单位).
    async fn agency(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        organization(ctx, self.0.agency_id).await
    }
    /// The words (职责内容).
    async fn text(&self) -> &str {
        &self.0.text
    }
    /// On what it rests, e.g. the mandate document of functions, internal bodies and staffing (依据,如三定方案).
    async fn legal_basis(&self) -> Option<&str> {
        self.0.legal_basis.as_deref()
    }
    /// First day in force; null when it held before the catalogue was kept (生效日期).
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }
    /// Last day in force; null while no end is known (终止日期).
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }
    /// Whether it is in force today (是否现行有效).
    async fn in_force(&self, ctx: &Context<'_>) -> GqlResult<bool> {
        Ok(self.0.term().holds_on(cx(ctx)?.today()))
    }
    /// The clause in whose place it stands (所替代的条目).
    async fn replaces(&self, ctx: &Context<'_>) -> GqlResult<Option<DutyClause>> {
        match self.0.replaces_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.duty_clause(id).await)?.map(DutyClause)),
            None => Ok(None),
        }
    }
    /// When it was written into the catalogue (登记时间).
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
    /// Who wrote it; null when it came with the roster (登记人).
    async fn recorded_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.0.recorded_by).await
    }
    /// When its end was written (终止登记时间).
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }
    /// Who ended it; null when a roster did, or nobody (终止登记人).
    async fn ended_by(&self, ctx: &Context<'_>) -> GqlResult<Option<User>> {
        some_person(ctx, self.0.ended_by).await
    }
}
