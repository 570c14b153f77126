//! Figures, documents and orders of lists.

vocabulary! {
    /// The name of a figure (指标).
    pub enum MetricName {
        /// Matters with an issued reply of those assigned (办复率).
        ReplyRate "REPLY_RATE" "办复率" "reply rate",
        /// Replies issued by the due day of those due (按期办复率).
        OnTimeReplyRate "ON_TIME_REPLY_RATE" "按期办复率" "on-time reply rate",
        /// Matters replied to and settled of those assigned (办结率).
        ClosureRate "CLOSURE_RATE" "办结率" "closure rate",
        /// Matters with a confirmed face-to-face contact before the reply (面商率).
        FaceToFaceRate "FACE_TO_FACE_RATE" "面商率" "face-to-face rate",
        /// Satisfied or basically satisfied of the settled feedback (满意率).
        SatisfactionRate "SATISFACTION_RATE" "满意率" "satisfaction rate",
        /// Satisfied alone of the settled feedback (完全满意率).
        FullSatisfactionRate "FULL_SATISFACTION_RATE" "完全满意率" "full satisfaction rate",
        /// Satisfied or basically satisfied in round one (一次满意率).
        FirstRoundSatisfactionRate "FIRST_ROUND_SATISFACTION_RATE" "一次满意率" "first-round satisfaction rate",
        /// Matters solved of those replied to (解决率).
        ResolutionRate "RESOLUTION_RATE" "解决率" "resolution rate",
        /// Matters solved or adopted, wholly or partly, of those replied to (采纳率).
        AdoptionRate "ADOPTION_RATE" "采纳率" "adoption rate",
        /// Promises fulfilled and confirmed of those due (落实率).
        ImplementationRate "IMPLEMENTATION_RATE" "落实率" "implementation rate",
        /// Requests to hand back per assignment (退办率).
        ReturnRate "RETURN_RATE" "退办率" "return rate",
        /// Assignments never changed of all assignments (交办准确率).
        AssignmentAccuracy "ASSIGNMENT_ACCURACY" "交办准确率" "assignment accuracy",
        /// Matters accepted of those handed in (立案率).
        FilingRate "FILING_RATE" "立案率" "filing rate",
        /// Replies published of those that may be published (公开率).
        PublicationRate "PUBLICATION_RATE" "公开率" "publication rate",
        /// Replies issued in the last ten working days before their due day (突击指数).
        RushIndex "RUSH_INDEX" "突击指数" "rush index",
    }
}

vocabulary! {
    /// What the quality of the matters of a year is judged by (质量指标).
    pub enum QualityName {
        /// Accepted of those handed in (立案率).
        Filed "FILED" "立案率" "filed",
        /// Without a finding when first handed in, of those whose text was checked (文本规范率).
        WellFormed "WELL_FORMED" "文本规范率" "well-formed",
        /// Sent back for revision, of those handed in (退回修改率).
        SentBack "SENT_BACK" "退回修改率" "sent back for revision",
        /// Merged into another, of those handed in (并案率).
        Merged "MERGED" "并案率" "merged",
        /// Never handed back by an agency, of those assigned (一次交准率).
        NeverReturned "NEVER_RETURNED" "一次交准率" "never handed back",
        /// Solved or adopted, wholly or partly, of the replies issued (采纳率).
        TakenUp "TAKEN_UP" "采纳率" "taken up",
        /// Satisfied or basically satisfied, of the settled forms (满意率).
        Satisfied "SATISFIED" "满意率" "satisfied",
    }
}

