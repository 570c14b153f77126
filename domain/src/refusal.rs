//! Every reason to say no: data here, prose in [`crate::catalogue`].

use crate::rules::document::DocumentFault;
use crate::text::personal::PersonalKind;
use crate::vocabulary::{AppraisalAction, DeskAction, SubmissionAction, TextCheck};

vocabulary! {
    /// Stable codes of errors; the first eight stand in payloads, the rest at top level (错误代码).
    pub enum ErrorCode {
        /// A value is missing (必填).
        Required "REQUIRED" "必填" "required",
        /// A text or list is too long (过长).
        TooLong "TOO_LONG" "过长" "too long",
        /// A value is not acceptable (值不正确).
        InvalidValue "INVALID_VALUE" "值不正确" "invalid value",
        /// The step is not possible in the present state (当前状态不允许).
        InvalidTransition "INVALID_TRANSITION" "当前状态不允许" "invalid transition",
        /// A condition of the step is not met (条件未满足).
        GuardNotMet "GUARD_NOT_MET" "条件未满足" "condition not met",
        /// The time for the step is over (已过期限).
        DeadlinePassed "DEADLINE_PASSED" "已过期限" "deadline passed",
        /// Somebody else was faster; load again (数据已被他人更新).
        Conflict "CONFLICT" "数据已被他人更新" "conflict",
        /// It exists already (重复).
        Duplicate "DUPLICATE" "重复" "duplicate",
        /// Not signed in, or the session has ended (未登录).
        Unauthenticated "UNAUTHENTICATED" "未登录" "unauthenticated",
        /// Seen, but not allowed (无权操作).
        Forbidden "FORBIDDEN" "无权操作" "forbidden",
        /// Not there, or not to be seen (不存在).
        NotFound "NOT_FOUND" "不存在" "not found",
        /// The request itself is wrong (请求有误).
        BadInput "BAD_INPUT" "请求有误" "bad input",
        /// Too many requests or attempts (请求过于频繁).
        RateLimited "RATE_LIMITED" "请求过于频繁" "rate limited",
        /// The operation costs too much (请求过于复杂).
        TooComplex "TOO_COMPLEX" "请求过于复杂" "too complex",
        /// Not available in this version or at this moment (暂不可用).
        Unavailable "UNAVAILABLE" "暂不可用" "unavailable",
        /// A fault of the server, logged under its incident number (服务器内部错误).
        Internal "INTERNAL" "服务器内部错误" "internal error",
    }
}

