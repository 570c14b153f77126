//! Figures over rows whose every count is known by hand, on both databases.
//!
//! The rows are put in raw, for the states that matter: late by one minute, merged, handed back, jointly
//! answered, sealed. What each figure must be stands beside the row that makes it so.

use crate::support::database::TestDatabase;
use crate::support::figures;
use api::db::Db;
use api::error::AppError;
use api::repo::statistics::STATEMENTS;
use api::use_cases::statistics::{AgencyStatistics, Asker, Count, Statistics, StatisticsScope, compute_with};
use chrono::{DateTime, NaiveDate, Utc};
use domain::actor::Actor;
use domain::ids::{OrganizationId, UserId};
use domain::language::Language;
use domain::rules::calendar::Calendar;
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, CommitmentStatus, Confidentiality, Disclosure, HandlingMode, Institution,
    MetricName, Outcome, Rating, Role, SubmissionKind, SubmissionStatus,
};
use migration::{Migrator, MigratorTrait};
use rows::{ABROAD, HOME, REPRESENTATIVE, Rows, X, Y};
use std::sync::{Arc, Mutex};
use uuid::Uuid;

mod rows;

const NOW: &str = "2026-11-23T10:00:00+08:00";

fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("an instant").to_utc()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The matters of 2026 and one of 2025.
async fn world(rows: &Rows) {
    // m1: X alone, replied in the last minute of the due day, met, settled, published.
    let m1 = rows.matter(1, SubmissionKind::Suggestion, |_| ()).await;
    let a1 = rows.assignment(m1, X, AssignmentRole::Lead, |a| a.status = AssignmentStatus::Done).await;
    rows.contact(a1, m1, "2026-04-01T10:00:00+08:00", true).await;
    let r1 = rows
        .reply(a1, m1, X, Outcome::Solved, "2026-05-11T23:59:00+08:00", |r| r.published_at = Some(instant(NOW)))
        .await;
    rows.feedback(r1, m1, Rating::Satisfied, true).await;

    // m2: X with Y as co, replied in the first minute after the due day; the rating is sealed.
    let m2 = rows.matter(2, SubmissionKind::Suggestion, |_| ()).await;
    let a2 = rows.assignment(m2, X, AssignmentRole::Lead, |a| a.status = AssignmentStatus::Replied).await;
    rows.assignment(m2, Y, AssignmentRole::Co, |a| a.status = AssignmentStatus::OpinionSent).await;
    rows.contact(a2, m2, "2026-04-01T10:00:00+08:00", false).await; // not confirmed
    rows.contact(a2, m2, "2026-06-01T10:00:00+08:00", true).await; // after the reply
    let r2 = rows.reply(a2, m2, X, Outcome::Planned, "2026-05-12T00:00:00+08:00", |_| ()).await;
    rows.feedback(r2, m2, Rating::Dissatisfied, false).await;
    let promise = async |ordinal, due: &str, status, changed: Option<&str>| {
        rows.commitment(r2, a2, m2, X, ordinal, day(due), status, changed.map(day)).await;
    };
    promise(0, "2026-10-01", CommitmentStatus::Confirmed, None).await; // due and kept
    promise(1, "2026-11-23", CommitmentStatus::Open, None).await; // due today
    promise(2, "2026-11-24", CommitmentStatus::Open, None).await; // due tomorrow
    promise(3, "2026-10-01", CommitmentStatus::Confirmed, Some("2027-03-01")).await; // the new date is agreed
    promise(4, "2027-10-01", CommitmentStatus::Confirmed, None).await; // kept early

    // m3: X and Y answer separately; Y owes its reply.
    let m3 = rows.matter(3, SubmissionKind::Proposal, |_| ()).await;
    let a3 = rows.assignment(m3, X, AssignmentRole::Separate, |a| a.status = AssignmentStatus::Replied).await;
    rows.assignment(m3, Y, AssignmentRole::Separate, |a| a.status = AssignmentStatus::Handling).await;
    rows.reply(a3, m3, X, Outcome::Adopted, "2026-04-01T10:00:00+08:00", |r| {
        r.disclosure = Disclosure::OnRequest;
    })
    .await;

    // m4: accepted, then merged into m1.
    rows.matter(4, SubmissionKind::Suggestion, |m| {
        m.status = SubmissionStatus::Merged;
        m.merged_into_id = Some(m1);
    })
    .await;

    // m5: handed in, not accepted. m8: a draft.
    rows.matter(5, SubmissionKind::Suggestion, |m| m.accepted_at = None).await;
    rows.matter(8, SubmissionKind::Suggestion, |m| {
        (m.accepted_at, m.submitted_at, m.handling_year) = (None, None, None);
    })
    .await;

    // m6: restricted and supervised; X handed it back, Y took over.
    let m6 = rows
        .matter(6, SubmissionKind::Suggestion, |m| {
            m.confidentiality = Confidentiality::Restricted;
            m.category_id = None;
        })
        .await;
    let a6 = rows
        .assignment(m6, X, AssignmentRole::Lead, |a| {
            (a.status, a.live, a.sole_lead) = (AssignmentStatus::Returned, false, false);
        })
        .await;
    rows.return_request(a6).await;
    rows.assignment(m6, Y, AssignmentRole::Lead, |a| a.due_on = Some(day("2026-12-31"))).await;
    rows.supervision(m6).await;

    // m7: X and Y lead together; Y issued the common reply of round one, X that of round two.
    let m7 = rows.matter(7, SubmissionKind::Proposal, |m| m.mode = Some(HandlingMode::CoLead)).await;
    let again = |a: &mut entity::assignment::Model| (a.status, a.round) = (AssignmentStatus::Replied, 2);
    let a7 = rows.assignment(m7, X, AssignmentRole::Lead, again).await;
    let b7 = rows.assignment(m7, Y, AssignmentRole::Lead, again).await;
    rows.reply(b7, m7, Y, Outcome::NotFeasible, "2026-03-02T10:00:00+08:00", |_| ()).await;
    rows.reply(a7, m7, X, Outcome::PartlyAdopted, "2026-04-28T10:00:00+08:00", |r| {
        (r.round, r.disclosure) = (2, Disclosure::NotDisclosed);
    })
    .await;

    // m9: the year before. m10: another region.
    rows.matter(9, SubmissionKind::Suggestion, |m| m.handling_year = Some(2025)).await;
    rows.matter(10, SubmissionKind::Suggestion, |m| m.region_id = ABROAD).await;
}

