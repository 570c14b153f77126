//! The pace of a region: by which share of the time its agencies used to do each step.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::create;
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
        let table = create("stage_pace", |t| {
            t.uuid("region_id").references("region");
            t.string("stage", 32);
            t.int("percent");
            t.int("samples");
            t.date("computed_on");
            t.primary(&["region_id", "stage"]);
        });
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("stage_pace").to_owned()).await
    }
}
