//! What a person may do to a submission now, and why not: the same tables that decide the verbs.
//!
//! A verb is allowed here when the policy grants it and the life cycle knows a next state for at least
//! one part of the submission. Conditions on what is still to be written (texts, gates, dates) are
//! told when the verb is used.

use crate::access::Seen;
use crate::cx::Cx;
use crate::repo::matter::Matter;
use crate::use_cases::{feedback as feedback_use, part};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE as ASSIGNMENT};
use domain::lifecycle::commitment::{CommitmentEvent, TABLE as COMMITMENT};
use domain::lifecycle::feedback::{FeedbackEvent, TABLE as FEEDBACK, as_of};
use domain::lifecycle::reply::{ReplyEvent, TABLE as REPLY};
use domain::lifecycle::submission::{SubmissionEvent, TABLE as SUBMISSION};
use domain::lifecycle::{Event, Row, State, next};
use domain::policy::{Action, Relation, RelationSet};
use domain::refusal::{ErrorCode, Refusal};
use domain::vocabulary::{
    AssignmentRole, AssignmentStatus, ContactConfirmation, HandlingMode, RequestStatus, Role, SubmissionAction,
};
use entity::{assignment, co_opinion, commitment, contact, extension_request, feedback, reply, return_request};

/// What hangs on a submission, as far as verbs apply to it.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Replies of all rounds.
    pub replies: Vec<reply::Model>,
    /// Feedback forms about them.
    pub feedbacks: Vec<feedback::Model>,
    /// Contacts.
    pub contacts: Vec<contact::Model>,
    /// Promises.
    pub commitments: Vec<commitment::Model>,
    /// Requests to hand back.
    pub returns: Vec<return_request::Model>,
    /// Requests for more time.
    pub extensions: Vec<extension_request::Model>,
    /// Opinions of co-handling agencies and agreements of joint leads.
    pub opinions: Vec<co_opinion::Model>,
    /// The sign-off chain of the matter's rules.
    pub chain: Vec<Role>,
    /// Whether the matter's rules leave disputes to a leader of the region alone.
    pub leaders_arbitrate: bool,
}

/// One verb with whether it is allowed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionState {
    /// The verb.
    pub action: SubmissionAction,
    /// Whether it is allowed now.
    pub allowed: bool,
    /// The code of the refusal.
    pub refusal: Option<ErrorCode>,
    /// The refusal in words.
    pub message: Option<String>,
}

/// Why a verb is not available.
enum No {
    /// The policy does not grant it.
    Forbidden,
    /// The life cycle or a condition refuses.
    Refused(Refusal),
}

/// Every verb with whether the person may use it now.
pub fn actions(cx: &Cx, seen: &Seen, parts: &Parts) -> Vec<ActionState> {
    SubmissionAction::ALL
        .iter()
        .map(|verb| {
            let language = cx.language();
            let (refusal, message) = match ask(cx, seen, parts, *verb) {
                Ok(()) => (None, None),
                Err(No::Forbidden) => {
                    let code = ErrorCode::Forbidden;
                    (Some(code), Some(domain::catalogue::error_text(code, language).to_owned()))
                }
                Err(No::Refused(refusal)) => (Some(refusal.code()), Some(refusal.message(language))),
            };
            ActionState { action: *verb, allowed: refusal.is_none(), refusal, message }
        })
        .collect()
}

