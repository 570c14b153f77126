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
use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument};
use async_graphql::{MergedObject, Request, Response, SDLExportOptions, Schema};
use std::sync::Arc;

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

/// Checks documents against the schema and runs none.
#[derive(Clone)]
pub struct Validator(AppSchema);

impl std::fmt::Debug for Validator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Validator")
    }
}

impl Default for Validator {
    fn default() -> Self {
        let schema = Schema::build(Root::default(), Mutation::default(), Subscription).register_output_type::<Node>();
        Self(schema.extension(StopBeforeExecution).disable_suggestions().finish())
    }
}

impl Validator {
    /// Whether the schema has everything that the document names, and in the right places.
    ///
    /// # Errors
    /// What the schema says of it, in English.
    pub async fn check(&self, document: &ExecutableDocument) -> Result<(), String> {
        let mut request = Request::new(String::new());
        request.set_parsed_query(document.clone());
        // All operations are checked, whichever is chosen.
        request.operation_name = match &document.operations {
            DocumentOperations::Single(_) => None,
            DocumentOperations::Multiple(operations) => operations.keys().next().map(ToString::to_string),
        };
        let answer = self.0.execute(request).await;
        answer.errors.first().map_or(Ok(()), |error| Err(error.message.clone()))
    }
}

/// Ends every operation where it would begin.
struct StopBeforeExecution;

impl ExtensionFactory for StopBeforeExecution {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for StopBeforeExecution {
    async fn execute(&self, _: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        Response::default()
    }
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