struct Office {
    db: Db,
    rows: Rows,
    statements: Arc<Mutex<Vec<String>>>,
    _database: TestDatabase,
}

impl Office {
    async fn new() -> Self {
        let database = TestDatabase::empty().await;
        let statements = Arc::new(Mutex::new(Vec::new()));
        let note = statements.clone();
        let db = Db::connect(database.url(), 3).await.expect("the database opens");
        let db = db.watched(move |sql| note.lock().expect("nobody panicked").push(sql.to_owned()));
        Migrator::up(db.writer(), None).await.expect("the migrations run");
        let rows = Rows::directory(db.writer().clone()).await;
        world(&rows).await;
        figures::renew(db.writer()).await;
        Self { db, rows, statements, _database: database }
    }

    async fn ask(&self, actor: &Actor, scope: StatisticsScope) -> Result<Statistics, AppError> {
        let asker = Asker { actor, now: instant(NOW), language: Language::Zh };
        compute_with(&self.db, &Calendar::default(), &asker, scope).await
    }

    async fn figures(&self, actor: &Actor) -> Statistics {
        self.ask(actor, of_2026()).await.expect("figures")
    }
}

fn of_2026() -> StatisticsScope {
    StatisticsScope {
        region_id: HOME,
        handling_years: vec![2026],
        kinds: None,
        origin_levels: None,
        roles: None,
        agency_id: None,
        institution: None,
        as_of: None,
    }
}

