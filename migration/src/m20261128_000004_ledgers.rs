//! Ledgers: matters that were brought in from a file, and what the file said of them.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{add, create, drop_column, index, unique};
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
        let mark = add("submission", "imported_at", |c| {
            c.timestamp_with_time_zone();
        });
        manager.alter_table(mark).await?;
        let table = create("ledger_line", |t| {
            t.uuid("submission_id").references("submission");
            t.uuid("region_id").references("region");
            t.string("fingerprint", 200);
            t.string("file_name", 255);
            t.int("line");
            t.json("cells");
            t.primary(&["submission_id"]);
        });
        manager.create_table(table).await?;
        // The same line of the same file adds nothing, whoever brings it in at the same time.
        manager.create_index(unique("ledger_line", &["fingerprint"])).await?;
        manager.create_index(index("ledger_line", &["region_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("ledger_line").to_owned()).await?;
        manager.alter_table(drop_column("submission", "imported_at")).await
    }
}
