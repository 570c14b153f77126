//! The schema's history on the database of this run: up, down, up again; columns; what the database
//! itself refuses.

use crate::support::database::TestDatabase;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, QuerySelect};
use uuid::Uuid;

async fn migrated() -> (TestDatabase, DatabaseConnection) {
    let database = TestDatabase::empty().await;
    let db = database.connect().await;
    Migrator::up(&db, None).await.expect("the migrations run on an empty database");
    (database, db)
}

#[tokio::test]
async fn migrations_go_up_down_and_up_again() {
    let (_database, db) = migrated().await;
    Migrator::down(&db, None).await.expect("every migration can be taken back");
    Migrator::up(&db, None).await.expect("nothing was left behind that is in the way");
    assert!(Migrator::get_pending_migrations(&db).await.expect("the history is readable").is_empty());
    Migrator::up(&db, None).await.expect("running them once more does nothing");
}

/// Selects every column that the entity names.
async fn select_all<E: EntityTrait>(db: &DatabaseConnection, name: &str) {
    let found = E::find().limit(1).all(db).await;
    found.unwrap_or_else(|error| panic!("entity {name} and the migrations do not agree: {error}"));
}

macro_rules! select_every_column {
    ($db:expr; $($table:ident)+) => {{
        $(select_all::<entity::$table::Entity>($db, stringify!($table)).await;)+
        [$(stringify!($table)),+]
    }};
}

#[tokio::test]
async fn every_column_of_every_entity_exists() {
    let (_database, db) = migrated().await;
    let selected = select_every_column!(&db;
        appraisal assignment assignment_figure attachment audit_checkpoint audit_link audit_pending calendar_day calendar_year category channel_preference co_opinion commitment
        consultation consultation_answer contact cosignature delivery desk_shift digest distinct_pair due_day
        duty_clause event extension_request feedback feedback_form idempotency instruction job_run ledger_line meeting
        meeting_matter notification number_series office_event office_record office_record_matter organization person
        portfolio position progress_report refresh_token region region_calendar_day reminder reply return_request
        review rule_set scoring_rule search_text session sign_in snapshot stage_pace submission supervision text_check throttle urging
    );
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../entity/src");
    let mut missing = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the entities are there").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("a file of text");
        let name = entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
        if text.contains("DeriveEntityModel") && !selected.contains(&name.as_str()) {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "list these entities in this test: {missing:?}");
}

// ───────────── rows that stand for themselves ─────────────

