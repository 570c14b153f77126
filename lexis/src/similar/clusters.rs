//! Groups of texts that are alike (并案建议).
//!
//! Only pairs are compared that can reach the threshold: when two texts share none of the rarest words that make up all
//! but a small rest of one of them, their angle cannot. So nothing is missed, and few pairs are looked at.

use super::{Corpus, Vector, Weights, square};
use std::collections::{BTreeMap, BTreeSet};

/// A group of texts that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster<K> {
    /// The texts, in the order of their keys.
    pub keys: Vec<K>,
    /// The score of the weakest link that holds the group together.
    pub score: f64,
    /// The two that are most alike.
    pub closest: (K, K),
}

/// A group while it grows.
struct Growing<'a, K> {
    keys: BTreeSet<&'a K>,
    score: f64,
    closest: (&'a K, &'a K),
}

impl<K: Ord + Clone> Corpus<K> {
    /// Groups of texts joined by links of at least `threshold` (above 0), strongest link first; largest group first.
    ///
    /// Two texts of `apart`, a pair with the smaller key first, never stand in one group, whatever stands between them.
    pub fn clusters(&self, threshold: f64, apart: &BTreeSet<(K, K)>) -> Vec<Cluster<K>> {
        let mut groups: BTreeMap<usize, Growing<'_, K>> = BTreeMap::new();
        let mut group_of: BTreeMap<&K, usize> = BTreeMap::new();
        for (at, (score, one, other)) in self.links(threshold).into_iter().enumerate() {
            let single = |key| Growing { keys: BTreeSet::from([key]), score, closest: (one, other) };
            let (a, b) = (group_of.get(one).copied(), group_of.get(other).copied());
            if a.is_some() && a == b {
                continue;
            }
            let left = a.and_then(|group| groups.remove(&group)).unwrap_or_else(|| single(one));
            let right = b.and_then(|group| groups.remove(&group)).unwrap_or_else(|| single(other));
            if parted(&left.keys, &right.keys, apart) {
                for (group, grown) in [(a, left), (b, right)] {
                    if let Some(group) = group {
                        groups.insert(group, grown);
                    }
                }
                continue;
            }
            // The links come strongest first, so that the closest pair is that of the older group.
            let closest = match (a, b) {
                (Some(a), Some(b)) if b < a => right.closest,
                (None, Some(_)) => right.closest,
                _ => left.closest,
            };
            let keys: BTreeSet<&K> = left.keys.into_iter().chain(right.keys).collect();
            for key in &keys {
                group_of.insert(key, at);
            }
            groups.insert(at, Growing { keys, score, closest });
        }
        let cluster = |grown: Growing<'_, K>| Cluster {
            keys: grown.keys.into_iter().cloned().collect(),
            score: grown.score,
            closest: (grown.closest.0.clone(), grown.closest.1.clone()),
        };
        let mut clusters: Vec<Cluster<K>> = groups.into_values().map(cluster).collect();
        clusters.sort_by(|a, b| b.keys.len().cmp(&a.keys.len()).then_with(|| a.keys.cmp(&b.keys)));
        clusters
    }

    /// The pairs that score at least `threshold`, strongest first, then in the order of their keys.
    fn links(&self, threshold: f64) -> Vec<(f64, &K, &K)> {
        let rarities = self.rarities();
        let vector = |weights: &Weights| Vector { length: square(weights, &rarities).sqrt(), weights: weights.clone() };
        let mut links = Vec::new();
        for (key, parts) in &self.texts {
            let (title, whole) = (vector(&parts.title), vector(&parts.whole));
            let telling = self.prefix(&title, &rarities, threshold).into_iter();
            let telling: BTreeSet<u32> = telling.chain(self.prefix(&whole, &rarities, threshold)).collect();
            let near: BTreeSet<&K> =
                telling.into_iter().flat_map(|number| self.spread[number as usize].range(..key)).collect();
            for other in near {
                let like = &self.texts[other];
                let score = title.cosine(&like.title, &rarities).max(whole.cosine(&like.whole, &rarities));
                if score >= threshold {
                    links.push((score.min(1.0), other, key));
                }
            }
        }
        links.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        links
    }

    /// The rarest grams of a text without which the rest of it reaches the threshold with no other text.
    fn prefix(&self, text: &Vector, rarities: &[f64], threshold: f64) -> Vec<u32> {
        let mut grams: Vec<(usize, u32, f64)> = text
            .weights
            .iter()
            .map(|(number, weight)| {
                let share = (weight * rarities[*number as usize]).powi(2);
                (self.spread[*number as usize].len(), *number, share)
            })
            .collect();
        grams.sort_by_key(|(spread, number, _)| (*spread, *number));
        // A little more than needed, so that rounding hides no pair that just reaches it.
        let rest = (threshold * text.length).powi(2) * (1.0 - 1e-9);
        let mut left: f64 = grams.iter().map(|(.., share)| share).sum();
        let mut chosen = Vec::new();
        for (_, number, share) in grams {
            if left < rest {
                break;
            }
            left -= share;
            chosen.push(number);
        }
        chosen
    }
}

