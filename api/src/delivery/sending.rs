//! The second half of a round: claims, sends, and notes what became of it.
//!
//! A claim is a lease. It is longer than an attempt may take, so that nobody else has the delivery while it
//! is being sent; when the worker dies it runs out. The attempt is counted with the claim, so that a message
//! that kills its worker each time is given up like any other.

use super::gateway::{Gateway, GatewayFault};
use super::message::{Prepared, prepare};
use super::{Channels, Delivered};
use crate::access::background_work;
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo::deliveries::{self, Settled};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::DeliveryId;
use domain::notices::{MOST_ATTEMPTS, pause_after};
use domain::vocabulary::{Channel, DeliveryStatus};
use entity::delivery;
use futures_util::{FutureExt, StreamExt, stream};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// The most deliveries that one round tries.
pub const MOST: u64 = 64;

/// How many are on their way at once: a slow receiver holds up no more than itself.
const AT_ONCE: usize = 4;

/// After this time a round begins no further attempt, so that other work gets its turn.
const ROUND: Duration = Duration::from_secs(30);

/// The longest an attempt may take, whatever the channel does.
const ATTEMPT: Duration = Duration::from_secs(30);

/// How long a claim lasts, in seconds: an attempt, and a minute for what is read and written around it.
pub const LEASE_SECONDS: i64 = 90;

/// Sends deliveries that are due, and counts what became of them.
pub async fn send_due(deps: &Deps, channels: &Channels, now: DateTime<Utc>, done: &mut Delivered) -> AppResult<()> {
    let open = channels.open();
    if open.is_empty() {
        return Ok(());
    }
    let due = deliveries::due(deps.db.reader(), &open, now, MOST).await?;
    done.more |= due.len() as u64 == MOST;
    let began = Instant::now();
    let open = open.as_slice();
    let mut attempts = stream::iter(due)
        .map(|id| async move {
            match began.elapsed() < ROUND {
                true => attempt(deps, channels, open, id).await,
                false => Ok(Outcome::Left),
            }
        })
        .buffer_unordered(AT_ONCE);
    // What is on its way is waited for even when another attempt failed: it may have been sent already.
    let mut failed = None;
    while let Some(outcome) = attempts.next().await {
        match outcome {
            Ok(Outcome::Sent) => done.sent += 1,
            Ok(Outcome::Skipped) => done.skipped += 1,
            Ok(Outcome::Postponed) => done.postponed += 1,
            Ok(Outcome::Dead) => done.dead += 1,
            Ok(Outcome::Taken) => {}
            Ok(Outcome::Left) => done.more = true,
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

/// What became of an attempt.
#[derive(Clone, Copy, Debug)]
enum Outcome {
    Sent,
    Skipped,
    Postponed,
    Dead,
    /// Another worker has it.
    Taken,
    /// There was no time for it.
    Left,
}

async fn attempt(deps: &Deps, channels: &Channels, open: &[Channel], id: DeliveryId) -> AppResult<Outcome> {
    // The round may have been going on for a while.
    let now = deps.clock.now();
    let Some(row) = claim(deps, open, id, now).await? else { return Ok(Outcome::Taken) };
    let attempts = u32::try_from(row.attempts).unwrap_or(u32::MAX);
    if attempts > MOST_ATTEMPTS {
        let text = "given up: the last attempt never ended".to_owned();
        return end(deps, &row, Outcome::Dead, failure(&row, DeliveryStatus::Dead, row.next_at, text)).await;
    }
    let gateway = channels.gateway(row.channel);
    let prepared = prepare(deps, channels, &row, now).await;
    // Where the database kept it waiting, the claim could run out while the message is on its way.
    let latest = TimeDelta::seconds(LEASE_SECONDS) - TimeDelta::from_std(ATTEMPT).unwrap_or_default();
    if deps.clock.now() - now > latest {
        return Ok(Outcome::Left);
    }
    let result = match (prepared, gateway) {
        (Ok(Prepared::Send(message)), Some(gateway)) => send(gateway.as_ref(), &message).await,
        (Ok(Prepared::Skip(reason)), _) => {
            let settled = failure(&row, DeliveryStatus::Skipped, row.next_at, reason.to_owned());
            return end(deps, &row, Outcome::Skipped, settled).await;
        }
        (Ok(Prepared::Send(_)), None) => Err(GatewayFault::passing("the channel is closed")),
        // One row that makes no sense stops itself alone; a database that fails stops the round.
        (Err(AppError::Database(error)), _) => return Err(error.into()),
        (Err(error), _) => {
            tracing::error!(delivery = %row.id, %error, "a message could not be written");
            Err(GatewayFault::passing("the message could not be written; see the log"))
        }
    };
    let ended = deps.clock.now();
    match result {
        Ok(()) => {
            let settled =
                Settled { status: DeliveryStatus::Sent, next_at: row.next_at, sent_at: Some(ended), last_error: None };
            end(deps, &row, Outcome::Sent, settled).await
        }
        Err(fault) => {
            let pause = if fault.permanent { None } else { pause_after(attempts) };
            match pause {
                Some(pause) => {
                    let settled = failure(&row, DeliveryStatus::Pending, ended + pause, fault.text);
                    end(deps, &row, Outcome::Postponed, settled).await
                }
                None => {
                    tracing::warn!(delivery = %row.id, channel = %row.channel, fault = %fault.text, "given up");
                    end(deps, &row, Outcome::Dead, failure(&row, DeliveryStatus::Dead, ended, fault.text)).await
                }
            }
        }
    }
}

async fn send(gateway: &dyn Gateway, message: &super::message::Message) -> Result<(), GatewayFault> {
    match timeout(ATTEMPT, AssertUnwindSafe(gateway.send(message)).catch_unwind()).await {
        Ok(Ok(result)) => result,
        // The log has the panic; the others in the queue have their turn.
        Ok(Err(_)) => Err(GatewayFault::passing("the channel panicked; see the log")),
        Err(_) => Err(GatewayFault::passing("the channel took too long")),
    }
}

fn failure(row: &delivery::Model, status: DeliveryStatus, next_at: DateTime<Utc>, text: String) -> Settled {
    Settled { status, next_at, sent_at: row.sent_at, last_error: Some(text) }
}

struct Claiming<'a> {
    open: &'a [Channel],
    id: DeliveryId,
    now: DateTime<Utc>,
}

async fn claim(
    deps: &Deps,
    open: &[Channel],
    id: DeliveryId,
    now: DateTime<Utc>,
) -> AppResult<Option<delivery::Model>> {
    deps.db
        .run(&Claiming { open, id, now }, |tx, wanted| {
            Box::pin(async move {
                let until = wanted.now + TimeDelta::seconds(LEASE_SECONDS);
                Ok(deliveries::claim(tx, &background_work(), wanted.id, wanted.open, wanted.now, until).await?)
            })
        })
        .await
}

/// Notes what became of an attempt, unless somebody else has the delivery by now.
async fn end(deps: &Deps, row: &delivery::Model, outcome: Outcome, settled: Settled) -> AppResult<Outcome> {
    let held = deps
        .db
        .run(&(row, settled), |tx, (row, settled)| {
            Box::pin(async move { Ok(deliveries::settle(tx, &background_work(), row, settled).await?) })
        })
        .await?;
    if !held {
        tracing::warn!(delivery = %row.id, "an attempt took longer than its claim; another worker may have sent it too");
    }
    Ok(if held { outcome } else { Outcome::Taken })
}
