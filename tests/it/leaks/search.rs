//! Full text, likeness and suggested agencies show what the reader may read, and tell of nothing else.

use super::closure::Scene;
use super::oracle::{Oracle, Reader, released};
use super::outcomes;
use super::stage::{AGENCIES, OFFICES, PROPOSERS, WATCHERS};
use api::use_cases::indexing;
use domain::ids::AnyId;
use domain::vocabulary::{AssignmentRole, ReplyStatus, Role};
use entity::{distinct_pair, reply, submission};
use lexis::Query;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Questions in one document.
const AT_ONCE: usize = 8;
/// Questions of each reader.
const QUESTIONS: usize = 72;

fn answers(row: &reply::Model) -> String {
    row.demand_answers.0.iter().map(|one| one.answer.as_str()).collect::<Vec<_>>().join("\n")
}

fn body(m: &submission::Model) -> String {
    [m.background.as_str(), &m.analysis, &m.recommendations].join("\n")
}

/// The texts of a matter in which this reader may look; nobody stands for those who are not signed in.
fn texts(oracle: &Oracle, reader: Option<&Reader>, m: &submission::Model) -> Vec<String> {
    let mut texts = vec![m.title.clone(), body(m)];
    if reader.is_some() {
        texts.push(m.demands.0.join("\n"));
    }
    for row in oracle.reply.iter().filter(|row| row.submission_id == m.id) {
        match reader {
            Some(reader) if row.status == ReplyStatus::Issued && oracle.sees(reader, AnyId::ReplyId(row.id)) => {
                texts.extend([row.body.clone(), answers(row)]);
            }
            None if row.published_at.is_some() => texts.push(row.body.clone()),
            _ => {}
        }
    }
    texts
}

/// A piece of each text of the stage as it is typed into a box, and words that stand in many.
fn questions(oracle: &Oracle) -> Vec<String> {
    let mut words: BTreeSet<String> = ["建议", "助餐点 补贴", "養老", "点", "无此词语"].map(str::to_owned).into();
    let replies = oracle.reply.iter().flat_map(|row| [row.body.clone(), answers(row)]);
    let matters = oracle.submission.iter().flat_map(|m| [m.title.clone(), body(m), m.demands.0.join("\n")]);
    for text in replies.chain(matters) {
        let piece: String = text.chars().filter(|c| !c.is_control() && !"\"“”\\".contains(*c)).take(12).collect();
        words.insert(piece);
    }
    let words: Vec<String> = words.into_iter().collect();
    let step = words.len().div_ceil(QUESTIONS).max(1);
    words.into_iter().step_by(step).collect()
}

fn document(words: &[String], list: impl Fn(&Value) -> String) -> String {
    let asked: Vec<String> =
        words.iter().enumerate().map(|(i, word)| format!("q{i}: {}", list(&json!(word)))).collect();
    format!("{{ {} }}", asked.join(" "))
}

#[tokio::test]
async fn words_find_what_the_reader_may_read_and_nothing_else() {
    let scene = Scene::new(&[PROPOSERS, OFFICES, WATCHERS, AGENCIES].concat()).await;
    let oracle = &scene.oracle;
    // The stage writes some of its texts past the application.
    indexing::rebuild(&scene.app.deps.db).await.unwrap();
    let words = questions(oracle);
    let (mut hits, mut hidden) = (0, 0);
    for (name, client, reader) in &scene.readers {
        for asked in words.chunks(AT_ONCE) {
            let answer = client
                .ask(&document(asked, |word| {
                    format!("submissions(first: 100, filter: {{ search: {word} }}) {{ totalCount nodes {{ id }} }}")
                }))
                .await;
            for (i, word) in asked.iter().enumerate() {
                let query = Query::parse(word);
                let holds =
                    |m: &&submission::Model, reader| query.matches(texts(oracle, reader, m).iter().map(String::as_str));
                let readable = oracle.submission.iter().filter(|m| oracle.reads(reader, m));
                let expected: BTreeSet<String> =
                    readable.filter(|m| holds(m, Some(reader))).map(|m| m.id.to_string()).collect();
                let found: BTreeSet<String> = answer
                    .list(&format!("q{i}.nodes"))
                    .iter()
                    .map(|one| one["id"].as_str().unwrap().to_owned())
                    .collect();
                assert_eq!(found, expected, "{name} looks for {word}");
                let total = usize::try_from(answer.number(&format!("q{i}.totalCount"))).unwrap();
                assert_eq!(total, expected.len(), "{name} looks for {word}: total");
                hits += expected.len();
                hidden += usize::from(expected.is_empty());
            }
        }
    }
    println!("{} words, {hits} matters found, {hidden} questions without an answer", words.len());
    assert!(hits > 0 && hidden > 0, "some words are found and some are hidden");
    for asked in words.chunks(AT_ONCE) {
        let anybody = scene.app.anonymous();
        let answer = anybody
            .ask(&document(asked, |word| {
                format!("publicSubmissions(first: 100, search: {word}) {{ totalCount nodes {{ title }} }}")
            }))
            .await;
        for (i, word) in asked.iter().enumerate() {
            let query = Query::parse(word);
            let published = oracle.submission.iter().filter(|m| oracle.published(m));
            let expected =
                published.filter(|m| query.matches(texts(oracle, None, m).iter().map(String::as_str))).count();
            assert_eq!(answer.list(&format!("q{i}.nodes")).len(), expected, "anybody looks for {word}");
            let total = usize::try_from(answer.number(&format!("q{i}.totalCount"))).unwrap();
            assert_eq!(total, expected, "anybody looks for {word}: total");
        }
    }
}

