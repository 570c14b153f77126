//! The GraphQL schema: the only code besides the edge that names async-graphql.
//!
//! Resolvers map and never decide: rights are asked of [`crate::access`], verbs are in
//! [`crate::use_cases`]. Doc comments of types, fields and values are the user's manual.

pub mod connection;
pub mod context;
pub mod error;
pub mod inputs;
pub mod loaders;
pub mod mutation;
pub mod payloads;
pub mod query;
pub mod query_appraisal;
pub mod query_desk;
pub mod query_duties;
pub mod query_figures;
pub mod query_records;
pub mod query_rules;
pub mod query_search;
pub mod query_texts;
pub mod scalars;
pub mod schema;
pub mod subscription;
pub mod types;
