//! The columns of a ledger (台账) and the words by which they are known.

use super::fold::fold_header;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Declares the columns in the order in which a ledger is written.
macro_rules! columns {
    ($( $(#[$meta:meta])* $name:ident $header:literal [$($synonym:literal),* $(,)?], )+) => {
        /// A column of the ledger, in the order in which it is written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $( $(#[$meta])* $name, )+
        }

        impl Column {
            /// Every column, in the order in which a ledger is written.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The header word that is written.
            pub const fn header(self) -> &'static str {
                match self { $(Self::$name => $header),+ }
            }

            /// Other header words that are understood.
            pub const fn synonyms(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($synonym),*]),+ }
            }
        }
    };
}

columns! {
    /// The handling year.
    Year "年度" ["办理年度", "年份", "年"],
    /// The level of the region at which the matter was raised.
    Level "层级" ["级别", "行政层级", "来源层级", "来源级别", "交办层级"],
    /// The session, or the body when it is not known.
    Session "届次" ["会议届次", "会次", "会议名称", "届次名称", "会议", "来源"],
    /// The case number.
    CaseNo "案号" ["编号", "建议号", "提案号", "建议编号", "提案编号", "议案号", "案件编号", "件号", "建议提案编号", "案件号"],
    /// The kind of the matter.
    Kind "类别" ["种类", "案别", "类型", "件类", "建议提案类别", "提案类型", "建议类型"],
    /// The category of its content.
    Category "分类" ["内容分类", "提案分类", "建议分类", "领域", "所属领域", "审查分类", "性质类别"],
    /// The title.
    Title "标题" ["案由", "题目", "建议标题", "提案标题", "建议名称", "提案名称", "建议题目", "提案题目", "名称", "建议提案标题", "提案案由"],
    /// The lead proposer.
    LeadProposer "领衔人" [
        "提案人", "代表姓名", "第一提案人", "领衔代表", "提出人", "提出者", "提案者", "建议人", "委员姓名", "代表委员",
        "领衔人姓名", "代表委员姓名", "代表", "委员", "提案人姓名", "第一提案者", "主提人",
    ],
    /// How many co-signers there are.
    CosignerCount "联名人数" ["附议人数", "联名数", "附议数", "联名代表人数"],
    /// The proposer's telephone number.
    ProposerPhone "领衔人电话" ["代表电话", "委员电话", "提案人电话", "代表联系电话", "委员联系电话", "提案人联系电话"],
    /// Whether it was handed in during the meeting.
    Phase "会议/闭会" ["会议闭会", "会间/闭会", "提出时段", "会内会外", "大会/闭会", "提出期间", "会期"],
    /// The day on which it was handed in.
    SubmittedOn "提出日期" ["提出时间", "提交日期", "提交时间", "收到日期", "收到时间", "收件日期", "登记日期", "来件日期"],
    /// The day on which it was handed to the agency.
    AssignedOn "交办日期" ["交办时间", "交办日", "转办日期", "转办时间", "分办日期"],
    /// The number of the notice of assignment.
    AssignmentDocumentNo "交办文号" ["交办通知文号", "交办文件号"],
    /// How several agencies share it.
    Mode "办理方式" ["承办方式", "办理形式", "办理模式"],
    /// The part of the agency that keeps the ledger.
    OwnRole "本单位角色" ["角色", "本单位承办角色", "主办/会办", "主/会", "主会办", "承办类型", "承办角色"],
    /// The lead agencies.
    Leads "主办单位" ["主办", "承办单位", "牵头单位", "主办部门", "承办部门", "责任单位", "牵头部门", "主承办单位", "独办/主办单位"],
    /// The co-handling agencies.
    CoAgencies "会办单位" ["协办单位", "会办", "协办", "会办部门", "协办部门", "配合单位", "会同单位", "参加单位", "会(协)办单位", "协助单位"],
    /// The leader in charge.
    ResponsibleLeader "责任领导" ["分管领导", "领办领导", "负责领导", "分管负责人"],
    /// The section in charge.
    Section "责任科室" ["承办科室", "主办科室", "科室", "经办科室", "责任处室", "承办处室"],
    /// The person who handles it.
    Handler "承办人" ["经办人", "办理人", "承办人姓名", "经办人员", "具体承办人", "联系人", "联络员"],
    /// That person's telephone number.
    HandlerPhone "承办人电话" ["经办人电话", "承办人联系电话", "经办人联系电话", "联系人电话", "联络员电话"],
    /// The day on which the agency signed for it.
    SignedOn "签收时间" ["签收日期", "接收时间", "接收日期"],
    /// The day of the first contact.
    FirstContactOn "首次沟通日期" ["首次沟通时间", "首次联系日期", "首次联系时间", "初次沟通日期", "联系日期", "沟通日期", "沟通时间"],
    /// How contact was made.
    ContactModes "沟通方式" ["沟通形式", "联系形式", "面商形式", "面商方式"],
    /// How often they met face to face.
    FaceToFaceCount "面商次数" ["面商数", "见面次数", "面复次数", "走访次数"],
    /// When, or whether, the co-handling opinions came in.
    CoOpinions "会办意见收到" ["会办意见", "协办意见", "会办意见收到时间", "会办意见收到日期", "会办意见时间", "协办意见收到"],
    /// The last day for the reply.
    DueOn "答复截止" ["答复截止日期", "答复截止时间", "办理期限", "办结期限", "答复期限", "办理时限", "截止日期", "应答复日期"],
    /// The last day after an extension.
    ExtendedTo "延期至" ["延期", "延期日期", "延期时间", "延长至"],
    /// The day of the reply.
    RepliedOn "答复日期" ["答复时间", "办复日期", "办复时间", "复文日期", "办结日期", "办结时间", "实际答复日期"],
    /// The document number of the reply.
    DocumentNo "文号" ["答复文号", "发文字号", "公文编号", "复文号", "答复函号", "发文文号"],
    /// The outcome, in the region's word.
    Outcome "办理结果" ["办理类别", "解决程度", "办复类别", "类别标记", "结果分类", "办理结果类别", "答复类别", "办结类型", "落实程度"],
    /// Whether the reply may be published.
    Disclosure "公开属性" ["是否公开", "公开方式", "公开类别", "公开情况", "公开性质"],
    /// Where the reply is published.
    PublicationUrl "公开网址" ["公开链接", "网址", "链接", "公开地址"],
    /// The rating of attitude.
    AttitudeRating "态度评价" ["办理态度", "对办理态度评价", "对态度的评价", "态度满意度", "对办理态度"],
    /// The rating of the result.
    ResultRating "结果评价" ["满意度", "办理结果评价", "对办理结果评价", "评价", "反馈意见等次", "满意程度", "对结果的评价", "结果满意度", "满意情况"],
    /// What the proposer remarked.
    Comment "意见" ["反馈意见", "代表意见", "委员意见", "征询意见", "意见建议", "代表反馈意见", "委员反馈意见", "评价意见"],
    /// Whether it was handled again.
    Rehandled "是否重办" ["重办", "重新办理", "是否重新办理", "二次办理", "是否二次办理"],
    /// What was promised.
    Promise "承诺事项" ["承诺", "承诺内容", "计划落实事项", "列入计划事项"],
    /// Until when it was promised.
    PromiseDueOn "承诺时限" ["承诺期限", "承诺完成时限", "承诺时间", "承诺完成时间", "计划完成时间", "完成时限"],
    /// What became of the promise.
    Fulfilment "落实情况" ["落实", "承诺落实情况", "落实进展", "承诺落实", "已落实事项"],
    /// The warning lamp.
    Warning "预警" ["预警状态", "红黄灯", "预警级别"],
    /// Remarks.
    Remarks "备注" ["说明", "附注", "备考"],
}

