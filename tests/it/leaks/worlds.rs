//! Two worlds: the same database before and after something that a reader may not know of. Whatever he
//! asks is answered byte for byte as before.
//!
//! The clock stands still, ids are those of the one database, and each query is asked twice.

use super::dice::{Dice, Place, Pool, query};
use super::oracle::Oracle;
use super::sight::text;
use super::stage::{self, Name, did, uuid};
use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

/// Queries that each reader asks around each change.
const QUERIES: u64 = 12;
/// Within how many a change that he may see must be noticed.
const ENOUGH: u64 = 60;

/// Everybody who reads in these tests.
const READERS: &[Name] = &[
    ("rep01", None),
    ("rep06", None),
    ("mem01", None),
    ("congress1", None),
    ("cppcc1", None),
    ("gov1", None),
    ("leader1", None),
    ("mayor1", None),
    ("mzj-liaison", None),
    ("mzj-handler", None),
    ("jtj-liaison", None),
    ("auditor", None),
    ("admin", None),
    ("city-congress", None),
];

struct Worlds {
    app: TestApp,
    readers: Vec<(&'static str, Client, Vec<Place>)>,
    ids: Vec<String>,
    seed: u64,
    asked: usize,
    useful: usize,
}

/// The answer as it went over the wire.
async fn answer(client: &Client, query: &str) -> Value {
    client.ask(query).await.body
}

impl Worlds {
    async fn new() -> Self {
        let app = TestApp::new().await;
        stage::build(&app).await;
        let mut readers = Vec::new();
        for name in READERS {
            let client = stage::client(&app, *name).await;
            let cursors = cursors(&client).await;
            readers.push((name.0, client, cursors));
        }
        let mut worlds = Self { app, readers, ids: Vec::new(), seed: 0, asked: 0, useful: 0 };
        worlds.look_around().await;
        worlds
    }

    /// The ids that queries may name: whatever there is, and some that nothing has.
    async fn look_around(&mut self) {
        let oracle = Oracle::read(self.app.deps.db.reader()).await;
        self.ids = oracle.every_id().into_iter().map(text).collect();
        let tags: Vec<String> =
            self.ids.iter().filter_map(|id| id.rsplit_once('_')).map(|(tag, _)| tag.to_owned()).collect();
        // Figures are asked of one's own region, mostly.
        let here = oracle.region.iter().find(|region| region.parent_id.is_some()).expect("the region exists");
        self.ids.extend(std::iter::repeat_n(here.id.to_string(), 8));
        self.ids.extend(tags.iter().step_by(9).map(|tag| format!("{tag}_{}", uuid(0xdead).simple())));
    }

    /// What these readers are told to the next queries; each has his own.
    async fn ask(&mut self, names: &[&str], queries: u64) -> Vec<(String, String, String)> {
        let mut told = Vec::new();
        for (name, client, cursors) in self.readers.iter().filter(|(name, ..)| names.contains(name)) {
            let pool = Pool { ids: self.ids.clone(), cursors: cursors.clone() };
            for number in 0..queries {
                let seed = self.seed * 1_000 + number * 31 + name.len() as u64;
                let query = query(&mut Dice(seed), &pool);
                let body = answer(client, &query).await;
                self.asked += 1;
                self.useful += usize::from(body.get("errors").is_none());
                told.push(((*name).to_owned(), query, body.to_string()));
            }
        }
        told
    }

