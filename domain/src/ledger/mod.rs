//! The ledger (台账): reading what a region kept of its matters in spreadsheets, and writing it.
//!
//! Code map:
//! - [`Column`]: the columns and the header words that mean them; [`LedgerLine`]: one matter.
//! - [`read()`]: tables to lines and faults; [`Context`]: what must be known of the region; [`Agencies`]: names.
//! - [`Fault`]: what is wrong and where; its sentences stand in the catalogue.
//! - [`Fingerprint`]: what makes a line the same matter in every file; [`Reading::compare`] with those stored.
//! - [`header_row`], [`row_of`]: lines to rows. What is written reads back equal.
//!
//! Every fault is found at once, so that a clerk mends a file once. A name of a proposer that nobody knows is
//! no fault: deputies of earlier terms have no account. A formula is text like any other.
//!
//! Deliberately absent: opening files (crate `sheets`), storing lines, and guessing at what is missing.

mod agencies;
mod build;
mod cells;
mod checks;
mod collective;
mod columns;
mod dates;
mod fault;
mod fold;
mod header;
mod line;
mod outcomes;
mod read;
mod session;
mod words;
mod write;

pub use agencies::Agencies;
pub use collective::collective;
pub use columns::Column;
pub use dates::{MOST, YEARS};
pub use fault::{Fault, FaultKind};
pub use line::{Fingerprint, LedgerLine, LedgerOutcome};
pub use read::{Context, ReadLine, Reading, SkippedLine, UnreadColumn, read};
pub use session::SessionName;
pub use write::{header_row, row_of};

#[cfg(test)]
mod tests;
