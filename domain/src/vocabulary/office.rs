//! What administrators and offices change outside matters.

vocabulary! {
    /// What happened outside matters (管理事项).
    pub enum OfficeHappening {
        /// A new version of the region's rules was made (变更办理规则).
        RulesChanged "RULES_CHANGED" "变更办理规则" "rules changed",
        /// The holidays of a year were brought in (导入节假日安排).
        CalendarImported "CALENDAR_IMPORTED" "导入节假日安排" "calendar imported",
        /// A notification that was given up is tried again (重新发送通知).
        DeliveryRetried "DELIVERY_RETRIED" "重新发送通知" "delivery tried again",
        /// Matters of a ledger were brought in (导入台账).
        LedgerImported "LEDGER_IMPORTED" "导入台账" "ledger imported",
        /// A new version of the rules of scoring was made (变更评分细则).
        ScoringRulesChanged "SCORING_RULES_CHANGED" "变更评分细则" "scoring rules changed",
        /// What happened beside the figures of an agency was recorded (登记加减分事由).
        FindingsRecorded "FINDINGS_RECORDED" "登记加减分事由" "findings recorded",
        /// The appraisal of a year was announced (公布绩效考评).
        AppraisalAnnounced "APPRAISAL_ANNOUNCED" "公布绩效考评" "appraisal announced",
        /// An agency objected to its appraisal (对考评提出异议).
        AppraisalObjected "APPRAISAL_OBJECTED" "对考评提出异议" "objection to an appraisal",
        /// An objection to an appraisal was answered (答复考评异议).
        ObjectionAnswered "OBJECTION_ANSWERED" "答复考评异议" "objection answered",
    }
}
