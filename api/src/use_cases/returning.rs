//! Handing back (退办): the agency asks, the transfer office decides, and may refuse.

use super::assigning::{blank, see_assignment, start_clock};
use super::{Work, fields, find_assignment, part, perform};
use crate::access::{Permit, Seen, authorize, authorize_with};
use crate::clocks;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{assignments, drafts, requests};
use domain::event::Happening;
use domain::ids::{AssignmentId, OrganizationId, ReturnRequestId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::{Action, Relation, RelationSet};
use domain::refusal::{Refusal, Thing};
use domain::rules::clock::ClockEvent;
use domain::rules::deadline::{Basis, DeadlineInput, due};
use domain::rules::rule_set::{Arbiter, PauseReason};
use domain::vocabulary::{AssignmentStatus, HandlingMode, RequestStatus, SubmissionAction};
use entity::json::ClockEvents;
use entity::{assignment, return_request};

/// Ask to hand back.
#[derive(Clone, Debug)]
pub struct RequestReturn {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// The version seen.
    pub version: i32,
    /// Why.
    pub reason: String,
    /// The agency that should take over.
    pub proposed_agency_id: OrganizationId,
}

/// Decide on a request.
#[derive(Clone, Debug)]
pub struct DecideReturn {
    /// Which request.
    pub id: ReturnRequestId,
    /// The version seen.
    pub version: i32,
    /// Let it be handed back, or not.
    pub approve: bool,
    /// The agency that takes over; the proposed one when left out.
    pub new_agency_id: Option<OrganizationId>,
    /// Why.
    pub reason: String,
}

/// Asks the transfer office to take the assignment back and give it to another agency.
pub async fn request(cx: &Cx, cmd: RequestReturn) -> AppResult<ReturnRequestId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut seen = see_assignment(work, cmd.assignment_id).await?;
            let index = find_assignment(&seen.matter, cmd.assignment_id)?;
            let mut assignment = seen.matter.assignments[index].clone();
            let permit = authorize_with(&seen, Action::Do(SubmissionAction::RequestReturn), work.part(&assignment))?;
            expect_version(cmd.version, assignment.version)?;
            let rules = work.rules(&seen.matter.row).await?;
            let all: Vec<AssignmentId> = seen.matter.assignments.iter().map(|a| a.id).collect();
            let disputed =
                assignments::approved_returns(work.tx, &all).await? >= u64::from(rules.set.returns_before_dispute);
            let event = if disputed { AssignmentEvent::Dispute } else { AssignmentEvent::RequestReturn };
            let before = assignment.status;
            let after = next(TABLE, before, event)?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            let settled = assignment.arbitrated_at.is_some();
            if settled || assignments::refused_returns(work.tx, assignment.id).await? > 0 {
                return Err(Refusal::MustHandle.into());
            }
            if let Some(from) = assignment.assigned_at.map(domain::rules::legal_day::legal_day) {
                let input = DeadlineInput { basis: Basis::ReturnWindow, start: from, extension: None };
                let window = due(&input, &rules.set, &*work.calendar().await?);
                if let Some(window) = window.filter(|window| work.today() > window.due_on) {
                    return Err(Refusal::ReturnWindowOver { last_day: window.due_on }.into());
                }
            }
            free_agency(work, &seen.matter, cmd.proposed_agency_id, "proposedAgencyId").await?;
            assignment.status = after;
            let reason_of_pause = if disputed { PauseReason::Dispute } else { PauseReason::Return };
            let pause = ClockEvent::Paused { on: work.today(), reason: reason_of_pause };
            clocks::note(&mut assignment, pause, &rules, &*work.calendar().await?)?;
            work.update(&permit, &mut assignment).await?;
            let request = return_request::Model {
                id: work.cx.id(),
                version: 1,
                assignment_id: assignment.id,
                reason: reason.clone(),
                proposed_agency_id: cmd.proposed_agency_id,
                status: RequestStatus::Pending,
                requested_by: cx.actor.user_id,
                at: work.now(),
                disputed_at: disputed.then(|| work.now()),
                decided_by: None,
                decided_at: None,
                decision_reason: None,
            };
            let id = request.id;
            work.insert(&permit, request).await?;
            seen.matter.assignments[index] = assignment.clone();
            work.follow(&permit, &mut seen.matter).await?;
            let happening = if disputed { Happening::Disputed } else { Happening::ReturnRequested };
            let entry = Entry::new(happening, id).of(&assignment).from_to(before.code(), after.code()).because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(id)
        })
    })
    .await
}

