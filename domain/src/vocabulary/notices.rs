//! Words of notification and supervision (通知、督办).

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
