//! What a set of matters is about, and what grew against another set (热点).

use crate::fold::{Class, fold};
use crate::grams::{is_formula, is_joining};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a topic.
const LONGEST: usize = 6;
const SHORTEST: usize = 2;
/// A shorter word is dropped for a longer one that stands in nearly as many matters.
const SAME: f64 = 0.75;

/// A word of many matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The word, folded.
    pub word: String,
    /// Matters of the set that hold it.
    pub count: usize,
    /// Which they are: their places in the set, in order.
    pub texts: Vec<usize>,
    /// Matters of the other set that hold it.
    pub before: usize,
    /// Change of its share of matters against the other set (0.5 = half as many again); none where it is new.
    pub growth: Option<f64>,
}

/// The topics of `now`, hottest first: in many matters, and in more of them than in `before`.
///
/// A word counts once for each text, and from two texts on.
pub fn topics(now: &[&str], before: &[&str], first: usize) -> Vec<Topic> {
    let counts = counted(now);
    let old = counted(before);
    let longer = longer(&counts);
    let mut found: Vec<(f64, Topic)> = Vec::new();
    for (word, count) in &counts {
        let covered = longer.get(word.as_str()).is_some_and(|held| share(*held, *count) >= SAME);
        if *count < 2 || covered {
            continue;
        }
        let earlier = old.get(word).copied().unwrap_or_default();
        let ratio = share(*count, now.len()) / share(earlier, before.len()).max(share(1, 2 * before.len().max(1)));
        let growth = (earlier > 0).then(|| share(*count, now.len()) / share(earlier, before.len()) - 1.0);
        let heat = share(*count, 1) * (1.0 + ratio).ln();
        found.push((heat, Topic { word: word.clone(), count: *count, texts: Vec::new(), before: earlier, growth }));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
    let mut chosen: Vec<Topic> = Vec::new();
    for (_, topic) in found {
        // One topic, one word: what overlaps a hotter word in the same matters says nothing new.
        let told = chosen.iter().any(|other| overlap(&other.word, &topic.word) && topic.count <= other.count);
        if !told {
            chosen.push(topic);
        }
        if chosen.len() == first {
            break;
        }
    }
    for (at, text) in now.iter().enumerate() {
        let held = words(text);
        for topic in chosen.iter_mut().filter(|topic| held.contains(&topic.word)) {
            topic.texts.push(at);
        }
    }
    chosen
}

#[expect(clippy::cast_precision_loss, reason = "counts of matters")]
fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

fn overlap(a: &str, b: &str) -> bool {
    let pairs = |word: &str| -> Vec<String> {
        let characters: Vec<char> = word.chars().collect();
        characters.windows(2).map(String::from_iter).collect()
    };
    let other = pairs(b);
    pairs(a).iter().any(|pair| other.contains(pair))
}

/// In how many matters the most frequent word stands that is one character longer, for each word.
fn longer(counts: &BTreeMap<String, usize>) -> BTreeMap<&str, usize> {
    let mut most: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, count) in counts {
        let (first, last) = (word.chars().next(), word.chars().last());
        let (Some(first), Some(last)) = (first, last) else { continue };
        for part in [&word[first.len_utf8()..], &word[..word.len() - last.len_utf8()]] {
            let held = most.entry(part).or_default();
            *held = (*held).max(*count);
        }
    }
    most
}

fn counted(texts: &[&str]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        for word in words(text) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}

/// The candidates of a text: parts of its runs that neither begin nor end with what joins words, nor are a formula.
fn words(text: &str) -> BTreeSet<String> {
    let mut runs: Vec<Vec<char>> = vec![vec![]];
    for character in text.chars() {
        fold(character, |folded, class| match class {
            Class::Han if !is_joining(folded) => runs.last_mut().expect("one from the start").push(folded),
            _ => runs.push(vec![]),
        });
    }
    let mut words = BTreeSet::new();
    for run in runs {
        for length in SHORTEST..=LONGEST {
            for part in run.windows(length) {
                let begins = is_formula(&String::from_iter(&part[..2]));
                let ends = is_formula(&String::from_iter(&part[length - 2..]));
                if !begins && !ends {
                    words.insert(String::from_iter(part));
                }
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grew_comes_first_with_its_growth() {
        let before = [
            "关于增设公共停车泊位的建议",
            "关于公共停车泊位收费的建议",
            "关于社区居家养老的建议",
            "关于养犬管理的建议",
        ];
        let now = [
            "关于电动自行车充电安全的建议",
            "关于整治电动自行车飞线充电的建议",
            "关于规范电动自行车停放的建议",
            "关于增设公共停车泊位的建议",
            "关于社区居家养老的建议",
            "关于农村居家养老的建议",
        ];
        let found = topics(&now, &before, 3);
        assert_eq!(
            found[0],
            Topic { word: "电动自行车".into(), count: 3, texts: vec![0, 1, 2], before: 0, growth: None }
        );
        assert_eq!(found[1], Topic { word: "充电".into(), count: 2, texts: vec![0, 1], before: 0, growth: None });
        assert_eq!((found[2].word.as_str(), found[2].count, found[2].before), ("居家养老", 2, 1));
        assert!((found[2].growth.unwrap_or_default() - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_set_without_texts_has_no_topics() {
        assert!(topics(&[], &["关于养犬管理的建议"], 5).is_empty());
        assert!(topics(&["关于养犬管理的建议"], &[], 5).is_empty());
    }
}