fn actor(role: Role, institution: Option<Institution>, agency: Option<OrganizationId>) -> Actor {
    Actor {
        user_id: UserId(Uuid::from_u128(77)),
        position_id: Uuid::from_u128(77).into(),
        role,
        organization_id: agency.unwrap_or(X),
        agency_id: agency,
        institution,
        region_id: HOME,
    }
}

fn transfer() -> Actor {
    actor(Role::TransferOffice, None, None)
}

#[track_caller]
fn ratio(statistics: &Statistics, name: MetricName) -> (i64, i64) {
    let found = statistics.years[0].metrics.iter().find(|metric| metric.name == name).expect("every figure is there");
    assert!(found.definition.contains("口径:2026办理年度"), "{}", found.definition);
    assert!(found.definition.contains("截至2026年11月23日"), "{}", found.definition);
    assert_eq!(found.rate.is_none(), found.denominator == 0);
    (found.numerator, found.denominator)
}

fn some(counts: &[Count]) -> Vec<(&str, i64)> {
    counts.iter().filter(|count| count.count > 0).map(|count| (count.key.as_str(), count.count)).collect()
}

fn line(statistics: &Statistics, agency: OrganizationId) -> &AgencyStatistics {
    statistics.agencies.iter().find(|line| line.agency_id == agency).expect("the agency stands there")
}

#[tokio::test]
async fn every_figure_is_what_the_rows_say() {
    let office = Office::new().await;
    let found = office.figures(&transfer()).await;
    let year = &found.years[0];
    assert_eq!((found.as_of, year.handling_year, year.total, year.growth), (instant(NOW), 2026, 6, Some(5.0)));
    assert_eq!(some(&year.by_kind), [("SUGGESTION", 4), ("PROPOSAL", 2)]);
    assert_eq!(year.by_kind.len(), SubmissionKind::ALL.len(), "zeros are shown");
    assert_eq!(some(&year.by_role), [("LEAD", 5), ("CO", 1), ("SEPARATE", 2)]);
    assert_eq!(some(&year.by_outcome), [("SOLVED", 1), ("ADOPTED", 1), ("PARTLY_ADOPTED", 1), ("PLANNED", 1)]);
    assert_eq!(year.by_outcome.len(), Outcome::ALL.len());
    assert_eq!(some(&year.by_status), [("MERGED", 1), ("ASSIGNED", 5)]);
    assert_eq!(some(&year.by_origin_level), [("COUNTY", 6)]);
    let categories: Vec<_> = year.by_category.iter().map(|count| (count.label.as_str(), count.count)).collect();
    assert_eq!(categories, [("社会建设", 5), ("生态环境", 0), ("未注明", 1)]);
    for (name, expected) in [
        (MetricName::ReplyRate, (3, 5)),
        (MetricName::OnTimeReplyRate, (2, 4)),
        (MetricName::ClosureRate, (1, 5)),
        (MetricName::FaceToFaceRate, (1, 5)),
        (MetricName::ResolutionRate, (1, 4)),
        (MetricName::AdoptionRate, (3, 4)),
        (MetricName::ImplementationRate, (2, 3)),
        (MetricName::ReturnRate, (1, 9)),
        (MetricName::AssignmentAccuracy, (8, 9)),
        (MetricName::FilingRate, (6, 6)),
        (MetricName::PublicationRate, (1, 2)),
        (MetricName::RushIndex, (2, 4)),
    ] {
        assert_eq!(ratio(&found, name), expected, "{name}");
    }
    assert_eq!(year.metrics.len(), MetricName::ALL.len());
    let x = line(&found, X);
    assert_eq!((x.lead, x.co, x.separate, x.returned, x.replied, x.overdue), (3, 0, 1, 1, 4, 0));
    let y = line(&found, Y);
    assert_eq!((y.lead, y.co, y.separate, y.returned, y.replied, y.overdue), (2, 1, 1, 0, 1, 1));
}

