//! The only code that writes queries.
//!
//! Reads take any connection, writes take the transaction and a [`crate::access::Permit`]; lists take
//! a [`crate::access::Scope`]. Deliberately absent: judgement; a repository never decides.

pub mod accounts;
pub mod assignments;
pub mod attachments;
pub mod board;
pub mod calendar;
pub mod children;
pub mod commitments;
pub mod contacts;
pub mod cosignatures;
pub mod deliveries;
pub mod directory;
pub mod drafts;
pub mod due_days;
pub mod duties;
pub mod feedbacks;
pub mod finding;
pub mod idempotency;
pub mod instructions;
pub mod intake;
pub mod jobs;
pub mod ledger;
pub mod matter;
pub mod meetings;
pub mod morning;
pub mod notifications;
pub mod numbers;
pub mod office_trail;
pub mod pace;
pub mod page;
pub mod pairs;
pub mod parties;
pub mod portfolios;
pub mod precedents;
pub mod preferences;
pub mod published;
pub mod recipients;
pub mod reminders;
pub mod replies;
pub mod requests;
pub mod roster;
pub mod rules;
pub mod save;
pub mod scope;
pub mod search;
pub mod snapshots;
pub mod statistics;
pub mod submissions;
pub mod supervisions;
pub mod timeline;
pub mod trail;
