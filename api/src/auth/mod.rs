//! Signing in: passwords, access tokens, refresh tokens and the brake on
//! guessing.
//!
//! Everything here is a primitive without a database and without a clock: the
//! present moment and randomness are handed in, so that the rehearsal clock
//! and the tests decide both.

pub mod blocklist;
pub mod entropy;
pub mod password;
pub mod password_policy;
pub mod refresh;
pub mod secret_file;
pub mod throttle;
pub mod token;
