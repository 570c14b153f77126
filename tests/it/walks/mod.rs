//! Random walks over the life of matters, through the API, as everybody at once.
//!
//! Each step is some person's verb on some matter, mostly one that `availableActions` offers him and now
//! and then any other. After each step the rows are compared with those before: a refused verb changed
//! nothing, an offered one is the only kind that succeeds, and [`invariants`] hold. The seeds are fixed,
//! so that a failing walk can be walked again.

mod invariants;
mod lists;
mod moves;
mod past;
mod random;
mod rows;

use crate::support::TestApp;
use crate::support::builders::BATCHES;
use crate::support::figures;
use chrono::TimeDelta;
use domain::vocabulary::{AssignmentStatus, Institution, Role, SubmissionAction, SubmissionStatus};
use entity::submission;
use invariants::Memory;
use moves::{Move, Person};
use random::Random;
use rows::Rows;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Those who act, with the roles in which they do.
const PEOPLE: &[(&str, Role)] = &[
    ("rep01", Role::Representative),
    ("rep02", Role::Representative),
    ("mem01", Role::CommitteeMember),
    ("mem02", Role::CommitteeMember),
    ("congress1", Role::CongressOffice),
    ("cppcc1", Role::CppccOffice),
    ("gov1", Role::TransferOffice),
    ("mzj-liaison", Role::Liaison),
    ("mzj-handler", Role::Handler),
    ("mzj-deputy", Role::AgencyDeputyHead),
    ("mzj-head", Role::AgencyHead),
    ("jtj-liaison", Role::Liaison),
    ("jtj-handler", Role::Handler),
    ("jtj-deputy", Role::AgencyDeputyHead),
    ("jtj-head", Role::AgencyHead),
    ("leader1", Role::SupervisingLeader),
    ("mayor1", Role::RegionLeader),
    ("auditor", Role::Auditor),
];
/// Those who work in the two agencies.
const AGENCIES: [&str; 8] =
    ["mzj-liaison", "mzj-handler", "mzj-deputy", "mzj-head", "jtj-liaison", "jtj-handler", "jtj-deputy", "jtj-head"];
/// Those of them who write.
const PROPOSERS: &[(&str, Role)] = &[
    ("rep01", Role::Representative),
    ("rep02", Role::Representative),
    ("mem01", Role::CommitteeMember),
    ("mem02", Role::CommitteeMember),
];
/// The matters under way in one walk: few, so that they go far.
const MATTERS: usize = 4;
/// The verbs tried in one walk.
const STEPS: usize = 300;

const OFFERED: &str =
    "query($id: ID!) { submission(id: $id) { availableActions(includeRefused: true) { action allowed } } }";

