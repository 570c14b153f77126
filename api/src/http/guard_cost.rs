//! The memoised cost of a parsed document: every fragment is visited once, sums saturate.

use super::{GuardRefusal, within};
use crate::http::limits::DocumentLimits;
use async_graphql::{
    Name, Value as ConstValue, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet},
};
use std::collections::HashMap;

/// Levels of selection sets, fragments and inline fragments that the walk enters; it recurses, and
/// so does the engine (which stops at 32).
const MAX_LEVELS: u64 = 64;

/// Fields of the type system that are lists and lead back into it.
const INTROSPECTION_LISTS: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];

/// What a selection set costs with all fragments spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Selections of any kind.
    pub selections: u64,
    /// Fields.
    pub fields: u64,
    /// Aliases.
    pub aliases: u64,
    /// Directives.
    pub directives: u64,
    /// Fields inside fields.
    pub depth: u64,
    /// Fields at the top of the set, without `__typename`.
    pub roots: u64,
    /// Largest product of page sizes along one path.
    pub product: u64,
    /// Rows over all paths.
    pub rows: u64,
    /// Lists of the type system inside each other.
    lists: u64,
    /// Whether the set selects `edges` or `nodes`, which makes its parent a connection.
    connection: bool,
}

/// What the operations of a document cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// How many selections were visited, so that tests can prove that the work is linear.
    pub visited: u64,
    /// The cost of each operation, by its name if it has one.
    operations: Vec<(Option<Name>, Cost)>,
    /// Whether the same holds for any variables: no page size is one.
    pub fixed: bool,
}

impl Costs {
    /// The cost of the operation with this name; without one, of the only operation.
    #[must_use]
    pub fn of(&self, name: Option<&str>) -> Option<Cost> {
        let fits = |own: &Option<Name>| name.is_none() || own.as_deref() == name;
        self.operations.iter().find(|(own, _)| fits(own)).map(|(_, cost)| *cost)
    }
}

impl Cost {
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.fields = self.fields.saturating_add(other.fields);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.roots = self.roots.saturating_add(other.roots);
        self.rows = self.rows.saturating_add(other.rows);
        self.depth = self.depth.max(other.depth);
        self.product = self.product.max(other.product);
        self.lists = self.lists.max(other.lists);
        self.connection |= other.connection;
    }

    fn check(&self, limits: &DocumentLimits) -> Result<(), GuardRefusal> {
        within("depth", self.depth, limits.depth)?;
        within("fields", self.fields, limits.fields)?;
        within("selections", self.selections, limits.selections)?;
        within("aliases", self.aliases, limits.aliases)?;
        within("directives", self.directives, limits.directives)?;
        within("page_product", self.product, limits.page_product)?;
        within("page_total", self.rows, limits.page_total)
    }
}

pub(super) fn check(
    document: &ExecutableDocument,
    variables: &Variables,
    limits: &DocumentLimits,
) -> Result<Costs, GuardRefusal> {
    within("fragments", document.fragments.len() as u64, limits.fragments)?;
    within("operations", document.operations.iter().len() as u64, limits.operations)?;
    let mut costs = Costs { visited: 0, operations: Vec::new(), fixed: true };
    let mut reached = Vec::new();
    for (name, operation) in document.operations.iter() {
        let operation = &operation.node;
        let mut walk = Walk::new(document, variables, limits, Some(operation));
        let mut cost = walk.set(&operation.selection_set.node, 1)?;
        cost.directives = cost.directives.saturating_add(operation.directives.len() as u64);
        cost.check(limits)?;
        let (limit, max) = match operation.ty {
            OperationType::Query => ("query_roots", limits.query_roots),
            OperationType::Mutation | OperationType::Subscription => ("effect_roots", limits.effect_roots),
        };
        within(limit, cost.roots, max)?;
        costs.visited += walk.visited;
        costs.fixed &= walk.fixed;
        costs.operations.push((name.cloned(), cost));
        reached.extend(walk.memo.into_keys());
    }
    // The engine validates fragments that no operation spreads as well.
    let mut walk = Walk::new(document, variables, limits, None);
    for (name, fragment) in &document.fragments {
        if !reached.contains(&name.as_str()) {
            walk.fragment(name, &fragment.node.selection_set.node, 1)?.check(limits)?;
        }
    }
    costs.visited += walk.visited;
    costs.fixed &= walk.fixed;
    Ok(costs)
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    defaults: HashMap<&'a str, &'a ConstValue>,
    limits: &'a DocumentLimits,
    /// Cost of each fragment; `None` while it is being computed, so that a cycle shows.
    memo: HashMap<&'a str, Option<Cost>>,
    visited: u64,
    /// Whether no page size was a variable.
    fixed: bool,
}