#[tokio::test]
async fn nobody_counts_what_he_cannot_list() {
    let office = Office::new().await;
    let congress = Some(Institution::Congress);
    let total = async |actor: Actor| office.figures(&actor).await.years[0].total;
    assert_eq!(total(actor(Role::CongressOffice, congress, None)).await, 4);
    assert_eq!(total(actor(Role::CppccOffice, Some(Institution::Cppcc), None)).await, 2);
    assert_eq!(total(actor(Role::CommitteeMember, Some(Institution::Cppcc), None)).await, 2);
    assert_eq!(total(actor(Role::SupervisingLeader, congress, None)).await, 1, "key matters alone");
    assert_eq!(total(actor(Role::RegionLeader, None, None)).await, 5, "released ones");
    assert_eq!(total(actor(Role::Auditor, None, None)).await, 6);
    assert_eq!(total(actor(Role::Representative, congress, None)).await, 3, "open texts of others");
    let own = Actor { user_id: REPRESENTATIVE, ..actor(Role::Representative, congress, None) };
    assert_eq!(total(own).await, 4, "his own restricted one too, his draft not");
    assert_eq!(total(actor(Role::Liaison, None, Some(X))).await, 4, "not the one handed back");
    assert_eq!(total(actor(Role::Handler, None, Some(X))).await, 0, "he is named in none");

    let house = office.figures(&actor(Role::CongressOffice, congress, None)).await;
    let kinds: Vec<&str> = house.years[0].by_kind.iter().map(|count| count.key.as_str()).collect();
    assert_eq!(kinds, ["SUGGESTION", "MOTION", "HOTLINE_TICKET"]);
    assert_eq!(ratio(&office.figures(&actor(Role::Auditor, None, None)).await, MetricName::FilingRate), (6, 7));
    let liaison = office.figures(&actor(Role::Liaison, None, Some(X))).await;
    assert_eq!(liaison.agencies.iter().map(|line| line.agency_id).collect::<Vec<_>>(), [X]);
}

#[tokio::test]
async fn a_scope_is_narrowed_by_agency_part_and_kind() {
    let office = Office::new().await;
    let total = async |scope| office.ask(&transfer(), scope).await.expect("figures").years[0].total;
    assert_eq!(total(StatisticsScope { agency_id: Some(Y), ..of_2026() }).await, 4);
    let leads = StatisticsScope { agency_id: Some(Y), roles: Some(vec![AssignmentRole::Lead]), ..of_2026() };
    assert_eq!(total(leads.clone()).await, 2);
    assert_eq!(total(StatisticsScope { kinds: Some(vec![SubmissionKind::Proposal]), ..of_2026() }).await, 2);
    assert_eq!(total(StatisticsScope { institution: Some(Institution::Congress), ..of_2026() }).await, 4);
    let found = office.ask(&transfer(), leads).await.expect("figures");
    assert_eq!(found.years[0].by_role.len(), 1);
    assert_eq!(ratio(&found, MetricName::ReplyRate), (1, 2));
    assert!(found.years[0].metrics[0].definition.contains("承办角色:主办;承办单位:乙局"));
    assert_eq!(found.agencies.len(), 1);
}

#[tokio::test]
async fn a_wrong_scope_is_refused() {
    let office = Office::new().await;
    let bad = async |scope| matches!(office.ask(&transfer(), scope).await, Err(AppError::BadInput(_)));
    for years in [vec![], vec![1989], vec![2101], vec![2026, 2026], (2000..=2020).collect()] {
        assert!(bad(StatisticsScope { handling_years: years, ..of_2026() }).await);
    }
    assert!(bad(StatisticsScope { kinds: Some(vec![]), ..of_2026() }).await);
    let foreign = StatisticsScope { region_id: ABROAD, ..of_2026() };
    assert!(matches!(office.ask(&transfer(), foreign).await, Err(AppError::NotFound)));
    let missing = StatisticsScope { agency_id: Some(OrganizationId(Uuid::from_u128(404))), ..of_2026() };
    assert!(matches!(office.ask(&transfer(), missing).await, Err(AppError::NotFound)));
    let other = StatisticsScope { agency_id: Some(Y), ..of_2026() };
    let liaison = actor(Role::Liaison, None, Some(X));
    assert!(matches!(office.ask(&liaison, other).await, Err(AppError::Forbidden)));
    let administrator = actor(Role::Administrator, None, None);
    assert!(matches!(office.ask(&administrator, of_2026()).await, Err(AppError::Forbidden)));
}

