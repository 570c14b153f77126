//! Totals and figures count nothing hidden: each is counted again by the oracle.

use super::closure::Scene;
use super::oracle::{Oracle, Reader, released};
use super::stage::{AGENCIES, OFFICES, PROPOSERS, WATCHERS};
use domain::vocabulary::{AssignmentRole, Role};
use entity::{assignment, submission};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const YEAR: i32 = 2026;

/// The matters that a reader's figures are about: accepted, in the year, and his to list.
fn counted<'a>(oracle: &'a Oracle, reader: &'a Reader) -> impl Iterator<Item = &'a submission::Model> {
    oracle.submission.iter().filter(move |m| {
        let asked = m.region_id == reader.region && m.handling_year == Some(YEAR) && m.accepted_at.is_some();
        // An agency asks about its own matters alone.
        let own = reader.agency.is_none_or(|agency| oracle.parts(m).any(|a| released(a) && a.agency_id == agency));
        asked && oracle.reads(reader, m) && own
    })
}

/// The assignments that stand in these matters; for an agency its own.
fn standing<'a>(oracle: &'a Oracle, reader: &'a Reader) -> impl Iterator<Item = &'a assignment::Model> {
    counted(oracle, reader)
        .flat_map(|m| oracle.parts(m))
        .filter(|a| released(a) && reader.agency.is_none_or(|agency| a.agency_id == agency))
}

fn tally<T: std::fmt::Display>(of: impl Iterator<Item = T>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for one in of {
        *counts.entry(one.to_string()).or_default() += 1;
    }
    counts
}

/// What the answer counts, without zeros.
fn told(list: &Value) -> BTreeMap<String, i64> {
    let entries = list.as_array().into_iter().flatten();
    let counts = entries.map(|one| (one["key"].as_str().unwrap().to_owned(), one["count"].as_i64().unwrap()));
    counts.filter(|(_, count)| *count > 0).collect()
}

#[tokio::test]
async fn totals_and_figures_are_those_of_what_the_reader_may_list() {
    let scene = Scene::new(&[PROPOSERS, OFFICES, WATCHERS, AGENCIES].concat()).await;
    let oracle = &scene.oracle;
    for (name, client, reader) in &scene.readers {
        let lists = "{ submissions(first: 0) { totalCount } assignments(first: 0) { totalCount }
            commitments(first: 0) { totalCount } publicSubmissions(first: 0) { totalCount }
            viewer { notifications(first: 0) { totalCount } } }";
        let lists = client.ask(lists).await;
        let readable = || oracle.submission.iter().filter(|m| oracle.reads(reader, m));
        let desk = readable().flat_map(|m| oracle.parts(m)).filter(|a| released(a));
        let followed = |id| oracle.submission.iter().any(|m| m.id == id && oracle.follows(reader, m));
        let expected = [
            readable().count(),
            desk.filter(|a| reader.agency.is_none_or(|agency| a.agency_id == agency)).count(),
            oracle.commitment.iter().filter(|row| followed(row.submission_id)).count(),
            oracle.submission.iter().filter(|m| oracle.published(m)).count(),
            oracle.notification.iter().filter(|n| n.position_id == reader.position).count(),
        ];
        let found = ["submissions", "assignments", "commitments", "publicSubmissions", "viewer.notifications"]
            .map(|list| usize::try_from(lists.number(&format!("{list}.totalCount"))).unwrap());
        assert_eq!(found, expected, "{name}: totals of lists");

        let query = "query($scope: StatisticsScope!) { statistics(scope: $scope) {
            years { total byStatus { key count } byKind { key count } byRole { key count } }
            agencies { agency { id } lead co separate } } }";
        let scope = json!({ "regionId": reader.region.to_string(), "handlingYears": [YEAR] });
        let answer = client.gql(query, json!({ "scope": scope })).await;
        if reader.role == Role::Administrator {
            assert_eq!(answer.error_code(), "FORBIDDEN", "{name}");
            continue;
        }
        let year = answer.data("statistics.years.0");
        assert_eq!(year["total"], json!(counted(oracle, reader).count()), "{name}: total");
        assert_eq!(told(&year["byStatus"]), tally(counted(oracle, reader).map(|m| m.status)), "{name}: by state");
        assert_eq!(told(&year["byKind"]), tally(counted(oracle, reader).map(|m| m.kind)), "{name}: by kind");
        assert_eq!(told(&year["byRole"]), tally(standing(oracle, reader).map(|a| a.role)), "{name}: by part");
        for agency in answer.list("statistics.agencies") {
            let of = |role: AssignmentRole| {
                let own = |a: &&assignment::Model| json!(a.agency_id.to_string()) == agency["agency"]["id"];
                standing(oracle, reader).filter(own).filter(|a| a.role == role).count()
            };
            let wanted = json!([of(AssignmentRole::Lead), of(AssignmentRole::Co), of(AssignmentRole::Separate)]);
            assert_eq!(json!([agency["lead"], agency["co"], agency["separate"]]), wanted, "{name}: {agency}");
        }
    }
    // The stage is rich enough that the figures of readers differ.
    let mine = |name: &str| {
        let (_, _, reader) = scene.readers.iter().find(|(one, ..)| one == name).unwrap();
        counted(oracle, reader).count()
    };
    assert!(mine("auditor") > mine("congress1") && mine("congress1") > mine("rep01"));
}
