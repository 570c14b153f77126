//! The consultation desk: questions with their answers, shifts, and notices about questions.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::append_only::{protect, unprotect};
use crate::columns::{add, create, drop_column, index};
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
        let table = create("consultation", |t| {
            t.key("id");
            t.int("version");
            t.uuid("region_id").references("region");
            t.string("institution", 32);
            t.uuid("session_id").references("session");
            t.uuid("agency_id").references("organization");
            t.uuid("asker_id").references("person");
            t.uuid("asker_position_id").references("position");
            t.bool("on_behalf");
            t.uuid("recorded_by").references("person");
            t.uuid("recorded_as").references("position");
            t.text("question");
            t.uuid("submission_id").null().references("submission");
            t.string("status", 32);
            t.instant("asked_at");
            t.instant("answered_at").null();
            t.instant("closed_at").null();
        });
        manager.create_table(table).await?;
        for columns in [&["region_id", "id"][..], &["agency_id", "id"], &["asker_id", "id"], &["submission_id"]] {
            manager.create_index(index("consultation", columns)).await?;
        }
        let table = create("consultation_answer", |t| {
            t.key("id");
            t.uuid("consultation_id").references("consultation");
            t.text("text");
            t.uuid("answered_by").references("person");
            t.uuid("answered_as").references("position");
            t.instant("answered_at");
        });
        manager.create_table(table).await?;
        manager.create_index(index("consultation_answer", &["consultation_id", "id"])).await?;
        protect(manager, "consultation_answer").await?;
        let table = create("desk_shift", |t| {
            t.key("id");
            t.int("version");
            t.uuid("region_id").references("region");
            t.string("institution", 32);
            t.uuid("session_id").references("session");
            t.uuid("agency_id").references("organization");
            t.instant("starts_at");
            t.instant("ends_at");
            t.json("staff");
            t.uuid("recorded_by").references("person");
            t.instant("recorded_at");
            t.instant("cancelled_at").null();
            t.uuid("cancelled_by").null().references("person");
        });
        manager.create_table(table).await?;
        manager.create_index(index("desk_shift", &["session_id", "starts_at"])).await?;
        let about = add("notification", "consultation_id", |c| {
            c.uuid();
        });
        manager.alter_table(about).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(drop_column("notification", "consultation_id")).await?;
        unprotect(manager, "consultation_answer").await?;
        for table in ["desk_shift", "consultation_answer", "consultation"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