/// A reason to refuse a command that the person can mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A value is missing or blank.
    Required,
    /// A text has more characters than allowed.
    TooLong {
        /// The most characters allowed.
        max: usize,
        /// The characters found.
        actual: usize,
    },
    /// A list has more entries than allowed.
    TooMany {
        /// The most entries allowed.
        max: usize,
    },
    /// A text holds a character that it may not hold.
    ForbiddenCharacter {
        /// The character's code point.
        code_point: u32,
        /// Its position in characters, from 0.
        at: usize,
    },
    /// A value is none of those allowed.
    NotAmong {
        /// The allowed values, for people.
        allowed: String,
    },
    /// A document that was sent has a fault.
    InDocument {
        /// Where, as a JSON path from `$`.
        path: String,
        /// What is wrong, in Chinese.
        zh: String,
        /// What is wrong, in English.
        en: String,
    },
    /// A day lies in the past.
    InPast,
    /// Something named does not exist for this purpose.
    NoSuch(Thing),
    /// The same thing is named twice.
    NamedTwice(Thing),
    /// The step is not possible in the present state.
    WrongState {
        /// The state in Chinese and English.
        state: (&'static str, &'static str),
        /// The verb.
        verb: SubmissionAction,
    },
    /// The step is not possible in the present state of the appraisal.
    AppraisalState {
        /// The state in Chinese and English.
        state: (&'static str, &'static str),
        /// The verb.
        verb: AppraisalAction,
    },
    /// The region has no rules of scoring for the year.
    NoScoringRule,
    /// No agency has anything to be appraised in the year.
    NothingToAppraise,
    /// The day is not over.
    DayNotOver,
    /// The step is not possible with a question at the desk in its present state.
    WrongDeskState {
        /// The state in Chinese and English.
        state: (&'static str, &'static str),
        /// The verb.
        verb: DeskAction,
    },
    /// The desk is open while a session of the institution is held, and none is.
    DeskClosed,
    /// The submission was not handed in, or is not written, by the one who asked.
    NotOfAsker,
    /// A shift at the desk ends before it begins.
    ShiftEndsFirst,
    /// A shift at the desk lies outside its session.
    OutsideSession {
        /// First day of the session.
        opens_on: chrono::NaiveDate,
        /// Last day of the session.
        closes_on: chrono::NaiveDate,
    },
    /// The end of the clause is written already.
    DutyEnded {
        /// Its last day.
        last_day: chrono::NaiveDate,
    },
    /// The clause begins after the day.
    DutyBeganLater {
        /// Its first day.
        from: chrono::NaiveDate,
    },
    /// The version sent is not the present one.
    Stale,
    /// The key was used for another request.
    KeyReused,
    /// The rules of this kind do not exist yet.
    KindWithoutRules,
    /// The kind does not belong to the proposer's institution.
    KindOfOtherBody,
    /// Matters of this kind are not proposed in the name of a body.
    NotCollective,
    /// There is no session to which the matter can belong.
    NoSession,
    /// A matter cannot become this kind.
    CannotConvert,
    /// The person named cannot co-sign.
    CannotCosign,
    /// The person is already invited.
    AlreadyInvited,
    /// At least one demand must be named.
    DemandRequired,
    /// The agencies do not fit the handling mode.
    ModeMismatch,
    /// An agency is lead and co at once, or named twice.
    AgencyTwice,
    /// Nothing is planned that could be released.
    NothingPlanned,
    /// The submissions cannot be merged with each other.
    CannotMerge(MergeFault),
    /// A submission cannot be compared with itself.
    SameMatter,
    /// It is decided already that the two are no duplicates.
    KeptApart,
    /// It is not decided that the two are no duplicates.
    NotKeptApart,
    /// The window in which the agency may ask to hand back is over.
    ReturnWindowOver {
        /// The last day.
        last_day: chrono::NaiveDate,
    },
    /// The due day has passed already.
    DuePassed {
        /// The due day.
        due_on: chrono::NaiveDate,
    },
    /// The transfer office has refused to take it back: the agency must handle it.
    MustHandle,
    /// The dispute waits for a leader of the region.
    ArbitrationAwaited,
    /// The agency was urged often enough today.
    UrgedEnough {
        /// From which day on it may be urged again.
        again_on: chrono::NaiveDate,
    },
    /// The other agency is the same, or has the matter already.
    AgencyHasIt,
    /// Leader or handler does not work in the agency in the fitting role.
    NotOfAgency,
    /// The person named has a conflict of interest.
    ConflictOfInterest,
    /// A day is not in the future.
    NotInFuture,
    /// A time lies in the future.
    InFuture,
    /// A day lies in a year in which nothing of this system can happen.
    YearOutOfRange {
        /// The first possible year.
        first: i32,
        /// The last possible year.
        last: i32,
    },
    /// The day lies beyond the longest extension.
    BeyondExtension {
        /// The last possible day.
        last_day: chrono::NaiveDate,
    },
    /// The day is not later than the present due day.
    NotLater,
    /// A request is already open.
    RequestOpen,
    /// A reply for this round exists already.
    ReplyExists,
    /// This agency does not answer the proposer; it sends an opinion.
    NotAnswering,
    /// This agency answers itself and sends no opinion.
    NotCoHandling,
    /// The agency has given its opinion for this round.
    OpinionGiven,
    /// Demands are not answered one by one.
    DemandsUnanswered {
        /// Their numbers, from 1.
        missing: Vec<usize>,
    },
    /// Findings in the text keep it back by the rules of the region.
    TextKeptBack {
        /// What was found, each once.
        checks: Vec<TextCheck>,
    },
    /// The outcome needs a promise with a date.
    PromiseRequired,
    /// Too few contacts with the proposer are recorded.
    ContactsMissing {
        /// How many are needed.
        needed: u16,
    },
    /// Co-handling opinions are missing and not yet overdue.
    OpinionsMissing {
        /// The agencies that owe them.
        agencies: Vec<String>,
    },
    /// Another step of the chain is awaited.
    NotYourStep {
        /// The awaited role.
        awaited: crate::vocabulary::Role,
    },
    /// Not every gate of the step is checked.
    GatesIncomplete {
        /// The gates that are missing.
        missing: Vec<crate::vocabulary::Gate>,
    },
    /// A gate failed, so the reply cannot be approved.
    GateFailed(crate::vocabulary::Gate),
    /// The document number is taken in this agency.
    DocumentNoTaken,
    /// Dissatisfaction needs a comment.
    CommentRequired,
    /// The form's window is over.
    FeedbackWindowOver,
    /// Another round needs a dissatisfied rating.
    NotDissatisfied,
    /// The round is no longer the present one.
    RoundOver,
    /// The reply may not be published.
    NotDisclosable,
    /// The reply may not be published yet.
    PublicationTooEarly {
        /// From which day on it may be.
        from: chrono::NaiveDate,
    },
    /// A text that is to be published holds what looks like personal data.
    PersonalData {
        /// What it looks like.
        kind: PersonalKind,
        /// Where it begins, in characters from 0.
        at: usize,
        /// The passage with its middle masked.
        excerpt: String,
    },
    /// It is published already.
    AlreadyPublished,
    /// It is not published.
    NotPublished,
    /// The record was withdrawn.
    RecordWithdrawn,
    /// A promise is made public with its reply or after it.
    ReplyNotPublished,
    /// A change needs a new date.
    NewDateRequired,
    /// A fulfilled promise has no new date.
    NewDateForbidden,
    /// The withdrawal awaits answers of co-signers.
    ConsentAwaited,
    /// No withdrawal is being asked for.
    NoWithdrawalAsked,
    /// Neither legal notices nor the inbox can be turned on or off.
    FixedChoice,
    /// Only a delivery that was given up can be tried again.
    NotGivenUp,
    /// A file is empty or too large.
    FileSize {
        /// The most MiB, by the region's rules.
        mebibytes: u16,
    },
    /// The name of a file is none, or fits no file of its kind.
    BadFileName,
    /// The digest is no SHA-256.
    NotADigest,
    /// The agency made no promise in this matter that could be proved.
    NothingToProve,
    /// The file was handed in, or a report names it.
    FileHandedIn,
    /// The user name or the password is wrong.
    WrongCredentials,
    /// The present password is wrong.
    WrongPassword,
    /// The new password is not good enough.
    WeakPassword(PasswordWeakness),
}

