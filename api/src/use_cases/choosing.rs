//! What a person wants to hear by which channel.

use crate::access::own_account;
use crate::cx::Cx;
use crate::error::AppResult;
use crate::repo::preferences;
use domain::notices::{is_fixed, is_wanted};
use domain::refusal::Refusal;
use domain::vocabulary::{Channel, Topic};
use entity::channel_preference;

/// Turn a topic on or off in a channel.
#[derive(Clone, Copy, Debug)]
pub struct ChooseChannel {
    /// The channel.
    pub channel: Channel,
    /// The topic.
    pub topic: Topic,
    /// Whether it is wanted.
    pub enabled: bool,
}

/// What holds for a topic in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preference {
    /// The channel.
    pub channel: Channel,
    /// The topic.
    pub topic: Topic,
    /// Whether notices of the topic go by the channel.
    pub enabled: bool,
    /// Whether the person has no choice.
    pub fixed: bool,
}

/// What holds for the person in every channel and topic.
pub async fn preferences(cx: &Cx) -> AppResult<Vec<Preference>> {
    let person = cx.actor.user_id;
    let choices = preferences::of(cx.db().reader(), &[person]).await?;
    let pairs = Channel::ALL.iter().flat_map(|channel| Topic::ALL.iter().map(|topic| (*channel, *topic)));
    Ok(pairs
        .map(|(channel, topic)| Preference {
            channel,
            topic,
            enabled: is_wanted(channel, topic, choices.get(&(person, channel, topic)).copied()),
            fixed: is_fixed(channel, topic),
        })
        .collect())
}

/// Stores a choice, for all positions of the person.
///
/// # Errors
/// [`Refusal::FixedChoice`] for a legal notice and for the inbox, whichever way the choice goes.
pub async fn choose(cx: &Cx, cmd: ChooseChannel) -> AppResult<()> {
    if is_fixed(cmd.channel, cmd.topic) {
        let field = if cmd.topic == Topic::Legal { "topic" } else { "channel" };
        return Err(Refusal::FixedChoice.at(field).into());
    }
    let row = channel_preference::Model {
        person_id: cx.actor.user_id,
        channel: cmd.channel,
        topic: cmd.topic,
        enabled: cmd.enabled,
    };
    cx.db()
        .run(&row, |tx, row| Box::pin(async move { Ok(preferences::put(tx, &own_account(), row.clone()).await?) }))
        .await
}
