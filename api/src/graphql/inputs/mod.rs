//! Inputs of mutations: they read ids and become the commands of use cases; texts are checked there.

pub mod administrator;
pub mod agency;
pub mod appraisal;
pub mod common;
pub mod desk;
pub mod duty;
pub mod filters;
pub mod ledger;
pub mod office;
pub mod proposer;
pub mod records;
pub mod supervision;
