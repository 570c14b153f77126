//! Asking for outcomes finds what the reader may read in latest issued replies, and tells of no other reply.

use super::closure::Scene;
use super::oracle::{Oracle, Reader};
use super::stage::{AGENCIES, OFFICES, PROPOSERS, WATCHERS};
use domain::ids::AnyId;
use domain::vocabulary::{HandlingMode, Outcome, ReplyStatus};
use entity::{reply, submission};
use std::collections::BTreeSet;

/// The outcomes of the latest issued replies of a matter, by loops.
pub fn latest(oracle: &Oracle, reader: &Reader, m: &submission::Model) -> BTreeSet<String> {
    let open = |row: &&reply::Model| {
        row.status == ReplyStatus::Issued && row.submission_id == m.id && oracle.sees(reader, AnyId::ReplyId(row.id))
    };
    let issued: Vec<&reply::Model> = oracle.reply.iter().filter(open).collect();
    let joint = m.mode == Some(HandlingMode::CoLead);
    let later = |row: &reply::Model| {
        issued.iter().any(|one| one.round > row.round && (joint || one.assignment_id == row.assignment_id))
    };
    issued.iter().filter(|row| !later(row)).map(|row| row.outcome.to_string()).collect()
}

#[tokio::test]
async fn outcomes_find_what_the_reader_may_read_and_nothing_else() {
    let scene = Scene::new(&[PROPOSERS, OFFICES, WATCHERS, AGENCIES].concat()).await;
    let oracle = &scene.oracle;
    let one = Outcome::ALL.iter().map(|outcome| vec![outcome.code()]);
    let wanted: Vec<Vec<&str>> =
        one.chain([vec![], Outcome::ALL.iter().map(|outcome| outcome.code()).collect()]).collect();
    let (mut found_in_all, mut closed) = (0, 0);
    for (name, client, reader) in &scene.readers {
        let asked = wanted.iter().enumerate().map(|(i, outcomes)| {
            let list = outcomes.join(" ");
            format!("q{i}: submissions(first: 100, filter: {{ outcome: [{list}] }}) {{ totalCount nodes {{ id }} }}")
        });
        let asked: Vec<String> = asked.collect();
        for (part, questions) in asked.chunks(4).enumerate() {
            let answer = client.ask(&format!("{{ {} }}", questions.join(" "))).await;
            for (i, outcomes) in wanted.iter().enumerate().skip(part * 4).take(questions.len()) {
                let matches = |m: &&submission::Model| {
                    latest(oracle, reader, m).iter().any(|outcome| outcomes.contains(&outcome.as_str()))
                };
                let readable = oracle.submission.iter().filter(|m| oracle.reads(reader, m));
                let expected: BTreeSet<String> = readable.filter(matches).map(|m| m.id.to_string()).collect();
                let nodes = answer.list(&format!("q{i}.nodes")).iter();
                let found: BTreeSet<String> = nodes.map(|node| node["id"].as_str().unwrap().to_owned()).collect();
                assert_eq!(found, expected, "{name} asks for {outcomes:?}");
                let total = usize::try_from(answer.number(&format!("q{i}.totalCount"))).unwrap();
                assert_eq!(total, expected.len(), "{name} asks for {outcomes:?}: total");
                found_in_all += expected.len();
            }
        }
        let listed_with_closed_replies = oracle.submission.iter().filter(|m| {
            let issued = |row: &&reply::Model| row.submission_id == m.id;
            oracle.reads(reader, m)
                && oracle.reply.iter().filter(issued).any(|row| !oracle.sees(reader, AnyId::ReplyId(row.id)))
        });
        closed += listed_with_closed_replies.count();
    }
    assert!(found_in_all > 0 && closed > 0, "some are found, and some replies of listed matters are closed to readers");
}
