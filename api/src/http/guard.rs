//! Bounds what a GraphQL document may cost, before the engine sees it.
//!
//! The engine walks a fragment again at every spread, and does so before it compares any of its
//! own limits: a document of one kilobyte can hold a core for a minute. So the text is first
//! scanned in one linear pass (which also protects the recursive parser), and the parsed document
//! is costed with each fragment visited once.

use super::limits::DocumentLimits;
use async_graphql::{Variables, parser::types::ExecutableDocument};
use serde_json::Value;

#[path = "guard_cost.rs"]
mod cost;
#[path = "guard_scan.rs"]
mod scan;
#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;

pub use cost::{Cost, Costs};

/// Why a document is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuardRefusal {
    /// A limit is exceeded.
    TooMuch {
        /// Name of the limit.
        limit: &'static str,
        /// What the document has; counting stops early for some limits.
        value: u64,
        /// What it may have.
        max: u64,
    },
    /// A fragment spreads itself.
    FragmentCycle {
        /// Name of the fragment.
        name: String,
    },
    /// A string in the text does not end.
    UnterminatedString,
}

impl GuardRefusal {
    /// The stable error code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooMuch { .. } => super::errors::code::TOO_COMPLEX,
            Self::FragmentCycle { .. } | Self::UnterminatedString => super::errors::code::BAD_INPUT,
        }
    }

    /// The text for people, Chinese and English.
    #[must_use]
    pub fn texts(&self) -> (String, String) {
        match self {
            Self::TooMuch { limit, value, max } => (
                format!("请求过于复杂：{limit} 为 {value}，上限为 {max}。"),
                format!("The request is too complex: {limit} is {value}, at most {max}."),
            ),
            Self::FragmentCycle { name } => {
                (format!("片段 {name} 循环引用了自身。"), format!("The fragment {name} spreads itself."))
            }
            Self::UnterminatedString => {
                ("文档中有未结束的字符串。".into(), "A string in the document does not end.".into())
            }
        }
    }
}

fn within(limit: &'static str, value: u64, max: u64) -> Result<(), GuardRefusal> {
    if value > max { Err(GuardRefusal::TooMuch { limit, value, max }) } else { Ok(()) }
}

/// Checks the text, in one pass and without recursion. Must come before parsing.
///
/// # Errors
/// When the text is too long, has too many tokens or directives, nests too deep, or has a string
/// without end.
pub fn check_text(text: &str, limits: &DocumentLimits) -> Result<(), GuardRefusal> {
    within("query_bytes", text.len() as u64, limits.query_bytes)?;
    scan::scan(text, limits)
}

/// Checks the parsed document together with the variables (which may hold page sizes), and says what it costs.
///
/// # Errors
/// When a limit is exceeded or a fragment spreads itself. Undefined fragments are left to the engine.
pub fn check_document(
    document: &ExecutableDocument,
    variables: &Variables,
    limits: &DocumentLimits,
) -> Result<Costs, GuardRefusal> {
    cost::check(document, variables, limits)
}

/// Checks how deep the variables nest.
///
/// # Errors
/// When they nest deeper than allowed.
pub fn check_variables(variables: &Value, limits: &DocumentLimits) -> Result<(), GuardRefusal> {
    let max = limits.variables_depth;
    let mut stack = vec![(variables, 0_u64)];
    while let Some((value, depth)) = stack.pop() {
        match value {
            Value::Array(items) => {
                within("variables_depth", depth + 1, max)?;
                stack.extend(items.iter().map(|item| (item, depth + 1)));
            }
            Value::Object(entries) => {
                within("variables_depth", depth + 1, max)?;
                stack.extend(entries.values().map(|item| (item, depth + 1)));
            }
            _ => {}
        }
    }
    Ok(())
}
