//! What figures count of each assignment, as one narrow row, with the indexes from which they are counted in order.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::columns::create;
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, table, columns. The first columns are those by which is counted, so that nothing has to be sorted; the rest is
/// all that the counts read.
const INDEXES: &[(&str, &str, &str)] = &[
    (
        "assignment_figure_parts",
        "assignment_figure",
        "region_id, handling_year, agency_id, role, alone, released, category_id, outcome, standing, handed_back, owed, \
         done, due_on, answered, answered_on, met, publishable, published, institution, kind, origin_level, \
         submission_id, submitted_at, accepted_at, confidentiality, disclosure, lead_proposer_id, assignment_id, \
         reply_id",
    ),
    (
        "assignment_figure_days",
        "assignment_figure",
        "region_id, handling_year, issued_on, due_on, standing, agency_id, role, institution, kind, origin_level, \
         submission_id, submitted_at, accepted_at, confidentiality, disclosure, lead_proposer_id",
    ),
    (
        "commitment_figures",
        "commitment",
        "assignment_id, status, fulfilled, due_on, changed_to, answered_at, agency_id",
    ),
    ("submission_figures", "submission", SUBMISSION),
];

const SUBMISSION: &str = "region_id, handling_year, kind, status, origin_level, category_id, collective_kind, \
     submitted_at, accepted_at, id, institution, mode, confidentiality, disclosure, lead_position_id, lead_proposer_id, \
     created_at";

/// What the index of submissions held before, in another order.
const SUBMISSION_BEFORE: &str = "region_id, handling_year, submitted_at, accepted_at, id, institution, kind, status, \
     origin_level, category_id, collective_kind, mode, confidentiality, disclosure, lead_position_id, created_at";

/// Every assignment that was ever released; `{day}` is the day of law of the instant in the first reply of the round.
const FILL: &str = "\
INSERT INTO assignment_figure (assignment_id, submission_id, region_id, institution, handling_year, kind, origin_level,
    category_id, lead_proposer_id, submitted_at, accepted_at, confidentiality, disclosure, agency_id, role, released,
    standing, handed_back, owed, done, alone, due_on, answered, answered_on, met, reply_id, outcome, publishable,
    published, issued_on)
SELECT a.id, s.id, s.region_id, s.institution, s.handling_year, s.kind, s.origin_level,
    s.category_id, s.lead_proposer_id, s.submitted_at, s.accepted_at, s.confidentiality, s.disclosure, a.agency_id,
    a.role, a.assigned_at IS NOT NULL, a.live, a.status = 'RETURNED',
    a.status IN ('PENDING_SIGN', 'SIGNED', 'RETURN_REQUESTED', 'DISPUTED', 'HANDLING'), a.status = 'DONE',
    NOT EXISTS (SELECT 1 FROM assignment o WHERE o.submission_id = s.id AND o.id <> a.id AND o.live
        AND o.status <> 'PLANNED' AND o.role IN ('LEAD', 'SEPARATE')),
    a.due_on,
    EXISTS (SELECT 1 FROM reply x WHERE x.submission_id = s.id AND x.status = 'ISSUED'
        AND (x.assignment_id = a.id OR s.mode = 'CO_LEAD')),
    (SELECT min({day}) FROM reply x WHERE x.submission_id = s.id AND x.status = 'ISSUED'
        AND (x.assignment_id = a.id OR s.mode = 'CO_LEAD') AND x.round = a.round),
    EXISTS (SELECT 1 FROM contact c WHERE c.assignment_id = a.id AND c.face_to_face AND c.confirmation = 'CONFIRMED'
        AND NOT EXISTS (SELECT 1 FROM reply x WHERE x.submission_id = s.id AND x.status = 'ISSUED'
            AND (x.assignment_id = a.id OR s.mode = 'CO_LEAD') AND x.issued_at <= c.held_at)),
    r.id, r.outcome,
    r.id IS NOT NULL AND (r.published_at IS NOT NULL OR (s.confidentiality = 'PUBLIC' AND s.disclosure = 'PROACTIVE'
        AND r.disclosure = 'PROACTIVE')),
    r.published_at IS NOT NULL,
    (SELECT {day} FROM reply x WHERE x.assignment_id = a.id AND x.status = 'ISSUED' AND x.round = a.round)
FROM assignment a JOIN submission s ON s.id = a.submission_id
LEFT JOIN reply r ON r.assignment_id = a.id AND r.status = 'ISSUED' AND NOT EXISTS (SELECT 1 FROM reply l
    WHERE l.submission_id = s.id AND (l.assignment_id = a.id OR s.mode = 'CO_LEAD') AND l.status = 'ISSUED'
    AND l.issued_at IS NOT NULL AND l.round > r.round)
WHERE a.status <> 'PLANNED'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = create("assignment_figure", |t| {
            t.uuid("assignment_id").references("assignment");
            t.primary(&["assignment_id"]);
            // The rest is copied from rows that hold each other; keys to them would only be looked up once more.
            t.uuid("submission_id");
            t.uuid("region_id");
            t.string("institution", 32);
            t.int("handling_year").null();
            t.string("kind", 32);
            t.string("origin_level", 32).null();
            t.uuid("category_id").null();
            t.uuid("lead_proposer_id");
            t.instant("submitted_at").null();
            t.instant("accepted_at").null();
            t.string("confidentiality", 32);
            t.string("disclosure", 32);
            t.uuid("agency_id");
            t.string("role", 32);
            t.bool("released");
            t.bool("standing");
            t.bool("handed_back");
            t.bool("owed");
            t.bool("done");
            t.bool("alone");
            t.date("due_on").null();
            t.bool("answered");
            t.date("answered_on").null();
            t.bool("met");
            t.uuid("reply_id").null();
            t.string("outcome", 32).null();
            t.bool("publishable");
            t.bool("published");
            t.date("issued_on").null();
        });
        manager.create_table(table).await?;
        let conn = manager.get_connection();
        let day = match manager.get_database_backend() {
            DbBackend::Sqlite => "date(x.issued_at, '+8 hours')",
            _ => "CAST(x.issued_at AT TIME ZONE 'UTC' + INTERVAL '8 hours' AS date)",
        };
        conn.execute_unprepared(&FILL.replace("{day}", day)).await?;
        conn.execute_unprepared("DROP INDEX submission_figures").await?;
        for (name, table, columns) in INDEXES {
            conn.execute_unprepared(&format!("CREATE INDEX {name} ON {table} ({columns})")).await?;
        }
        conn.execute_unprepared("CREATE INDEX assignment_figure_submission ON assignment_figure (submission_id)")
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("assignment_figure").to_owned()).await?;
        let conn = manager.get_connection();
        conn.execute_unprepared("DROP INDEX commitment_figures").await?;
        conn.execute_unprepared("DROP INDEX submission_figures").await?;
        let before = format!("CREATE INDEX submission_figures ON submission ({SUBMISSION_BEFORE})");
        conn.execute_unprepared(&before).await?;
        Ok(())
    }
}
