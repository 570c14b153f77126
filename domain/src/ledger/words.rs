//! The words of cells: levels, kinds, modes, ways of contact, ratings and the like.
//!
//! Each value is known by its label and code in the vocabulary, and by the synonyms listed here.

use super::fault::FaultKind;
use super::fold::fold_word;
use crate::language::Language;
use crate::vocabulary::{
    AssignmentRole, ContactMode, Disclosure, HandlingMode, Rating, RegionLevel, SessionPhase, SubmissionKind,
};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The words of one notion.
pub(super) struct Words<T> {
    label: fn(T) -> &'static str,
    by_word: HashMap<String, T>,
    /// The labels, for the sentence of a fault.
    allowed: String,
}

impl<T: Copy> Words<T> {
    fn new(
        all: &[T],
        label: fn(T) -> &'static str,
        code: fn(T) -> &'static str,
        synonyms: &[(T, &[&'static str])],
    ) -> Self {
        let own = all.iter().flat_map(|value| [label(*value), code(*value)].map(|word| (word, *value)));
        let other = synonyms.iter().flat_map(|(value, words)| words.iter().map(|word| (*word, *value)));
        let by_word = own.chain(other).map(|(word, value)| (fold_word(word), value)).collect();
        let labels: Vec<&str> = all.iter().map(|value| label(*value)).collect();
        Self { label, by_word, allowed: labels.join("、") }
    }

    /// The value of a word that is not blank.
    ///
    /// # Errors
    /// [`FaultKind::UnknownWord`] with the labels.
    pub(super) fn read(&self, word: &str) -> Result<T, FaultKind> {
        let found = self.by_word.get(&fold_word(word)).copied();
        found.ok_or_else(|| FaultKind::UnknownWord { allowed: self.allowed.clone() })
    }

    /// The word that is written.
    pub(super) fn written(&self, value: T) -> &'static str {
        (self.label)(value)
    }
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident: $of:ident { $($variant:ident [$($word:literal),* $(,)?],)+ }) => {
        $(#[$meta])*
        pub(super) static $name: LazyLock<Words<$of>> = LazyLock::new(|| {
            let synonyms: &[($of, &[&str])] = &[$(($of::$variant, &[$($word),*])),+];
            Words::new($of::ALL, |value| value.label(Language::Zh), $of::code, synonyms)
        });

        #[cfg(test)]
        impl tests::Listed for $of {
            fn words() -> &'static Words<Self> {
                &$name
            }

            const LISTED: &'static [(Self, &'static [&'static str])] = &[$(($of::$variant, &[$($word),*])),+];
        }
    };
}

words! {
    /// Levels of regions.
    LEVELS: RegionLevel {
        Nation ["全国", "国家级", "国家", "中央"],
        Province ["省级", "省", "自治区级", "自治区", "直辖市级", "直辖市"],
        City ["市级", "市", "地级市", "设区市", "州级", "自治州", "盟级"],
        County ["区级", "县级", "区", "县", "区县", "县区", "县市区", "县级市", "旗县", "旗", "旗级"],
        Township ["乡级", "镇级", "乡镇", "乡", "镇", "街道"],
    }
}

words! {
    /// Kinds of matters.
    KINDS: SubmissionKind {
        Suggestion [
            "代表建议", "人大建议", "人大代表建议", "建议意见", "意见建议", "书面意见", "批评", "意见", "建议批评和意见",
            "建议批评意见", "闭会建议", "议案转建议",
        ],
        Motion ["代表议案", "人大议案", "人大代表议案"],
        Proposal [
            "政协提案", "委员提案", "政协委员提案", "集体提案", "联名提案", "党派提案", "团体提案", "界别提案", "平时提案",
            "个人提案", "闭会提案",
        ],
        HotlineTicket [
            "专线", "热线", "专线件", "专线电话", "代表委员专线", "代表委员专线电话", "代表委员热线", "代表委员热线件", "96811",
            "12345", "专线电话件",
        ],
        OpinionBrief ["社情民意", "社情民意件", "信息", "民意信息"],
    }
}

words! {
    /// When a matter was handed in.
    PHASES: SessionPhase {
        InSession ["会议", "大会", "大会期间", "会间", "会上", "会中", "会内", "在会期间", "会期内"],
        OffSession ["闭会", "会后", "会外", "平时", "闭会期", "会议之外"],
    }
}

words! {
    /// How several agencies share a matter.
    MODES: HandlingMode {
        Sole ["单办", "独立办理", "单独办理", "独自办理", "单独承办"],
        LeadWithCo [
            "主会办", "主办会办", "主协办", "主办协办", "会同办理", "牵头办理", "牵头参加", "主办和会办", "主办与会办", "合办", "会办",
            "协办",
        ],
        Separate ["分办", "分别承办", "分头办理"],
        CoLead ["多个主办", "联合主办", "双主办", "共同办理", "联合办理"],
    }
}

words! {
    /// The part of one agency.
    ROLES: AssignmentRole {
        Lead ["主", "牵头", "独办", "主办单位", "承办"],
        Co ["会", "协", "协办", "会办单位", "协办单位", "参加", "配合"],
        Separate ["分", "分别办理", "分办单位"],
    }
}

words! {
    /// Ways of contact. A meeting in person counts as a visit unless the word says more.
    CONTACTS: ContactMode {
        Visit [
            "走访", "上门", "登门", "上门走访", "登门走访", "上门沟通", "登门拜访", "走出去", "面谈", "面商", "见面", "面复", "当面沟通",
            "当面", "拜访",
        ],
        Invite ["邀请", "请进来", "来访", "邀请来局", "邀请座谈"],
        Symposium ["座谈", "座谈会", "面商会", "协商会", "会议", "会议座谈", "召开座谈会"],
        SiteSurvey ["考察", "视察", "实地调研", "实地考察", "调查研究", "实地走访", "现场调研"],
        OnSite ["现场", "现场办公", "现场会", "实地办理"],
        Phone ["电话联系", "电话沟通", "通话", "手机", "打电话"],
        Video ["视频会议", "视频通话", "线上"],
        Message ["微信", "信息", "网络", "短信微信", "QQ", "微信沟通", "即时通信"],
        Email ["邮件", "电邮", "Email", "E-mail"],
        Letter ["书信", "信件", "来信", "书面", "函"],
        Other ["其它"],
    }
}

words! {
    /// Whether a reply may be published.
    DISCLOSURES: Disclosure {
        Proactive ["公开", "主动", "全文公开", "同意公开", "是", "可以公开"],
        OnRequest ["依申请", "申请公开", "依申请公开件"],
        NotDisclosed ["不公开", "不宜公开", "否", "不同意公开", "内部", "不予"],
    }
}

words! {
    /// Ratings.
    RATINGS: Rating {
        Satisfied ["很满意", "非常满意", "十分满意"],
        BasicallySatisfied ["较满意", "比较满意", "基本", "一般"],
        Dissatisfied ["不满", "不太满意"],
        NotKnown ["不清楚", "未表态", "未评价"],
    }
}

/// Yes or no.
pub(super) fn yes_or_no(word: &str) -> Result<bool, FaultKind> {
    match fold_word(word).as_str() {
        "是" | "有" | "√" | "✓" | "y" | "yes" | "1" | "已重办" | "重办" => Ok(true),
        "否" | "无" | "×" | "x" | "n" | "no" | "0" | "没有" | "未重办" => Ok(false),
        _ => Err(FaultKind::UnknownWord { allowed: "是、否".into() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The synonyms as they stand above.
    pub(super) trait Listed: Copy + PartialEq + std::fmt::Debug + 'static {
        const LISTED: &'static [(Self, &'static [&'static str])];

        fn words() -> &'static Words<Self>;
    }

    fn means_one<T: Listed>() {
        for (value, synonyms) in T::LISTED {
            for word in synonyms.iter().copied().chain([T::words().written(*value)]) {
                assert_eq!(T::words().read(word), Ok(*value), "{word}");
            }
        }
    }

    #[test]
    fn every_word_means_one_value_and_what_is_written_is_read_again() {
        means_one::<RegionLevel>();
        means_one::<SubmissionKind>();
        means_one::<SessionPhase>();
        means_one::<HandlingMode>();
        means_one::<AssignmentRole>();
        means_one::<ContactMode>();
        means_one::<Disclosure>();
        means_one::<Rating>();
    }

    #[test]
    fn an_unknown_word_is_answered_with_the_usual_ones() {
        let expected =
            FaultKind::UnknownWord { allowed: "建议、议案、提案、热线件、社情民意信息".into() };
        assert_eq!(KINDS.read("意见书"), Err(expected));
        assert_eq!(yes_or_no("或许"), Err(FaultKind::UnknownWord { allowed: "是、否".into() }));
        assert_eq!((yes_or_no(" 是 "), yes_or_no("×")), (Ok(true), Ok(false)));
    }
}
