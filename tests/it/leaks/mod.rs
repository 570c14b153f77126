//! Nothing hidden comes out: not on a nested path, in a total, in a text, in an error, in a live event.
//!
//! The rules of reading are written a second time in [`oracle`], from `docs/permissions.md` and by loops
//! over rows. Whatever the application answers is compared with it.

mod appraised;
mod desk;
mod dice;
mod guards;
mod marks;
mod model;
mod oracle;
mod paths;
mod sight;
mod stage;
mod walk;

mod closure;
mod figures;
mod found;
mod hidden;
mod live;
mod outcomes;
mod search;
mod worlds;
