//! Which matters are alike, how much, and why.

mod clusters;

pub use clusters::Cluster;

use crate::grams::{Grams, grams, shared_words};
use crate::query::Phrase;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Above this two matters of one intake are worth reading side by side (并案建议); measured on the labelled pairs.
pub const ALIKE: f64 = 0.4;
/// Words that are given as the reason.
const REASONS: usize = 6;

/// The words of a text that tell most of what it is about, most telling first, to look for texts that may be like it.
///
/// What stands often, or in the title, tells more.
pub fn telling(title: &str, body: &str, most: usize) -> Vec<Phrase> {
    let (_, words) = weighed(title, body);
    let mut words: Vec<(String, f64)> = words.into_iter().filter(|(_, weight)| *weight >= 1.0).collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    words.iter().take(most).filter_map(|(word, _)| Phrase::of(word)).collect()
}

/// The words that two texts share, most telling first.
pub fn shared(one: (&str, &str), other: (&str, &str)) -> Vec<String> {
    let (_, words) = weighed(one.0, one.1);
    let (_, others) = weighed(other.0, other.1);
    shared_words(&format!("{}\n{}", one.0, one.1), &words, &others, REASONS)
}

/// A text that resembles another.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<K> {
    /// Which.
    pub key: K,
    /// 0 for nothing in common, 1 for the same words.
    pub score: f64,
    /// Words that both share, most telling first.
    pub shared: Vec<String>,
}

/// Texts that can be compared; grows and shrinks text by text.
#[derive(Clone, Debug)]
pub struct Corpus<K> {
    texts: BTreeMap<K, Parts>,
    numbers: HashMap<String, u32>,
    /// The texts that hold a gram, by the number of the gram.
    spread: Vec<BTreeSet<K>>,
}

/// Numbers of grams with their weights, in the order of the numbers.
type Weights = Vec<(u32, f64)>;

/// Title and whole text, compared each with its like: a title alone says what a matter is about.
#[derive(Clone, Debug)]
struct Parts {
    title: Weights,
    whole: Weights,
    words: Grams,
}

/// Grams of the title, and of the whole text with the title counted more.
fn weighed(title: &str, body: &str) -> (Grams, Grams) {
    let title = grams(title);
    let mut whole = grams(body);
    for (gram, weight) in &title {
        *whole.entry(gram.clone()).or_default() += 2.0 * weight;
    }
    (title, whole)
}

impl<K> Default for Corpus<K> {
    fn default() -> Self {
        Self { texts: BTreeMap::new(), numbers: HashMap::new(), spread: Vec::new() }
    }
}

impl<K: Ord + Clone> Corpus<K> {
    /// Adds a text, in place of the one that had the key before.
    pub fn add(&mut self, key: K, title: &str, body: &str) {
        self.remove(&key);
        let (title, words) = weighed(title, body);
        for gram in words.keys() {
            let next = u32::try_from(self.numbers.len()).expect("fewer pairs of characters than numbers");
            let number = *self.numbers.entry(gram.clone()).or_insert(next);
            if number == next {
                self.spread.push(BTreeSet::new());
            }
            self.spread[number as usize].insert(key.clone());
        }
        let parts = Parts { title: self.numbered(&title), whole: self.numbered(&words), words };
        self.texts.insert(key, parts);
    }

    /// Takes a text away; nothing happens when it is not there.
    pub fn remove(&mut self, key: &K) {
        let Some(parts) = self.texts.remove(key) else { return };
        for (number, _) in &parts.whole {
            self.spread[*number as usize].remove(key);
        }
    }

