//! Appraisal of agencies.

vocabulary! {
    /// The state of an agency's appraisal (考评状态).
    pub enum AppraisalStatus {
        /// Findings are being recorded; for the transfer office alone (拟制).
        Draft "DRAFT" "拟制" "draft",
        /// Announced to the agencies (已公布).
        Announced "ANNOUNCED" "已公布" "announced",
        /// The agency objected (已提出异议).
        Objected "OBJECTED" "已提出异议" "objected",
        /// The objection was answered, the result upheld (维持).
        Confirmed "CONFIRMED" "维持" "upheld",
        /// The objection was answered, the findings corrected (更正).
        Corrected "CORRECTED" "更正" "corrected",
    }
}

vocabulary! {
    /// What is done to an appraisal (考评操作).
    pub enum AppraisalAction {
        /// Count it without storing anything (试算考评).
        Count "COUNT" "试算考评" "count",
        /// Record what happened beside the figures (登记加减分事由).
        RecordFindings "RECORD_FINDINGS" "登记加减分事由" "record findings",
        /// Freeze its inputs and announce it (公布考评).
        Announce "ANNOUNCE" "公布考评" "announce",
        /// Object to it as the agency (提出异议).
        Object "OBJECT" "提出异议" "object",
        /// Answer the objection (答复异议).
        AnswerObjection "ANSWER_OBJECTION" "答复异议" "answer the objection",
    }
}
