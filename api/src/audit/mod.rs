//! What is sealed of an entry of the trails, and how: the bytes, the hash and the signature.
//!
//! Pure arithmetic without a database. Whoever has an export and knows this file can verify it; docs/audit.md says the
//! same in words. A change here is a new format with a new name, because sealed hashes never change.

mod entry;
mod key;

pub use entry::{Kind, START, Sealed, link};
pub use key::{AuditKey, Checkpoint, CheckpointFault, key_from};
