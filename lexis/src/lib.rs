//! Chinese texts of matters: how they are searched, compared, sent to agencies and checked.
//!
//! Pure functions over given texts: no IO, no clock, no randomness, the same answer every time. Offsets count
//! **characters, that is Unicode scalar values** of the text as given.

pub mod checks;
mod fold;
mod grams;
mod highlight;
mod query;
pub mod routing;
pub mod similar;
mod tokens;
pub mod topics;

pub use highlight::{Piece, Snippet, ranges, snippet};
pub use query::{MAX_PHRASE_TOKENS, Phrase, Query};
pub use tokens::{CHUNK_OVERLAP, CHUNK_TOKENS, Kind, Token, chunks, tokens};
