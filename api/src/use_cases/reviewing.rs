//! The office reviews what was handed in: return, accept and number, refuse, convert, file away.

use super::drafting::{SubmissionRef, known_category};
use super::{fields, perform};
use crate::access::authorize;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{numbers, parties, search};
use domain::event::Happening;
use domain::ids::{CategoryId, OrganizationId, SubmissionId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{
    Disclosure, Institution, OrganizationKind, SubmissionAction, SubmissionKind, SubmissionStatus,
};
use entity::submission;

/// A decision with its reason.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Accept and number.
#[derive(Clone, Debug)]
pub struct AcceptSubmission {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// Category, when the office sets another.
    pub category_id: Option<CategoryId>,
    /// Disclosure, when the office sets another.
    pub disclosure: Option<Disclosure>,
    /// The transfer office; the region's own when left out.
    pub transfer_office_id: Option<OrganizationId>,
}

/// Refuse on a coded ground.
#[derive(Clone, Debug)]
pub struct RefuseSubmission {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// A code of the region's list.
    pub ground: String,
    /// Why, in words for the proposer.
    pub reason: String,
}

/// Convert to another kind.
#[derive(Clone, Debug)]
pub struct ConvertSubmission {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// The new kind.
    pub to: SubmissionKind,
    /// Why.
    pub reason: String,
}

/// Returns it to the proposer for revision; its first submission time is kept.
pub async fn return_for_revision(cx: &Cx, cmd: Reason) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::ReturnForRevision))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let before = seen.matter.row.status;
            let after = next(TABLE, before, SubmissionEvent::ReturnForRevision)?;
            let rules = work.rules(&seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            seen.matter.row.status = after;
            seen.matter.row.refusal_reason = Some(reason.clone());
            work.update(&permit, &mut seen.matter.row).await?;
            let entry =
                Entry::new(Happening::ReturnedForRevision, cmd.id).from_to(before.code(), after.code()).because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Accepts it and gives it the next case number of its institution, session and kind.
pub async fn accept(cx: &Cx, cmd: AcceptSubmission) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Accept))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let before = seen.matter.row.status;
            let after = next(TABLE, before, SubmissionEvent::Accept)?;
            if !seen.matter.row.kind.has_rules() {
                return Err(Refusal::KindWithoutRules.into());
            }
            known_category(work, cmd.category_id).await??;
            let offices =
                parties::organizations(work.tx, seen.matter.row.region_id, OrganizationKind::TransferOffice).await?;
            let transfer = match cmd.transfer_office_id {
                Some(id) => offices.iter().find(|office| office.id == id),
                None => offices.first(),
            };
            let transfer = transfer.ok_or_else(|| Refusal::NoSuch(Thing::TransferOffice).at("transferOfficeId"))?.id;
            let row = &mut seen.matter.row;
            row.status = after;
            row.category_id = cmd.category_id.or(row.category_id);
            row.disclosure = cmd.disclosure.unwrap_or(row.disclosure);
            row.office_id = Some(cx.actor.organization_id);
            row.transfer_office_id = Some(transfer);
            row.accepted_at = row.accepted_at.or(Some(work.now()));
            row.refusal_reason = None;
            if row.case_no.is_none() {
                row.case_no = Some(numbers::next(work.tx, &permit, &series(row)).await?);
            }
            work.update(&permit, row).await?;
            let number = seen.matter.row.case_no.map(|no| format!("第{no}号")).unwrap_or_default();
            let entry = Entry::new(Happening::Accepted, cmd.id).from_to(before.code(), after.code()).because(number);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// The series of case numbers to which a submission belongs.
pub(super) fn series(row: &submission::Model) -> String {
    let session = row.session_id.map_or_else(|| row.region_id.to_string(), |id| id.to_string());
    format!("{}/{session}/{}", row.institution, row.kind)
}

