//! Attached files: announced, received, read, taken away.
//!
//! Two kinds of files, by what one may do to the matter: whoever may change the text attaches files to it,
//! and whoever may report on a promise brings evidence for it. Nobody else brings any. A file is a promise
//! of bytes first, with their number and digest; only when exactly these have arrived does anybody else
//! see it.

use super::{Work, fields, part, perform};
use crate::access::{self, Permit, Seen, authorize, authorize_with};
use crate::cx::Cx;
use crate::error::{AppError, AppResult, Faults};
use crate::files::{Contents, Object, Payload, SignedLink, Verb};
use crate::repo::trail::Entry;
use crate::repo::{attachments, children, matter, snapshots};
use domain::event::Happening;
use domain::files::{FileType, base_name, clean_name, of_media_type};
use domain::ids::{AssignmentId, AttachmentId, SubmissionId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal};
use domain::vocabulary::{AttachmentPurpose, AttachmentState, SubmissionAction};
use entity::attachment;

/// Announce a file.
#[derive(Clone, Debug)]
pub struct RequestUpload {
    /// Which submission.
    pub submission_id: SubmissionId,
    /// Its name.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub byte_size: i32,
    /// Its SHA-256.
    pub sha256: String,
}

/// A file that was announced.
#[derive(Clone, Debug)]
pub struct Announced {
    /// The file.
    pub id: AttachmentId,
    /// Where to send it; none when its bytes are there already.
    pub upload: Option<SignedLink>,
}

/// Where a person's files belong in a matter.
struct Place {
    purpose: AttachmentPurpose,
    assignment: Option<AssignmentId>,
    permit: Permit,
}

impl Place {
    fn of(cx: &Cx, seen: &Seen) -> AppResult<Self> {
        if let Ok(permit) = authorize(seen, Action::Do(SubmissionAction::Update)) {
            return Ok(Self { purpose: AttachmentPurpose::Text, assignment: None, permit });
        }
        let report = Action::Do(SubmissionAction::ReportCommitment);
        for assignment in &seen.matter.assignments {
            if let Ok(permit) = authorize_with(seen, report, part(cx, assignment)) {
                return Ok(Self { purpose: AttachmentPurpose::Evidence, assignment: Some(assignment.id), permit });
            }
        }
        Err(AppError::Forbidden)
    }

    fn holds(&self, row: &attachment::Model) -> bool {
        self.purpose == row.purpose && self.assignment == row.assignment_id
    }

    /// Refuses when the matter takes no files now.
    async fn check(&self, work: &Work<'_>, seen: &Seen) -> AppResult<()> {
        match self.assignment {
            None => next(TABLE, seen.matter.row.status, SubmissionEvent::Update).map(drop).map_err(AppError::from),
            Some(assignment) => {
                let id = seen.matter.row.id;
                let promises = children::commitments(work.tx, &[id]).await?.remove(&id).unwrap_or_default();
                let own = promises.iter().any(|promise| promise.assignment_id == assignment);
                if own { Ok(()) } else { Err(Refusal::NothingToProve.into()) }
            }
        }
    }
}

/// Whether the person may know of a file in a matter that he sees.
///
/// What has not arrived, and evidence that no report names yet, is known to the one who brings it alone.
pub fn visible(cx: &Cx, seen: &Seen, row: &attachment::Model) -> bool {
    let own = row.uploader_id == cx.actor.user_id && row.position_id == cx.actor.position_id;
    let shown = match (row.state, row.purpose) {
        (AttachmentState::Stored, AttachmentPurpose::Text) => true,
        (AttachmentState::Stored, AttachmentPurpose::Evidence) => {
            row.commitment_id.is_some() && seen.may(Action::ReadHandling)
        }
        (AttachmentState::Pending, _) => false,
        (AttachmentState::Removed, _) => return false,
    };
    shown || own
}

