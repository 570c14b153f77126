//! Refresh tokens: stored hashed, used once (刷新令牌).

use chrono::{DateTime, Utc};
use domain::ids::{RefreshTokenId, SignInId};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RefreshTokenId,
    /// Sign-in session, the family.
    pub sign_in_id: SignInId,
    /// SHA-256 of the token, unique.
    pub fingerprint: String,
    /// When.
    pub issued_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// When used.
    pub used_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
