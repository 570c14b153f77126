//! What an operation costs by the count of the guard, told in `extensions.cost` to a client that asks for it.

use super::{document::Prepared, guard::Cost, limits::DocumentLimits};
use async_graphql::{Value, value};
use axum::http::{HeaderMap, HeaderName};

/// With the value `1` it asks for the cost.
const X_QUERY_COST: HeaderName = HeaderName::from_static("x-query-cost");

/// The request, which forgets its cost unless the headers ask for it.
pub(super) fn asked_for(headers: &HeaderMap, prepared: Prepared) -> Prepared {
    let asks = headers.get(X_QUERY_COST).is_some_and(|value| value == "1");
    Prepared { cost: prepared.cost.filter(|_| asks), ..prepared }
}

/// The cost and the limits, by the same names.
pub(super) fn told(cost: &Cost, limits: &DocumentLimits) -> Value {
    value!({
        "depth": cost.depth,
        "complexity": cost.rows,
        "pageProduct": cost.product,
        "fields": cost.fields,
        "selections": cost.selections,
        "aliases": cost.aliases,
        "directives": cost.directives,
        "rootFields": cost.roots,
        "limits": {
            "depth": limits.depth,
            "complexity": limits.page_total,
            "pageProduct": limits.page_product,
            "fields": limits.fields,
            "selections": limits.selections,
            "aliases": limits.aliases,
            "directives": limits.directives,
            "rootFields": limits.query_roots,
        },
    })
}