/// Announces a file and says where to send it. The same file announced again is the same.
pub async fn request(cx: &Cx, cmd: RequestUpload) -> AppResult<Announced> {
    let (id, state) = perform(cx, &cmd, |work, cmd| Box::pin(request_in(work, cmd))).await?;
    let awaited = state == AttachmentState::Pending;
    Ok(Announced { id, upload: awaited.then(|| cx.link(Verb::Upload, Object::Attachment(id))) })
}

async fn request_in(work: &Work<'_>, cmd: &RequestUpload) -> AppResult<(AttachmentId, AttachmentState)> {
    let seen = work.see(cmd.submission_id).await?;
    let place = Place::of(work.cx, &seen)?;
    place.check(work, &seen).await?;
    let rules = work.rules(&seen.matter.row).await?;
    let mut faults = Faults::default();
    let limits = &rules.set.files;
    let kind = limits.of_media_type(&cmd.media_type);
    if kind.is_none() {
        faults.push(Refusal::NotAmong { allowed: limits.allowed() }.at("mediaType"));
    }
    let name = faults.take(named(&cmd.file_name, rules.set.texts.other.file_name, kind));
    if let Some(format) = kind.map(|kind| kind.format)
        && !(1..=limits.max_bytes(format)).contains(&cmd.byte_size)
    {
        faults.push(Refusal::FileSize { mebibytes: limits.mebibytes(format) }.at("byteSize"));
    }
    let digest = cmd.sha256.to_ascii_lowercase();
    if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        faults.push(Refusal::NotADigest.at("sha256"));
    }
    faults.check()?;
    let actor = &work.cx.actor;
    let row = attachment::Model {
        id: work.cx.id(),
        version: 1,
        submission_id: cmd.submission_id,
        region_id: seen.matter.row.region_id,
        assignment_id: place.assignment,
        commitment_id: None,
        purpose: place.purpose,
        state: AttachmentState::Pending,
        uploader_id: actor.user_id,
        position_id: actor.position_id,
        file_name: name,
        media_type: cmd.media_type.clone(),
        byte_size: cmd.byte_size,
        sha256: digest,
        created_at: work.now(),
        stored_at: None,
    };
    let live = attachments::live(work.tx, cmd.submission_id, place.purpose).await?;
    let here: Vec<_> = live.iter().filter(|one| place.holds(one)).collect();
    if let Some(same) = here.iter().find(|one| is_same(one, &row)) {
        return Ok((same.id, same.state));
    }
    let most = usize::from(rules.set.texts.of(seen.matter.row.kind).attachments);
    if here.len() >= most {
        return Err(Refusal::TooMany { max: most }.into());
    }
    let id = row.id;
    work.insert(&place.permit, row).await?;
    Ok((id, AttachmentState::Pending))
}

/// The name as it is kept.
fn named(name: &str, most: u16, kind: Option<&FileType>) -> Result<String, Fault> {
    let line = fields::line("fileName", base_name(name), most)?;
    match kind {
        Some(kind) => clean_name(&line, kind).ok_or_else(|| Refusal::BadFileName.at("fileName")),
        None => Ok(line),
    }
}

/// Whether two rows announce the same file by the same person.
fn is_same(one: &attachment::Model, other: &attachment::Model) -> bool {
    one.position_id == other.position_id
        && one.sha256 == other.sha256
        && one.byte_size == other.byte_size
        && one.media_type == other.media_type
        && one.file_name == other.file_name
        && one.commitment_id == other.commitment_id
}

/// The file whose bytes this person is to send, if he may still bring it.
pub async fn awaited(cx: &Cx, id: AttachmentId) -> AppResult<(attachment::Model, &'static FileType)> {
    let row = attachments::get(cx.db().reader(), id).await?.ok_or(AppError::NotFound)?;
    let seen =
        access::see(cx, cx.db().reader(), matter::load(cx.db().reader(), row.submission_id, false).await?).await?;
    let own = row.uploader_id == cx.actor.user_id && row.position_id == cx.actor.position_id;
    if !own || !Place::of(cx, &seen)?.holds(&row) {
        return Err(AppError::NotFound);
    }
    let kind = of_media_type(&row.media_type).ok_or(AppError::NotFound)?;
    Ok((row, kind))
}

