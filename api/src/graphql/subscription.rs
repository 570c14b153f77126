//! Subscriptions: what changed is loaded afresh, with the reader's rights at that moment.

use crate::access;
use crate::bus::Change;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::graphql::context::{cx, loaders, parse, top};
use crate::graphql::error::{GqlError, GqlResult};
use crate::graphql::types::board::SupervisionBoard;
use crate::graphql::types::consultation::Consultation;
use crate::graphql::types::notification::Notification;
use crate::graphql::types::submission::Submission;
use crate::repo::{consultations, matter, notifications, submissions};
use crate::use_cases::{account, board};
use async_graphql::{Context, ID, Subscription as Subscriptions};
use domain::ids::{ConsultationId, RegionId, SubmissionId};
use futures_util::{Stream, stream};
use std::sync::Arc;
use std::time::{Duration, Instant};
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

async fn see_question(cx: &Cx, id: ConsultationId) -> AppResult<Consultation> {
    if !account::still_valid(cx).await {
        return Err(AppError::Unauthenticated);
    }
    let found = consultations::by_ids(cx.db().reader(), &[id]).await?.remove(&id);
    access::see_consultation(&cx.actor, found.ok_or(AppError::NotFound)?).map(Consultation)
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

/// How long a reader of the board is left in peace between two boards.
const PAUSE: Duration = Duration::from_secs(1);

async fn board_of(cx: &Cx, region: RegionId) -> AppResult<SupervisionBoard> {
    if !account::still_valid(cx).await {
        return Err(AppError::Unauthenticated);
    }
    Ok(SupervisionBoard { region, as_of: cx.now(), board: board::board(cx, region).await? })
}

/// The board after the next change in the region; the changes that come while its reader is left in peace are in it.
async fn next_board(
    cx: &Cx,
    region: RegionId,
    changes: &mut Receiver<Change>,
    last: Option<Instant>,
) -> Option<AppResult<SupervisionBoard>> {
    loop {
        let submission = |change| match change {
            Change::Submission(id) => Some(Some(id)),
            Change::Notification(..) | Change::Consultation(_) => None,
        };
        // Whoever fell behind counts again, whatever it was that he missed.
        match next(changes, submission, Some(None)).await? {
            None => break,
            Some(id) => match submissions::region_of(cx.db().reader(), id).await {
                Ok(found) if found == Some(region) => break,
                Ok(_) => {}
                Err(error) => return Some(Err(error.into())),
            },
        }
    }
    if let Some(last) = last {
        tokio::time::sleep_until((last + PAUSE).into()).await;
    }
    // What was told up to here is counted below; what is told from here on comes with the next board.
    *changes = changes.resubscribe();
    Some(board_of(&at_present(cx), region).await)
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

    /// Every change of one question at the consultation desk, its answers among them; rights are checked at each event
    /// (现场咨询变动).
    async fn consultation_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of the question (标识).")] id: ID,
    ) -> Result<impl Stream<Item = GqlResult<Consultation>>, GqlError> {
        loaders(ctx)?.keep_nothing();
        let cx = cx(ctx)?.clone();
        let id: ConsultationId = top(ctx, parse(&id, "id"))?;
        // Listens before the first look, so that nothing is missed in between.
        let changes = cx.deps().bus.listen();
        top(ctx, see_question(&cx, id).await)?;
        Ok(stream::unfold(Some((cx, changes)), move |state| async move {
            let (cx, mut changes) = state?;
            let wanted = |change| (change == Change::Consultation(id)).then_some(());
            next(&mut changes, wanted, Some(())).await?;
            match see_question(&at_present(&cx), id).await {
                Ok(question) => Some((Ok(question), Some((cx, changes)))),
                Err(error) => Some((Err(ended(&cx, error)), None)),
            }
        }))
    }

    /// The board of supervision again whenever something in the region changed: at most one a second, and always one
    /// after the last change; rights are checked at each (督办看板变动).
    async fn supervision_board_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reader's own region (行政区).")] region_id: ID,
    ) -> Result<impl Stream<Item = GqlResult<SupervisionBoard>>, GqlError> {
        let cx = cx(ctx)?.clone();
        let region: RegionId = top(ctx, parse(&region_id, "regionId"))?;
        let changes = cx.deps().bus.listen();
        // Who has no board, or asks about another region, hears so at once.
        top(ctx, board_of(&cx, region).await)?;
        Ok(stream::unfold(Some((cx, changes, None)), move |state| async move {
            let (cx, mut changes, last) = state?;
            match next_board(&cx, region, &mut changes, last).await {
                Some(Ok(board)) => Some((Ok(board), Some((cx, changes, Some(Instant::now()))))),
                Some(Err(error)) => Some((Err(ended(&cx, error)), None)),
                None => None,
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
