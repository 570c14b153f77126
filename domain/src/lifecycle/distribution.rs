//! Which agencies may stand together in a handling mode.

use crate::ids::OrganizationId;
use crate::refusal::{Fault, Refusal};
use crate::vocabulary::{AssignmentRole, HandlingMode};

/// Checks that the agencies fit the mode and that none stands twice.
///
/// SOLE: one lead. LEAD_WITH_CO: one lead and at least one co. SEPARATE: at least two separate.
/// CO_LEAD: at least two leads, and any number of co. The lead is never also co.
pub fn check(mode: HandlingMode, agencies: &[(OrganizationId, AssignmentRole)]) -> Result<(), Fault> {
    for (i, (agency, _)) in agencies.iter().enumerate() {
        if agencies[..i].iter().any(|(other, _)| other == agency) {
            return Err(Refusal::AgencyTwice.at(&format!("agencies.{i}.agencyId")));
        }
    }
    let count = |role: AssignmentRole| agencies.iter().filter(|(_, other)| *other == role).count();
    let (lead, co, separate) =
        (count(AssignmentRole::Lead), count(AssignmentRole::Co), count(AssignmentRole::Separate));
    let fits = match mode {
        HandlingMode::Sole => lead == 1 && co == 0 && separate == 0,
        HandlingMode::LeadWithCo => lead == 1 && co >= 1 && separate == 0,
        HandlingMode::Separate => lead == 0 && co == 0 && separate >= 2,
        HandlingMode::CoLead => lead >= 2 && separate == 0,
    };
    if fits { Ok(()) } else { Err(Refusal::ModeMismatch.at("agencies")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssignmentRole::{Co, Lead, Separate};
    use uuid::Uuid;

    fn try_mode(mode: HandlingMode, roles: &[AssignmentRole]) -> bool {
        let agencies: Vec<_> =
            roles.iter().enumerate().map(|(i, role)| (OrganizationId(Uuid::from_u128(i as u128)), *role)).collect();
        check(mode, &agencies).is_ok()
    }

    #[test]
    fn every_mode_takes_its_own_mixture_alone() {
        let mixtures: &[&[AssignmentRole]] = &[
            &[],
            &[Lead],
            &[Co],
            &[Separate],
            &[Lead, Co],
            &[Lead, Co, Co],
            &[Lead, Lead],
            &[Lead, Lead, Co],
            &[Separate, Separate],
            &[Separate, Separate, Separate],
            &[Lead, Separate],
            &[Separate, Co],
        ];
        let fitting = |mode| mixtures.iter().filter(|m| try_mode(mode, m)).map(|m| m.to_vec()).collect::<Vec<_>>();
        assert_eq!(fitting(HandlingMode::Sole), vec![vec![Lead]]);
        assert_eq!(fitting(HandlingMode::LeadWithCo), vec![vec![Lead, Co], vec![Lead, Co, Co]]);
        assert_eq!(fitting(HandlingMode::Separate), vec![vec![Separate; 2], vec![Separate; 3]]);
        assert_eq!(fitting(HandlingMode::CoLead), vec![vec![Lead, Lead], vec![Lead, Lead, Co]]);
    }

    #[test]
    fn an_agency_never_stands_twice() {
        let same = OrganizationId(Uuid::from_u128(1));
        let fault = check(HandlingMode::LeadWithCo, &[(same, Lead), (same, Co)]).unwrap_err();
        assert_eq!(fault.refusal, Refusal::AgencyTwice);
        assert_eq!(fault.field, ["agencies", "1", "agencyId"]);
    }
}
