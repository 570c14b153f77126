//! Rules of scoring: versions that never change once written.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::append_only::{protect, unprotect};
use crate::columns::{create, unique};
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
        let table = create("scoring_rule", |t| {
            t.key("id");
            t.uuid("region_id").references("region");
            t.int("version");
            t.string("institution", 32).null();
            t.int("effective_year");
            t.text("body");
            t.text("reason");
            t.instant("created_at");
            t.uuid("created_by").references("person");
        });
        manager.create_table(table).await?;
        manager.create_index(unique("scoring_rule", &["region_id", "version"])).await?;
        protect(manager, "scoring_rule").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        unprotect(manager, "scoring_rule").await?;
        manager.drop_table(Table::drop().table("scoring_rule").to_owned()).await
    }
}
