//! Signed states of the chain of a region; append-only (封存检查点).

use chrono::{DateTime, Utc};
use domain::ids::RegionId;
use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_checkpoint")]
pub struct Model {
    /// The region.
    #[sea_orm(primary_key, auto_increment = false)]
    pub region_id: RegionId,
    /// Up to which place of the chain.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// The hash at that place.
    pub hash: String,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// The public key, base64url.
    pub key: String,
    /// The Ed25519 signature, base64url.
    pub signature: String,
}

/// Deliberately empty: repositories join by column.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