/// The words of a matter found, counted again by loops.
fn counted(oracle: &Oracle, reader: &Reader, found: &[&submission::Model]) -> [BTreeMap<String, i64>; 5] {
    let mut counts: [BTreeMap<String, i64>; 5] = Default::default();
    let none = || "NONE".to_owned();
    for m in found {
        let parts = oracle.parts(m).filter(|a| released(a) && a.role != AssignmentRole::Co);
        let each: [BTreeSet<String>; 5] = [
            [m.kind.to_string()].into(),
            [m.handling_year.map_or_else(none, |year| year.to_string())].into(),
            [m.category_id.map_or_else(none, |id| id.to_string())].into(),
            parts.map(|a| a.agency_id.to_string()).collect(),
            outcomes::latest(oracle, reader, m),
        ];
        for (counts, keys) in counts.iter_mut().zip(each) {
            keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        }
    }
    counts
}

#[tokio::test]
async fn passages_and_facets_are_taken_from_what_the_reader_may_read() {
    let scene = Scene::new(&[PROPOSERS, OFFICES, WATCHERS, AGENCIES].concat()).await;
    let oracle = &scene.oracle;
    indexing::rebuild(&scene.app.deps.db).await.unwrap();
    // Half of the words: each costs the statements of the facets besides.
    let words: Vec<String> = questions(oracle).into_iter().step_by(2).collect();
    let facets = ["kinds", "years", "categories", "leadAgencies", "outcomes"];
    let asked_facets: String = facets.iter().map(|facet| format!("{facet} {{ key count }} ")).collect();
    let (mut passages, mut of_replies, mut outcomes) = (0, 0, 0);
    for (name, client, reader) in &scene.readers {
        for asked in words.chunks(AT_ONCE / 2) {
            let answer = client
                .ask(&document(asked, |word| {
                    format!(
                        "searchSubmissions(text: {word}, first: 100) {{ totalCount facets {{ {asked_facets} }} edges {{
                         node {{ id }} snippets {{ layer replyId text marks {{ start end }} }} }} }}"
                    )
                }))
                .await;
            for (i, word) in asked.iter().enumerate() {
                let query = Query::parse(word);
                let readable = oracle.submission.iter().filter(|m| oracle.reads(reader, m));
                let expected: Vec<&submission::Model> = readable
                    .filter(|m| query.matches(texts(oracle, Some(reader), m).iter().map(String::as_str)))
                    .collect();
                let edges = answer.list(&format!("q{i}.edges"));
                let found: BTreeSet<&str> = edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap()).collect();
                let wanted: BTreeSet<String> = expected.iter().map(|m| m.id.to_string()).collect();
                assert!(found.iter().copied().eq(wanted.iter().map(String::as_str)), "{name} looks for {word}");
                assert_eq!(answer.number(&format!("q{i}.totalCount")), expected.len() as i64, "{name}: {word}");
                for edge in edges {
                    let matter = expected.iter().find(|m| json!(m.id.to_string()) == edge["node"]["id"]).unwrap();
                    let open = texts(oracle, Some(reader), matter);
                    let shown = edge["snippets"].as_array().unwrap();
                    assert!(!shown.is_empty(), "{name} looks for {word}: nothing to show");
                    for one in shown {
                        let text = one["text"].as_str().unwrap();
                        let from = open.iter().any(|open| open.contains(text));
                        assert!(from, "{name} looks for {word} and reads {text}");
                        let reply = oracle.reply.iter().find(|row| json!(row.id.to_string()) == one["replyId"]);
                        assert!(reply.is_none_or(|row| oracle.sees(reader, AnyId::ReplyId(row.id))), "{name}: {word}");
                        let size = i64::try_from(text.chars().count()).unwrap();
                        let marks = one["marks"].as_array().unwrap();
                        let inside = |mark: &Value| {
                            mark["start"].as_i64() < mark["end"].as_i64() && mark["end"].as_i64() <= Some(size)
                        };
                        assert!(!marks.is_empty() && marks.iter().all(inside), "{name}: {one}");
                        passages += 1;
                        of_replies += i64::from(reply.is_some());
                    }
                }
                let counts = counted(oracle, reader, &expected);
                for (facet, wanted) in facets.iter().zip(&counts) {
                    let told = answer.list(&format!("q{i}.facets.{facet}")).iter();
                    let told: BTreeMap<String, i64> = told
                        .map(|one| (one["key"].as_str().unwrap().to_owned(), one["count"].as_i64().unwrap()))
                        .collect();
                    assert_eq!(&told, wanted, "{name} looks for {word}: {facet}");
                }
                outcomes += counts[4].values().sum::<i64>();
            }
        }
    }
    println!("{passages} passages, {of_replies} of replies, {outcomes} outcomes counted");
    assert!(passages > 0 && of_replies > 0 && outcomes > 0);
    for asked in words.chunks(AT_ONCE) {
        let list = |word: &Value| {
            format!("publicSubmissions(first: 100, search: {word}) {{ nodes {{ id snippet {{ layer text }} }} }}")
        };
        let answer = scene.app.anonymous().ask(&document(asked, list)).await;
        for (i, word) in asked.iter().enumerate() {
            for one in answer.list(&format!("q{i}.nodes")) {
                let id: AnyId = one["id"].as_str().unwrap().parse().unwrap();
                let AnyId::PublicSubmissionId(id) = id else { panic!("{id:?}") };
                let m = oracle.matter(domain::ids::SubmissionId(id.0));
                let name = oracle.person.iter().find(|p| p.id == m.lead_proposer_id).map(|p| p.name.clone());
                let mut open = texts(oracle, None, m);
                open.extend(
                    oracle
                        .commitment
                        .iter()
                        .filter(|c| c.submission_id == m.id && c.published_at.is_some())
                        .map(|c| c.text.clone()),
                );
                open.extend(name);
                assert_eq!(one["snippet"]["layer"], "PUBLIC");
                for line in one["snippet"]["text"].as_str().unwrap().lines() {
                    assert!(open.iter().any(|open| open.contains(line)), "anybody looks for {word} and reads {line}");
                }
            }
        }
    }
}

