//! Assigning: plan the agencies, release the plan (the legal clock starts), urge.

use super::{Work, fields, find_assignment, perform, perform_each};
use crate::access::{Permit, Seen, authorize, authorize_with, require_possible};
use crate::clocks;
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{assignments, drafts};
use domain::event::Happening;
use domain::ids::{AssignmentId, OrganizationId, SubmissionId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE as ASSIGNMENT};
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::lifecycle::{distribution, next};
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::rules::clock::ClockEvent;
use domain::rules::legal_day::day_begins;
use domain::vocabulary::{AssignmentRole, AssignmentStatus, HandlingMode, SubmissionAction};
use entity::{assignment, urging};
use futures_util::future::BoxFuture;

/// One agency of a plan.
#[derive(Clone, Debug)]
pub struct PlannedAgency {
    /// Which agency.
    pub agency_id: OrganizationId,
    /// Its part.
    pub role: AssignmentRole,
    /// What it answers for.
    pub scope: Option<String>,
}

/// Plan the assignment.
#[derive(Clone, Debug)]
pub struct PlanAssignment {
    /// Which submission.
    pub submission_id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// The mode.
    pub mode: HandlingMode,
    /// The agencies.
    pub agencies: Vec<PlannedAgency>,
}

/// Release planned assignments.
#[derive(Clone, Debug)]
pub struct ReleaseAssignments {
    /// Ids of submissions as sent; each succeeds or fails alone, a malformed one too.
    pub submission_ids: Vec<String>,
}

/// Urge an agency.
#[derive(Clone, Debug)]
pub struct Urge {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// What to tell it.
    pub message: String,
}

/// The most submissions released at once.
const BATCH: usize = 2_000;
/// The most agencies of one matter.
const AGENCIES: usize = 30;

/// Plans the agencies; an earlier plan is replaced.
pub async fn plan(cx: &Cx, cmd: PlanAssignment) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.submission_id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::PlanAssignment))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            next(TABLE, seen.matter.row.status, SubmissionEvent::PlanAssignment)?;
            if cmd.agencies.len() > AGENCIES {
                return Err(Refusal::TooMany { max: AGENCIES }.at("agencies").into());
            }
            let pairs: Vec<_> = cmd.agencies.iter().map(|a| (a.agency_id, a.role)).collect();
            distribution::check(cmd.mode, &pairs)?;
            let rules = work.rules(&seen.matter.row).await?;
            let mut faults = Faults::default();
            assignments::delete_planned(work.tx, &permit, cmd.submission_id).await?;
            seen.matter.assignments.retain(|a| a.status != AssignmentStatus::Planned);
            for (i, planned) in cmd.agencies.iter().enumerate() {
                if !drafts::is_agency(work.tx, planned.agency_id, seen.matter.row.region_id).await? {
                    faults.push(Refusal::NoSuch(Thing::Agency).at(&format!("agencies.{i}.agencyId")));
                    continue;
                }
                let field = format!("agencies.{i}.scope");
                let most = rules.set.texts.other.scope;
                let scope = faults.take(fields::optional(&field, planned.scope.as_deref(), most));
                let row = blank(work, cmd.submission_id, planned.agency_id, planned.role, cmd.mode, i, scope);
                work.insert(&permit, row.clone()).await?;
                seen.matter.assignments.push(row);
            }
            faults.check()?;
            seen.matter.row.mode = Some(cmd.mode);
            work.update(&permit, &mut seen.matter.row).await?;
            work.record(&permit, &seen.matter, Entry::new(Happening::Planned, cmd.submission_id)).await?;
            Ok(cmd.submission_id)
        })
    })
    .await
}

/// A planned assignment.
pub(super) fn blank(
    work: &Work<'_>,
    submission_id: SubmissionId,
    agency_id: OrganizationId,
    role: AssignmentRole,
    mode: HandlingMode,
    ordinal: usize,
    scope: Option<String>,
) -> assignment::Model {
    assignment::Model {
        id: work.cx.id(),
        version: 1,
        submission_id,
        agency_id,
        role,
        status: AssignmentStatus::Planned,
        live: true,
        sole_lead: role == AssignmentRole::Lead && mode != HandlingMode::CoLead,
        ordinal: i32::try_from(ordinal).unwrap_or(i32::MAX),
        scope,
        round: 1,
        assigned_at: None,
        signed_at: None,
        due_on: None,
        clock_from: None,
        extended_to: None,
        finished_at: None,
        arbitrated_at: None,
        clock: None,
        leader_id: None,
        handler_id: None,
        section_id: None,
        plan: None,
        stage: None,
    }
}

