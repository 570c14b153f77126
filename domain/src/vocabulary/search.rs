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
