//! Reading one's inbox.

use crate::access::own_account;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::notifications;
use domain::ids::NotificationId;

/// Marks notifications of the present position as read; gives how many were unread.
///
/// Ids of other positions' notifications mark nothing and are told apart from unknown ones nowhere.
pub async fn mark_read(cx: &Cx, ids: &[NotificationId]) -> AppResult<u64> {
    cx.db()
        .run(&(cx, ids), |tx, (cx, ids)| {
            Box::pin(async move {
                let position = cx.actor.position_id;
                Ok(notifications::mark_read(tx, &own_account(), position, ids, cx.now()).await?)
            })
        })
        .await
}
