//! The chain over the trails: whatever is done to a row behind the server's back is found and named.

use crate::support::TestApp;
mod outside;

use crate::support::daily::worker;
use api::use_cases::auditing::{self, Asked, Verdict, Wrong};
use domain::ids::RegionId;
use entity::{audit_checkpoint, audit_link, audit_pending, event, office_event, region};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

const CODE: &str = "990101";

async fn region(app: &TestApp) -> RegionId {
    let found = region::Entity::find().filter(region::Column::Code.eq(CODE)).one(app.deps.db.reader()).await.unwrap();
    found.unwrap().id
}

async fn links(app: &TestApp) -> Vec<audit_link::Model> {
    let query = audit_link::Entity::find().filter(audit_link::Column::RegionId.eq(region(app).await));
    query.order_by_asc(audit_link::Column::Position).all(app.deps.db.reader()).await.unwrap()
}

/// A matter that went some way, its entries sealed and the state signed.
async fn sealed() -> TestApp {
    let app = TestApp::new().await;
    app.accepted("rep01").await;
    worker(&app).seal().await.unwrap();
    assert!(auditing::sign(&app.deps, region(&app).await).await.unwrap());
    app
}

async fn verdict(app: &TestApp) -> Verdict {
    auditing::verify(&app.deps, region(app).await, &Asked::default()).await.unwrap()
}

/// What is wrong, where and with which entry.
async fn fault(app: &TestApp) -> (Option<i64>, Option<Uuid>, Wrong) {
    let fault = verdict(app).await.fault.expect("a fault is found");
    (fault.position, fault.entry, fault.wrong)
}

/// Somebody with the rights of the database's owner: he takes the protection away first.
async fn owner(app: &TestApp) -> DatabaseConnection {
    let db = app.database.connect().await;
    for table in ["event", "office_event", "audit_link", "audit_checkpoint"] {
        let statements = match db.get_database_backend() {
            DbBackend::Sqlite => {
                vec![format!("DROP TRIGGER {table}_no_update"), format!("DROP TRIGGER {table}_no_delete")]
            }
            _ => vec![format!("ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")],
        };
        for statement in statements {
            db.execute_unprepared(&statement).await.unwrap();
        }
    }
    db
}

fn sql(db: &DatabaseConnection, id: Uuid) -> String {
    match db.get_database_backend() {
        DbBackend::Sqlite => format!("x'{}'", id.simple()),
        _ => format!("'{id}'"),
    }
}

