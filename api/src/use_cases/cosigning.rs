//! Co-signing: the lead invites, the invited person answers himself.

use super::{fields, perform};
use crate::access::authorize;
use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::repo::parties;
use crate::repo::trail::Entry;
use domain::event::Happening;
use domain::ids::{SubmissionId, UserId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{CosignStatus, SubmissionAction};
use entity::cosignature;

/// Invite people to co-sign.
#[derive(Clone, Debug)]
pub struct InviteCosigners {
    /// Which submission.
    pub submission_id: SubmissionId,
    /// Whom.
    pub user_ids: Vec<UserId>,
}

/// Answer an invitation.
#[derive(Clone, Debug)]
pub struct AnswerCosign {
    /// Which submission.
    pub submission_id: SubmissionId,
    /// Sign or decline.
    pub accept: bool,
    /// Opinion.
    pub opinion: Option<String>,
}

/// Invites serving deputies or members of the same body; each answers for himself.
pub async fn invite(cx: &Cx, cmd: InviteCosigners) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.submission_id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::InviteCosigners))?;
            let row = seen.matter.row.clone();
            next(TABLE, row.status, SubmissionEvent::InviteCosigners)?;
            if cmd.user_ids.is_empty() {
                return Err(Refusal::Required.at("userIds").into());
            }
            let rules = work.rules(&row).await?;
            let most = usize::from(rules.set.texts.of(row.kind).cosigners);
            if seen.matter.cosignatures.len() + cmd.user_ids.len() > most {
                return Err(Refusal::TooMany { max: most }.at("userIds").into());
            }
            let positions =
                parties::proposing(work.tx, &cmd.user_ids, row.institution, row.region_id, work.today()).await?;
            for (i, user) in cmd.user_ids.iter().enumerate() {
                let field = format!("userIds.{i}");
                if cmd.user_ids[..i].contains(user) {
                    return Err(Refusal::NamedTwice(Thing::Person).at(&field).into());
                }
                let position = positions.iter().find(|p| p.person_id == *user && *user != row.lead_proposer_id);
                let Some(position) = position else { return Err(Refusal::CannotCosign.at(&field).into()) };
                if seen.matter.cosignatures.iter().any(|c| c.person_id == *user) {
                    return Err(Refusal::AlreadyInvited.at(&field).into());
                }
                let invitation = cosignature::Model {
                    id: work.cx.id(),
                    submission_id: row.id,
                    person_id: *user,
                    position_id: position.id,
                    status: CosignStatus::Invited,
                    invited_at: work.now(),
                    answered_at: None,
                    opinion: None,
                    withdrawal_agreed: None,
                };
                work.insert(&permit, invitation.clone()).await?;
                seen.matter.cosignatures.push(invitation);
            }
            work.record(&permit, &seen.matter, Entry::new(Happening::CosignersInvited, row.id)).await?;
            Ok(row.id)
        })
    })
    .await
}

/// Signs or declines, by the invited person himself.
pub async fn answer(cx: &Cx, cmd: AnswerCosign) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let cx = work.cx;
            let seen = work.see(cmd.submission_id).await?;
            let own = seen.matter.cosignatures.iter().find(|c| c.person_id == cx.actor.user_id).cloned();
            let permit = match authorize(&seen, Action::Do(SubmissionAction::AnswerCosign)) {
                Ok(permit) => permit,
                // Who has answered already is told so; who was never invited is not allowed.
                Err(AppError::Forbidden) if own.as_ref().is_some_and(|c| c.status != CosignStatus::Invited) => {
                    let state = own.as_ref().map(|c| c.status).unwrap_or(CosignStatus::Expired);
                    return Err(Refusal::WrongState {
                        state: (
                            state.label(domain::language::Language::Zh),
                            state.label(domain::language::Language::En),
                        ),
                        verb: SubmissionAction::AnswerCosign,
                    }
                    .into());
                }
                Err(other) => return Err(other),
            };
            let row = &seen.matter.row;
            next(TABLE, row.status, SubmissionEvent::AnswerCosign)?;
            let rules = work.rules(row).await?;
            let opinion = fields::optional("opinion", cmd.opinion.as_deref(), rules.set.texts.other.comment)?;
            let mut own = own.ok_or(AppError::Forbidden)?;
            own.status = if cmd.accept { CosignStatus::Accepted } else { CosignStatus::Declined };
            own.answered_at = Some(work.now());
            own.opinion = opinion.clone();
            let won = crate::repo::cosignatures::answer(work.tx, &permit, &own).await?;
            if !won {
                return Err(Refusal::Stale.into());
            }
            let happening = if cmd.accept { Happening::CosignAccepted } else { Happening::CosignDeclined };
            let mut entry = Entry::new(happening, row.id);
            entry.detail = opinion;
            work.record(&permit, &seen.matter, entry).await?;
            Ok(row.id)
        })
    })
    .await
}
