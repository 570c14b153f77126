//! THE permission table: role × action × relation. Deny by default; a forbid beats every grant.
//!
//! A grant holds when the actor has one of its roles and all of its relations. The order of rows
//! never matters. The default distribution of duties is that of the regulations read for
//! `docs/glossary.md`; `docs/permissions.md` shows it as a picture, the snapshot
//! `policy_matrix` as a full grid.

use super::action::Action::{self, *};
use super::action::Audience::{Instruction, Internal, Milestone, Parties, Proposers, Rating, Review};
use super::relation::Relation::{self, *};
use crate::figures::numbers::Behind;
use crate::vocabulary::{AppraisalAction as Appraisal, DeskAction, Role, SubmissionAction as Verb};

/// One row of grants: any of the roles may do any of the actions when all relations hold.
#[derive(Debug)]
pub struct Grant {
    /// Any of these roles.
    pub roles: &'static [Role],
    /// Any of these actions.
    pub actions: &'static [Action],
    /// All of these relations.
    pub when: &'static [Relation],
}

/// One row of prohibitions: whatever is granted, nobody may do this when all relations hold, unless
/// one of the exceptions does.
#[derive(Debug)]
pub struct Forbid {
    /// Roles to which the row applies.
    pub roles: &'static [Role],
    /// Any of these actions.
    pub actions: &'static [Action],
    /// All of these relations.
    pub when: &'static [Relation],
    /// None of these relations.
    pub unless: &'static [Relation],
}

const fn allow(roles: &'static [Role], actions: &'static [Action], when: &'static [Relation]) -> Grant {
    Grant { roles, actions, when }
}

const fn forbid(
    roles: &'static [Role],
    actions: &'static [Action],
    when: &'static [Relation],
    unless: &'static [Relation],
) -> Forbid {
    Forbid { roles, actions, when, unless }
}

const PROPOSERS: &[Role] = &[Role::Representative, Role::CommitteeMember];
const OFFICES: &[Role] = &[Role::CongressOffice, Role::CppccOffice];
const TRANSFER: &[Role] = &[Role::TransferOffice];
const LIAISON: &[Role] = &[Role::Liaison];
const HANDLER: &[Role] = &[Role::Handler];
const CHIEFS: &[Role] = &[Role::AgencyHead, Role::AgencyDeputyHead];
const AGENCY_DESK: &[Role] = &[Role::AgencyHead, Role::AgencyDeputyHead, Role::Liaison];
const AGENCY: &[Role] = &[Role::AgencyHead, Role::AgencyDeputyHead, Role::Liaison, Role::Handler];
const WATCHERS: &[Role] = &[Role::SupervisingLeader, Role::RegionLeader];

/// What a full reader of a handled matter sees of it.
const FOLLOW: &[Action] =
    &[ReadSubmission, ReadProposer, ReadHandling, ReadReply, ReadTrail(Milestone), ReadTrail(Parties)];

