//! The words for outcomes: the region's own scheme first, then the plain words, then the schemes of others.
//!
//! Letters are not comparable across regions (B is a plan here and a part solved there), so the region's
//! rules come first, and the label is kept beside the canonical outcome. Ledgers of earlier years are often
//! older than the rules in force; hence the schemes that come with the program as a last resort.

use super::fold::fold_word;
use crate::language::Language;
use crate::rules::rule_set::{OutcomeLabel, PRESETS, RuleSet};
use crate::vocabulary::{Institution, Outcome};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words that mean the same everywhere.
const PLAIN: &[(Outcome, &[&str])] = &[
    (Outcome::Solved, &["已经解决", "已解决", "解决", "基本解决", "已解决或基本解决", "落实", "已落实"]),
    (Outcome::PartlySolved, &["部分解决", "已部分解决"]),
    (Outcome::Adopted, &["采纳", "已采纳", "全部采纳"]),
    (Outcome::PartlyAdopted, &["部分采纳", "已部分采纳"]),
    (Outcome::InProgress, &["正在解决", "正在办理", "逐步解决", "正在落实", "正在研究解决"]),
    (
        Outcome::Planned,
        &[
            "列入计划",
            "计划解决",
            "列入规划",
            "列入计划逐步解决",
            "列入计划解决",
            "列入规划逐步解决",
            "已列入计划",
            "拟解决",
        ],
    ),
    (
        Outcome::LaterConditions,
        &[
            "暂时无法解决",
            "暂不能解决",
            "条件具备后解决",
            "因条件限制以后解决",
            "尚不能解决",
            "暂不具备条件",
            "待条件成熟后解决",
            "以后解决",
        ],
    ),
    (Outcome::Reference, &["留作参考", "参考", "列为工作参考", "工作参考", "供参考", "作为参考"]),
    (Outcome::NotFeasible, &["不可行", "无法解决", "不能解决", "不采纳", "未采纳"]),
    (Outcome::ReportedUpward, &["已向上级反映", "向上级反映", "已反映", "涉及上级职权", "上报"]),
    (Outcome::SolvedByOtherMeans, &["通过其他途径解决", "其他途径解决"]),
];

/// Of the outcomes that share a label, the one that claims least beyond what the label says.
///
/// A letter for "being solved, planned or partly solved" is read as being solved: a figure that counts what
/// is solved in part must not grow by a guess.
const PREFERRED: &[Outcome] = &[
    Outcome::Solved,
    Outcome::Adopted,
    Outcome::InProgress,
    Outcome::Planned,
    Outcome::LaterConditions,
    Outcome::Reference,
    Outcome::ReportedUpward,
    Outcome::NotFeasible,
    Outcome::PartlySolved,
    Outcome::PartlyAdopted,
    Outcome::SolvedByOtherMeans,
];

/// The rule sets that come with the program, read once.
static PRESET_RULES: LazyLock<Vec<RuleSet>> =
    LazyLock::new(|| PRESETS.iter().filter_map(|preset| RuleSet::parse(preset.json).ok()).collect());

/// The words by which outcomes are known while one ledger is read.
#[derive(Clone, Copy)]
pub(super) struct OutcomeWords<'a> {
    own: Option<&'a RuleSet>,
}

impl<'a> OutcomeWords<'a> {
    /// The region's rules first, when it has any; then the presets.
    pub(super) fn new(own: Option<&'a RuleSet>) -> Self {
        Self { own }
    }

    /// The outcome that a label means to this institution; `promise` is what the line promises, if anything.
    pub(super) fn find(self, institution: Institution, label: &str, promise: Option<&str>) -> Option<Outcome> {
        let folded = fold_word(label);
        if folded.is_empty() {
            return None;
        }
        let plain = of_plain(&folded);
        let of_scheme = |rules| of_scheme(rules, institution, &folded, plain, promise);
        self.own.and_then(of_scheme).or(plain).or_else(|| PRESET_RULES.iter().find_map(of_scheme))
    }

    /// The labels that a person may write, for the sentence of a fault.
    pub(super) fn allowed(self, institution: Institution) -> String {
        let mut words: Vec<&str> = Vec::new();
        for label in self.own.into_iter().chain(PRESET_RULES.last()).flat_map(|rules| labels(rules, institution)) {
            if !words.contains(&label.label.as_str()) {
                words.push(&label.label);
            }
        }
        for letter in ["A", "B", "C", "D"] {
            if !words.contains(&letter) {
                words.push(letter);
            }
        }
        words.join("、")
    }
}

