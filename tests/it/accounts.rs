//! Accounts: signing in, staying signed in, changing hats, and loading the people from a roster.

use api::auth::password::PasswordCost;
use api::auth::throttle::ThrottleKind;
use api::clock::ManualClock;
use api::config::Settings;
use api::cx::{Caller, Cx, Deps};
use api::db::Db;
use api::error::AppError;
use api::use_cases::account::{
    SignIn, SignedIn, authenticate, change_password, refresh, sign_in, sign_out, still_valid, switch_position,
};
use api::use_cases::load_roster::{Kind, LoadError, Tally, load_roster};
use api::wiring;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::PositionId;
use domain::language::Language;
use domain::refusal::{PasswordWeakness, Refusal, Thing};
use domain::vocabulary::{Institution, Role};
use entity::{person, position, throttle};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;

const PASSWORD: &str = "Qinghe-2026-demo";
const SAMPLE: &str = include_str!("../../api/data/roster.json");

/// A region with six people, one of whom has two positions.
fn roster() -> serde_json::Value {
    let user = |username: &str, positions: &[(&str, &str)]| {
        let positions: Vec<_> = positions
            .iter()
            .map(|(role, organization)| serde_json::json!({ "role": role, "organization": organization }))
            .collect();
        serde_json::json!({ "username": username, "name": username, "password": PASSWORD, "positions": positions })
    };
    let organization =
        |key: &str, kind: &str| serde_json::json!({ "key": key, "name": key, "kind": kind, "region": "990101" });
    serde_json::json!({
        "format": "roster/1",
        "regions": [{ "code": "990101", "name": "清河区", "level": "COUNTY" }],
        "organizations": [
            { "key": "section", "name": "业务科", "kind": "SECTION", "region": "990101", "parent": "agency" },
            organization("agency", "AGENCY"),
            organization("gov", "TRANSFER_OFFICE"),
            { "key": "delegation", "name": "代表团", "kind": "DELEGATION", "institution": "CONGRESS", "region": "990101" },
        ],
        "users": [
            user("admin", &[("ADMINISTRATOR", "gov")]),
            user("gov1", &[("TRANSFER_OFFICE", "gov")]),
            user("rep01", &[("REPRESENTATIVE", "delegation")]),
            user("both", &[("HANDLER", "section"), ("REPRESENTATIVE", "delegation")]),
        ],
        "sessions": [],
        "categories": [{ "region": "990101", "name": "养老", "parent": "社会" }, { "region": "990101", "name": "社会" }],
        "rules": [{ "region": "990101", "preset": "shanghai", "from": "2017-01-01" }],
    })
}

struct World {
    deps: Arc<Deps>,
    clock: Arc<ManualClock>,
    directory: std::path::PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

impl World {
    async fn empty() -> Self {
        let directory = std::env::temp_dir().join(format!("jianyan-accounts-{}", unique()));
        std::fs::create_dir_all(&directory).unwrap();
        let clock = Arc::new(ManualClock::at(at("2026-03-02T09:00:00+08:00")));
        let own = |name: &str| (name == "JIANYAN_DATA_DIR").then(|| directory.display().to_string());
        let settings = Settings::load(own, &directory).unwrap();
        let db: Db = wiring::connect(&settings).await.unwrap();
        wiring::migrate(&db).await.unwrap();
        let deps = wiring::with_database(&settings, clock.clone(), db, PasswordCost::FOR_TESTS).await.unwrap();
        Self { deps, clock, directory }
    }

    async fn peopled() -> Self {
        let world = Self::empty().await;
        load_roster(&world.deps, &roster().to_string()).await.unwrap();
        world
    }

    fn caller_from(&self, address: &str) -> Caller {
        Caller {
            deps: self.deps.clone(),
            now: self.deps.clock.now(),
            language: Language::Zh,
            address: address.parse().unwrap(),
            request_id: "test".into(),
        }
    }

    fn caller(&self) -> Caller {
        self.caller_from("192.0.2.1")
    }

    async fn try_sign_in(&self, name: &str, password: &str) -> Result<SignedIn, AppError> {
        sign_in(&self.caller(), entered(name, password)).await
    }