/// What a header says when it does not tell whose telephone it is.
const PHONE: &[&str] = &["电话", "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话号码"];

impl Column {
    /// Without these columns a line says too little to be a matter.
    pub const REQUIRED: &'static [Self] = &[
        Self::Year,
        Self::Level,
        Self::Session,
        Self::CaseNo,
        Self::Kind,
        Self::Title,
        Self::LeadProposer,
        Self::Leads,
    ];

    /// Whether whole numbers stand in it, to be added and sorted.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Year | Self::CaseNo | Self::CosignerCount | Self::FaceToFaceCount)
    }

    /// How wide it is written, in half-width characters.
    pub const fn width(self) -> f64 {
        match self {
            Self::Year | Self::CaseNo | Self::CosignerCount | Self::FaceToFaceCount | Self::Rehandled => 9.0,
            Self::Title => 48.0,
            Self::Leads | Self::CoAgencies => 28.0,
            Self::Promise | Self::Fulfilment | Self::Comment | Self::Remarks | Self::PublicationUrl => 32.0,
            Self::Session | Self::DocumentNo | Self::AssignmentDocumentNo => 22.0,
            _ => 13.0,
        }
    }

    /// The column that this header word names; `left` is the column named before it in the row.
    ///
    /// A telephone number belongs to the person named last.
    pub(super) fn of_header(word: &str, left: Option<Self>) -> Option<Self> {
        let folded = fold_header(word);
        if folded.is_empty() {
            return None;
        }
        if PHONE.contains(&folded.as_str()) {
            let is_handler = left.is_some_and(|left| left >= Self::Leads);
            return Some(if is_handler { Self::HandlerPhone } else { Self::ProposerPhone });
        }
        BY_WORD.get(&folded).copied()
    }
}

/// The folded header words; folding them anew for each cell would take most of the time of reading a file.
static BY_WORD: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let words = |column: &Column| column.synonyms().iter().copied().chain([column.header()]);
    let all = Column::ALL.iter().flat_map(|column| words(column).map(|word| (fold_header(word), *column)));
    all.collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_word_names_exactly_one_column() {
        let words = |column: &Column| [&[column.header()], column.synonyms()].concat();
        for column in Column::ALL {
            for word in words(column) {
                assert_eq!(Column::of_header(word, None), Some(*column), "{word}");
            }
        }
    }

    #[test]
    fn the_page_for_people_lists_every_word() {
        let page = include_str!("../../../docs/ledger.md");
        for column in Column::ALL {
            let row = format!("| {} | {} | {} |", column.header(), required(*column), column.synonyms().join(", "));
            assert!(page.contains(&row), "docs/ledger.md lacks: {row}");
        }
    }

    fn required(column: Column) -> &'static str {
        if Column::REQUIRED.contains(&column) { "yes" } else { "" }
    }

    #[test]
    fn a_telephone_belongs_to_the_person_named_before_it() {
        assert_eq!(Column::of_header("联系电话", Some(Column::CosignerCount)), Some(Column::ProposerPhone));
        assert_eq!(Column::of_header("电 话", Some(Column::Handler)), Some(Column::HandlerPhone));
    }

    #[test]
    fn a_header_is_found_in_any_dress() {
        for word in ["办理\n类别", "【办理结果】", "*办理结果(A/B/C/D)", "办 理 结 果:"] {
            let expected = (!word.starts_with('【')).then_some(Column::Outcome);
            assert_eq!(Column::of_header(word, None), expected, "{word}");
        }
        assert_eq!(Column::of_header("温度", None), None);
        assert_eq!(Column::of_header("  ", None), None);
    }
}
