//! Sealing the trails, and finding out whether what was sealed is still there.

mod export;
mod fault;
mod seal;
mod verify;

pub use export::{Line, export};
pub use fault::{Fault, Wrong};
pub use seal::{seal, sign};
pub use verify::{Asked, Verdict, verify};

/// How many links are read or written at a time.
const BATCH: u64 = 500;
