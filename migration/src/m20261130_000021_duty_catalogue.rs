//! The duty catalogue: the words of each agency become clauses with a history of their own.
//!
//! The database itself refuses to delete a clause, to change its words, and to end it twice. Frozen once released.
//! Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{create, drop_column, index};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What stood before holds since a day that nobody wrote down.
const UP_SQLITE: &[&str] = &[
    "INSERT INTO duty_clause (id, version, region_id, agency_id, ordinal, text, recorded_at) \
     SELECT randomblob(16), 1, o.region_id, o.id, j.key, j.value, strftime('%Y-%m-%d %H:%M:%S+00:00', 'now') \
     FROM organization o, json_each(o.duties) j",
    "CREATE TRIGGER duty_clause_no_delete BEFORE DELETE ON duty_clause \
     BEGIN SELECT RAISE(ABORT, 'duty_clause is append-only'); END",
    "CREATE TRIGGER duty_clause_ends_once BEFORE UPDATE ON duty_clause WHEN OLD.ended_at IS NOT NULL \
     OR NEW.id IS NOT OLD.id OR NEW.region_id IS NOT OLD.region_id OR NEW.agency_id IS NOT OLD.agency_id \
     OR NEW.ordinal IS NOT OLD.ordinal OR NEW.text IS NOT OLD.text OR NEW.legal_basis IS NOT OLD.legal_basis \
     OR NEW.valid_from IS NOT OLD.valid_from OR NEW.replaces_id IS NOT OLD.replaces_id \
     OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.recorded_by IS NOT OLD.recorded_by \
     OR NEW.recorded_as IS NOT OLD.recorded_as \
     BEGIN SELECT RAISE(ABORT, 'duty_clause is append-only'); END",
];

const UP_POSTGRES: &[&str] = &[
    "INSERT INTO duty_clause (id, version, region_id, agency_id, ordinal, text, recorded_at) \
     SELECT gen_random_uuid(), 1, o.region_id, o.id, j.n::int - 1, j.value, CURRENT_TIMESTAMP \
     FROM organization o CROSS JOIN LATERAL jsonb_array_elements_text(o.duties) WITH ORDINALITY AS j(value, n)",
    "CREATE FUNCTION duty_clause_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL \
     OR (NEW.id, NEW.region_id, NEW.agency_id, NEW.ordinal, NEW.text, NEW.legal_basis, NEW.valid_from, \
         NEW.replaces_id, NEW.recorded_at, NEW.recorded_by, NEW.recorded_as) IS DISTINCT FROM \
        (OLD.id, OLD.region_id, OLD.agency_id, OLD.ordinal, OLD.text, OLD.legal_basis, OLD.valid_from, \
         OLD.replaces_id, OLD.recorded_at, OLD.recorded_by, OLD.recorded_as) \
     THEN RAISE EXCEPTION 'duty_clause is append-only'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER duty_clause_append_only BEFORE UPDATE OR DELETE ON duty_clause \
     FOR EACH ROW EXECUTE FUNCTION duty_clause_append_only()",
];

const DOWN_SQLITE: &[&str] = &[
    "ALTER TABLE organization ADD COLUMN duties jsonb_text NOT NULL DEFAULT '[]'",
    "UPDATE organization SET duties = (SELECT json_group_array(text) FROM (SELECT text FROM duty_clause d \
     WHERE d.agency_id = organization.id AND d.ended_at IS NULL ORDER BY d.ordinal, d.id))",
];

const DOWN_POSTGRES: &[&str] = &[
    "ALTER TABLE organization ADD COLUMN duties jsonb NOT NULL DEFAULT '[]'",
    "UPDATE organization SET duties = COALESCE((SELECT jsonb_agg(d.text ORDER BY d.ordinal, d.id) FROM duty_clause d \
     WHERE d.agency_id = organization.id AND d.ended_at IS NULL), '[]')",
];

async fn run(manager: &SchemaManager<'_>, sqlite: &[&str], postgres: &[&str]) -> Result<(), DbErr> {
    let statements = if manager.get_database_backend() == DbBackend::Sqlite { sqlite } else { postgres };
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = create("duty_clause", |t| {
            t.key("id");
            t.int("version");
            t.uuid("region_id").references("region");
            t.uuid("agency_id").references("organization");
            t.int("ordinal");
            t.text("text");
            t.text("legal_basis").null();
            t.date("valid_from").null();
            t.date("valid_until").null();
            t.uuid("replaces_id").null().references("duty_clause");
            t.instant("recorded_at");
            t.uuid("recorded_by").null().references("person");
            t.uuid("recorded_as").null().references("position");
            t.instant("ended_at").null();
            t.uuid("ended_by").null().references("person");
            t.uuid("ended_as").null().references("position");
        });
        manager.create_table(table).await?;
        manager.create_index(index("duty_clause", &["agency_id", "ordinal"])).await?;
        manager.create_index(index("duty_clause", &["region_id", "valid_until"])).await?;
        run(manager, UP_SQLITE, UP_POSTGRES).await?;
        manager.alter_table(drop_column("organization", "duties")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, DOWN_SQLITE, DOWN_POSTGRES).await?;
        manager.drop_table(Table::drop().table("duty_clause").to_owned()).await?;
        run(manager, &[], &["DROP FUNCTION duty_clause_append_only()"]).await
    }
}