/// The rows on which an assignment hangs, with made-up values that nothing reads.
struct Rows {
    db: DatabaseConnection,
    submission: Uuid,
    agency: Uuid,
    other_agency: Uuid,
    _database: TestDatabase,
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A UUID as each database writes it in plain SQL.
fn sql(db: &DatabaseConnection, id: Uuid) -> String {
    match db.get_database_backend() {
        sea_orm::DbBackend::Sqlite => format!("x'{}'", id.simple()),
        _ => format!("'{id}'"),
    }
}

const THEN: &str = "'2026-02-10 01:00:00+00:00'";

impl Rows {
    async fn new() -> Self {
        let (database, db) = migrated().await;
        let key = |number| sql(&db, id(number));
        let (region, agency, other, person, position, submission) = (key(1), key(2), key(3), key(4), key(5), key(6));
        for statement in [
            format!("INSERT INTO region (id, code, name, level) VALUES ({region}, '1', 'r', 'COUNTY')"),
            format!(
                "INSERT INTO organization (id, region_id, key, name, kind) VALUES \
                 ({agency}, {region}, 'a', 'a', 'AGENCY'), ({other}, {region}, 'b', 'b', 'AGENCY')"
            ),
            format!(
                "INSERT INTO person (id, username, name, password_hash, password_changed_at) VALUES \
                 ({person}, 'p', 'p', '', {THEN})"
            ),
            format!(
                "INSERT INTO position (id, person_id, role, organization_id) VALUES \
                 ({position}, {person}, 'REPRESENTATIVE', {agency})"
            ),
            format!(
                "INSERT INTO submission (id, version, kind, institution, status, region_id, title, background, \
                 analysis, recommendations, demands, suggested_agency_ids, confidentiality, disclosure, \
                 lead_proposer_id, lead_position_id, created_at, round) VALUES \
                 ({submission}, 1, 'SUGGESTION', 'CONGRESS', 'ASSIGNED', {region}, 't', 'b', 'a', 'r', '[]', '[]', \
                 'PUBLIC', 'PROACTIVE', {person}, {position}, {THEN}, 1)"
            ),
        ] {
            db.execute_unprepared(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        Self { db, submission: id(6), agency: id(2), other_agency: id(3), _database: database }
    }

    async fn assign(&self, number: u128, agency: Uuid, live: bool, sole_lead: bool) -> Result<(), DbErr> {
        let key = |id| sql(&self.db, id);
        let statement = format!(
            "INSERT INTO assignment (id, version, submission_id, agency_id, role, status, live, sole_lead, ordinal, \
             round) VALUES ({}, 1, {}, {}, 'LEAD', 'PENDING_SIGN', {live}, {sole_lead}, 0, 1)",
            key(id(number)),
            key(self.submission),
            key(agency),
        );
        self.db.execute_unprepared(&statement).await.map(drop)
    }
}

#[tokio::test]
async fn an_agency_stands_once_in_the_present_distribution() {
    let rows = Rows::new().await;
    rows.assign(20, rows.agency, false, false).await.expect("what was handed back does not count");
    rows.assign(21, rows.agency, true, true).await.expect("the first");
    assert!(rows.assign(22, rows.agency, true, false).await.is_err(), "the lead is never co of the same matter");
    rows.assign(23, rows.other_agency, true, false).await.expect("another agency may join");
}

#[tokio::test]
async fn a_matter_has_one_lead_where_the_mode_has_one() {
    let rows = Rows::new().await;
    rows.assign(21, rows.agency, true, true).await.expect("the first lead");
    assert!(rows.assign(22, rows.other_agency, true, true).await.is_err(), "there is a lead already");
}

#[tokio::test]
async fn a_row_that_is_pointed_at_cannot_be_deleted() {
    let rows = Rows::new().await;
    let statement = format!("DELETE FROM organization WHERE id = {}", sql(&rows.db, rows.agency));
    assert!(rows.db.execute_unprepared(&statement).await.is_err(), "a position still names the agency");
}

#[tokio::test]
async fn the_trail_can_only_grow() {
    let rows = Rows::new().await;
    let event = sql(&rows.db, id(30));
    let insert = format!(
        "INSERT INTO event (id, submission_id, region_id, at, happening, audience, subject, rehearsal, request_id) \
         VALUES ({event}, {}, {}, {THEN}, 'SUBMITTED', 'MILESTONE', 's', false, 'r')",
        sql(&rows.db, rows.submission),
        sql(&rows.db, id(1)),
    );
    rows.db.execute_unprepared(&insert).await.expect("an entry can be added");
    for forbidden in ["UPDATE event SET detail = 'another story'", "DELETE FROM event"] {
        let answer = rows.db.execute_unprepared(forbidden).await;
        let error = answer.expect_err(forbidden).to_string();
        assert!(error.contains("append-only"), "{forbidden}: {error}");
    }
}

#[tokio::test]
async fn a_clause_of_the_duty_catalogue_is_ended_once_and_never_changed_or_deleted() {
    let rows = Rows::new().await;
    let insert = format!(
        "INSERT INTO duty_clause (id, version, region_id, agency_id, ordinal, text, recorded_at) \
         VALUES ({}, 1, {}, {}, 0, 'words', {THEN})",
        sql(&rows.db, id(40)),
        sql(&rows.db, id(1)),
        sql(&rows.db, rows.agency),
    );
    rows.db.execute_unprepared(&insert).await.expect("a clause can be added");
    let refused = async |statement: &str| {
        let error = rows.db.execute_unprepared(statement).await.expect_err(statement).to_string();
        assert!(error.contains("append-only"), "{statement}: {error}");
    };
    refused("DELETE FROM duty_clause").await;
    refused("UPDATE duty_clause SET text = 'other words'").await;
    refused("UPDATE duty_clause SET legal_basis = 'invented later'").await;
    let end = format!("UPDATE duty_clause SET text = 'words', valid_until = '2026-02-09', ended_at = {THEN}");
    rows.db.execute_unprepared(&end).await.expect("it can be ended");
    refused("UPDATE duty_clause SET valid_until = NULL, ended_at = NULL").await;
}

#[tokio::test]
async fn duties_that_stood_before_the_catalogue_become_its_first_clauses() {
    let database = TestDatabase::empty().await;
    let db = database.connect().await;
    let names: Vec<String> = Migrator::migrations().iter().map(|one| one.name().to_owned()).collect();
    let before = names.iter().position(|name| name.ends_with("duty_catalogue")).expect("the migration is there");
    Migrator::up(&db, Some(u32::try_from(before).unwrap())).await.expect("the older migrations run");
    let (region, agency) = (sql(&db, id(1)), sql(&db, id(2)));
    for statement in [
        format!("INSERT INTO region (id, code, name, level) VALUES ({region}, '1', 'r', 'COUNTY')"),
        format!(
            "INSERT INTO organization (id, region_id, key, name, kind, duties) VALUES \
             ({agency}, {region}, 'a', 'a', 'AGENCY', '[\"养老服务\", \"低保\"]')"
        ),
    ] {
        db.execute_unprepared(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    Migrator::up(&db, Some(1)).await.expect("the words become clauses");
    let mut found = entity::duty_clause::Entity::find().all(&db).await.expect("they can be read");
    found.sort_by_key(|row| row.ordinal);
    let words: Vec<_> = found.iter().map(|row| (row.text.as_str(), row.valid_from, row.recorded_by)).collect();
    assert_eq!(words, [("养老服务", None, None), ("低保", None, None)]);
    Migrator::down(&db, Some(1)).await.expect("it can be taken back");
    let row = db.query_one_raw(sea_orm::Statement::from_string(
        db.get_database_backend(),
        "SELECT CAST(duties AS TEXT) AS words FROM organization",
    ));
    let words: String = row.await.expect("a row").expect("one").try_get("", "words").expect("a text");
    assert_eq!(serde_json::from_str::<Vec<String>>(&words).expect("a list"), ["养老服务", "低保"]);
}
