//! Root fields of mutations: input, use case, payload.

mod account;
mod administrator;
mod agency;
mod appraisal;
mod common;
mod desk;
mod duty;
mod ledger;
mod notices;
mod office;
mod proposer;
mod records;
mod supervision;

use async_graphql::MergedObject;

/// Everything that can be done; one root field per request (操作).
#[derive(Clone, Copy, Debug, Default, MergedObject)]
pub struct Mutation(
    account::AccountMutation,
    proposer::ProposerMutation,
    office::OfficeMutation,
    agency::AgencyMutation,
    supervision::SupervisionMutation,
    common::CommonMutation,
    notices::NoticeMutation,
    administrator::AdministratorMutation,
    duty::DutyMutation,
    desk::DeskMutation,
    ledger::LedgerMutation,
    records::RecordMutation,
    appraisal::AppraisalMutation,
);
