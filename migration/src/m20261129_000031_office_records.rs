//! Records of official documents, bulletins, openness and media, and the matters that they are about.
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
        let records = create("office_record", |t| {
            t.key("id");
            t.int("version");
            t.uuid("region_id").references("region");
            t.string("institution", 16).null();
            t.string("kind", 32);
            t.text("title");
            t.string("number", 100).null();
            t.string("outlet", 100).null();
            t.string("programme", 100).null();
            t.date("issued_on");
            t.int("handling_year");
            t.uuid("session_id").null().references("session");
            t.string("link", 500).null();
            t.int("items");
            t.uuid("recorded_by").references("person");
            t.instant("recorded_at");
            t.instant("withdrawn_at").null();
            t.text("withdrawal_reason").null();
        });
        manager.create_table(records).await?;
        let matters = create("office_record_matter", |t| {
            t.uuid("office_record_id").references("office_record");
            t.uuid("submission_id").references("submission");
            t.primary(&["office_record_id", "submission_id"]);
        });
        manager.create_table(matters).await?;
        manager.create_index(index("office_record", &["region_id", "handling_year", "kind"])).await?;
        manager.create_index(index("office_record_matter", &["submission_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["office_record_matter", "office_record"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
