//! Checks of a suggestion or proposal while it is written.

use super::{Code, Field, Finding, holds, length, places, sentences, with};
use crate::grams::grams;
use std::collections::BTreeSet;

/// The parts of a suggestion or proposal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Draft<'a> {
    /// Title.
    pub title: &'a str,
    /// Background (情况).
    pub background: &'a str,
    /// Analysis (分析).
    pub analysis: &'a str,
    /// Recommendations (建议).
    pub recommendations: &'a str,
    /// Demands, one by one.
    pub demands: &'a [&'a str],
}

/// What a draft is measured by; lengths in characters, white space not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLimits {
    /// The least of a part.
    pub part_min: usize,
    /// The most of all parts together.
    pub whole_max: usize,
    /// Words that say nothing certain, besides those that are known.
    pub vague: Vec<String>,
    /// Words that point to secrets, besides those that are known.
    pub secrets: Vec<String>,
}

impl Default for DraftLimits {
    /// Twenty for a part; fifteen hundred in all, the length that CPPCC bodies ask for.
    fn default() -> Self {
        Self { part_min: 20, whole_max: 1_500, vague: Vec::new(), secrets: Vec::new() }
    }
}

/// Joints at which a title or a demand goes over to another matter.
const ALSO: &[&str] = &["以及", "同时", "另外", "此外", "还有", "暨"];
const VAGUE: &[&str] = &[
    "有关问题",
    "相关问题",
    "等问题",
    "一些问题",
    "某些",
    "适当",
    "尽可能",
    "进一步重视",
    "高度重视",
    "引起重视",
    "加大力度",
    "采取有效措施",
    "采取措施",
    "妥善解决",
    "适时",
    "若干",
];
const SECRETS: &[&str] =
    &["绝密", "机密", "秘密级", "内部文件", "不得公开", "军事设施", "部队番号", "涉密", "国家秘密", "密级"];
/// What says where, when or how much.
const CERTAIN: &[&str] = &[
    "镇", "乡", "村", "街道", "社区", "小区", "路", "学校", "医院", "公园", "广场", "河", "水库", "桥", "站", "市场",
    "园区", "法", "条例", "办法", "局", "公司",
];
const DIFFERENT: f64 = 0.04;

/// What to mend, in the order of the fields.
pub fn check_draft(draft: &Draft<'_>, limits: &DraftLimits) -> Vec<Finding> {
    let mut found = Vec::new();
    let vague = with(VAGUE, &limits.vague);
    let secrets = with(SECRETS, &limits.secrets);
    title(draft, &mut found);
    let parts = [
        (Field::Background, draft.background),
        (Field::Analysis, draft.analysis),
        (Field::Recommendations, draft.recommendations),
    ];
    for (field, text) in parts {
        match length(text) {
            0 => found.push(Finding::whole(Code::PartMissing, field)),
            few if few < limits.part_min => found.push(Finding::whole(Code::TooShort, field)),
            _ => {}
        }
    }
    if parts.iter().map(|(_, text)| length(text)).sum::<usize>() > limits.whole_max {
        found.push(Finding::whole(Code::TooLong, Field::Background));
    }
    for place in places(draft.recommendations, &vague) {
        found.push(Finding::at(Code::Vague, Field::Recommendations, place));
    }
    for (i, demand) in draft.demands.iter().enumerate() {
        found.extend(places(demand, &vague).map(|place| Finding::at(Code::Vague, Field::Demand(i), place)));
    }
    let all = [draft.title, draft.background, draft.analysis, draft.recommendations].concat();
    let certain = holds(&all, CERTAIN) || all.chars().any(|character| character.is_ascii_digit());
    if !certain && length(&all) > 0 {
        found.push(Finding::whole(Code::Unclear, Field::Background));
    }
    for (field, text) in [(Field::Title, draft.title)].into_iter().chain(parts) {
        found.extend(places(text, &secrets).map(|place| Finding::at(Code::Secrecy, field, place)));
    }
    several(draft, &mut found);
    found.sort();
    found.dedup();
    found
}

fn title(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let told: f64 = grams(draft.title).values().filter(|worth| **worth >= 1.0).sum();
    if told < 2.0 {
        found.push(Finding::whole(Code::Title, Field::Title));
    }
    found.extend(places(draft.title, ALSO).map(|place| Finding::at(Code::SeveralMatters, Field::Title, place)));
}

