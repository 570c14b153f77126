//! More time (延期): the agency asks, the transfer office decides.

use super::assigning::see_assignment;
use super::{Work, fields, find_assignment, perform, perform_each};
use crate::access::{authorize, authorize_with, require_possible};
use crate::clocks;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::requests;
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use chrono::NaiveDate;
use domain::event::Happening;
use domain::ids::{AssignmentId, ExtensionRequestId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::rules::clock::ClockEvent;
use domain::rules::legal_day::plausible;
use domain::vocabulary::{RequestStatus, SubmissionAction};
use entity::extension_request;
use futures_util::future::BoxFuture;

/// Ask for more time.
#[derive(Clone, Debug)]
pub struct RequestExtension {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// The version seen.
    pub version: i32,
    /// The new due day.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Decide on a request for more time.
#[derive(Clone, Debug)]
pub struct Decide {
    /// Which request.
    pub id: ExtensionRequestId,
    /// The version seen.
    pub version: i32,
    /// Grant or refuse.
    pub approve: bool,
    /// Why.
    pub reason: String,
}

/// One decision of a batch.
#[derive(Clone, Debug)]
pub struct DecideOne {
    /// The request as sent.
    pub id: String,
    /// The version seen.
    pub version: i32,
    /// Grant or refuse.
    pub approve: bool,
    /// Why.
    pub reason: String,
}

impl DecideOne {
    /// The command with a typed id; none when it is no id of a request.
    fn command(&self) -> Option<Decide> {
        let id = self.id.parse().ok()?;
        Some(Decide { id, version: self.version, approve: self.approve, reason: self.reason.clone() })
    }
}

/// The most requests decided at once.
const BATCH: usize = 500;

/// Asks for a later due day, before the present one has passed.
pub async fn request(cx: &Cx, cmd: RequestExtension) -> AppResult<ExtensionRequestId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let seen = see_assignment(work, cmd.assignment_id).await?;
            let index = find_assignment(&seen.matter, cmd.assignment_id)?;
            let mut assignment = seen.matter.assignments[index].clone();
            let permit = authorize_with(&seen, Action::Do(SubmissionAction::RequestExtension), work.part(&assignment))?;
            expect_version(cmd.version, assignment.version)?;
            next(TABLE, assignment.status, AssignmentEvent::RequestExtension)?;
            let rules = work.rules(&seen.matter.row).await?;
            let calendar = work.calendar().await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            if let Some(due_on) = assignment.due_on {
                if work.today() > due_on {
                    return Err(Refusal::DuePassed { due_on }.at("until").into());
                }
                if cmd.until <= due_on {
                    return Err(Refusal::NotLater.at("until").into());
                }
            }
            // The longest extension counts as the due day does: from assignment, or from the start of a later round.
            let clock = clocks::clock(&assignment, work.today(), &rules, &calendar)?;
            if clock.as_ref().is_some_and(|clock| clock.extension_asked.is_some()) {
                return Err(Refusal::RequestOpen.into());
            }
            let last = clock.and_then(|clock| clock.latest_extension);
            if let Some(last_day) = last.filter(|last_day| cmd.until > *last_day) {
                return Err(Refusal::BeyondExtension { last_day }.at("until").into());
            }
            plausible(cmd.until).map_err(|refusal| refusal.at("until"))?;
            let request = extension_request::Model {
                id: work.cx.id(),
                version: 1,
                assignment_id: assignment.id,
                until: cmd.until,
                reason: reason.clone(),
                status: RequestStatus::Pending,
                requested_by: cx.actor.user_id,
                at: work.now(),
                decided_by: None,
                decided_at: None,
                decision_reason: None,
            };
            let id = request.id;
            let asked = ClockEvent::ExtensionAsked { on: work.today(), until: cmd.until };
            clocks::note(&mut assignment, asked, &rules, &calendar)?;
            work.update(&permit, &mut assignment).await?;
            match work.insert(&permit, request).await {
                Err(AppError::Database(error)) if crate::db::broken(&error).is_some() => {
                    return Err(Refusal::RequestOpen.into());
                }
                other => other?,
            }
            let entry = Entry::new(Happening::ExtensionRequested, id).of(&assignment).because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(id)
        })
    })
    .await
}

