//! The submission: kinds, states, labels and the verbs that move it.

use super::Institution;

vocabulary! {
    /// The kind of a matter (件的种类).
    pub enum SubmissionKind {
        /// A deputy's suggestion, criticism or opinion (代表建议、批评和意见).
        Suggestion "SUGGESTION" "建议" "suggestion",
        /// A deputies' motion, which needs a number of co-signers (代表议案).
        Motion "MOTION" "议案" "motion",
        /// A proposal to the CPPCC (政协提案).
        Proposal "PROPOSAL" "提案" "proposal",
        /// A telephone item of a deputy or member (代表委员热线件).
        HotlineTicket "HOTLINE_TICKET" "热线件" "hotline ticket",
        /// A report on social conditions and public opinion (社情民意信息).
        OpinionBrief "OPINION_BRIEF" "社情民意信息" "opinion brief",
    }
}

impl SubmissionKind {
    /// Whether this version carries the kind through its whole life.
    pub const fn has_rules(self) -> bool {
        matches!(self, Self::Suggestion | Self::Proposal)
    }

    /// The institution to which a matter of this kind is addressed when it is written anew.
    pub const fn institution(self) -> Option<Institution> {
        match self {
            Self::Suggestion | Self::Motion => Some(Institution::Congress),
            Self::Proposal | Self::OpinionBrief => Some(Institution::Cppcc),
            Self::HotlineTicket => None,
        }
    }
}

vocabulary! {
    /// The body in whose name a collective proposal is handed in (集体提案的提出主体).
    pub enum CollectiveKind {
        /// A democratic party or the federation of industry and commerce (党派).
        Party "PARTY" "党派" "party",
        /// A people's organization, such as the youth league or the women's federation (人民团体).
        MassOrganization "MASS_ORGANIZATION" "人民团体" "people's organization",
        /// A sector of the CPPCC (界别).
        Sector "SECTOR" "界别" "sector",
        /// A special committee of the CPPCC (专门委员会).
        Committee "COMMITTEE" "专门委员会" "special committee",
        /// A group of members (委员小组).
        MemberGroup "MEMBER_GROUP" "委员小组" "group of members",
    }
}

vocabulary! {
    /// The state of a submission; from ASSIGNED to CLOSED it follows from its assignments (件的状态).
    pub enum SubmissionStatus {
        /// Being written; seen by its author and those he invites alone (草稿).
        Draft "DRAFT" "草稿" "draft",
        /// Handed in, its text frozen, awaiting review (已提交).
        Submitted "SUBMITTED" "已提交" "submitted",
        /// Returned to the proposer for revision (退回修改).
        NeedsRevision "NEEDS_REVISION" "退回修改" "needs revision",
        /// Not accepted or not filed, with a coded ground and a reason (不予受理、不予立案).
        Refused "REFUSED" "不予受理" "refused",
        /// Turned into a matter of another kind (已转办为其他种类).
        Converted "CONVERTED" "已转化" "converted",
        /// Handled together with a main matter (已并案).
        Merged "MERGED" "已并案" "merged",
        /// Accepted or filed, numbered, awaiting assignment (已受理、已立案).
        Accepted "ACCEPTED" "已受理" "accepted",
        /// Handed to agencies; the legal clock runs (已交办).
        Assigned "ASSIGNED" "已交办" "assigned",
        /// At least one agency handles it (办理中).
        Handling "HANDLING" "办理中" "handling",
        /// Every answering agency has replied (已答复).
        Replied "REPLIED" "已答复" "replied",
        /// Feedback is settled; promises may live on (已办结).
        Closed "CLOSED" "已办结" "closed",
        /// Withdrawn by its proposers (已撤回).
        Withdrawn "WITHDRAWN" "已撤回" "withdrawn",
        /// Filed away, unchangeable (已归档).
        Archived "ARCHIVED" "已归档" "archived",
    }
}

vocabulary! {
    /// Whether a matter was handed in before the cut-off of its meeting (会议期间或闭会期间).
    pub enum SessionPhase {
        /// Handed in before the cut-off of the meeting (会议期间).
        InSession "IN_SESSION" "会议期间" "in session",
        /// Handed in after the cut-off (闭会期间).
        OffSession "OFF_SESSION" "闭会期间" "off session",
    }
}

vocabulary! {
    /// How confidential a matter is; state secrets never enter this system (密级范围).
    pub enum Confidentiality {
        /// May be read by other deputies or members of the same body (公开).
        Public "PUBLIC" "公开" "public",
        /// For the proposers, the offices and the handling agencies (内部).
        Internal "INTERNAL" "内部" "internal",
        /// As internal, and the proposer is masked from section level down (限制知悉).
        Restricted "RESTRICTED" "限制知悉" "restricted",
    }
}

vocabulary! {
    /// Whether a text may be published (公开属性).
    pub enum Disclosure {
        /// To be published (主动公开).
        Proactive "PROACTIVE" "主动公开" "proactive",
        /// Given out on request (依申请公开).
        OnRequest "ON_REQUEST" "依申请公开" "on request",
        /// Not to be published (不予公开).
        NotDisclosed "NOT_DISCLOSED" "不予公开" "not disclosed",
    }
}

vocabulary! {
    /// The state of an invitation to co-sign (联名、附议邀请的状态).
    pub enum CosignStatus {
        /// Invited, not yet answered (待确认).
        Invited "INVITED" "待确认" "invited",
        /// Signed by the person himself (已联名).
        Accepted "ACCEPTED" "已联名" "accepted",
        /// Declined (已谢绝).
        Declined "DECLINED" "已谢绝" "declined",
        /// Not answered before the matter was handed in (已过期).
        Expired "EXPIRED" "已过期" "expired",
    }
}