/// A demand that shares no word with the title, the situation or another demand is a matter of its own.
fn several(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let words = |text: &str| -> BTreeSet<String> {
        grams(text).into_iter().filter(|(_, worth)| *worth >= 1.0).map(|(gram, _)| gram).collect()
    };
    let around = words(&[draft.title, "\n", draft.background, "\n", draft.analysis].concat());
    let listed: Vec<(Field, String, std::ops::Range<usize>)> = if draft.demands.is_empty() {
        let advice = sentences(draft.recommendations).into_iter();
        // Only what begins with a number of its own is an advice of its own.
        let numbered = advice.filter(|(sentence, _)| {
            let begin: String = sentence.trim_start().chars().take(3).collect();
            holds(&begin, &["一是", "二是", "三是", "四是", "五是", "一、", "二、", "三、", "四、", "五、"])
                || begin.starts_with(|character: char| character.is_ascii_digit())
        });
        numbered.map(|(sentence, place)| (Field::Recommendations, sentence, place)).collect()
    } else {
        let demands = draft.demands.iter().enumerate();
        demands.map(|(i, text)| (Field::Demand(i), (*text).to_owned(), 0..text.chars().count())).collect()
    };
    if listed.len() < 2 || around.is_empty() {
        return;
    }
    for (i, (field, text, place)) in listed.iter().enumerate() {
        let own = words(text);
        let others: BTreeSet<String> =
            listed.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, (_, text, _))| words(text)).collect();
        let common = own.iter().filter(|word| around.contains(*word) || others.contains(*word)).count();
        #[expect(clippy::cast_precision_loss, reason = "counts of words")]
        let alien = own.len() >= 4 && (common as f64 / own.len() as f64) < DIFFERENT;
        if alien {
            found.push(Finding::at(Code::SeveralMatters, *field, place.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Draft<'_> = Draft {
        title: "关于在南湖街道增设电动自行车充电桩的建议",
        background: "南湖街道现有12个老旧小区，居民电动自行车约3000辆，仅有充电桩80个，飞线充电现象普遍。",
        analysis: "小区建成早，未预留充电设施用地和电力容量，物业企业没有建设资金，居民意见难以统一。",
        recommendations: "一是由街道牵头排查可用空地。二是2026年底前在12个小区增设充电桩300个，费用由区财政补助。",
        demands: &["在12个小区增设充电桩", "明确充电桩建设费用来源"],
    };

    fn codes(draft: &Draft<'_>) -> Vec<(Code, Field)> {
        check_draft(draft, &DraftLimits::default()).into_iter().map(|found| (found.code, found.field)).collect()
    }

    #[test]
    fn a_good_text_has_nothing_to_mend() {
        assert_eq!(codes(&GOOD), []);
    }

    #[test]
    fn each_weakness_is_found_in_its_field() {
        for (draft, wanted) in [
            (Draft { background: "", ..GOOD }, (Code::PartMissing, Field::Background)),
            (Draft { analysis: "没有人管。", ..GOOD }, (Code::TooShort, Field::Analysis)),
            (Draft { title: "关于进一步加强工作的建议", ..GOOD }, (Code::Title, Field::Title)),
            (Draft { title: "关于增设充电桩以及改造河道的建议", ..GOOD }, (Code::SeveralMatters, Field::Title)),
            (
                Draft { demands: &["在12个小区增设充电桩", "提升乡村教师待遇水平"], ..GOOD },
                (Code::SeveralMatters, Field::Demand(1)),
            ),
            (
                Draft {
                    demands: &[],
                    recommendations: "一、在小区增设充电桩300个。二、提升乡村教师工资待遇水平。",
                    ..GOOD
                },
                (Code::SeveralMatters, Field::Recommendations),
            ),
            (
                Draft {
                    recommendations: "建议有关方面高度重视充电桩建设，加大力度推进此事。", ..GOOD
                },
                (Code::Vague, Field::Recommendations),
            ),
            (
                Draft {
                    analysis: "根据机密文件，充电设施用地尚未预留，资金也没有来源。", ..GOOD
                },
                (Code::Secrecy, Field::Analysis),
            ),
        ] {
            let found = codes(&draft);
            assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
        }
        let long = "充电".repeat(800);
        assert!(codes(&Draft { background: &long, ..GOOD }).contains(&(Code::TooLong, Field::Background)));
        let unclear = Draft {
            title: "关于关爱老年群体的建议",
            background: "当前老年群体数量不断增加，生活中面临着许多困难和不便之处。",
            analysis: "社会对老年群体关爱不够，服务供给和需求之间不匹配，资金投入不足。",
            recommendations: "建议关爱老年群体，完善服务体系，增加资金投入，丰富文化生活内容。",
            demands: &[],
        };
        assert_eq!(codes(&unclear), [(Code::Unclear, Field::Background)]);
    }

    #[test]
    fn places_are_given_in_characters() {
        let draft =
            Draft { recommendations: "请适当增加充电桩数量，并在2026年前完成全部建设。", ..GOOD };
        let found = check_draft(&draft, &DraftLimits::default());
        assert_eq!(found[0], Finding { field: Field::Recommendations, place: (1, 3), code: Code::Vague });
    }

    #[test]
    fn a_region_adds_words_and_lengths_of_its_own() {
        let draft = Draft {
            title: "关于在南湖街道增设充电桩的建议",
            background: "南湖街道现有12个小区,充电桩不足,方案代号甲。",
            analysis: "没有预留充电设施用地和电力容量,企业没有资金。",
            recommendations: "2026年底前酌情在12个小区增设充电桩300个。",
            demands: &[],
        };
        let codes = |limits: &DraftLimits| -> Vec<Code> {
            check_draft(&draft, limits).into_iter().map(|found| found.code).collect()
        };
        assert_eq!(codes(&DraftLimits::default()), []);
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        let own =
            DraftLimits { vague: words(&["酌情"]), secrets: words(&["方案代号"]), ..DraftLimits::default() };
        assert_eq!(codes(&own), [Code::Secrecy, Code::Vague]);
        let short = DraftLimits { part_min: 40, whole_max: 60, ..DraftLimits::default() };
        assert!(codes(&short).contains(&Code::TooLong) && codes(&short).contains(&Code::TooShort));
    }
}
