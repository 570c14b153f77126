//! All integration tests in one binary; `docs/testing.md` says how to run them and what each proves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say so at once")]

mod accounts;
mod architecture;
mod audit;
mod bad_input;
mod budgets;
mod contract;
mod delivery;
mod documents;
mod duties;
mod edge;
mod files;
mod leaks;
mod masking;
mod migrations;
mod permissions;
mod portfolios;
mod races;
mod refusals;
mod schema;
mod statistics;
mod stories;
mod support;
mod walks;
mod work;