/// Who may do what.
pub const GRANTS: &[Grant] = &[
    // Proposers: their own matters fully, except what agencies think among themselves.
    allow(PROPOSERS, &[CreateDraft, ReadStatistics, ReadDirectory], &[]),
    allow(PROPOSERS, &[ReadBehind(Behind::Matters), ReadBehind(Behind::Proposers)], &[]),
    allow(PROPOSERS, FOLLOW, &[LeadProposer]),
    allow(PROPOSERS, &[ReadTrail(Proposers)], &[LeadProposer]),
    allow(
        PROPOSERS,
        &[
            Do(Verb::Update),
            Do(Verb::Delete),
            Do(Verb::InviteCosigners),
            Do(Verb::Submit),
            Do(Verb::Withdraw),
            Do(Verb::AnswerContact),
            Do(Verb::AnswerCommitment),
        ],
        &[LeadProposer],
    ),
    allow(PROPOSERS, &[ReadSubmission, ReadProposer, Do(Verb::AnswerCosign)], &[InvitedCosigner]),
    allow(PROPOSERS, FOLLOW, &[Cosigner]),
    allow(PROPOSERS, &[ReadTrail(Proposers), Do(Verb::AnswerWithdrawal)], &[Cosigner]),
    allow(PROPOSERS, &[ReadRating], &[Cosigner, Answered]),
    allow(PROPOSERS, FOLLOW, &[MergedProposer]),
    allow(PROPOSERS, &[Do(Verb::Rate), ReadRating], &[Respondent]),
    // Deputies and members of the same body read accepted, open texts and issued replies.
    allow(PROPOSERS, &[ReadSubmission, ReadProposer, ReadReply, ReadTrail(Milestone)], &[Peer, Accepted, OpenText]),
    // The congress or CPPCC office in charge, from the moment a matter is handed in.
    allow(OFFICES, &[ReadStatistics, ReadBoard, ReadDirectory], &[]),
    // It counts what was refused and sent back, which is between office and proposers.
    allow(OFFICES, &[ReadQuality], &[]),
    allow(OFFICES, &[ReadBehind(Behind::Matters), ReadBehind(Behind::Proposers)], &[]),
    allow(OFFICES, &[ReadBehind(Behind::Handling), ReadBehind(Behind::Ratings)], &[]),
    allow(OFFICES, FOLLOW, &[OfficeInCharge, HandedIn]),
    allow(
        OFFICES,
        &[
            ReadPlanned,
            ReadLag,
            ReadOpinion,
            ReadRating,
            ReadTrail(Proposers),
            ReadTrail(Rating),
            ReadTrail(Review),
            Do(Verb::ReturnForRevision),
            Do(Verb::Accept),
            Do(Verb::Refuse),
            Do(Verb::Merge),
            Do(Verb::Unmerge),
            Do(Verb::Compare),
            Do(Verb::Convert),
            Do(Verb::Supervise),
            Do(Verb::RecordMeeting),
            Do(Verb::SettleFeedback),
            Do(Verb::Publish),
            Do(Verb::WithdrawPublication),
            Do(Verb::Archive),
        ],
        &[OfficeInCharge, HandedIn],
    ),
    // The transfer office, from acceptance on, for both institutions.
    allow(TRANSFER, &[ReadStatistics, ReadBoard, ReadDirectory], &[]),
    allow(TRANSFER, &[ReadBehind(Behind::Matters), ReadBehind(Behind::Proposers)], &[]),
    allow(TRANSFER, &[ReadBehind(Behind::Handling), ReadBehind(Behind::Internal)], &[]),
    allow(TRANSFER, FOLLOW, &[TransferInCharge, Accepted]),
    allow(
        TRANSFER,
        &[
            ReadPlanned,
            ReadInternal,
            ReadLag,
            ReadOpinion,
            ReadDraftReply,
            ReadInstruction,
            ReadTrail(Internal),
            ReadTrail(Instruction),
            ReadTrail(Review),
            Do(Verb::Compare),
            Do(Verb::PlanAssignment),
            Do(Verb::Release),
            Do(Verb::DecideReturn),
            Do(Verb::DecideExtension),
            Do(Verb::RejectReply),
            Do(Verb::Urge),
            Do(Verb::RecordMeeting),
        ],
        &[TransferInCharge, Accepted],
    ),
    allow(TRANSFER, &[ReadRating], &[TransferInCharge, Accepted, Settled]),
    // Agencies: the desk sees all matters of the agency, the handler his own.
    // Their figures are those of their own agency alone, and never by proposer: of so few matters they would name those
    // who are masked.
    allow(AGENCY, &[ReadStatistics, ReadDirectory], &[]),
    allow(AGENCY, &[ReadBehind(Behind::Matters), ReadBehind(Behind::Handling), ReadBehind(Behind::Internal)], &[]),
    allow(AGENCY_DESK, &[ReadBoard], &[]),
    allow(AGENCY_DESK, FOLLOW, &[AssignedAgency]),
    allow(HANDLER, FOLLOW, &[AssignedHandler]),
    allow(AGENCY_DESK, &[ReadOpinion, ReadInstruction, ReadTrail(Instruction)], &[AssignedAgency]),
    allow(HANDLER, &[ReadOpinion, ReadInstruction, ReadTrail(Instruction)], &[AssignedHandler]),
    allow(AGENCY_DESK, &[ReadInternal, ReadLag, ReadDraftReply, ReadTrail(Internal)], &[AssignedAgency, OwnAgency]),
    allow(HANDLER, &[ReadInternal, ReadLag, ReadDraftReply, ReadTrail(Internal)], &[AssignedHandler, OwnAgency]),
    allow(AGENCY_DESK, &[ReadRating], &[AssignedAgency, Settled]),
    allow(HANDLER, &[ReadRating], &[AssignedHandler, Settled]),
    allow(
        LIAISON,
        &[
            Do(Verb::SignFor),
            Do(Verb::RequestReturn),
            Do(Verb::StartHandling),
            Do(Verb::RequestExtension),
            Do(Verb::ReviewReply),
            Do(Verb::IssueReply),
            Do(Verb::ReportCommitment),
        ],
        &[AssignedAgency, OwnAgency],
    ),
    allow(LIAISON, &[Do(Verb::RecordMeeting)], &[AssignedAgency]),
    allow(
        HANDLER,
        &[Do(Verb::RecordContact), Do(Verb::ReportProgress), Do(Verb::DraftReply), Do(Verb::SubmitReply)],
        &[AssignedHandler, OwnAgency, OwnHandler],
    ),
    allow(CHIEFS, &[Do(Verb::ReviewReply), Do(Verb::SendOpinion)], &[AssignedAgency, OwnAgency]),
    // Leaders read, and give instructions, which stay on their own side and with those who carry them out.
    allow(WATCHERS, &[ReadStatistics, ReadBoard, ReadDirectory], &[]),
    allow(WATCHERS, &[ReadBehind(Behind::Matters), ReadBehind(Behind::Proposers), ReadBehind(Behind::Handling)], &[]),
    allow(&[Role::SupervisingLeader], FOLLOW, &[KeySupervisor, HandedIn]),
    allow(&[Role::SupervisingLeader], &[ReadRating, ReadTrail(Rating)], &[KeySupervisor, HandedIn]),
    allow(&[Role::SupervisingLeader], &[Do(Verb::Instruct), ReadLag], &[KeySupervisor, HandedIn]),
    allow(&[Role::SupervisingLeader], &[ReadInstruction, ReadTrail(Instruction)], &[KeySupervisor, HandedIn, SameSide]),
    allow(&[Role::RegionLeader], FOLLOW, &[RegionGovernment, Released]),
    allow(&[Role::RegionLeader], &[Do(Verb::Instruct), Do(Verb::Arbitrate), ReadLag], &[RegionGovernment, Released]),
    allow(&[Role::RegionLeader], &[ReadDispute], &[RegionGovernment, Released, Contested]),
    allow(&[Role::RegionLeader], &[ReadInstruction, ReadTrail(Instruction)], &[RegionGovernment, Released, SameSide]),
    allow(&[Role::RegionLeader], &[ReadRating], &[RegionGovernment, Released, Settled]),
    // The auditor reads everything that was ever handed in, and changes nothing.
    allow(&[Role::Auditor], &[ReadStatistics, ReadBoard, ReadQuality, ReadDirectory], &[]),
    allow(
        &[Role::Auditor],
        &[
            ReadBehind(Behind::Matters),
            ReadBehind(Behind::Proposers),
            ReadBehind(Behind::Handling),
            ReadBehind(Behind::Internal),
            ReadBehind(Behind::Ratings),
        ],
        &[],
    ),
    allow(&[Role::Auditor], FOLLOW, &[RegionAuditor, HandedIn]),
    allow(
        &[Role::Auditor],
        &[
            ReadPlanned,
            ReadInternal,
            ReadLag,
            ReadOpinion,
            ReadDraftReply,
            ReadRating,
            ReadInstruction,
            ReadTrail(Proposers),
            ReadTrail(Internal),
            ReadTrail(Rating),
            ReadTrail(Instruction),
            ReadTrail(Review),
        ],
        &[RegionAuditor, HandedIn],
    ),
    // The administrator keeps directory, rules and calendar, sees to it that notices arrive, and sees no matter.
    allow(
        &[Role::Administrator],
        &[ReadDirectory, ReadDeliveries, RetryDelivery, ChangeRules, ImportCalendar, ReadOfficeTrail],
        &[],
    ),
    allow(&[Role::Auditor], &[ReadOfficeTrail], &[]),
    // A ledger of earlier years is brought in by whoever kept it, or by the administrator for them.
    allow(&[Role::Administrator, Role::TransferOffice, Role::CongressOffice, Role::CppccOffice], &[ImportLedger], &[]),
    // What the offices wrote and made known: kept by each office for itself, read by those who handle matters.
    allow(OFFICES, &[ReadOfficeRecords, KeepOfficeRecords], &[]),
    allow(TRANSFER, &[ReadOfficeRecords, KeepOfficeRecords], &[]),
    allow(AGENCY, &[ReadOfficeRecords], &[]),
    allow(WATCHERS, &[ReadOfficeRecords], &[]),
    allow(&[Role::Auditor], &[ReadOfficeRecords], &[]),
    // Appraisal: the transfer office counts, announces and answers. Before it is announced nobody else knows of it, then
    // each agency reads its own, and places and totals of all.
    allow(&[Role::Administrator, Role::TransferOffice], &[ChangeScoringRules], &[]),
    allow(
        TRANSFER,
        &[
            Appraise(Appraisal::Count),
            Appraise(Appraisal::RecordFindings),
            Appraise(Appraisal::Announce),
            Appraise(Appraisal::AnswerObjection),
            ReadAppraisal,
            ReadAppraisalRanking,
        ],
        &[TransferInCharge],
    ),
    allow(AGENCY_DESK, &[ReadAppraisal], &[OwnAgency, Announced]),
    allow(AGENCY_DESK, &[ReadAppraisalRanking], &[FellowAgency, Announced]),
    allow(&[Role::AgencyHead, Role::Liaison], &[Appraise(Appraisal::Object)], &[OwnAgency, Announced]),
    allow(&[Role::SupervisingLeader], &[ReadAppraisal, ReadAppraisalRanking], &[LedInstitution, Announced]),
    allow(&[Role::RegionLeader], &[ReadAppraisal, ReadAppraisalRanking], &[RegionGovernment, Announced]),
    allow(&[Role::Auditor], &[ReadAppraisal, ReadAppraisalRanking], &[RegionAuditor, Announced]),
    // Everybody may know the rules by which he is measured, what agencies are there for, and who sits at the desk.
    allow(EVERY_ROLE, &[ReadRules, ReadDuties, ReadDeskRoster], &[]),
    // Mandates are given by the government: its transfer office keeps the catalogue, or the administrator for it.
    allow(&[Role::Administrator, Role::TransferOffice], &[ChangeDuties], &[]),
    // The consultation desk: a question is the asker's affair with one agency; the offices see to it.
    allow(PROPOSERS, &[Desk(DeskAction::Ask)], &[]),
    allow(
        PROPOSERS,
        &[ReadConsultation, Desk(DeskAction::Close), Desk(DeskAction::Withdraw), Desk(DeskAction::Link)],
        &[Asker],
    ),
    allow(OFFICES, &[Desk(DeskAction::AskOnBehalf), Desk(DeskAction::KeepRoster)], &[]),
    allow(OFFICES, &[ReadConsultation], &[OfficeInCharge]),
    allow(
        OFFICES,
        &[Desk(DeskAction::Close), Desk(DeskAction::Withdraw), Desk(DeskAction::Link)],
        &[OfficeInCharge, OnBehalf],
    ),
    allow(TRANSFER, &[ReadConsultation], &[TransferInCharge]),
    allow(AGENCY_DESK, &[ReadConsultation], &[AskedAgency]),
    allow(LIAISON, &[Desk(DeskAction::Answer)], &[AskedAgency]),
];

