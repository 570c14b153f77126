//! May this actor do this? One table, evaluated without IO.

mod action;
mod appraisal;
mod relation;
mod table;

pub use action::{Action, Audience};
pub use appraisal::AppraisalFacts;
pub use relation::{AssignmentFacts, ConsultationFacts, Relation, RelationSet, SubmissionFacts};
pub use table::{FORBIDS, Forbid, GRANTS, Grant};

use crate::vocabulary::Role;

/// Whether a person in this role may do this, given all relations that hold.
///
/// Deny by default; a forbid beats every grant; rows are independent of their order.
pub fn decide(role: Role, action: Action, relations: RelationSet) -> bool {
    granted(role, action, relations) && !forbidden(role, action, relations)
}

fn granted(role: Role, action: Action, relations: RelationSet) -> bool {
    GRANTS.iter().any(|grant| {
        grant.roles.contains(&role) && grant.actions.contains(&action) && relations.has_all(RelationSet::of(grant.when))
    })
}

fn forbidden(role: Role, action: Action, relations: RelationSet) -> bool {
    FORBIDS.iter().any(|row| {
        row.roles.contains(&role)
            && row.actions.contains(&action)
            && relations.has_all(RelationSet::of(row.when))
            && !row.unless.iter().any(|exception| relations.has(*exception))
    })
}

/// Whether any grant mentions this action for this role: without one the answer is no for every object.
pub fn is_ever_granted(role: Role, action: Action) -> bool {
    GRANTS.iter().any(|grant| grant.roles.contains(&role) && grant.actions.contains(&action))
}

