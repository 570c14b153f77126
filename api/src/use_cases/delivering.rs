//! The administrator's list of deliveries, and another try for one that was given up.
//!
//! He learns that something could not be delivered to whom, and why; never what it was about.

use crate::access::authorize_at_large;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::office_trail::OfficeEntry;
use crate::repo::page::{Page, PageRequest};
use crate::repo::trail::Author;
use crate::repo::{deliveries, office_trail};
use domain::ids::DeliveryId;
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::vocabulary::{DeliveryStatus, OfficeHappening};
use entity::delivery;

/// A page of the deliveries in the actor's region, newest first.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody but an administrator.
pub async fn page(
    cx: &Cx,
    statuses: Option<&[DeliveryStatus]>,
    request: &PageRequest,
) -> AppResult<Page<delivery::Model>> {
    authorize_at_large(&cx.actor, Action::ReadDeliveries)?;
    deliveries::page(cx.db().reader(), cx.actor.region_id, statuses, request).await
}

/// How many deliveries there are in the actor's region.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody but an administrator.
pub async fn count(cx: &Cx, statuses: Option<&[DeliveryStatus]>) -> AppResult<u64> {
    authorize_at_large(&cx.actor, Action::ReadDeliveries)?;
    Ok(deliveries::count(cx.db().reader(), cx.actor.region_id, statuses).await?)
}

/// One delivery of the actor's region, if he may know of it.
pub async fn find(cx: &Cx, id: DeliveryId) -> AppResult<Option<delivery::Model>> {
    match authorize_at_large(&cx.actor, Action::ReadDeliveries) {
        Ok(_) => Ok(deliveries::get(cx.db().reader(), cx.actor.region_id, id).await?),
        Err(AppError::Forbidden) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Gives a delivery that was given up another row of attempts, under the same id.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody but an administrator, [`AppError::NotFound`] for a delivery of
/// another region, [`Refusal::NotGivenUp`] for one that waits or was sent.
pub async fn retry(cx: &Cx, id: DeliveryId) -> AppResult<DeliveryId> {
    cx.db()
        .run(&(cx, id), |tx, (cx, id)| {
            Box::pin(async move {
                let permit = authorize_at_large(&cx.actor, Action::RetryDelivery)?;
                let row = deliveries::get(tx, cx.actor.region_id, *id).await?.ok_or(AppError::NotFound)?;
                if !deliveries::revive(tx, &permit, row.id, cx.now()).await? {
                    return Err(Refusal::NotGivenUp.into());
                }
                let entry = OfficeEntry {
                    happening: OfficeHappening::DeliveryRetried,
                    subject: row.id.to_string(),
                    detail: None,
                };
                office_trail::write(tx, &Author::person(cx), &permit, cx.actor.region_id, entry).await?;
                Ok(row.id)
            })
        })
        .await
}
