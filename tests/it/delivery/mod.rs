//! Notifications leave the house once, with no more than everybody may know, and to nobody who may not have them.

mod contents;
mod outbox;
mod recipients;
mod retries;
mod workers;

pub use outbox::{Outbox, Reaction, both, mail};
