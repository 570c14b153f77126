//! Assignment to agencies and what they do.

vocabulary! {
    /// How several agencies share a matter (办理方式).
    pub enum HandlingMode {
        /// One agency alone (独办).
        Sole "SOLE" "独办" "sole handling",
        /// A lead agency answers, others give it their opinion (主办、会办).
        LeadWithCo "LEAD_WITH_CO" "主办+会办" "lead with co-handling",
        /// Several agencies answer separately (分别办理).
        Separate "SEPARATE" "分别办理" "separate handling",
        /// Several lead agencies agree on one reply (共同主办).
        CoLead "CO_LEAD" "共同主办" "joint lead",
    }
}

vocabulary! {
    /// The part of one agency in a matter (承办角色).
    pub enum AssignmentRole {
        /// Answers the proposer (主办).
        Lead "LEAD" "主办" "lead",
        /// Gives its opinion to the lead (会办).
        Co "CO" "会办" "co-handling",
        /// Answers for its own part (分办).
        Separate "SEPARATE" "分办" "separate",
    }
}

impl AssignmentRole {
    /// Whether an agency in this role answers the proposer itself.
    pub const fn answers(self) -> bool {
        matches!(self, Self::Lead | Self::Separate)
    }
}

vocabulary! {
    /// The state of one agency's assignment (承办状态).
    pub enum AssignmentStatus {
        /// Planned by the transfer office, not yet visible to the agency (拟分办).
        Planned "PLANNED" "拟分办" "planned",
        /// Released, not yet signed for (待签收).
        PendingSign "PENDING_SIGN" "待签收" "awaiting signature",
        /// Signed for by the agency (已签收).
        Signed "SIGNED" "已签收" "signed for",
        /// The agency asks to hand it back (申请退办).
        ReturnRequested "RETURN_REQUESTED" "申请退办" "return requested",
        /// Handed back; another agency takes over (已退办).
        Returned "RETURNED" "已退办" "returned",
        /// Under arbitration (争议协调).
        Disputed "DISPUTED" "争议协调" "disputed",
        /// Being handled, the three fixes are filled (办理中).
        Handling "HANDLING" "办理中" "handling",
        /// The co-handling opinion is sent to the lead (已提交会办意见).
        OpinionSent "OPINION_SENT" "已提交会办意见" "opinion sent",
        /// The reply of the current round is issued (已答复).
        Replied "REPLIED" "已答复" "replied",
        /// Finished (已办结).
        Done "DONE" "已办结" "done",
        /// Cancelled before it was finished (已取消).
        Cancelled "CANCELLED" "已取消" "cancelled",
    }
}

impl AssignmentStatus {
    /// Whether the agency takes or took part in the present distribution of the matter.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::Returned | Self::Cancelled)
    }

    /// Whether the assignment was handed to the agency and not taken back.
    pub const fn is_released(self) -> bool {
        self.is_live() && !matches!(self, Self::Planned)
    }

    /// Whether the agency still owes its answer or opinion.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::PendingSign | Self::Signed | Self::ReturnRequested | Self::Disputed | Self::Handling)
    }
}

/// Handed back so often, a matter goes to and fro between agencies (推诿扯皮).
pub const PING_PONG: usize = 2;

vocabulary! {
    /// The six stages of handling (办理环节).
    pub enum HandlingStage {
        /// Research (调查研究).
        Research "RESEARCH" "调查研究" "research",
        /// Contact with the proposer (联系沟通).
        Contact "CONTACT" "联系沟通" "contact",
        /// Internal review (审核把关).
        Review "REVIEW" "审核把关" "review",
        /// Written reply (书面答复).
        WrittenReply "WRITTEN_REPLY" "书面答复" "written reply",
        /// Feedback of the proposer (反馈意见).
        Feedback "FEEDBACK" "反馈意见" "feedback",
        /// Follow-up and supervision (督办落实).
        FollowUp "FOLLOW_UP" "督办落实" "follow-up",
    }
}

vocabulary! {
    /// How a contact was made (沟通方式).
    pub enum ContactMode {
        /// A visit to the proposer (走访、上门).
        Visit "VISIT" "走访" "visit",
        /// The proposer invited to the agency (请进来).
        Invite "INVITE" "请进来" "invitation",
        /// A symposium (座谈会).
        Symposium "SYMPOSIUM" "座谈会" "symposium",
        /// A survey on the site (调研、考察).
        SiteSurvey "SITE_SURVEY" "调研" "site survey",
        /// Handling on the spot (现场办理).
        OnSite "ON_SITE" "现场办理" "on-site handling",
        /// A telephone call (电话).
        Phone "PHONE" "电话" "phone",
        /// A video call (视频).
        Video "VIDEO" "视频" "video",
        /// A text message (短信、微信).
        Message "MESSAGE" "短信" "message",
        /// An e-mail (电子邮件).
        Email "EMAIL" "电子邮件" "e-mail",
        /// A letter (信函).
        Letter "LETTER" "信函" "letter",
        /// Any other way (其他).
        Other "OTHER" "其他" "other",
    }
}

vocabulary! {
    /// When in the handling a contact took place (办前、办中、办后).
    pub enum ContactPhase {
        /// Before handling (办前).
        Before "BEFORE" "办前" "before handling",
        /// During handling (办中).
        During "DURING" "办中" "during handling",
        /// After handling (办后).
        After "AFTER" "办后" "after handling",
    }
}

vocabulary! {
    /// The proposer's own word on a recorded contact (沟通确认).
    pub enum ContactConfirmation {
        /// Not yet answered (待确认).
        Pending "PENDING" "待确认" "pending",
        /// Confirmed: it took place as written (已确认).
        Confirmed "CONFIRMED" "已确认" "confirmed",
        /// Disputed (有异议).
        Disputed "DISPUTED" "有异议" "disputed",
    }
}

vocabulary! {
    /// The state of a request that somebody else decides (申请状态).
    pub enum RequestStatus {
        /// Awaiting a decision (待审定).
        Pending "PENDING" "待审定" "pending",
        /// Granted (同意).
        Approved "APPROVED" "同意" "approved",
        /// Refused (不同意).
        Rejected "REJECTED" "不同意" "rejected",
    }
}

vocabulary! {
    /// The colour of the warning lamp (红黄灯).
    pub enum WarningLevel {
        /// On course or answered (绿灯).
        Green "GREEN" "绿灯" "green",
        /// The due day draws near (黄灯).
        Yellow "YELLOW" "黄灯" "yellow",
        /// Due within days or overdue (红灯).
        Red "RED" "红灯" "red",
    }
}

vocabulary! {
    /// By what a step of handling is late (滞后依据).
    pub enum LagBasis {
        /// By the milestone of the rules (节点要求).
        Milestone "MILESTONE" "节点要求" "milestone of the rules",
        /// By the day on which the region's parts had usually done it in the two years before (往年进度).
        PastPace "PAST_PACE" "往年进度" "the region's own past pace",
    }
}
