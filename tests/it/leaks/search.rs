//! Full text, likeness and suggested agencies show what the reader may read, and tell of nothing else.

use super::closure::Scene;
use super::oracle::{Oracle, Reader};
use super::stage::{AGENCIES, OFFICES, PROPOSERS, WATCHERS};
use api::use_cases::indexing;
use domain::ids::AnyId;
use domain::vocabulary::ReplyStatus;
use entity::{reply, submission};
use lexis::Query;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::{Value, json};
use std::collections::BTreeSet;

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
    }
    assert!(shown > 0);
}
