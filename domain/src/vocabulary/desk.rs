//! Words of the consultation desk: questions to agencies while a session is held (两会咨政室、现场咨询).

vocabulary! {
    /// How far a question at the consultation desk has come (咨询状态).
    pub enum ConsultationStatus {
        /// Asked, and not answered yet (待答复).
        Asked "ASKED" "待答复" "asked",
        /// Answered at least once; the asker has not closed it (已答复).
        Answered "ANSWERED" "已答复" "answered",
        /// Closed by the asker: settled on the spot (当场解决).
        Settled "SETTLED" "当场解决" "settled on the spot",
        /// Closed by the asker: not settled by the answers (未当场解决).
        Unsettled "UNSETTLED" "未当场解决" "not settled",
        /// Taken back by the asker before any answer (已撤回).
        Withdrawn "WITHDRAWN" "已撤回" "withdrawn",
    }
}

vocabulary! {
    /// What is done at the consultation desk (咨政室操作).
    pub enum DeskAction {
        /// Ask an agency (提问).
        Ask "ASK" "提问" "ask",
        /// Ask an agency for a deputy or member who stands at the desk (代为提问).
        AskOnBehalf "ASK_ON_BEHALF" "代为提问" "ask on behalf of somebody",
        /// Answer a question (答复咨询).
        Answer "ANSWER" "答复咨询" "answer the question",
        /// Close a question: settled or not (结束咨询).
        Close "CLOSE" "结束咨询" "close the question",
        /// Take a question back (撤回咨询).
        Withdraw "WITHDRAW" "撤回咨询" "withdraw the question",
        /// Name the submission that came of a question (关联建议提案).
        Link "LINK" "关联建议提案" "link a submission",
        /// Keep the roster of the desk (维护咨政室值班表).
        KeepRoster "KEEP_ROSTER" "维护咨政室值班表" "keep the desk roster",
    }
}
