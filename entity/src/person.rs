//! Persons with an account (用户).

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// Sign-in name, lower case, unique.
    pub username: String,
    /// Name.
    pub name: String,
    /// Where to send mail, if anywhere.
    #[sea_orm(column_type = "Text", nullable)]
    pub email: Option<String>,
    /// Where a gateway sends short messages, if anywhere.
    #[sea_orm(column_type = "Text", nullable)]
    pub mobile: Option<String>,
    /// PHC string of argon2id.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    /// When the password was set.
    pub password_changed_at: DateTime<Utc>,
    /// When the account was closed.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
