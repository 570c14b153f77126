//! What each verb really does: load, ask, decide, save; one file per family of verbs.
//!
//! Each verb is one transaction. It locks the submission, asks [`crate::access`] for a permit, asks
//! [`domain::lifecycle`] what follows, stores rows, trail and notifications, and commits. Subscribers
//! are told after the commit.

pub mod account;
pub mod advising;
pub mod appraising;
pub mod arbitrating;
pub mod assigning;
pub mod attaching;
pub mod auditing;
pub mod available;
pub mod board;
pub mod changing_duties;
pub mod changing_rules;
pub mod checking;
pub mod choosing;
pub mod cohorts;
pub mod comparing;
pub mod consulting;
pub mod cosigning;
pub mod delivering;
pub mod desk_roster;
pub mod documents;
pub mod drafting;
pub mod duty_catalogue;
pub mod extending;
pub mod feedback;
pub mod fields;
pub mod files;
pub mod finding;
pub mod grouping;
pub mod handling;
pub mod importing_calendar;
pub mod importing_ledger;
pub mod indexing;
pub mod instructing;
pub mod keeping_records;
pub mod load_roster;
pub mod meeting;
pub mod merging;
pub mod morning;
mod once;
pub mod promising;
pub mod publishing;
pub mod reading;
pub mod recomputing;
pub mod replying;
pub mod returning;
pub mod reviewing;
pub mod scoring;
pub mod showing;
pub mod sight;
pub mod signing_off;
pub mod statistics;
pub mod submitting;
pub mod supervising;
mod work;

pub use work::{Work, find_assignment, part, perform, perform_each};