/// The alternatives under which a list of submissions, or of what hangs on them, opens for a role: any
/// of them, each with all of its relations. Read off the same table as [`decide`], so that lists and
/// single reads agree.
pub fn scope(role: Role, read: Action) -> Vec<RelationSet> {
    let mut alternatives: Vec<RelationSet> = Vec::new();
    for grant in GRANTS.iter().filter(|g| g.roles.contains(&role) && g.actions.contains(&read)) {
        let set = RelationSet::of(grant.when);
        if !alternatives.contains(&set) {
            alternatives.push(set);
        }
    }
    alternatives
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{DeskAction, SubmissionAction};

    #[test]
    fn no_forbid_touches_reading_a_submission_so_that_scope_and_decide_agree() {
        for row in FORBIDS {
            assert!(!row.actions.contains(&Action::ReadSubmission));
            assert!(!row.actions.contains(&Action::ReadHandling));
        }
    }

    #[test]
    fn every_verb_is_granted_to_somebody() {
        for verb in SubmissionAction::ALL {
            assert!(Role::ALL.iter().any(|role| is_ever_granted(*role, Action::Do(*verb))), "{verb}");
        }
    }

    #[test]
    fn administrators_read_no_matter_auditors_change_none_and_leaders_instruct_and_settle_disputes_alone() {
        assert!(scope(Role::Administrator, Action::ReadSubmission).is_empty());
        let may = |role: Role| -> Vec<SubmissionAction> {
            SubmissionAction::ALL.iter().copied().filter(|verb| is_ever_granted(role, Action::Do(*verb))).collect()
        };
        assert_eq!((may(Role::Auditor), may(Role::Administrator)), (vec![], vec![]));
        assert_eq!(may(Role::SupervisingLeader), [SubmissionAction::Instruct]);
        assert_eq!(may(Role::RegionLeader), [SubmissionAction::Instruct, SubmissionAction::Arbitrate]);
    }

    #[test]
    fn instructions_stay_on_their_side_and_with_those_who_carry_them_out() {
        use Relation as R;
        let read = [Action::ReadInstruction, Action::ReadTrail(Audience::Instruction)];
        for role in [Role::Representative, Role::CommitteeMember, Role::CongressOffice, Role::CppccOffice] {
            assert!(read.iter().all(|action| !is_ever_granted(role, *action)), "{role}");
        }
        let sides = [
            (Role::RegionLeader, [R::RegionGovernment, R::Released]),
            (Role::SupervisingLeader, [R::KeySupervisor, R::HandedIn]),
        ];
        for (role, relations) in sides {
            let other = RelationSet::of(&relations);
            let own = other.with_if(R::SameSide, true);
            assert!(read.iter().all(|action| decide(role, *action, own) && !decide(role, *action, other)), "{role}");
            assert!(decide(role, Action::Do(SubmissionAction::Instruct), other), "{role}");
        }
        // Nobody learns what leaders say of his own matter, whatever hat he wears.
        let all = Relation::ALL.iter().fold(RelationSet::EMPTY, |all, relation| all.with_if(*relation, true));
        for role in Role::ALL {
            assert!(read.iter().all(|action| !decide(*role, *action, all)), "{role}");
        }
    }

    #[test]
    fn everybody_reads_the_rules_and_the_administrator_alone_changes_them() {
        for role in Role::ALL {
            let may = |action| decide(*role, action, RelationSet::EMPTY);
            assert!(may(Action::ReadRules), "{role}");
            for action in [Action::ChangeRules, Action::ImportCalendar] {
                assert_eq!(may(action), *role == Role::Administrator, "{role} {action:?}");
            }
            let reads = matches!(role, Role::Administrator | Role::Auditor);
            assert_eq!(may(Action::ReadOfficeTrail), reads, "{role}");
        }
    }

    #[test]
    fn an_empty_set_of_relations_opens_nothing_of_a_matter() {
        for role in Role::ALL {
            for action in Action::all() {
                let about_a_matter = !matches!(
                    action,
                    Action::CreateDraft
                        | Action::ReadStatistics
                        | Action::ReadBehind(_)
                        | Action::ReadBoard
                        | Action::ReadQuality
                        | Action::ReadDirectory
                        | Action::ReadDeliveries
                        | Action::RetryDelivery
                        | Action::ReadRules
                        | Action::ChangeRules
                        | Action::ImportCalendar
                        | Action::ImportLedger
                        | Action::ReadOfficeTrail
                        | Action::ReadOfficeRecords
                        | Action::KeepOfficeRecords
                        | Action::ChangeScoringRules
                        | Action::Desk(DeskAction::Ask | DeskAction::AskOnBehalf | DeskAction::KeepRoster)
                        | Action::ReadDeskRoster
                        | Action::ReadDuties
                        | Action::ChangeDuties
                );
                assert!(!(about_a_matter && decide(*role, action, RelationSet::EMPTY)), "{role} {action:?}");
            }
        }
    }

    #[test]
    fn a_question_at_the_desk_is_for_the_asker_the_asked_agency_its_office_and_the_transfer_office() {
        use Relation as R;
        let reads = |role: &Role, relations: &[R]| decide(*role, Action::ReadConsultation, RelationSet::of(relations));
        for role in Role::ALL {
            assert!(!reads(role, &[]), "{role}");
            let proposer = role.proposes_to().is_some();
            assert_eq!(reads(role, &[R::Asker]), proposer, "{role}");
            let desk = role.in_agency() && *role != Role::Handler;
            assert_eq!(reads(role, &[R::AskedAgency]), desk, "{role}");
            let office = matches!(role, Role::CongressOffice | Role::CppccOffice);
            assert_eq!(reads(role, &[R::OfficeInCharge]), office, "{role}");
            assert_eq!(reads(role, &[R::TransferInCharge]), *role == Role::TransferOffice, "{role}");
            let answers = |relations: &[R]| decide(*role, Action::Desk(DeskAction::Answer), RelationSet::of(relations));
            assert_eq!(answers(&[R::AskedAgency]), *role == Role::Liaison, "{role}");
            assert!(!answers(&[R::AskedAgency, R::OtherHat]), "nobody answers himself: {role}");
            for verb in [DeskAction::Close, DeskAction::Withdraw, DeskAction::Link] {
                let may = |relations: &[R]| decide(*role, Action::Desk(verb), RelationSet::of(relations));
                assert_eq!(may(&[R::Asker]), proposer, "{role} {verb}");
                assert_eq!(may(&[R::OfficeInCharge, R::OnBehalf]), office, "{role} {verb}");
                assert!(!may(&[R::AskedAgency, R::OnBehalf, R::TransferInCharge]), "{role} {verb}");
                assert!(!may(&[R::OfficeInCharge]), "{role} {verb}");
            }
        }
    }

    #[test]
    fn everybody_reads_the_duty_catalogue_and_two_roles_change_it() {
        for role in Role::ALL {
            let may = |action| decide(*role, action, RelationSet::EMPTY);
            assert!(may(Action::ReadDuties) && may(Action::ReadDeskRoster), "{role}");
            let changes = matches!(role, Role::Administrator | Role::TransferOffice);
            assert_eq!(may(Action::ChangeDuties), changes, "{role}");
        }
    }

    /// The whole matrix as text: a change of policy is a readable diff.
    #[test]
    fn policy_matrix() {
        let mut out = String::new();
        for action in Action::all() {
            out.push_str(&format!("{action:?}\n"));
            for role in Role::ALL {
                let mut ways: Vec<String> = GRANTS
                    .iter()
                    .filter(|g| g.roles.contains(role) && g.actions.contains(&action))
                    .map(|g| format!("{:?}", g.when))
                    .collect();
                ways.sort();
                ways.dedup();
                let never: Vec<String> = FORBIDS
                    .iter()
                    .filter(|f| f.roles.contains(role) && f.actions.contains(&action))
                    .map(|f| format!("never when {:?} unless {:?}", f.when, f.unless))
                    .collect();
                if !ways.is_empty() {
                    out.push_str(&format!("  {role}: {}", ways.join(" or ")));
                    if !never.is_empty() {
                        out.push_str(&format!("; {}", never.join("; ")));
                    }
                    out.push('\n');
                }
            }
        }
        insta::assert_snapshot!(out);
    }
}
