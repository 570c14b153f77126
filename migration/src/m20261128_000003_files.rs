//! Attached files.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{create, index};
use sea_orm_migration::prelude::{
    Alias, DbErr, DeriveMigrationName, IndexCreateStatement, MigrationTrait, SchemaManager, Table, TableCreateStatement,
};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(table()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(Alias::new("attachment")).to_owned()).await
    }
}

fn table() -> TableCreateStatement {
    create("attachment", |t| {
        t.key("id");
        t.int("version");
        // A draft may be deleted before the bytes of its files are, so that nothing refers to it here.
        t.uuid("submission_id");
        t.uuid("region_id").references("region");
        t.uuid("assignment_id").null().references("assignment");
        t.uuid("commitment_id").null().references("commitment");
        t.string("purpose", 32);
        t.string("state", 32);
        t.uuid("uploader_id").references("person");
        t.uuid("position_id").references("position");
        t.text("file_name");
        t.string("media_type", 100);
        t.int("byte_size");
        t.string("sha256", 64);
        t.instant("created_at");
        t.instant("stored_at").null();
    })
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("attachment", &["submission_id", "id"]),
        index("attachment", &["commitment_id", "id"]),
        index("attachment", &["region_id", "state", "created_at"]),
    ]
}
