//! Feedback: straight from the proposer to the office, sealed from the agency until it is settled.

use super::replying::Found;
use super::{Work, fields, perform};
use crate::access::{Permit, Seen, authorize, authorize_with};
use crate::clocks;
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::repo::feedbacks;
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::rule_book::Rules;
use domain::event::Happening;
use domain::ids::FeedbackId;
use domain::lifecycle::assignment::{AssignmentEvent, TABLE as ASSIGNMENT};
use domain::lifecycle::feedback::{FeedbackEvent, TABLE, as_of};
use domain::lifecycle::next;
use domain::policy::{Action, Relation, RelationSet};
use domain::refusal::{Refusal, Thing};
use domain::rules::clock::ClockEvent;
use domain::rules::feedback_form::{self, AnswerFaultKind};
use domain::vocabulary::{AssignmentRole, AssignmentStatus, FeedbackStatus, Rating, Settlement, SubmissionAction};
use entity::feedback;
use entity::json::{FormAnswer, FormAnswers};

/// Rate a reply.
#[derive(Clone, Debug)]
pub struct RateReply {
    /// Which form.
    pub feedback_id: FeedbackId,
    /// The version seen.
    pub version: i32,
    /// Attitude.
    pub attitude_rating: Rating,
    /// Process.
    pub process_rating: Rating,
    /// Result.
    pub result_rating: Rating,
    /// Overall.
    pub overall_rating: Rating,
    /// Comment; needed when dissatisfied.
    pub comment: Option<String>,
    /// Answers to the form's questions, key and value.
    pub answers: Option<Vec<(String, String)>>,
}

/// Settle a form.
#[derive(Clone, Debug)]
pub struct SettleFeedback {
    /// Which form.
    pub id: FeedbackId,
    /// The version seen.
    pub version: i32,
    /// Close, or another round.
    pub decision: Settlement,
    /// Why.
    pub reason: String,
}

/// Sends a form to the lead proposer and to the lead proposer of every matter merged into it.
pub(super) async fn request_feedback(work: &Work<'_>, permit: &Permit, found: &Found, rules: &Rules) -> AppResult<()> {
    let row = &found.seen.matter.row;
    let form = feedbacks::latest_form(work.tx, row.institution)
        .await?
        .ok_or_else(|| AppError::Internal(format!("no feedback form for {}", row.institution)))?;
    let due_on = clocks::feedback_due(work.today(), rules, &*work.calendar().await?);
    let proposers = std::iter::once((row.id, row.lead_proposer_id)).chain(found.seen.matter.merged.iter().copied());
    for (submission_id, respondent_id) in proposers {
        let sheet = feedback::Model {
            id: work.cx.id(),
            version: 1,
            submission_id,
            handled_id: row.id,
            reply_id: found.reply.id,
            round: found.reply.round,
            status: FeedbackStatus::Requested,
            form_id: form.id,
            respondent_id,
            requested_at: work.now(),
            due_on,
            submitted_at: None,
            attitude_rating: None,
            process_rating: None,
            result_rating: None,
            overall_rating: None,
            comment: None,
            answers: FormAnswers::default(),
            settled_at: None,
            settled_by: None,
            settlement: None,
            settlement_reason: None,
        };
        work.insert(permit, sheet).await?;
    }
    Ok(())
}

/// What the person is to a form.
pub(crate) fn relations(cx: &Cx, seen: &Seen, sheet: &feedback::Model) -> RelationSet {
    let proposes = cx.actor.role.proposes_to() == Some(seen.matter.row.institution);
    // A co-signer reads the rating of his own matter, never that of a matter merged into it.
    let own_matter = sheet.submission_id == seen.matter.row.id;
    RelationSet::EMPTY
        .with_if(Relation::Respondent, proposes && sheet.respondent_id == cx.actor.user_id)
        .with_if(
            Relation::Answered,
            own_matter && matches!(sheet.status, FeedbackStatus::Submitted | FeedbackStatus::Settled),
        )
        .with_if(Relation::Settled, sheet.status == FeedbackStatus::Settled)
}

