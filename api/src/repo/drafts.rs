//! What a draft must refer to, and deleting it.

use crate::access::Permit;
use crate::error::{AppError, AppResult};
use crate::repo::{attachments, search};
use chrono::NaiveDate;
use domain::ids::{CategoryId, NotificationId, OrganizationId, RegionId, SessionId, SubmissionId};
use domain::vocabulary::{Institution, OrganizationKind, RegionLevel};
use entity::{category, cosignature, delivery, idempotency, notification, organization, region, session, submission};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// The session with this id, if it is of this body in this region.
pub async fn session(
    conn: &impl ConnectionTrait,
    id: SessionId,
    region: RegionId,
    institution: Institution,
) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id(id)
        .filter(session::Column::RegionId.eq(region))
        .filter(session::Column::Institution.eq(institution))
        .one(conn)
        .await
}

/// The session to which a matter written today belongs: the latest that has opened, or the next to open.
pub async fn present_session(
    conn: &impl ConnectionTrait,
    region: RegionId,
    institution: Institution,
    today: NaiveDate,
) -> Result<Option<session::Model>, DbErr> {
    let of_body = || {
        session::Entity::find()
            .filter(session::Column::RegionId.eq(region))
            .filter(session::Column::Institution.eq(institution))
    };
    let opened =
        of_body().filter(session::Column::OpensOn.lte(today)).order_by_desc(session::Column::OpensOn).one(conn).await?;
    match opened {
        Some(session) => Ok(Some(session)),
        None => of_body().order_by_asc(session::Column::OpensOn).one(conn).await,
    }
}

/// The level of a region.
pub async fn level(conn: &impl ConnectionTrait, id: RegionId) -> AppResult<RegionLevel> {
    let row = region::Entity::find_by_id(id).one(conn).await?;
    row.map(|row| row.level).ok_or_else(|| AppError::Internal(format!("{id} is missing")))
}

/// Whether this is an agency of the region.
pub async fn is_agency(conn: &impl ConnectionTrait, id: OrganizationId, region: RegionId) -> Result<bool, DbErr> {
    let count = organization::Entity::find_by_id(id)
        .filter(organization::Column::RegionId.eq(region))
        .filter(organization::Column::Kind.eq(OrganizationKind::Agency))
        .count(conn)
        .await?;
    Ok(count == 1)
}

/// Whether this is a category of the region.
pub async fn is_category(conn: &impl ConnectionTrait, id: CategoryId, region: RegionId) -> Result<bool, DbErr> {
    let count = category::Entity::find_by_id(id).filter(category::Column::RegionId.eq(region)).count(conn).await?;
    Ok(count == 1)
}

/// Deletes a draft with its invitations, its files and the notifications about it, sent or not.
pub async fn delete(tx: &impl ConnectionTrait, permit: &Permit, id: SubmissionId) -> Result<(), DbErr> {
    cosignature::Entity::delete_many().filter(cosignature::Column::SubmissionId.eq(id)).exec(tx).await?;
    let about = notification::Entity::find().filter(notification::Column::SubmissionId.eq(id));
    // Locked, so that no worker hands one to a channel between the two deletions.
    let notices: Vec<NotificationId> = about.lock_exclusive().all(tx).await?.into_iter().map(|row| row.id).collect();
    delivery::Entity::delete_many().filter(delivery::Column::NotificationId.is_in(notices)).exec(tx).await?;
    notification::Entity::delete_many().filter(notification::Column::SubmissionId.eq(id)).exec(tx).await?;
    idempotency::Entity::delete_many().filter(idempotency::Column::Subject.eq(id.to_string())).exec(tx).await?;
    attachments::remove_of(tx, permit, id).await?;
    search::remove_matter(tx, permit, id).await?;
    submission::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