vocabulary! {
    /// What a person may do to a submission and to what hangs on it (可用操作).
    pub enum SubmissionAction {
        /// Change the draft (修改草稿).
        Update "UPDATE" "修改草稿" "update the draft",
        /// Delete the draft (删除草稿).
        Delete "DELETE" "删除草稿" "delete the draft",
        /// Invite co-signers (邀请联名).
        InviteCosigners "INVITE_COSIGNERS" "邀请联名" "invite co-signers",
        /// Answer an invitation to co-sign (答复联名邀请).
        AnswerCosign "ANSWER_COSIGN" "答复联名邀请" "answer the invitation to co-sign",
        /// Hand in (提交).
        Submit "SUBMIT" "提交" "submit",
        /// Withdraw (撤回).
        Withdraw "WITHDRAW" "撤回" "withdraw",
        /// Answer a co-proposer's wish to withdraw (答复撤回申请).
        AnswerWithdrawal "ANSWER_WITHDRAWAL" "答复撤回申请" "answer the wish to withdraw",
        /// Return to the proposer for revision (退回修改).
        ReturnForRevision "RETURN_FOR_REVISION" "退回修改" "return for revision",
        /// Accept and number (受理、立案).
        Accept "ACCEPT" "受理" "accept",
        /// Refuse with a ground and a reason (不予受理).
        Refuse "REFUSE" "不予受理" "refuse",
        /// Merge others into it (并案).
        Merge "MERGE" "并案" "merge",
        /// Undo a merger (撤销并案).
        Unmerge "UNMERGE" "撤销并案" "undo the merger",
        /// Decide whether it repeats another matter (查重认定).
        Compare "COMPARE" "查重认定" "decide whether it is a duplicate",
        /// Convert to another kind (转化).
        Convert "CONVERT" "转化" "convert",
        /// Plan its assignment to agencies (拟定分办方案).
        PlanAssignment "PLAN_ASSIGNMENT" "拟定分办方案" "plan the assignment",
        /// Release the planned assignments (正式交办).
        Release "RELEASE" "交办" "release the assignments",
        /// Mark it for supervision (列为督办).
        Supervise "SUPERVISE" "列为督办" "supervise",
        /// Sign for the assignment (签收).
        SignFor "SIGN_FOR" "签收" "sign for the assignment",
        /// Ask to hand the assignment back (申请退办).
        RequestReturn "REQUEST_RETURN" "申请退办" "request a return",
        /// Decide on a request to hand back (审定退办申请).
        DecideReturn "DECIDE_RETURN" "审定退办申请" "decide on the return",
        /// Start handling with the three fixes (落实办理).
        StartHandling "START_HANDLING" "落实办理" "start handling",
        /// Report progress by stage (填报进度).
        ReportProgress "REPORT_PROGRESS" "填报进度" "report progress",
        /// Record a contact with the proposer (登记沟通).
        RecordContact "RECORD_CONTACT" "登记沟通" "record a contact",
        /// Confirm or dispute a recorded contact (确认沟通记录).
        AnswerContact "ANSWER_CONTACT" "确认沟通记录" "answer the contact record",
        /// Ask for more time (申请延期).
        RequestExtension "REQUEST_EXTENSION" "申请延期" "request an extension",
        /// Decide on a request for more time (审定延期申请).
        DecideExtension "DECIDE_EXTENSION" "审定延期申请" "decide on the extension",
        /// Send the co-handling opinion (提交会办意见).
        SendOpinion "SEND_OPINION" "提交会办意见" "send the co-handling opinion",
        /// Draft a reply (起草答复).
        DraftReply "DRAFT_REPLY" "起草答复" "draft a reply",
        /// Hand the draft reply in for review (送审答复).
        SubmitReply "SUBMIT_REPLY" "送审答复" "submit the reply for review",
        /// Review a reply at one's step of the chain (审核答复).
        ReviewReply "REVIEW_REPLY" "审核答复" "review the reply",
        /// Issue the signed reply (印发答复).
        IssueReply "ISSUE_REPLY" "印发答复" "issue the reply",
        /// Reject a reply before it is issued (驳回答复).
        RejectReply "REJECT_REPLY" "驳回答复" "reject the reply",
        /// Rate a reply (评价答复).
        Rate "RATE" "评价答复" "rate the reply",
        /// Settle a feedback form (审结反馈).
        SettleFeedback "SETTLE_FEEDBACK" "审结反馈" "settle the feedback",
        /// Publish an issued reply (公开答复).
        Publish "PUBLISH" "公开答复" "publish the reply",
        /// Take a published reply back from the public (撤下公开件).
        WithdrawPublication "WITHDRAW_PUBLICATION" "撤下公开件" "withdraw the publication",
        /// Report on a promise (报告承诺落实).
        ReportCommitment "REPORT_COMMITMENT" "报告承诺落实" "report on the commitment",
        /// Confirm or dispute the report on a promise (评价承诺落实).
        AnswerCommitment "ANSWER_COMMITMENT" "评价承诺落实" "answer the report on the commitment",
        /// Urge an agency (催办).
        Urge "URGE" "催办" "urge",
        /// Write a leader's instruction (批示).
        Instruct "INSTRUCT" "批示" "instruct",
        /// Settle a dispute over who must handle it (裁定争议).
        Arbitrate "ARBITRATE" "裁定争议" "settle the dispute",
        /// Record a meeting or an inspection about it (记录会议调研).
        RecordMeeting "RECORD_MEETING" "记录会议调研" "record a meeting",
        /// File away (归档).
        Archive "ARCHIVE" "归档" "archive",
    }
}
