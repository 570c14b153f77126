//! Signing in and out, and staying signed in.
//!
//! An access token says who signed in and in which session; whether the session is open, the account
//! enabled and the position held is looked up at each request, so that revoking works at once. A token
//! acts in exactly one position. Refresh tokens work once; presenting one twice means that a copy
//! exists, and ends the session with all its tokens.

mod authenticate;
mod brake;
mod holder;
mod password;
mod refresh;
mod session;
mod sign_in;
mod sign_out;
mod switch;

pub use authenticate::{authenticate, by_link, still_valid};
pub use brake::network;
pub use holder::holder;
pub use password::change_password;
pub use refresh::refresh;
pub use session::{SignedIn, is_held};
pub use sign_in::{SignIn, sign_in};
pub use sign_out::sign_out;
pub use switch::switch_position;