impl<'a> Walk<'a> {
    fn new(
        document: &'a ExecutableDocument,
        variables: &'a Variables,
        limits: &'a DocumentLimits,
        operation: Option<&'a OperationDefinition>,
    ) -> Self {
        let definitions = operation.map(|o| o.variable_definitions.as_slice()).unwrap_or_default();
        let defaults = definitions
            .iter()
            .filter_map(|d| Some((d.node.name.node.as_str(), &d.node.default_value.as_ref()?.node)))
            .collect();
        Self { document, variables, defaults, limits, memo: HashMap::new(), visited: 0, fixed: true }
    }

    fn set(&mut self, set: &'a SelectionSet, level: u64) -> Result<Cost, GuardRefusal> {
        within("levels", level, MAX_LEVELS)?;
        let mut total = Cost::default();
        for selection in &set.items {
            self.visited += 1;
            let mut cost = match &selection.node {
                Selection::Field(field) => self.field(&field.node, level)?,
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node, level + 1)?,
                Selection::FragmentSpread(spread) => {
                    let document = self.document;
                    match document.fragments.get_key_value(&spread.node.fragment_name.node) {
                        Some((name, fragment)) => self.fragment(name, &fragment.node.selection_set.node, level + 1)?,
                        None => Cost::default(),
                    }
                }
            };
            cost.selections = cost.selections.saturating_add(1);
            cost.directives = cost.directives.saturating_add(selection.node.directives().len() as u64);
            total.add(cost);
        }
        Ok(total)
    }

    fn fragment(&mut self, name: &'a Name, set: &'a SelectionSet, level: u64) -> Result<Cost, GuardRefusal> {
        match self.memo.get(name.as_str()) {
            Some(Some(cost)) => Ok(*cost),
            Some(None) => Err(GuardRefusal::FragmentCycle { name: name.to_string() }),
            None => {
                self.memo.insert(name.as_str(), None);
                let cost = self.set(set, level)?;
                self.memo.insert(name.as_str(), Some(cost));
                Ok(cost)
            }
        }
    }

    fn field(&mut self, field: &'a Field, level: u64) -> Result<Cost, GuardRefusal> {
        let name = field.name.node.as_str();
        let inner = self.set(&field.selection_set.node, level + 1)?;
        if matches!(name, "__schema" | "__type") {
            within("introspection_lists", inner.lists, self.limits.introspection_lists)?;
        }
        let asked = self.page_size(field);
        let (product, rows) = if inner.connection || asked.is_some() {
            let page = asked.unwrap_or(self.limits.page_default);
            (page.saturating_mul(inner.product.max(1)), page.saturating_mul(inner.rows.saturating_add(1)))
        } else {
            (inner.product, inner.rows)
        };
        Ok(Cost {
            selections: inner.selections,
            fields: inner.fields.saturating_add(1),
            aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
            directives: inner.directives,
            depth: inner.depth.saturating_add(1),
            roots: u64::from(name != "__typename"),
            product,
            rows,
            lists: inner.lists.saturating_add(u64::from(INTROSPECTION_LISTS.contains(&name))),
            connection: matches!(name, "edges" | "nodes"),
        })
    }

    /// The larger of `first` and `last`, as far as they are given; at most what resolvers grant,
    /// because they refuse more by themselves and with a better message.
    fn page_size(&mut self, field: &Field) -> Option<u64> {
        ["first", "last"]
            .into_iter()
            .filter_map(|name| self.number(field, name))
            .max()
            .map(|size| size.clamp(1, self.limits.page_max))
    }

    fn number(&mut self, field: &Field, argument: &str) -> Option<u64> {
        let mut asked = false;
        let value = field.get_argument(argument)?.node.clone().into_const_with(|name| {
            asked = true;
            let given = self.variables.get(&name).or_else(|| self.defaults.get(name.as_str()).copied());
            given.cloned().ok_or(())
        });
        self.fixed &= !asked;
        match value {
            Ok(ConstValue::Number(number)) => Some(size(&number)),
            _ => None,
        }
    }
}

fn size(number: &async_graphql::Number) -> u64 {
    // Below zero the resolver refuses; beyond 64 bits it does so too.
    number.as_u64().unwrap_or(if number.as_f64().is_some_and(|n| n < 0.0) { 0 } else { u64::MAX })
}
