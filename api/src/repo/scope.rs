//! Turns what an actor may list into a condition of the same statement.
//!
//! Each relation of the policy has its condition here; a test proves that listing by the condition and
//! deciding one by one agree.

use crate::access::Scope;
use domain::actor::Actor;
use domain::policy::{Relation, RelationSet};
use domain::vocabulary::{AssignmentStatus, Confidentiality, CosignStatus, Disclosure};
use entity::{assignment, cosignature, submission, supervision};
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// Submissions that the scope opens.
pub fn condition(scope: &Scope) -> Condition {
    opened(scope, &Place { table: Alias::new("submission"), id: Alias::new("id") })
}

/// Rows of the figures of assignments whose submission the scope opens: they hold copies of what it asks of one.
pub fn of_figures(scope: &Scope) -> Condition {
    opened(scope, &Place { table: Alias::new("assignment_figure"), id: Alias::new("submission_id") })
}

/// Where the columns of a submission are read.
struct Place {
    table: Alias,
    id: Alias,
}

impl Place {
    fn column(&self, column: submission::Column) -> Expr {
        Expr::col((self.table.clone(), column))
    }

    fn id(&self) -> Expr {
        Expr::col((self.table.clone(), self.id.clone()))
    }
}

fn opened(scope: &Scope, place: &Place) -> Condition {
    // An empty list of alternatives opens nothing: `any` without members would open everything.
    let mut any = Condition::any().add(Expr::value(false));
    for alternative in scope.alternatives() {
        any = any.add(all_of(*alternative, scope.actor(), place));
    }
    any
}

fn all_of(relations: RelationSet, actor: &Actor, place: &Place) -> Condition {
    relations.iter().fold(Condition::all(), |all, relation| all.add(one(relation, actor, place)))
}

fn one(relation: Relation, actor: &Actor, place: &Place) -> Condition {
    use submission::Column as S;
    let column = |column: S| place.column(column);
    let among = |ids: SelectStatement| place.id().in_subquery(ids);
    let here = || Condition::all().add(column(S::RegionId).eq(actor.region_id));
    let house = || match actor.institution {
        Some(institution) => here().add(column(S::Institution).eq(institution)),
        None => nothing(),
    };
    let proposing = || match actor.role.proposes_to() {
        Some(institution) => here().add(column(S::Institution).eq(institution)),
        None => nothing(),
    };
    match relation {
        Relation::LeadProposer => proposing().add(column(S::LeadProposerId).eq(actor.user_id)),
        Relation::InvitedCosigner => proposing().add(among(cosigned(actor, CosignStatus::Invited))),
        Relation::Cosigner => proposing().add(among(cosigned(actor, CosignStatus::Accepted))),
        Relation::MergedProposer => proposing().add(among(has_merged_of(actor))),
        Relation::OfficeInCharge => house(),
        Relation::TransferInCharge | Relation::RegionGovernment | Relation::RegionAuditor => here(),
        Relation::AssignedAgency => match actor.agency_id {
            Some(agency) => {
                Condition::all().add(among(assigned(|q| q.filter(assignment::Column::AgencyId.eq(agency)))))
            }
            None => nothing(),
        },
        Relation::AssignedHandler => match actor.agency_id {
            Some(agency) => Condition::all().add(among(assigned(|q| {
                q.filter(assignment::Column::AgencyId.eq(agency))
                    .filter(assignment::Column::HandlerId.eq(actor.user_id))
            }))),
            None => nothing(),
        },
        Relation::KeySupervisor => house().add(among(
            supervision::Entity::find().select_only().column(supervision::Column::SubmissionId).into_query(),
        )),
        Relation::Peer => proposing().add(column(S::LeadProposerId).ne(actor.user_id)),
        Relation::HandedIn => Condition::all().add(column(S::SubmittedAt).is_not_null()),
        Relation::Accepted => Condition::all().add(column(S::AcceptedAt).is_not_null()),
        Relation::Released => Condition::all().add(among(assigned(|q| q))),
        Relation::OpenText => Condition::all()
            .add(column(S::Confidentiality).eq(Confidentiality::Public))
            .add(column(S::Disclosure).ne(Disclosure::NotDisclosed)),
        // The rest concern parts of a submission and never open a list of submissions.
        Relation::OtherHat
        | Relation::OwnAgency
        | Relation::OwnHandler
        | Relation::SameSide
        | Relation::Contested
        | Relation::Asker
        | Relation::AskedAgency
        | Relation::OnBehalf
        | Relation::Drafter
        | Relation::Respondent
        | Relation::Answered
        | Relation::Settled
        | Relation::Masked
        | Relation::FellowAgency
        | Relation::LedInstitution
        | Relation::Announced => nothing(),
    }
}

/// Submissions that this person proposed, co-signed or had merged, in whichever hat he acts.
pub fn proposed_by(actor: &Actor) -> Condition {
    Condition::any()
        .add(submission::Column::LeadProposerId.eq(actor.user_id))
        .add(submission::Column::Id.in_subquery(cosigned(actor, CosignStatus::Accepted)))
        .add(submission::Column::Id.in_subquery(has_merged_of(actor)))
}

fn nothing() -> Condition {
    Condition::all().add(Expr::value(false))
}

fn cosigned(actor: &Actor, status: CosignStatus) -> SelectStatement {
    cosignature::Entity::find()
        .select_only()
        .column(cosignature::Column::SubmissionId)
        .filter(cosignature::Column::PersonId.eq(actor.user_id))
        .filter(cosignature::Column::Status.eq(status))
        .into_query()
}

fn has_merged_of(actor: &Actor) -> SelectStatement {
    let merged = Alias::new("merged_child");
    Query::select()
        .column((merged.clone(), submission::Column::MergedIntoId))
        .from_as(submission::Entity, merged.clone())
        .and_where(Expr::col((merged.clone(), submission::Column::LeadProposerId)).eq(actor.user_id))
        .and_where(Expr::col((merged, submission::Column::MergedIntoId)).is_not_null())
        .to_owned()
}

fn assigned(
    narrow: impl FnOnce(sea_orm::Select<assignment::Entity>) -> sea_orm::Select<assignment::Entity>,
) -> SelectStatement {
    let released = assignment::Entity::find()
        .select_only()
        .column(assignment::Column::SubmissionId)
        .filter(assignment::Column::Live.eq(true))
        .filter(assignment::Column::Status.ne(AssignmentStatus::Planned));
    narrow(released).into_query()
}