fn parted<K: Ord + Clone>(left: &BTreeSet<&K>, right: &BTreeSet<&K>, apart: &BTreeSet<(K, K)>) -> bool {
    apart.iter().any(|(one, other)| {
        (left.contains(one) && right.contains(other)) || (left.contains(other) && right.contains(one))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(titles: &[&str]) -> Corpus<usize> {
        let mut corpus = Corpus::default();
        for (key, title) in titles.iter().enumerate() {
            corpus.add(key, title, "");
        }
        corpus
    }

    const TITLES: &[&str] = &[
        "关于加强社区居家养老服务的建议",
        "关于推进老旧小区加装电梯的建议",
        "关于完善居家养老服务设施的提案",
        "关于增设公共停车泊位的建议",
        "关于完善社区居家养老服务的建议",
        "关于老旧小区加装电梯补贴的建议",
    ];

    #[test]
    fn nothing_is_missed_that_comparing_each_with_each_would_find() {
        let corpus = corpus(TITLES);
        let rarities = corpus.rarities();
        let vector = |weights: &Weights| Vector { length: square(weights, &rarities).sqrt(), weights: weights.clone() };
        for threshold in [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.99] {
            let mut all = Vec::new();
            for (key, parts) in &corpus.texts {
                for (other, like) in corpus.texts.range(..key) {
                    let title = vector(&parts.title).cosine(&like.title, &rarities);
                    if title.max(vector(&parts.whole).cosine(&like.whole, &rarities)) >= threshold {
                        all.push((*other, *key));
                    }
                }
            }
            let mut found: Vec<(usize, usize)> = corpus.links(threshold).iter().map(|(_, a, b)| (**a, **b)).collect();
            found.sort_unstable();
            all.sort_unstable();
            assert_eq!(found, all, "{threshold}");
        }
    }

    #[test]
    fn a_group_knows_its_weakest_link_and_its_closest_pair() {
        let groups = corpus(TITLES).clusters(0.4, &BTreeSet::new());
        let keys: Vec<&[usize]> = groups.iter().map(|group| group.keys.as_slice()).collect();
        assert_eq!(keys, [&[0, 2, 4][..], &[1, 5]]);
        assert!(groups.iter().all(|group| (0.4..=1.0).contains(&group.score)), "{groups:?}");
        assert_eq!(groups[1].closest, (1, 5));
        assert!(groups[0].keys.contains(&groups[0].closest.0) && groups[0].keys.contains(&groups[0].closest.1));
    }

    #[test]
    fn what_is_kept_apart_stands_in_no_group_together_whatever_lies_between() {
        let corpus = corpus(TITLES);
        let all = corpus.clusters(0.4, &BTreeSet::new());
        let [low, middle, high] = all[0].keys[..] else { panic!("three of them") };
        for (one, other) in [(low, middle), (low, high), (middle, high)] {
            let groups = corpus.clusters(0.4, &BTreeSet::from([(one, other)]));
            let together = groups.iter().any(|group| group.keys.contains(&one) && group.keys.contains(&other));
            assert!(!together, "{one} and {other}: {groups:?}");
            assert!(groups.iter().any(|group| group.keys == [1, 5]), "the other group stays");
        }
    }
}
