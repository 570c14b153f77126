//! What a region measures texts by, and which findings keep a text back.
//!
//! As with [`super::timing`], texts that were stored before this part existed leave it out: nothing is kept back then.

use super::RuleSet;
use super::timing::default_of;
use crate::rules::document::{Faults, read_by_code, record};
use crate::text::TextRule;
use crate::vocabulary::TextCheck;

record! {
    /// The checks of texts (文本检查).
    pub struct TextChecks {
        /// The least characters of a part of a draft.
        pub part_min "partMin": u16,
        /// The most characters of the parts of a draft together.
        pub whole_max "wholeMax": u16,
        /// The part of a reply that set phrases may fill, in per cent (套话比例).
        pub boilerplate_percent "boilerplatePercent": u16,
        /// Words that say nothing certain, besides those that the program knows (含糊用语).
        pub vague_words "vagueWords": Vec<String>,
        /// Words that point to secrets, besides those that the program knows (涉密用语).
        pub secret_words "secretWords": Vec<String>,
        /// Phrases of any reply, besides those that the program knows (套话).
        pub set_phrases "setPhrases": Vec<String>,
        /// With a finding of these no draft is handed in (提交前必须修改).
        pub block_submission "blockSubmission": Vec<TextCheck>,
        /// With a finding of these no reply is handed in for sign-off (送审前必须修改).
        pub block_sign_off "blockSignOff": Vec<TextCheck>,
    }
    when missing default_of("textChecks")
}

read_by_code!(TextCheck);

/// The most words of one list.
const WORDS: usize = 200;
/// The most characters of one word.
const WORD: usize = 20;

/// Notes every fault of sense.
pub(super) fn check(rules: &RuleSet, faults: &mut Faults) {
    let checks = &rules.text_checks;
    let numbers = [
        ("partMin", checks.part_min, 500),
        ("wholeMax", checks.whole_max, 20_000),
        ("boilerplatePercent", checks.boilerplate_percent, 100),
    ];
    for (name, value, most) in numbers {
        if !(1..=most).contains(&value) {
            let (zh, en) = (format!("应在1至{most}之间"), format!("must be from 1 to {most}"));
            faults.add(format!("$.textChecks.{name}"), zh, en);
        }
    }
    let lists = [
        ("vagueWords", &checks.vague_words),
        ("secretWords", &checks.secret_words),
        ("setPhrases", &checks.set_phrases),
    ];
    for (name, words) in lists {
        let path = format!("$.textChecks.{name}");
        if words.len() > WORDS {
            faults.add(&path, format!("最多{WORDS}个"), format!("at most {WORDS}"));
        }
        for (index, word) in words.iter().enumerate() {
            faults.check_text(&format!("{path}[{index}]"), word, TextRule::line(WORD));
        }
        let each = words.iter().enumerate().map(|(index, word)| (format!("{path}[{index}]"), word.clone()));
        faults.add_duplicates(each, Clone::clone);
    }
    for (name, codes) in [("blockSubmission", &checks.block_submission), ("blockSignOff", &checks.block_sign_off)] {
        let each = codes.iter().enumerate().map(|(index, code)| (format!("$.textChecks.{name}[{index}]"), *code));
        faults.add_duplicates(each, ToString::to_string);
    }
}
