//! The fields of every input, read from the schema: a new field is tried without anybody thinking of it.

use crate::support::{verbs, wiring};
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, InputValueDefinition, Type, TypeKind, TypeSystemDefinition};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A field that holds values rather than other fields.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where it stands, with 0 for the first entry of a list: `agencies.0.scope`.
    pub path: String,
    /// The type of its values.
    pub kind: String,
    /// Whether it holds a list of them.
    pub list: bool,
    /// Whether it must be given.
    pub required: bool,
}

/// An input with fields of its own: its type, and where it stands; empty for the input of the mutation.
#[derive(Clone, Debug)]
pub struct Inner {
    /// Where it stands.
    pub path: String,
    /// Whether it is the entry of a list.
    pub list: bool,
}

fn inputs() -> &'static HashMap<String, Vec<InputValueDefinition>> {
    static INPUTS: OnceLock<HashMap<String, Vec<InputValueDefinition>>> = OnceLock::new();
    INPUTS.get_or_init(|| {
        let document = parse_schema(wiring::sdl()).expect("the schema can be parsed");
        let types = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        });
        let inputs = types.filter_map(|definition| match definition.kind {
            TypeKind::InputObject(object) => {
                let fields = object.fields.into_iter().map(|field| field.node).collect();
                Some((definition.name.node.to_string(), fields))
            }
            _ => None,
        });
        inputs.collect()
    })
}

/// The name of the type, and whether it is a list of them.
fn named(of: &Type) -> (&str, bool) {
    match &of.base {
        BaseType::Named(name) => (name.as_str(), false),
        BaseType::List(inner) => (named(inner).0, true),
    }
}

fn walk(kind: &str, prefix: &str, fields: &mut Vec<Field>, inner: &mut Vec<Inner>) {
    for field in &inputs()[kind] {
        let path = format!("{prefix}{}", field.name.node);
        let (kind, list) = named(&field.ty.node);
        if inputs().contains_key(kind) {
            let entry = if list { format!("{path}.0") } else { path };
            inner.push(Inner { path: entry.clone(), list });
            walk(kind, &format!("{entry}."), fields, inner);
        } else {
            // What has a default may be left out, though it is never null.
            let required = !field.ty.node.nullable && field.default_value.is_none();
            fields.push(Field { path, kind: kind.to_owned(), list, required });
        }
    }
}

/// The fields of a mutation's input, and the inputs inside it.
pub fn of(verb: &str) -> (Vec<Field>, Vec<Inner>) {
    let (mut fields, mut inner) = (Vec::new(), Vec::new());
    walk(verbs::input_of(verb), "", &mut fields, &mut inner);
    (fields, inner)
}

/// The mutations that take an input, but for these, in a fixed order.
pub fn verbs_without(apart: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = verbs::all().keys().filter(|verb| !apart.contains(&verb.as_str())).cloned().collect();
    names.sort();
    names
}

/// The place of a path in an input.
fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

/// The value at a path, if there is one.
pub fn get<'a>(input: &'a Value, path: &str) -> Option<&'a Value> {
    input.pointer(&pointer(path))
}

/// The input with another value at the path.
pub fn set(verb: &str, input: &Value, path: &str, value: Value) -> Value {
    let mut changed = input.clone();
    let (parent, name) = path.rsplit_once('.').map_or(("", path), |(parent, name)| (parent, name));
    let place = if parent.is_empty() { Some(&mut changed) } else { changed.pointer_mut(&pointer(parent)) };
    let place = place.unwrap_or_else(|| {
        panic!("the valid input of {verb} has nothing at {parent}: add an entry in tests/it/bad_input/bases.rs, so that {path} is tried")
    });
    place[name] = value;
    changed
}

/// The input without the member at the path.
pub fn without(input: &Value, path: &str) -> Value {
    let mut changed = input.clone();
    let (parent, name) = path.rsplit_once('.').map_or(("", path), |(parent, name)| (parent, name));
    let place = if parent.is_empty() { Some(&mut changed) } else { changed.pointer_mut(&pointer(parent)) };
    if let Some(object) = place.and_then(Value::as_object_mut) {
        object.remove(name);
    }
    changed
}