fn labels(rules: &RuleSet, institution: Institution) -> &[OutcomeLabel] {
    match institution {
        Institution::Congress => &rules.outcomes.congress,
        Institution::Cppcc => &rules.outcomes.cppcc,
    }
}

/// What a scheme makes of a word; `plain` is what the word says by itself.
fn of_scheme(
    rules: &RuleSet,
    institution: Institution,
    folded: &str,
    plain: Option<Outcome>,
    promise: Option<&str>,
) -> Option<Outcome> {
    // Clerks write the letter with or without 类.
    let bare = folded.strip_suffix('类').unwrap_or(folded);
    let entries = labels(rules, institution).iter().filter(|entry| {
        let own = fold_word(&entry.label);
        own == folded || own == bare
    });
    let candidates: Vec<Outcome> = entries.map(|entry| entry.outcome).collect();
    // A scheme may print one word for several outcomes, such as 采纳 for what is solved and what is adopted.
    if let Some(plain) = plain.filter(|plain| candidates.contains(plain)) {
        return Some(plain);
    }
    let is_plan = promise.is_some_and(|promise| promise.contains("计划") || promise.contains("规划"));
    if is_plan && candidates.contains(&Outcome::Planned) {
        return Some(Outcome::Planned);
    }
    PREFERRED.iter().copied().find(|outcome| candidates.contains(outcome))
}

fn of_plain(folded: &str) -> Option<Outcome> {
    static BY_WORD: LazyLock<HashMap<String, Outcome>> = LazyLock::new(|| {
        let own = Outcome::ALL
            .iter()
            .flat_map(|outcome| [outcome.label(Language::Zh), outcome.code()].map(|word| (fold_word(word), *outcome)));
        let listed = PLAIN.iter().flat_map(|(outcome, words)| words.iter().map(|word| (fold_word(word), *outcome)));
        own.chain(listed).collect()
    });
    BY_WORD.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(preset: &str) -> RuleSet {
        RuleSet::parse(RuleSet::preset(preset).unwrap()).unwrap()
    }

    #[test]
    fn the_regions_own_scheme_comes_first_and_others_help_out() {
        let congress = |preset: &str, label: &str| {
            let own = rules(preset);
            OutcomeWords::new(Some(&own)).find(Institution::Congress, label, None)
        };
        for (preset, label, expected) in [
            ("shanghai", "解决采纳", Outcome::Solved),
            ("shanghai", "计划解决", Outcome::Planned),
            ("shanghai", "B", Outcome::InProgress),
            ("shanghai", "D 类", Outcome::Reference),
            ("zhejiang", "Ｂ", Outcome::InProgress),
            ("henan", "丙", Outcome::LaterConditions),
            ("shandong", "不符合法律政策", Outcome::NotFeasible),
            ("beijing", "已经解决", Outcome::Solved),
        ] {
            assert_eq!(congress(preset, label), Some(expected), "{preset} {label}");
        }
        assert_eq!(congress("shanghai", "E"), None);
        assert_eq!(congress("shanghai", "-"), None);
    }

    #[test]
    fn a_plan_that_is_promised_tells_what_the_letter_leaves_open() {
        let own = rules("beijing");
        let words = OutcomeWords::new(Some(&own));
        let b = |promise| words.find(Institution::Congress, "B", promise);
        assert_eq!(b(Some("列入年度计划分步实施")), Some(Outcome::Planned));
        assert_eq!(b(Some("年内完成改造")), Some(Outcome::InProgress));
    }

    #[test]
    fn a_word_that_speaks_for_itself_is_taken_at_it() {
        let own = rules("shanghai");
        let words = OutcomeWords::new(Some(&own));
        assert_eq!(words.find(Institution::Cppcc, "采纳", None), Some(Outcome::Adopted));
        assert_eq!(words.find(Institution::Cppcc, "解决", None), Some(Outcome::Solved));
        assert_eq!(words.find(Institution::Congress, "计划解决", Some("年内")), Some(Outcome::Planned));
    }

    #[test]
    fn every_label_of_every_preset_is_understood() {
        for preset in PRESETS {
            let own = rules(preset.name);
            let words = OutcomeWords::new(Some(&own));
            for institution in Institution::ALL {
                for entry in labels(&own, *institution) {
                    assert!(words.find(*institution, &entry.label, None).is_some(), "{} {}", preset.name, entry.label);
                }
            }
        }
    }
}
