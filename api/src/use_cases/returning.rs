//! Handing back (退办): the agency asks, the transfer office decides, and may refuse.

use super::assigning::{blank, see_assignment, start_clock};
use super::{fields, find_assignment, perform};
use crate::access::{authorize, authorize_with};
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
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::rules::clock::ClockEvent;
use domain::rules::deadline::{Basis, DeadlineInput, due};
use domain::rules::rule_set::PauseReason;
use domain::vocabulary::{AssignmentStatus, HandlingMode, RequestStatus, SubmissionAction};
use entity::json::ClockEvents;
use entity::return_request;

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
            if assignments::refused_returns(work.tx, assignment.id).await? > 0 {
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

/// Decides: another agency takes over in the same part, or this one must handle it.
///
/// The clock goes on with what happened to it before; the region's rules say what is counted anew from the
/// reassignment (by default the opinion of a co-handling agency, and not the reply).
pub async fn decide(cx: &Cx, cmd: DecideReturn) -> AppResult<ReturnRequestId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let assignment_id = requests::assignment_of_return(work.tx, cmd.id).await?.ok_or(AppError::NotFound)?;
            let mut seen = see_assignment(work, assignment_id).await?;
            // Read again under the lock of the submission.
            let mut request = requests::return_request(work.tx, cmd.id).await?.ok_or(AppError::NotFound)?;
            let index = find_assignment(&seen.matter, assignment_id)?;
            let mut assignment = seen.matter.assignments[index].clone();
            if !seen.may_with(Action::ReadInternal, work.part(&assignment)) {
                return Err(AppError::NotFound);
            }
            let permit = authorize(&seen, Action::Do(SubmissionAction::DecideReturn))?;
            expect_version(cmd.version, request.version)?;
            let event = if cmd.approve { AssignmentEvent::ApproveReturn } else { AssignmentEvent::RejectReturn };
            let before = assignment.status;
            let after = next(TABLE, before, event)?;
            let rules = work.rules(&seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            request.status = if cmd.approve { RequestStatus::Approved } else { RequestStatus::Rejected };
            request.decided_by = Some(cx.actor.user_id);
            request.decided_at = Some(work.now());
            request.decision_reason = Some(reason.clone());
            work.update(&permit, &mut request).await?;
            assignment.status = after;
            assignment.live = after.is_live();
            let calendar = work.calendar().await?;
            if !cmd.approve {
                let reason =
                    if before == AssignmentStatus::Disputed { PauseReason::Dispute } else { PauseReason::Return };
                let resume = ClockEvent::Resumed { on: work.today(), reason };
                clocks::note(&mut assignment, resume, &rules, &calendar)?;
            }
            work.update(&permit, &mut assignment).await?;
            seen.matter.assignments[index] = assignment.clone();
            if !cmd.approve {
                work.follow(&permit, &mut seen.matter).await?;
                let entry = Entry::new(Happening::ReturnRefused, cmd.id)
                    .of(&assignment)
                    .from_to(before.code(), after.code())
                    .because(reason);
                work.record(&permit, &seen.matter, entry).await?;
                return Ok(cmd.id);
            }
            let taker = cmd.new_agency_id.unwrap_or(request.proposed_agency_id);
            let field = if cmd.new_agency_id.is_some() { "newAgencyId" } else { "" };
            if taker == assignment.agency_id {
                return Err(Refusal::AgencyHasIt.at(field).into());
            }
            free_agency(work, &seen.matter, taker, field).await?;
            let mode = seen.matter.row.mode.unwrap_or(HandlingMode::Sole);
            let ordinal = usize::try_from(assignment.ordinal).unwrap_or(0);
            let mut successor =
                blank(work, seen.matter.row.id, taker, assignment.role, mode, ordinal, assignment.scope.clone());
            successor.round = assignment.round;
            successor.clock = Some(ClockEvents(clocks::events(&assignment)));
            work.insert(&permit, successor.clone()).await?;
            seen.matter.assignments.push(successor);
            let last = seen.matter.assignments.len() - 1;
            start_clock(work, &permit, &mut seen, last).await?;
            work.follow(&permit, &mut seen.matter).await?;
            let successor = seen.matter.assignments[last].clone();
            // The reason stays with the request: the first agency and the transfer office alone read it.
            let entry =
                Entry::new(Happening::Reassigned, successor.id).of(&successor).from_to(before.code(), after.code());
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// The other agency must be one of the region that does not have the matter already.
async fn free_agency(
    work: &super::Work<'_>,
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