/// What the walks reached, to prove that they did not walk on the spot.
#[derive(Debug, Default)]
struct Reached {
    verbs: BTreeSet<&'static str>,
    states: BTreeSet<&'static str>,
    rounds: i32,
    refused: usize,
    past: usize,
    numbers: usize,
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_people_try_nothing_is_lost_and_nothing_contradicts_itself() {
    let walks = [2026, 7, 13, 15, 22].map(|seed| tokio::spawn(walk(seed)));
    let mut reached = Reached::default();
    for walk in walks {
        reached.add(walk.await.expect("a walk went wrong; its message says which"));
    }
    let missed: Vec<_> =
        SubmissionAction::ALL.iter().map(|verb| verb.code()).filter(|verb| !reached.verbs.contains(verb)).collect();
    assert!(missed.len() <= 3, "the walks should use almost every verb, but never did {missed:?}");
    for state in ["CLOSED", "WITHDRAWN", "MERGED", "REFUSED"] {
        assert!(reached.states.contains(state), "no walk came to {state}: {reached:?}");
    }
    assert!(reached.rounds >= 2, "no walk came to a second round: {reached:?}");
    assert!(reached.numbers > 500, "too few numbers that were not zero: {reached:?}");
    assert!(reached.past > 30, "too few days whose figures were other than in the end: {reached:?}");
    assert!(reached.refused > 50, "too few refusals to prove that they change nothing: {reached:?}");
}

impl Reached {
    fn add(&mut self, other: Self) {
        self.verbs.extend(other.verbs);
        self.states.extend(other.states);
        self.rounds = self.rounds.max(other.rounds);
        self.refused += other.refused;
        self.past += other.past;
        self.numbers += other.numbers;
    }
}

async fn walk(seed: u64) -> Reached {
    let mut reached = Reached::default();
    let app = TestApp::new().await;
    // In every other walk each request to hand back is a dispute, so that disputes come up in so few steps.
    if seed.is_multiple_of(2) {
        app.change_rules(|rules| rules["returnsBeforeDispute"] = json!(0)).await;
    }
    let mut random = Random::new(seed);
    let mut memory = Memory::default();
    let db = app.database.connect().await;
    let mut before = Rows::read(&db).await;
    let mut diary = past::Diary::default();
    for step in 0..STEPS {
        if random.chance(6) {
            diary.write(&app).await;
            app.clock.set(app.now() + TimeDelta::hours(i64::try_from(random.below(150)).unwrap()));
        }
        if before.submissions.iter().filter(|row| under_way(row)).count() < MATTERS {
            let (username, role) = *random.pick(PROPOSERS).unwrap();
            let draft = moves::draft(role, &mut random);
            app.sign_in(username).await.call("createDraft", draft, "").await.payload("createDraft");
            before = compare(&db, &mut memory, before, username).await;
        }
        let open: Vec<_> = before.submissions.iter().filter(|row| under_way(row) || random.chance(30)).collect();
        let row = *random.pick(&open).unwrap();
        let matter = row.id;
        let (person, offered) = somebody(&app, &before, row, &mut random).await;
        let client = app.sign_in(person.username).await;
        let verb = choose(&offered, &mut random);
        let told = format!("seed {seed}, step {step}: {}", person.username);
        let Some(Move { mutation, input }) = moves::input(&app, &before, matter, verb, &person, &mut random).await
        else {
            continue;
        };
        let told = format!("{told} tries {mutation} {input}");
        let selection = if BATCHES.contains(&mutation) { "results { errors { code } }" } else { "" };
        let answer = client.call(mutation, input, selection).await;
        if did(&answer.body, mutation) {
            assert!(offered.contains(&verb), "{told}: done, but availableActions did not offer it");
            reached.verbs.insert(verb.code());
            let events = before.events.len();
            before = compare(&db, &mut memory, before, &told).await;
            reached.states.extend(before.submissions.iter().map(|row| row.status.code()));
            assert!(before.events.len() > events, "{told}: done, but the trail does not tell");
        } else {
            reached.refused += 1;
            let after = Rows::read(&db).await;
            assert!(after == before, "{told}: refused, but something changed: {}", answer.body);
        }
    }
    reached.past = diary.compare(&app, &format!("seed {seed}")).await;
    for username in ["auditor", "congress1", "gov1", "mzj-liaison", "mayor1", "rep01"] {
        reached.numbers += lists::compare(&app, username, None, &format!("seed {seed}")).await;
    }
    for day in diary.days().skip(1).step_by(6) {
        reached.numbers += lists::compare(&app, "auditor", Some(day), &format!("seed {seed}")).await;
    }
    let kept = figures::kept(&db).await;
    figures::renew(&db).await;
    figures::assert_same(&kept, &figures::kept(&db).await, &format!("seed {seed}"));
    reached.rounds = before.submissions.iter().map(|row| row.round).max().unwrap_or(0);
    db.close().await.unwrap();
    reached
}

/// Reads the rows again, checks what must hold between them and those before, and gives them.
async fn compare(db: &sea_orm::DatabaseConnection, memory: &mut Memory, before: Rows, told: &str) -> Rows {
    let after = Rows::read(db).await;
    if let Err(broken) = memory.check(&before, &after) {
        panic!("{told}: {broken}");
    }
    after
}

/// The verbs that the API offers this person on the matter; none when he does not see it.
async fn offered(client: &crate::support::Client, id: &str) -> Vec<SubmissionAction> {
    let answer = client.gql(OFFERED, json!({ "id": id })).await;
    let actions = answer.data("submission")["availableActions"].as_array().cloned().unwrap_or_default();
    actions
        .iter()
        .filter(|one| one["allowed"] == true)
        .filter_map(|one| one["action"].as_str().and_then(SubmissionAction::from_code))
        .collect()
}

/// Whether something is still to be done about it.
fn under_way(row: &submission::Model) -> bool {
    use SubmissionStatus as S;
    !matches!(row.status, S::Refused | S::Converted | S::Withdrawn | S::Closed | S::Archived)
}

/// Whose turn it is, by the state of the matter; several where several may act.
fn turn(rows: &Rows, matter: &submission::Model) -> &'static [&'static str] {
    use SubmissionStatus as S;
    let congress = matter.institution == Institution::Congress;
    let proposers: &[_] = if congress { &["rep01", "rep02"] } else { &["mem01", "mem02"] };
    let office: &[_] = if congress { &["congress1"] } else { &["cppcc1"] };
    let sealed = rows.feedbacks.iter().any(|sheet| sheet.handled_id == matter.id && sheet.submitted_at.is_some());
    let stands = |status| {
        rows.assignments.iter().any(|part| part.submission_id == matter.id && part.live && part.status == status)
    };
    if stands(AssignmentStatus::Disputed) {
        return &["mayor1", "gov1"];
    }
    if stands(AssignmentStatus::ReturnRequested) {
        return &["gov1"];
    }
    match matter.status {
        S::Draft | S::NeedsRevision => proposers,
        S::Submitted | S::Merged => office,
        S::Accepted => &["gov1"],
        S::Assigned => &["mzj-liaison", "jtj-liaison", "mzj-deputy", "jtj-deputy"],
        S::Handling => &AGENCIES,
        S::Replied if sealed => office,
        S::Replied => proposers,
        _ => &["rep01", "mem01", "congress1", "cppcc1", "mzj-liaison", "jtj-liaison"],
    }
}