    async fn sign_in(&self, name: &str) -> SignedIn {
        self.try_sign_in(name, PASSWORD).await.unwrap()
    }

    async fn authenticate(&self, signed_in: &SignedIn) -> Result<Cx, AppError> {
        authenticate(&self.caller(), signed_in.access_token.expose_secret()).await
    }

    async fn refresh(&self, token: &SecretString) -> Result<SignedIn, AppError> {
        refresh(&self.caller(), token).await
    }

    fn wait(&self, time: TimeDelta) {
        self.clock.set(self.deps.clock.now() + time);
    }

    async fn failures(&self, key: &str) -> i32 {
        let row = throttle::Entity::find_by_id(key).one(self.deps.db.reader()).await.unwrap();
        row.map_or(0, |row| row.failures)
    }
}

fn unique() -> u128 {
    let mut bytes = [0_u8; 16];
    api::auth::entropy::Entropy::fill(&api::auth::entropy::OsEntropy, &mut bytes);
    u128::from_le_bytes(bytes)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn entered(name: &str, password: &str) -> SignIn {
    SignIn { username: name.into(), password: password.into(), position_id: None }
}

fn refusals<T>(result: Result<T, AppError>) -> Vec<(String, Refusal)> {
    match result {
        Err(AppError::Refused(faults)) => faults.into_iter().map(|f| (f.field.join("."), f.refusal)).collect(),
        Err(other) => panic!("not refused but {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

fn waiting<T>(result: Result<T, AppError>) -> Duration {
    match result {
        Err(AppError::RateLimited(wait)) => wait,
        Err(other) => panic!("not rate limited but {other:?}"),
        Ok(_) => panic!("not rate limited"),
    }
}

fn is_unauthenticated<T>(result: Result<T, AppError>) -> bool {
    matches!(result, Err(AppError::Unauthenticated))
}

fn sendable<F: Future + Send>(future: F) -> F {
    future
}

#[tokio::test]
async fn a_person_signs_in_and_is_known_by_the_token() {
    let world = World::peopled().await;
    let signed_in = sendable(sign_in(&world.caller(), entered("REP01", PASSWORD))).await.unwrap();
    assert_eq!(signed_in.expires_at, at("2026-03-02T09:15:00+08:00"));
    let cx = sendable(authenticate(&world.caller(), signed_in.access_token.expose_secret())).await.unwrap();
    assert_eq!(cx.actor, signed_in.cx.actor);
    assert_eq!((cx.actor.role, cx.actor.institution), (Role::Representative, Some(Institution::Congress)));
    assert_eq!(cx.actor.agency_id, None);
    assert!(sendable(still_valid(&cx)).await);

    world.wait(TimeDelta::minutes(16));
    assert!(is_unauthenticated(world.authenticate(&signed_in).await));
    for nonsense in ["", "a.b.c", signed_in.refresh_token.expose_secret()] {
        assert!(is_unauthenticated(authenticate(&world.caller(), nonsense).await));
    }
}

#[tokio::test]
async fn somebody_in_a_section_acts_for_its_agency() {
    let world = World::peopled().await;
    let actor = world.sign_in("both").await.cx.actor;
    assert_eq!(actor.role, Role::Handler, "the oldest position is taken when none is named");
    assert_ne!(actor.agency_id, Some(actor.organization_id));
    assert!(actor.agency_id.is_some());
}

#[tokio::test]
async fn unknown_closed_and_wrong_get_the_same_answer() {
    let world = World::peopled().await;
    person::Entity::update_many()
        .col_expr(person::Column::DisabledAt, Expr::value(world.deps.clock.now()))
        .filter(person::Column::Username.eq("gov1"))
        .exec(world.deps.db.writer())
        .await
        .unwrap();
    let wrong = vec![(String::new(), Refusal::WrongCredentials)];
    let long = "长".repeat(100_000);
    for (name, password) in [
        ("rep01", "wrong"),
        ("rep01", ""),
        ("rep01", "nul\0nul"),
        ("rep01", long.as_str()),
        ("nobody", PASSWORD),
        ("gov1", PASSWORD),
        (" rep01", PASSWORD),
        ("", PASSWORD),
        ("rep01\0", PASSWORD),
        (long.as_str(), PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ] {
        assert_eq!(refusals(world.try_sign_in(name, password).await), wrong, "{name:.20} {password:.20}");
    }
}

#[tokio::test]
async fn five_failures_make_an_account_wait_and_the_wait_ends() {
    let world = World::peopled().await;
    for name in ["rep01", "nobody"] {
        for _ in 0..ThrottleKind::Account.free_tries() {
            refusals(world.try_sign_in(name, "wrong").await);
        }
        assert_eq!(waiting(world.try_sign_in(name, PASSWORD).await), Duration::from_secs(1), "{name}");
    }
    // Another account is not concerned, nor is the wait prolonged by trying.
    world.sign_in("admin").await;
    world.wait(TimeDelta::milliseconds(999));
    waiting(world.try_sign_in("rep01", PASSWORD).await);
    world.wait(TimeDelta::milliseconds(1));
    refusals(world.try_sign_in("rep01", "wrong").await);
    assert_eq!(waiting(world.try_sign_in("rep01", PASSWORD).await), Duration::from_secs(2));
    world.wait(TimeDelta::seconds(2));
    world.sign_in("rep01").await;
    assert_eq!(world.failures("account:rep01").await, 0);
}

#[tokio::test]
async fn an_address_that_tries_many_accounts_waits() {
    let world = World::peopled().await;
    let from = |address: &str| world.caller_from(address);
    for n in 0..ThrottleKind::Address.free_tries() {
        // One client with many addresses of its network is one client.
        let caller = from(&format!("2001:db8:1:2::{n:x}"));
        refusals(sign_in(&caller, entered(&format!("person{n}"), "wrong")).await);
    }
    waiting(sign_in(&from("2001:db8:1:2:ffff::1"), entered("rep01", PASSWORD)).await);
    sign_in(&from("2001:db8:1:3::1"), entered("rep01", PASSWORD)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_failure_is_lost_when_many_try_at_once() {
    let world = World::peopled().await;
    let caller = world.caller();
    let tries: Vec<_> = (0..10)
        .map(|_| {
            let caller = caller.clone();
            tokio::spawn(async move { sign_in(&caller, entered("rep01", "wrong")).await.map(|_| ()) })
        })
        .collect();
    let mut counted = 0;
    for attempt in tries {
        match attempt.await.unwrap() {
            Err(AppError::Refused(_)) => counted += 1,
            Err(AppError::RateLimited(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(counted >= 5);
    assert_eq!(world.failures("account:rep01").await, counted);
    assert_eq!(world.failures("address:192.0.2.1").await, counted);
}

#[tokio::test]
async fn a_position_must_be_ones_own_and_held_today() {
    let world = World::peopled().await;
    let other = world.sign_in("gov1").await.cx.actor.position_id;
    let none = vec![("positionId".to_owned(), Refusal::NoSuch(Thing::Position))];
    let with = |position: PositionId| SignIn { position_id: Some(position), ..entered("rep01", PASSWORD) };
    assert_eq!(refusals(sign_in(&world.caller(), with(other)).await), none);
    // With a wrong password nothing is said of positions.
    let wrong = SignIn { password: "wrong".into(), ..with(other) };
    assert_eq!(refusals(sign_in(&world.caller(), wrong).await)[0].1, Refusal::WrongCredentials);

    let mut changed = roster();
    changed["users"][2]["positions"][0]["endsOn"] = "2026-03-02".into();
    load_roster(&world.deps, &changed.to_string()).await.unwrap();
    world.clock.set(at("2026-03-02T23:59:59+08:00"));
    let cx = world.sign_in("rep01").await.cx;
    world.clock.set(at("2026-03-03T00:00:00+08:00"));
    assert_eq!(refusals(world.try_sign_in("rep01", PASSWORD).await), none);
    assert!(!still_valid(&cx).await, "an open subscription ends with the position");
}

#[tokio::test]
async fn a_revoked_position_counts_no_longer_at_the_next_request() {
    let world = World::peopled().await;
    let signed_in = world.sign_in("rep01").await;
    position::Entity::update_many()
        .col_expr(position::Column::RevokedAt, Expr::value(world.deps.clock.now()))
        .filter(position::Column::Id.eq(signed_in.cx.actor.position_id))
        .exec(world.deps.db.writer())
        .await
        .unwrap();
    assert!(is_unauthenticated(world.authenticate(&signed_in).await));
    assert!(is_unauthenticated(world.refresh(&signed_in.refresh_token).await));
    assert!(!still_valid(&signed_in.cx).await);
    // Loading the roster again does not bring it back.
    load_roster(&world.deps, &roster().to_string()).await.unwrap();
    assert!(is_unauthenticated(world.authenticate(&signed_in).await));
}

#[tokio::test]
async fn a_refresh_token_works_once_and_a_second_time_ends_the_session() {
    let world = World::peopled().await;
    let first = world.sign_in("rep01").await;
    world.wait(TimeDelta::minutes(20));
    let second = sendable(world.refresh(&first.refresh_token)).await.unwrap();
    assert_eq!(second.cx.actor, first.cx.actor);
    assert!(world.authenticate(&second).await.is_ok());
    let elsewhere = world.sign_in("rep01").await;

    assert!(is_unauthenticated(world.refresh(&first.refresh_token).await));
    assert!(is_unauthenticated(world.authenticate(&second).await), "access tokens end with the family");
    assert!(is_unauthenticated(world.refresh(&second.refresh_token).await));
    assert!(world.authenticate(&elsewhere).await.is_ok(), "other sessions go on");
    for nonsense in ["", "A", second.access_token.expose_secret(), &"A".repeat(43)] {
        assert!(is_unauthenticated(world.refresh(&nonsense.into()).await));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_present_the_same_refresh_token_at_most_one_wins() {
    let world = World::peopled().await;
    let token = world.sign_in("rep01").await.refresh_token;
    let caller = world.caller();
    let tries: Vec<_> = (0..6)
        .map(|_| {
            let (caller, token) = (caller.clone(), token.clone());
            tokio::spawn(async move { refresh(&caller, &token).await })
        })
        .collect();
    let mut won = Vec::new();
    for attempt in tries {
        won.extend(attempt.await.unwrap().ok());
    }
    assert_eq!(won.len(), 1);
    assert!(is_unauthenticated(world.authenticate(&won[0]).await), "a token that came twice ends the session");
}

#[tokio::test]
async fn an_unused_refresh_token_ends_after_two_weeks_and_a_session_after_thirty_days() {
    let world = World::peopled().await;
    let idle = world.sign_in("rep01").await;
    let mut busy = world.sign_in("gov1").await;
    world.wait(TimeDelta::days(14) - TimeDelta::seconds(1));
    busy = world.refresh(&busy.refresh_token).await.unwrap();
    world.wait(TimeDelta::seconds(1));
    assert!(is_unauthenticated(world.refresh(&idle.refresh_token).await));
    world.wait(TimeDelta::days(10));
    busy = world.refresh(&busy.refresh_token).await.unwrap();
    world.wait(TimeDelta::days(6));
    assert!(is_unauthenticated(world.refresh(&busy.refresh_token).await));
}

#[tokio::test]
async fn changing_hats_ends_the_session_of_the_old_one() {
    let world = World::peopled().await;
    let handler = world.sign_in("both").await;
    let own = position::Entity::find()
        .filter(position::Column::PersonId.eq(handler.cx.actor.user_id))
        .filter(position::Column::Role.eq(Role::Representative))
        .one(world.deps.db.reader())
        .await
        .unwrap()
        .unwrap();
    let deputy = sendable(switch_position(&handler.cx, own.id)).await.unwrap();
    assert_eq!((deputy.cx.actor.role, deputy.cx.actor.agency_id), (Role::Representative, None));
    assert!(is_unauthenticated(world.authenticate(&handler).await));
    assert!(is_unauthenticated(world.refresh(&handler.refresh_token).await));
    assert!(is_unauthenticated(switch_position(&handler.cx, own.id).await));
    assert!(world.authenticate(&deputy).await.is_ok());

    let other = world.sign_in("gov1").await.cx.actor.position_id;
    assert_eq!(
        refusals(switch_position(&deputy.cx, other).await),
        [("positionId".to_owned(), Refusal::NoSuch(Thing::Position))]
    );
    assert!(world.authenticate(&deputy).await.is_ok(), "a refused change leaves the session as it was");
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let world = World::peopled().await;
    let (here, there) = (world.sign_in("rep01").await, world.sign_in("rep01").await);
    let change = |current: &str, new: &str| {
        let (cx, current, new) = (here.cx.clone(), current.into(), new.into());
        async move { change_password(&cx, current, new).await }
    };
    let new = "granite sparrow forty lamps";
    assert_eq!(refusals(change("wrong", new).await), [("currentPassword".to_owned(), Refusal::WrongPassword)]);
    assert_eq!(world.failures("account:rep01").await, 1);
    for (weak, why) in [
        ("short", PasswordWeakness::TooShort(15)),
        ("rep01 likes rivers and lakes", PasswordWeakness::ContainsUsername),
        ("aaaaaaaaaaaaaaaaaaaa", PasswordWeakness::Common),
        (PASSWORD, PasswordWeakness::Unchanged),
    ] {
        let found = refusals(change(PASSWORD, weak).await);
        assert_eq!(found, [("newPassword".to_owned(), Refusal::WeakPassword(why))]);
    }
    assert!(world.authenticate(&there).await.is_ok(), "a refused change changes nothing");

    let fresh = sendable(change(PASSWORD, new)).await.unwrap();
    assert!(world.authenticate(&fresh).await.is_ok());
    assert!(is_unauthenticated(world.authenticate(&here).await));
    assert!(is_unauthenticated(world.authenticate(&there).await));
    assert!(is_unauthenticated(world.refresh(&there.refresh_token).await));
    refusals(world.try_sign_in("rep01", PASSWORD).await);
    world.try_sign_in("rep01", new).await.unwrap();
    // Loading the roster again does not bring the first password back.
    load_roster(&world.deps, &roster().to_string()).await.unwrap();
    world.try_sign_in("rep01", new).await.unwrap();
}

#[tokio::test]
async fn signing_out_ends_both_tokens_and_can_be_repeated() {
    let world = World::peopled().await;
    let signed_in = world.sign_in("rep01").await;
    sendable(sign_out(&signed_in.cx)).await.unwrap();
    sign_out(&signed_in.cx).await.unwrap();
    assert!(is_unauthenticated(world.authenticate(&signed_in).await));
    assert!(is_unauthenticated(world.refresh(&signed_in.refresh_token).await));
}

#[tokio::test]
async fn the_database_holds_no_token_and_no_password() {
    let world = World::peopled().await;
    let signed_in = world.sign_in("rep01").await;
    let mut bytes = Vec::new();
    for file in ["jianyan.db", "jianyan.db-wal"] {
        bytes.extend(std::fs::read(world.directory.join(file)).unwrap());
    }
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("rep01"));
    assert!(!holds(PASSWORD));
    assert!(!holds(signed_in.refresh_token.expose_secret()));
    assert!(!holds(signed_in.access_token.expose_secret()));
}

#[tokio::test]
async fn addresses_come_with_the_roster_and_stay_when_it_leaves_them_out() {
    let world = World::peopled().await;
    let held = async || {
        let found = person::Entity::find().filter(person::Column::Username.eq("rep01"));
        let row = found.one(world.deps.db.reader()).await.unwrap().unwrap();
        (row.email, row.mobile)
    };
    assert_eq!(held().await, (None, None));
    let mut changed = roster();
    let users = changed["users"].as_array_mut().unwrap();
    let user = users.iter_mut().find(|user| user["username"] == "rep01").unwrap();
    user["email"] = serde_json::json!(" rep01@example.cn ");
    user["mobile"] = serde_json::json!("13800001111");
    load_roster(&world.deps, &changed.to_string()).await.unwrap();
    let both = (Some("rep01@example.cn".to_owned()), Some("13800001111".to_owned()));
    assert_eq!(held().await, both);
    load_roster(&world.deps, &roster().to_string()).await.unwrap();
    assert_eq!(held().await, both);
}

#[tokio::test]
async fn loading_a_roster_twice_changes_nothing() {
    let world = World::empty().await;
    let first = sendable(load_roster(&world.deps, SAMPLE)).await.unwrap();
    let created = |kind| first.of(kind).created;
    assert_eq!((created(Kind::Regions), created(Kind::Organizations)), (2, 46));
    assert_eq!((created(Kind::People), created(Kind::Positions)), (126, 127));
    assert_eq!((created(Kind::Sessions), created(Kind::Categories), created(Kind::RuleSets)), (10, 4, 1));
    assert_eq!((created(Kind::CalendarYears), created(Kind::FeedbackForms)), (10, 2));
    let hashes = person::Entity::find().all(world.deps.db.reader()).await.unwrap();

    world.wait(TimeDelta::days(1));
    let second = load_roster(&world.deps, SAMPLE).await.unwrap();
    assert!(!second.changed_anything(), "{second}");
    assert_eq!(second.of(Kind::Positions), Tally { created: 0, updated: 0, unchanged: 127 });
    assert_eq!(person::Entity::find().all(world.deps.db.reader()).await.unwrap(), hashes);
}

#[tokio::test]
async fn a_changed_roster_updates_what_it_names_and_leaves_the_rest() {
    let world = World::peopled().await;
    let mut changed = roster();
    changed["organizations"][1]["name"] = "民政局".into();
    changed["organizations"][1]["duties"] = serde_json::json!(["养老"]);
    changed["users"][2]["name"] = "新名".into();
    changed["users"][2]["password"] = "another first password".into();
    changed["users"][3]["positions"].as_array_mut().unwrap().pop();
    changed["rules"][0]["from"] = "2027-01-01".into();
    let report = load_roster(&world.deps, &changed.to_string()).await.unwrap();
    assert_eq!(report.of(Kind::Organizations), Tally { created: 0, updated: 1, unchanged: 3 });
    assert_eq!(report.of(Kind::People), Tally { created: 0, updated: 1, unchanged: 3 });
    assert_eq!(report.of(Kind::Positions), Tally { created: 0, updated: 0, unchanged: 4 });
    assert_eq!(report.of(Kind::RuleSets).created, 1);
    world.sign_in("rep01").await;
    let versions = entity::rule_set::Entity::find().all(world.deps.db.reader()).await.unwrap();
    assert_eq!(versions.iter().map(|row| row.version).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn a_faulty_roster_is_refused_as_a_whole_with_every_fault() {
    let world = World::empty().await;
    let mut faulty = roster();
    faulty["users"][0]["positions"][0]["organization"] = "nowhere".into();
    faulty["users"][1]["positions"][0]["role"] = "KING".into();
    let Err(LoadError::Faulty(faults)) = load_roster(&world.deps, &faulty.to_string()).await else {
        panic!("a faulty roster was loaded")
    };
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert!(paths.contains(&"$.users[0].positions[0].organization"), "{paths:?}");
    assert!(paths.contains(&"$.users[1].positions[0].role"), "{paths:?}");
    assert!(matches!(load_roster(&world.deps, "{").await, Err(LoadError::Faulty(_))));
    assert_eq!(entity::region::Entity::find().count(world.deps.db.reader()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_roster_cannot_turn_an_organisation_into_another_one() {
    let world = World::peopled().await;
    let mut other = roster();
    other["regions"][0]["code"] = "990102".into();
    for organization in other["organizations"].as_array_mut().unwrap() {
        organization["region"] = "990102".into();
    }
    other["categories"] = serde_json::json!([]);
    other["rules"] = serde_json::json!([]);
    let Err(LoadError::Faulty(faults)) = load_roster(&world.deps, &other.to_string()).await else {
        panic!("organisations were taken over")
    };
    assert_eq!(faults.len(), 4);
    assert_eq!(faults[0].path, "$.organizations[0].region");
    assert_eq!(entity::region::Entity::find().count(world.deps.db.reader()).await.unwrap(), 1);
}
