//! The role-based GraphQL API and its commands.
//!
//! Code map, from the outside in:
//! - [`commands`], [`wiring`], [`config`], [`telemetry`]: starting the program.
//! - [`http`]: the edge; the only code that names axum.
//! - [`app`], [`graphql`]: the schema and its resolvers, which never decide.
//! - [`use_cases`]: one function per verb: authorise, load, decide, store, in one transaction.
//! - [`access`]: the only door to the policy; [`repo`]: the only code that writes queries.
//! - [`auth`], [`bus`], [`clock`], [`cx`], [`db`], [`error`], [`rule_book`]: what all of them stand on.
//! - [`files`]: signed links, and files in and out.
//! - [`delivery`]: notifications on their way out by mail and message.
//! - [`demo`]: the stories of the demonstration.

pub mod access;
pub mod app;
pub mod audit;
pub mod auth;
pub mod bus;
pub mod clock;
pub mod clocks;
pub mod commands;
pub mod config;
pub mod cx;
pub mod db;
pub mod deadlines;
pub mod delivery;
pub mod demo;
pub mod duties;
pub mod error;
pub mod files;
pub mod graphql;
pub mod http;
pub mod printing;
pub mod repo;
pub mod rule_book;
pub mod runtime;
pub mod stage_lags;
pub mod telemetry;
pub mod use_cases;
pub mod wiring;
pub mod work;
