//! What to look at in a text before it is handed in or signed off.

use async_graphql::{Enum, SimpleObject};
use domain::language::Language;
use domain::vocabulary::TextCheck;
use lexis::checks::{Code, Field, Finding};

/// What is to be looked at in a text (文本检查项).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Code")]
pub enum TextFindingCode {
    /// More than one matter in one text (一事一议).
    SeveralMatters,
    /// A required part says nothing (缺少情况、分析或建议).
    PartMissing,
    /// A part is too short to be acted on (内容过简).
    TooShort,
    /// The text is longer than readers bear (篇幅过长).
    TooLong,
    /// Words that say nothing certain (表述含糊).
    Vague,
    /// No place, number or name says what exactly is meant (小却模糊).
    Unclear,
    /// The title does not name the matter (标题不明).
    Title,
    /// Words that point to state secrets (疑似涉密).
    Secrecy,
    /// Personal data (个人信息).
    PersonalData,
    /// A demand without an answer (诉求未回应).
    DemandUnanswered,
    /// The text contradicts the outcome of the reply (正文与办理结果不一致).
    ClassContradicted,
    /// A reply that promises names no date (承诺无时限).
    PromiseUndated,
    /// Mostly phrases that stand in any reply (套话).
    Boilerplate,
    /// The reply hardly speaks of the matter (答非所问).
    OffTopic,
}

/// A place to look at in a text, with advice; people decide, unless the rules block it (文本检查结果).
#[derive(Clone, Debug, SimpleObject)]
pub struct TextFinding {
    /// What it is (检查项).
    code: TextFindingCode,
    /// Which text: title, background, analysis, recommendations, body, or demands with its place from 0 (字段).
    field: String,
    /// Where it begins, in characters from 0 (起始位置).
    start: i32,
    /// Where it ends, in characters; the same as start when the text as a whole is meant (结束位置).
    end: i32,
    /// What to do, in the language of the request (修改建议).
    advice: String,
    /// Whether the region's rules keep the text back until it is mended (是否阻止提交).
    blocking: bool,
}

impl TextFinding {
    /// The finding in words.
    pub fn of(found: &Finding, block: &[TextCheck], language: Language) -> Self {
        let [zh, en] = found.code.advice();
        let place = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
        Self {
            code: found.code.into(),
            field: match found.field {
                Field::Title => "title".into(),
                Field::Background => "background".into(),
                Field::Analysis => "analysis".into(),
                Field::Recommendations => "recommendations".into(),
                Field::Demand(index) => format!("demands.{index}"),
                Field::Body => "body".into(),
            },
            start: place(found.place.0),
            end: place(found.place.1),
            advice: language.pick(zh, en).into(),
            blocking: block.iter().any(|check| check.code() == found.code.name()),
        }
    }
}
