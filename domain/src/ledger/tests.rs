//! A ledger in memory: what is understood, what is a fault, and that writing and reading agree.

mod faults;
mod spellings;
mod stage;
mod whole;
