//! The search index: tokens of the texts, and the index of each database over them.
//!
//! On SQLite an FTS5 table follows `search_text` by triggers; on PostgreSQL a generated column with a GIN index does.
//! Texts that stood before are indexed by `jianyan migrate` and `jianyan index`. Frozen once released. Names tables by
//! text, imports neither `entity` nor `domain`.

use crate::columns::{create, index};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

const SQLITE: &[&str] = &[
    "CREATE VIRTUAL TABLE search_index USING fts5(tokens, content = 'search_text', content_rowid = 'id', \
     tokenize = 'unicode61', columnsize = 0)",
    "CREATE TRIGGER search_text_insert AFTER INSERT ON search_text BEGIN \
     INSERT INTO search_index (rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER search_text_delete AFTER DELETE ON search_text BEGIN \
     INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER search_text_update AFTER UPDATE ON search_text BEGIN \
     INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens); \
     INSERT INTO search_index (rowid, tokens) VALUES (new.id, new.tokens); END",
];

const POSTGRES: &[&str] = &[
    "ALTER TABLE search_text ADD COLUMN search_index tsvector \
     GENERATED ALWAYS AS (to_tsvector('simple', tokens)) STORED",
    "CREATE INDEX search_text_search_index_idx ON search_text USING gin (search_index)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = create("search_text", |t| {
            t.counted("id");
            t.uuid("submission_id").references("submission");
            t.uuid("source_id");
            t.string("layer", 32);
            t.text("tokens");
        });
        manager.create_table(table).await?;
        manager.create_index(index("search_text", &["submission_id"])).await?;
        manager.create_index(index("search_text", &["source_id"])).await?;
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        for statement in if sqlite { SQLITE } else { POSTGRES } {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            manager.get_connection().execute_unprepared("DROP TABLE search_index").await?;
        }
        manager.drop_table(Table::drop().table("search_text").to_owned()).await
    }
}