/// Two characters that no other number has.
fn own_word(number: usize) -> String {
    let character = |offset: u32| char::from_u32(0x6c00 + offset).expect("a Chinese character");
    let number = u32::try_from(number).expect("small");
    String::from_iter([character(2 * number), character(2 * number + 1)])
}

#[tokio::test]
async fn likeness_and_suggestions_rest_on_what_the_reader_may_read() {
    let scene = Scene::new(&[PROPOSERS, OFFICES, WATCHERS, AGENCIES].concat()).await;
    let oracle = &scene.oracle;
    // Marks are numbers, which resemble nothing: every matter has a word of its own and one of all.
    let titles: Vec<String> =
        (0..oracle.submission.len()).map(|i| format!("关于{}助餐点的建议", own_word(i))).collect();
    for (row, title) in oracle.submission.iter().zip(&titles) {
        let mut row = row.clone().into_active_model();
        row.title = Set(title.clone());
        row.update(scene.app.deps.db.writer()).await.unwrap();
    }
    // Every pair of neighbours was compared.
    for pair in by_id(oracle).windows(2) {
        let row = distinct_pair::Model {
            first_id: pair[0].id,
            second_id: pair[1].id,
            decided_by: pair[0].lead_proposer_id,
            decided_at: scene.app.now(),
            reason: Some("审查认定".into()),
        };
        row.into_active_model().reset_all().insert(scene.app.deps.db.writer()).await.unwrap();
    }
    indexing::rebuild(&scene.app.deps.db).await.unwrap();
    let mut shown = 0;
    for (name, client, reader) in &scene.readers {
        for asked in titles.chunks(AT_ONCE) {
            let answer = client
                .ask(&document(asked, |text| {
                    format!("similarSubmissions(text: {text}, first: 50) {{ score submission {{ id }} }}")
                }))
                .await;
            for i in 0..asked.len() {
                for one in answer.list(&format!("q{i}")) {
                    let matter = oracle.submission.iter().find(|m| json!(m.id.to_string()) == one["submission"]["id"]);
                    let matter = matter.expect("it exists");
                    assert!(oracle.reads(reader, matter) && matter.submitted_at.is_some(), "{name}: {}", matter.title);
                    shown += 1;
                }
            }
            let answer = client
                .ask(&document(asked, |text| {
                    format!("suggestAgencies(text: {text}, first: 50) {{ agency {{ id }} reasons }}")
                }))
                .await;
            let told = answer.body.to_string();
            for request in &oracle.return_request {
                let read = oracle.sees(reader, AnyId::ReturnRequestId(request.id));
                assert!(read || !told.contains(&request.reason), "{name} is told {}", request.reason);
            }
        }
        let (mut told, mut kept) = (0, 0);
        for pair in by_id(oracle).windows(2).filter(|pair| pair.iter().all(|m| oracle.reads(reader, m))) {
            let id = json!(pair[0].id.to_string());
            let answer = client
                .ask(&format!(
                    "{{ similarSubmissions(text: \"助餐点\", first: 50, submissionId: {id}) {{ submission {{ id }} \
                     notDuplicate {{ reason }} }} }}"
                ))
                .await;
            for one in answer.list("similarSubmissions") {
                let other =
                    oracle.submission.iter().find(|m| json!(m.id.to_string()) == one["submission"]["id"]).unwrap();
                let order = by_id(oracle);
                let place = |m: &submission::Model| order.iter().position(|one| one.id == m.id).unwrap();
                let decided = place(&pair[0]).abs_diff(place(other)) == 1;
                let may = oracle.reads_review(reader, &pair[0]) && oracle.reads_review(reader, other);
                assert_eq!(!one["notDuplicate"].is_null(), decided && may, "{name}");
                told += usize::from(decided && may);
                kept += usize::from(decided && !may);
            }
        }
        println!("{name}: {told} decisions told, {kept} kept");
    }
    assert!(shown > 0);
}

