//! The consultation desk (两会咨政室): a proposer asks an agency while a session is held, and its liaison answers.

use super::{Work, fields, once, perform};
use crate::access::{self, Permit, authorize_at_large, authorize_desk};
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::{consultations, directory, parties};
use domain::event::Happening;
use domain::ids::{ConsultationId, OrganizationId, PositionId, SubmissionId, UserId};
use domain::lifecycle::consultation::{ConsultationEvent, TABLE};
use domain::lifecycle::next;
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{ConsultationStatus, DeskAction, Institution, OrganizationKind, Role};
use entity::{consultation, consultation_answer, organization, session};
use serde::Serialize;
use std::collections::BTreeSet;

/// The most characters of a question.
const QUESTION: u16 = 1_000;
/// The most characters of an answer.
const ANSWER: u16 = 2_000;

/// Ask an agency.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// Which agency.
    pub agency_id: OrganizationId,
    /// The question.
    pub question: String,
    /// The asker's draft or submission to which it belongs.
    pub submission_id: Option<SubmissionId>,
    /// For whom an office asks; nobody when the proposer asks himself.
    pub on_behalf_of_id: Option<UserId>,
    /// The same key gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// Answer a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Which question.
    pub id: ConsultationId,
    /// The answer.
    pub text: String,
}

/// Close a question, or take it back.
#[derive(Clone, Debug)]
pub struct Finish {
    /// Which question.
    pub id: ConsultationId,
    /// The version seen.
    pub version: i32,
    /// Whether the answers settled it; nothing when it is taken back.
    pub settled: Option<bool>,
}

/// Name the submission that belongs to a question.
#[derive(Clone, Debug)]
pub struct Link {
    /// Which question.
    pub id: ConsultationId,
    /// The version seen.
    pub version: i32,
    /// Which submission.
    pub submission_id: SubmissionId,
}

const ASK: &str = "askConsultation";

/// Who asks, and at which session.
struct Asker {
    person: UserId,
    position: PositionId,
    institution: Institution,
}

/// Asks an agency, oneself or for a deputy or member who stands at the desk; its liaisons are told.
///
/// # Errors
/// A refusal when no session is held, for an agency that the region does not have, and for a text that is none;
/// `NOT_FOUND` for a submission that the person may not see.
pub async fn ask(cx: &Cx, cmd: Ask) -> AppResult<ConsultationId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let actor = &work.cx.actor;
            let verb = if cmd.on_behalf_of_id.is_some() { DeskAction::AskOnBehalf } else { DeskAction::Ask };
            let permit = authorize_at_large(actor, Action::Desk(verb))?;
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, &permit, ASK, key, cmd).await? {
                return Ok(first);
            }
            let asker = asker(work, cmd.on_behalf_of_id).await?;
            let session = open_session(work, asker.institution).await?;
            let agency = agency(work, cmd.agency_id).await?;
            let question = fields::body("question", &cmd.question, QUESTION)?;
            if let Some(id) = cmd.submission_id {
                of_asker(work, id, asker.person).await?;
            }
            let row = consultation::Model {
                id: work.cx.id(),
                version: 1,
                region_id: actor.region_id,
                institution: asker.institution,
                session_id: session.id,
                agency_id: agency.id,
                asker_id: asker.person,
                asker_position_id: asker.position,
                on_behalf: cmd.on_behalf_of_id.is_some(),
                recorded_by: actor.user_id,
                recorded_as: actor.position_id,
                question,
                submission_id: cmd.submission_id,
                status: ConsultationStatus::Asked,
                asked_at: work.now(),
                answered_at: None,
                closed_at: None,
            };
            work.insert(&permit, row.clone()).await?;
            let liaisons = parties::in_organizations(work.tx, &[agency.id], &[Role::Liaison], work.today()).await?;
            let to = liaisons.into_iter().map(|position| position.id).collect();
            work.tell_at_desk(&permit, row.id, Some((Happening::ConsultationAsked, to)));
            once::remember(work, &permit, ASK, key, cmd, row.id).await?;
            Ok(row.id)
        })
    })
    .await
}

/// Answers a question for the agency; the asker is told, and the office that asked for him.
///
/// # Errors
/// `NOT_FOUND` for a question that the person may not read, and a refusal when it is closed.
pub async fn answer(cx: &Cx, cmd: Answer) -> AppResult<ConsultationId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut row, permit) = see(work, cmd.id, DeskAction::Answer).await?;
            row.status = next(TABLE, row.status, ConsultationEvent::Answer)?;
            let answer = consultation_answer::Model {
                id: work.cx.id(),
                consultation_id: row.id,
                text: fields::body("text", &cmd.text, ANSWER)?,
                answered_by: work.cx.actor.user_id,
                answered_as: work.cx.actor.position_id,
                answered_at: work.now(),
            };
            work.insert(&permit, answer).await?;
            row.answered_at = row.answered_at.or_else(|| Some(work.now()));
            work.update(&permit, &mut row).await?;
            let mut to = BTreeSet::from([row.asker_position_id]);
            if row.on_behalf {
                to.insert(row.recorded_as);
            }
            work.tell_at_desk(&permit, row.id, Some((Happening::ConsultationAnswered, to)));
            Ok(row.id)
        })
    })
    .await
}

