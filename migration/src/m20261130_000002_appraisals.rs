//! Appraisals of agencies: what was frozen when they were announced, the objection and its answer.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

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
        let table = create("appraisal", |t| {
            t.key("id");
            t.int("version");
            t.uuid("region_id").references("region");
            t.string("institution", 32);
            t.int("handling_year");
            t.uuid("agency_id").references("organization");
            t.string("status", 32);
            t.json("inputs");
            t.uuid("rule_id").null().references("scoring_rule");
            t.date("as_of").null();
            t.int("total").null();
            t.instant("announced_at").null();
            t.uuid("announced_by").null().references("person");
            t.text("objection").null();
            t.instant("objected_at").null();
            t.uuid("objected_by").null().references("person");
            t.text("answer").null();
            t.instant("answered_at").null();
            t.uuid("answered_by").null().references("person");
            t.json("corrected").null();
            t.int("corrected_total").null();
        });
        manager.create_table(table).await?;
        let one = unique("appraisal", &["region_id", "institution", "handling_year", "agency_id"]);
        manager.create_index(one).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("appraisal").to_owned()).await
    }
}
