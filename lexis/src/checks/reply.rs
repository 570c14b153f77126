//! Checks of a reply before sign-off.

use super::{Code, Field, Finding, holds, length, places, sentences, with};
use crate::grams::{Grams, grams};

/// What the class of a reply says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Solved or adopted (已解决、采纳).
    Solved,
    /// Planned, will be solved by a date (计划解决).
    Planned,
    /// Taken as reference (留作参考).
    Reference,
}

/// A demand and the answer given to it alone, if there is one.
#[derive(Clone, Copy, Debug)]
pub struct Demand<'a> {
    /// What is asked.
    pub text: &'a str,
    /// The answer of its own.
    pub answer: Option<&'a str>,
}

/// A reply with what it answers.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// Title of the matter.
    pub title: &'a str,
    /// Its demands.
    pub demands: &'a [Demand<'a>],
    /// Text of the reply.
    pub body: &'a str,
    /// What its class says; none where the text may say both.
    pub class: Option<Class>,
    /// Whether every promise beside the text has a date; none without promises.
    pub promises_dated: Option<bool>,
}

/// What a reply is measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyLimits {
    /// Set phrases may fill this part of the text, in per cent.
    pub boilerplate_percent: usize,
    /// Phrases of any reply, besides those that are known.
    pub set_phrases: Vec<String>,
}

impl Default for ReplyLimits {
    /// Sixty per cent.
    fn default() -> Self {
        Self { boilerplate_percent: 60, set_phrases: Vec::new() }
    }
}

/// Phrases of any reply.
const SET_PHRASES: &[&str] = &[
    "感谢您",
    "衷心感谢",
    "收悉",
    "现答复如下",
    "关心和支持",
    "高度重视",
    "认真研究",
    "欢迎继续",
    "提出宝贵意见",
    "一如既往",
    "您提出的",
    "此复",
    "专此答复",
    "下一步",
    "我局将继续",
    "我们将继续",
    "积极推进",
    "不断提高",
    "不断提升",
    "进一步加大",
    "进一步加强",
    "取得了一定成效",
    "做了大量工作",
    "在区委、区政府的坚强领导下",
    "以此为契机",
    "努力为",
];
const UNSOLVED: &[&str] = &[
    "暂时无法",
    "暂无法",
    "目前无法",
    "无法解决",
    "尚未解决",
    "条件尚不成熟",
    "条件不成熟",
    "暂不具备",
    "不具备条件",
    "难以解决",
    "计划于",
    "拟于",
    "正在研究",
    "正在论证",
    "列入计划",
    "将于",
    "留作参考",
];
const SOLVED: &[&str] = &["已全部完成", "已经解决", "已解决", "已建成", "已投入使用", "已完成整改", "问题得到解决"];
/// A demand is answered when this part of its words stands in one place of the reply.
const ANSWERED: f64 = 0.34;
const ON_TOPIC: f64 = 0.2;

/// What to mend, in the order of the fields.
pub fn check_reply(reply: &Reply<'_>, limits: &ReplyLimits) -> Vec<Finding> {
    let set_phrases = with(SET_PHRASES, &limits.set_phrases);
    let mut found = Vec::new();
    let sentences = sentences(reply.body);
    let body = grams(reply.body);
    for (i, demand) in reply.demands.iter().enumerate() {
        let own = demand.answer.is_some_and(|answer| length(answer) > 0);
        let told = sentences.iter().map(|(sentence, _)| covered(&grams(demand.text), &grams(sentence)));
        if !own && told.fold(0.0, f64::max) < ANSWERED {
            found.push(Finding::whole(Code::DemandUnanswered, Field::Demand(i)));
        }
    }
    if length(reply.body) > 0 && covered(&grams(reply.title), &body) < ON_TOPIC {
        found.push(Finding::whole(Code::OffTopic, Field::Body));
    }
    let against = match reply.class {
        Some(Class::Solved) => UNSOLVED,
        Some(Class::Reference) => SOLVED,
        Some(Class::Planned) | None => &[],
    };
    // Only a text that nowhere says that it is done speaks against a solved matter.
    let solved = reply.class == Some(Class::Solved) && holds(reply.body, SOLVED);
    if !solved {
        found.extend(places(reply.body, against).map(|place| Finding::at(Code::ClassContradicted, Field::Body, place)));
    }
    if reply.class == Some(Class::Planned) && !dated(reply) {
        found.push(Finding::whole(Code::PromiseUndated, Field::Body));
    }
    let set = sentences.iter().filter(|(sentence, _)| holds(sentence, &set_phrases)).map(|(text, _)| length(text));
    if set.sum::<usize>() * 100 > length(reply.body) * limits.boilerplate_percent {
        found.push(Finding::whole(Code::Boilerplate, Field::Body));
    }
    found.sort();
    found.dedup();
    found
}

