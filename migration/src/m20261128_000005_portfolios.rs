//! Portfolios: the agencies for which a leader of the region answers.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{create, index};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = create("portfolio", |t| {
            t.uuid("position_id").references("position");
            t.uuid("organization_id").references("organization");
            t.primary(&["position_id", "organization_id"]);
        });
        manager.create_table(table).await?;
        manager.create_index(index("portfolio", &["organization_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("portfolio").to_owned()).await
    }
}
