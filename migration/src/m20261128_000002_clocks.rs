//! Clocks and supervision: rules per institution, regional holidays, clock events, reminders and their
//! delivery, instructions, urgings, meetings, portfolios of leaders, and the trail of what administrators change.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{add, create, drop_column, index, unique};
use sea_orm_migration::prelude::{
    DbErr, DeriveMigrationName, Index, IndexCreateStatement, MigrationTrait, SchemaManager, Table, TableCreateStatement,
};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// New columns of older tables; each may be empty, so that older rows stay as they are.
const COLUMNS: &[(&str, &str, Kind)] = &[
    ("person", "email", Kind::Text),
    ("person", "mobile", Kind::Text),
    ("rule_set", "institution", Kind::Text),
    ("rule_set", "overrides", Kind::Text),
    ("rule_set", "reason", Kind::Text),
    ("rule_set", "created_by", Kind::Uuid),
    ("assignment", "clock", Kind::Json),
    ("assignment", "arbitrated_at", Kind::Instant),
    ("return_request", "disputed_at", Kind::Instant),
    ("calendar_day", "year", Kind::Int),
    ("commitment", "published_at", Kind::Instant),
    ("notification", "dispatched_at", Kind::Instant),
];

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Int,
    Uuid,
    Json,
    Instant,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite changes one column at a time.
        for (table, column, kind) in COLUMNS {
            let statement = add(table, column, |c| {
                match kind {
                    Kind::Text => c.text(),
                    Kind::Int => c.integer(),
                    Kind::Uuid => c.uuid(),
                    Kind::Json => c.json_binary(),
                    Kind::Instant => c.timestamp_with_time_zone(),
                };
            });
            manager.alter_table(statement).await?;
        }
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes().into_iter().chain(indexes_on_older_tables()) {
            manager.create_index(index).await?;
        }
        crate::append_only::protect(manager, "office_event").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::append_only::unprotect(manager, "office_event").await?;
        for table in tables().iter().rev() {
            if let Some(name) = table.get_table_name() {
                manager.drop_table(Table::drop().table(name.clone()).to_owned()).await?;
            }
        }
        for index in indexes_on_older_tables() {
            let name = index.get_index_spec().get_name().map(str::to_owned).unwrap_or_default();
            manager.drop_index(Index::drop().name(name).to_owned()).await?;
        }
        for (table, column, _) in COLUMNS.iter().rev() {
            manager.alter_table(drop_column(table, column)).await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        create("region_calendar_day", |t| {
            t.uuid("region_id").references("region");
            t.date("day");
            t.string("kind", 16);
            t.string("name", 100);
            t.string("notice", 200);
            t.int("year");
            t.primary(&["region_id", "day"]);
        }),
        create("reminder", |t| {
            t.key("id");
            t.string("key", 200);
            t.string("kind", 32);
            t.uuid("submission_id").references("submission");
            t.uuid("position_id").references("position");
            t.date("due_point");
            t.instant("at");
            // Written before its notification: the key decides whether there is one at all.
            t.uuid("notification_id");
        }),
        create("delivery", |t| {
            t.key("id");
            t.uuid("notification_id").references("notification");
            t.uuid("person_id").references("person");
            t.string("channel", 16);
            t.string("status", 16);
            t.int("attempts");
            t.instant("next_at");
            t.instant("claimed_until").null();
            t.instant("created_at");
            t.instant("sent_at").null();
            t.text("last_error").null();
        }),
        create("channel_preference", |t| {
            t.uuid("person_id").references("person");
            t.string("channel", 16);
            t.string("topic", 32);
            t.bool("enabled");
            t.primary(&["person_id", "channel", "topic"]);
        }),
        create("digest", |t| {
            t.uuid("position_id").references("position");
            t.date("day");
            t.uuid("notification_id");
            t.primary(&["position_id", "day"]);
        }),
        create("job_run", |t| {
            t.string("job", 64);
            t.date("day");
            t.instant("claimed_until");
            t.instant("done_at").null();
            t.primary(&["job", "day"]);
        }),
        create("instruction", |t| {
            t.key("id");
            t.uuid("submission_id").references("submission");
            t.text("text");
            t.uuid("by_id").references("person");
            t.uuid("position_id").references("position");
            t.string("role", 32);
            t.instant("at");
        }),
        create("urging", |t| {
            t.key("id");
            t.uuid("assignment_id").references("assignment");
            t.text("message");
            t.uuid("by_id").references("person");
            t.instant("at");
        }),
        create("meeting", |t| {
            t.key("id");
            t.uuid("region_id").references("region");
            t.string("kind", 32);
            t.string("title", 200);
            t.instant("held_at");
            t.text("place").null();
            t.json("participants");
            t.text("summary");
            t.uuid("recorded_by").references("person");
            t.instant("recorded_at");
        }),
        create("meeting_matter", |t| {
            t.uuid("meeting_id").references("meeting");
            t.uuid("submission_id").references("submission");
            t.primary(&["meeting_id", "submission_id"]);
        }),
        create("portfolio", |t| {
            t.uuid("position_id").references("position");
            t.uuid("organization_id").references("organization");
            t.primary(&["position_id", "organization_id"]);
        }),
        create("office_event", |t| {
            t.key("id");
            t.uuid("region_id");
            t.instant("at");
            t.string("happening", 32);
            t.uuid("actor_id").null();
            t.uuid("position_id").null();
            t.string("subject", 80);
            t.text("detail").null();
            t.bool("rehearsal");
            t.string("request_id", 64);
        }),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        // Whoever writes it first sends it; several workers never send twice.
        unique("reminder", &["key"]),
        index("reminder", &["submission_id"]),
        unique("delivery", &["notification_id", "channel"]),
        index("delivery", &["status", "next_at"]),
        index("delivery", &["person_id"]),
        index("instruction", &["submission_id"]),
        index("urging", &["assignment_id", "at"]),
        index("meeting", &["region_id", "held_at"]),
        index("meeting_matter", &["submission_id"]),
        index("office_event", &["region_id", "id"]),
        index("portfolio", &["organization_id"]),
    ]
}

fn indexes_on_older_tables() -> Vec<IndexCreateStatement> {
    vec![index("notification", &["dispatched_at", "id"]), index("assignment", &["status", "due_on"])]
}
