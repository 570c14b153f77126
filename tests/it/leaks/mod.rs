//! Nothing hidden comes out: not on a nested path, in a total, in a text, in an error, in a live event.

mod found;
mod stage;
