//! Hidden and missing are the same: an answer about what a reader may not know is, byte for byte, the
//! answer about an id that nobody ever had. And no refusal holds a text that he may not read.

use super::closure::{Scene, type_of};
use super::marks::Marks;
use super::model::{Arg, model};
use super::sight::text;
use super::stage::{Name, uuid};
use crate::support::{Client, TestApp, draft_input, verbs};
use domain::ids::AnyId;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Readers from whom something of every type is hidden.
const READERS: &[Name] = &[
    ("rep01", None),
    ("rep02", None),
    ("mem01", None),
    ("congress1", None),
    ("congress2", None),
    ("cppcc1", None),
    ("gov1", None),
    ("leader1", None),
    ("mayor1", None),
    ("mzj-head", None),
    ("mzj-liaison", None),
    ("mzj-handler", None),
    ("jtj-liaison", None),
    ("jtj-handler", None),
];

/// How many hidden ids of a type a reader tries.
const TRIES: usize = 6;

/// An id of the same type that nothing has.
fn missing(id: &str) -> String {
    let (tag, _) = id.rsplit_once('_').expect("an id has a tag");
    format!("{tag}_{}", uuid(0xdead).simple())
}

/// Some things of each type that are hidden from the reader.
fn hidden_from(scene: &Scene, reader: usize) -> Vec<(&'static str, String)> {
    let (_, _, reader) = &scene.readers[reader];
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for id in scene.oracle.every_id() {
        let ty = type_of(id);
        let open = matches!(id, AnyId::RegionId(_)) || scene.oracle.sees(reader, id);
        if !open && found.iter().filter(|(other, _)| *other == ty).count() < TRIES {
            found.push((ty, text(id)));
        }
    }
    found
}

#[tokio::test]
async fn an_id_of_something_hidden_is_answered_like_an_id_of_nothing() {
    let scene = Scene::new(READERS).await;
    let mut types = BTreeSet::new();
    for (number, (name, client, _)) in scene.readers.iter().enumerate() {
        for (ty, id) in hidden_from(&scene, number) {
            types.insert(ty);
            let node = "query($id: ID!) { node(id: $id) { __typename id } nodes(ids: [$id]) { __typename id } }";
            let mut queries = vec![node];
            if ty == "Submission" {
                queries.push("query($id: ID!) { submission(id: $id) { id title } }");
                queries.push("query($id: ID!) { meetings(submissionId: $id) { totalCount nodes { id } } }");
            }
            if ty == "User" {
                queries.push("query($id: ID!) { assignments(filter: { leaderId: $id }) { totalCount } }");
            }
            if ty == "Organization" {
                queries.push("query($id: ID!) { users(organizationId: $id) { totalCount nodes { id } } }");
                queries.push(
                    "query($id: ID!) { submissions(filter: { agencyId: $id }) { totalCount nodes { id } }
                      assignments(filter: { agencyId: $id }) { totalCount nodes { id } }
                      commitments(agencyId: $id) { totalCount }
                      consultations(agencyId: $id) { totalCount nodes { id } }
                      dutyHistory(agencyId: $id) { totalCount nodes { id } } }",
                );
            }
            for query in queries {
                let shown = client.gql(query, json!({ "id": id })).await.body;
                let nothing = client.gql(query, json!({ "id": missing(&id) })).await.body;
                assert_eq!(shown.to_string(), nothing.to_string(), "{name}: {ty} {id}");
            }
        }
    }
    let wanted = ["Assignment", "Commitment", "Contact", "ExtensionRequest", "Feedback", "Notification", "Reply"];
    for ty in wanted.iter().chain(&[
        "Appraisal",
        "Consultation",
        "Instruction",
        "Meeting",
        "ReturnRequest",
        "Submission",
        "Supervision",
        "TimelineEntry",
    ]) {
        assert!(types.contains(ty), "nothing of type {ty} is hidden from anybody");
    }
}

/// Verbs about one's own account, which name nothing of anybody else's.
const OWN: &[&str] = &["signIn", "refreshToken", "switchPosition", "changePassword"];

/// The type of the thing that a verb names by its field `id`.
fn subject(verb: &str) -> &'static str {
    match verb {
        "updateDraft" | "deleteDraft" | "submit" | "withdraw" | "returnForRevision" | "acceptSubmission"
        | "refuseSubmission" | "convertSubmission" | "unmergeSubmission" | "archiveSubmission" => "Submission",
        "signForAssignment" => "Assignment",
        "decideReturn" | "arbitrate" => "ReturnRequest",
        "decideExtension" | "decideExtensions" => "ExtensionRequest",
        "updateReply"
        | "submitReply"
        | "reviewReply"
        | "issueReply"
        | "rejectReply"
        | "publishReply"
        | "withdrawPublication" => "Reply",
        "updateOfficeRecord" | "withdrawOfficeRecord" => "OfficeRecord",
        "answerContact" => "Contact",
        "settleFeedback" => "Feedback",
        "reportCommitment" | "answerCommitment" | "publishCommitment" => "Commitment",
        "retryDelivery" => "Delivery",
        "deleteAttachment" => "Attachment",
        "objectToAppraisal" | "answerObjection" => "Appraisal",
        "changeDuty" | "endDuty" => "DutyClause",
        "answerConsultation" | "closeConsultation" | "withdrawConsultation" | "linkConsultation" => "Consultation",
        "cancelDeskShift" => "DeskShift",
        other => panic!("{other} is new: say in tests/it/leaks/hidden.rs what its id names"),
    }
}