/// Notes that the bytes of a file are kept; again is no fault.
pub async fn arrived(cx: &Cx, id: AttachmentId) -> AppResult<()> {
    perform(cx, &id, |work, id| {
        Box::pin(async move {
            let row = attachments::get(work.tx, *id).await?.ok_or(AppError::NotFound)?;
            let seen = work.see(row.submission_id).await?;
            let place = Place::of(work.cx, &seen)?;
            // Read again under the lock of the submission.
            let mut row = attachments::get(work.tx, *id).await?.ok_or(AppError::NotFound)?;
            if row.state == AttachmentState::Stored {
                return Ok(());
            }
            place.check(work, &seen).await?;
            row.state = AttachmentState::Stored;
            row.stored_at = Some(work.now());
            work.update(&place.permit, &mut row).await?;
            let assignment = seen.matter.assignments.iter().find(|one| Some(one.id) == row.assignment_id);
            let entry = match assignment {
                Some(assignment) => Entry::new(Happening::EvidenceUploaded, row.id).of(assignment),
                None => Entry::new(Happening::FileAttached, row.id),
            };
            work.record(&place.permit, &seen.matter, entry).await
        })
    })
    .await
}

/// The bytes of a file for somebody who may know of it.
pub async fn open(cx: &Cx, id: AttachmentId) -> AppResult<Contents> {
    let conn = cx.db().reader();
    let row = attachments::get(conn, id).await?.ok_or(AppError::NotFound)?;
    let seen = access::see(cx, conn, matter::load(conn, row.submission_id, false).await?).await?;
    if row.state != AttachmentState::Stored || !visible(cx, &seen, &row) {
        return Err(AppError::NotFound);
    }
    let stored = cx.deps().files.open(id).await.map_err(|fault| AppError::Internal(format!("{id}: {fault}")))?;
    let (length, chunks) = stored.ok_or_else(|| AppError::Internal(format!("the bytes of {id} are missing")))?;
    Ok(Contents { media_type: row.media_type, file_name: row.file_name, payload: Payload::Stream { length, chunks } })
}

/// Takes a file away that was never handed in, or that no report names; its bytes follow within a day.
pub async fn delete(cx: &Cx, id: AttachmentId) -> AppResult<SubmissionId> {
    perform(cx, &id, |work, id| {
        Box::pin(async move {
            let row = attachments::get(work.tx, *id).await?.ok_or(AppError::NotFound)?;
            let seen = work.see(row.submission_id).await?;
            let mut row = attachments::get(work.tx, *id).await?.ok_or(AppError::NotFound)?;
            if !visible(work.cx, &seen, &row) {
                return Err(AppError::NotFound);
            }
            let place = Place::of(work.cx, &seen)?;
            if !place.holds(&row) {
                return Err(AppError::Forbidden);
            }
            place.check(work, &seen).await?;
            let frozen = match snapshots::last(work.tx, row.submission_id).await? {
                Some(last) if row.purpose == AttachmentPurpose::Text => row.stored_at.is_some_and(|at| at <= last),
                _ => row.commitment_id.is_some(),
            };
            if frozen {
                return Err(Refusal::FileHandedIn.into());
            }
            row.state = AttachmentState::Removed;
            work.update(&place.permit, &mut row).await?;
            if row.stored_at.is_some() && row.purpose == AttachmentPurpose::Text {
                work.record(&place.permit, &seen.matter, Entry::new(Happening::FileRemoved, row.id)).await?;
            }
            Ok(row.submission_id)
        })
    })
    .await
}
