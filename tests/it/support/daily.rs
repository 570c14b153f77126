//! The server's daily work as tests see it: rounds of the worker day by day, and whom they reminded of what.

use super::app::TestApp;
use api::delivery::Channels;
use api::work::Worker;
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::ids::{PositionId, UserId};
use entity::{job_run, person, position, reminder};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The worker of this application.
pub fn worker(app: &TestApp) -> Worker {
    Worker::new(app.deps.clone(), Channels::default())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One round at nine in the morning of each of these days; morning lists are left to another worker, who sends none.
pub async fn mornings(app: &TestApp, from: &str, to: &str) {
    let (mut today, last) = (day(from), day(to));
    while today <= last {
        claimed_by_a_dead_worker(app, "morning lists 990101", &today.to_string(), "2099-01-01T00:00:00Z").await;
        app.at(&format!("{today}T09:00:00+08:00"));
        worker(app).round().await.unwrap();
        today = today + Days::new(1);
    }
}

/// Every reminder that was written.
pub async fn reminders(app: &TestApp) -> Vec<reminder::Model> {
    reminder::Entity::find().all(app.deps.db.reader()).await.unwrap()
}

/// The days of each kind, without the people.
pub async fn points(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for one in reminders(app).await {
        found.entry(one.kind).or_default().insert(one.due_point.to_string());
    }
    found.into_iter().map(|(kind, days)| (kind, days.into_iter().collect())).collect()
}

/// The sign-in names of those reminded in this way on this day.
pub async fn told(app: &TestApp, kind: &str, on: &str) -> Vec<String> {
    let conn = app.deps.db.reader();
    let posts = position::Entity::find().all(conn).await.unwrap();
    let posts: HashMap<PositionId, UserId> = posts.into_iter().map(|p| (p.id, p.person_id)).collect();
    let people = person::Entity::find().all(conn).await.unwrap();
    let people: HashMap<UserId, String> = people.into_iter().map(|p| (p.id, p.username)).collect();
    let of_day = reminders(app).await.into_iter().filter(|r| r.kind == kind && r.due_point == day(on));
    let names: BTreeSet<String> = of_day.map(|r| people[&posts[&r.position_id]].clone()).collect();
    names.into_iter().collect()
}

/// Marks the day's work as taken by a worker that died before it was done.
pub async fn claimed_by_a_dead_worker(app: &TestApp, job: &str, on: &str, until: &str) {
    let until: DateTime<Utc> = until.parse().unwrap();
    let row = job_run::Model { job: job.to_owned(), day: day(on), claimed_until: until, done_at: None };
    row.into_active_model().insert(app.deps.db.writer()).await.unwrap();
}