/// What a field of an input names; none when it names nothing that could be hidden.
fn names(verb: &str, field: &str) -> Option<&'static str> {
    Some(match field {
        "id" => subject(verb),
        "ids" => "Notification",
        "submissionId" | "otherId" | "submissionIds" | "mainId" | "mergedIds" => "Submission",
        "assignmentId" => "Assignment",
        "feedbackId" => "Feedback",
        "agencyId" | "proposedAgencyId" | "newAgencyId" | "sectionId" | "suggestedAgencyIds" | "transferOfficeId" => {
            "Organization"
        }
        "userIds" | "leaderId" | "handlerId" | "onBehalfOfId" => "User",
        "regionId" => "Region",
        "evidenceIds" => "Attachment",
        "categoryId" | "sessionId" | "positionId" => return None,
        other => panic!("{verb}.{other} is new: say in tests/it/leaks/hidden.rs what it names"),
    })
}

/// An input in which every id of this type is the given one, and the rest is as plain as can be.
fn filled(verb: &str, input: &str, ty: &str, id: &str, others: &Map<String, Value>) -> Value {
    let mut object = Map::new();
    for arg in &model().inputs[input] {
        if let Some(value) = value_of(verb, arg, ty, id, others) {
            object.insert(arg.name.clone(), value);
        }
    }
    Value::Object(object)
}

fn value_of(verb: &str, arg: &Arg, ty: &str, id: &str, others: &Map<String, Value>) -> Option<Value> {
    let base = arg.base();
    let one = match base.as_str() {
        "ID" => match names(verb, &arg.name) {
            Some(of) if of == ty => json!(id),
            Some(of) if arg.required() => {
                let other = others.get(of).cloned();
                other.unwrap_or_else(|| panic!("{verb}.{}: the stage has no {of}", arg.name))
            }
            _ => return None,
        },
        "String" if arg.required() => json!("文字"),
        "Int" => json!(1),
        "Boolean" => json!(true),
        "Date" => json!("2026-08-10"),
        "DateTime" => json!("2026-02-10T00:00:00Z"),
        _ if !arg.required() => return None,
        other => match model().enums.get(other) {
            Some(values) => json!(values[0]),
            None => filled(verb, other, ty, id, others),
        },
    };
    Some(if arg.is_list() { json!([one]) } else { one })
}

async fn tried(client: &Client, verb: &str, input: Value, id: &str) -> String {
    let selection = match verb {
        "releaseAssignments" => "results { submissionId errors { code message } }",
        "decideExtensions" => "results { id errors { code message } }",
        _ => "",
    };
    client.call(verb, input, selection).await.body.to_string().replace(id, "ID")
}

#[tokio::test]
async fn a_verb_on_something_hidden_is_refused_like_a_verb_on_nothing_and_no_refusal_quotes_a_hidden_text() {
    let scene = Scene::new(READERS).await;
    let mut verbs: Vec<(&String, &String)> = verbs::all().iter().filter(|(v, _)| !OWN.contains(&v.as_str())).collect();
    verbs.sort();
    let mut tries = 0;
    for (number, (name, client, reader)) in scene.readers.iter().enumerate() {
        let hidden = hidden_from(&scene, number);
        // What the reader does see, so that only the hidden thing is in the way.
        let mut others = Map::new();
        for id in scene.oracle.every_id() {
            let ty = type_of(id);
            if !others.contains_key(ty) && scene.oracle.sees(reader, id) {
                others.insert(ty.to_owned(), json!(text(id)));
            }
        }
        for (ty, id) in &hidden {
            others.entry((*ty).to_owned()).or_insert_with(|| json!(missing(id)));
        }
        for (verb, input) in &verbs {
            for (ty, id) in hidden.iter().filter(|(ty, _)| mentions(verb, input, ty)) {
                let nothing = missing(id);
                let found = tried(client, verb, filled(verb, input, ty, id, &others), id).await;
                let expected = tried(client, verb, filled(verb, input, ty, &nothing, &others), &nothing).await;
                assert_eq!(found, expected, "{name}: {verb} with {ty} {id}");
                for mark in Marks::found_in(&found) {
                    assert!(scene.marks.allowed(&scene.oracle, Some(reader), mark), "{name}: {verb}: {found}");
                }
                tries += 1;
            }
        }
    }
    assert!(tries > 1_000, "only {tries} attempts");
}

/// Whether an input names a thing of this type, itself or in an input inside it.
fn mentions(verb: &str, input: &str, ty: &str) -> bool {
    model().inputs[input].iter().any(|arg| match arg.base().as_str() {
        "ID" => names(verb, &arg.name) == Some(ty),
        base if arg.required() && model().inputs.contains_key(base) => mentions(verb, base, ty),
        _ => false,
    })
}

#[tokio::test]
async fn a_number_or_key_that_another_used_is_free_for_everybody_who_cannot_know() {
    let app = TestApp::new().await;
    let number = json!({ "documentNo": "清函〔2026〕1号" });
    for agency in ["mzj", "jtj"] {
        let mut matter = app.handling_by("rep01", &[agency], "SOLE").await;
        matter.record_contact(0).await;
        matter.draft_reply(0, "SOLVED").await;
        matter.submit_reply(0).await;
        matter.approve(0).await;
        let liaison = matter.person(0, "liaison").await;
        matter.write(&liaison, "issueReply", matter.reply(0), number.clone()).await.payload("issueReply");
    }
    let mut ids = BTreeSet::new();
    for rep in ["rep01", "rep02"] {
        let mut input = draft_input("SUGGESTION", "题");
        input["idempotencyKey"] = json!("the same key");
        let answer = app.sign_in(rep).await.call("createDraft", input, "submission { id leadProposer { id } }").await;
        let made = &answer.payload("createDraft")["submission"];
        assert_eq!(made["leadProposer"]["id"], json!(app.user(rep).await));
        ids.insert(made["id"].to_string());
    }
    assert_eq!(ids.len(), 2);
}
