//! The trail of one submission, page by page, for those who may read it.

use crate::error::{AppError, AppResult};
use crate::repo::page::{Page, PageRequest, cursor, read_cursor};
use domain::ids::{EventId, OrganizationId, SubmissionId};
use domain::policy::Audience;
use domain::vocabulary::Role;
use entity::{event, position};
use sea_orm::sea_query::Condition;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::HashMap;

/// Which entries a reader may see.
#[derive(Clone, Debug)]
pub struct Readable {
    /// Audiences of which he is one, whatever agency is concerned.
    pub audiences: Vec<Audience>,
    /// Further audiences for entries of his own agency.
    pub own: Option<(OrganizationId, Vec<Audience>)>,
    /// Further audiences for entries by people who acted in this role.
    pub side: (Role, Vec<Audience>),
}

fn condition(readable: &Readable) -> Condition {
    let mut any = Condition::any().add(event::Column::Audience.is_in(readable.audiences.iter().copied()));
    if let Some((agency, audiences)) = &readable.own {
        any = any.add(
            Condition::all()
                .add(event::Column::AgencyId.eq(*agency))
                .add(event::Column::Audience.is_in(audiences.iter().copied())),
        );
    }
    let (role, audiences) = &readable.side;
    if !audiences.is_empty() {
        let positions = position::Entity::find()
            .select_only()
            .column(position::Column::Id)
            .filter(position::Column::Role.eq(*role))
            .into_query();
        any = any.add(
            Condition::all()
                .add(event::Column::PositionId.in_subquery(positions))
                .add(event::Column::Audience.is_in(audiences.iter().copied())),
        );
    }
    any
}

const TIMELINE: &str = "timeline";

/// A page of entries, oldest first.
pub async fn page(
    conn: &impl ConnectionTrait,
    submission: SubmissionId,
    readable: &Readable,
    request: &PageRequest,
) -> AppResult<Page<event::Model>> {
    use event::Column as E;
    let mut query = event::Entity::find()
        .filter(E::SubmissionId.eq(submission))
        .filter(condition(readable))
        .limit(request.size + 1);
    if let Some(from) = &request.from {
        let values = read_cursor(TIMELINE, from, 1)?;
        let id: EventId = values[0].parse().map_err(|_| AppError::BadInput(vec!["after".into()]))?;
        query = query.filter(if request.backward { E::Id.lt(id) } else { E::Id.gt(id) });
    }
    let rows = query.order_by(E::Id, if request.backward { Order::Desc } else { Order::Asc }).all(conn).await?;
    let rows = rows.into_iter().map(|row| (cursor(TIMELINE, &[&row.id.to_string()]), row)).collect();
    Ok(Page::cut(rows, request))
}

/// One entry.
pub async fn get(conn: &impl ConnectionTrait, id: EventId) -> Result<Option<event::Model>, DbErr> {
    event::Entity::find_by_id(id).one(conn).await
}

/// Entries by id.
pub async fn entries(conn: &impl ConnectionTrait, ids: &[EventId]) -> Result<HashMap<EventId, event::Model>, DbErr> {
    let rows = event::Entity::find().filter(event::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