/// Somebody to act on this matter: mostly one whose turn it is, now and then just anybody.
async fn somebody<'a>(
    app: &TestApp,
    rows: &Rows,
    matter: &submission::Model,
    random: &mut Random,
) -> (Person<'a>, Vec<SubmissionAction>) {
    let turn = turn(rows, matter);
    let mut tries = 4;
    loop {
        let stranger = random.pick(PEOPLE).unwrap();
        let whose = *random.pick(turn).unwrap();
        let found = PEOPLE.iter().find(|(username, _)| *username == whose).unwrap_or(stranger);
        let (username, role) = if random.chance(15) { *stranger } else { *found };
        let offered = offered(&app.sign_in(username).await, &matter.id.to_string()).await;
        tries -= 1;
        if !offered.is_empty() || tries == 0 {
            return (Person { username, role, id: app.user(username).await }, offered);
        }
    }
}

/// The verbs that lead a matter on to its end.
const ONWARD: &[SubmissionAction] = {
    use SubmissionAction as V;
    &[
        V::Submit,
        V::Accept,
        V::PlanAssignment,
        V::Release,
        V::SignFor,
        V::StartHandling,
        V::DraftReply,
        V::SubmitReply,
        V::ReviewReply,
        V::IssueReply,
        V::Rate,
        V::SettleFeedback,
    ]
};
/// The verbs that end a matter, or throw it back.
const ENDING: &[SubmissionAction] = {
    use SubmissionAction as V;
    &[V::Delete, V::Withdraw, V::Refuse, V::Convert, V::Archive, V::ReturnForRevision, V::Unmerge]
};

/// The verbs that move nothing and are nearly always offered: they would crowd out the others.
const ASIDE: &[SubmissionAction] =
    &[SubmissionAction::Instruct, SubmissionAction::RecordMeeting, SubmissionAction::Compare];

/// Verbs for which there is seldom an occasion: it is taken more often than chance would.
const RARE: &[SubmissionAction] = &[
    SubmissionAction::AnswerWithdrawal,
    SubmissionAction::ReturnForRevision,
    SubmissionAction::Convert,
    SubmissionAction::Publish,
    SubmissionAction::WithdrawPublication,
    SubmissionAction::AnswerCommitment,
    SubmissionAction::Rate,
    SubmissionAction::SettleFeedback,
];

/// Often a verb that leads on, sometimes another that is offered, now and then any verb at all.
fn choose(offered: &[SubmissionAction], random: &mut Random) -> SubmissionAction {
    let among =
        |list: &[SubmissionAction]| -> Vec<_> { offered.iter().copied().filter(|verb| list.contains(verb)).collect() };
    let (onward, ending, rare) = (among(ONWARD), among(ENDING), among(RARE));
    let other: Vec<_> =
        offered.iter().copied().filter(|verb| !ending.contains(verb) && !ASIDE.contains(verb)).collect();
    let list = match random.below(100) {
        0..15 => SubmissionAction::ALL,
        15..25 => offered,
        25..35 => &rare,
        35..65 => &onward,
        _ => &other,
    };
    random.pick(list).or(random.pick(&other)).or(random.pick(SubmissionAction::ALL)).copied().unwrap()
}

/// Whether the mutation did what was asked. Other top-level errors than those about rights are faults.
fn did(body: &Value, mutation: &str) -> bool {
    if let Some(error) = body["errors"].get(0) {
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        assert!(["FORBIDDEN", "NOT_FOUND"].contains(&code), "{mutation}: {body}");
        return false;
    }
    let payload = &body["data"][mutation];
    let errors = if BATCHES.contains(&mutation) { &payload["results"][0]["errors"] } else { &payload["errors"] };
    assert!(errors.is_array(), "{mutation}: {body}");
    errors == &json!([]) && payload["errors"] == json!([])
}
