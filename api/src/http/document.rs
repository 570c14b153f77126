//! From a client's JSON to a request that the engine may see: shape, guard, parsing, choice of the
//! operation. The same for HTTP and for WebSockets.

use super::{
    errors::{Problem, code},
    guard,
    limits::DocumentLimits,
    spec_errors::Executed,
};
use async_graphql::{
    Request, Value as ConstValue, Variables,
    parser::types::{DocumentOperations, OperationDefinition, OperationType},
};
use axum::http::StatusCode;
use serde_json::{Map, Value};

/// The members of a GraphQL request.
#[derive(Debug)]
pub struct Params {
    /// The document's text.
    pub query: String,
    /// The operation to run.
    pub operation_name: Option<String>,
    /// The variables, an object.
    pub variables: Map<String, Value>,
}

/// A request that passed the guard.
#[derive(Debug)]
pub struct Prepared {
    /// The request, parsed.
    pub request: Request,
    /// What the chosen operation is.
    pub kind: OperationType,
    /// Raised by the engine once it executes.
    pub executed: Executed,
}

impl Params {
    /// Reads a JSON body.
    ///
    /// # Errors
    /// 400 when it is not a JSON object of the right shape; batches are refused.
    pub fn from_body(bytes: &[u8]) -> Result<Self, Problem> {
        // The parser's own text may quote the body; where it failed is all a client needs.
        let value = serde_json::from_slice::<Value>(bytes).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Problem::bad_request(
                format!("请求体不是合法的 JSON（第 {line} 行第 {column} 列）。"),
                format!("The request body is not valid JSON (line {line}, column {column})."),
            )
        })?;
        Self::from_value(value)
    }

    /// Reads a JSON value.
    ///
    /// # Errors
    /// 400 when it is not an object of the right shape.
    pub fn from_value(value: Value) -> Result<Self, Problem> {
        let mut object = match value {
            Value::Object(object) => object,
            Value::Array(_) => {
                return Err(Problem::bad_request("不支持批量请求。", "Batches are not supported."));
            }
            _ => {
                return Err(Problem::bad_request(
                    "请求体必须是 JSON 对象。",
                    "The request body must be a JSON object.",
                ));
            }
        };
        let query = match object.remove("query") {
            Some(Value::String(query)) => query,
            _ => return Err(wrong_member("query", "字符串", "a string")),
        };
        let operation_name = match object.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            Some(_) => return Err(wrong_member("operationName", "字符串", "a string")),
        };
        let variables = match object.remove("variables") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(variables)) => variables,
            Some(_) => return Err(wrong_member("variables", "对象", "an object")),
        };
        match object.remove("extensions") {
            None | Some(Value::Null | Value::Object(_)) => {}
            Some(_) => return Err(wrong_member("extensions", "对象", "an object")),
        }
        Ok(Self { query, operation_name, variables })
    }

    /// Reads the parameters of a URL.
    ///
    /// # Errors
    /// 400 when they have not the right shape.
    pub fn from_url(parameters: impl IntoIterator<Item = (String, String)>) -> Result<Self, Problem> {
        let mut object = Map::new();
        for (name, text) in parameters {
            let value = match name.as_str() {
                "query" | "operationName" => Value::String(text),
                "variables" | "extensions" if text.is_empty() => Value::Null,
                "variables" | "extensions" => {
                    serde_json::from_str(&text).map_err(|_| wrong_member(&name, "JSON 对象", "a JSON object"))?
                }
                _ => continue,
            };
            if object.insert(name, value).is_some() {
                return Err(Problem::bad_request("URL 参数重复。", "A URL parameter is given twice."));
            }
        }
        Self::from_value(Value::Object(object))
    }
}

fn wrong_member(name: &str, zh: &str, en: &str) -> Problem {
    Problem::bad_request(format!("{name} 必须是{zh}。"), format!("{name} must be {en}."))
}

/// Guards, parses and chooses the operation.
///
/// # Errors
/// `TOO_COMPLEX` by the guard, `BAD_INPUT` for what is no document or names no operation.
pub fn prepare(params: Params, limits: &DocumentLimits) -> Result<Prepared, Problem> {
    guard::check_text(&params.query, limits)?;
    let variables = Value::Object(params.variables);
    guard::check_variables(&variables, limits)?;

    let executed = Executed::default();
    let mut request = Request::new(params.query).variables(Variables::from_json(variables)).data(executed.clone());
    request.operation_name = params.operation_name;
    // The parser's text is about the caller's own document.
    if let Err(error) = request.parsed_query() {
        return Err(Problem::document(code::BAD_INPUT, format!("文档语法错误：{}", error.message), error.message));
    }
    let variables = std::mem::take(&mut request.variables);
    let name = request.operation_name.take();
    let document =
        request.parsed_query().map_err(|error| Problem::document(code::BAD_INPUT, "文档语法错误。", error.message))?;
    guard::check_document(document, &variables, limits)?;
    let operation = chosen(&document.operations, name.as_deref())?;
    require_variables(operation, &variables)?;
    let kind = operation.ty;
    request.variables = variables;
    request.operation_name = name;
    Ok(Prepared { request, kind, executed })
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
    use serde_json::json;

    fn kind(query: &str, name: Option<&str>) -> Result<OperationType, &'static str> {
        let params = Params { query: query.into(), operation_name: name.map(Into::into), variables: Map::new() };
        prepare(params, &DocumentLimits::default()).map(|p| p.kind).map_err(|p| p.code)
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

    #[test]
    fn members_must_have_the_right_shape() {
        for wrong in [
            json!(1),
            json!([{"query": "{a}"}]),
            json!({}),
            json!({"query": 1}),
            json!({"query": "{a}", "variables": []}),
            json!({"query": "{a}", "operationName": 1}),
            json!({"query": "{a}", "extensions": "x"}),
        ] {
            assert_eq!(Params::from_value(wrong.clone()).unwrap_err().code, "BAD_INPUT", "{wrong}");
        }
        Params::from_value(
            json!({"query": "{a}", "variables": null, "operationName": null, "extensions": null, "id": 1}),
        )
        .unwrap();
    }
}