/// Something that a command names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A session.
    Session,
    /// A category.
    Category,
    /// An agency.
    Agency,
    /// A person.
    Person,
    /// A transfer office.
    TransferOffice,
    /// A position.
    Position,
    /// A demand of the text.
    Demand,
    /// An attachment.
    Attachment,
    /// A question of the form.
    Question,
    /// A gate.
    Gate,
    /// A bonus or deduction.
    Finding,
}

/// Why submissions cannot be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeFault {
    /// A submission cannot be merged into itself.
    Itself,
    /// They are of different kinds, institutions or regions.
    OtherKind,
    /// They differ in confidentiality, so somebody would gain or lose sight.
    OtherConfidentiality,
    /// The one to be merged has merged others itself.
    HasMerged,
}

/// Why a new password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordWeakness {
    /// Shorter than this number of characters.
    TooShort(usize),
    /// Longer than this number of bytes.
    TooLong(usize),
    /// Holds characters that cannot be typed everywhere.
    Control,
    /// Contains the user name.
    ContainsUsername,
    /// Well known or easy to guess.
    Common,
    /// The same as before.
    Unchanged,
}

/// A refusal with the field to which it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path in the input, e.g. `["demands", "0"]`; empty when it concerns the whole command.
    pub field: Vec<String>,
    /// Why.
    pub refusal: Refusal,
}

