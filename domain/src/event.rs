//! What the trail records: one happening per transition, with its audience and its sentence.

use crate::language::Language;
use crate::policy::Audience;
use crate::vocabulary::Topic;

macro_rules! happenings {
    ($($(#[$meta:meta])* $name:ident $code:literal $audience:ident $zh:literal $en:literal,)+) => {
        /// Something that happened to a submission, as the trail records it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Happening { $($(#[$meta])* $name,)+ }

        impl Happening {
            /// Every happening.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The pinned text in the trail.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// For whom the entry is meant.
            pub const fn audience(self) -> Audience {
                match self { $(Self::$name => Audience::$audience),+ }
            }

            /// The sentence for people, without details.
            pub const fn label(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Zh) => $zh, (Self::$name, Language::En) => $en,)+
                }
            }

            /// Finds the happening with this pinned text.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|h| h.code() == code)
            }
        }
    };
}

happenings! {
    /// A draft was written.
    Created "CREATED" Proposers "创建草稿" "Draft written",
    /// The draft or the returned text was changed.
    Updated "UPDATED" Proposers "修改文本" "Text changed",
    /// The draft was deleted; the trail is all that is left of it.
    Deleted "DELETED" Proposers "删除草稿" "Draft deleted",
    /// A file was attached to the text.
    FileAttached "FILE_ATTACHED" Proposers "上传附件" "File attached",
    /// A file was taken away from the text.
    FileRemoved "FILE_REMOVED" Proposers "删除附件" "File removed",
    /// Evidence for a promise was uploaded.
    EvidenceUploaded "EVIDENCE_UPLOADED" Internal "上传佐证材料" "Evidence uploaded",
    /// Co-signers were invited.
    CosignersInvited "COSIGNERS_INVITED" Proposers "邀请联名" "Co-signers invited",
    /// Somebody co-signed.
    CosignAccepted "COSIGN_ACCEPTED" Proposers "同意联名" "Co-signed",
    /// Somebody declined to co-sign.
    CosignDeclined "COSIGN_DECLINED" Proposers "谢绝联名" "Co-signing declined",
    /// It was handed in.
    Submitted "SUBMITTED" Proposers "提交" "Submitted",
    /// It was handed in again after revision.
    Resubmitted "RESUBMITTED" Proposers "修改后再次提交" "Submitted again after revision",
    /// The lead proposer asked the co-signers to agree to a withdrawal.
    WithdrawalAsked "WITHDRAWAL_ASKED" Proposers "申请撤回,征求联名人意见" "Withdrawal asked of the co-signers",
    /// A co-signer agreed to the withdrawal.
    WithdrawalAgreed "WITHDRAWAL_AGREED" Proposers "联名人同意撤回" "Co-signer agreed to the withdrawal",
    /// A co-signer refused the withdrawal, which is off.
    WithdrawalRefused "WITHDRAWAL_REFUSED" Proposers "联名人不同意撤回" "Co-signer refused the withdrawal",
    /// It was withdrawn.
    Withdrawn "WITHDRAWN" Parties "撤回" "Withdrawn",
    /// The office returned it for revision.
    ReturnedForRevision "RETURNED_FOR_REVISION" Proposers "退回修改" "Returned for revision",
    /// It was accepted and numbered.
    Accepted "ACCEPTED" Milestone "受理并编号" "Accepted and numbered",
    /// It was refused.
    Refused "REFUSED" Proposers "不予受理" "Refused",
    /// It was merged into another.
    Merged "MERGED" Parties "并案" "Merged",
    /// Another was merged into it.
    Absorbed "ABSORBED" Parties "并入他件" "Another matter merged into it",
    /// The merger was undone.
    Unmerged "UNMERGED" Parties "撤销并案" "Merger undone",
    /// It was compared with another and found to be no duplicate.
    KeptApart "KEPT_APART" Review "认定与他件不重复" "Found to be no duplicate of another",
    /// The decision that it is no duplicate was taken back.
    ApartLifted "APART_LIFTED" Review "撤销不重复认定" "No longer held to be no duplicate",
    /// It was converted.
    Converted "CONVERTED" Proposers "转化" "Converted",
    /// It was put under supervision.
    Supervised "SUPERVISED" Parties "列为督办" "Put under supervision",
    /// The assignment was planned.
    Planned "PLANNED" Internal "拟定分办方案" "Assignment planned",
    /// It was assigned: the legal clock starts.
    Assigned "ASSIGNED" Milestone "交办" "Assigned",
    /// An agency signed for it.
    SignedFor "SIGNED_FOR" Parties "签收" "Signed for",
    /// An agency asked to hand it back.
    ReturnRequested "RETURN_REQUESTED" Internal "申请退办" "Return requested",
    /// A return became a dispute.
    Disputed "DISPUTED" Internal "多次退办,进入争议协调" "Returned too often: dispute",
    /// The request to hand back was refused.
    ReturnRefused "RETURN_REFUSED" Internal "驳回退办申请" "Return refused",
    /// Another agency took over.
    Reassigned "REASSIGNED" Parties "调整承办单位" "Reassigned",
    /// Handling started with the three fixes.
    HandlingStarted "HANDLING_STARTED" Milestone "落实办理" "Handling started",
    /// Progress was reported.
    ProgressReported "PROGRESS_REPORTED" Parties "填报进度" "Progress reported",
    /// A contact was recorded.
    ContactRecorded "CONTACT_RECORDED" Parties "登记沟通" "Contact recorded",
    /// The proposer confirmed a contact.
    ContactConfirmed "CONTACT_CONFIRMED" Parties "提出者确认沟通" "Contact confirmed by the proposer",
    /// The proposer disputed a contact.
    ContactDisputed "CONTACT_DISPUTED" Parties "提出者对沟通记录有异议" "Contact disputed by the proposer",
    /// More time was asked for.
    ExtensionRequested "EXTENSION_REQUESTED" Parties "申请延期" "Extension requested",
    /// More time was granted.
    ExtensionGranted "EXTENSION_GRANTED" Parties "同意延期" "Extension granted",
    /// More time was refused.
    ExtensionRefused "EXTENSION_REFUSED" Parties "不同意延期" "Extension refused",
    /// A co-handling opinion was sent.
    OpinionSent "OPINION_SENT" Parties "提交会办意见" "Co-handling opinion sent",
    /// A reply was drafted.
    ReplyDrafted "REPLY_DRAFTED" Internal "起草答复" "Reply drafted",
    /// The draft reply was changed.
    ReplyEdited "REPLY_EDITED" Internal "修改答复" "Draft reply changed",
    /// The reply was handed in for review.
    ReplySubmitted "REPLY_SUBMITTED" Internal "送审答复" "Reply handed in for review",
    /// A reviewer approved.
    ReplyApproved "REPLY_APPROVED" Internal "审核同意" "Reply approved at one step",
    /// A reviewer sent the reply back; all signatures are void.
    ReplySentBack "REPLY_SENT_BACK" Internal "退回修改,已签意见全部作废" "Reply sent back, all signatures void",
    /// The reply was signed off.
    ReplySignedOff "REPLY_SIGNED_OFF" Internal "签发" "Reply signed off",
    /// The office rejected the reply before issue.
    ReplyRejected "REPLY_REJECTED" Internal "驳回答复" "Reply rejected before issue",
    /// The reply was issued.
    ReplyIssued "REPLY_ISSUED" Milestone "印发答复" "Reply issued",
    /// The proposer rated.
    Rated "RATED" Rating "评价答复" "Reply rated",
    /// The form was settled and the round closed.
    FeedbackClosed "FEEDBACK_CLOSED" Parties "审结反馈,本轮办结" "Feedback settled, round closed",
    /// Another round was ordered.
    RehandlingOrdered "REHANDLING_ORDERED" Parties "重新办理" "Re-handling ordered",
    /// Everything is settled.
    Closed "CLOSED" Milestone "办结" "Closed",
    /// The reply was published.
    Published "PUBLISHED" Milestone "公开答复" "Reply published",
    /// A published reply was taken back from the public; why is for those who follow the handling.
    PublicationWithdrawn "PUBLICATION_WITHDRAWN" Parties "撤下公开件" "Publication withdrawn",
    /// A promise was reported as fulfilled.
    CommitmentFulfilled "COMMITMENT_FULFILLED" Parties "报告承诺落实" "Promise reported as fulfilled",
    /// A promise was changed with reasons.
    CommitmentChanged "COMMITMENT_CHANGED" Parties "报告承诺变更" "Promise changed with reasons",
    /// The proposer confirmed the report.
    CommitmentConfirmed "COMMITMENT_CONFIRMED" Parties "提出者确认承诺报告" "Report on the promise confirmed",
    /// The proposer disputed the report.
    CommitmentDisputed "COMMITMENT_DISPUTED" Parties "提出者对承诺报告有异议" "Report on the promise disputed",
    /// Somebody was reminded of what is due, by the server itself.
    Reminded "REMINDED" Internal "期限提醒" "Reminded of what is due",
    /// The list of the day; it stands in inboxes and on no trail.
    MorningList "MORNING_LIST" Internal "每日晨报" "Morning list",
    /// A due day moved with a new calendar.
    DueDayMoved "DUE_DAY_MOVED" Parties "期限随节假日安排调整" "Due day moved with the calendar",
    /// The due day of a form moved with a new calendar.
    FeedbackDayMoved "FEEDBACK_DAY_MOVED" Proposers "反馈期限随节假日安排调整" "Feedback day moved with the calendar",
    /// A leader gave an instruction.
    Instructed "INSTRUCTED" Instruction "领导批示" "Instruction given",
    /// The matter was dealt with in a meeting or an inspection.
    MeetingHeld "MEETING_HELD" Parties "召开会议或开展调研" "Meeting or inspection held",
    /// A dispute between agencies was settled by a leader.
    Arbitrated "ARBITRATED" Internal "裁定承办单位" "Dispute settled",
    /// A promise was made public.
    CommitmentPublished "COMMITMENT_PUBLISHED" Milestone "公开承诺事项" "Promise made public",
    /// An agency was urged.
    Urged "URGED" Parties "催办" "Urged",
    /// It was brought in from a ledger.
    Imported "IMPORTED" Milestone "由历史台账导入" "Brought in from a ledger",
    /// A question was asked at the consultation desk; it stands in inboxes and on no trail.
    ConsultationAsked "CONSULTATION_ASKED" Internal "咨政室收到提问" "Question at the consultation desk",
    /// A question at the consultation desk was answered; it stands in inboxes and on no trail.
    ConsultationAnswered "CONSULTATION_ANSWERED" Internal "咨政室答复提问" "Answer at the consultation desk",
    /// The appraisal of a year was announced; it stands in inboxes and on no trail of a matter.
    AppraisalAnnounced "APPRAISAL_ANNOUNCED" Internal "公布绩效考评结果" "Appraisal announced",
    /// An agency objected to its appraisal; it stands in inboxes and on no trail of a matter.
    AppraisalObjected "APPRAISAL_OBJECTED" Internal "承办单位对绩效考评提出异议" "Objection to an appraisal",
    /// The objection to an appraisal was answered; it stands in inboxes and on no trail of a matter.
    ObjectionAnswered "OBJECTION_ANSWERED" Internal "答复绩效考评异议" "Objection to an appraisal answered",
    /// It was filed away.
    Archived "ARCHIVED" Parties "归档" "Archived",
}

