//! What is searched.

vocabulary! {
    /// Which text of a matter stands in an entry of the search index; who may read the text may find it
    /// (检索文本类别).
    pub enum TextLayer {
        /// Title (标题).
        Title "TITLE" "标题" "title",
        /// Background, analysis and recommendations (正文).
        Body "BODY" "正文" "text",
        /// Demands (诉求点).
        Demands "DEMANDS" "诉求点" "demands",
        /// Text of an issued reply (答复正文).
        Reply "REPLY" "答复正文" "reply",
        /// Answers to single demands in an issued reply (逐条答复).
        Answers "ANSWERS" "逐条答复" "answers to demands",
        /// What anybody may read of a published matter, as it is shown: what is masked there is not in it (公开文本).
        Public "PUBLIC" "公开文本" "published text",
    }
}

vocabulary! {
    /// A check of a text, as the rules of a region name it (文本检查项).
    pub enum TextCheck {
        /// More than one matter in one text (一事多议).
        SeveralMatters "SEVERAL_MATTERS" "一事多议" "several matters",
        /// A required part says nothing (缺少必备部分).
        PartMissing "PART_MISSING" "缺少必备部分" "a part is missing",
        /// A part is too short to be acted on (内容过简).
        TooShort "TOO_SHORT" "内容过简" "too short",
        /// The text is longer than readers bear (篇幅过长).
        TooLong "TOO_LONG" "篇幅过长" "too long",
        /// Words that say nothing certain (表述含糊).
        Vague "VAGUE" "表述含糊" "vague words",
        /// Nothing says what exactly is meant (小却模糊).
        Unclear "UNCLEAR" "小却模糊" "nothing certain named",
        /// The title does not name the matter (标题不明).
        Title "TITLE" "标题不明" "unclear title",
        /// Words that point to state secrets (疑似涉密).
        Secrecy "SECRECY" "疑似涉密" "possibly secret",
        /// Personal data (个人信息).
        PersonalData "PERSONAL_DATA" "个人信息" "personal data",
        /// A demand without an answer (诉求未回应).
        DemandUnanswered "DEMAND_UNANSWERED" "诉求未回应" "unanswered demand",
        /// The text contradicts the outcome (正文与办理结果不一致).
        ClassContradicted "CLASS_CONTRADICTED" "正文与办理结果不一致" "text against outcome",
        /// A promise without a date (承诺无时限).
        PromiseUndated "PROMISE_UNDATED" "承诺无时限" "undated promise",
        /// Mostly phrases that stand in any reply (套话).
        Boilerplate "BOILERPLATE" "套话" "boilerplate",
        /// The reply hardly speaks of the matter (答非所问).
        OffTopic "OFF_TOPIC" "答非所问" "off topic",
    }
}
