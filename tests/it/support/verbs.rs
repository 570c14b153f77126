//! The input type of each mutation, read from the schema, so that a story names only the verb.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The mutations with their input types, without those that take none.
pub fn all() -> &'static HashMap<String, String> {
    static VERBS: OnceLock<HashMap<String, String>> = OnceLock::new();
    VERBS.get_or_init(|| {
        let document = parse_schema(super::wiring::sdl()).expect("the schema can be parsed");
        let mut verbs = HashMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let TypeKind::Object(object) = definition.node.kind else { continue };
            if definition.node.name.node != "Mutation" {
                continue;
            }
            for field in object.fields {
                let input = field.node.arguments.iter().find(|argument| argument.node.name.node == "input");
                if let Some(input) = input {
                    let kind = input.node.ty.node.to_string();
                    verbs.insert(field.node.name.node.to_string(), kind.trim_end_matches('!').to_owned());
                }
            }
        }
        verbs
    })
}

/// The input type of this mutation.
pub fn input_of(verb: &str) -> &'static str {
    all().get(verb).unwrap_or_else(|| panic!("the schema has no mutation {verb} with an input"))
}
