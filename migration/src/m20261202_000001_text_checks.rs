//! What the check of a text found when a matter was first handed in.
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
        let table = create("text_check", |t| {
            t.uuid("submission_id").references("submission");
            t.text("findings");
            t.primary(&["submission_id"]);
        });
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("text_check").to_owned()).await
    }
}