/// Somebody who is told of a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The lead proposer.
    LeadProposer,
    /// Those who have co-signed.
    Cosigners,
    /// Those whose invitation is open.
    Invited,
    /// Lead proposers of the matters merged into it.
    MergedProposers,
    /// The staff of the congress or CPPCC office in charge.
    Office,
    /// The staff of the transfer office.
    TransferOffice,
    /// The liaisons of the agency concerned.
    AgencyLiaison,
    /// Head and deputy head of the agency concerned.
    AgencyChiefs,
    /// The handler of the assignment concerned.
    Handler,
    /// The liaisons of the other agencies that take part.
    OtherAgencies,
}

impl Happening {
    /// Who is told (the notification matrix); the person who acts is never told.
    pub const fn told(self) -> &'static [Party] {
        use Party as P;
        match self {
            Self::CosignersInvited => &[P::Invited],
            Self::CosignAccepted | Self::CosignDeclined => &[P::LeadProposer],
            Self::Submitted | Self::Resubmitted => &[P::Cosigners, P::Office],
            Self::WithdrawalAsked => &[P::Cosigners],
            Self::WithdrawalAgreed | Self::WithdrawalRefused => &[P::LeadProposer],
            Self::Withdrawn => &[P::Cosigners, P::Office, P::TransferOffice, P::AgencyLiaison, P::OtherAgencies],
            Self::ReturnedForRevision | Self::Refused | Self::Converted => &[P::LeadProposer, P::Cosigners],
            Self::Accepted => &[P::LeadProposer, P::Cosigners, P::TransferOffice],
            Self::Merged | Self::Absorbed | Self::Unmerged => &[P::LeadProposer, P::Cosigners, P::TransferOffice],
            Self::Supervised => &[P::LeadProposer, P::TransferOffice, P::OtherAgencies],
            Self::Assigned => &[P::LeadProposer, P::Cosigners, P::MergedProposers, P::Office, P::AgencyLiaison],
            Self::ReturnRequested | Self::Disputed => &[P::TransferOffice],
            Self::ReturnRefused => &[P::AgencyLiaison],
            Self::Reassigned => &[P::LeadProposer, P::Cosigners, P::Office, P::AgencyLiaison, P::OtherAgencies],
            Self::HandlingStarted => &[P::LeadProposer, P::Handler],
            Self::ContactRecorded => &[P::LeadProposer],
            Self::ContactDisputed => &[P::Handler, P::AgencyLiaison],
            Self::ExtensionRequested => &[P::LeadProposer, P::TransferOffice],
            Self::ExtensionGranted | Self::ExtensionRefused => {
                &[P::LeadProposer, P::Cosigners, P::Office, P::AgencyLiaison, P::Handler, P::OtherAgencies]
            }
            Self::OpinionSent => &[P::OtherAgencies],
            Self::ReplySubmitted => &[P::AgencyLiaison],
            Self::ReplyApproved => &[P::AgencyChiefs],
            Self::ReplySentBack => &[P::Handler],
            Self::ReplySignedOff => &[P::AgencyLiaison, P::TransferOffice],
            Self::ReplyRejected => &[P::Handler, P::AgencyLiaison],
            Self::ReplyIssued => {
                &[P::LeadProposer, P::Cosigners, P::MergedProposers, P::Office, P::TransferOffice, P::OtherAgencies]
            }
            // The rating is sealed: the office alone is told, never the agency.
            Self::Rated => &[P::Office],
            Self::FeedbackClosed => &[P::LeadProposer, P::AgencyLiaison],
            Self::RehandlingOrdered => &[
                P::LeadProposer,
                P::Cosigners,
                P::MergedProposers,
                P::TransferOffice,
                P::AgencyLiaison,
                P::AgencyChiefs,
                P::Handler,
            ],
            Self::Closed => &[P::LeadProposer, P::Cosigners, P::TransferOffice],
            Self::Published | Self::PublicationWithdrawn => &[P::LeadProposer, P::AgencyLiaison],
            Self::CommitmentFulfilled | Self::CommitmentChanged => {
                &[P::LeadProposer, P::Cosigners, P::Office, P::TransferOffice]
            }
            Self::CommitmentConfirmed => &[P::AgencyLiaison],
            Self::CommitmentDisputed => &[P::AgencyLiaison, P::Office, P::TransferOffice],
            // Each reminder names its own recipients, by the ladder of the rules.
            Self::Reminded | Self::MorningList => &[],
            // A question goes to the liaisons of the agency, an answer to the asker and to the office that asked for him.
            Self::ConsultationAsked | Self::ConsultationAnswered => &[],
            Self::DueDayMoved => &[P::LeadProposer, P::Office, P::TransferOffice, P::AgencyLiaison, P::Handler],
            // A form is between the proposer and the office.
            Self::FeedbackDayMoved => &[P::LeadProposer, P::Office],
            Self::Instructed => &[P::TransferOffice, P::AgencyLiaison, P::AgencyChiefs],
            Self::MeetingHeld => &[P::LeadProposer, P::OtherAgencies],
            // Its reason is internal; the other agencies hear of the reassignment.
            Self::Arbitrated => &[P::TransferOffice, P::AgencyLiaison],
            Self::CommitmentPublished => &[P::LeadProposer, P::AgencyLiaison],
            Self::AppraisalAnnounced | Self::ObjectionAnswered => &[P::AgencyLiaison, P::AgencyChiefs],
            Self::AppraisalObjected => &[P::TransferOffice],
            Self::Urged => &[P::AgencyLiaison, P::AgencyChiefs, P::Handler],
            // With a draft its invitations and their notices go.
            Self::Created
            | Self::Updated
            | Self::KeptApart
            | Self::ApartLifted
            | Self::FileAttached
            | Self::FileRemoved
            | Self::EvidenceUploaded
            | Self::Deleted
            | Self::Planned
            | Self::SignedFor
            | Self::ProgressReported
            | Self::ContactConfirmed
            | Self::ReplyDrafted
            | Self::ReplyEdited
            | Self::Imported
            | Self::Archived => &[],
        }
    }
}

impl Happening {
    /// What a notice of it is about, as far as a person may choose what to hear by mail or message.
    ///
    /// What starts, moves or ends a legal period is a legal notice, which cannot be turned off.
    pub const fn topic(self) -> Topic {
        match self {
            Self::Assigned
            | Self::Reassigned
            | Self::ReturnRefused
            | Self::Arbitrated
            | Self::ExtensionGranted
            | Self::ExtensionRefused
            | Self::DueDayMoved
            | Self::FeedbackDayMoved
            | Self::ReplyIssued
            | Self::RehandlingOrdered
            | Self::ReturnedForRevision
            | Self::Refused
            | Self::Reminded
            | Self::Urged => Topic::Legal,
            Self::MorningList => Topic::Digest,
            _ => Topic::Progress,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_found_again() {
        for (i, happening) in Happening::ALL.iter().enumerate() {
            assert_eq!(Happening::from_code(happening.code()), Some(*happening));
            assert!(!Happening::ALL[..i].iter().any(|other| other.code() == happening.code()));
        }
    }
}
