//! Chinese texts of matters: how they are searched, compared, sent to agencies and checked.
//!
//! Pure functions over given texts: no IO, no clock, no randomness, the same answer every time. Offsets count
//! **characters, that is Unicode scalar values** of the text as given.

mod fold;
mod highlight;
mod query;
mod tokens;

pub use highlight::{Piece, Snippet, ranges, snippet};
pub use query::{MAX_PHRASE_TOKENS, Phrase, Query};
pub use tokens::{CHUNK_OVERLAP, CHUNK_TOKENS, Kind, Token, chunks, tokens};
