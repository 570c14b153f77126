//! What people want to hear by which channel.

use crate::access::Permit;
use domain::ids::UserId;
use domain::vocabulary::{Channel, Topic};
use entity::channel_preference;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::HashMap;

/// What a person has said about a topic in a channel.
pub type Choices = HashMap<(UserId, Channel, Topic), bool>;

/// The choices of these people; about what they said nothing there is no entry.
pub async fn of(conn: &impl ConnectionTrait, people: &[UserId]) -> Result<Choices, DbErr> {
    let rows = channel_preference::Entity::find()
        .filter(channel_preference::Column::PersonId.is_in(people.iter().copied()))
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| ((row.person_id, row.channel, row.topic), row.enabled)).collect())
}

/// Stores a choice in place of the one before.
pub async fn put(tx: &impl ConnectionTrait, _permit: &Permit, choice: channel_preference::Model) -> Result<(), DbErr> {
    use channel_preference::Column as C;
    channel_preference::Entity::insert(choice.into_active_model().reset_all())
        .on_conflict(OnConflict::columns([C::PersonId, C::Channel, C::Topic]).update_column(C::Enabled).to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