vocabulary! {
    /// Which number of the figures is meant (统计数字).
    pub enum FigureDimension {
        /// Accepted matters (受理总数).
        Total "TOTAL" "受理总数" "total",
        /// Accepted matters of one kind (按种类).
        Kind "KIND" "按种类" "by kind",
        /// Accepted matters of one level of origin (按来源层级).
        OriginLevel "ORIGIN_LEVEL" "按来源层级" "by level of origin",
        /// Accepted matters of one category (按分类).
        Category "CATEGORY" "按分类" "by category",
        /// Accepted matters in one state (按状态).
        Status "STATUS" "按状态" "by state",
        /// Accepted matters from one delegation or sector (按代表团、界别).
        Delegation "DELEGATION" "按代表团、界别" "by delegation",
        /// Accepted matters proposed by persons, or in the name of one kind of body (按提出主体).
        Proposer "PROPOSER" "按提出主体" "by proposing body",
        /// Latest replies with one outcome (按办理结果).
        Outcome "OUTCOME" "按办理结果" "by outcome",
        /// Assignments in one part (按承办角色).
        Role "ROLE" "按承办角色" "by part",
        /// Settled forms with one rating (按评价).
        Rating "RATING" "按评价" "by rating",
        /// Settled forms of the first round with one rating (首次评价).
        FirstRating "FIRST_RATING" "首次评价" "by first rating",
        /// Settled forms on latest replies with one rating (最终评价).
        FinalRating "FINAL_RATING" "最终评价" "by final rating",
        /// Assignments handed back (退办).
        Returned "RETURNED" "退办" "handed back",
        /// Answering assignments replied to (已答复).
        Replied "REPLIED" "已答复" "replied",
        /// Assignments owed after their due day (逾期).
        Overdue "OVERDUE" "逾期" "overdue",
        /// Above the line of a figure (指标分子).
        Numerator "NUMERATOR" "指标分子" "numerator",
        /// Below the line of a figure (指标分母).
        Denominator "DENOMINATOR" "指标分母" "denominator",
    }
}

vocabulary! {
    /// The order of a list of submissions (排序).
    pub enum SubmissionOrder {
        /// Newest first (最新在前).
        Newest "NEWEST" "最新在前" "newest first",
        /// Due first; matters without a due day last (先到期在前).
        DueFirst "DUE_FIRST" "先到期在前" "due first",
        /// By case number; unnumbered matters last (按案号).
        CaseNo "CASE_NO" "按案号" "by case number",
    }
}

vocabulary! {
    /// The kind of a printed document (文书种类).
    pub enum DocumentKind {
        /// The form of the submission (建议纸、提案表).
        SubmissionForm "SUBMISSION_FORM" "建议提案表" "submission form",
        /// The notice of assignment (交办通知).
        AssignmentNotice "ASSIGNMENT_NOTICE" "交办通知" "assignment notice",
        /// The schedule of assignments (交办安排表).
        AssignmentSchedule "ASSIGNMENT_SCHEDULE" "交办安排表" "assignment schedule",
        /// The letter of reply (答复函).
        ReplyLetter "REPLY_LETTER" "答复函" "reply letter",
        /// The feedback form (征询意见表).
        FeedbackForm "FEEDBACK_FORM" "征询意见表" "feedback form",
        /// The ledger of matters (台账).
        Ledger "LEDGER" "台账" "ledger",
        /// The statistics report (统计报告).
        StatisticsReport "STATISTICS_REPORT" "统计报告" "statistics report",
        /// The record of a contact with the proposers, for both to sign (面商记录、沟通记录).
        ContactRecord "CONTACT_RECORD" "沟通记录" "contact record",
        /// The bulletin on the progress of a year's matters (办理工作动态).
        Bulletin "BULLETIN" "办理工作动态" "bulletin",
        /// The analysis of what came in, before it is handed out (办前分析报告).
        PreHandlingAnalysis "PRE_HANDLING_ANALYSIS" "办前分析报告" "pre-handling analysis",
        /// The yearly report to congress or CPPCC, with term and session in its title (年度办理情况报告).
        YearlyReport "YEARLY_REPORT" "年度办理情况报告" "yearly report",
    }
}

vocabulary! {
    /// The file format of a document (文书格式).
    pub enum DocumentFormat {
        /// Word document (DOCX 文档).
        Docx "DOCX" "DOCX" "DOCX",
        /// PDF document (PDF 文档).
        Pdf "PDF" "PDF" "PDF",
        /// Excel workbook (XLSX 表格).
        Xlsx "XLSX" "XLSX" "XLSX",
    }
}
