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
        /// A document, bulletin, post or broadcast was recorded (登记文稿宣传).
        RecordKept "RECORD_KEPT" "登记文稿宣传" "record kept",
        /// Such a record was changed (修改文稿宣传登记).
        RecordChanged "RECORD_CHANGED" "修改文稿宣传登记" "record changed",
        /// Such a record was withdrawn (撤销文稿宣传登记).
        RecordWithdrawn "RECORD_WITHDRAWN" "撤销文稿宣传登记" "record withdrawn",
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
        /// A clause was added to the duty catalogue (新增职责).
        DutyAdded "DUTY_ADDED" "新增职责" "duty added",
        /// A clause of the duty catalogue was replaced by another (变更职责).
        DutyChanged "DUTY_CHANGED" "变更职责" "duty changed",
        /// A clause of the duty catalogue was ended (终止职责).
        DutyEnded "DUTY_ENDED" "终止职责" "duty ended",
    }
}

vocabulary! {
    /// What an office wrote or made known (文稿宣传类别).
    pub enum OfficeRecordKind {
        /// The yearly arrangement of the handling (安排意见).
        Arrangement "ARRANGEMENT" "安排意见" "arrangement",
        /// A work plan (工作方案).
        WorkPlan "WORK_PLAN" "工作方案" "work plan",
        /// An analysis, e.g. before the handling begins (分析报告).
        Analysis "ANALYSIS" "分析报告" "analysis",
        /// A report to the congress or the CPPCC committee (办理情况报告).
        Report "REPORT" "办理情况报告" "report on the handling",
        /// Another guiding or reporting document (其他文稿).
        OtherDocument "OTHER_DOCUMENT" "其他文稿" "other document",
        /// An issue of the bulletin (办理工作动态).
        Bulletin "BULLETIN" "办理工作动态" "bulletin",
        /// A circular (通报).
        Circular "CIRCULAR" "通报" "circular",
        /// What was posted for the public (政务公开).
        Openness "OPENNESS" "政务公开" "posted for the public",
        /// A report or programme of the media (媒体宣传).
        Media "MEDIA" "媒体宣传" "media",
    }
}

impl OfficeRecordKind {
    /// Whether it is one of the guiding and reporting documents (指导性、报告性文稿).
    pub const fn is_document(self) -> bool {
        matches!(self, Self::Arrangement | Self::WorkPlan | Self::Analysis | Self::Report | Self::OtherDocument)
    }

    /// Whether it comes in numbered issues.
    pub const fn is_numbered(self) -> bool {
        matches!(self, Self::Bulletin | Self::Circular)
    }
}
