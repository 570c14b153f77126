//! What a delivery says and to whom: made at the moment of sending, from the rights of that moment.

use super::Channels;
use super::dispatch::{address, topic};
use crate::access;
use crate::cx::Deps;
use crate::error::{AppError, AppResult};
use crate::repo::{appraisals, consultations, directory, matter, notifications, preferences};
use crate::use_cases::account::holder;
use crate::use_cases::appraising;
use chrono::{DateTime, Utc};
use domain::event::Happening;
use domain::ids::DeliveryId;
use domain::notices::{MatterName, is_wanted, notice};
use entity::{delivery, submission};

/// A message for a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The same at each attempt, so that the receiver can drop a double.
    pub id: DeliveryId,
    /// What happened, as in the trail.
    pub kind: String,
    /// The name of the recipient.
    pub name: String,
    /// His address in this channel.
    pub address: String,
    /// One line.
    pub subject: String,
    /// Chinese first, then English.
    pub text: String,
    /// When it happened.
    pub happened_at: DateTime<Utc>,
    /// When it is sent.
    pub sent_at: DateTime<Utc>,
    /// Where to sign in.
    pub url: Option<String>,
}

/// What is to be done with a delivery.
#[derive(Debug)]
pub enum Prepared {
    /// Send this.
    Send(Box<Message>),
    /// Send nothing, for this reason in English.
    Skip(&'static str),
}

/// Writes the message of a delivery, if its recipient may still have it.
pub async fn prepare(
    deps: &Deps,
    channels: &Channels,
    row: &delivery::Model,
    now: DateTime<Utc>,
) -> AppResult<Prepared> {
    let conn = deps.db.reader();
    let Some(told) = notifications::by_id(conn, row.notification_id).await? else {
        return Ok(Prepared::Skip("the notification is gone"));
    };
    let positions = directory::positions(conn, &[told.position_id]).await?;
    let position = positions.get(&told.position_id).ok_or_else(|| missing(told.position_id))?;
    let bodies = directory::organizations(conn, &[position.organization_id]).await?;
    let body = bodies.get(&position.organization_id).ok_or_else(|| missing(position.organization_id))?;
    let mut people = directory::people(conn, &[position.person_id]).await?;
    let person = people.remove(&position.person_id).ok_or_else(|| missing(position.person_id))?;
    let Some(actor) = holder(&person, position, body, now) else {
        return Ok(Prepared::Skip("the account is closed or the position is not held any more"));
    };
    let choices = preferences::of(conn, &[person.id]).await?;
    let topic = topic(&told);
    if !is_wanted(row.channel, topic, choices.get(&(person.id, row.channel, topic)).copied()) {
        return Ok(Prepared::Skip("not wanted any more"));
    }
    let Some(address) = address(&person, row.channel) else {
        return Ok(Prepared::Skip("there is no address any more"));
    };
    let seen = match told.submission_id {
        Some(id) => match access::see_as(deps, &actor, conn, matter::load(conn, id, false).await?).await {
            Ok(seen) => Some(seen),
            Err(AppError::NotFound) => return Ok(Prepared::Skip("the matter may not be seen any more")),
            Err(other) => return Err(other),
        },
        None => None,
    };
    if let Some(id) = told.consultation_id {
        let asked = consultations::by_ids(conn, &[id]).await?.remove(&id);
        if asked.is_none_or(|row| access::see_consultation(&actor, row).is_err()) {
            return Ok(Prepared::Skip("the question may not be seen any more"));
        }
    }
    if let Some(id) = told.appraisal_id {
        let row = appraisals::get(conn, id, false).await?;
        if row.is_none_or(|row| !appraising::is_open_to(&actor, &row)) {
            return Ok(Prepared::Skip("the appraisal may not be seen any more"));
        }
    }
    let name = seen.as_ref().map(|seen| name(&seen.matter.row));
    let written = notice(Happening::from_code(&told.happening), name, channels.public_url.as_deref());
    Ok(Prepared::Send(Box::new(Message {
        id: row.id,
        kind: told.happening,
        address: address.to_owned(),
        name: person.name,
        subject: written.subject,
        text: written.text,
        happened_at: told.at,
        sent_at: now,
        url: channels.public_url.clone(),
    })))
}

fn name(row: &submission::Model) -> MatterName<'_> {
    MatterName {
        title: &row.title,
        confidentiality: row.confidentiality,
        kind: row.kind,
        number: row.handling_year.zip(row.case_no),
    }
}

fn missing(id: impl std::fmt::Display) -> AppError {
    AppError::Internal(format!("{id} is missing"))
}
