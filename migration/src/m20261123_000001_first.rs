//! The first schema: everything from a draft to a kept promise.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::{create, index, unique};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager};
use sea_orm_migration::sea_orm::ConnectionTrait;

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        for statement in PARTIAL_INDEXES {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        crate::append_only::protect(manager, "event").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::append_only::unprotect(manager, "event").await?;
        for table in tables().iter().rev() {
            if let Some(name) = table.get_table_name() {
                manager.drop_table(sea_orm_migration::prelude::Table::drop().table(name.clone()).to_owned()).await?;
            }
        }
        Ok(())
    }
}

/// What the database itself guarantees about rows that count only while they are live.
const PARTIAL_INDEXES: &[&str] = &[
    // An agency stands once in the present distribution: the lead is never also co.
    "CREATE UNIQUE INDEX assignment_live_agency ON assignment (submission_id, agency_id) WHERE live",
    // One lead where the mode has one lead.
    "CREATE UNIQUE INDEX assignment_sole_lead ON assignment (submission_id) WHERE live AND sole_lead",
    // One open request at a time.
    "CREATE UNIQUE INDEX return_request_pending ON return_request (assignment_id) WHERE status = 'PENDING'",
    "CREATE UNIQUE INDEX extension_request_pending ON extension_request (assignment_id) WHERE status = 'PENDING'",
];

