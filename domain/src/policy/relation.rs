//! What the actor is to the object, and what the object is: total facts, never unknown.

use crate::actor::Actor;
use crate::ids::{OrganizationId, RegionId, UserId};
use crate::vocabulary::{
    AssignmentRole, AssignmentStatus, Confidentiality, CosignStatus, Disclosure, Institution, Role, SubmissionStatus,
};
use std::fmt;

macro_rules! relations {
    ($($(#[$meta:meta])* $name:ident,)+) => {
        /// One fact about an actor and an object on which the permission table builds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Relation { $($(#[$meta])* $name,)+ }

        impl Relation {
            /// Every relation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

relations! {
    /// The actor, as deputy or member, is the lead proposer.
    LeadProposer,
    /// The actor, as deputy or member, is invited to co-sign and has not answered.
    InvitedCosigner,
    /// The actor, as deputy or member, has co-signed.
    Cosigner,
    /// The actor is lead proposer of a matter merged into this one.
    MergedProposer,
    /// The actor works in the congress or CPPCC office in charge of it.
    OfficeInCharge,
    /// The actor works in the transfer office of its region.
    TransferInCharge,
    /// The actor is head, deputy head or liaison of an agency to which it is released.
    AssignedAgency,
    /// The actor is the handler named in a released assignment.
    AssignedHandler,
    /// The actor is a leader of the institution that put it under supervision.
    KeySupervisor,
    /// The actor leads the government of its region.
    RegionGovernment,
    /// The actor audits its region.
    RegionAuditor,
    /// The actor is a deputy or member of the same body.
    Peer,
    /// The actor proposed or co-signed it as a person, but acts in another role now.
    OtherHat,
    /// The assignment, reply, promise or appraisal in question belongs to the actor's agency.
    OwnAgency,
    /// The actor is the handler of the assignment in question.
    OwnHandler,
    /// The actor drafted the reply in question.
    Drafter,
    /// The feedback form in question was sent to the actor.
    Respondent,
    /// The form in question is answered.
    Answered,
    /// The form in question is settled by the office.
    Settled,
    /// The instruction in question was given from the actor's own side: by a leader in the same role.
    SameSide,
    /// The request to hand back in question is or was a dispute.
    Contested,
    /// The actor, as deputy or member, asked the question at the desk.
    Asker,
    /// The actor is head, deputy head or liaison of the agency that was asked at the desk.
    AskedAgency,
    /// An office asked the question at the desk on behalf of the asker.
    OnBehalf,
    /// It was handed in at least once.
    HandedIn,
    /// It was accepted at least once.
    Accepted,
    /// It was released to agencies.
    Released,
    /// It is public by its confidentiality and may be disclosed.
    OpenText,
    /// It is restricted, and the rules with which it began mask its proposers from the actor's role.
    Masked,
    /// The appraisal is of agencies in whose region the actor works in an agency.
    FellowAgency,
    /// The appraisal is about the matters of the institution that the actor leads.
    LedInstitution,
    /// The appraisal was announced.
    Announced,
}

/// A set of relations.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RelationSet(u64);

impl RelationSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// The set of these relations.
    pub const fn of(list: &[Relation]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < list.len() {
            bits |= 1 << list[i] as u64;
            i += 1;
        }
        Self(bits)
    }

    /// Whether the relation is in the set.
    pub const fn has(self, relation: Relation) -> bool {
        self.0 & (1 << relation as u64) != 0
    }

    /// Whether every relation of the other set is in this one.
    pub const fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This set with one more relation, when the fact holds.
    #[must_use]
    pub const fn with_if(self, relation: Relation, holds: bool) -> Self {
        if holds { Self(self.0 | 1 << relation as u64) } else { self }
    }

    /// The relations in the set.
    pub fn iter(self) -> impl Iterator<Item = Relation> {
        Relation::ALL.iter().copied().filter(move |relation| self.has(*relation))
    }
}

impl fmt::Debug for RelationSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// What the policy must know of a submission.
#[derive(Clone, Debug)]
pub struct SubmissionFacts {
    /// To which institution it is addressed.
    pub institution: Institution,
    /// In which region.
    pub region_id: RegionId,
    /// Its state.
    pub status: SubmissionStatus,
    /// Whether it was ever handed in.
    pub handed_in: bool,
    /// Whether it was ever accepted.
    pub accepted: bool,
    /// How confidential it is.
    pub confidentiality: Confidentiality,
    /// Whether it may be disclosed.
    pub disclosure: Disclosure,
    /// The lead proposer.
    pub lead_proposer: UserId,
    /// Those invited to co-sign, with their answer.
    pub cosigners: Vec<(UserId, CosignStatus)>,
    /// The assignments.
    pub assignments: Vec<AssignmentFacts>,
    /// Whether it is under supervision.
    pub supervised: bool,
    /// Lead proposers of the matters merged into it.
    pub merged_proposers: Vec<UserId>,
    /// From which roles the rules with which it began mask the proposers of a restricted matter.
    pub masked_from: Vec<Role>,
}

/// What the policy must know of an assignment.
#[derive(Clone, Debug)]
pub struct AssignmentFacts {
    /// The agency.
    pub agency_id: OrganizationId,
    /// Its part.
    pub role: AssignmentRole,
    /// The state.
    pub status: AssignmentStatus,
    /// The handler, once fixed.
    pub handler_id: Option<UserId>,
}

impl SubmissionFacts {
    /// What the actor is to this submission, and what it is by itself.
    pub fn relations(&self, actor: &Actor) -> RelationSet {
        use Relation as R;
        let here = actor.region_id == self.region_id;
        let same_house = here && actor.institution == Some(self.institution);
        let proposes = actor.role.proposes_to() == Some(self.institution) && here;
        let is_lead = self.lead_proposer == actor.user_id;
        let cosign = self.cosigners.iter().find(|(user, _)| *user == actor.user_id).map(|(_, status)| *status);
        let released = |a: &&AssignmentFacts| a.status.is_released();
        let assigned = actor.role.in_agency()
            && actor.role != Role::Handler
            && self.assignments.iter().filter(released).any(|a| Some(a.agency_id) == actor.agency_id);
        let handles = actor.role == Role::Handler
            && self
                .assignments
                .iter()
                .filter(released)
                .any(|a| a.handler_id == Some(actor.user_id) && Some(a.agency_id) == actor.agency_id);
        let office = matches!(actor.role, Role::CongressOffice | Role::CppccOffice) && same_house;
        RelationSet::EMPTY
            .with_if(R::LeadProposer, proposes && is_lead)
            .with_if(R::InvitedCosigner, proposes && cosign == Some(CosignStatus::Invited))
            .with_if(R::Cosigner, proposes && cosign == Some(CosignStatus::Accepted))
            .with_if(R::MergedProposer, proposes && self.merged_proposers.contains(&actor.user_id))
            .with_if(R::OfficeInCharge, office)
            .with_if(R::TransferInCharge, actor.role == Role::TransferOffice && here)
            .with_if(R::AssignedAgency, assigned)
            .with_if(R::AssignedHandler, handles)
            .with_if(R::KeySupervisor, actor.role == Role::SupervisingLeader && same_house && self.supervised)
            .with_if(R::RegionGovernment, actor.role == Role::RegionLeader && here)
            .with_if(R::RegionAuditor, actor.role == Role::Auditor && here)
            .with_if(R::Peer, proposes && !is_lead)
            .with_if(
                R::OtherHat,
                !proposes
                    && (is_lead
                        || cosign == Some(CosignStatus::Accepted)
                        || self.merged_proposers.contains(&actor.user_id)),
            )
            .with_if(R::HandedIn, self.handed_in)
            .with_if(R::Accepted, self.accepted)
            .with_if(R::Released, self.assignments.iter().any(|a| a.status.is_released()))
            .with_if(
                R::OpenText,
                self.confidentiality == Confidentiality::Public && self.disclosure != Disclosure::NotDisclosed,
            )
            .with_if(
                R::Masked,
                self.confidentiality == Confidentiality::Restricted && self.masked_from.contains(&actor.role),
            )
    }
}

/// What the policy must know of a question at the consultation desk.
#[derive(Clone, Copy, Debug)]
pub struct ConsultationFacts {
    /// In which region.
    pub region_id: RegionId,
    /// At whose session.
    pub institution: Institution,
    /// The agency that was asked.
    pub agency_id: OrganizationId,
    /// The deputy or member who asked.
    pub asker_id: UserId,
    /// Whether an office asked on his behalf.
    pub on_behalf: bool,
}

impl ConsultationFacts {
    /// What the actor is to this question.
    pub fn relations(&self, actor: &Actor) -> RelationSet {
        use Relation as R;
        let here = actor.region_id == self.region_id;
        let proposes = here && actor.role.proposes_to() == Some(self.institution);
        let asked = actor.user_id == self.asker_id;
        let office = here
            && matches!(actor.role, Role::CongressOffice | Role::CppccOffice)
            && actor.institution == Some(self.institution);
        let agency = actor.role.in_agency() && actor.role != Role::Handler && actor.agency_id == Some(self.agency_id);
        RelationSet::EMPTY
            .with_if(R::Asker, proposes && asked)
            .with_if(R::AskedAgency, agency)
            .with_if(R::OfficeInCharge, office)
            .with_if(R::TransferInCharge, here && actor.role == Role::TransferOffice)
            .with_if(R::OnBehalf, self.on_behalf)
            .with_if(R::OtherHat, asked && !proposes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PositionId;
    use uuid::Uuid;

    fn is_masked(role: Role, confidentiality: Confidentiality, masked_from: &[Role]) -> bool {
        let id = Uuid::from_u128(1);
        let facts = SubmissionFacts {
            institution: Institution::Congress,
            region_id: RegionId(id),
            status: SubmissionStatus::Handling,
            handed_in: true,
            accepted: true,
            confidentiality,
            disclosure: Disclosure::Proactive,
            lead_proposer: UserId(id),
            cosigners: vec![],
            assignments: vec![],
            supervised: false,
            merged_proposers: vec![],
            masked_from: masked_from.to_vec(),
        };
        let actor = Actor {
            user_id: UserId(Uuid::from_u128(2)),
            position_id: PositionId(id),
            role,
            organization_id: OrganizationId(id),
            agency_id: None,
            institution: None,
            region_id: RegionId(id),
        };
        facts.relations(&actor).has(Relation::Masked)
    }

    #[test]
    fn proposers_are_masked_from_the_roles_of_the_rules_and_in_restricted_matters_alone() {
        let masked = [Role::Handler, Role::Liaison];
        for role in Role::ALL {
            let expected = masked.contains(role);
            assert_eq!(is_masked(*role, Confidentiality::Restricted, &masked), expected, "{role}");
            assert!(!is_masked(*role, Confidentiality::Restricted, &[]), "{role}");
            assert!(!is_masked(*role, Confidentiality::Public, &masked), "{role}");
            assert!(!is_masked(*role, Confidentiality::Internal, &masked), "{role}");
        }
    }
}
