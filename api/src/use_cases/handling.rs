//! What the agency does: sign for, start with the three fixes, progress, contacts, opinion.

use super::assigning::see_assignment;
use super::{Work, fields, find_assignment, perform};
use crate::access::{Permit, Seen, authorize_with};
use crate::clock::whole_microseconds;
use crate::clocks;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{contacts, parties};
use chrono::{DateTime, Utc};
use domain::event::Happening;
use domain::ids::{AssignmentId, ContactId, OrganizationId, UserId};
use domain::lifecycle::assignment::{AssignmentEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::rules::legal_day::{legal_day, plausible};
use domain::vocabulary::{
    AssignmentRole, ContactConfirmation, ContactMode, ContactPhase, HandlingMode, HandlingStage, OrganizationKind,
    Role, SubmissionAction,
};
use entity::json::Strings;
use entity::{assignment, co_opinion, contact, progress_report};

/// An assignment at the version seen.
#[derive(Clone, Copy, Debug)]
pub struct AssignmentRef {
    /// Which.
    pub id: AssignmentId,
    /// The version seen.
    pub version: i32,
}

/// Start handling.
#[derive(Clone, Debug)]
pub struct StartHandling {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// The version seen.
    pub version: i32,
    /// The leader in charge.
    pub leader_id: UserId,
    /// The handler.
    pub handler_id: UserId,
    /// The section.
    pub section_id: Option<OrganizationId>,
    /// The plan.
    pub plan: String,
}

/// Report progress.
#[derive(Clone, Debug)]
pub struct ReportProgress {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// The stage.
    pub stage: HandlingStage,
    /// What was done.
    pub note: String,
}

/// Record a contact.
#[derive(Clone, Debug)]
pub struct RecordContact {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// How.
    pub mode: ContactMode,
    /// When in the handling.
    pub phase: ContactPhase,
    /// When it was held.
    pub held_at: DateTime<Utc>,
    /// Where.
    pub place: Option<String>,
    /// Who took part.
    pub participants: Vec<String>,
    /// What was said.
    pub summary: String,
}

/// Confirm or dispute a contact.
#[derive(Clone, Debug)]
pub struct AnswerContact {
    /// Which contact.
    pub id: ContactId,
    /// The version seen.
    pub version: i32,
    /// It took place as written, or not.
    pub confirmed: bool,
    /// Comment; needed for a dispute.
    pub comment: Option<String>,
}

/// Send the opinion.
#[derive(Clone, Debug)]
pub struct SendOpinion {
    /// Which assignment.
    pub assignment_id: AssignmentId,
    /// The version seen.
    pub version: i32,
    /// The opinion.
    pub body: String,
}

/// One assignment under way: the matter as seen, where it stands in it, and the permit for the verb.
struct Step {
    seen: Seen,
    index: usize,
    permit: Permit,
}

impl Step {
    async fn begin(work: &Work<'_>, id: AssignmentId, verb: SubmissionAction) -> AppResult<Self> {
        let seen = see_assignment(work, id).await?;
        let index = find_assignment(&seen.matter, id)?;
        let permit = authorize_with(&seen, Action::Do(verb), work.part(&seen.matter.assignments[index]))?;
        Ok(Self { seen, index, permit })
    }

    fn assignment(&mut self) -> &mut assignment::Model {
        &mut self.seen.matter.assignments[self.index]
    }

    /// Moves the assignment, stores it and what follows for the submission, and records it.
    async fn finish(
        mut self,
        work: &Work<'_>,
        happening: Happening,
        event: AssignmentEvent,
        detail: Option<String>,
    ) -> AppResult<()> {
        let before = self.assignment().status;
        let after = next(TABLE, before, event)?;
        self.assignment().status = after;
        work.update(&self.permit, &mut self.seen.matter.assignments[self.index]).await?;
        work.follow(&self.permit, &mut self.seen.matter).await?;
        let assignment = self.seen.matter.assignments[self.index].clone();
        let mut entry = Entry::new(happening, assignment.id).of(&assignment);
        if before != after {
            entry = entry.from_to(before.code(), after.code());
        }
        entry.detail = detail;
        work.record(&self.permit, &self.seen.matter, entry).await
    }
}

/// Confirms that the agency received the assignment.
pub async fn sign_for(cx: &Cx, cmd: AssignmentRef) -> AppResult<AssignmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut step = Step::begin(work, cmd.id, SubmissionAction::SignFor).await?;
            expect_version(cmd.version, step.assignment().version)?;
            step.assignment().signed_at = Some(work.now());
            step.finish(work, Happening::SignedFor, AssignmentEvent::SignFor, None).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Starts handling: leader, handler and due day are fixed (三落实).
pub async fn start(cx: &Cx, cmd: StartHandling) -> AppResult<AssignmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut step = Step::begin(work, cmd.assignment_id, SubmissionAction::StartHandling).await?;
            expect_version(cmd.version, step.assignment().version)?;
            next(TABLE, step.assignment().status, AssignmentEvent::StartHandling)?;
            let rules = work.rules(&step.seen.matter.row).await?;
            let plan = fields::body("plan", &cmd.plan, rules.set.texts.other.plan)?;
            let agency = step.assignment().agency_id;
            let leads = [Role::AgencyHead, Role::AgencyDeputyHead];
            for (field, person, roles) in
                [("leaderId", cmd.leader_id, &leads[..]), ("handlerId", cmd.handler_id, &[Role::Handler][..])]
            {
                if parties::in_agency(work.tx, person, agency, roles, work.today()).await?.is_empty() {
                    return Err(Refusal::NotOfAgency.at(field).into());
                }
                let matter = &step.seen.matter;
                let proposed = matter.row.lead_proposer_id == person
                    || matter.cosigners().any(|c| c.person_id == person)
                    || matter.merged.iter().any(|(_, proposer)| *proposer == person);
                if proposed {
                    return Err(Refusal::ConflictOfInterest.at(field).into());
                }
            }
            if let Some(section) = cmd.section_id {
                let found = parties::organizations_by_id(work.tx, &[section]).await?;
                let fits = found.iter().any(|o| o.kind == OrganizationKind::Section && o.parent_id == Some(agency));
                if !fits {
                    return Err(Refusal::NotOfAgency.at("sectionId").into());
                }
            }
            let assignment = step.assignment();
            assignment.leader_id = Some(cmd.leader_id);
            assignment.handler_id = Some(cmd.handler_id);
            assignment.section_id = cmd.section_id;
            assignment.plan = Some(plan);
            step.finish(work, Happening::HandlingStarted, AssignmentEvent::StartHandling, None).await?;
            Ok(cmd.assignment_id)
        })
    })
    .await
}