fn tables() -> Vec<sea_orm_migration::prelude::TableCreateStatement> {
    vec![
        create("region", |t| {
            t.key("id");
            t.string("code", 12);
            t.string("name", 100);
            t.string("level", 32);
            t.uuid("parent_id").null().references("region");
        }),
        create("organization", |t| {
            t.key("id");
            t.uuid("region_id").references("region");
            t.string("key", 64);
            t.string("name", 200);
            t.string("kind", 32);
            t.string("institution", 32).null();
            t.uuid("parent_id").null().references("organization");
            t.json("duties");
        }),
        create("person", |t| {
            t.key("id");
            t.string("username", 64);
            t.string("name", 100);
            t.text("password_hash");
            t.instant("password_changed_at");
            t.instant("disabled_at").null();
        }),
        create("position", |t| {
            t.key("id");
            t.uuid("person_id").references("person");
            t.string("role", 32);
            t.uuid("organization_id").references("organization");
            t.date("starts_on").null();
            t.date("ends_on").null();
            t.instant("revoked_at").null();
        }),
        create("session", |t| {
            t.key("id");
            t.uuid("region_id").references("region");
            t.string("institution", 32);
            t.int("term_no");
            t.int("session_no");
            t.string("title", 200);
            t.date("opens_on");
            t.date("closes_on");
            t.instant("submission_cutoff");
            t.int("handling_year");
        }),
        create("category", |t| {
            t.key("id");
            t.uuid("region_id").references("region");
            t.string("name", 100);
            t.uuid("parent_id").null().references("category");
            t.int("ordinal");
        }),
        create("rule_set", |t| {
            t.key("id");
            t.uuid("region_id").references("region");
            t.int("version");
            t.date("effective_from");
            t.string("preset", 64);
            t.text("body");
            t.instant("created_at");
        }),
        create("calendar_year", |t| {
            t.int("year");
            t.string("notice", 200);
            t.primary(&["year"]);
        }),
        create("calendar_day", |t| {
            t.date("day");
            t.string("kind", 16);
            t.string("name", 100);
            t.primary(&["day"]);
        }),
        create("submission", |t| {
            t.key("id");
            t.int("version");
            t.string("kind", 32);
            t.string("institution", 32);
            t.string("status", 32);
            t.uuid("region_id").references("region");
            t.uuid("session_id").null().references("session");
            t.int("handling_year").null();
            t.string("phase", 32).null();
            t.string("origin_level", 32).null();
            t.uuid("category_id").null().references("category");
            t.int("case_no").null();
            t.text("title");
            t.text("background");
            t.text("analysis");
            t.text("recommendations");
            t.json("demands");
            t.json("suggested_agency_ids");
            t.string("confidentiality", 32);
            t.string("disclosure", 32);
            t.uuid("lead_proposer_id").references("person");
            t.uuid("lead_position_id").references("position");
            t.uuid("office_id").null().references("organization");
            t.uuid("transfer_office_id").null().references("organization");
            t.uuid("rule_set_id").null().references("rule_set");
            t.instant("created_at");
            t.instant("submitted_at").null();
            t.instant("accepted_at").null();
            t.instant("assigned_at").null();
            t.instant("closed_at").null();
            t.int("round");
            t.string("mode", 32).null();
            t.date("due_on").null();
            t.uuid("merged_into_id").null().references("submission");
            t.uuid("converted_to_id").null().references("submission");
            t.string("refusal_ground", 64).null();
            t.text("refusal_reason").null();
            t.instant("withdrawal_asked_at").null();
            t.text("withdrawal_reason").null();
        }),
        create("snapshot", |t| {
            t.key("id");
            t.uuid("submission_id").references("submission");
            t.int("number");
            t.instant("taken_at");
            t.uuid("taken_by").references("person");
            t.json("text");
            t.string("digest", 64);
        }),
        create("cosignature", |t| {
            t.key("id");
            t.uuid("submission_id").references("submission");
            t.uuid("person_id").references("person");
            t.uuid("position_id").references("position");
            t.string("status", 32);
            t.instant("invited_at");
            t.instant("answered_at").null();
            t.text("opinion").null();
            t.bool("withdrawal_agreed").null();
        }),
        create("number_series", |t| {
            t.string("key", 160);
            t.int("value");
            t.primary(&["key"]);
        }),
        create("assignment", |t| {
            t.key("id");
            t.int("version");
            t.uuid("submission_id").references("submission");
            t.uuid("agency_id").references("organization");
            t.string("role", 32);
            t.string("status", 32);
            t.bool("live");
            t.bool("sole_lead");
            t.int("ordinal");
            t.text("scope").null();
            t.int("round");
            t.instant("assigned_at").null();
            t.instant("signed_at").null();
            t.date("due_on").null();
            t.date("clock_from").null();
            t.date("extended_to").null();
            t.instant("finished_at").null();
            t.uuid("leader_id").null().references("person");
            t.uuid("handler_id").null().references("person");
            t.uuid("section_id").null().references("organization");
            t.text("plan").null();
            t.string("stage", 32).null();
        }),
        create("progress_report", |t| {
            t.key("id");
            t.uuid("assignment_id").references("assignment");
            t.string("stage", 32);
            t.text("note");
            t.uuid("by_id").references("person");
            t.instant("at");
        }),
        create("return_request", |t| {
            t.key("id");
            t.int("version");
            t.uuid("assignment_id").references("assignment");
            t.text("reason");
            t.uuid("proposed_agency_id").references("organization");
            t.string("status", 32);
            t.uuid("requested_by").references("person");
            t.instant("at");
            t.uuid("decided_by").null().references("person");
            t.instant("decided_at").null();
            t.text("decision_reason").null();
        }),
        create("co_opinion", |t| {
            t.key("id");
            t.uuid("assignment_id").references("assignment");
            t.int("round");
            t.text("body");
            t.instant("sent_at");
            t.uuid("sent_by").references("person");
        }),
        create("extension_request", |t| {
            t.key("id");
            t.int("version");
            t.uuid("assignment_id").references("assignment");
            t.date("until");
            t.text("reason");
            t.string("status", 32);
            t.uuid("requested_by").references("person");
            t.instant("at");
            t.uuid("decided_by").null().references("person");
            t.instant("decided_at").null();
            t.text("decision_reason").null();
        }),
        create("contact", |t| {
            t.key("id");
            t.int("version");
            t.uuid("assignment_id").references("assignment");
            t.uuid("submission_id").references("submission");
            t.string("mode", 32);
            t.string("phase", 32);
            t.bool("face_to_face");
            t.instant("held_at");
            t.text("place").null();
            t.json("participants");
            t.text("summary");
            t.uuid("recorded_by").references("person");
            t.instant("recorded_at");
            t.string("confirmation", 32);
            t.text("confirmation_comment").null();
            t.instant("answered_at").null();
        }),
        create("reply", |t| {
            t.key("id");
            t.int("version");
            t.uuid("assignment_id").references("assignment");
            t.uuid("submission_id").references("submission");
            t.int("round");
            t.string("status", 32);
            t.text("body");
            t.string("outcome", 32);
            t.string("outcome_label", 64);
            t.json("demand_answers");
            t.json("promises");
            t.string("disclosure", 32);
            t.uuid("drafted_by").references("person");
            t.instant("drafted_at");
            t.int("step");
            t.json("late_opinions");
            t.text("rejection_reason").null();
            t.string("document_no", 100).null();
            t.instant("issued_at").null();
            t.uuid("agency_id").references("organization");
            t.instant("published_at").null();
        }),
        create("review", |t| {
            t.key("id");
            t.uuid("reply_id").references("reply");
            t.string("step", 32);
            t.string("verdict", 32);
            t.json("gates");
            t.text("comment").null();
            t.uuid("by_id").references("person");
            t.instant("at");
            t.instant("voided_at").null();
        }),
        create("feedback_form", |t| {
            t.key("id");
            t.string("institution", 32);
            t.int("version");
            t.string("title", 200);
            t.text("body");
        }),
        create("feedback", |t| {
            t.key("id");
            t.int("version");
            t.uuid("submission_id").references("submission");
            t.uuid("handled_id").references("submission");
            t.uuid("reply_id").references("reply");
            t.int("round");
            t.string("status", 32);
            t.uuid("form_id").references("feedback_form");
            t.uuid("respondent_id").references("person");
            t.instant("requested_at");
            t.date("due_on");
            t.instant("submitted_at").null();
            t.string("attitude_rating", 32).null();
            t.string("process_rating", 32).null();
            t.string("result_rating", 32).null();
            t.string("overall_rating", 32).null();
            t.text("comment").null();
            t.json("answers");
            t.instant("settled_at").null();
            t.uuid("settled_by").null().references("person");
            t.string("settlement", 32).null();
            t.text("settlement_reason").null();
        }),
        create("commitment", |t| {
            t.key("id");
            t.int("version");
            t.uuid("reply_id").references("reply");
            t.uuid("submission_id").references("submission");
            t.uuid("assignment_id").references("assignment");
            t.uuid("agency_id").references("organization");
            t.uuid("region_id").references("region");
            t.int("ordinal");
            t.text("text");
            t.date("due_on");
            t.string("status", 32);
            t.text("report").null();
            t.instant("reported_at").null();
            t.bool("fulfilled").null();
            t.date("changed_to").null();
            t.instant("answered_at").null();
            t.text("answer_comment").null();
            t.string("fulfilment_rating", 32).null();
        }),
        create("supervision", |t| {
            t.key("id");
            t.uuid("submission_id").references("submission");
            t.string("label", 100);
            t.uuid("leader_id").null().references("person");
            t.text("reason");
            t.uuid("by_id").references("person");
            t.instant("at");
        }),
        create("event", |t| {
            t.key("id");
            t.uuid("submission_id");
            t.uuid("assignment_id").null();
            t.uuid("agency_id").null();
            t.uuid("region_id");
            t.instant("at");
            t.string("happening", 32);
            t.string("audience", 32);
            t.uuid("actor_id").null();
            t.uuid("position_id").null();
            t.string("subject", 80);
            t.string("from_status", 32).null();
            t.string("to_status", 32).null();
            t.text("detail").null();
            t.uuid("rule_set_id").null();
            t.bool("rehearsal");
            t.string("request_id", 64);
        }),
        create("notification", |t| {
            t.key("id");
            t.uuid("position_id").references("position");
            t.uuid("submission_id").null();
            t.uuid("event_id");
            t.string("happening", 32);
            t.text("detail").null();
            t.instant("at");
            t.instant("read_at").null();
        }),
        create("sign_in", |t| {
            t.key("id");
            t.uuid("person_id").references("person");
            t.uuid("position_id").references("position");
            t.instant("created_at");
            t.instant("expires_at");
            t.instant("revoked_at").null();
            t.string("revoked_because", 32).null();
        }),
        create("refresh_token", |t| {
            t.key("id");
            t.uuid("sign_in_id").references("sign_in");
            t.string("fingerprint", 64);
            t.instant("issued_at");
            t.instant("expires_at");
            t.instant("used_at").null();
        }),
        create("throttle", |t| {
            t.string("key", 160);
            t.int("failures");
            t.instant("last_failure_at");
            t.primary(&["key"]);
        }),
        create("idempotency", |t| {
            t.uuid("person_id").references("person");
            t.string("key", 128);
            t.string("operation", 64);
            t.string("digest", 64);
            t.string("subject", 80);
            t.instant("at");
            t.primary(&["person_id", "key"]);
        }),
    ]
}

