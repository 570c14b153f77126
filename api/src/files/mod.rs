//! Files in and out: signed links, what goes through them, and where stored files lie.
//!
//! Primitives without rules: who may have a link is decided before one is made, and again by
//! `use_cases::files` when it is used.

pub mod bucket;
pub mod contents;
pub mod link;
pub mod sniff;
pub mod store;

pub use bucket::{Bucket, BucketSettings};
pub use contents::{Broken, Chunks, Contents, Payload};
pub use link::{Holder, Link, LinkFault, Links, Object, SignedLink, Verb};
pub use store::{Directory, Draft, Store};
