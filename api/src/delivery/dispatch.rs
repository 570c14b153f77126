//! The first half of a round: which channels a notification goes by.

use super::{Channels, Delivered};
use crate::access::background_work;
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::preferences::{self, Choices};
use crate::repo::{deliveries, directory};
use crate::use_cases::account::is_held;
use chrono::{DateTime, TimeDelta, Utc};
use domain::event::Happening;
use domain::ids::{PositionId, UserId};
use domain::notices::is_wanted;
use domain::rules::legal_day::legal_day;
use domain::vocabulary::{Channel, DeliveryStatus, Topic};
use entity::{delivery, notification, person};
use sea_orm::DatabaseTransaction;
use std::collections::HashMap;

/// The most notifications that one round hands over.
pub const MOST: u64 = 200;

/// The most that one round passes over where there is no channel; it is a single statement.
const MOST_PASSED_OVER: u64 = 5_000;

/// After so many days nobody is told any more of what he can read in his inbox: a channel that is set up
/// late, or a server that was off for long, begins with what is new.
const STALE_DAYS: i64 = 3;

/// What a notification is about. One without a happening of the trail is the morning list.
pub fn topic(notice: &notification::Model) -> Topic {
    match Happening::from_code(&notice.happening) {
        Some(happening) => happening.topic(),
        None => Topic::Digest,
    }
}

/// The address of a person in a channel, if there is one.
pub fn address(person: &person::Model, channel: Channel) -> Option<&str> {
    match channel {
        Channel::Inbox => None,
        Channel::Email => person.email.as_deref(),
        Channel::Webhook => person.mobile.as_deref(),
    }
}

/// Hands over the oldest notifications that were not handed over yet.
pub async fn hand_over(deps: &Deps, channels: &Channels, now: DateTime<Utc>) -> AppResult<Delivered> {
    // A look costs no writer; most rounds find nothing.
    if !deliveries::any_waiting(deps.db.reader()).await? {
        return Ok(Delivered::default());
    }
    let open = channels.open();
    let given = Given { deps, open: &open, now };
    let (limit, (dispatched, written)) = if open.is_empty() {
        (MOST_PASSED_OVER, deps.db.run(&given, |tx, given| Box::pin(pass_over(tx, given))).await?)
    } else {
        (MOST, deps.db.run(&given, |tx, given| Box::pin(take(tx, given))).await?)
    };
    Ok(Delivered { dispatched, written, more: dispatched == limit, ..Delivered::default() })
}

struct Given<'a> {
    deps: &'a Deps,
    open: &'a [Channel],
    now: DateTime<Utc>,
}

async fn pass_over(tx: &DatabaseTransaction, given: &Given<'_>) -> AppResult<(u64, u64)> {
    Ok((deliveries::pass_over(tx, &background_work(), MOST_PASSED_OVER, given.now).await?, 0))
}

async fn take(tx: &DatabaseTransaction, given: &Given<'_>) -> AppResult<(u64, u64)> {
    let permit = background_work();
    let taken = deliveries::take(tx, &permit, MOST, given.now).await?;
    let dispatched = taken.len() as u64;
    let fresh: Vec<notification::Model> =
        taken.into_iter().filter(|notice| given.now - notice.at <= TimeDelta::days(STALE_DAYS)).collect();
    let audience = Audience::of(tx, &fresh, given.now).await?;
    let mut rows = Vec::new();
    for notice in &fresh {
        let Some(person) = audience.person(notice.position_id) else { continue };
        for channel in given.open.iter().copied() {
            if address(person, channel).is_some() && audience.wants(person.id, channel, topic(notice)) {
                rows.push(delivery::Model {
                    id: given.deps.ids.make(given.now),
                    notification_id: notice.id,
                    person_id: person.id,
                    channel,
                    status: DeliveryStatus::Pending,
                    attempts: 0,
                    next_at: given.now,
                    claimed_until: None,
                    created_at: given.now,
                    sent_at: None,
                    last_error: None,
                });
            }
        }
    }
    let written = rows.len() as u64;
    deliveries::insert(tx, &permit, rows).await?;
    Ok((dispatched, written))
}

/// The people behind the positions of some notifications: those who still hold them.
struct Audience {
    people: HashMap<PositionId, person::Model>,
    choices: Choices,
}

impl Audience {
    async fn of(tx: &DatabaseTransaction, notices: &[notification::Model], now: DateTime<Utc>) -> AppResult<Self> {
        let today = legal_day(now);
        let ids: Vec<PositionId> = notices.iter().map(|notice| notice.position_id).collect();
        let positions = directory::positions(tx, &ids).await?;
        let held: Vec<_> = positions.into_values().filter(|position| is_held(position, today)).collect();
        let ids: Vec<UserId> = held.iter().map(|position| position.person_id).collect();
        let people = directory::people(tx, &ids).await?;
        let choices = preferences::of(tx, &ids).await?;
        let of_position = |position: &entity::position::Model| {
            let person = people.get(&position.person_id).filter(|person| person.disabled_at.is_none())?;
            Some((position.id, person.clone()))
        };
        Ok(Self { people: held.iter().filter_map(of_position).collect(), choices })
    }

    fn person(&self, position: PositionId) -> Option<&person::Model> {
        self.people.get(&position)
    }

    fn wants(&self, person: UserId, channel: Channel, topic: Topic) -> bool {
        is_wanted(channel, topic, self.choices.get(&(person, channel, topic)).copied())
    }
}
