//! Path closure: every path of the schema up to six fields, walked as every role over one stage.

use super::marks::{self, Marks};
use super::oracle::{Oracle, Reader};
use super::sight::text;
use super::stage::{self, AGENCIES, Name, OFFICES, PROPOSERS, WATCHERS};
use super::walk::Walk;
use super::{model, paths};
use crate::support::{Client, TestApp};
use domain::ids::{AnyId, PositionId, SubmissionId};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many ids one document asks for.
const IDS: usize = 100;
/// How long the paths are that begin at something found by its id, and from how many of a type they go.
const FROM_AN_ID: usize = 3;
const WALKED: usize = 4;
/// How many ids of one type a reader tries.
const MOST: usize = 60;

/// The stage with its marks, and those who look at it.
pub struct Scene {
    pub app: TestApp,
    pub marks: Marks,
    pub oracle: Oracle,
    pub readers: Vec<(String, Client, Reader)>,
}

impl Scene {
    /// Builds it for these readers.
    pub async fn new(names: &[Name]) -> Self {
        let app = TestApp::new().await;
        stage::build(&app).await;
        // So late that steps are missing which should have been done.
        app.at("2026-03-30T09:00:00+08:00");
        let before = Oracle::read(app.deps.db.reader()).await;
        let mut positions: Vec<PositionId> = Vec::new();
        for (username, role) in names {
            positions.push(before.position_of(username, *role));
        }
        let marks = marks::place(&app, &positions).await;
        let oracle = Oracle::read(app.deps.db.reader()).await;
        let mut readers = Vec::new();
        for ((username, role), position) in names.iter().zip(positions) {
            let name = role.map_or_else(|| (*username).to_owned(), |role| format!("{username} as {role}"));
            readers.push((name, stage::client(&app, (*username, *role)).await, oracle.reader(position)));
        }
        Self { app, marks, oracle, readers }
    }
}

/// The type of the schema to which an id belongs.
pub fn type_of(id: AnyId) -> &'static str {
    match id {
        AnyId::RegionId(_) => "Region",
        AnyId::OrganizationId(_) => "Organization",
        AnyId::UserId(_) => "User",
        AnyId::PositionId(_) => "Position",
        AnyId::SessionId(_) => "Session",
        AnyId::CategoryId(_) => "Category",
        AnyId::SubmissionId(_) => "Submission",
        AnyId::AssignmentId(_) => "Assignment",
        AnyId::ReturnRequestId(_) => "ReturnRequest",
        AnyId::ExtensionRequestId(_) => "ExtensionRequest",
        AnyId::ContactId(_) => "Contact",
        AnyId::ReplyId(_) => "Reply",
        AnyId::FeedbackId(_) => "Feedback",
        AnyId::FeedbackFormId(_) => "FeedbackForm",
        AnyId::CommitmentId(_) => "Commitment",
        AnyId::SupervisionId(_) => "Supervision",
        AnyId::InstructionId(_) => "Instruction",
        AnyId::AttachmentId(_) => "Attachment",
        AnyId::MeetingId(_) => "Meeting",
        AnyId::EventId(_) => "TimelineEntry",
        AnyId::NotificationId(_) => "Notification",
        AnyId::DeliveryId(_) => "Delivery",
        AnyId::RuleSetId(_) => "RuleSet",
        AnyId::OfficeEventId(_) => "OfficeEvent",
        AnyId::OfficeRecordId(_) => "OfficeRecord",
        AnyId::ScoringRuleId(_) => "ScoringRule",
        AnyId::AppraisalId(_) => "Appraisal",
        AnyId::PublicSubmissionId(_) => "PublicSubmission",
        AnyId::DutyClauseId(_) => "DutyClause",
        AnyId::ConsultationId(_) => "Consultation",
        AnyId::DeskShiftId(_) => "DeskShift",
        other => panic!("{other:?} is no node: say in tests/it/leaks/closure.rs of which type"),
    }
}

/// The type of the node with this id, which for the public depends on whether it was withdrawn.
fn type_in(oracle: &Oracle, id: AnyId) -> &'static str {
    match id {
        AnyId::PublicSubmissionId(id) if oracle.withdrawn(oracle.matter(SubmissionId(id.0))) => "WithdrawnPublication",
        other => type_of(other),
    }
}

/// A document over these ids, with what is asked of each.
fn by_ids(ty: &str, selection: &str) -> String {
    format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id ... on {ty} {{{selection} }} }} }}")
}

#[tokio::test]
async fn every_path_shows_a_proposer_what_he_may_read_and_nothing_else() {
    walk_as(PROPOSERS).await;
}

#[tokio::test]
async fn every_path_shows_an_office_what_it_may_read_and_nothing_else() {
    walk_as(OFFICES).await;
}

#[tokio::test]
async fn every_path_shows_a_leader_or_auditor_what_he_may_read_and_nothing_else() {
    walk_as(WATCHERS).await;
}

#[tokio::test]
async fn every_path_shows_an_agency_what_it_may_read_and_nothing_else() {
    walk_as(AGENCIES).await;
}

