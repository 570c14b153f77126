//! Pairs of matters that were compared and found to be no duplicates; what was decided before stands in the trail.
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
        let table = create("distinct_pair", |t| {
            t.uuid("first_id").references("submission");
            t.uuid("second_id").references("submission");
            t.uuid("decided_by").references("person");
            t.instant("decided_at");
            t.text("reason").null();
            t.primary(&["first_id", "second_id"]);
        });
        manager.create_table(table).await?;
        manager.create_index(index("distinct_pair", &["second_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("distinct_pair").to_owned()).await
    }
}
