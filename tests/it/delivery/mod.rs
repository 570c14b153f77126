//! Notifications leave the house once, with no more than everybody may know, and to nobody who may not have them.

mod calls;
mod contents;
mod mail_server;
mod mails;
mod outbox;
mod recipients;
mod retries;
mod workers;

pub use outbox::{Outbox, Reaction, both, mail};