fn indexes() -> Vec<sea_orm_migration::prelude::IndexCreateStatement> {
    vec![
        unique("region", &["code"]),
        unique("organization", &["key"]),
        index("organization", &["region_id", "kind"]),
        unique("person", &["username"]),
        unique("position", &["person_id", "role", "organization_id"]),
        index("position", &["organization_id", "role"]),
        unique("session", &["region_id", "institution", "term_no", "session_no"]),
        unique("category", &["region_id", "name"]),
        unique("rule_set", &["region_id", "version"]),
        unique("submission", &["institution", "session_id", "kind", "case_no"]),
        index("submission", &["region_id", "institution", "status"]),
        index("submission", &["region_id", "handling_year", "institution", "kind"]),
        index("submission", &["lead_proposer_id"]),
        index("submission", &["due_on", "id"]),
        index("submission", &["merged_into_id"]),
        unique("snapshot", &["submission_id", "number"]),
        unique("cosignature", &["submission_id", "person_id"]),
        index("cosignature", &["person_id", "status"]),
        index("assignment", &["submission_id"]),
        index("assignment", &["agency_id", "status"]),
        index("assignment", &["handler_id"]),
        index("progress_report", &["assignment_id"]),
        index("return_request", &["assignment_id"]),
        unique("co_opinion", &["assignment_id", "round"]),
        index("extension_request", &["assignment_id"]),
        index("contact", &["submission_id"]),
        index("contact", &["assignment_id"]),
        unique("reply", &["assignment_id", "round"]),
        unique("reply", &["agency_id", "document_no"]),
        index("reply", &["submission_id"]),
        index("review", &["reply_id"]),
        unique("feedback_form", &["institution", "version"]),
        unique("feedback", &["reply_id", "submission_id"]),
        index("feedback", &["submission_id"]),
        index("feedback", &["handled_id"]),
        index("feedback", &["respondent_id", "status"]),
        unique("commitment", &["reply_id", "ordinal"]),
        index("commitment", &["submission_id"]),
        index("commitment", &["agency_id", "status"]),
        index("supervision", &["submission_id"]),
        index("event", &["submission_id", "id"]),
        unique("notification", &["position_id", "event_id"]),
        index("notification", &["position_id", "id"]),
        index("sign_in", &["person_id"]),
        unique("refresh_token", &["fingerprint"]),
        index("refresh_token", &["sign_in_id"]),
    ]
}