    /// The grams that stand in some text.
    fn numbered(&self, grams: &Grams) -> Weights {
        let mut known: Weights =
            grams.iter().filter_map(|(gram, weight)| Some((*self.numbers.get(gram)?, *weight))).collect();
        known.sort_by_key(|(number, _)| *number);
        known
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// How rare a gram is that stands in so many texts.
    #[expect(clippy::cast_precision_loss, reason = "counts of texts")]
    fn rarity(&self, with: usize) -> f64 {
        (1.0 + (self.texts.len() as f64 + 1.0) / (with as f64 + 0.5)).ln()
    }

    /// How rare each gram is, by its number.
    fn rarities(&self) -> Vec<f64> {
        self.spread.iter().map(|texts| self.rarity(texts.len())).collect()
    }

    /// The texts most like this one, best first; at equal scores the order of their keys.
    pub fn similar(&self, title: &str, body: &str, first: usize) -> Vec<Found<K>> {
        let rarities = self.rarities();
        let (title_grams, words) = weighed(title, body);
        // What stands in no text makes the asked text longer, and so every other less like it.
        let asked = |grams: &Grams| {
            let known = self.numbered(grams);
            let unknown = grams.iter().filter(|(gram, _)| !self.numbers.contains_key(*gram));
            let rest: f64 = unknown.map(|(_, weight)| (weight * self.rarity(0)).powi(2)).sum();
            Vector { length: (square(&known, &rarities) + rest).sqrt(), weights: known }
        };
        let (asked_title, asked_whole) = (asked(&title_grams), asked(&words));
        let near: BTreeSet<&K> =
            asked_whole.weights.iter().flat_map(|(number, _)| &self.spread[*number as usize]).collect();
        let mut found: Vec<(f64, &K)> = near
            .into_iter()
            .map(|key| {
                let other = &self.texts[key];
                let title = asked_title.cosine(&other.title, &rarities);
                (title.max(asked_whole.cosine(&other.whole, &rarities)).clamp(0.0, 1.0), key)
            })
            .filter(|(score, _)| *score > 0.0)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let text = format!("{title}\n{body}");
        found
            .into_iter()
            .take(first)
            .map(|(score, key)| Found {
                key: key.clone(),
                score,
                shared: shared_words(&text, &words, &self.texts[key].words, REASONS),
            })
            .collect()
    }
}

/// The text that is asked about, with the length of its vector.
struct Vector {
    weights: Weights,
    length: f64,
}

impl Vector {
    fn cosine(&self, other: &Weights, rarities: &[f64]) -> f64 {
        let mut dot = 0.0;
        let mut mine = self.weights.iter().peekable();
        for (number, weight) in other {
            while mine.next_if(|(own, _)| own < number).is_some() {}
            if let Some((_, own)) = mine.next_if(|(own, _)| own == number) {
                dot += own * weight * rarities[*number as usize].powi(2);
            }
        }
        let lengths = self.length * square(other, rarities).sqrt();
        if lengths > 0.0 { dot / lengths } else { 0.0 }
    }
}

fn square(weights: &Weights, rarities: &[f64]) -> f64 {
    weights.iter().map(|(number, weight)| (weight * rarities[*number as usize]).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;

    fn corpus() -> Corpus<u32> {
        let mut corpus = Corpus::default();
        for (key, title) in [
            (1, "关于加强社区居家养老服务的建议"),
            (2, "关于推进老旧小区加装电梯的建议"),
            (3, "关于完善居家养老服务设施的提案"),
            (4, "关于增设公共停车泊位的建议"),
        ] {
            corpus.add(key, title, "");
        }
        corpus
    }

    #[test]
    fn the_same_words_score_one_and_other_matters_near_nothing() {
        let corpus = corpus();
        let found = corpus.similar("关于加强社区居家养老服务的建议", "", 10);
        assert_eq!(found[0].key, 1);
        assert!((found[0].score - 1.0).abs() < 1e-9, "{found:?}");
        assert_eq!(found[1].key, 3);
        assert_eq!(found[1].shared[0], "居家养老服务");
        assert!(found.iter().filter(|found| [2, 4].contains(&found.key)).all(|found| found.score < 0.1), "{found:?}");
        assert!(corpus.similar("水库", "", 10).is_empty());
    }

    #[test]
    fn what_is_taken_away_is_not_found_and_what_replaces_it_is() {
        let mut corpus = corpus();
        corpus.remove(&1);
        corpus.remove(&1);
        corpus.add(3, "关于水库除险加固的建议", "");
        assert_eq!(corpus.len(), 3);
        assert!(corpus.similar("居家养老", "", 10).is_empty());
        assert_eq!(corpus.similar("水库加固", "", 1)[0].key, 3);
    }

    #[test]
    fn the_words_of_the_title_tell_most() {
        let found = telling("关于水库除险加固的建议", "水库大坝渗漏，请尽快加固水库。", 3);
        assert_eq!(found, Query::parse("水库 加固 库除").phrases());
        assert!(telling("关于进一步加强工作的建议", "", 9).iter().all(|phrase| !phrase.is_open()));
    }

    #[test]
    fn alike_matters_form_one_group() {
        let mut corpus = corpus();
        corpus.add(5, "关于完善社区居家养老服务的建议", "");
        let groups = |threshold, apart: &[(u32, u32)]| -> Vec<Vec<u32>> {
            let apart = apart.iter().copied().collect();
            corpus.clusters(threshold, &apart).into_iter().map(|group| group.keys).collect()
        };
        assert_eq!(groups(0.4, &[]), [vec![1, 3, 5]]);
        assert!(groups(1.1, &[]).is_empty());
    }
}