/// Closes a question, settled or not, or takes it back before any answer.
///
/// # Errors
/// `NOT_FOUND` for a question that the person may not read, `CONFLICT`, and a refusal where its state is another.
pub async fn finish(cx: &Cx, cmd: Finish) -> AppResult<ConsultationId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (verb, event) = match cmd.settled {
                Some(true) => (DeskAction::Close, ConsultationEvent::Settle),
                Some(false) => (DeskAction::Close, ConsultationEvent::LeaveUnsettled),
                None => (DeskAction::Withdraw, ConsultationEvent::Withdraw),
            };
            let (mut row, permit) = see(work, cmd.id, verb).await?;
            expect_version(cmd.version, row.version)?;
            row.status = next(TABLE, row.status, event)?;
            row.closed_at = Some(work.now());
            work.update(&permit, &mut row).await?;
            work.tell_at_desk(&permit, row.id, None);
            Ok(row.id)
        })
    })
    .await
}

/// Names the asker's submission that came of a question, or another one in its place.
///
/// # Errors
/// As [`finish`], `NOT_FOUND` for a submission that the person may not see, and a refusal for one of somebody else.
pub async fn link(cx: &Cx, cmd: Link) -> AppResult<ConsultationId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let (mut row, permit) = see(work, cmd.id, DeskAction::Link).await?;
            expect_version(cmd.version, row.version)?;
            row.status = next(TABLE, row.status, ConsultationEvent::Link)?;
            of_asker(work, cmd.submission_id, row.asker_id).await?;
            row.submission_id = Some(cmd.submission_id);
            work.update(&permit, &mut row).await?;
            work.tell_at_desk(&permit, row.id, None);
            Ok(row.id)
        })
    })
    .await
}

async fn see(work: &Work<'_>, id: ConsultationId, verb: DeskAction) -> AppResult<(consultation::Model, Permit)> {
    let found = consultations::locked(work.tx, id).await?.ok_or(AppError::NotFound)?;
    let seen = access::see_consultation(&work.cx.actor, found)?;
    let permit = authorize_desk(&seen, Action::Desk(verb))?;
    Ok((seen.row, permit))
}

/// The person himself, or the one for whom the office asks.
async fn asker(work: &Work<'_>, on_behalf_of: Option<UserId>) -> AppResult<Asker> {
    let actor = &work.cx.actor;
    let institution = actor.institution.ok_or(AppError::Forbidden)?;
    let Some(person) = on_behalf_of else {
        return Ok(Asker { person: actor.user_id, position: actor.position_id, institution });
    };
    let held = parties::proposing(work.tx, &[person], institution, actor.region_id, work.today()).await?;
    let position = held.first().ok_or_else(|| Refusal::NoSuch(Thing::Person).at("onBehalfOfId"))?.id;
    Ok(Asker { person, position, institution })
}

async fn open_session(work: &Work<'_>, institution: Institution) -> AppResult<session::Model> {
    let today = work.today();
    let all = directory::sessions_of_region(work.tx, work.cx.actor.region_id, Some(institution)).await?;
    let held = all.into_iter().find(|session| session.opens_on <= today && today <= session.closes_on);
    Ok(held.ok_or(Refusal::DeskClosed)?)
}

/// The agency of the person's own region.
pub(super) async fn agency(work: &Work<'_>, id: OrganizationId) -> AppResult<organization::Model> {
    let found = directory::organizations(work.tx, &[id]).await?.remove(&id);
    let here = work.cx.actor.region_id;
    let found = found.filter(|body| body.region_id == here && body.kind == OrganizationKind::Agency);
    Ok(found.ok_or_else(|| Refusal::NoSuch(Thing::Agency).at("agencyId"))?)
}

/// Refuses a submission that the person may not see, or of which the asker is not the lead proposer.
async fn of_asker(work: &Work<'_>, id: SubmissionId, asker: UserId) -> AppResult<()> {
    let seen = work.see(id).await?;
    match seen.matter.row.lead_proposer_id == asker {
        true => Ok(()),
        false => Err(Refusal::NotOfAsker.at("submissionId").into()),
    }
}
