//! The rules of handling suggestions and proposals (建议提案办理).
//!
//! Code map:
//! - [`vocabulary`]: the words, one enum per notion; [`ids`]: typed ids; [`language`]: languages of texts.
//! - [`actor`], [`policy`]: who may do what, in one table.
//! - [`lifecycle`]: what may follow what, one table per machine.
//! - [`refusal`], [`catalogue`]: reasons to say no, and their sentences.
//! - [`rules`]: what differs by region, as versioned data; working days and due days.
//! - [`text`]: which characters a text may hold; [`roster`]: the file of a region's bodies and people.
//! - [`appraisal`]: points and a ranking of agencies from figures.
//! - [`table`], [`ledger`]: what a region kept in spreadsheets, read with every fault, and written.
//! - [`event`]: what the trail records; [`notices`]: what leaves the house by mail or message; [`figures`]: figures
//!   with their definitions; [`files`]: which files may be attached.
//!
//! Invariant: nothing here does IO, reads a clock, draws a random number or knows a framework; optional
//! derives behind the features `db` and `graphql` are the one exception.

#[macro_use]
pub mod vocabulary;

pub mod actor;
pub mod appraisal;
pub mod catalogue;
pub mod duty;
pub mod event;
pub mod figures;
pub mod files;
pub mod ids;
pub mod language;
pub mod ledger;
pub mod lifecycle;
pub mod notices;
pub mod policy;
pub mod refusal;
pub mod roster;
pub mod rules;
pub mod table;
pub mod text;
