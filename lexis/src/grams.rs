//! The weighed pairs and words of a text, from which similarity, routing and topics are counted.

use crate::tokens::{Kind, tokens};
use std::collections::BTreeMap;

/// Words that stand in every title and tell nothing of the matter.
const FORMULAS: &[&str] = &[
    "关于", "加强", "加快", "加大", "推进", "推动", "促进", "进一", "一步", "步加", "步做", "做好", "完善", "解决",
    "切实", "问题", "建议", "议案", "提案", "意见", "工作", "力度", "有关", "相关", "提升", "提高", "优化", "希望",
    "请求", "要求", "尽快", "落实", "开展", "实施", "存在", "目前", "情况", "部门", "代表", "委员", "我区", "我县",
    "我市", "本区",
];

/// Characters that join words; a pair with one of them is hardly a word.
const JOINING: &str = "的了和与及在是对为并等将把从以于也之其该这那就都而或被由使让给不有我";

/// How much a pair or word tells, 0 to 1, before it is known how rare it is.
fn worth(text: &str, kind: Kind) -> f64 {
    match kind {
        Kind::Word if text.chars().all(|character| character.is_ascii_digit()) => 0.3,
        Kind::Word => 1.0,
        Kind::Last => 0.0,
        Kind::Pair if FORMULAS.contains(&text) => 0.05,
        Kind::Pair if text.chars().any(is_joining) => 0.1,
        Kind::Pair => 1.0,
    }
}

pub(crate) fn is_joining(character: char) -> bool {
    JOINING.contains(character)
}

pub(crate) fn is_formula(text: &str) -> bool {
    FORMULAS.contains(&text)
}

/// Pairs and words with their weights. Sorted, so that sums come out the same every time.
pub(crate) type Grams = BTreeMap<String, f64>;

/// The pairs and words of a text, each with its worth and how often it stands there.
pub(crate) fn grams(text: &str) -> Grams {
    let mut counts: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for token in tokens(text) {
        let worth = worth(&token.text, token.kind);
        if worth > 0.0 {
            counts.entry(token.text).or_insert((worth, 0.0)).1 += 1.0;
        }
    }
    counts.into_iter().map(|(gram, (worth, count))| (gram, worth * (1.0 + count.ln()))).collect()
}

/// The words that two texts share, most telling first: neighbouring pairs of the first text joined.
pub(crate) fn shared_words(text: &str, weights: &Grams, other: &Grams, most: usize) -> Vec<String> {
    let mut words: BTreeMap<String, f64> = BTreeMap::new();
    let mut open: Option<(String, f64, usize)> = None;
    let mut close = |open: &mut Option<(String, f64, usize)>| {
        if let Some((word, weight, _)) = open.take() {
            let best = words.entry(word).or_default();
            *best = best.max(weight);
        }
    };
    for token in tokens(text) {
        let weight = weights.get(&token.text).copied().unwrap_or_default();
        let telling = other.contains_key(&token.text)
            && token.kind != Kind::Last
            && !is_formula(&token.text)
            && !token.text.chars().any(is_joining);
        if !telling {
            close(&mut open);
            continue;
        }
        match (&mut open, token.kind) {
            (Some((word, sum, end)), Kind::Pair) if *end + 1 == token.place.end => {
                word.extend(token.text.chars().last());
                *sum += weight;
                *end = token.place.end;
            }
            _ => {
                close(&mut open);
                open = Some((token.text, weight, token.place.end));
            }
        }
    }
    close(&mut open);
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_by(|a, b| b.1.total_cmp(&a.1));
    words.into_iter().take(most).map(|(word, _)| word).collect()
}
