//! The schema as a whole.

use super::mutation::Mutation;
use super::query::Query;
use super::query_appraisal::AppraisalQuery;
use super::query_desk::DeskQuery;
use super::query_duties::DutyQuery;
use super::query_figures::FiguresQuery;
use super::query_records::RecordsQuery;
use super::query_rules::RulesQuery;
use super::query_search::SearchQuery;
use super::query_texts::TextQuery;
use super::subscription::Subscription;
use crate::graphql::types::node::Node;
use crate::http::SpecErrors;
use async_graphql::{MergedObject, SDLExportOptions, Schema};

/// Everything that can be read (查询).
#[derive(Clone, Copy, Debug, Default, MergedObject)]
#[graphql(name = "Query")]
pub struct Root(
    Query,
    RulesQuery,
    FiguresQuery,
    RecordsQuery,
    TextQuery,
    AppraisalQuery,
    DutyQuery,
    DeskQuery,
    SearchQuery,
);

/// The schema of the product.
pub type AppSchema = Schema<Root, Mutation, Subscription>;

/// Builds the schema. What an operation may cost is judged at the edge, before the engine sees it.
pub fn build() -> AppSchema {
    Schema::build(Root::default(), Mutation::default(), Subscription)
        .register_output_type::<Node>()
        .extension(SpecErrors)
        .disable_suggestions()
        .finish()
}

/// The schema as text, always in the same order.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().use_space_ident();
    let mut text = build().sdl_with_options(options);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
