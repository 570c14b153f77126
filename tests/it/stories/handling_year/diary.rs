//! A year lived day by day: the worker's rounds, and what they and the people brought into inboxes.

use crate::support::TestApp;
use api::delivery::Channels;
use api::use_cases::recomputing::recompute;
use api::work::{Done, Worker};
use chrono::{Days, NaiveDate};
use domain::ids::{AssignmentId, NotificationId, PositionId, UserId};
use domain::rules::legal_day::legal_day;
use entity::{assignment, notification, person, position, reminder};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Who lives through the year. The other positions of the sample directory have ended, so that each list is short.
const CAST: &[&str] =
    &["rep01", "rep02", "mem01", "congress1", "cppcc1", "gov1", "mayor1", "leader1", "admin", "auditor"];
/// The agencies with all their people.
const AGENCIES: &[&str] = &["zjj", "mzj", "jtj"];

/// A year in a small region.
pub struct Year {
    /// The application.
    pub app: TestApp,
    worker: Worker,
    today: NaiveDate,
    people: HashMap<PositionId, String>,
    seen: HashSet<NotificationId>,
    lists: BTreeMap<String, Vec<(String, String)>>,
    list_days: BTreeMap<String, Vec<NaiveDate>>,
    watched: Vec<(AssignmentId, Vec<(String, String)>)>,
}

impl Year {
    /// Begins at nine in the morning of this day.
    pub async fn begin(app: TestApp, on: &str) -> Self {
        let conn = app.deps.db.writer();
        let posts = position::Entity::find().all(conn).await.unwrap();
        let people = person::Entity::find().all(conn).await.unwrap();
        let names: HashMap<UserId, String> = people.into_iter().map(|one| (one.id, one.username)).collect();
        let plays = |name: &str| CAST.contains(&name) || AGENCIES.iter().any(|agency| name.starts_with(agency));
        let ended: Vec<PositionId> =
            posts.iter().filter(|post| !plays(&names[&post.person_id])).map(|post| post.id).collect();
        position::Entity::update_many()
            .col_expr(position::Column::EndsOn, Expr::value(day("2025-12-31")))
            .filter(position::Column::Id.is_in(ended))
            .exec(conn)
            .await
            .unwrap();
        app.at(&format!("{on}T09:00:00+08:00"));
        Self {
            worker: Worker::new(app.deps.clone(), Channels::default()),
            people: posts.into_iter().map(|post| (post.id, names[&post.person_id].clone())).collect(),
            today: day(on),
            seen: HashSet::new(),
            lists: BTreeMap::new(),
            list_days: BTreeMap::new(),
            watched: Vec::new(),
            app,
        }
    }

    /// Lives on until nine in the morning of this day: one round each morning, and a second one that finds nothing.
    pub async fn until(&mut self, on: &str) {
        while self.today < day(on) {
            self.today = self.today + Days::new(1);
            self.app.at(&format!("{}T09:00:00+08:00", self.today));
            self.worker.round().await.unwrap();
            self.note().await;
        }
        assert_eq!(self.worker.round().await.unwrap(), Done::default(), "{on}: the day is done");
        let again = recompute(&self.app.deps, None, legal_day(self.app.now())).await.unwrap();
        assert_eq!(again.moved, 0, "{on}: every stored due day is the computed one");
    }

    /// Keeps what this morning brought: the lists, and the due days of what is watched.
    async fn note(&mut self) {
        let conn = self.app.deps.db.reader();
        let lists = notification::Entity::find()
            .filter(notification::Column::Happening.eq("MORNING_LIST"))
            .filter(notification::Column::At.eq(self.app.now()))
            .all(conn)
            .await
            .unwrap();
        let mut today: BTreeMap<String, String> = BTreeMap::new();
        for list in lists {
            let name = self.people[&list.position_id].clone();
            let before = today.insert(name.clone(), list.detail.unwrap_or_default());
            assert_eq!(before, None, "{name} has one list on {}", self.today);
            self.list_days.entry(name).or_default().push(self.today);
            self.seen.insert(list.id);
        }
        // On a day off nobody has a list, and yesterday's stands.
        if !today.is_empty() {
            let known: Vec<String> = self.lists.keys().cloned().chain(today.keys().cloned()).collect();
            for name in known {
                let text = today.get(&name).cloned().unwrap_or_default();
                let of_person = self.lists.entry(name).or_default();
                if of_person.last().is_none_or(|(_, last)| *last != text) {
                    of_person.push((self.today.to_string(), text));
                }
            }
        }
        for (id, days) in &mut self.watched {
            let row = assignment::Entity::find_by_id(*id).one(conn).await.unwrap().unwrap();
            let due_on = row.due_on.map(|due_on| due_on.to_string()).unwrap_or_default();
            if days.last().is_none_or(|(_, last)| *last != due_on) {
                days.push((self.today.to_string(), due_on));
            }
        }
    }