#[tokio::test]
async fn few_ratings_are_shown_only_to_those_who_read_every_form_and_sealed_ones_to_nobody() {
    let office = Office::new().await;
    let auditor = actor(Role::Auditor, None, None);
    let all = office.figures(&auditor).await;
    assert_eq!(some(&all.years[0].by_rating), [("SATISFIED", 1)], "the sealed one does not count");
    assert_eq!(ratio(&all, MetricName::SatisfactionRate), (1, 1));
    let few = office.figures(&transfer()).await;
    assert!(few.years[0].by_rating.is_empty());
    assert_eq!(ratio(&few, MetricName::SatisfactionRate), (0, 0));

    // Four more settled forms on replies of X make five; one on a reply of Y would stand out.
    for number in 20..25 {
        let agency = if number == 24 { Y } else { X };
        let matter = office.rows.matter(number, SubmissionKind::Suggestion, |_| ()).await;
        let done = |a: &mut entity::assignment::Model| a.status = AssignmentStatus::Done;
        let assignment = office.rows.assignment(matter, agency, AssignmentRole::Lead, done).await;
        let reply =
            office.rows.reply(assignment, matter, agency, Outcome::Solved, "2026-04-01T10:00:00+08:00", |_| ()).await;
        office.rows.feedback(reply, matter, Rating::BasicallySatisfied, true).await;
        figures::renew(office.db.writer()).await;
        let found = office.figures(&transfer()).await;
        let enough = number >= 23;
        assert_eq!(found.years[0].by_rating.is_empty(), !enough);
        assert_eq!(ratio(&found, MetricName::SatisfactionRate).1 > 0, enough);
        let of_x =
            line(&found, X).metrics.iter().find(|m| m.name == MetricName::SatisfactionRate).expect("it is there");
        assert_eq!(of_x.rate.is_some(), number == 23, "with one form of Y, the difference would name it");
    }
}

#[tokio::test]
async fn the_number_of_statements_is_fixed() {
    let office = Office::new().await;
    for years in [vec![2026], (2007..=2026).collect()] {
        office.statements.lock().expect("nobody panicked").clear();
        let scope = StatisticsScope { handling_years: years, ..of_2026() };
        office.ask(&transfer(), scope).await.expect("figures");
        let sent = office.statements.lock().expect("nobody panicked").clone();
        assert_eq!(sent.len(), STATEMENTS, "{}", sent.join("\n"));
    }
}

/// Databases that held matters before get the same rows as those in which they are kept from the beginning.
#[tokio::test]
async fn what_the_migration_fills_in_is_what_is_kept() {
    let office = Office::new().await;
    let kept = figures::kept(office.db.writer()).await;
    assert!(kept.len() > 8, "of every assignment of the world: {}", kept.len());
    let names: Vec<String> = Migrator::migrations().iter().map(|one| one.name().to_owned()).collect();
    let place = names.iter().position(|name| name.ends_with("assignment_figures")).expect("the migration is there");
    let back = u32::try_from(names.len() - place).expect("few migrations");
    Migrator::down(office.db.writer(), Some(back)).await.expect("it can be taken back");
    Migrator::up(office.db.writer(), None).await.expect("it fills its table");
    figures::assert_same(&figures::kept(office.db.writer()).await, &kept, "filled in by the migration");
}
