//! Places in a ranking.

use super::Points;

/// One agency with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<K> {
    /// Who.
    pub key: K,
    /// The total.
    pub total: Option<Points>,
    /// The place from 1; equal totals share it. None for who is not ranked.
    pub place: Option<usize>,
}

/// Ranks by total, the highest first; who is not ranked stands at the end. Equals stand in the order of their keys.
///
/// Given are who, his total and how many assignments he had; with fewer than `ranked_from` nobody is ranked.
pub fn rank<K: Ord>(scores: impl IntoIterator<Item = (K, Option<Points>, i64)>, ranked_from: i64) -> Vec<Placed<K>> {
    let (mut ranked, mut rest) = (Vec::new(), Vec::new());
    for (key, total, load) in scores {
        match total {
            Some(points) if load >= ranked_from => ranked.push((std::cmp::Reverse(points), key)),
            _ => rest.push((key, total)),
        }
    }
    ranked.sort();
    rest.sort();
    let mut places: Vec<Placed<K>> = Vec::with_capacity(ranked.len() + rest.len());
    for (i, (std::cmp::Reverse(points), key)) in ranked.into_iter().enumerate() {
        let same = places.last().filter(|before| before.total == Some(points)).and_then(|before| before.place);
        places.push(Placed { key, total: Some(points), place: Some(same.unwrap_or(i + 1)) });
    }
    places.extend(rest.into_iter().map(|(key, total)| Placed { key, total, place: None }));
    places
}