/// Locks the handled submission of a form; what the person may not read is not found.
async fn find(work: &Work<'_>, id: FeedbackId) -> AppResult<(Seen, feedback::Model, RelationSet)> {
    let sheet = feedbacks::get(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let seen = work.see(sheet.handled_id).await?;
    // Read again under the lock of the submission.
    let sheet = feedbacks::get(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let relations = relations(work.cx, &seen, &sheet);
    if !seen.may_with(Action::ReadRating, relations) {
        return Err(AppError::NotFound);
    }
    Ok((seen, sheet, relations))
}

/// Rates the reply of one round, once, by the person to whom the form was sent.
pub async fn rate(cx: &Cx, cmd: RateReply) -> AppResult<FeedbackId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (seen, mut sheet, relations) = find(work, cmd.feedback_id).await?;
            let permit = authorize_with(&seen, Action::Do(SubmissionAction::Rate), relations)?;
            expect_version(cmd.version, sheet.version)?;
            let present = as_of(sheet.status, sheet.due_on, work.today());
            let after = next(TABLE, present, FeedbackEvent::Rate)?;
            let rules = work.rules(&seen.matter.row).await?;
            if present == FeedbackStatus::Overdue && !rules.set.feedback.accept_late {
                return Err(Refusal::FeedbackWindowOver.into());
            }
            let comment = fields::optional("comment", cmd.comment.as_deref(), rules.set.texts.other.comment)?;
            let ratings = [cmd.attitude_rating, cmd.process_rating, cmd.result_rating, cmd.overall_rating];
            if ratings.contains(&Rating::Dissatisfied) && comment.is_none() {
                return Err(Refusal::CommentRequired.at("comment").into());
            }
            sheet.answers = answers(work, &sheet, cmd.answers.as_deref().unwrap_or_default()).await?;
            sheet.status = after;
            sheet.submitted_at = Some(work.now());
            sheet.attitude_rating = Some(cmd.attitude_rating);
            sheet.process_rating = Some(cmd.process_rating);
            sheet.result_rating = Some(cmd.result_rating);
            sheet.overall_rating = Some(cmd.overall_rating);
            sheet.comment = comment;
            work.update(&permit, &mut sheet).await?;
            let entry = Entry::new(Happening::Rated, sheet.id).from_to(present.code(), after.code());
            work.record(&permit, &seen.matter, entry).await?;
            Ok(sheet.id)
        })
    })
    .await
}

async fn answers(work: &Work<'_>, sheet: &feedback::Model, given: &[(String, String)]) -> AppResult<FormAnswers> {
    let row = feedbacks::form(work.tx, sheet.form_id)
        .await?
        .ok_or_else(|| AppError::Internal(format!("{} is missing", sheet.form_id)))?;
    let form = feedback_form::FeedbackForm::parse(&row.body)
        .map_err(|faults| AppError::Internal(format!("stored form {} is faulty: {faults:?}", row.id)))?;
    if given.len() > form.questions.len() {
        return Err(Refusal::TooMany { max: form.questions.len() }.at("answers").into());
    }
    match feedback_form::check_answers(&form, given) {
        Ok(clean) => Ok(FormAnswers(clean.into_iter().map(|(key, value)| FormAnswer { key, value }).collect())),
        Err(found) => {
            let mut faults = Faults::default();
            for fault in found {
                let (refusal, part) = match fault.kind {
                    AnswerFaultKind::Missing => (Refusal::Required, None),
                    AnswerFaultKind::UnknownQuestion => (Refusal::NoSuch(Thing::Question), Some("key")),
                    AnswerFaultKind::AnsweredTwice => (Refusal::NamedTwice(Thing::Question), Some("key")),
                    AnswerFaultKind::NotAmong(options) => {
                        (Refusal::NotAmong { allowed: options.join(", ") }, Some("value"))
                    }
                    AnswerFaultKind::Text(fault) => (fields::refusal(fault), Some("value")),
                };
                // A question that was not answered has no place in the input, so its key stands for it.
                let place = match (fault.answer, part) {
                    (Some(index), Some(part)) => format!("answers.{index}.{part}"),
                    _ => format!("answers.{}", fault.key),
                };
                faults.push(refusal.at(&place));
            }
            faults.check()?;
            Ok(FormAnswers::default())
        }
    }
}

