//! Proposals in the name of a body (集体提案): which kind of body, and its name.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{add, drop_column};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: &[(&str, u32)] = &[("collective_kind", 32), ("collective_name", 200)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (column, length) in COLUMNS {
            let statement = add("submission", column, |c| {
                c.string_len(*length);
            });
            manager.alter_table(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (column, _) in COLUMNS.iter().rev() {
            manager.alter_table(drop_column("submission", column)).await?;
        }
        Ok(())
    }
}
