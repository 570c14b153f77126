//! Accounts: persons, their positions, sign-in sessions, refresh tokens, and failed attempts.
//!
//! Revoking is an update that names what it expects, so that of two at once one wins. Deliberately
//! absent: whether somebody may sign in; that is judged in `use_cases::account`.

use crate::access::Permit;
use crate::auth::throttle::{ThrottleKind, ThrottleState, after_failure};
use crate::error::AppResult;
use crate::repo::save;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::ids::{OrganizationId, PositionId, RegionId, SignInId, UserId};
use domain::vocabulary::{Institution, OrganizationKind, Role};
use entity::{organization, person, position, refresh_token, sign_in, throttle};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect,
};

/// A sign-in session with all that decides whether it still holds, and for whom.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Standing {
    /// The person.
    pub person_id: UserId,
    /// The position in which the session acts.
    pub position_id: PositionId,
    /// When the session ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// When the session was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When the account was closed.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The person to whom the position belongs.
    pub holder_id: UserId,
    /// When the position was revoked.
    pub position_revoked_at: Option<DateTime<Utc>>,
    /// First day of the position.
    pub starts_on: Option<NaiveDate>,
    /// Last day of the position.
    pub ends_on: Option<NaiveDate>,
    /// The role of the position.
    pub role: Role,
    /// The organisation of the position.
    pub organization_id: OrganizationId,
    /// The kind of that organisation.
    pub kind: OrganizationKind,
    /// The institution of that organisation.
    pub institution: Option<Institution>,
    /// The organisation above it.
    pub parent_id: Option<OrganizationId>,
    /// Its region.
    pub region_id: RegionId,
}

/// What became of a refresh token that somebody presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presented {
    /// There is none with this fingerprint.
    Unknown,
    /// It was used before: somebody has a copy.
    UsedBefore(refresh_token::Model),
    /// It was unused, and is used now.
    Taken(refresh_token::Model),
}

/// The person with this sign-in name, which is lower case.
pub async fn person_named(conn: &impl ConnectionTrait, username: &str) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find().filter(person::Column::Username.eq(username)).one(conn).await
}

/// The person; with `lock` no other transaction changes the account meanwhile.
pub async fn person(conn: &impl ConnectionTrait, id: UserId, lock: bool) -> Result<Option<person::Model>, DbErr> {
    let mut select = person::Entity::find_by_id(id);
    if lock {
        select = select.lock_exclusive();
    }
    select.one(conn).await
}

/// Every position of the person, active or not, oldest first.
pub async fn positions(conn: &impl ConnectionTrait, person: UserId) -> Result<Vec<position::Model>, DbErr> {
    position::Entity::find()
        .filter(position::Column::PersonId.eq(person))
        .order_by_asc(position::Column::Id)
        .all(conn)
        .await
}

/// The session with its person, position and organisation: one statement, asked at each request.
pub async fn standing(conn: &impl ConnectionTrait, id: SignInId) -> Result<Option<Standing>, DbErr> {
    let of_person =
        sign_in::Entity::belongs_to(person::Entity).from(sign_in::Column::PersonId).to(person::Column::Id).into();
    let of_position =
        sign_in::Entity::belongs_to(position::Entity).from(sign_in::Column::PositionId).to(position::Column::Id).into();
    let of_organization = position::Entity::belongs_to(organization::Entity)
        .from(position::Column::OrganizationId)
        .to(organization::Column::Id)
        .into();
    sign_in::Entity::find_by_id(id)
        .select_only()
        .columns([
            sign_in::Column::PersonId,
            sign_in::Column::PositionId,
            sign_in::Column::ExpiresAt,
            sign_in::Column::RevokedAt,
        ])
        .column(person::Column::DisabledAt)
        .column_as(position::Column::PersonId, "holder_id")
        .column_as(position::Column::RevokedAt, "position_revoked_at")
        .columns([
            position::Column::StartsOn,
            position::Column::EndsOn,
            position::Column::Role,
            position::Column::OrganizationId,
        ])
        .columns([
            organization::Column::Kind,
            organization::Column::Institution,
            organization::Column::ParentId,
            organization::Column::RegionId,
        ])
        .join(JoinType::InnerJoin, of_person)
        .join(JoinType::InnerJoin, of_position)
        .join(JoinType::InnerJoin, of_organization)
        .into_model()
        .one(conn)
        .await
}

