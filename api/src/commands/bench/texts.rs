//! Titles and texts in the words of the sample ledgers; the same every time.

use entity::json::Strings;
use entity::submission;

/// Ledgers whose titles give the words.
const LEDGERS: [&str; 4] = [
    include_str!("../../../data/ledger/2017.csv"),
    include_str!("../../../data/ledger/2018.csv"),
    include_str!("../../../data/ledger/2019.csv"),
    include_str!("../../../data/ledger/2020.csv"),
];
/// The column of the title; no cell before it holds a comma.
const TITLE: usize = 6;

/// What matters are about: each a place, a verb and a thing, as in 在枫林镇推进校园周边食品安全.
pub struct Texts {
    subjects: Vec<String>,
}

impl Texts {
    /// Reads the titles of the sample ledgers.
    pub fn of_ledgers() -> Self {
        let lines = LEDGERS.iter().flat_map(|ledger| ledger.lines().skip(1));
        let titles = lines.filter_map(|line| line.split(',').nth(TITLE));
        let bare =
            titles.filter_map(|title| title.strip_prefix("关于")?.rsplit_once('的').map(|(bare, _)| bare.to_owned()));
        Self { subjects: bare.collect() }
    }

    /// Gives a matter the text of its number: some 400 characters about one thing, and two others beside it.
    pub fn matter(&self, number: usize, row: &mut submission::Model) {
        let (own, second, third) = (self.subject(number, 1), self.subject(number, 2), self.subject(number, 3));
        let year = row.handling_year.unwrap_or_default();
        row.title = format!("关于{own}的建议");
        row.background = format!(
            "近年来,{own}受到群众广泛关注。据{year}年统计,涉及居民{number}户,投诉同比上升{}%,沿线G{}国道一带尤为突出。\
             与此同时,{second}虽已取得进展,但发展仍不平衡,部分点位进度滞后,群众获得感不强。",
            number % 40,
            number % 330
        );
        row.analysis = format!(
            "一是底数不清,部门之间信息没有共享,{own}缺少统筹规划;二是经费不足,日常维护依靠临时安排,难以持续;\
             三是责任不明,属地、行业和运营单位相互等待,与{third}没有衔接;四是宣传不够,居民参与度不高,监督渠道不畅。"
        );
        row.recommendations = format!(
            "建议:一、摸清底数,建立台账,把{own}列入{}年度工作计划;二、落实经费,区级财政给予适当补助,引导社会力量参与;\
             三、明确牵头部门和完成时限,每季度通报一次进展;四、运用5G等技术手段,提升管理水平,定期听取代表意见。",
            year + 1
        );
        row.demands = Strings(vec![format!("制定{own}方案"), "公布进展情况".into()]);
    }

    /// The text of the reply to a matter of this title.
    pub fn reply(title: &str) -> String {
        format!(
            "您提出的“{title}”收悉。经会同有关部门认真研究,现答复如下:一、我局高度重视,已组织现场调研,与您当面沟通;\
             二、目前已完成前期排查,形成问题清单和整改方案,落实专项资金;三、下一步将加强督促检查,建立长效机制,\
             确保各项措施落到实处。感谢您对我们工作的关心和支持。"
        )
    }

    /// A subject, scattered over the numbers so that neighbours differ; the first ones of the ledgers come more often.
    fn subject(&self, number: usize, place: usize) -> &str {
        let mut bits = (number * 4 + place) as u64;
        for _ in 0..2 {
            bits = (bits ^ (bits >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let share = ((bits >> 40) as usize * self.subjects.len()) >> 24;
        // The square of a share of the whole is small more often than not.
        let index = if bits & 1 == 0 { share } else { share * share / self.subjects.len().max(1) };
        self.subjects.get(index).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_every_time_and_differ_from_number_to_number() {
        let texts = Texts::of_ledgers();
        assert_eq!(texts.subjects.len(), 809);
        assert!(texts.subjects.iter().all(|subject| subject.chars().count() > 3), "{:?}", texts.subjects);
        let some: Vec<&str> = (0..100).map(|number| texts.subject(number, 1)).collect();
        assert_eq!(some, (0..100).map(|number| Texts::of_ledgers().subject(number, 1).to_owned()).collect::<Vec<_>>());
        let different: std::collections::BTreeSet<&str> = some.into_iter().collect();
        assert!(different.len() > 60, "{}", different.len());
    }
}