/// Settles a form: closes the round for this proposer, or orders another round of handling.
///
/// Another round leaves the present one untouched: its reply, forms, contacts and promises stay.
pub async fn settle(cx: &Cx, cmd: SettleFeedback) -> AppResult<FeedbackId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let (mut seen, mut sheet, _) = find(work, cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::SettleFeedback))?;
            expect_version(cmd.version, sheet.version)?;
            let event = match cmd.decision {
                Settlement::Close => FeedbackEvent::Close,
                Settlement::Rehandle => FeedbackEvent::Rehandle,
            };
            let present = as_of(sheet.status, sheet.due_on, work.today());
            let after = next(TABLE, present, event)?;
            let rules = work.rules(&seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            let assignment = feedbacks::assignment_of(work.tx, sheet.reply_id).await?.ok_or(AppError::NotFound)?;
            let index = super::find_assignment(&seen.matter, assignment)?;
            if cmd.decision == Settlement::Rehandle {
                let ratings = [sheet.attitude_rating, sheet.process_rating, sheet.result_rating, sheet.overall_rating];
                if !ratings.contains(&Some(Rating::Dissatisfied)) {
                    return Err(Refusal::NotDissatisfied.at("decision").into());
                }
                if seen.matter.assignments[index].round != sheet.round {
                    return Err(Refusal::RoundOver.at("decision").into());
                }
            }
            sheet.status = after;
            sheet.settled_at = Some(work.now());
            sheet.settled_by = Some(cx.actor.user_id);
            sheet.settlement = Some(cmd.decision);
            sheet.settlement_reason = Some(reason.clone());
            work.update(&permit, &mut sheet).await?;
            let happening = match cmd.decision {
                Settlement::Close => Happening::FeedbackClosed,
                Settlement::Rehandle => Happening::RehandlingOrdered,
            };
            match cmd.decision {
                Settlement::Rehandle => rehandle(work, &permit, &mut seen, index, &rules).await?,
                Settlement::Close => close(work, &permit, &mut seen, index, &sheet, &rules).await?,
            }
            let entry = Entry::new(happening, sheet.id)
                .of(&seen.matter.assignments[index])
                .from_to(present.code(), after.code())
                .because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            work.follow(&permit, &mut seen.matter).await?;
            Ok(sheet.id)
        })
    })
    .await
}

/// Opens round n+1 for the agencies that gave the reply.
async fn rehandle(work: &Work<'_>, permit: &Permit, seen: &mut Seen, index: usize, rules: &Rules) -> AppResult<()> {
    let calendar = work.calendar().await?;
    let round = seen.matter.assignments[index].round + 1;
    for i in sharing(seen, index) {
        let assignment = &mut seen.matter.assignments[i];
        assignment.status = next(ASSIGNMENT, assignment.status, AssignmentEvent::Rehandle)?;
        assignment.round = round;
        assignment.finished_at = None;
        clocks::note(assignment, ClockEvent::RoundOpened { on: work.today() }, rules, &calendar)?;
        work.update(permit, assignment).await?;
    }
    Ok(())
}

/// The assignments to which one reply belongs: its own, and those of joint leads.
fn sharing(seen: &Seen, index: usize) -> Vec<usize> {
    let joint = seen.matter.row.mode == Some(domain::vocabulary::HandlingMode::CoLead);
    let assignments = &seen.matter.assignments;
    (0..assignments.len())
        .filter(|i| {
            *i == index
                || (joint && assignments[*i].role == AssignmentRole::Lead && assignments[*i].status.is_released())
        })
        .collect()
}

/// Ends the agency's part once every form of its present round is settled; with the last answering
/// agency the co-handling ones are done too.
async fn close(
    work: &Work<'_>,
    permit: &Permit,
    seen: &mut Seen,
    index: usize,
    sheet: &feedback::Model,
    rules: &Rules,
) -> AppResult<()> {
    let assignment = &seen.matter.assignments[index];
    if assignment.round != sheet.round || assignment.status != AssignmentStatus::Replied {
        return Ok(());
    }
    if feedbacks::open_forms(work.tx, sheet.reply_id).await? > 0 {
        return Ok(());
    }
    for i in sharing(seen, index) {
        let assignment = &mut seen.matter.assignments[i];
        assignment.status = next(ASSIGNMENT, assignment.status, AssignmentEvent::Settle)?;
        work.update(permit, assignment).await?;
    }
    let all_done = seen.matter.live().filter(|a| a.role.answers()).all(|a| a.status == AssignmentStatus::Done);
    if all_done {
        let calendar = work.calendar().await?;
        for assignment in &mut seen.matter.assignments {
            if assignment.role != AssignmentRole::Co || !assignment.status.is_released() {
                continue;
            }
            // An opinion that never came is needed no more; it stays late for ever.
            let event = match assignment.status {
                AssignmentStatus::OpinionSent => AssignmentEvent::Settle,
                _ => AssignmentEvent::Lapse,
            };
            assignment.status = next(ASSIGNMENT, assignment.status, event)?;
            assignment.finished_at = assignment.finished_at.or(Some(work.now()));
            clocks::finish(assignment, work.today(), rules, &calendar)?;
            work.update(permit, assignment).await?;
        }
    }
    Ok(())
}
