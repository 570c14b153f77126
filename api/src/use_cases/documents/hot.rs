//! What many matters of a year speak of, and what was handed in before (热点问题、多年多次提出的问题).

use super::listed::Listed;
use crate::access::Seen;
use domain::ids::SubmissionId;
use lexis::similar::{ALIKE, Corpus};
use lexis::topics::topics;
use lexis::{Query, ranges};
use papers::data::HotTopic;
use std::collections::BTreeMap;

/// How many topics are named.
const MOST: usize = 10;

/// The topics of the titles, hottest first, against those of the year before.
pub fn topics_of(now: &Listed, before: &Listed) -> Vec<HotTopic> {
    let found = topics(&titles(now), &titles(before), MOST);
    let topic = |one: lexis::topics::Topic| {
        let query = Query::parse(&one.word);
        let held = now.seen.iter().filter(|seen| !ranges(&seen.matter.row.title, &query).is_empty());
        let summary = format!("本年{}件，上年{}件。", one.count, one.before);
        HotTopic { name: one.word, case_nos: held.filter_map(number).collect(), summary }
    };
    found.into_iter().map(topic).collect()
}

/// The matters of the year before of which one of this year says nearly the same, each with those of this year.
pub fn repeated(now: &Listed, before: &Listed) -> Vec<HotTopic> {
    let mut corpus = Corpus::default();
    let mut earlier: BTreeMap<SubmissionId, &Seen> = BTreeMap::new();
    for one in &before.seen {
        corpus.add(one.matter.row.id, &one.matter.row.title, "");
        earlier.insert(one.matter.row.id, one);
    }
    let mut again: BTreeMap<SubmissionId, Vec<String>> = BTreeMap::new();
    for one in &now.seen {
        let found = corpus.similar(&one.matter.row.title, "", 1).into_iter().find(|found| found.score >= ALIKE);
        if let (Some(found), Some(number)) = (found, number(one)) {
            again.entry(found.key).or_default().push(number);
        }
    }
    let topic = |(id, case_nos)| {
        let row = &earlier.get(&id)?.matter.row;
        let year = row.handling_year.unwrap_or_default();
        let summary = format!("{year}年第{}号已提出。", row.case_no.unwrap_or_default());
        Some(HotTopic { name: row.title.clone(), case_nos, summary })
    };
    again.into_iter().filter_map(topic).collect()
}

fn titles(listed: &Listed) -> Vec<&str> {
    listed.seen.iter().map(|one| one.matter.row.title.as_str()).collect()
}

fn number(one: &Seen) -> Option<String> {
    one.matter.row.case_no.map(|number| number.to_string())
}