/// Which part of the telling words of one text stands in the other.
fn covered(asked: &Grams, told: &Grams) -> f64 {
    let all: f64 = asked.values().sum();
    let common: f64 = asked.iter().filter(|(gram, _)| told.contains_key(*gram)).map(|(_, worth)| worth).sum();
    if all > 0.0 { common / all } else { 1.0 }
}

/// Whether a month, quarter or year is named by which it will be done.
fn dated(reply: &Reply<'_>) -> bool {
    match reply.promises_dated {
        Some(dated) => dated,
        None => {
            let characters: Vec<char> = reply.body.chars().collect();
            let named = characters.windows(2).any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], '年' | '月'));
            named || holds(reply.body, &["年底前", "年内", "季度", "月底前", "上半年", "下半年"])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Reply<'_> = Reply {
        title: "关于在南湖街道增设电动自行车充电桩的建议",
        demands: &[
            Demand { text: "在12个小区增设充电桩", answer: None },
            Demand { text: "明确充电桩建设费用来源", answer: None },
        ],
        body: "您提出的建议收悉，现答复如下。我局已会同南湖街道排查12个小区，选定充电桩点位35处，\
               计划于2026年9月底前增设充电桩300个。建设费用来源已明确，由区财政补助六成，其余由运营企业承担。感谢您的关心和支持。",
        class: Some(Class::Planned),
        promises_dated: None,
    };

    fn codes(reply: &Reply<'_>) -> Vec<(Code, Field)> {
        check_reply(reply, &ReplyLimits::default()).into_iter().map(|found| (found.code, found.field)).collect()
    }

    #[test]
    fn a_good_reply_has_nothing_to_mend() {
        assert_eq!(codes(&GOOD), []);
    }

    #[test]
    fn each_weakness_is_found() {
        let hollow = "感谢您对我局工作的关心和支持。我局高度重视充电桩建设，进一步加强小区管理。我们将继续积极推进电动自行车工作。";
        let other = [Demand { text: "减免困难家庭学生校服费用", answer: None }];
        let answered =
            [Demand { text: "减免困难家庭学生校服费用", answer: Some("已转区教育局办理。") }];
        for (reply, wanted) in [
            (Reply { demands: &other, ..GOOD }, vec![(Code::DemandUnanswered, Field::Demand(0))]),
            (Reply { demands: &answered, ..GOOD }, vec![]),
            (Reply { class: Some(Class::Solved), ..GOOD }, vec![(Code::ClassContradicted, Field::Body)]),
            (Reply { promises_dated: Some(false), ..GOOD }, vec![(Code::PromiseUndated, Field::Body)]),
            (
                Reply { body: hollow, demands: &[], ..GOOD },
                vec![(Code::PromiseUndated, Field::Body), (Code::Boilerplate, Field::Body)],
            ),
            (
                Reply {
                    body: "该路段信号灯已建成，已投入使用。", demands: &[], class: Some(Class::Reference), ..GOOD
                },
                vec![
                    (Code::ClassContradicted, Field::Body),
                    (Code::ClassContradicted, Field::Body),
                    (Code::OffTopic, Field::Body),
                ],
            ),
        ] {
            let mut found = codes(&reply);
            found.sort();
            let mut wanted = wanted;
            wanted.sort();
            assert_eq!(found, wanted, "{}", reply.body);
        }
    }
}
