//! Reviews of replies (审核记录).

use crate::json::GateChecks;
use chrono::{DateTime, Utc};
use domain::ids::{ReplyId, ReviewId, UserId};
use domain::vocabulary::{Role, Verdict};
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review")]
pub struct Model {
    /// The id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewId,
    /// Reply.
    pub reply_id: ReplyId,
    /// Step of the chain.
    pub step: Role,
    /// Verdict.
    pub verdict: Verdict,
    /// Gate by gate.
    #[sea_orm(column_type = "JsonBinary")]
    pub gates: GateChecks,
    /// Comment.
    #[sea_orm(column_type = "Text", nullable)]
    pub comment: Option<String>,
    /// By whom.
    pub by_id: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// When the signature became void.
    pub voided_at: Option<DateTime<Utc>>,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