/// Decides on many requests; each succeeds or fails alone.
pub async fn decide_many(
    cx: &Cx,
    decisions: Vec<DecideOne>,
) -> AppResult<Vec<(String, AppResult<ExtensionRequestId>)>> {
    require_possible(&cx.actor, Action::Do(SubmissionAction::DecideExtension))?;
    if decisions.is_empty() {
        return Err(Refusal::Required.at("decisions").into());
    }
    if decisions.len() > BATCH {
        return Err(Refusal::TooMany { max: BATCH }.at("decisions").into());
    }
    let commands: Vec<Decide> = decisions.iter().filter_map(DecideOne::command).collect();
    let mut decided = perform_each(cx, &commands, |_| None, decide_one).await.into_iter();
    let mut results = Vec::with_capacity(decisions.len());
    for (index, one) in decisions.into_iter().enumerate() {
        let known = one.command().and_then(|_| decided.next());
        let result = known.unwrap_or(Err(AppError::NotFound));
        let result = result.map_err(|error| error.within(&format!("decisions.{index}")));
        if let Err(AppError::Database(_) | AppError::Internal(_)) = &result {
            // What was decided stays decided and is told; this one is named with its fault.
            tracing::error!(request = %one.id, error = ?result.as_ref().err(), "decision on an extension failed");
        }
        results.push((one.id, result));
    }
    Ok(results)
}

/// Grants or refuses more time.
pub async fn decide(cx: &Cx, cmd: Decide) -> AppResult<ExtensionRequestId> {
    perform(cx, &cmd, decide_one).await
}

fn decide_one<'t>(work: &'t Work<'t>, cmd: &'t Decide) -> BoxFuture<'t, AppResult<ExtensionRequestId>> {
    Box::pin(async move {
        let cx = work.cx;
        let assignment_id = requests::assignment_of_extension(work.tx, cmd.id).await?.ok_or(AppError::NotFound)?;
        let mut seen = see_assignment(work, assignment_id).await?;
        if !seen.may(Action::ReadHandling) {
            return Err(AppError::NotFound);
        }
        let permit = authorize(&seen, Action::Do(SubmissionAction::DecideExtension))?;
        // Read again under the lock of the submission.
        let mut request = requests::extension_request(work.tx, cmd.id).await?.ok_or(AppError::NotFound)?;
        expect_version(cmd.version, request.version)?;
        let index = find_assignment(&seen.matter, assignment_id)?;
        let mut assignment = seen.matter.assignments[index].clone();
        next(TABLE, assignment.status, AssignmentEvent::DecideExtension)?;
        if request.status != RequestStatus::Pending {
            let state = request.status;
            return Err(Refusal::WrongState {
                state: (state.label(domain::language::Language::Zh), state.label(domain::language::Language::En)),
                verb: SubmissionAction::DecideExtension,
            }
            .into());
        }
        let rules = work.rules(&seen.matter.row).await?;
        let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
        request.status = if cmd.approve { RequestStatus::Approved } else { RequestStatus::Rejected };
        request.decided_by = Some(cx.actor.user_id);
        request.decided_at = Some(work.now());
        request.decision_reason = Some(reason.clone());
        work.update(&permit, &mut request).await?;
        let calendar = work.calendar().await?;
        let on = work.today();
        let asked = clocks::clock(&assignment, on, &rules, &calendar)?.and_then(|clock| clock.extension_asked);
        let event = match (cmd.approve, asked) {
            (true, _) => Some(ClockEvent::ExtensionGranted { on, until: request.until }),
            (false, Some(_)) => Some(ClockEvent::ExtensionRefused { on }),
            // The request was made in a round that is over: the clock of this one was not asked.
            (false, None) => None,
        };
        if let Some(event) = event {
            clocks::note(&mut assignment, event, &rules, &calendar)?;
            work.update(&permit, &mut assignment).await?;
            seen.matter.assignments[index] = assignment.clone();
            work.follow(&permit, &mut seen.matter).await?;
        }
        let happening = if cmd.approve { Happening::ExtensionGranted } else { Happening::ExtensionRefused };
        let entry = Entry::new(happening, cmd.id).of(&assignment).because(reason);
        work.record(&permit, &seen.matter, entry).await?;
        Ok(cmd.id)
    })
}