fn ask(cx: &Cx, seen: &Seen, parts: &Parts, verb: SubmissionAction) -> Result<(), No> {
    use SubmissionAction as V;
    let matter = &seen.matter;
    let whole = |event| whole(seen, verb, event);
    match verb {
        V::Update => whole(SubmissionEvent::Update),
        V::Delete => whole(SubmissionEvent::Delete),
        V::InviteCosigners => whole(SubmissionEvent::InviteCosigners),
        V::AnswerCosign => whole(SubmissionEvent::AnswerCosign),
        V::Submit => whole(SubmissionEvent::Submit),
        V::Withdraw => {
            whole(SubmissionEvent::Withdraw)?;
            refuse_if(matter.row.withdrawal_asked_at.is_some(), Refusal::ConsentAwaited)
        }
        V::AnswerWithdrawal => {
            granted(seen, verb, RelationSet::EMPTY)?;
            refuse_if(matter.row.withdrawal_asked_at.is_none(), Refusal::NoWithdrawalAsked)?;
            whole(SubmissionEvent::Withdraw)
        }
        V::ReturnForRevision => whole(SubmissionEvent::ReturnForRevision),
        V::Accept => whole(SubmissionEvent::Accept),
        V::Refuse => whole(SubmissionEvent::Refuse),
        V::Merge => whole(SubmissionEvent::Absorb),
        V::Unmerge if matter.row.accepted_at.is_some() => whole(SubmissionEvent::UnmergeToAccepted),
        V::Unmerge => whole(SubmissionEvent::UnmergeToReview),
        V::Convert => whole(SubmissionEvent::Convert),
        V::PlanAssignment => whole(SubmissionEvent::PlanAssignment),
        V::Release => {
            whole(SubmissionEvent::Release)?;
            refuse_if(matter.planned().next().is_none(), Refusal::NothingPlanned)
        }
        V::Supervise => whole(SubmissionEvent::Supervise),
        V::Archive => whole(SubmissionEvent::Archive),
        V::SignFor => any_assignment(cx, seen, verb, |_| AssignmentEvent::SignFor),
        V::RequestReturn => any_assignment(cx, seen, verb, |_| AssignmentEvent::RequestReturn),
        V::StartHandling => any_assignment(cx, seen, verb, |_| AssignmentEvent::StartHandling),
        V::ReportProgress => any_assignment(cx, seen, verb, |_| AssignmentEvent::ReportProgress),
        V::RecordContact => any_assignment(cx, seen, verb, |_| AssignmentEvent::RecordContact),
        V::RequestExtension => any_assignment(cx, seen, verb, |_| AssignmentEvent::RequestExtension),
        V::Urge => any_assignment(cx, seen, verb, |_| AssignmentEvent::Urge),
        V::SendOpinion => opinion(cx, seen, parts),
        V::DraftReply => draft(cx, seen, parts),
        V::SubmitReply => any_reply(cx, seen, parts, verb, ReplyEvent::Submit),
        V::ReviewReply => review(cx, seen, parts),
        V::IssueReply => any_reply(cx, seen, parts, verb, ReplyEvent::Issue),
        V::RejectReply => any_reply(cx, seen, parts, verb, ReplyEvent::OfficeReject),
        V::Publish => {
            any_reply(cx, seen, parts, verb, ReplyEvent::Publish)?;
            let published = |id| parts.replies.iter().any(|r| r.id == id && r.published_at.is_some());
            let open = parts.replies.iter().any(|r| r.issued_at.is_some() && r.published_at.is_none())
                || parts.commitments.iter().any(|c| c.published_at.is_none() && published(c.reply_id));
            refuse_if(!open, Refusal::AlreadyPublished)
        }
        V::WithdrawPublication => {
            any_reply(cx, seen, parts, verb, ReplyEvent::WithdrawPublication)?;
            refuse_if(parts.replies.iter().all(|r| r.published_at.is_none()), Refusal::NotPublished)
        }
        V::DecideReturn => {
            granted(seen, verb, RelationSet::EMPTY)?;
            let open = || parts.returns.iter().filter(|r| r.status == RequestStatus::Pending);
            pending(open().next().is_some(), matter, verb)?;
            let disputed = |request: &return_request::Model| {
                let part = matter.assignments.iter().find(|a| a.id == request.assignment_id);
                part.is_some_and(|a| a.status == AssignmentStatus::Disputed)
            };
            refuse_if(parts.leaders_arbitrate && open().all(disputed), Refusal::ArbitrationAwaited)
        }
        V::Arbitrate => any_assignment(cx, seen, verb, |_| AssignmentEvent::Uphold),
        V::DecideExtension => {
            granted(seen, verb, RelationSet::EMPTY)?;
            pending(parts.extensions.iter().any(|r| r.status == RequestStatus::Pending), matter, verb)
        }
        V::AnswerContact => {
            granted(seen, verb, RelationSet::EMPTY)?;
            let open = parts.contacts.iter().any(|c| c.confirmation == ContactConfirmation::Pending);
            pending(open, matter, verb)
        }
        V::Rate => rate(cx, seen, parts, &[FeedbackEvent::Rate], verb),
        V::SettleFeedback => rate(cx, seen, parts, &[FeedbackEvent::Close, FeedbackEvent::Rehandle], verb),
        V::ReportCommitment => any_commitment(
            cx,
            seen,
            parts,
            verb,
            &[CommitmentEvent::ReportFulfilled, CommitmentEvent::ReportAfterChange],
        ),
        V::AnswerCommitment => any_commitment(cx, seen, parts, verb, &[CommitmentEvent::Confirm]),
        V::Instruct => whole(SubmissionEvent::Instruct),
        V::RecordMeeting => whole(SubmissionEvent::RecordMeeting),
        V::Compare => whole(SubmissionEvent::Compare),
    }
}

fn granted(seen: &Seen, verb: SubmissionAction, further: RelationSet) -> Result<(), No> {
    if seen.may_with(Action::Do(verb), further) { Ok(()) } else { Err(No::Forbidden) }
}

fn refuse_if(holds: bool, refusal: Refusal) -> Result<(), No> {
    if holds { Err(No::Refused(refusal)) } else { Ok(()) }
}

fn pending(open: bool, matter: &Matter, verb: SubmissionAction) -> Result<(), No> {
    refuse_if(!open, Refusal::WrongState { state: matter.row.status.words(), verb })
}

fn whole(seen: &Seen, verb: SubmissionAction, event: SubmissionEvent) -> Result<(), No> {
    granted(seen, verb, RelationSet::EMPTY)?;
    moves(SUBMISSION, seen.matter.row.status, event)
}

fn moves<S: State, E: Event>(table: &[Row<S, E>], from: S, event: E) -> Result<(), No> {
    next(table, from, event).map(|_| ()).map_err(No::Refused)
}