/// Refuses it on a ground of the region's list; the proposer is told why.
pub async fn refuse(cx: &Cx, cmd: RefuseSubmission) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Refuse))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let before = seen.matter.row.status;
            let after = next(TABLE, before, SubmissionEvent::Refuse)?;
            let rules = work.rules(&seen.matter.row).await?;
            let grounds = rules.set.grounds(seen.matter.row.institution);
            let wanted = cmd.ground.trim();
            let ground =
                grounds.iter().find(|g| g.code == wanted || g.zh == wanted || g.en == wanted).ok_or_else(|| {
                    let allowed: Vec<&str> = grounds.iter().map(|g| g.code.as_str()).collect();
                    Refusal::NotAmong { allowed: allowed.join(", ") }.at("ground")
                })?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            seen.matter.row.status = after;
            seen.matter.row.refusal_ground = Some(ground.code.clone());
            seen.matter.row.refusal_reason = Some(reason.clone());
            work.update(&permit, &mut seen.matter.row).await?;
            let entry = Entry::new(Happening::Refused, cmd.id).from_to(before.code(), after.code()).because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// The kinds to which a matter of this kind can be converted (转为社情民意、热线件).
fn convertible(from: SubmissionKind, to: SubmissionKind) -> bool {
    use SubmissionKind as K;
    matches!(
        (from, to),
        (K::Suggestion, K::HotlineTicket | K::OpinionBrief)
            | (K::Proposal, K::OpinionBrief | K::HotlineTicket)
            | (K::Motion, K::Suggestion)
    )
}

/// Converts it: a successor of the new kind takes over the text, and both name each other.
pub async fn convert(cx: &Cx, cmd: ConvertSubmission) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Convert))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let before = seen.matter.row.status;
            let after = next(TABLE, before, SubmissionEvent::Convert)?;
            if !convertible(seen.matter.row.kind, cmd.to) {
                return Err(Refusal::CannotConvert.at("to").into());
            }
            let rules = work.rules(&seen.matter.row).await?;
            let reason = fields::body("reason", &cmd.reason, rules.set.texts.other.reason)?;
            let successor = submission::Model {
                id: work.cx.id(),
                version: 1,
                kind: cmd.to,
                status: SubmissionStatus::Submitted,
                case_no: None,
                created_at: work.now(),
                office_id: Some(cx.actor.organization_id),
                converted_to_id: None,
                refusal_ground: None,
                refusal_reason: None,
                ..seen.matter.row.clone()
            };
            let successor_id = successor.id;
            work.insert(&permit, successor.clone()).await?;
            search::add_matters(work.tx, &permit, &[successor]).await?;
            seen.matter.row.status = after;
            seen.matter.row.converted_to_id = Some(successor_id);
            seen.matter.row.refusal_reason = Some(reason.clone());
            work.update(&permit, &mut seen.matter.row).await?;
            let entry = Entry::new(Happening::Converted, cmd.id).from_to(before.code(), after.code()).because(reason);
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Files a finished matter away.
pub async fn archive(cx: &Cx, cmd: SubmissionRef) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Archive))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            let before = seen.matter.row.status;
            let after = next(TABLE, before, SubmissionEvent::Archive)?;
            seen.matter.row.status = after;
            work.update(&permit, &mut seen.matter.row).await?;
            let entry = Entry::new(Happening::Archived, cmd.id).from_to(before.code(), after.code());
            work.record(&permit, &seen.matter, entry).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// The grounds on which this person's region refuses matters of an institution: code and label.
pub async fn grounds(cx: &Cx, institution: Institution) -> AppResult<Vec<(String, String)>> {
    let deps = cx.deps();
    let rules = deps.rules.current(deps.db.reader(), cx.actor.region_id, Some(institution), cx.today()).await;
    let rules = match rules {
        Ok(rules) => rules,
        // A region without rules has no grounds to show.
        Err(AppError::Unavailable) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    let label = |g: &domain::rules::rule_set::RefusalGround| cx.language().pick(g.zh.clone(), g.en.clone());
    Ok(rules.set.grounds(institution).iter().map(|g| (g.code.clone(), label(g))).collect())
}