/// Everything that moves or judges a matter and is not the proposer's own.
const OFFICIAL_VERBS: &[Action] = &[
    Do(Verb::ReturnForRevision),
    Do(Verb::Accept),
    Do(Verb::Refuse),
    Do(Verb::Merge),
    Do(Verb::Unmerge),
    Do(Verb::Compare),
    Do(Verb::Convert),
    Do(Verb::PlanAssignment),
    Do(Verb::Release),
    Do(Verb::Supervise),
    Do(Verb::SignFor),
    Do(Verb::RequestReturn),
    Do(Verb::DecideReturn),
    Do(Verb::StartHandling),
    Do(Verb::ReportProgress),
    Do(Verb::RecordContact),
    Do(Verb::RequestExtension),
    Do(Verb::DecideExtension),
    Do(Verb::SendOpinion),
    Do(Verb::DraftReply),
    Do(Verb::SubmitReply),
    Do(Verb::ReviewReply),
    Do(Verb::IssueReply),
    Do(Verb::RejectReply),
    Do(Verb::SettleFeedback),
    Do(Verb::Publish),
    Do(Verb::WithdrawPublication),
    Do(Verb::ReportCommitment),
    Do(Verb::Urge),
    Do(Verb::Instruct),
    Do(Verb::Arbitrate),
    Do(Verb::RecordMeeting),
    Do(Verb::Archive),
];

