//! What the actor is to the appraisal of an agency, or to the appraisals of a year together.

use super::relation::{Relation as R, RelationSet};
use crate::actor::Actor;
use crate::ids::{OrganizationId, RegionId};
use crate::vocabulary::{Institution, Role};

/// What the policy must know of an appraisal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppraisalFacts {
    /// In which region.
    pub region_id: RegionId,
    /// About the matters of which institution.
    pub institution: Institution,
    /// Of which agency; none for all of them together.
    pub agency_id: Option<OrganizationId>,
    /// Whether it was announced.
    pub announced: bool,
}

impl AppraisalFacts {
    /// What the actor is to it, and what it is by itself.
    pub fn relations(&self, actor: &Actor) -> RelationSet {
        let here = actor.region_id == self.region_id;
        let agency = actor.agency_id.filter(|_| here && actor.role.in_agency());
        let leads = actor.role == Role::SupervisingLeader && actor.institution == Some(self.institution);
        RelationSet::EMPTY
            .with_if(R::TransferInCharge, here && actor.role == Role::TransferOffice)
            .with_if(R::RegionGovernment, here && actor.role == Role::RegionLeader)
            .with_if(R::RegionAuditor, here && actor.role == Role::Auditor)
            .with_if(R::LedInstitution, here && leads)
            .with_if(R::FellowAgency, agency.is_some())
            .with_if(R::OwnAgency, agency.is_some() && agency == self.agency_id)
            .with_if(R::Announced, self.announced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PositionId, UserId};
    use crate::policy::{Action, decide};
    use crate::vocabulary::AppraisalAction as Verb;
    use uuid::Uuid;

    const HERE: RegionId = RegionId(Uuid::from_u128(1));
    const ABROAD: RegionId = RegionId(Uuid::from_u128(2));
    const OWN: OrganizationId = OrganizationId(Uuid::from_u128(3));
    const OTHER: OrganizationId = OrganizationId(Uuid::from_u128(4));

    fn actor(role: Role, region_id: RegionId) -> Actor {
        Actor {
            user_id: UserId(Uuid::from_u128(9)),
            position_id: PositionId(Uuid::from_u128(9)),
            role,
            organization_id: OWN,
            agency_id: role.in_agency().then_some(OWN),
            institution: Some(Institution::Congress),
            region_id,
        }
    }

    fn may(role: Role, action: Action, facts: AppraisalFacts) -> bool {
        decide(role, action, facts.relations(&actor(role, HERE)))
    }

    const fn of(agency_id: Option<OrganizationId>, announced: bool) -> AppraisalFacts {
        AppraisalFacts { region_id: HERE, institution: Institution::Congress, agency_id, announced }
    }

    #[test]
    fn who_reads_an_appraisal_and_the_ranking() {
        use Role::{AgencyDeputyHead, AgencyHead, Auditor, Liaison, RegionLeader, SupervisingLeader, TransferOffice};
        let desk = [AgencyHead, AgencyDeputyHead, Liaison];
        for role in Role::ALL {
            let above = matches!(role, TransferOffice | SupervisingLeader | RegionLeader | Auditor);
            let at_desk = desk.contains(role);
            let read = |facts| may(*role, Action::ReadAppraisal, facts);
            assert_eq!(read(of(Some(OWN), true)), above || at_desk, "{role} own");
            assert_eq!(read(of(Some(OTHER), true)), above, "{role} other");
            assert_eq!(read(of(Some(OWN), false)), *role == TransferOffice, "{role} before");
            let ranking = |facts| may(*role, Action::ReadAppraisalRanking, facts);
            assert_eq!(ranking(of(None, true)), above || at_desk, "{role} ranking");
            assert_eq!(ranking(of(None, false)), *role == TransferOffice, "{role} ranking before");
        }
    }

    #[test]
    fn the_transfer_office_counts_and_answers_and_the_agency_objects() {
        for role in Role::ALL {
            for verb in [Verb::Count, Verb::RecordFindings, Verb::Announce, Verb::AnswerObjection] {
                let found = may(*role, Action::Appraise(verb), of(Some(OWN), true));
                assert_eq!(found, *role == Role::TransferOffice, "{role} {verb}");
            }
            let objects = |facts| may(*role, Action::Appraise(Verb::Object), facts);
            assert_eq!(objects(of(Some(OWN), true)), matches!(role, Role::AgencyHead | Role::Liaison), "{role}");
            assert!(!objects(of(Some(OTHER), true)) && !objects(of(Some(OWN), false)), "{role}");
            let changes = decide(*role, Action::ChangeScoringRules, RelationSet::EMPTY);
            assert_eq!(changes, matches!(role, Role::Administrator | Role::TransferOffice), "{role}");
        }
    }

    #[test]
    fn another_region_opens_nothing_and_another_institution_nothing_to_its_leader() {
        let facts = of(Some(OWN), true);
        let actions = [Action::ReadAppraisal, Action::ReadAppraisalRanking].into_iter();
        let actions: Vec<Action> = actions.chain(Verb::ALL.iter().map(|verb| Action::Appraise(*verb))).collect();
        for role in Role::ALL {
            for action in &actions {
                assert!(!decide(*role, *action, facts.relations(&actor(*role, ABROAD))), "{role} {action:?}");
            }
        }
        let cppcc = AppraisalFacts { institution: Institution::Cppcc, ..facts };
        assert!(!may(Role::SupervisingLeader, Action::ReadAppraisal, cppcc));
        assert!(may(Role::RegionLeader, Action::ReadAppraisal, cppcc));
    }
}