/// Reports progress at one of the six stages.
pub async fn report_progress(cx: &Cx, cmd: ReportProgress) -> AppResult<AssignmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut step = Step::begin(work, cmd.assignment_id, SubmissionAction::ReportProgress).await?;
            next(TABLE, step.assignment().status, AssignmentEvent::ReportProgress)?;
            let rules = work.rules(&step.seen.matter.row).await?;
            let note = fields::body("note", &cmd.note, rules.set.texts.other.note)?;
            let report = progress_report::Model {
                id: work.cx.id(),
                assignment_id: cmd.assignment_id,
                stage: cmd.stage,
                note: note.clone(),
                by_id: cx.actor.user_id,
                at: work.now(),
            };
            work.insert(&step.permit, report).await?;
            step.assignment().stage = Some(cmd.stage);
            let detail = format!("{}:{note}", cmd.stage.label(domain::language::Language::Zh));
            step.finish(work, Happening::ProgressReported, AssignmentEvent::ReportProgress, Some(detail)).await?;
            Ok(cmd.assignment_id)
        })
    })
    .await
}

/// Records a contact with the proposer, who may confirm or dispute it.
pub async fn record_contact(cx: &Cx, cmd: RecordContact) -> AppResult<ContactId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut step = Step::begin(work, cmd.assignment_id, SubmissionAction::RecordContact).await?;
            next(TABLE, step.assignment().status, AssignmentEvent::RecordContact)?;
            let rules = work.rules(&step.seen.matter.row).await?;
            let limits = &rules.set.texts.other;
            if cmd.held_at > work.now() {
                return Err(Refusal::InFuture.at("heldAt").into());
            }
            plausible(legal_day(cmd.held_at)).map_err(|refusal| refusal.at("heldAt"))?;
            if cmd.participants.is_empty() {
                return Err(Refusal::Required.at("participants").into());
            }
            let contact = contact::Model {
                id: work.cx.id(),
                version: 1,
                assignment_id: cmd.assignment_id,
                submission_id: step.seen.matter.row.id,
                mode: cmd.mode,
                phase: cmd.phase,
                face_to_face: rules.set.is_face_to_face(cmd.mode),
                held_at: whole_microseconds(cmd.held_at),
                place: fields::optional("place", cmd.place.as_deref(), limits.place)?,
                participants: Strings(fields::lines(
                    "participants",
                    &cmd.participants,
                    limits.participants,
                    limits.participant,
                )?),
                summary: fields::body("summary", &cmd.summary, limits.summary)?,
                recorded_by: cx.actor.user_id,
                recorded_at: work.now(),
                confirmation: ContactConfirmation::Pending,
                confirmation_comment: None,
                answered_at: None,
            };
            let id = contact.id;
            let detail = cmd.mode.label(domain::language::Language::Zh).to_owned();
            work.insert(&step.permit, contact).await?;
            step.finish(work, Happening::ContactRecorded, AssignmentEvent::RecordContact, Some(detail)).await?;
            Ok(id)
        })
    })
    .await
}