const EVERY_ROLE: &[Role] = Role::ALL;

/// Who may never.
pub const FORBIDS: &[Forbid] = &[
    // Conflict of interest: nobody handles, judges or reads the rating of his own submission in another hat.
    forbid(EVERY_ROLE, OFFICIAL_VERBS, &[OtherHat], &[]),
    forbid(
        EVERY_ROLE,
        &[
            ReadRating,
            ReadTrail(Rating),
            ReadDraftReply,
            ReadInternal,
            ReadDispute,
            ReadLag,
            ReadTrail(Internal),
            ReadInstruction,
            ReadTrail(Instruction),
            ReadTrail(Review),
        ],
        &[OtherHat],
        &[],
    ),
    // Nobody answers a question that he asked, whatever hats he wears.
    forbid(EVERY_ROLE, &[Desk(DeskAction::Answer)], &[OtherHat], &[]),
    // Nobody approves what he drafted, whatever hats he wears.
    forbid(EVERY_ROLE, &[Do(Verb::ReviewReply)], &[Drafter], &[]),
    // Ratings are sealed from the government side until the office settles them.
    forbid(AGENCY, &[ReadRating], &[], &[Settled]),
    forbid(TRANSFER, &[ReadRating], &[], &[Settled]),
    // A restricted matter hides its proposers from the agency roles that the region's rules name (Qingdao
    // art. 18, Shandong art. 11: from section level down). A form names its respondent, so it is hidden too.
    forbid(AGENCY, &[ReadProposer, ReadRating], &[Masked], &[]),
];
