//! The only door: loads what the policy must know, asks it, and hands out proofs.
//!
//! A repository writes only with a [`Permit`] and lists only with a [`Scope`]; neither can be made
//! elsewhere, so a forgotten check does not compile.

use crate::cx::{Cx, Deps};
use crate::error::{AppError, AppResult};
use crate::repo::matter::Matter;
use domain::actor::Actor;
use domain::policy::{Action, AppraisalFacts, Audience, RelationSet, decide, is_ever_granted, scope};
use domain::vocabulary::{Confidentiality, Role};
use entity::consultation;
use sea_orm::ConnectionTrait;

/// Proof that the policy allowed an action; repositories ask for it before they write.
#[derive(Debug)]
pub struct Permit(());

/// Proof of what an actor may list; repositories turn it into a condition in the same statement.
#[derive(Clone, Debug)]
pub struct Scope {
    actor: Actor,
    alternatives: Vec<RelationSet>,
}

impl Scope {
    /// Whose scope it is.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What the same actor may list of matters whose handling he may follow.
    ///
    /// A filter by something of the handling asks this as well: else it would tell what is not shown.
    #[must_use]
    pub fn following(&self) -> Self {
        list_for(&self.actor, Action::ReadHandling)
    }

    /// Any of these, each with all of its relations.
    pub fn alternatives(&self) -> &[RelationSet] {
        &self.alternatives
    }
}

/// A submission that the actor may read, with what he is to it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The submission with what the policy needs.
    pub matter: Matter,
    /// What the actor is to it.
    pub relations: RelationSet,
    role: Role,
}

impl Seen {
    /// Whether the actor may do this to it, given further relations to the part in question.
    pub fn may_with(&self, action: Action, further: RelationSet) -> bool {
        let mut all = self.relations;
        for relation in further.iter() {
            all = all.with_if(relation, true);
        }
        decide(self.role, action, all)
    }

    /// Whether the actor may do this to the submission as a whole.
    pub fn may(&self, action: Action) -> bool {
        decide(self.role, action, self.relations)
    }

    /// The audiences whose trail entries the actor may read; `with` adds relations to one agency.
    pub fn audiences(&self, with: RelationSet) -> Vec<Audience> {
        Audience::ALL.iter().copied().filter(|audience| self.may_with(Action::ReadTrail(*audience), with)).collect()
    }
}

/// A question at the consultation desk that the actor may read, with what he is to it.
#[derive(Clone, Debug)]
pub struct SeenConsultation {
    /// The question.
    pub row: consultation::Model,
    relations: RelationSet,
    role: Role,
}

/// The question as the actor may see it; what he may not know is not found.
pub fn see_consultation(actor: &Actor, row: consultation::Model) -> AppResult<SeenConsultation> {
    let relations = row.facts().relations(actor);
    match decide(actor.role, Action::ReadConsultation, relations) {
        true => Ok(SeenConsultation { row, relations, role: actor.role }),
        false => Err(AppError::NotFound),
    }
}

/// Asks for an action on a question at the consultation desk.
pub fn authorize_desk(seen: &SeenConsultation, action: Action) -> AppResult<Permit> {
    if decide(seen.role, action, seen.relations) { Ok(Permit(())) } else { Err(AppError::Forbidden) }
}

/// What the actor may list.
pub fn list(actor: &Actor) -> Scope {
    list_for(actor, Action::ReadSubmission)
}

/// The submissions of which the actor may list what this read opens.
pub fn list_for(actor: &Actor, read: Action) -> Scope {
    Scope { actor: actor.clone(), alternatives: scope(actor.role, read) }
}

/// The submission as the actor may see it; what he may not know is not found.
///
/// `conn` serves for rules that were not read yet; inside a transaction it is the transaction.
pub async fn see(cx: &Cx, conn: &impl ConnectionTrait, matter: Option<Matter>) -> AppResult<Seen> {
    see_as(cx.deps(), &cx.actor, conn, matter).await
}

/// The same for an actor who sends no request, such as the recipient of a mail.
pub async fn see_as(
    deps: &Deps,
    actor: &Actor,
    conn: &impl ConnectionTrait,
    matter: Option<Matter>,
) -> AppResult<Seen> {
    let matter = matter.ok_or(AppError::NotFound)?;
    let masked_from = masked_from(deps, conn, &matter).await?;
    let relations = matter.facts(&masked_from).relations(actor);
    if decide(actor.role, Action::ReadSubmission, relations) {
        Ok(Seen { matter, relations, role: actor.role })
    } else {
        Err(AppError::NotFound)
    }
}

/// From which roles the rules with which it began mask the proposers of a restricted matter.
///
/// The others are masked from nobody, so their rules are not asked. Before the first submission a matter
/// has no rules yet, and no agency that could see it.
async fn masked_from(deps: &Deps, conn: &impl ConnectionTrait, matter: &Matter) -> AppResult<Vec<Role>> {
    match matter.row.rule_set_id {
        Some(id) if matter.row.confidentiality == Confidentiality::Restricted => {
            Ok(deps.rules.get(conn, id).await?.set.proposer_masked_from.clone())
        }
        _ => Ok(Vec::new()),
    }
}

/// Asks for an action on a submission as a whole.
pub fn authorize(seen: &Seen, action: Action) -> AppResult<Permit> {
    authorize_with(seen, action, RelationSet::EMPTY)
}

/// Asks for an action on a part of a submission, given what the actor is to that part.
pub fn authorize_with(seen: &Seen, action: Action, further: RelationSet) -> AppResult<Permit> {
    if seen.may_with(action, further) { Ok(Permit(())) } else { Err(AppError::Forbidden) }
}

/// Asks for an action that concerns no object, such as writing a new draft.
pub fn authorize_at_large(actor: &Actor, action: Action) -> AppResult<Permit> {
    if decide(actor.role, action, RelationSet::EMPTY) { Ok(Permit(())) } else { Err(AppError::Forbidden) }
}

/// Asks for an action on the appraisal of an agency, or on those of a year together.
pub fn authorize_appraisal(actor: &Actor, action: Action, facts: &AppraisalFacts) -> AppResult<Permit> {
    if decide(actor.role, action, facts.relations(actor)) { Ok(Permit(())) } else { Err(AppError::Forbidden) }
}

/// Refuses a role that could never do this, whatever the object, before anything is loaded.
pub fn require_possible(actor: &Actor, action: Action) -> AppResult<()> {
    if is_ever_granted(actor.role, action) { Ok(()) } else { Err(AppError::Forbidden) }
}

/// The permit of a person about his own account and inbox, which needs no grant.
pub fn own_account() -> Permit {
    Permit(())
}

/// The permit of the server's own daily work, such as reminders; it moves no matter.
pub fn background_work() -> Permit {
    Permit(())
}

/// The permit of the administrator's commands that load directories before anybody can sign in.
pub fn command_line() -> Permit {
    Permit(())
}
