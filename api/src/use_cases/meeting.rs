//! Meetings and inspections about matters (交办会、面商会、调研、考察).
//!
//! A consultation meeting is a record of its own: what counts as a contact with the proposer is the contact that the
//! handler records, because the proposer confirms or disputes that one.

use super::{fields, once, perform};
use crate::access::{Permit, Seen, authorize};
use crate::clock::whole_microseconds;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::trail::Entry;
use chrono::{DateTime, Utc};
use domain::event::Happening;
use domain::ids::{MeetingId, SubmissionId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::Refusal;
use domain::rules::legal_day::{legal_day, plausible};
use domain::vocabulary::{MeetingKind, SubmissionAction};
use entity::json::Strings;
use entity::{meeting, meeting_matter};
use std::collections::BTreeSet;

/// Record a meeting or an inspection.
#[derive(Clone, Debug, serde::Serialize)]
pub struct RecordMeeting {
    /// What kind.
    pub kind: MeetingKind,
    /// The title.
    pub title: String,
    /// When it was held.
    pub held_at: DateTime<Utc>,
    /// Where.
    pub place: Option<String>,
    /// Who took part.
    pub participants: Vec<String>,
    /// What came out of it.
    pub summary: String,
    /// The matters.
    pub submission_ids: Vec<SubmissionId>,
    /// The same key from the same person gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// The most matters of one meeting.
const MATTERS: usize = 200;
/// The most characters of a title.
const TITLE: u16 = 200;

/// Records a meeting about matters on each of which the person may; all of them, or none.
pub async fn record(cx: &Cx, cmd: RecordMeeting) -> AppResult<MeetingId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let actor = &work.cx.actor;
            if cmd.submission_ids.len() > MATTERS {
                return Err(Refusal::TooMany { max: MATTERS }.at("submissionIds").into());
            }
            // Locked in the order of ids, so that two meetings never wait for each other.
            let ids: BTreeSet<SubmissionId> = cmd.submission_ids.iter().copied().collect();
            let mut matters: Vec<(Seen, Permit)> = Vec::with_capacity(ids.len());
            for id in &ids {
                let seen = work.see(*id).await?;
                let permit = authorize(&seen, Action::Do(SubmissionAction::RecordMeeting))?;
                matters.push((seen, permit));
            }
            let Some((_, permit)) = matters.first() else {
                return Err(Refusal::Required.at("submissionIds").into());
            };
            let key = cmd.idempotency_key.as_deref();
            if let Some(first) = once::first(work, permit, "recordMeeting", key, &cmd).await? {
                return Ok(first);
            }
            for (seen, _) in &matters {
                next(TABLE, seen.matter.row.status, SubmissionEvent::RecordMeeting)?;
            }
            if cmd.held_at > work.now() {
                return Err(Refusal::InFuture.at("heldAt").into());
            }
            plausible(legal_day(cmd.held_at)).map_err(|refusal| refusal.at("heldAt"))?;
            let book = &work.cx.deps().rules;
            let rules = book.current(work.tx, actor.region_id, actor.institution, work.today()).await?;
            let limits = &rules.set.texts.other;
            let participants =
                fields::lines("participants", &cmd.participants, limits.participants, limits.participant)?;
            let row = meeting::Model {
                id: work.cx.id(),
                region_id: actor.region_id,
                kind: cmd.kind,
                title: fields::line("title", &cmd.title, TITLE)?,
                held_at: whole_microseconds(cmd.held_at),
                place: fields::optional("place", cmd.place.as_deref(), limits.place)?,
                participants: Strings(participants),
                summary: fields::body("summary", &cmd.summary, limits.summary)?,
                recorded_by: actor.user_id,
                recorded_at: work.now(),
            };
            let (id, title) = (row.id, row.title.clone());
            work.insert(permit, row).await?;
            for (seen, permit) in &matters {
                let submission_id = seen.matter.row.id;
                work.insert(permit, meeting_matter::Model { meeting_id: id, submission_id }).await?;
                let entry = Entry::new(Happening::MeetingHeld, id).because(title.clone());
                work.record(permit, &seen.matter, entry).await?;
            }
            once::remember(work, permit, "recordMeeting", key, &cmd, id).await?;
            Ok::<_, AppError>(id)
        })
    })
    .await
}
