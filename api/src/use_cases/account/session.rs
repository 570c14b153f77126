//! Opening a session, and what its tokens are made of.

use crate::access::Permit;
use crate::auth::refresh::RefreshToken;
use crate::auth::token::Claims;
use crate::cx::{Caller, Cx};
use crate::error::{AppError, AppResult};
use crate::repo::accounts::{self, Standing};
use crate::repo::parties::agency_of;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::actor::Actor;
use domain::ids::{PositionId, RefreshTokenId, SignInId, TypedId, UserId};
use entity::{position, refresh_token, sign_in};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;
use uuid::Uuid;

/// How long a session lasts at most, however often it is refreshed, in days.
pub const SESSION_DAYS: i64 = 30;

/// How long an unused refresh token can be used, in days.
pub const REFRESH_DAYS: i64 = 14;

/// A person who has just proved who he is, with what he needs to go on.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For the header of each request; lasts 15 minutes.
    pub access_token: SecretString,
    /// For the next pair of tokens; works once.
    pub refresh_token: SecretString,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
    /// The same request, now with a person.
    pub cx: Cx,
}

/// Opens a session of the person in this position, inside the use case's transaction.
pub async fn open(
    caller: &Caller,
    tx: &DatabaseTransaction,
    permit: &Permit,
    person: UserId,
    position: PositionId,
) -> AppResult<SignedIn> {
    let id: SignInId = caller.deps.ids.make(caller.now);
    let ends = caller.now + TimeDelta::days(SESSION_DAYS);
    let session = sign_in::Model {
        id,
        person_id: person,
        position_id: position,
        created_at: caller.now,
        expires_at: ends,
        revoked_at: None,
        revoked_because: None,
    };
    let (secret, token) = next_token(caller, id, ends);
    accounts::open_session(tx, permit, session, token).await?;
    let standing = accounts::standing(tx, id).await?;
    let actor = standing.and_then(|standing| standing.actor(caller.now)).ok_or(AppError::Unauthenticated)?;
    pair(caller, id, actor, secret)
}

/// A refresh token for the session, as shown to the client and as stored.
pub fn next_token(caller: &Caller, session: SignInId, ends: DateTime<Utc>) -> (SecretString, refresh_token::Model) {
    let made = RefreshToken::generate(caller.deps.entropy.as_ref());
    let row = refresh_token::Model {
        id: caller.deps.ids.make::<RefreshTokenId>(caller.now),
        sign_in_id: session,
        fingerprint: made.fingerprint,
        issued_at: caller.now,
        expires_at: ends.min(caller.now + TimeDelta::days(REFRESH_DAYS)),
        used_at: None,
    };
    (made.secret, row)
}

/// The pair of tokens of a session.
pub fn pair(caller: &Caller, session: SignInId, actor: Actor, refresh_token: SecretString) -> AppResult<SignedIn> {
    let token_id: Uuid = caller.deps.ids.make(caller.now);
    let claims = Claims::new(actor.user_id.uuid(), session.uuid(), actor.position_id.uuid(), token_id, caller.now);
    let access_token = caller.deps.tokens.issue(&claims).map_err(|fault| AppError::Internal(fault.to_string()))?;
    Ok(SignedIn {
        access_token: access_token.into(),
        refresh_token,
        expires_at: claims.expires_at,
        cx: Cx { caller: caller.clone(), actor, sign_in: session },
    })
}

impl Standing {
    /// Who acts in the session at this instant; nobody when anything about it has ended.
    pub fn actor(&self, now: DateTime<Utc>) -> Option<Actor> {
        let today = domain::rules::legal_day::legal_day(now);
        let holds = self.revoked_at.is_none()
            && now < self.expires_at
            && self.disabled_at.is_none()
            && self.holder_id == self.person_id
            && self.position_revoked_at.is_none()
            && is_within(today, self.starts_on, self.ends_on);
        holds.then(|| Actor {
            user_id: self.person_id,
            position_id: self.position_id,
            role: self.role,
            organization_id: self.organization_id,
            agency_id: agency_of(self.role, self.organization_id, self.kind, self.parent_id),
            institution: self.institution.or(self.role.proposes_to()),
            region_id: self.region_id,
        })
    }
}

/// Whether the position is held on this day.
pub fn is_held(position: &position::Model, today: NaiveDate) -> bool {
    position.revoked_at.is_none() && is_within(today, position.starts_on, position.ends_on)
}

/// Both days belong to the time of the position.
fn is_within(today: NaiveDate, first: Option<NaiveDate>, last: Option<NaiveDate>) -> bool {
    first.is_none_or(|first| first <= today) && last.is_none_or(|last| today <= last)
}
