//! How good search, likeness and routing are on labelled texts. Prints the figures, and fails below what was measured.

use lexis::Query;
use lexis::routing::{Evidence, Part, Router};
use lexis::similar::{ALIKE, Corpus};

fn rows(file: &str) -> Vec<Vec<&str>> {
    file.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t').collect()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn ratio(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

#[test]
fn queries_find_what_readers_want() {
    let matters = rows(include_str!("data/matters.tsv"));
    let queries = rows(include_str!("data/queries.tsv"));
    assert!(queries.len() >= 60);
    let (mut right, mut given, mut wanted) = (0, 0, 0);
    for row in &queries {
        let query = Query::parse(row[0]);
        let found: Vec<&str> =
            matters.iter().filter(|matter| query.matches([matter[1], matter[2]])).map(|matter| matter[0]).collect();
        let labelled: Vec<&str> =
            row.get(1).map(|list| list.split(',').filter(|no| !no.is_empty()).collect()).unwrap_or_default();
        if found != labelled {
            println!("{}: found {found:?}, labelled {labelled:?}", row[0]);
        }
        right += found.iter().filter(|no| labelled.contains(no)).count();
        given += found.len();
        wanted += labelled.len();
    }
    let (precision, recall) = (ratio(right, given), ratio(right, wanted));
    println!("{} queries: precision {precision:.3}, recall {recall:.3}", queries.len());
    assert!(precision >= 0.97 && recall >= 0.97, "precision {precision:.3}, recall {recall:.3}");
}

#[test]
fn like_matters_are_told_from_others() {
    let pairs = rows(include_str!("data/pairs.tsv"));
    assert!(pairs.len() >= 60);
    let mut corpus = Corpus::default();
    for (i, pair) in pairs.iter().enumerate() {
        corpus.add((i, 1), pair[1], "");
        corpus.add((i, 2), pair[2], "");
    }
    let scored: Vec<(bool, f64)> = pairs
        .iter()
        .enumerate()
        .map(|(i, pair)| {
            let all = corpus.similar(pair[1], "", usize::MAX);
            let score = all.iter().find(|found| found.key == (i, 2)).map_or(0.0, |found| found.score);
            if (score >= ALIKE) != (pair[0] == "1") {
                println!("{score:.2} labelled {}: {} | {}", pair[0], pair[1], pair[2]);
            }
            (pair[0] == "1", score)
        })
        .collect();
    let at = |threshold: f64| {
        let (mut right, mut given, mut wanted) = (0, 0, 0);
        for (like, score) in &scored {
            right += usize::from(*like && *score >= threshold);
            given += usize::from(*score >= threshold);
            wanted += usize::from(*like);
        }
        (ratio(right, given), ratio(right, wanted))
    };
    for threshold in [0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7] {
        let (precision, recall) = at(threshold);
        println!("{} pairs at {threshold:.2}: precision {precision:.3}, recall {recall:.3}", pairs.len());
    }
    let (precision, recall) = at(ALIKE);
    assert!(precision >= 0.97 && recall >= 0.95, "precision {precision:.3}, recall {recall:.3}");
}

#[test]
fn matters_of_a_year_go_to_the_agencies_that_handled_them() {
    let mut router: Router<String> = Router::default();
    let mut asked: Vec<(String, String)> = Vec::new();
    for (file, past) in [
        (include_str!("../../api/data/ledger/2017.csv"), true),
        (include_str!("../../api/data/ledger/2018.csv"), true),
        (include_str!("../../api/data/ledger/2019.csv"), false),
    ] {
        for line in file.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let (year, title, lead, co) = (cells[0], cells[6], cells[13], cells[14]);
            let Ok(year) = year.trim_start_matches('\u{feff}').parse() else { continue };
            if past {
                router.learn(lead.to_owned(), Evidence::Assigned { part: Part::Lead, year }, title);
                for agency in co.split('、').filter(|agency| !agency.is_empty()) {
                    router.learn(agency.to_owned(), Evidence::Assigned { part: Part::Co, year }, title);
                }
            } else {
                asked.push((title.to_owned(), lead.to_owned()));
            }
        }
    }
    assert!(asked.len() >= 200);
    let (mut first, mut third) = (0, 0);
    for (title, lead) in &asked {
        let agencies: Vec<String> = router.suggest(title, "", 3).into_iter().map(|found| found.agency).collect();
        first += usize::from(agencies.first() == Some(lead));
        third += usize::from(agencies.contains(lead));
        if agencies.first() != Some(lead) {
            println!("{title}: {agencies:?}, handled by {lead}");
        }
    }
    let (first, third) = (ratio(first, asked.len()), ratio(third, asked.len()));
    println!("{} matters: top-1 {first:.3}, top-3 {third:.3}", asked.len());
    assert!(first >= 0.97 && third >= 0.97, "top-1 {first:.3}, top-3 {third:.3}");
}