    /// Does something that none of these readers may know of, and looks whether they notice.
    async fn hidden_from(&mut self, names: &[&str], what: &str, change: impl Future<Output = ()>) {
        for name in names {
            assert!(self.readers.iter().any(|(one, ..)| one == name), "{name} is no reader");
        }
        self.seed += 1;
        let before = self.ask(names, QUERIES).await;
        change.await;
        let after = self.ask(names, QUERIES).await;
        for ((name, query, first), (_, _, second)) in before.iter().zip(&after) {
            assert!(first == second, "{what}: {name} notices it by {query}: {}", difference(first, second));
        }
        // What came into being is hidden from now on, and may be named.
        self.look_around().await;
    }
}

/// Where two answers part.
fn difference(first: &str, second: &str) -> String {
    let same = first.chars().zip(second.chars()).take_while(|(a, b)| a == b).count();
    let about = |text: &str| text.chars().skip(same.saturating_sub(120)).take(240).collect::<String>();
    format!("…{}… became …{}…", about(first), about(second))
}

/// Places in the lists of a reader: list, order and cursor.
async fn cursors(client: &Client) -> Vec<Place> {
    let mut found = Vec::new();
    for (list, order) in [
        ("submissions", "NEWEST"),
        ("submissions", "DUE_FIRST"),
        ("submissions", "CASE_NO"),
        ("assignments", ""),
        ("commitments", ""),
        ("meetings", ""),
        ("users", ""),
        ("publicSubmissions", ""),
    ] {
        let by = if order.is_empty() { String::new() } else { format!(", orderBy: {order}") };
        let answer = client.ask(&format!("{{ {list}(first: 40{by}) {{ edges {{ cursor }} }} }}")).await;
        for edge in answer.list(&format!("{list}.edges")) {
            found.push((list.to_owned(), order.to_owned(), edge["cursor"].as_str().unwrap().to_owned()));
        }
    }
    found
}

/// A draft of rep06 that is for the proposers and offices alone.
async fn internal_draft(app: &TestApp) -> Matter {
    let mut input = draft_input("SUGGESTION", "不予公开的建议");
    input["confidentiality"] = json!("INTERNAL");
    app.draft_of("rep06", input).await
}

/// From the first word to the release, of a matter of rep06 that colleagues may not read.
async fn until_release(worlds: &mut Worlds, app: &TestApp) {
    let outside = ["rep01", "mem01", "cppcc1", "gov1", "leader1", "mayor1", "mzj-liaison", "mzj-handler", "admin"];
    let all = [&outside[..], &["congress1", "jtj-liaison", "auditor", "city-congress"]].concat();
    let mut matter = None;
    worlds.hidden_from(&all, "a draft", async { matter = Some(internal_draft(app).await) }).await;
    let mut matter = matter.unwrap();
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep08").await] });
    let lead = matter.lead().await;
    worlds.hidden_from(&all, "an invitation", did(&lead, "inviteCosigners", invite)).await;
    worlds.hidden_from(&outside, "handing in", matter.submit()).await;
    let narrow = ["rep01", "mem01", "cppcc1", "leader1", "mayor1", "mzj-liaison", "mzj-handler", "city-congress"];
    worlds.hidden_from(&narrow, "acceptance", matter.accept()).await;
    let with_lead = [&narrow[..], &["rep06", "jtj-liaison"]].concat();
    worlds.hidden_from(&with_lead, "a plan", matter.plan(&["mzj"], "SOLE")).await;
    let others = ["rep01", "mem01", "cppcc1", "leader1", "mzj-handler", "jtj-liaison", "admin", "city-congress"];
    worlds.hidden_from(&others, "release to another agency", matter.release()).await;
    let across = ["rep01", "rep06", "congress1", "leader1", "mayor1", "mzj-liaison", "jtj-liaison", "city-congress"];
    worlds.hidden_from(&across, "another institution's matter", async { drop(app.accepted("mem05").await) }).await;
}

/// What one agency writes before it answers.
async fn within_an_agency(worlds: &mut Worlds, mut joint: Matter) {
    let inside = ["rep06", "rep01", "congress1", "leader1", "mayor1", "jtj-liaison", "mem01"];
    worlds.hidden_from(&inside, "the draft of a reply", joint.draft_reply(0, "PLANNED")).await;
    joint.record_contact(0).await;
    joint.send_opinion(1).await;
    worlds.hidden_from(&inside, "handing it in for review", joint.submit_reply(0)).await;
    worlds.hidden_from(&inside, "a review", async { drop(joint.review(0, "APPROVE").await) }).await;
    worlds.hidden_from(&inside, "sending it back", async { drop(joint.review(0, "REJECT").await) }).await;
}

/// What leaders and the transfer office do to keep a matter moving.
async fn supervision(worlds: &mut Worlds, app: &TestApp, matter: &Matter) {
    let (gov, mayor) = (app.sign_in("gov1").await, app.sign_in("mayor1").await);
    let outside = ["rep01", "mem01", "cppcc1", "admin", "city-congress"];
    let label = json!({ "submissionId": matter.id, "leaderId": app.user("leader1").await, "label": "重点督办",
        "reason": "关注度高" });
    worlds.hidden_from(&outside, "supervision", did(&matter.office().await, "supervise", label)).await;
    let urge = json!({ "assignmentId": matter.parts[0].id, "message": "请按期答复" });
    worlds.hidden_from(&outside, "an urging", did(&gov, "urge", urge)).await;
    worlds.hidden_from(&outside, "a meeting", stage::meet(&gov, &[matter])).await;
    let other_side = [&outside[..], &["rep06", "congress1", "leader1"]].concat();
    let text = json!({ "submissionId": matter.id, "text": "请抓紧办理" });
    worlds.hidden_from(&other_side, "an instruction", did(&mayor, "instruct", text.clone())).await;
    let government = [&outside[..], &["rep06", "congress1", "mayor1"]].concat();
    let leader = app.sign_in("leader1").await;
    worlds.hidden_from(&government, "an instruction of the other side", did(&leader, "instruct", text)).await;
}

#[tokio::test]
async fn what_is_hidden_changes_no_answer() {
    let mut worlds = Box::pin(Worlds::new()).await;
    let app = worlds.app.clone();
    let joint = Box::pin(app.handling_by("rep06", &["mzj", "jtj"], "LEAD_WITH_CO")).await;
    let rated = Box::pin(app.issued("rep06")).await;
    worlds.look_around().await;
    Box::pin(until_release(&mut worlds, &app)).await;
    Box::pin(supervision(&mut worlds, &app, &joint)).await;
    Box::pin(within_an_agency(&mut worlds, joint)).await;
    let sealed = ["rep01", "gov1", "mayor1", "mzj-liaison", "mzj-handler", "jtj-liaison", "leader1", "mem01"];
    worlds.hidden_from(&sealed, "a sealed rating", rated.rate("DISSATISFIED")).await;
    println!("{} queries, {} of them without an error", worlds.asked, worlds.useful);
    assert!(worlds.useful * 3 > worlds.asked * 2, "most queries are worth asking");
}

#[tokio::test]
async fn what_is_not_hidden_is_noticed_by_these_queries() {
    let mut worlds = Box::pin(Worlds::new()).await;
    let app = worlds.app.clone();
    for (reader, rep) in [("congress1", "rep06"), ("auditor", "mem05"), ("rep01", "rep06")] {
        worlds.seed += 1;
        let before = worlds.ask(&[reader], ENOUGH).await;
        Box::pin(app.accepted(rep)).await;
        let after = worlds.ask(&[reader], ENOUGH).await;
        assert!(before != after, "{reader} would not notice a leak either");
    }
}
