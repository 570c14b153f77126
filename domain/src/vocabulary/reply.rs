//! Replies, sign-off, feedback and promises.

vocabulary! {
    /// The state of a reply (答复状态).
    pub enum ReplyStatus {
        /// Being written by the handler (起草中).
        Drafting "DRAFTING" "起草中" "drafting",
        /// On its way through the sign-off chain (审核中).
        UnderReview "UNDER_REVIEW" "审核中" "under review",
        /// Signed off, ready to be issued (已签发).
        SignedOff "SIGNED_OFF" "已签发" "signed off",
        /// Issued to the proposers (已印发).
        Issued "ISSUED" "已印发" "issued",
        /// Rejected by the office before it was issued (已驳回).
        Rejected "REJECTED" "已驳回" "rejected",
    }
}

vocabulary! {
    /// The five gates through which a reply passes (五关).
    pub enum Gate {
        /// Political gate (政治关).
        Political "POLITICAL" "政治关" "political gate",
        /// Policy gate (政策关).
        Policy "POLICY" "政策关" "policy gate",
        /// Legal gate (法律关).
        Legal "LEGAL" "法律关" "legal gate",
        /// Format gate (体例关).
        Format "FORMAT" "体例关" "format gate",
        /// Wording gate (文字关).
        Wording "WORDING" "文字关" "wording gate",
    }
}

vocabulary! {
    /// The verdict of a reviewer (审核结论).
    pub enum Verdict {
        /// Approved (同意).
        Approve "APPROVE" "同意" "approve",
        /// Sent back to drafting (退回).
        Reject "REJECT" "退回" "reject",
    }
}

vocabulary! {
    /// The canonical outcome of handling; regions print their own label for it (办理结果).
    pub enum Outcome {
        /// Solved or basically solved (已解决).
        Solved "SOLVED" "已解决" "solved",
        /// Partly solved (部分解决).
        PartlySolved "PARTLY_SOLVED" "部分解决" "partly solved",
        /// The advice is adopted (已采纳).
        Adopted "ADOPTED" "已采纳" "adopted",
        /// The advice is partly adopted (部分采纳).
        PartlyAdopted "PARTLY_ADOPTED" "部分采纳" "partly adopted",
        /// Being solved, with a date (正在解决).
        InProgress "IN_PROGRESS" "正在解决" "in progress",
        /// Listed in a plan, with a date (列入计划解决).
        Planned "PLANNED" "列入计划" "planned",
        /// To be solved when conditions allow (因条件限制以后解决).
        LaterConditions "LATER_CONDITIONS" "条件具备后解决" "later, when conditions allow",
        /// Kept for reference (留作参考).
        Reference "REFERENCE" "留作参考" "kept for reference",
        /// Not feasible, with an explanation (不可行).
        NotFeasible "NOT_FEASIBLE" "不可行" "not feasible",
        /// Beyond local powers, reported to the superior level (已向上级反映).
        ReportedUpward "REPORTED_UPWARD" "已向上级反映" "reported upward",
        /// Solved in another way (通过其他途径解决).
        SolvedByOtherMeans "SOLVED_BY_OTHER_MEANS" "通过其他途径解决" "solved by other means",
    }
}

vocabulary! {
    /// The state of a feedback form (反馈状态).
    pub enum FeedbackStatus {
        /// Sent to the proposer, not yet answered (待反馈).
        Requested "REQUESTED" "待反馈" "requested",
        /// Answered, sealed until the office settles it (已反馈).
        Submitted "SUBMITTED" "已反馈" "submitted",
        /// Settled by the office (已审结).
        Settled "SETTLED" "已审结" "settled",
        /// Not answered by the due day (逾期未反馈).
        Overdue "OVERDUE" "逾期未反馈" "overdue",
    }
}

vocabulary! {
    /// A rating (评价等次).
    pub enum Rating {
        /// Satisfied (满意).
        Satisfied "SATISFIED" "满意" "satisfied",
        /// Basically satisfied (基本满意).
        BasicallySatisfied "BASICALLY_SATISFIED" "基本满意" "basically satisfied",
        /// Dissatisfied (不满意).
        Dissatisfied "DISSATISFIED" "不满意" "dissatisfied",
        /// Not known (不了解).
        NotKnown "NOT_KNOWN" "不了解" "not known",
    }
}

vocabulary! {
    /// What the office decides on a feedback form (反馈处理决定).
    pub enum Settlement {
        /// Close the round (办结).
        Close "CLOSE" "办结" "close",
        /// Order another round of handling (重新办理).
        Rehandle "REHANDLE" "重新办理" "re-handle",
    }
}

vocabulary! {
    /// The state of a promise made in a reply (承诺事项状态).
    pub enum CommitmentStatus {
        /// Made, not yet reported on (待落实).
        Open "OPEN" "待落实" "open",
        /// Reported as fulfilled (已报告落实).
        Fulfilled "FULFILLED" "已报告落实" "fulfilled",
        /// Reported as changed, with reasons and a new date (已报告变更).
        Changed "CHANGED" "已报告变更" "changed",
        /// The report is confirmed by the proposer (已确认).
        Confirmed "CONFIRMED" "已确认" "confirmed",
        /// The report is disputed by the proposer (有异议).
        Disputed "DISPUTED" "有异议" "disputed",
    }
}