#[tokio::test]
async fn groups_and_topics_are_made_of_what_the_reader_may_read() {
    let scene = Scene::new(&[PROPOSERS, OFFICES, WATCHERS, AGENCIES].concat()).await;
    let oracle = &scene.oracle;
    // Marks resemble nothing, and every matter shall resemble every other one.
    for (i, row) in oracle.submission.iter().enumerate() {
        let mut row = row.clone().into_active_model();
        row.title = Set(format!("关于{}助餐点的建议", own_word(i)));
        row.background = Set("老年助餐点布局不足。".into());
        row.update(scene.app.deps.db.writer()).await.unwrap();
    }
    let (mut grouped, mut counted) = (0, 0);
    for (name, client, reader) in &scene.readers {
        let answer = client.ask("{ intakeClusters(handlingYear: 2026) { shared submissions { id } } }").await;
        let compares = matches!(reader.role, Role::CongressOffice | Role::CppccOffice | Role::TransferOffice);
        if compares {
            for group in answer.list("intakeClusters") {
                for one in group["submissions"].as_array().unwrap() {
                    let m = oracle.submission.iter().find(|m| json!(m.id.to_string()) == one["id"]).expect("it exists");
                    assert!(oracle.reads_review(reader, m), "{name}: {}", m.id);
                    grouped += 1;
                }
            }
        } else {
            assert_eq!(answer.error_code(), "FORBIDDEN", "{name}");
        }
        let region = json!(reader.region.to_string());
        let topics = format!(
            "{{ topics(regionId: {region}, handlingYears: [2026], first: 50) {{ total topics {{ word count before \
             submissions {{ id }} }} }} }}"
        );
        let answer = client.ask(&topics).await;
        if reader.role == Role::Administrator {
            assert_eq!(answer.error_code(), "FORBIDDEN", "{name}");
            continue;
        }
        let own = |m: &&submission::Model| {
            let part = |agency| oracle.parts(m).any(|a| released(a) && a.agency_id == agency);
            oracle.reads(reader, m)
                && m.region_id == reader.region
                && m.accepted_at.is_some()
                && m.handling_year == Some(2026)
                && reader.agency.is_none_or(part)
        };
        let readable: BTreeSet<String> = oracle.submission.iter().filter(own).map(|m| m.id.to_string()).collect();
        assert_eq!(answer.number("topics.0.total"), readable.len() as i64, "{name}");
        for topic in answer.list("topics.0.topics") {
            let listed = topic["submissions"].as_array().unwrap();
            assert!(listed.iter().all(|one| readable.contains(one["id"].as_str().unwrap())), "{name}: {topic}");
            let count = topic["count"].as_i64().unwrap();
            assert_eq!(count.min(50), listed.len() as i64, "{name}: {topic}");
            assert!(count <= readable.len() as i64, "{name}: {topic}");
            counted += count;
        }
    }
    println!("{grouped} matters in groups, {counted} in topics");
    assert!(grouped > 0 && counted > 0);
}

fn by_id(oracle: &Oracle) -> Vec<submission::Model> {
    let mut rows = oracle.submission.clone();
    rows.sort_by_key(|row| row.id);
    rows
}