/// Releases the plans of many submissions; each succeeds or fails alone.
pub async fn release(cx: &Cx, cmd: ReleaseAssignments) -> AppResult<Vec<(String, AppResult<SubmissionId>)>> {
    require_possible(&cx.actor, Action::Do(SubmissionAction::Release))?;
    if cmd.submission_ids.is_empty() {
        return Err(Refusal::Required.at("submissionIds").into());
    }
    if cmd.submission_ids.len() > BATCH {
        return Err(Refusal::TooMany { max: BATCH }.at("submissionIds").into());
    }
    let ids: Vec<SubmissionId> = cmd.submission_ids.iter().filter_map(|raw| raw.parse().ok()).collect();
    let mut released = perform_each(cx, &ids, |id| Some(*id), release_one).await.into_iter();
    let mut results = Vec::with_capacity(cmd.submission_ids.len());
    for raw in cmd.submission_ids {
        let known = raw.parse::<SubmissionId>().ok().and_then(|_| released.next());
        let result = known.unwrap_or(Err(AppError::NotFound));
        if let Err(AppError::Database(_) | AppError::Internal(_)) = &result {
            // What was released stays released and is told below; this one is named with its fault.
            tracing::error!(submission = %raw, error = ?result.as_ref().err(), "release failed");
        }
        results.push((raw, result));
    }
    Ok(results)
}

fn release_one<'t>(work: &'t Work<'t>, id: &'t SubmissionId) -> BoxFuture<'t, AppResult<SubmissionId>> {
    Box::pin(async move {
        let id = *id;
        let mut seen = work.see(id).await?;
        let permit = authorize(&seen, Action::Do(SubmissionAction::Release))?;
        let before = seen.matter.row.status;
        let after = next(TABLE, before, SubmissionEvent::Release)?;
        if seen.matter.planned().next().is_none() {
            return Err(Refusal::NothingPlanned.into());
        }
        seen.matter.row.status = after;
        seen.matter.row.assigned_at = seen.matter.row.assigned_at.or(Some(work.now()));
        for i in 0..seen.matter.assignments.len() {
            if seen.matter.assignments[i].status == AssignmentStatus::Planned {
                start_clock(work, &permit, &mut seen, i).await?;
            }
        }
        seen.matter.row.due_on = seen.matter.live().filter(|a| a.role.answers()).filter_map(|a| a.due_on).min();
        work.update(&permit, &mut seen.matter.row).await?;
        let entry = Entry::new(Happening::Assigned, id).from_to(before.code(), after.code());
        work.record(&permit, &seen.matter, entry).await?;
        Ok(id)
    })
}

/// Releases one assignment of a matter and starts its clock today, unless it goes on from another agency's.
pub(super) async fn start_clock(work: &Work<'_>, permit: &Permit, seen: &mut Seen, index: usize) -> AppResult<()> {
    let rules = work.rules(&seen.matter.row).await?;
    let calendar = work.calendar().await?;
    let assignment = &mut seen.matter.assignments[index];
    assignment.status = next(ASSIGNMENT, assignment.status, AssignmentEvent::Release)?;
    assignment.assigned_at = Some(work.now());
    let on = work.today();
    let event = if assignment.clock.is_some() { ClockEvent::Reassigned { on } } else { ClockEvent::Started { on } };
    clocks::note(assignment, event, &rules, &calendar)?;
    work.update(permit, assignment).await
}

/// Urges an agency; the message goes to its liaison, its leaders and the handler. Each urging is counted, and the
/// region's rules say how many there may be in one day of law.
pub async fn urge(cx: &Cx, cmd: Urge) -> AppResult<AssignmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let seen = see_assignment(work, cmd.assignment_id).await?;
            let index = find_assignment(&seen.matter, cmd.assignment_id)?;
            let assignment = &seen.matter.assignments[index];
            let permit = authorize_with(&seen, Action::Do(SubmissionAction::Urge), work.part(assignment))?;
            next(ASSIGNMENT, assignment.status, AssignmentEvent::Urge)?;
            let rules = work.rules(&seen.matter.row).await?;
            let message = fields::body("message", &cmd.message, rules.set.texts.other.comment)?;
            let today = work.today();
            let sent = assignments::urgings_since(work.tx, assignment.id, day_begins(today)).await?;
            if sent >= u64::from(rules.set.urges_per_day.0) {
                return Err(Refusal::UrgedEnough { again_on: today.succ_opt().unwrap_or(today) }.into());
            }
            let urging = urging::Model {
                id: work.cx.id(),
                assignment_id: assignment.id,
                message: message.clone(),
                by_id: work.cx.actor.user_id,
                at: work.now(),
            };
            work.insert(&permit, urging).await?;
            let entry = Entry::new(Happening::Urged, assignment.id).of(assignment).because(message);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(assignment.id)
        })
    })
    .await
}

/// Locks the submission of an assignment and gives it as the person may see it.
///
/// A planned assignment exists only for those who may read plans; for others it is not found.
pub(super) async fn see_assignment(work: &Work<'_>, id: AssignmentId) -> AppResult<Seen> {
    let submission = assignments::submission_of(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let seen = work.see(submission).await?;
    let assignment = seen.matter.assignments.iter().find(|a| a.id == id).ok_or(AppError::NotFound)?;
    if assignment.status == AssignmentStatus::Planned && !seen.may(Action::ReadPlanned) {
        return Err(AppError::NotFound);
    }
    Ok(seen)
}
