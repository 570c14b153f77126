//! Output objects: views over rows that a reader may see. Entities are never GraphQL types.

pub mod appraisal;
pub mod assignment;
pub mod attachment;
pub mod board;
pub mod calendar;
pub mod cohort;
pub mod commitment;
pub mod consultation;
pub mod delivery;
pub mod directory;
pub mod duty;
pub mod feedback;
pub mod figures;
pub mod found;
pub mod groups;
pub mod ledger;
pub mod meeting;
pub mod morning;
pub mod node;
pub mod notification;
pub mod office;
pub mod office_record;
pub mod pairs;
pub mod public;
pub mod reply;
pub mod rules;
pub mod scoring;
pub mod submission;
pub mod supervision;
pub mod texts;
pub mod timeline;

use crate::access::Seen;
use crate::error::AppError;
use crate::graphql::context::{loaders, top};
use crate::graphql::error::GqlResult;
use async_graphql::Context;
use domain::ids::{OrganizationId, UserId};
use std::sync::Arc;

/// A submission as its reader may see it, shared by everything that hangs on it.
pub type Sight = Arc<Seen>;

/// A person named in a row.
pub async fn person(ctx: &Context<'_>, id: UserId) -> GqlResult<directory::User> {
    let found = top(ctx, loaders(ctx)?.person(id).await)?;
    top(ctx, found.map(directory::User).ok_or_else(|| AppError::Internal(format!("{id} is missing"))))
}

/// A person named in a row, if one is.
pub async fn some_person(ctx: &Context<'_>, id: Option<UserId>) -> GqlResult<Option<directory::User>> {
    match id {
        Some(id) => person(ctx, id).await.map(Some),
        None => Ok(None),
    }
}

/// An organisation named in a row.
pub async fn organization(ctx: &Context<'_>, id: OrganizationId) -> GqlResult<directory::Organization> {
    let found = top(ctx, loaders(ctx)?.organization(id).await)?;
    top(ctx, found.map(directory::Organization).ok_or_else(|| AppError::Internal(format!("{id} is missing"))))
}
