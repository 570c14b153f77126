//! The limits of texts and lists.
//!
//! Numbers only: which text is required depends on the step (a draft may be incomplete), so the caller makes
//! the [`crate::text::TextRule`].

use crate::rules::document::record;
use crate::vocabulary::SubmissionKind;

record! {
    /// The limits of a submission of one kind; texts in characters.
    pub struct SubmissionLimits {
        /// Title (标题、案由).
        pub title "title": u16,
        /// Background (案据、情况).
        pub background "background": u16,
        /// Analysis (分析).
        pub analysis "analysis": u16,
        /// Recommendations (具体建议).
        pub recommendations "recommendations": u16,
        /// The most demands (诉求点).
        pub demands "demands": u16,
        /// One demand.
        pub demand "demand": u16,
        /// The most co-signers, the lead proposer not counted (联名人).
        pub cosigners "cosigners": u16,
        /// The most agencies that the proposer may suggest (建议承办单位).
        pub suggested_agencies "suggestedAgencies": u16,
        /// The most attached files (附件).
        pub attachments "attachments": u16,
    }
}

record! {
    /// The limits of all other texts in characters, and of lists in entries.
    pub struct OtherLimits {
        /// A reason for a decision or a request (理由).
        pub reason "reason": u16,
        /// A comment on a rating, a contact or a review (意见).
        pub comment "comment": u16,
        /// A note of progress (进度说明).
        pub note "note": u16,
        /// A plan of handling (办理计划).
        pub plan "plan": u16,
        /// The part of the matter that an agency answers for (分工).
        pub scope "scope": u16,
        /// The body of a reply (答复正文).
        pub reply_body "replyBody": u16,
        /// The answer to one demand (逐条答复).
        pub demand_answer "demandAnswer": u16,
        /// The opinion of a co-handling agency (会办意见).
        pub opinion "opinion": u16,
        /// The document number of a reply (发文字号).
        pub document_no "documentNo": u16,
        /// The remark on a gate (审核说明).
        pub gate_remark "gateRemark": u16,
        /// One promise (承诺事项).
        pub commitment "commitment": u16,
        /// The most promises of one reply.
        pub commitments "commitments": u16,
        /// The report on a promise (落实情况).
        pub commitment_report "commitmentReport": u16,
        /// The place of a contact (地点).
        pub place "place": u16,
        /// One participant of a contact (参加人).
        pub participant "participant": u16,
        /// The most participants.
        pub participants "participants": u16,
        /// The summary of a contact (沟通情况).
        pub summary "summary": u16,
        /// An instruction of a leader (批示).
        pub instruction "instruction": u16,
        /// The name of a file (文件名).
        pub file_name "fileName": u16,
    }
}

record! {
    /// All limits of a region.
    pub struct TextLimits {
        /// Suggestions (建议).
        pub suggestion "suggestion": SubmissionLimits,
        /// Proposals (提案).
        pub proposal "proposal": SubmissionLimits,
        /// Everything else.
        pub other "other": OtherLimits,
    }
}

impl TextLimits {
    /// The limits of a kind; kinds without rules of their own are held to those of their institution.
    pub fn of(&self, kind: SubmissionKind) -> &SubmissionLimits {
        match kind {
            SubmissionKind::Suggestion | SubmissionKind::Motion | SubmissionKind::HotlineTicket => &self.suggestion,
            SubmissionKind::Proposal | SubmissionKind::OpinionBrief => &self.proposal,
        }
    }
}