/// Opens a sign-in session with its first refresh token.
pub async fn open_session(
    tx: &impl ConnectionTrait,
    permit: &Permit,
    session: sign_in::Model,
    token: refresh_token::Model,
) -> AppResult<()> {
    save::insert(tx, permit, session).await?;
    save::insert(tx, permit, token).await
}

/// Adds the next refresh token of a session.
pub async fn add_token(tx: &impl ConnectionTrait, permit: &Permit, token: refresh_token::Model) -> AppResult<()> {
    save::insert(tx, permit, token).await
}

/// Takes a refresh token: of two who present the same one, exactly one gets it.
pub async fn take_token(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> AppResult<Presented> {
    let taken = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::Column::Fingerprint.eq(fingerprint))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(tx)
        .await?
        .rows_affected;
    let token =
        refresh_token::Entity::find().filter(refresh_token::Column::Fingerprint.eq(fingerprint)).one(tx).await?;
    Ok(match token {
        None => Presented::Unknown,
        Some(token) if taken == 0 => Presented::UsedBefore(token),
        Some(token) => Presented::Taken(token),
    })
}

/// Ends a session; whether it was still open.
pub async fn revoke_session(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    id: SignInId,
    because: &str,
    now: DateTime<Utc>,
) -> AppResult<bool> {
    let ended = sign_in::Entity::update_many()
        .col_expr(sign_in::Column::RevokedAt, Expr::value(now))
        .col_expr(sign_in::Column::RevokedBecause, Expr::value(because))
        .filter(sign_in::Column::Id.eq(id))
        .filter(sign_in::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Ends every open session of the person; how many there were.
pub async fn revoke_sessions_of(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    person: UserId,
    because: &str,
    now: DateTime<Utc>,
) -> AppResult<u64> {
    let ended = sign_in::Entity::update_many()
        .col_expr(sign_in::Column::RevokedAt, Expr::value(now))
        .col_expr(sign_in::Column::RevokedBecause, Expr::value(because))
        .filter(sign_in::Column::PersonId.eq(person))
        .filter(sign_in::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

/// Stores another hash, unless the stored one is no longer the one that was checked.
///
/// `changed_at` is given when the password is another one, and not when the same is hashed anew.
pub async fn set_password(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    checked: &person::Model,
    hash: &str,
    changed_at: Option<DateTime<Utc>>,
) -> AppResult<bool> {
    let mut update = person::Entity::update_many().col_expr(person::Column::PasswordHash, Expr::value(hash));
    if let Some(at) = changed_at {
        update = update.col_expr(person::Column::PasswordChangedAt, Expr::value(at));
    }
    let done = update
        .filter(person::Column::Id.eq(checked.id))
        .filter(person::Column::PasswordHash.eq(&checked.password_hash))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The failed attempts counted under a key; with `lock` nobody counts meanwhile.
pub async fn failures(conn: &impl ConnectionTrait, key: &str, lock: bool) -> Result<ThrottleState, DbErr> {
    let mut select = throttle::Entity::find_by_id(key);
    if lock {
        select = select.lock_exclusive();
    }
    let found = select.one(conn).await?;
    Ok(found.map_or_else(ThrottleState::default, |row| ThrottleState {
        failures: u32::try_from(row.failures).unwrap_or(0),
        last_failure_at: Some(row.last_failure_at),
    }))
}

/// Counts a failed attempt. None is lost: the row is there and locked before it is read.
pub async fn note_failure(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    key: &str,
    kind: ThrottleKind,
    now: DateTime<Utc>,
) -> AppResult<()> {
    let empty = throttle::Model { key: key.to_owned(), failures: 0, last_failure_at: now };
    throttle::Entity::insert(empty.into_active_model().reset_all())
        .on_conflict(OnConflict::column(throttle::Column::Key).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let next = after_failure(&failures(tx, key, true).await?, kind, now);
    throttle::Entity::update_many()
        .col_expr(throttle::Column::Failures, Expr::value(i32::try_from(next.failures).unwrap_or(i32::MAX)))
        .col_expr(throttle::Column::LastFailureAt, Expr::value(now))
        .filter(throttle::Column::Key.eq(key))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets what was counted under a key, and everything that is older than `memory`.
pub async fn forget_failures(
    tx: &impl ConnectionTrait,
    _permit: &Permit,
    key: &str,
    memory: TimeDelta,
    now: DateTime<Utc>,
) -> AppResult<()> {
    let over =
        Condition::any().add(throttle::Column::Key.eq(key)).add(throttle::Column::LastFailureAt.lt(now - memory));
    throttle::Entity::delete_many().filter(over).exec(tx).await?;
    Ok(())
}
