//! Subscriptions: what changed is loaded afresh, with the reader's rights at that moment.

use crate::access;
use crate::bus::Change;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::graphql::context::{cx, loaders, parse, top};
use crate::graphql::error::{GqlError, GqlResult};
use crate::graphql::types::notification::Notification;
use crate::graphql::types::submission::Submission;
use crate::repo::{matter, notifications};
use crate::use_cases::account;
use async_graphql::{Context, ID, Subscription as Subscriptions};
use domain::ids::SubmissionId;
use futures_util::{Stream, stream};
use std::sync::Arc;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// Everything that can be followed live (订阅).
#[derive(Clone, Copy, Debug)]
pub struct Subscription;

/// A person's session while a subscription is open; the clock goes on.
fn at_present(cx: &Cx) -> Cx {
    let mut present = cx.clone();
    present.caller.now = cx.deps().clock.now();
    present
}

async fn see(cx: &Cx, id: SubmissionId) -> AppResult<Submission> {
    if !account::still_valid(cx).await {
        return Err(AppError::Unauthenticated);
    }
    let conn = cx.db().reader();
    let found = matter::load(conn, id, false).await?;
    Ok(Submission(Arc::new(access::see(cx, conn, found).await?)))
}

/// The next change that matters; a reader who fell behind loads once more.
async fn next<T>(changes: &mut Receiver<Change>, wanted: impl Fn(Change) -> Option<T>, behind: Option<T>) -> Option<T> {
    loop {
        match changes.recv().await {
            Ok(change) => {
                if let Some(found) = wanted(change) {
                    return Some(found);
                }
            }
            Err(RecvError::Lagged(_)) => match behind {
                Some(found) => return Some(found),
                None => continue,
            },
            Err(RecvError::Closed) => return None,
        }
    }
}

/// Everything that can be followed live (订阅).
#[Subscriptions]
impl Subscription {
    /// Every change of one submission that the reader may see; rights are checked at each event (件变动).
    async fn submission_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the submission (标识).")] id: ID,
    ) -> Result<impl Stream<Item = GqlResult<Submission>>, GqlError> {
        loaders(ctx)?.keep_nothing();
        let cx = cx(ctx)?.clone();
        let id: SubmissionId = top(ctx, parse(&id, "id"))?;
        // Listens before the first look, so that nothing is missed in between.
        let changes = cx.deps().bus.listen();
        top(ctx, see(&cx, id).await)?;
        Ok(stream::unfold(Some((cx, changes)), move |state| async move {
            let (cx, mut changes) = state?;
            let wanted = |change| (change == Change::Submission(id)).then_some(());
            next(&mut changes, wanted, Some(())).await?;
            let present = at_present(&cx);
            match see(&present, id).await {
                Ok(submission) => Some((Ok(submission), Some((cx, changes)))),
                // Whoever lost the right hears so once, and nothing more.
                Err(error) => Some((Err(ended(&cx, error)), None)),
            }
        }))
    }

    /// Every new notification of the position in which the reader acts (新通知).
    async fn notification_received(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = GqlResult<Notification>>, GqlError> {
        loaders(ctx)?.keep_nothing();
        let cx = cx(ctx)?.clone();
        let changes = cx.deps().bus.listen();
        Ok(stream::unfold(Some((cx, changes)), |state| async move {
            let (cx, mut changes) = state?;
            let own = cx.actor.position_id;
            loop {
                let wanted = |change| match change {
                    Change::Notification(position, id) if position == own => Some(id),
                    _ => None,
                };
                let id = next(&mut changes, wanted, None).await?;
                if !account::still_valid(&at_present(&cx)).await {
                    return Some((Err(ended(&cx, AppError::Unauthenticated)), None));
                }
                match notifications::get(cx.db().reader(), own, id).await {
                    Ok(Some(row)) => return Some((Ok(Notification(row)), Some((cx, changes)))),
                    // Gone again, with the draft that it was about.
                    Ok(None) => {}
                    Err(error) => return Some((Err(ended(&cx, error.into())), None)),
                }
            }
        }))
    }
}

fn ended(cx: &Cx, error: AppError) -> GqlError {
    GqlError::from_app(error, cx.language(), &cx.caller.request_id)
}
