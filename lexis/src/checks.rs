//! What to mend in a text before it is handed in or signed off. Advice, never a refusal: people decide.
//!
//! Personal data are not looked for here; their finder gives places, and [`personal_data`] turns them into findings.

mod draft;
mod reply;

pub use draft::{Draft, DraftLimits, check_draft};
pub use reply::{Class, Demand, Reply, ReplyLimits, check_reply};

use std::ops::Range;

/// What is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// More than one matter in one text (一事一议).
    SeveralMatters,
    /// A required part says nothing (情况、分析、建议).
    PartMissing,
    /// A part is too short to be acted on.
    TooShort,
    /// A text is longer than readers bear.
    TooLong,
    /// Words that say nothing certain (含糊).
    Vague,
    /// No place, number or name says what exactly is meant (小却模糊).
    Unclear,
    /// The title does not name the matter.
    Title,
    /// Words that point to secrets (涉密).
    Secrecy,
    /// Personal data (个人信息).
    PersonalData,
    /// A demand without an answer of its own.
    DemandUnanswered,
    /// The text contradicts the class of the reply.
    ClassContradicted,
    /// A reply that promises names no date.
    PromiseUndated,
    /// Mostly phrases that stand in any reply (套话).
    Boilerplate,
    /// The reply does not speak of the matter.
    OffTopic,
}

impl Code {
    /// The pinned name.
    pub fn name(self) -> &'static str {
        match self {
            Self::SeveralMatters => "SEVERAL_MATTERS",
            Self::PartMissing => "PART_MISSING",
            Self::TooShort => "TOO_SHORT",
            Self::TooLong => "TOO_LONG",
            Self::Vague => "VAGUE",
            Self::Unclear => "UNCLEAR",
            Self::Title => "TITLE",
            Self::Secrecy => "SECRECY",
            Self::PersonalData => "PERSONAL_DATA",
            Self::DemandUnanswered => "DEMAND_UNANSWERED",
            Self::ClassContradicted => "CLASS_CONTRADICTED",
            Self::PromiseUndated => "PROMISE_UNDATED",
            Self::Boilerplate => "BOILERPLATE",
            Self::OffTopic => "OFF_TOPIC",
        }
    }

    /// What to do, in Chinese and in English.
    pub fn advice(self) -> [&'static str; 2] {
        match self {
            Self::SeveralMatters => [
                "一件只写一个事项，请把其他事项另提一件。",
                "One text, one matter: please hand in the other matter separately.",
            ],
            Self::PartMissing => [
                "情况、分析、建议三部分都要写，请补充本部分。",
                "Situation, analysis and advice must all be present: please write this part.",
            ],
            Self::TooShort => [
                "内容过于简单，请写明时间、地点、事由和具体做法。",
                "Too short to act on: say when, where, what and how.",
            ],
            Self::TooLong => ["篇幅过长，请精炼文字。", "Too long: please tighten the text."],
            Self::Vague => ["表述含糊，请改为具体要求。", "Vague: please say exactly what is asked."],
            Self::Unclear => [
                "未见具体地点、对象或数据，请写明涉及何处、何人、多少。",
                "No place, person or number is named: say where, whom and how much.",
            ],
            Self::Title => [
                "标题应点明具体事项，例如“关于……的建议”。",
                "The title should name the matter, such as “关于……的建议”.",
            ],
            Self::Secrecy => [
                "可能涉及国家秘密，请勿在本系统填写，并向保密部门核实。",
                "This may be a state secret: do not enter it here, and ask those in charge of secrecy.",
            ],
            Self::PersonalData => [
                "含有个人信息，公开前请删除或隐去。",
                "Personal data: please remove or mask them before anything is published.",
            ],
            Self::DemandUnanswered => {
                ["该诉求没有得到回应，请逐条答复。", "This demand has no answer: please answer demand by demand."]
            }
            Self::ClassContradicted => {
                ["正文与办理结果类别不一致，请核对。", "The text contradicts the class of the reply: please compare."]
            }
            Self::PromiseUndated => {
                ["承诺事项没有完成时限，请写明年月。", "The promise names no date: say by which month it will be kept."]
            }
            Self::Boilerplate => [
                "套话较多，请增加针对本件的具体措施。",
                "Mostly set phrases: please say what is done about this very matter.",
            ],
            Self::OffTopic => [
                "答复很少提到本件内容，请针对建议作答。",
                "The reply hardly speaks of the matter: please answer what was proposed.",
            ],
        }
    }
}

/// In which field something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Title.
    Title,
    /// Background (情况).
    Background,
    /// Analysis (分析).
    Analysis,
    /// Recommendations (建议).
    Recommendations,
    /// One demand, from 0.
    Demand(usize),
    /// Text of the reply.
    Body,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The field.
    pub field: Field,
    /// The place in the field, in characters; empty at 0 when the field as a whole is meant.
    pub place: (usize, usize),
    /// What it is.
    pub code: Code,
}

impl Finding {
    fn whole(code: Code, field: Field) -> Self {
        Self { field, place: (0, 0), code }
    }

    fn at(code: Code, field: Field, place: Range<usize>) -> Self {
        Self { field, place: (place.start, place.end), code }
    }
}

/// Findings for personal data that were found at these places of the field, in characters.
pub fn personal_data(field: Field, places: impl IntoIterator<Item = Range<usize>>) -> Vec<Finding> {
    places.into_iter().map(|place| Finding::at(Code::PersonalData, field, place)).collect()
}

fn length(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

/// The places of these words, in characters.
fn places<'a>(text: &'a str, words: &'a [&'a str]) -> impl Iterator<Item = Range<usize>> + 'a {
    words.iter().flat_map(move |word| {
        text.match_indices(word).map(move |(at, _)| {
            let start = text[..at].chars().count();
            start..start + word.chars().count()
        })
    })
}

/// The known words and those that are added.
fn with<'a>(known: &[&'a str], added: &'a [String]) -> Vec<&'a str> {
    known.iter().copied().chain(added.iter().map(String::as_str)).collect()
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The sentences of a text with their places, in characters.
fn sentences(text: &str) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    let mut open = String::new();
    let mut start = 0;
    let all = text.chars().count();
    for (at, character) in text.chars().enumerate() {
        let ends = matches!(character, '。' | '！' | '？' | '；' | '\n' | '!' | '?' | ';');
        if !ends {
            open.push(character);
        }
        if ends || at + 1 == all {
            if !open.trim().is_empty() {
                out.push((std::mem::take(&mut open), start..at + usize::from(!ends)));
            }
            open.clear();
            start = at + 1;
        }
    }
    out
}