impl Refusal {
    /// This refusal at a field.
    pub fn at(self, field: &str) -> Fault {
        Fault { field: field.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect(), refusal: self }
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        use Refusal as R;
        match self {
            R::Required
            | R::CommentRequired
            | R::DemandRequired
            | R::NewDateRequired
            | R::GatesIncomplete { .. }
            | R::PromiseRequired => ErrorCode::Required,
            R::TooLong { .. } | R::TooMany { .. } => ErrorCode::TooLong,
            R::WrongState { .. } | R::AppraisalState { .. } | R::WrongDeskState { .. } | R::DutyEnded { .. } => {
                ErrorCode::InvalidTransition
            }
            R::Stale | R::KeyReused => ErrorCode::Conflict,
            R::ReturnWindowOver { .. } | R::DuePassed { .. } | R::FeedbackWindowOver => ErrorCode::DeadlinePassed,
            R::NamedTwice(_)
            | R::AgencyTwice
            | R::AlreadyInvited
            | R::ReplyExists
            | R::OpinionGiven
            | R::DocumentNoTaken
            | R::AgencyHasIt
            | R::KeptApart
            | R::RequestOpen => ErrorCode::Duplicate,
            R::AlreadyPublished | R::NotPublished | R::RecordWithdrawn | R::NotGivenUp => ErrorCode::InvalidTransition,
            R::NothingPlanned
            | R::NoScoringRule
            | R::NothingToAppraise
            | R::SameMatter
            | R::NotKeptApart
            | R::MustHandle
            | R::ArbitrationAwaited
            | R::UrgedEnough { .. }
            | R::ConflictOfInterest
            | R::NotAnswering
            | R::NotCoHandling
            | R::DemandsUnanswered { .. }
            | R::TextKeptBack { .. }
            | R::ContactsMissing { .. }
            | R::OpinionsMissing { .. }
            | R::NotYourStep { .. }
            | R::GateFailed(_)
            | R::NotDissatisfied
            | R::RoundOver
            | R::NotDisclosable
            | R::PublicationTooEarly { .. }
            | R::ReplyNotPublished
            | R::ConsentAwaited
            | R::NoWithdrawalAsked
            | R::NothingToProve
            | R::FileHandedIn
            | R::FixedChoice
            | R::CannotMerge(_)
            | R::KindWithoutRules
            | R::NoSession
            | R::DeskClosed
            | R::CannotConvert => ErrorCode::GuardNotMet,
            R::ForbiddenCharacter { .. }
            | R::NotAmong { .. }
            | R::InDocument { .. }
            | R::InPast
            | R::PersonalData { .. }
            | R::NoSuch(_)
            | R::KindOfOtherBody
            | R::NotCollective
            | R::CannotCosign
            | R::ModeMismatch
            | R::NotOfAgency
            | R::NotInFuture
            | R::InFuture
            | R::DayNotOver
            | R::YearOutOfRange { .. }
            | R::BeyondExtension { .. }
            | R::NotLater
            | R::NotOfAsker
            | R::ShiftEndsFirst
            | R::OutsideSession { .. }
            | R::DutyBeganLater { .. }
            | R::NewDateForbidden
            | R::FileSize { .. }
            | R::BadFileName
            | R::NotADigest
            | R::WrongCredentials
            | R::WrongPassword
            | R::WeakPassword(_) => ErrorCode::InvalidValue,
        }
    }
}

impl Fault {
    /// A fault of a document that was sent in this field: the path in the document is the last part of the field.
    pub fn in_document(field: &str, fault: DocumentFault) -> Self {
        let DocumentFault { path, message_zh: zh, message_en: en } = fault;
        Self { field: vec![field.to_owned(), path.clone()], refusal: Refusal::InDocument { path, zh, en } }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self { field: Vec::new(), refusal }
    }
}
