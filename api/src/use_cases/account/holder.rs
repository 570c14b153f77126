//! Who the holder of a position is, for what is sent to him without his asking.

use crate::repo::accounts::Standing;
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use entity::{organization, person, position};

/// Who acts in this position at this instant; nobody when the account is closed or the position is not held.
///
/// Judged as a session that never ends, so that a mail and a request know the same person.
pub fn holder(
    person: &person::Model,
    position: &position::Model,
    body: &organization::Model,
    now: DateTime<Utc>,
) -> Option<Actor> {
    let standing = Standing {
        person_id: person.id,
        position_id: position.id,
        expires_at: DateTime::<Utc>::MAX_UTC,
        revoked_at: None,
        disabled_at: person.disabled_at,
        holder_id: position.person_id,
        position_revoked_at: position.revoked_at,
        starts_on: position.starts_on,
        ends_on: position.ends_on,
        role: position.role,
        organization_id: body.id,
        kind: body.kind,
        institution: body.institution,
        parent_id: body.parent_id,
        region_id: body.region_id,
    };
    standing.actor(now)
}