/// Confirms or disputes a contact, by the lead proposer alone.
pub async fn answer_contact(cx: &Cx, cmd: AnswerContact) -> AppResult<ContactId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let submission = contacts::submission_of(work.tx, cmd.id).await?.ok_or(AppError::NotFound)?;
            let seen = work.see(submission).await?;
            let mut contact = contacts::get(work.tx, cmd.id).await?.ok_or(AppError::NotFound)?;
            if !seen.may(Action::ReadHandling) {
                return Err(AppError::NotFound);
            }
            let permit = crate::access::authorize(&seen, Action::Do(SubmissionAction::AnswerContact))?;
            expect_version(cmd.version, contact.version)?;
            if contact.confirmation != ContactConfirmation::Pending {
                let state = contact.confirmation;
                return Err(Refusal::WrongState {
                    state: (state.label(domain::language::Language::Zh), state.label(domain::language::Language::En)),
                    verb: SubmissionAction::AnswerContact,
                }
                .into());
            }
            let rules = work.rules(&seen.matter.row).await?;
            let comment = fields::optional("comment", cmd.comment.as_deref(), rules.set.texts.other.comment)?;
            if !cmd.confirmed && comment.is_none() {
                return Err(Refusal::CommentRequired.at("comment").into());
            }
            contact.confirmation =
                if cmd.confirmed { ContactConfirmation::Confirmed } else { ContactConfirmation::Disputed };
            contact.confirmation_comment = comment.clone();
            contact.answered_at = Some(work.now());
            work.update(&permit, &mut contact).await?;
            let happening = if cmd.confirmed { Happening::ContactConfirmed } else { Happening::ContactDisputed };
            let index = find_assignment(&seen.matter, contact.assignment_id)?;
            let mut entry = Entry::new(happening, contact.id).of(&seen.matter.assignments[index]);
            entry.detail = comment;
            work.record(&permit, &seen.matter, entry).await?;
            Ok(contact.id)
        })
    })
    .await
}

/// Sends the opinion of a co-handling agency, or the agreement of a joint lead to the common reply.
pub async fn send_opinion(cx: &Cx, cmd: SendOpinion) -> AppResult<AssignmentId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut step = Step::begin(work, cmd.assignment_id, SubmissionAction::SendOpinion).await?;
            expect_version(cmd.version, step.assignment().version)?;
            let joint_lead = step.assignment().role == AssignmentRole::Lead
                && step.seen.matter.row.mode == Some(HandlingMode::CoLead);
            let event = match step.assignment().role {
                AssignmentRole::Co => AssignmentEvent::SendOpinion,
                AssignmentRole::Lead if joint_lead => AssignmentEvent::Agree,
                _ => return Err(Refusal::NotCoHandling.into()),
            };
            next(TABLE, step.assignment().status, event)?;
            let rules = work.rules(&step.seen.matter.row).await?;
            let body = fields::body("body", &cmd.body, rules.set.texts.other.opinion)?;
            let opinion = co_opinion::Model {
                id: work.cx.id(),
                assignment_id: cmd.assignment_id,
                round: step.assignment().round,
                body,
                sent_at: work.now(),
                sent_by: cx.actor.user_id,
            };
            match work.insert(&step.permit, opinion).await {
                Err(AppError::Database(error)) if crate::db::broken(&error).is_some() => {
                    return Err(Refusal::OpinionGiven.into());
                }
                other => other?,
            }
            if event == AssignmentEvent::SendOpinion {
                step.assignment().finished_at = Some(work.now());
                clocks::finish(step.assignment(), work.today(), &rules, &*work.calendar().await?)?;
            }
            step.finish(work, Happening::OpinionSent, event, None).await?;
            Ok(cmd.assignment_id)
        })
    })
    .await
}
