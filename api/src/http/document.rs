//! From a client's parameters to a request that the engine may see: document, guard, choice of the
//! operation. The same for HTTP and for WebSockets.

use super::{
    documents::Documents,
    errors::{Problem, code},
    guard::{self, Cost},
    limits::DocumentLimits,
    params::Params,
    spec_errors::Executed,
};
use async_graphql::{
    Request, Value as ConstValue, Variables,
    parser::types::{DocumentOperations, OperationDefinition, OperationType},
};
use axum::http::StatusCode;
use serde_json::Value;

/// A request that passed the guard.
#[derive(Debug)]
pub struct Prepared {
    /// The request, parsed.
    pub request: Request,
    /// What the chosen operation is.
    pub kind: OperationType,
    /// What the chosen operation costs.
    pub cost: Option<Cost>,
    /// Raised by the engine once it executes.
    pub executed: Executed,
}

/// Finds or parses the document, guards it and chooses the operation.
///
/// # Errors
/// `TOO_COMPLEX` by the guard, `BAD_INPUT` for what is no document or names no operation, and what [`Documents::find`]
/// says of a document that is not known or not trusted.
pub fn prepare(params: Params, documents: &Documents, limits: &DocumentLimits) -> Result<Prepared, Problem> {
    let variables = Value::Object(params.variables);
    guard::check_variables(&variables, limits)?;
    let variables = Variables::from_json(variables);
    let found = documents.find(params.document, &variables, limits)?;

    let name = params.operation_name;
    let operation = chosen(&found.parsed.document.operations, name.as_deref())?;
    require_variables(operation, &variables)?;
    let kind = operation.ty;
    let cost = found.costs.of(name.as_deref());
    let executed = Executed::default();
    // The engine takes the parsed document; what it would do with the text is done.
    let mut request = Request::new(String::new()).variables(variables).data(executed.clone());
    request.set_parsed_query(found.parsed.document.clone());
    request.operation_name = name;
    Ok(Prepared { request, kind, cost, executed })
}

fn chosen<'a>(operations: &'a DocumentOperations, name: Option<&str>) -> Result<&'a OperationDefinition, Problem> {
    let found = match (operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(map), Some(name)) => map.get(name),
        (DocumentOperations::Multiple(map), None) if map.len() == 1 => map.values().next(),
        (DocumentOperations::Multiple(_), None) => {
            return Err(Problem::document(
                code::BAD_INPUT,
                "文档含有多个操作，必须给出 operationName。",
                "The document has several operations; operationName is required.",
            ));
        }
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        let name = name.unwrap_or_default();
        Problem::document(
            code::BAD_INPUT,
            format!("文档中没有名为 {name} 的操作。"),
            format!("The document has no operation named {name}."),
        )
    })
}

/// A variable that may not be null must be given. The engine forgets to ask when the argument that
/// takes it may be absent, and would run with the argument's default instead.
fn require_variables(operation: &OperationDefinition, variables: &Variables) -> Result<(), Problem> {
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let missing = match variables.get(&definition.name.node) {
            None => definition.default_value.is_none(),
            Some(value) => *value == ConstValue::Null,
        };
        if missing && !definition.var_type.node.nullable {
            let name = &definition.name.node;
            return Err(Problem::document(
                code::BAD_INPUT,
                format!("变量 ${name} 必须给出。"),
                format!("The variable ${name} is required."),
            ));
        }
    }
    Ok(())
}

/// The refusal of a mutation on a way that must not change anything.
#[must_use]
pub fn mutations_only_by_post() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        code::BAD_INPUT,
        "变更操作只能通过 POST 提交。",
        "Mutations are accepted by POST only.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::params::Asked;
    use serde_json::Map;

    fn kind(query: &str, name: Option<&str>) -> Result<OperationType, &'static str> {
        let document = Asked::Text(query.into());
        let params = Params { document, operation_name: name.map(Into::into), variables: Map::new() };
        prepare(params, &Documents::default(), &DocumentLimits::default()).map(|p| p.kind).map_err(|p| p.code)
    }

    #[test]
    fn the_operation_must_match_its_name() {
        assert_eq!(kind("{a}", None), Ok(OperationType::Query));
        assert_eq!(kind("{a}", Some("x")), Err("BAD_INPUT"));
        assert_eq!(kind("query x{a} mutation y{b}", Some("y")), Ok(OperationType::Mutation));
        assert_eq!(kind("query x{a} mutation y{b}", None), Err("BAD_INPUT"));
        assert_eq!(kind("query x{a} mutation y{b}", Some("z")), Err("BAD_INPUT"));
        assert_eq!(kind("subscription s{a}", None), Ok(OperationType::Subscription));
        assert_eq!(kind("fragment a on Q {b}", None), Err("BAD_INPUT"));
        assert_eq!(kind("", None), Err("BAD_INPUT"));
        assert_eq!(kind("{", None), Err("BAD_INPUT"));
    }
}