/// A request under its matter's lock, and the place of its assignment.
pub(super) struct Asked {
    pub seen: Seen,
    pub request: return_request::Model,
    pub index: usize,
}

/// Locks the matter of a request; what the person may not read is not found.
pub(super) async fn find(work: &Work<'_>, id: ReturnRequestId) -> AppResult<Asked> {
    let assignment = requests::assignment_of_return(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let seen = see_assignment(work, assignment).await?;
    // Read again under the lock of the submission.
    let request = requests::return_request(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let index = find_assignment(&seen.matter, assignment)?;
    if !visible(work.cx, &seen, &seen.matter.assignments[index], &request) {
        return Err(AppError::NotFound);
    }
    Ok(Asked { seen, request, index })
}

/// Whether a reader may see a request to hand back: the agency, the transfer office, and for a dispute the leader of
/// the region who may settle it.
pub fn visible(cx: &Cx, seen: &Seen, assignment: &assignment::Model, request: &return_request::Model) -> bool {
    let open = assignment.status == AssignmentStatus::Disputed && request.status == RequestStatus::Pending;
    let contested = RelationSet::EMPTY.with_if(Relation::Contested, open || request.disputed_at.is_some());
    seen.may_with(Action::ReadInternal, part(cx, assignment)) || seen.may_with(Action::ReadDispute, contested)
}

impl Asked {
    pub(super) fn assignment(&self) -> &assignment::Model {
        &self.seen.matter.assignments[self.index]
    }

    /// Stores what was decided about the request.
    pub(super) async fn decided(
        &mut self,
        work: &Work<'_>,
        permit: &Permit,
        approve: bool,
        reason: &str,
    ) -> AppResult<()> {
        self.request.status = if approve { RequestStatus::Approved } else { RequestStatus::Rejected };
        self.request.decided_by = Some(work.cx.actor.user_id);
        self.request.decided_at = Some(work.now());
        self.request.decision_reason = Some(reason.to_owned());
        work.update(permit, &mut self.request).await
    }

    /// The assignment stays with its agency, whose clock goes on.
    pub(super) async fn keep(
        &mut self,
        work: &Work<'_>,
        permit: &Permit,
        event: AssignmentEvent,
    ) -> AppResult<assignment::Model> {
        let mut assignment = self.assignment().clone();
        let before = assignment.status;
        assignment.status = next(TABLE, before, event)?;
        if event == AssignmentEvent::Uphold {
            assignment.arbitrated_at = Some(work.now());
        }
        let reason = if before == AssignmentStatus::Disputed { PauseReason::Dispute } else { PauseReason::Return };
        let resume = ClockEvent::Resumed { on: work.today(), reason };
        let rules = work.rules(&self.seen.matter.row).await?;
        clocks::note(&mut assignment, resume, &rules, &*work.calendar().await?)?;
        work.update(permit, &mut assignment).await?;
        self.seen.matter.assignments[self.index] = assignment.clone();
        work.follow(permit, &mut self.seen.matter).await?;
        Ok(assignment)
    }

    /// Another agency takes over in the same part; gives its assignment.
    ///
    /// The clock goes on with what happened to it before; the region's rules say what is counted anew from the
    /// reassignment (by default the opinion of a co-handling agency, and not the reply).
    pub(super) async fn hand_over(
        &mut self,
        work: &Work<'_>,
        permit: &Permit,
        event: AssignmentEvent,
        taker: (OrganizationId, &str),
    ) -> AppResult<assignment::Model> {
        let mut assignment = self.assignment().clone();
        assignment.status = next(TABLE, assignment.status, event)?;
        assignment.live = assignment.status.is_live();
        work.update(permit, &mut assignment).await?;
        self.seen.matter.assignments[self.index] = assignment.clone();
        let (agency, field) = taker;
        if agency == assignment.agency_id {
            return Err(Refusal::AgencyHasIt.at(field).into());
        }
        free_agency(work, &self.seen.matter, agency, field).await?;
        let mode = self.seen.matter.row.mode.unwrap_or(HandlingMode::Sole);
        let ordinal = usize::try_from(assignment.ordinal).unwrap_or(0);
        let mut successor =
            blank(work, self.seen.matter.row.id, agency, assignment.role, mode, ordinal, assignment.scope.clone());
        successor.round = assignment.round;
        successor.clock = Some(ClockEvents(clocks::events(&assignment)));
        if event == AssignmentEvent::Transfer {
            successor.arbitrated_at = Some(work.now());
        }
        work.insert(permit, successor.clone()).await?;
        self.seen.matter.assignments.push(successor);
        let last = self.seen.matter.assignments.len() - 1;
        start_clock(work, permit, &mut self.seen, last).await?;
        work.follow(permit, &mut self.seen.matter).await?;
        Ok(self.seen.matter.assignments[last].clone())
    }
}

/// Decides: another agency takes over in the same part, or this one must handle it.
///
/// A dispute waits for a leader where the region's rules say so.
pub async fn decide(cx: &Cx, cmd: DecideReturn) -> AppResult<ReturnRequestId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut asked = find(work, cmd.id).await?;
            let permit = authorize(&asked.seen, Action::Do(SubmissionAction::DecideReturn))?;
            expect_version(cmd.version, asked.request.version)?;
            let event = if cmd.approve { AssignmentEvent::ApproveReturn } else { AssignmentEvent::RejectReturn };
            let before = asked.assignment().status;
            let after = next(TABLE, before, event)?;
            let rules = work.rules(&asked.seen.matter.row).await?;
            if before == AssignmentStatus::Disputed && rules.set.arbitrated_by.0 == Arbiter::RegionLeader {
                return Err(Refusal::ArbitrationAwaited.into());
            }
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            asked.decided(work, &permit, cmd.approve, &reason).await?;
            let entry_of =
                |happening, subject: String| Entry::new(happening, subject).from_to(before.code(), after.code());
            if cmd.approve {
                let agency = cmd.new_agency_id.unwrap_or(asked.request.proposed_agency_id);
                let field = if cmd.new_agency_id.is_some() { "newAgencyId" } else { "" };
                let successor = asked.hand_over(work, &permit, event, (agency, field)).await?;
                // The reason stays with the request: the first agency and the transfer office alone read it.
                let entry = entry_of(Happening::Reassigned, successor.id.to_string()).of(&successor);
                work.record(&permit, &asked.seen.matter, entry).await?;
            } else {
                let kept = asked.keep(work, &permit, event).await?;
                let entry = entry_of(Happening::ReturnRefused, cmd.id.to_string()).of(&kept).because(reason);
                work.record(&permit, &asked.seen.matter, entry).await?;
            }
            Ok(cmd.id)
        })
    })
    .await
}

/// The other agency must be one of the region that does not have the matter already.
async fn free_agency(
    work: &Work<'_>,
    matter: &crate::repo::matter::Matter,
    agency: OrganizationId,
    field: &str,
) -> AppResult<()> {
    if !drafts::is_agency(work.tx, agency, matter.row.region_id).await? {
        return Err(Refusal::NoSuch(Thing::Agency).at(field).into());
    }
    if matter.live().any(|a| a.agency_id == agency) {
        return Err(Refusal::AgencyHasIt.at(field).into());
    }
    Ok(())
}