async fn walk_as(names: &[Name]) {
    let scene = Scene::new(names).await;
    let from_query = paths::from_query();
    let (whole, parted) = paths::documents(&from_query);
    let mut of_type: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for id in scene.oracle.every_id() {
        of_type.entry(type_in(&scene.oracle, id)).or_default().push(text(id));
    }
    let missing: Vec<_> = model::model().nodes.iter().filter(|ty| !of_type.contains_key(ty.as_str())).collect();
    assert!(missing.is_empty(), "the stage has no {missing:?}: add one in tests/it/leaks/stage.rs");
    let selections: BTreeMap<&str, Vec<String>> =
        of_type.keys().map(|ty| (*ty, paths::pack(ty, 1, &paths::from_node(ty, FROM_AN_ID)))).collect();
    let mut faults: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut figures = [0; 4];
    for (turn, (name, client, reader)) in scene.readers.iter().enumerate() {
        let mut walk = Walk::new(&scene.oracle, &scene.marks, Some(reader));
        for document in &whole {
            walk.take(&client.ask(document).await.body, document);
        }
        // Each reader begins with another part, so that every path meets every matter.
        let parts = parts(client).await;
        for (number, document) in parted.iter().enumerate() {
            let document = paths::over_part(document, parts[(turn + number) % parts.len()].as_ref());
            walk.take(&client.ask(&document).await.body, &document);
        }
        figures[0] += whole.len() + parted.len();
        for (ty, ids) in &of_type {
            figures[0] += by_id(&scene.oracle, &mut walk, client, reader, (turn, ty, ids), &selections[ty]).await;
        }
        figures[1] += walk.values;
        figures[2] += walk.ids.len();
        figures[3] += walk.seen.len();
        for (kind, example) in &walk.faults {
            faults.entry(format!("{kind}: {example}")).or_default().insert(name.clone());
        }
        for missed in walk.missed() {
            faults.entry(format!("never shown: {missed}")).or_default().insert(name.clone());
        }
    }
    let [queries, values, things, texts] = figures;
    let readers = scene.readers.len();
    println!(
        "{} paths, {readers} readers, {queries} queries: {values} values, {things} things, {texts} marked texts",
        from_query.len()
    );
    let report: Vec<String> = faults.iter().take(40).map(|(fault, who)| format!("{who:?} {fault}")).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), report.join("\n"));
}

/// Where the parts of his list of submissions begin.
async fn parts(client: &Client) -> Vec<Option<String>> {
    let list = client.ask("{ submissions(first: 40) { edges { cursor } } }").await;
    let edges = list.list("submissions.edges");
    let last = edges.len().saturating_sub(1);
    let begin = |at: usize| at.checked_sub(1).and_then(|at| edges[at]["cursor"].as_str()).map(str::to_owned);
    (0..=last).step_by(paths::PART).map(begin).collect()
}

/// Asks for every id, and walks on from some of each type; gives the number of queries.
async fn by_id(
    oracle: &Oracle,
    walk: &mut Walk<'_>,
    client: &Client,
    reader: &Reader,
    (turn, ty, ids): (usize, &str, &[String]),
    selections: &[String],
) -> usize {
    let mut queries = 0;
    // Of a type with very many, each reader takes another part.
    let every = ids.len().div_ceil(MOST);
    let ids: Vec<String> = ids.iter().skip(turn % every).step_by(every).cloned().collect();
    for chunk in ids.chunks(IDS) {
        let document = by_ids(ty, &paths::pack(ty, 1, &[])[0]);
        let body = client.gql(&document, json!({ "ids": chunk })).await.body;
        found_exactly(oracle, reader, chunk, &body, &mut walk.faults);
        walk.take(&body, &document);
        queries += 1;
    }
    let seen: Vec<&String> = ids.iter().filter(|id| oracle.sees(reader, stage::any_id(id))).collect();
    let step = (seen.len() / WALKED).max(1);
    let some: Vec<&String> = seen.into_iter().step_by(step).collect();
    for selection in selections {
        let document = by_ids(ty, selection);
        walk.take(&client.gql(&document, json!({ "ids": some })).await.body, &document);
        queries += 1;
    }
    queries
}

/// Each id gives its object to those who may know it, and nothing to the others.
fn found_exactly(
    oracle: &Oracle,
    reader: &Reader,
    ids: &[String],
    body: &Value,
    faults: &mut BTreeMap<String, String>,
) {
    let nodes = body["data"]["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (i, id) in ids.iter().enumerate() {
        let shown = nodes.get(i).is_some_and(|node| !node.is_null());
        let parsed = stage::any_id(id);
        // The region above is named by its own regions, and found by no id.
        let above = matches!(parsed, AnyId::RegionId(region) if region != reader.region);
        if shown != (oracle.sees(reader, parsed) && !above) {
            let kind = format!("node of {}", type_of(parsed));
            faults.entry(kind).or_insert_with(|| format!("{id} shown: {shown}"));
        }
    }
}
