//! What can be asked for: every verb, and every protected read.

use crate::figures::numbers::Behind;
use crate::vocabulary::{AppraisalAction, DeskAction, SubmissionAction};

/// Something that a person may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A verb on a submission or on what hangs on it.
    Do(SubmissionAction),
    /// A verb at the consultation desk.
    Desk(DeskAction),
    /// Read a question at the consultation desk with its answers.
    ReadConsultation,
    /// Read who sits at the consultation desk, and when.
    ReadDeskRoster,
    /// Read the duty catalogue of the region, with its history.
    ReadDuties,
    /// Add, change and end clauses of the duty catalogue.
    ChangeDuties,
    /// Write a new draft.
    CreateDraft,
    /// Know that the submission exists and read its text, state and answering agencies.
    ReadSubmission,
    /// Read who proposed and who co-signed it.
    ReadProposer,
    /// Read what happens in the handling: progress, extensions, contacts, promises, supervision.
    ReadHandling,
    /// Read assignments that are planned and not yet released.
    ReadPlanned,
    /// Read an agency's handling plan and its requests to hand back.
    ReadInternal,
    /// Read a request to hand back that became a dispute.
    ReadDispute,
    /// Read the opinion of a co-handling agency.
    ReadOpinion,
    /// Read an issued reply.
    ReadReply,
    /// Read a reply that is not issued, with the remarks of its reviewers.
    ReadDraftReply,
    /// Read a proposer's ratings and comments.
    ReadRating,
    /// Read which steps of an assignment are late.
    ReadLag,
    /// Read a leader's instruction.
    ReadInstruction,
    /// Read entries of the trail that are for this audience.
    ReadTrail(Audience),
    /// Read figures of the region.
    ReadStatistics,
    /// Read the list behind a number that tells this.
    ReadBehind(Behind),
    /// Read the board of what is late in the region, or in one's own agency.
    ReadBoard,
    /// Read quantity and quality of what was handed in, year by year.
    ReadQuality,
    /// Read the directory of persons of the region.
    ReadDirectory,
    /// Read what went or could not go by mail and message in the region, without what it says.
    ReadDeliveries,
    /// Try a delivery again that was given up.
    RetryDelivery,
    /// Read the rules and the calendar of the region, and try rules out.
    ReadRules,
    /// Put a new version of the region's rules in force.
    ChangeRules,
    /// Bring in the holidays of a year.
    ImportCalendar,
    /// Bring in matters from a ledger.
    ImportLedger,
    /// Read what administrators and offices changed outside matters.
    ReadOfficeTrail,
    /// Read the records of documents, bulletins, openness and media of the region.
    ReadOfficeRecords,
    /// Keep such records for one's own office.
    KeepOfficeRecords,
    /// Put a new version of the region's rules of scoring in force.
    ChangeScoringRules,
    /// A verb on the appraisal of an agency, or of a region's agencies.
    Appraise(AppraisalAction),
    /// Read the appraisal of an agency: its figures, findings, points, objection and answer.
    ReadAppraisal,
    /// Read the place and the total of every agency.
    ReadAppraisalRanking,
}

impl Action {
    /// Every action, for matrices and tests.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = SubmissionAction::ALL.iter().map(|verb| Self::Do(*verb)).collect();
        all.extend(DeskAction::ALL.iter().map(|verb| Self::Desk(*verb)));
        all.extend([
            Self::ReadConsultation,
            Self::ReadDeskRoster,
            Self::ReadDuties,
            Self::ChangeDuties,
            Self::CreateDraft,
            Self::ReadSubmission,
            Self::ReadProposer,
            Self::ReadHandling,
            Self::ReadPlanned,
            Self::ReadInternal,
            Self::ReadDispute,
            Self::ReadOpinion,
            Self::ReadReply,
            Self::ReadDraftReply,
            Self::ReadRating,
            Self::ReadLag,
            Self::ReadInstruction,
            Self::ReadStatistics,
            Self::ReadBehind(Behind::Matters),
            Self::ReadBehind(Behind::Proposers),
            Self::ReadBehind(Behind::Handling),
            Self::ReadBehind(Behind::Internal),
            Self::ReadBehind(Behind::Ratings),
            Self::ReadBoard,
            Self::ReadQuality,
            Self::ReadDirectory,
            Self::ReadDeliveries,
            Self::RetryDelivery,
            Self::ReadRules,
            Self::ChangeRules,
            Self::ImportCalendar,
            Self::ImportLedger,
            Self::ReadOfficeTrail,
            Self::ReadOfficeRecords,
            Self::KeepOfficeRecords,
            Self::ChangeScoringRules,
            Self::ReadAppraisal,
            Self::ReadAppraisalRanking,
        ]);
        all.extend(AppraisalAction::ALL.iter().map(|verb| Self::Appraise(*verb)));
        all.extend(Audience::ALL.iter().map(|audience| Self::ReadTrail(*audience)));
        all
    }
}

vocabulary! {
    /// For whom an entry of the trail is meant (轨迹可见范围).
    pub enum Audience {
        /// Everyone who may read the submission (里程碑).
        Milestone "MILESTONE" "里程碑" "milestone",
        /// The proposers and those who follow the handling (各方).
        Parties "PARTIES" "各方" "parties",
        /// The proposers and the office in charge, before and around submission (提出者).
        Proposers "PROPOSERS" "提出者" "proposers",
        /// The offices and the agency concerned (内部).
        Internal "INTERNAL" "内部" "internal",
        /// Those who may read the rating (评价).
        Rating "RATING" "评价" "rating",
        /// Those who may read leaders' instructions (批示).
        Instruction "INSTRUCTION" "批示" "instruction",
        /// The offices that review and assign, and the auditor (审查).
        Review "REVIEW" "审查" "review",
    }
}