    /// Notes from tomorrow on how the stored due day of this assignment moves.
    pub fn watch(&mut self, assignment: &str) {
        self.watched.push((assignment.parse().unwrap(), Vec::new()));
    }

    /// On which mornings the stored due day of a watched assignment had moved, and to which day.
    pub fn moves(&self, assignment: &str) -> Value {
        let id: AssignmentId = assignment.parse().unwrap();
        let (_, days) = self.watched.iter().find(|(watched, _)| *watched == id).unwrap();
        json!(days)
    }

    /// What came into inboxes since the last look, morning lists left out: the kind, and who was told of it.
    pub async fn news(&mut self) -> Value {
        let conn = self.app.deps.db.reader();
        let notices = notification::Entity::find().all(conn).await.unwrap();
        let kinds = reminder::Entity::find().all(conn).await.unwrap();
        let kinds: HashMap<NotificationId, String> =
            kinds.into_iter().map(|one| (one.notification_id, one.kind)).collect();
        let mut found: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        for notice in notices.into_iter().filter(|notice| self.seen.insert(notice.id)) {
            let kind = match kinds.get(&notice.id) {
                Some(kind) => format!("REMINDED {kind}"),
                None => notice.happening,
            };
            *found.entry(kind).or_default().entry(self.people[&notice.position_id].clone()).or_default() += 1;
        }
        let told = |people: BTreeMap<String, u32>| {
            let each = people.into_iter().map(|(name, times)| match times {
                1 => name,
                _ => format!("{name}×{times}"),
            });
            each.collect::<Vec<_>>().join(" ")
        };
        json!(found.into_iter().map(|(kind, people)| (kind, told(people))).collect::<BTreeMap<_, _>>())
    }

    /// The morning lists of a person: each from the day on which it became another, empty where none was sent.
    pub fn lists(&self, username: &str) -> Value {
        json!(self.lists.get(username).cloned().unwrap_or_default())
    }

    /// The mornings on which a person had a list, from one day to another.
    pub fn list_days(&self, username: &str, from: &str, to: &str) -> Vec<String> {
        let days = self.list_days.get(username).into_iter().flatten();
        days.filter(|on| (day(from)..=day(to)).contains(on)).map(NaiveDate::to_string).collect()
    }

    /// What is not nought in the totals of this person's supervision board.
    pub async fn board(&self, username: &str) -> Value {
        let region = self.app.directory().await.region("990101");
        let counts = "open red yellow green unsigned lagging paused overdue extensionPending returnPending key";
        let query =
            format!("query($region: ID!) {{ supervisionBoard(regionId: $region) {{ totals {{ {counts} }} }} }}");
        let seen = self.app.sign_in(username).await.gql(&query, json!({ "region": region })).await;
        let mut totals = seen.data("supervisionBoard.totals").clone();
        totals.as_object_mut().unwrap().retain(|_, count| *count != 0);
        totals
    }

    /// The due day of a matter, as this person reads it, with its sentence.
    pub async fn due(&self, username: &str, matter: &str) -> (String, bool, String) {
        let query = "query($id: ID!) { submission(id: $id) { deadline { dueOn provisional explanation } } }";
        let seen = self.app.sign_in(username).await.gql(query, json!({ "id": matter })).await;
        (
            seen.text("submission.deadline.dueOn").to_owned(),
            seen.data("submission.deadline.provisional") == &json!(true),
            seen.text("submission.deadline.explanation").to_owned(),
        )
    }

    /// Fails when anybody was told of one event twice, or reminded twice of one point.
    pub async fn nothing_came_twice(&self) {
        let conn = self.app.deps.db.reader();
        let mut told = HashSet::new();
        for notice in notification::Entity::find().all(conn).await.unwrap() {
            let name = &self.people[&notice.position_id];
            assert!(told.insert((notice.position_id, notice.event_id)), "{name} was told twice: {notice:?}");
        }
        let mut reminded = HashSet::new();
        for one in reminder::Entity::find().all(conn).await.unwrap() {
            let point = (one.position_id, one.submission_id, one.kind.clone(), one.due_point);
            assert!(reminded.insert(point), "{} was reminded twice: {one:?}", self.people[&one.position_id]);
        }
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
