//! Words of notification and supervision (通知、督办).

use super::Role;

vocabulary! {
    /// By which way a person is told (通知渠道).
    pub enum Channel {
        /// The inbox in the API (站内消息).
        Inbox "INBOX" "站内消息" "inbox",
        /// Electronic mail (电子邮件).
        Email "EMAIL" "电子邮件" "e-mail",
        /// A signed call to a gateway for short messages or WeChat (短信、微信网关).
        Webhook "WEBHOOK" "短信、微信网关" "gateway",
    }
}

vocabulary! {
    /// How far a notification is on its way through a channel (投递状态).
    pub enum DeliveryStatus {
        /// Waiting for its first or next attempt (待投递).
        Pending "PENDING" "待投递" "pending",
        /// The channel took it (已投递).
        Sent "SENT" "已投递" "sent",
        /// Given up after the last attempt; a person must look (死信).
        Dead "DEAD" "投递失败" "given up",
        /// Not wanted by the person, or without an address (不投递).
        Skipped "SKIPPED" "不投递" "skipped",
    }
}

vocabulary! {
    /// What a notification is about, as far as a person may choose (通知主题).
    pub enum Topic {
        /// Due days, overdue matters and other notices with legal effect; these cannot be turned off (期限与法定通知).
        Legal "LEGAL" "期限与法定通知" "legal notices",
        /// Steps in matters that concern the person (办理进展).
        Progress "PROGRESS" "办理进展" "progress",
        /// The morning list (晨报).
        Digest "DIGEST" "每日晨报" "morning list",
    }
}

vocabulary! {
    /// What kind of meeting or inspection was held (会议与调研类别).
    pub enum MeetingKind {
        /// Handing matters over to agencies (交办会).
        Handover "HANDOVER" "交办会" "handover meeting",
        /// Agency and proposers face to face (面商会).
        Consultation "CONSULTATION" "面商会" "consultation meeting",
        /// A survey on the spot (调研).
        Survey "SURVEY" "调研" "survey",
        /// An inspection with deputies or members (考察).
        Inspection "INSPECTION" "考察" "inspection",
        /// Pressing for progress (督办会).
        Supervision "SUPERVISION" "督办会" "supervision meeting",
        /// Settling which agency is responsible (协调会).
        Coordination "COORDINATION" "协调会" "coordination meeting",
    }
}

vocabulary! {
    /// A figure of the board of supervision, with the list behind it (督办看板指标).
    pub enum BoardFigure {
        /// Everything that agencies still owe (在办).
        Open "OPEN" "在办" "open",
        /// With a red lamp (红灯).
        Red "RED" "红灯" "red",
        /// With a yellow lamp (黄灯).
        Yellow "YELLOW" "黄灯" "yellow",
        /// With a green lamp (绿灯).
        Green "GREEN" "绿灯" "green",
        /// Not signed for (未签收).
        Unsigned "UNSIGNED" "未签收" "not signed for",
        /// To be answered, and the proposer was not yet contacted (未沟通).
        Uncontacted "UNCONTACTED" "未沟通" "not contacted",
        /// A step is missing though its time is over (环节滞后).
        Lagging "LAGGING" "环节滞后" "lagging",
        /// The clock lawfully stands (暂停计时).
        Paused "PAUSED" "暂停计时" "paused",
        /// The due day has passed (逾期).
        Overdue "OVERDUE" "逾期" "overdue",
        /// A request for more time awaits its decision (延期待审).
        ExtensionPending "EXTENSION_PENDING" "延期待审" "extension pending",
        /// A plain request to hand back awaits its decision (退办待审).
        ReturnPending "RETURN_PENDING" "退办待审" "return pending",
        /// It is disputed who must handle it (争议中).
        Disputed "DISPUTED" "争议中" "disputed",
        /// In a matter under supervision (重点督办).
        Key "KEY" "重点督办" "key item",
        /// In a matter that was handed back at least twice (推诿扯皮).
        PingPong "PING_PONG" "推诿扯皮" "to and fro",
    }
}

