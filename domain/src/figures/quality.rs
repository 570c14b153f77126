//! Quality beside quantity (数量与质量): what is judged of the matters handed in for one handling year.
//!
//! Deliberately absent: counting. The numbers come in as values.

use super::Ratio;
use crate::language::Language;
use crate::vocabulary::QualityName;

/// What was counted of a group of matters; each number once for a matter, a reply or a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QualityCounts {
    /// Matters handed in.
    pub handed_in: i64,
    /// Of these, accepted.
    pub filed: i64,
    /// Of these, once sent back for revision.
    pub sent_back: i64,
    /// Of these, merged into another.
    pub merged: i64,
    /// Matters whose text was checked when it was first handed in.
    pub checked: i64,
    /// Of these, without a finding.
    pub well_formed: i64,
    /// Matters that were assigned.
    pub assigned: i64,
    /// Of these, never handed back by an agency.
    pub never_returned: i64,
    /// Latest issued replies.
    pub replies: i64,
    /// Of these, solved or adopted, wholly or partly.
    pub taken_up: i64,
    /// Settled forms with a rating.
    pub forms: i64,
    /// Of these, satisfied or basically satisfied.
    pub pleased: i64,
}

impl QualityCounts {
    /// The sum of two groups that share no matter.
    #[must_use]
    pub const fn and(self, more: Self) -> Self {
        Self {
            handed_in: self.handed_in + more.handed_in,
            filed: self.filed + more.filed,
            sent_back: self.sent_back + more.sent_back,
            merged: self.merged + more.merged,
            checked: self.checked + more.checked,
            well_formed: self.well_formed + more.well_formed,
            assigned: self.assigned + more.assigned,
            never_returned: self.never_returned + more.never_returned,
            replies: self.replies + more.replies,
            taken_up: self.taken_up + more.taken_up,
            forms: self.forms + more.forms,
            pleased: self.pleased + more.pleased,
        }
    }

    /// The indicator.
    pub const fn ratio(self, name: QualityName) -> Ratio {
        let (numerator, denominator) = match name {
            QualityName::Filed => (self.filed, self.handed_in),
            QualityName::WellFormed => (self.well_formed, self.checked),
            QualityName::SentBack => (self.sent_back, self.handed_in),
            QualityName::Merged => (self.merged, self.handed_in),
            QualityName::NeverReturned => (self.never_returned, self.assigned),
            QualityName::TakenUp => (self.taken_up, self.replies),
            QualityName::Satisfied => (self.pleased, self.forms),
        };
        Ratio { numerator, denominator }
    }
}

/// What the indicator divides by what.
pub const fn definition(name: QualityName, language: Language) -> &'static str {
    match (name, language) {
        (QualityName::Filed, Language::Zh) => "立案率=已受理(立案)的件÷已提交的件。",
        (QualityName::Filed, Language::En) => "Filed = matters accepted ÷ matters handed in.",
        (QualityName::WellFormed, Language::Zh) => {
            "文本规范率=首次提交时文本检查没有提示的件÷首次提交时检查过文本的件;从台账导入的件不检查。"
        }
        (QualityName::WellFormed, Language::En) => {
            "Well-formed = matters without a finding when first handed in ÷ matters whose text was checked then; \
             matters imported from a ledger are not checked."
        }
        (QualityName::SentBack, Language::Zh) => "退回修改率=曾被退回修改的件÷已提交的件。",
        (QualityName::SentBack, Language::En) => "Sent back = matters once returned for revision ÷ matters handed in.",
        (QualityName::Merged, Language::Zh) => "并案率=已并入他件的件÷已提交的件。",
        (QualityName::Merged, Language::En) => "Merged = matters merged into another ÷ matters handed in.",
        (QualityName::NeverReturned, Language::Zh) => "一次交准率=未被任何承办单位退办的件÷已交办的件。",
        (QualityName::NeverReturned, Language::En) => {
            "Never handed back = matters that no agency handed back ÷ matters assigned."
        }
        (QualityName::TakenUp, Language::Zh) => {
            "采纳率=办理结果为已解决、部分解决、已采纳、部分采纳的答复÷已印发的答复;每个答复单位计其最近一次答复。"
        }
        (QualityName::TakenUp, Language::En) => {
            "Taken up = replies with the outcome solved, partly solved, adopted or partly adopted ÷ replies issued; \
             the latest reply of each answering agency."
        }
        (QualityName::Satisfied, Language::Zh) => {
            "满意率=总体评价为满意、基本满意的反馈÷已审结且有评价的反馈;每份反馈各计一份,各轮均计,未反馈的不计。"
        }
        (QualityName::Satisfied, Language::En) => {
            "Satisfied = forms rated satisfied or basically satisfied ÷ settled forms with a rating; each form of each \
             round counts once, missing ones not at all."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_indicator_divides_other_numbers_and_says_which() {
        let counts = QualityCounts {
            handed_in: 100,
            filed: 90,
            sent_back: 7,
            merged: 5,
            checked: 80,
            well_formed: 60,
            assigned: 85,
            never_returned: 81,
            replies: 84,
            taken_up: 50,
            forms: 70,
            pleased: 69,
        };
        let ratios: BTreeSet<(i64, i64)> = QualityName::ALL
            .iter()
            .map(|name| counts.ratio(*name))
            .map(|ratio| (ratio.numerator, ratio.denominator))
            .collect();
        let wanted = [(90, 100), (60, 80), (7, 100), (5, 100), (81, 85), (50, 84), (69, 70)];
        assert_eq!(ratios, BTreeSet::from(wanted));
        assert_eq!(counts.and(counts).ratio(QualityName::Satisfied), Ratio { numerator: 138, denominator: 140 });
        for name in QualityName::ALL {
            assert!(definition(*name, Language::Zh).starts_with(name.label(Language::Zh)), "{name:?}");
            assert!(definition(*name, Language::En).to_lowercase().contains("÷"), "{name:?}");
        }
    }
}
