//! All integration tests in one binary; `docs/testing.md` says how to run them and what each proves.

mod accounts;
mod architecture;
mod contract;
mod migrations;
mod schema;
mod statistics;
mod support;
