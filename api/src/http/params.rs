//! The members of a GraphQL request, from a JSON body, a message of a WebSocket or the parameters of a URL.

use super::errors::Problem;
use serde_json::{Map, Value};

/// The members of a GraphQL request.
#[derive(Debug)]
pub struct Params {
    /// The document: its text, or by which hash it is known here.
    pub document: Asked,
    /// The operation to run.
    pub operation_name: Option<String>,
    /// The variables, an object.
    pub variables: Map<String, Value>,
}

/// Which document a request asks for.
#[derive(Debug)]
pub enum Asked {
    /// The document of this text.
    Text(String),
    /// The document that is known here by this hash of its text.
    Known {
        /// SHA-256 of the text, in hexadecimal digits; not checked yet.
        hash: String,
        /// Where the hash stood, which decides how an unknown one is answered.
        by: By,
        /// The text, when the client sent it as well; it must be the one with this hash.
        text: Option<String>,
    },
}

/// Where the hash of a document stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// In `documentId`, as GraphQL over HTTP has it.
    DocumentId,
    /// In `extensions.persistedQuery.sha256Hash`, as Apollo's clients have it.
    Extension,
}

impl Asked {
    fn new(text: Option<String>, id: Option<String>, hash: Option<String>) -> Result<Self, Problem> {
        match (text, id, hash) {
            (_, Some(_), Some(_)) => Err(Problem::bad_request(
                "documentId 与 extensions.persistedQuery 只能给出其一。",
                "Give documentId or extensions.persistedQuery, not both.",
            )),
            (text, Some(hash), None) => Ok(Self::Known { hash, by: By::DocumentId, text }),
            (text, None, Some(hash)) => Ok(Self::Known { hash, by: By::Extension, text }),
            (Some(text), None, None) => Ok(Self::Text(text)),
            (None, None, None) => Err(wrong_member("query", "字符串", "a string")),
        }
    }
}

/// The hash in `persistedQuery`, version 1, if it is there.
fn persisted_hash(extensions: &Map<String, Value>) -> Result<Option<String>, Problem> {
    let wrong = || {
        wrong_member(
            "extensions.persistedQuery",
            "含 version（1）与 sha256Hash 的对象",
            "an object with version (1) and sha256Hash",
        )
    };
    match extensions.get("persistedQuery") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => {
            match (members.get("version").and_then(Value::as_u64), members.get("sha256Hash")) {
                (Some(1), Some(Value::String(hash))) => Ok(Some(hash.clone())),
                _ => Err(wrong()),
            }
        }
        Some(_) => Err(wrong()),
    }
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
            None | Some(Value::Null) => None,
            Some(Value::String(query)) => Some(query),
            Some(_) => return Err(wrong_member("query", "字符串", "a string")),
        };
        let id = match object.remove("documentId") {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id),
            Some(_) => return Err(wrong_member("documentId", "字符串", "a string")),
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
        let hash = match object.remove("extensions") {
            None | Some(Value::Null) => None,
            Some(Value::Object(extensions)) => persisted_hash(&extensions)?,
            Some(_) => return Err(wrong_member("extensions", "对象", "an object")),
        };
        Ok(Self { document: Asked::new(query, id, hash)?, operation_name, variables })
    }

    /// Reads the parameters of a URL.
    ///
    /// # Errors
    /// 400 when they have not the right shape.
    pub fn from_url(parameters: impl IntoIterator<Item = (String, String)>) -> Result<Self, Problem> {
        let mut object = Map::new();
        for (name, text) in parameters {
            let value = match name.as_str() {
                "query" | "operationName" | "documentId" => Value::String(text),
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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

    #[test]
    fn a_document_is_asked_for_by_text_or_by_hash() {
        let asked = |value: Value| Params::from_value(value).map(|params| params.document);
        assert!(matches!(asked(json!({"query": "{a}"})), Ok(Asked::Text(text)) if text == "{a}"));
        assert!(matches!(
            asked(json!({"documentId": "ab", "query": "{a}"})),
            Ok(Asked::Known { by: By::DocumentId, text: Some(_), .. })
        ));
        let apollo = json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "ab"}}});
        assert!(matches!(asked(apollo), Ok(Asked::Known { by: By::Extension, text: None, .. })));
        for wrong in [
            json!({"documentId": 1}),
            json!({"extensions": {"persistedQuery": 1}}),
            json!({"extensions": {"persistedQuery": {"version": 1}}}),
            json!({"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "ab"}}}),
            json!({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 5}}}),
            json!({"documentId": "ab", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "ab"}}}),
        ] {
            assert_eq!(asked(wrong.clone()).unwrap_err().code, "BAD_INPUT", "{wrong}");
        }
    }
}