async fn run(db: &DatabaseConnection, statement: String) {
    let done = db.execute_unprepared(&statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    assert!(done.rows_affected() > 0, "{statement}");
}

#[tokio::test]
async fn every_entry_of_both_trails_is_sealed_in_order_and_verified() {
    let app = TestApp::new().await;
    app.accepted("rep01").await;
    let rules = json!({ "regionId": app.directory().await.region(CODE), "preset": "shanghai",
        "effectiveFrom": "2026-02-10", "reason": "常委会主任会议决定" });
    app.sign_in("admin").await.call("changeRules", rules, "ruleSet { id }").await.payload("changeRules");
    let before = verdict(&app).await;
    assert!(before.fault.is_none() && before.position == 0 && before.waiting > 0, "{before:?}");
    let sealed = worker(&app).seal().await.unwrap();
    let conn = app.deps.db.reader();
    let events = event::Entity::find().all(conn).await.unwrap();
    let office = office_event::Entity::find().all(conn).await.unwrap();
    assert_eq!(sealed as usize, events.len() + office.len());
    assert!(audit_pending::Entity::find().one(conn).await.unwrap().is_none(), "nothing waits");
    let links = links(&app).await;
    assert!(links.iter().zip(1..).all(|(link, place)| link.position == place), "without gaps");
    assert!(links.iter().any(|link| link.kind == "office_event"));
    let verdict = verdict(&app).await;
    assert_eq!((verdict.fault, verdict.position, verdict.waiting), (None, links.len() as i64, 0));
    assert_eq!(verdict.hash, links.last().unwrap().hash);
    assert_eq!(worker(&app).seal().await.unwrap(), 0, "once");
    // What comes later follows.
    app.at("2026-02-11T09:00:00+08:00");
    app.submitted("rep02").await;
    assert!(worker(&app).seal().await.unwrap() > 0);
    assert_eq!(self::verdict(&app).await.fault, None);
}

#[tokio::test]
async fn a_changed_entry_is_named() {
    let app = sealed().await;
    let db = owner(&app).await;
    let links = links(&app).await;
    let victim = links.iter().rev().find(|link| link.kind == "event").unwrap();
    let id = sql(&db, victim.entry_id);
    run(&db, format!("UPDATE event SET detail = '改' WHERE id = {id}")).await;
    assert_eq!(fault(&app).await, (Some(victim.position), Some(victim.entry_id), Wrong::Changed));
    // Beyond the place that somebody has looked into, the chain is judged as before.
    let asked = Asked { after: victim.position, ..Asked::default() };
    let rest = auditing::verify(&app.deps, region(&app).await, &asked).await.unwrap();
    assert_eq!((rest.fault, rest.position), (None, links.len() as i64));
}

#[tokio::test]
async fn an_entry_moved_to_another_matter_person_time_or_reader_is_named() {
    for change in [
        "at = '2026-02-10 01:00:00.000001+00:00'",
        "audience = 'RATING'",
        "happening = 'WITHDRAWN'",
        "actor_id = NULL",
        "rehearsal = NOT rehearsal",
        "request_id = 'x'",
    ] {
        let app = sealed().await;
        let db = owner(&app).await;
        let victim = links(&app).await.into_iter().find(|link| link.kind == "event").unwrap();
        run(&db, format!("UPDATE event SET {change} WHERE id = {}", sql(&db, victim.entry_id))).await;
        assert_eq!(fault(&app).await, (Some(victim.position), Some(victim.entry_id), Wrong::Changed), "{change}");
    }
}

#[tokio::test]
async fn a_removed_entry_is_named_with_or_without_its_link() {
    let app = sealed().await;
    let db = owner(&app).await;
    let links = links(&app).await;
    let victim = links.iter().rev().filter(|link| link.kind == "event").nth(1).unwrap();
    let id = sql(&db, victim.entry_id);
    run(&db, format!("DELETE FROM event WHERE id = {id}")).await;
    assert_eq!(fault(&app).await, (Some(victim.position), Some(victim.entry_id), Wrong::Removed));
    run(&db, format!("DELETE FROM audit_link WHERE entry_id = {id}")).await;
    assert_eq!(fault(&app).await, (Some(victim.position), None, Wrong::Gap));
    // Moving the later ones up does not close the gap.
    run(&db, format!("UPDATE audit_link SET position = -position WHERE position > {}", victim.position)).await;
    run(&db, "UPDATE audit_link SET position = -position - 1 WHERE position < 0".to_owned()).await;
    let next = &links[usize::try_from(victim.position).unwrap()];
    assert_eq!(fault(&app).await, (Some(victim.position), Some(next.entry_id), Wrong::Changed));
}

#[tokio::test]
async fn the_end_cannot_be_cut_off_once_it_is_signed() {
    let app = sealed().await;
    let db = owner(&app).await;
    let last = links(&app).await.pop().unwrap();
    run(&db, format!("DELETE FROM {} WHERE id = {}", last.kind, sql(&db, last.entry_id))).await;
    run(&db, format!("DELETE FROM audit_link WHERE entry_id = {}", sql(&db, last.entry_id))).await;
    assert_eq!(fault(&app).await, (Some(last.position), None, Wrong::CutOff));
    run(&db, "DELETE FROM audit_checkpoint".to_owned()).await;
    assert_eq!(verdict(&app).await.fault, None, "without any signed state nothing tells of the end");
    let known = Some((last.position, last.hash.clone()));
    let asked = Asked { known, ..Asked::default() };
    let kept = auditing::verify(&app.deps, region(&app).await, &asked).await.unwrap().fault.unwrap();
    assert_eq!(kept.wrong, Wrong::CutOff, "but a hash that was noted elsewhere does");
}

/// A copy of an entry under another id.
async fn copy(db: &DatabaseConnection, of: Uuid, id: Uuid, at: &str) {
    let (of, id) = (sql(db, of), sql(db, id));
    let columns = "submission_id, assignment_id, agency_id, region_id, happening, audience, actor_id, position_id, subject, \
                   from_status, to_status, detail, rule_set_id, rehearsal, request_id";
    run(db, format!("INSERT INTO event (id, at, {columns}) SELECT {id}, '{at}', {columns} FROM event WHERE id = {of}"))
        .await;
}

#[tokio::test]
async fn an_inserted_entry_is_named() {
    let app = sealed().await;
    let db = owner(&app).await;
    let links = links(&app).await;
    let model = links.iter().rev().find(|link| link.kind == "event").unwrap();
    let new = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
    // Dated back, and left to the server to seal.
    app.at("2026-02-12T09:00:00+08:00");
    app.submitted("rep02").await;
    worker(&app).seal().await.unwrap();
    copy(&db, model.entry_id, new, "2026-02-11 01:00:00+00:00").await;
    let waits = verdict(&app).await;
    assert_eq!((waits.fault, waits.waiting), (None, 1), "it waits like any other");
    app.at("2026-02-12T09:00:10+08:00");
    worker(&app).seal().await.unwrap();
    let place = self::links(&app).await.len() as i64;
    assert_eq!(fault(&app).await, (Some(place), Some(new), Wrong::Late));
    // Kept from the server, it is found beside the chain.
    run(&db, format!("DELETE FROM audit_link WHERE position = {place}")).await;
    assert_eq!(fault(&app).await, (None, Some(new), Wrong::Inserted));
    // With a link of its own between the others, the chain does not hold.
    run(&db, format!("UPDATE audit_link SET position = -position WHERE position >= {}", model.position)).await;
    run(&db, "UPDATE audit_link SET position = 1 - position WHERE position < 0".to_owned()).await;
    let own = sql(&db, new);
    run(
        &db,
        format!(
            "INSERT INTO audit_link (region_id, position, kind, entry_id, hash, sealed_to) \
             SELECT region_id, {0}, kind, {own}, hash, sealed_to FROM audit_link WHERE position = {0} + 1",
            model.position
        ),
    )
    .await;
    assert_eq!(fault(&app).await, (Some(model.position), Some(new), Wrong::Changed));
}

#[tokio::test]
async fn an_entry_that_goes_before_it_is_sealed_is_named() {
    let app = sealed().await;
    let db = owner(&app).await;
    app.submitted("rep02").await;
    let waiting = audit_pending::Entity::find().filter(audit_pending::Column::Kind.eq("event"));
    let victim = waiting.one(app.deps.db.reader()).await.unwrap().unwrap().entry_id;
    run(&db, format!("DELETE FROM event WHERE id = {}", sql(&db, victim))).await;
    assert_eq!(fault(&app).await, (None, Some(victim), Wrong::Vanished));
    worker(&app).seal().await.unwrap();
    assert_eq!(fault(&app).await, (None, Some(victim), Wrong::Vanished), "sealing does not forget it");
}

#[tokio::test]
async fn two_entries_that_change_places_are_named() {
    let app = sealed().await;
    let db = owner(&app).await;
    let links = links(&app).await;
    let (first, second) = (&links[links.len() - 2], &links[links.len() - 1]);
    for (from, to) in [(first.position, -1), (second.position, first.position), (-1, second.position)] {
        run(&db, format!("UPDATE audit_link SET position = {to} WHERE position = {from}")).await;
    }
    assert_eq!(fault(&app).await, (Some(first.position), Some(second.entry_id), Wrong::Changed));
}

#[tokio::test]
async fn a_chain_that_is_written_anew_is_not_the_one_that_was_signed() {
    let app = sealed().await;
    let db = owner(&app).await;
    let place = links(&app).await.len() as i64;
    let victim = links(&app).await.pop().unwrap();
    run(&db, format!("UPDATE {} SET subject = 'x' WHERE id = {}", victim.kind, sql(&db, victim.entry_id))).await;
    // Everything is sealed once more, as the server would have done.
    run(&db, "DELETE FROM audit_link".to_owned()).await;
    for trail in ["event", "office_event"] {
        let all = format!("SELECT id, '{trail}', region_id, at FROM {trail}");
        db.execute_unprepared(&format!("INSERT INTO audit_pending (entry_id, kind, region_id, at) {all}"))
            .await
            .unwrap();
    }
    let signed = audit_checkpoint::Entity::find().one(app.deps.db.reader()).await.unwrap().unwrap();
    worker(&app).seal().await.unwrap();
    assert_eq!(fault(&app).await, (Some(place), Some(victim.entry_id), Wrong::OtherState));
    let other = links(&app).await.pop().unwrap();
    run(&db, format!("UPDATE audit_checkpoint SET hash = '{}'", other.hash)).await;
    assert_eq!(fault(&app).await, (Some(place), Some(victim.entry_id), Wrong::BadSignature));
    run(&db, format!("UPDATE audit_checkpoint SET key = '{}'", "A".repeat(43))).await;
    assert_eq!(fault(&app).await, (Some(place), Some(victim.entry_id), Wrong::ForeignKey));
    run(&db, "DELETE FROM audit_checkpoint".to_owned()).await;
    assert_eq!(verdict(&app).await.fault, None);
    let asked = Asked { known: Some((signed.position, signed.hash)), ..Asked::default() };
    let known = auditing::verify(&app.deps, region(&app).await, &asked).await.unwrap().fault.unwrap();
    assert_eq!(known.wrong, Wrong::OtherThanKnown);
}

#[tokio::test]
async fn a_server_that_dies_between_sealing_and_commit_has_lost_nothing() {
    let app = TestApp::new().await;
    app.submitted("rep01").await;
    let waiting = async || audit_pending::Entity::find().all(app.deps.db.reader()).await.unwrap().len();
    let before = waiting().await;
    for part in ["INSERT INTO \"audit_link\"", "DELETE FROM \"audit_pending\""] {
        app.statements.panic_at(part);
        let worker = worker(&app);
        let died = tokio::spawn(async move { worker.seal().await }).await;
        assert!(died.is_err_and(|error| error.is_panic()), "{part}");
        assert_eq!((waiting().await, links(&app).await.len()), (before, 0), "{part}: nothing was sealed by half");
    }
    assert_eq!(worker(&app).seal().await.unwrap() as usize, before);
    assert_eq!(verdict(&app).await.fault, None);
}

#[tokio::test]
async fn many_transactions_and_many_workers_make_one_chain() {
    let app = TestApp::new().await;
    let people = ["rep01", "rep02", "rep03", "rep04"];
    let writers = people.map(|person| {
        let app = app.clone();
        tokio::spawn(async move {
            for _ in 0..3 {
                app.submitted(person).await;
            }
        })
    });
    let sealers = [(); 3].map(|()| {
        let worker = worker(&app);
        tokio::spawn(async move {
            for _ in 0..10 {
                worker.seal().await.unwrap();
            }
        })
    });
    for task in writers.into_iter().chain(sealers) {
        task.await.unwrap();
    }
    worker(&app).seal().await.unwrap();
    let verdict = verdict(&app).await;
    let entries = event::Entity::find().all(app.deps.db.reader()).await.unwrap().len();
    assert_eq!((verdict.fault, verdict.waiting), (None, 0));
    assert_eq!(links(&app).await.iter().filter(|link| link.kind == "event").count(), entries, "each once");
}

#[tokio::test]
async fn the_worker_signs_once_a_day_and_the_sealing_after_a_thousand_links() {
    let app = TestApp::new().await;
    let signed = async || audit_checkpoint::Entity::find().all(app.deps.db.reader()).await.unwrap();
    app.submitted("rep01").await;
    worker(&app).seal().await.unwrap();
    assert!(signed().await.is_empty(), "a few links are not signed one by one");
    worker(&app).round().await.unwrap();
    let region = region(&app).await;
    let own = async || signed().await.into_iter().filter(|row| row.region_id == region).count();
    assert_eq!(own().await, 1);
    worker(&app).round().await.unwrap();
    assert_eq!(own().await, 1);
    // Two thousand more, written by somebody who writes much.
    let db = app.database.connect().await;
    let model = links(&app).await.into_iter().find(|link| link.kind == "event").unwrap().entry_id;
    for part in 0..4 {
        for n in 0..500_u128 {
            copy(&db, model, Uuid::from_u128((part * 500 + n) << 8 | 0xff), "2026-02-10 01:00:00+00:00").await;
        }
    }
    assert_eq!(worker(&app).seal().await.unwrap(), 2_000);
    assert_eq!(own().await, 3, "after each thousand");
    assert_eq!(verdict(&app).await.fault, None, "what waited in several batches is not late");
}