/// Allowed when it is for one of them; else the kindest refusal: a state rather than a prohibition.
fn any(tries: impl Iterator<Item = Result<(), No>>) -> Result<(), No> {
    let mut worst = No::Forbidden;
    for attempt in tries {
        match attempt {
            Ok(()) => return Ok(()),
            Err(No::Forbidden) => {}
            Err(refused) => worst = refused,
        }
    }
    Err(worst)
}

fn any_assignment(
    cx: &Cx,
    seen: &Seen,
    verb: SubmissionAction,
    event: impl Fn(&assignment::Model) -> AssignmentEvent,
) -> Result<(), No> {
    any(seen.matter.assignments.iter().filter(|a| a.status != AssignmentStatus::Planned).map(|a| {
        granted(seen, verb, part(cx, a))?;
        moves(ASSIGNMENT, a.status, event(a))
    }))
}

fn opinion(cx: &Cx, seen: &Seen, parts: &Parts) -> Result<(), No> {
    let verb = SubmissionAction::SendOpinion;
    let joint = seen.matter.row.mode == Some(HandlingMode::CoLead);
    any(seen.matter.assignments.iter().filter(|a| a.status != AssignmentStatus::Planned).map(|a| {
        granted(seen, verb, part(cx, a))?;
        let event = match a.role {
            AssignmentRole::Co => AssignmentEvent::SendOpinion,
            _ if joint => AssignmentEvent::Agree,
            // An agency that answers itself has no such step: the event fits no state of its own.
            _ => AssignmentEvent::Release,
        };
        moves(ASSIGNMENT, a.status, event)?;
        let given = parts.opinions.iter().any(|opinion| opinion.assignment_id == a.id && opinion.round == a.round);
        refuse_if(given, Refusal::OpinionGiven)
    }))
}

fn draft(cx: &Cx, seen: &Seen, parts: &Parts) -> Result<(), No> {
    let verb = SubmissionAction::DraftReply;
    let new = any(seen.matter.assignments.iter().map(|a| {
        granted(seen, verb, part(cx, a))?;
        refuse_if(a.role == AssignmentRole::Co, Refusal::NotAnswering)?;
        moves(ASSIGNMENT, a.status, AssignmentEvent::DraftReply)?;
        let exists = parts.replies.iter().any(|r| r.assignment_id == a.id && r.round == a.round);
        refuse_if(exists, Refusal::ReplyExists)
    }));
    new.or_else(|no| any_reply(cx, seen, parts, verb, ReplyEvent::Edit).map_err(|_| no))
}

fn any_reply(cx: &Cx, seen: &Seen, parts: &Parts, verb: SubmissionAction, event: ReplyEvent) -> Result<(), No> {
    any(parts.replies.iter().filter_map(|r| {
        let assignment = seen.matter.assignments.iter().find(|a| a.id == r.assignment_id)?;
        let further = part(cx, assignment).with_if(Relation::Drafter, r.drafted_by == cx.actor.user_id);
        Some(granted(seen, verb, further).and_then(|()| moves(REPLY, r.status, event)))
    }))
}

fn review(cx: &Cx, seen: &Seen, parts: &Parts) -> Result<(), No> {
    any(parts.replies.iter().map(|r| {
        let one = Parts { replies: vec![r.clone()], ..Parts::default() };
        any_reply(cx, seen, &one, SubmissionAction::ReviewReply, ReplyEvent::Approve)?;
        let awaited = usize::try_from(r.step).ok().and_then(|step| parts.chain.get(step));
        match awaited {
            Some(role) if *role != cx.actor.role => Err(No::Refused(Refusal::NotYourStep { awaited: *role })),
            _ => Ok(()),
        }
    }))
}

fn rate(cx: &Cx, seen: &Seen, parts: &Parts, events: &[FeedbackEvent], verb: SubmissionAction) -> Result<(), No> {
    any(parts.feedbacks.iter().map(|sheet| {
        granted(seen, verb, feedback_use::relations(cx, seen, sheet))?;
        let status = as_of(sheet.status, sheet.due_on, cx.today());
        any(events.iter().map(|event| moves(FEEDBACK, status, *event)))
    }))
}

fn any_commitment(
    cx: &Cx,
    seen: &Seen,
    parts: &Parts,
    verb: SubmissionAction,
    events: &[CommitmentEvent],
) -> Result<(), No> {
    any(parts.commitments.iter().filter_map(|promise| {
        let assignment = seen.matter.assignments.iter().find(|a| a.id == promise.assignment_id)?;
        let attempt = granted(seen, verb, part(cx, assignment)).and_then(|()| {
            any(events.iter().map(|event| {
                let ended = *event == CommitmentEvent::ReportAfterChange && promise.fulfilled != Some(false);
                let wrong = Refusal::WrongState { state: promise.status.words(), verb };
                refuse_if(ended, wrong)?;
                moves(COMMITMENT, promise.status, *event)
            }))
        });
        Some(attempt)
    }))
}