vocabulary! {
    /// What stands on a morning list (晨报事项).
    pub enum MorningItem {
        /// Past its due day and not answered (已逾期).
        Overdue "OVERDUE" "已逾期" "overdue",
        /// Due today (今日到期).
        DueToday "DUE_TODAY" "今日到期" "due today",
        /// Due within the days of the yellow lamp (即将到期).
        DueSoon "DUE_SOON" "即将到期" "due soon",
        /// Released and not signed for (待签收).
        Unsigned "UNSIGNED" "待签收" "to be signed for",
        /// A reply waits for this reader's step of the sign-off (待审核答复).
        ReplyToReview "REPLY_TO_REVIEW" "待审核答复" "replies to review",
        /// Handed in and not yet reviewed (待审查).
        ToReview "TO_REVIEW" "待审查" "to be reviewed",
        /// Accepted and not yet assigned (待交办).
        ToAssign "TO_ASSIGN" "待交办" "to be assigned",
        /// A request to hand back is open (待决定退办).
        ReturnToDecide "RETURN_TO_DECIDE" "待决定退办" "requests to hand back",
        /// A request to hand back whose last day for a decision is here or past (退办到期待决定).
        ReturnDue "RETURN_DUE" "退办到期待决定" "requests to hand back due for decision",
        /// Handed in between sessions, and the last day for its release is here or past (闭会件到期待交办).
        OffSessionDue "OFF_SESSION_DUE" "闭会件到期待交办" "off-session matters due for release",
        /// A dispute over who must handle it is open (待裁定争议).
        Disputed "DISPUTED" "待裁定争议" "disputes",
        /// A request for more time is open (待决定延期).
        ExtensionToDecide "EXTENSION_TO_DECIDE" "待决定延期" "requests for more time",
        /// An answered form waits for the office (待审结反馈).
        FeedbackToSettle "FEEDBACK_TO_SETTLE" "待审结反馈" "feedback to settle",
        /// A reply whose last day for publication is here or past (答复到期待公开).
        PublicationDue "PUBLICATION_DUE" "答复到期待公开" "replies due for publication",
        /// A form waits for this reader's answer (待评价答复).
        FeedbackToGive "FEEDBACK_TO_GIVE" "待评价答复" "replies to rate",
        /// An invitation to co-sign waits for this reader's answer (待答复联名邀请).
        InvitationToAnswer "INVITATION_TO_ANSWER" "待答复联名邀请" "invitations to answer",
        /// A recorded contact waits for this reader's word (待确认沟通).
        ContactToConfirm "CONTACT_TO_CONFIRM" "待确认沟通" "contacts to confirm",
        /// A promise of this agency is due or overdue (承诺到期).
        PromiseDue "PROMISE_DUE" "承诺到期" "promises due",
        /// A promise of this agency on which the region wants a report by now (承诺到期待报告).
        PromiseReportDue "PROMISE_REPORT_DUE" "承诺到期待报告" "promises due for a report",
        /// A report on a promise waits for this reader's word (待确认承诺落实).
        PromiseToJudge "PROMISE_TO_JUDGE" "待确认承诺落实" "reports on promises to judge",
    }
}

impl MorningItem {
    /// What stands on the list of a person in this role, in order; nothing for those who have no daily duty.
    pub const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Representative | Role::CommitteeMember => {
                &[Self::FeedbackToGive, Self::InvitationToAnswer, Self::ContactToConfirm, Self::PromiseToJudge]
            }
            Role::CongressOffice | Role::CppccOffice => {
                &[Self::ToReview, Self::FeedbackToSettle, Self::PublicationDue, Self::Overdue]
            }
            Role::TransferOffice => &[
                Self::ToAssign,
                Self::OffSessionDue,
                Self::ReturnToDecide,
                Self::ReturnDue,
                Self::Disputed,
                Self::ExtensionToDecide,
                Self::Overdue,
                Self::DueToday,
                Self::Unsigned,
            ],
            Role::SupervisingLeader => &[Self::Overdue, Self::DueToday, Self::DueSoon],
            Role::RegionLeader => &[Self::Disputed, Self::Overdue, Self::DueToday],
            Role::AgencyHead | Role::AgencyDeputyHead => {
                &[Self::ReplyToReview, Self::Overdue, Self::DueToday, Self::DueSoon]
            }
            Role::Liaison => &[
                Self::Unsigned,
                Self::ReplyToReview,
                Self::Overdue,
                Self::DueToday,
                Self::DueSoon,
                Self::PromiseDue,
                Self::PromiseReportDue,
            ],
            Role::Handler => &[Self::Overdue, Self::DueToday, Self::DueSoon],
            Role::Auditor | Role::Administrator => &[],
        }
    }
}
