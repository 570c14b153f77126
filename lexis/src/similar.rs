//! Which matters are alike, how much, and why.

use crate::grams::{Grams, grams, shared_words};
use std::collections::{BTreeMap, BTreeSet};

/// Above this two matters of one intake are worth reading side by side (并案建议); measured on the labelled pairs.
pub const ALIKE: f64 = 0.5;
/// Words that are given as the reason.
const REASONS: usize = 6;

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
    spread: BTreeMap<String, BTreeSet<K>>,
}

/// Title and whole text, compared each with its like: a title alone says what a matter is about.
#[derive(Clone, Debug)]
struct Parts {
    title: Grams,
    whole: Grams,
}

impl Parts {
    fn of(title: &str, body: &str) -> Self {
        let title_grams = grams(title);
        let mut whole = grams(body);
        for (gram, weight) in &title_grams {
            *whole.entry(gram.clone()).or_default() += 2.0 * weight;
        }
        Self { title: title_grams, whole }
    }
}

impl<K> Default for Corpus<K> {
    fn default() -> Self {
        Self { texts: BTreeMap::new(), spread: BTreeMap::new() }
    }
}

impl<K: Ord + Clone> Corpus<K> {
    /// Adds a text, in place of the one that had the key before.
    pub fn add(&mut self, key: K, title: &str, body: &str) {
        self.remove(&key);
        let parts = Parts::of(title, body);
        for gram in parts.whole.keys() {
            self.spread.entry(gram.clone()).or_default().insert(key.clone());
        }
        self.texts.insert(key, parts);
    }

    /// Takes a text away; nothing happens when it is not there.
    pub fn remove(&mut self, key: &K) {
        let Some(parts) = self.texts.remove(key) else { return };
        for gram in parts.whole.keys() {
            if let Some(keys) = self.spread.get_mut(gram) {
                keys.remove(key);
                if keys.is_empty() {
                    self.spread.remove(gram);
                }
            }
        }
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// How rare a pair or word is among the texts.
    fn rarity(&self, gram: &str) -> f64 {
        let (all, with) = (self.texts.len(), self.spread.get(gram).map_or(0, BTreeSet::len));
        // Counts of texts are far below what a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "counts of texts")]
        let ratio = (all as f64 + 1.0) / (with as f64 + 0.5);
        (1.0 + ratio).ln()
    }

    fn weighed(&self, grams: &Grams) -> Grams {
        grams.iter().map(|(gram, weight)| (gram.clone(), weight * self.rarity(gram))).collect()
    }

    /// The texts most like this one, best first; at equal scores the order of their keys.
    pub fn similar(&self, title: &str, body: &str, first: usize) -> Vec<Found<K>> {
        let parts = Parts::of(title, body);
        let asked = Parts { title: self.weighed(&parts.title), whole: self.weighed(&parts.whole) };
        let mut near: BTreeSet<&K> = BTreeSet::new();
        for gram in parts.whole.keys() {
            near.extend(self.spread.get(gram).into_iter().flatten());
        }
        let mut found: Vec<(f64, &K)> =
            near.into_iter().map(|key| (self.score(&asked, &self.texts[key]), key)).collect();
        found.retain(|(score, _)| *score > 0.0);
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let text = format!("{title}\n{body}");
        found
            .into_iter()
            .take(first)
            .map(|(score, key)| Found {
                key: key.clone(),
                score,
                shared: shared_words(&text, &asked.whole, &self.texts[key].whole, REASONS),
            })
            .collect()
    }

    fn score(&self, asked: &Parts, other: &Parts) -> f64 {
        let (title, whole) = (self.weighed(&other.title), self.weighed(&other.whole));
        cosine(&asked.title, &title).max(cosine(&asked.whole, &whole)).clamp(0.0, 1.0)
    }

    /// Groups of texts that are alike, each two linked by a score of at least `threshold`, largest group first.
    pub fn clusters(&self, threshold: f64) -> Vec<Vec<K>> {
        let weighed: BTreeMap<&K, Parts> = self
            .texts
            .iter()
            .map(|(key, parts)| (key, Parts { title: self.weighed(&parts.title), whole: self.weighed(&parts.whole) }))
            .collect();
        let mut group: BTreeMap<&K, &K> = self.texts.keys().map(|key| (key, key)).collect();
        for (key, parts) in &weighed {
            let mut near: BTreeSet<&K> = BTreeSet::new();
            for gram in parts.whole.keys() {
                near.extend(self.spread[gram].range(..*key));
            }
            for other in near {
                let like = &weighed[other];
                if cosine(&parts.title, &like.title).max(cosine(&parts.whole, &like.whole)) >= threshold {
                    let (a, b) = (root(&group, key), root(&group, other));
                    let (low, high) = if a < b { (a, b) } else { (b, a) };
                    group.insert(high, low);
                }
            }
        }
        let mut clusters: BTreeMap<&K, Vec<K>> = BTreeMap::new();
        for key in self.texts.keys() {
            clusters.entry(root(&group, key)).or_default().push(key.clone());
        }
        let mut clusters: Vec<_> = clusters.into_values().filter(|cluster| cluster.len() > 1).collect();
        clusters.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        clusters
    }
}

fn root<'a, K: Ord>(group: &BTreeMap<&'a K, &'a K>, key: &'a K) -> &'a K {
    let mut at = key;
    while group[at] != at {
        at = group[at];
    }
    at
}

fn cosine(a: &Grams, b: &Grams) -> f64 {
    let dot: f64 = a.iter().filter_map(|(gram, weight)| Some(weight * b.get(gram)?)).sum();
    let length = |grams: &Grams| grams.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let lengths = length(a) * length(b);
    if lengths > 0.0 { dot / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn alike_matters_form_one_group() {
        let mut corpus = corpus();
        corpus.add(5, "关于完善社区居家养老服务的建议", "");
        assert_eq!(corpus.clusters(0.4), [vec![1, 3, 5]]);
        assert!(corpus.clusters(1.1).is_empty());
    }
}
