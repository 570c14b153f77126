//! Disclosure: replies that were taken back from the public, proposers whose names are kept from it, and when what the
//! public sees of a matter last changed.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{add, drop_column, index};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, Index, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

const INSTANTS: &[(&str, &str)] =
    &[("reply", "publication_withdrawn_at"), ("submission", "names_withheld_at"), ("submission", "public_changed_at")];

/// What was public before has changed when it last became public.
const FROM_BEFORE: &[&str] = &[
    "UPDATE submission SET public_changed_at = (SELECT MAX(r.published_at) FROM reply r \
     WHERE r.submission_id = submission.id) \
     WHERE EXISTS (SELECT 1 FROM reply r WHERE r.submission_id = submission.id AND r.published_at IS NOT NULL)",
    "UPDATE submission SET public_changed_at = (SELECT MAX(c.published_at) FROM commitment c \
     WHERE c.submission_id = submission.id) \
     WHERE EXISTS (SELECT 1 FROM commitment c WHERE c.submission_id = submission.id \
     AND c.published_at > submission.public_changed_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in INSTANTS {
            let statement = add(table, column, |c| {
                c.timestamp_with_time_zone();
            });
            manager.alter_table(statement).await?;
        }
        let reason = add("reply", "publication_withdrawal_reason", |c| {
            c.text();
        });
        manager.alter_table(reason).await?;
        for statement in FROM_BEFORE {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        manager.create_index(index("submission", &["public_changed_at", "id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_change = index("submission", &["public_changed_at", "id"]);
        let name = by_change.get_index_spec().get_name().map(str::to_owned).unwrap_or_default();
        manager.drop_index(Index::drop().name(name).to_owned()).await?;
        manager.alter_table(drop_column("reply", "publication_withdrawal_reason")).await?;
        for (table, column) in INSTANTS.iter().rev() {
            manager.alter_table(drop_column(table, column)).await?;
        }
        Ok(())
    }
}
