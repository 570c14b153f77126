//! From which day each due day of an assignment held: figures as of a past day ask for it.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::create;
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = create("due_day", |t| {
            t.uuid("assignment_id").references("assignment");
            t.date("noted_on");
            t.date("due_on");
            t.primary(&["assignment_id", "noted_on"]);
        });
        manager.create_table(table).await?;
        // What older rows had before is not known: the present due day holds from their release on.
        let day = match manager.get_database_backend() {
            DbBackend::Sqlite => "date(assigned_at, '+8 hours')",
            _ => "CAST(assigned_at AT TIME ZONE 'UTC' + INTERVAL '8 hours' AS date)",
        };
        let fill = format!(
            "INSERT INTO due_day (assignment_id, noted_on, due_on) \
             SELECT id, {day}, due_on FROM assignment WHERE assigned_at IS NOT NULL AND due_on IS NOT NULL"
        );
        manager.get_connection().execute_unprepared(&fill).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("due_day").to_owned()).await
    }
}
