//! What can fall due, and which period of the region counts for it.

use super::{Deadlines, Period, RuleSet};
use crate::rules::document::read_by_code;

vocabulary! {
    /// What is due (期限种类).
    pub enum Basis {
        /// The written reply, from assignment (书面答复).
        Reply "REPLY" "书面答复" "written reply",
        /// Asking to hand the assignment back, from assignment (退办).
        ReturnWindow "RETURN_WINDOW" "申请退办" "request to hand back",
        /// Naming another agency, from the request to hand back (改办).
        Reassign "REASSIGN" "重新交办" "reassignment",
        /// The first contact with the proposer, from assignment (首次沟通).
        FirstContact "FIRST_CONTACT" "首次沟通" "first contact",
        /// The opinion of a co-handling agency, from assignment (会办意见).
        CoOpinion "CO_OPINION" "会办意见" "co-handling opinion",
        /// The opinion that the lead sent back, from that day (重新提出会办意见).
        CoOpinionRedo "CO_OPINION_REDO" "重新提出会办意见" "renewed co-handling opinion",
        /// The proposer's feedback, from the issue of the reply (反馈).
        Feedback "FEEDBACK" "反馈意见" "feedback",
        /// The reply of another round, from the order to handle again (重新办理).
        Rehandle "REHANDLE" "重新办理答复" "reply after re-handling",
        /// The publication of the reply, from its issue (公开).
        Publication "PUBLICATION" "答复公开" "publication of the reply",
        /// Naming the agencies of a matter handed in between sessions, from its receipt (闭会期间交办).
        OffSessionAssignment "OFF_SESSION_ASSIGNMENT" "闭会期间交办" "off-session assignment",
        /// The report on promises, from the issue of the reply (承诺事项报告).
        CommitmentReport "COMMITMENT_REPORT" "承诺事项报告" "report on promises",
    }
}

read_by_code!(Basis);

impl Basis {
    /// The region's period for this, if it sets one.
    pub fn period(self, rules: &RuleSet) -> Option<Period> {
        self.period_in(&rules.deadlines).cloned()
    }

    /// What holds instead in a region without a period of its own for this: for a step of the handling agency
    /// that is part of the reply, the period of the reply; for all else nothing.
    pub const fn fallback(self) -> Option<Self> {
        match self {
            Self::CoOpinion | Self::Rehandle => Some(Self::Reply),
            Self::CoOpinionRedo => Some(Self::CoOpinion),
            _ => None,
        }
    }

    /// What is due in a round after this one (再次办理).
    pub const fn next_round(self) -> Self {
        match self {
            Self::Reply => Self::Rehandle,
            Self::CoOpinion => Self::CoOpinionRedo,
            other => other,
        }
    }

    /// Whether more time may be granted for this, up to the longest extension of the reply.
    pub const fn can_be_extended(self) -> bool {
        matches!(self, Self::Reply | Self::Rehandle | Self::CoOpinion | Self::CoOpinionRedo)
    }

    /// The period among those of a region.
    pub(super) const fn period_in(self, deadlines: &Deadlines) -> Option<&Period> {
        match self {
            Self::Reply => Some(&deadlines.reply),
            Self::ReturnWindow => deadlines.return_window.as_ref(),
            Self::Reassign => deadlines.reassign.as_ref(),
            Self::FirstContact => deadlines.first_contact.as_ref(),
            Self::CoOpinion => deadlines.co_opinion.as_ref(),
            Self::CoOpinionRedo => deadlines.co_opinion_redo.as_ref(),
            Self::Feedback => deadlines.feedback.as_ref(),
            Self::Rehandle => deadlines.rehandle.as_ref(),
            Self::Publication => deadlines.publication.as_ref(),
            Self::OffSessionAssignment => deadlines.off_session_assignment.as_ref(),
            Self::CommitmentReport => deadlines.commitment_report.as_ref(),
        }
    }

    /// The name of the period in the JSON text, under `deadlines`.
    pub(super) const fn member(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::ReturnWindow => "returnWindow",
            Self::Reassign => "reassign",
            Self::FirstContact => "firstContact",
            Self::CoOpinion => "coOpinion",
            Self::CoOpinionRedo => "coOpinionRedo",
            Self::Feedback => "feedback",
            Self::Rehandle => "rehandle",
            Self::Publication => "publication",
            Self::OffSessionAssignment => "offSessionAssignment",
            Self::CommitmentReport => "commitmentReport",
        }
    }
}
