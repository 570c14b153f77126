//! Indexes from which figures are counted without reading the texts that stand in the same rows, and the one by which a
//! past day finds the orders for another round.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, table, columns. Each holds every column that its table gives to the counts.
const INDEXES: &[(&str, &str, &str)] = &[
    (
        "submission_figures",
        "submission",
        "region_id, handling_year, submitted_at, accepted_at, id, institution, kind, status, origin_level, category_id, \
         collective_kind, mode, confidentiality, disclosure, lead_position_id, created_at",
    ),
    (
        "assignment_figures",
        "assignment",
        "submission_id, live, status, role, agency_id, round, due_on, assigned_at, id",
    ),
    (
        "reply_figures",
        "reply",
        "submission_id, status, assignment_id, round, issued_at, outcome, agency_id, disclosure, published_at, id",
    ),
    ("contact_figures", "contact", "assignment_id, face_to_face, confirmation, held_at, answered_at"),
    ("feedback_figures", "feedback", "reply_id, status, overall_rating, round, settled_at"),
    ("event_orders", "event", "assignment_id, happening, at"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in INDEXES {
            let statement = format!("CREATE INDEX {name} ON {table} ({columns})");
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, ..) in INDEXES {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX {name}")).await?;
        }
        Ok(())
    }
}
