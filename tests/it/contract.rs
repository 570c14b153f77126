//! The schema keeps what clients rely on: everything in `tests/fixtures/contract.graphql` is there with
//! the same names, and each change is one that a client does not notice.
//!
//! What comes out may be stricter (never null), what goes in may be looser (left out); additions are free.

use crate::support::wiring;
use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use std::collections::BTreeMap;

type Types = BTreeMap<String, TypeDefinition>;
type Fields = [Positioned<FieldDefinition>];
type Inputs = [Positioned<InputValueDefinition>];

fn types(text: &str) -> Types {
    let document = parse_schema(text).unwrap_or_else(|error| panic!("no schema: {error}"));
    let definitions = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    });
    definitions.map(|definition| (definition.name.node.to_string(), definition)).collect()
}

/// Whether a value of type `found` serves where `wanted` was promised.
fn serves(found: &Type, wanted: &Type) -> bool {
    let inner = match (&found.base, &wanted.base) {
        (BaseType::Named(found), BaseType::Named(wanted)) => found == wanted,
        (BaseType::List(found), BaseType::List(wanted)) => serves(found, wanted),
        _ => false,
    };
    inner && (wanted.nullable || !found.nullable)
}

/// What the served schema lacks of the promised one, line by line.
fn lacking(promised: &Types, served: &Types) -> Vec<String> {
    let mut found = Vec::new();
    for (name, wanted) in promised {
        let Some(there) = served.get(name) else {
            found.push(format!("{name} is missing"));
            continue;
        };
        match (&wanted.kind, &there.kind) {
            (TypeKind::Scalar, TypeKind::Scalar) => {}
            (TypeKind::Object(wanted), TypeKind::Object(there)) => {
                for interface in &wanted.implements {
                    if !there.implements.iter().any(|other| other.node == interface.node) {
                        found.push(format!("{name} no longer implements {}", interface.node));
                    }
                }
                compare_fields(name, &wanted.fields, &there.fields, &mut found);
            }
            (TypeKind::Interface(wanted), TypeKind::Interface(there)) => {
                compare_fields(name, &wanted.fields, &there.fields, &mut found);
            }
            (TypeKind::Enum(wanted), TypeKind::Enum(there)) => {
                for value in &wanted.values {
                    if !there.values.iter().any(|other| other.node.value == value.node.value) {
                        found.push(format!("{name}.{} is missing", value.node.value.node));
                    }
                }
            }
            (TypeKind::InputObject(wanted), TypeKind::InputObject(there)) => {
                compare_inputs(name, &wanted.fields, &there.fields, &mut found);
            }
            _ => found.push(format!("{name} became another kind of type")),
        }
    }
    found
}

fn compare_fields(of: &str, promised: &Fields, served: &Fields, found: &mut Vec<String>) {
    for wanted in promised.iter().map(|field| &field.node) {
        let name = format!("{of}.{}", wanted.name.node);
        let Some(there) = served.iter().map(|other| &other.node).find(|other| other.name.node == wanted.name.node)
        else {
            found.push(format!("{name} is missing"));
            continue;
        };
        if !serves(&there.ty.node, &wanted.ty.node) {
            found.push(format!("{name} is {} but was promised as {}", there.ty.node, wanted.ty.node));
        }
        compare_inputs(&name, &wanted.arguments, &there.arguments, found);
    }
}

fn compare_inputs(of: &str, promised: &Inputs, served: &Inputs, found: &mut Vec<String>) {
    for wanted in promised.iter().map(|input| &input.node) {
        let name = format!("{of}({})", wanted.name.node);
        match served.iter().map(|other| &other.node).find(|other| other.name.node == wanted.name.node) {
            None => found.push(format!("{name} is missing")),
            // What a client may send must still be taken.
            Some(there) if !serves(&wanted.ty.node, &there.ty.node) => {
                found.push(format!("{name} takes {} but was promised to take {}", there.ty.node, wanted.ty.node));
            }
            Some(_) => {}
        }
    }
    for there in served.iter().map(|input| &input.node) {
        let known = promised.iter().any(|wanted| wanted.node.name.node == there.name.node);
        if !known && !there.ty.node.nullable && there.default_value.is_none() {
            found.push(format!("{of}({}) is new and required, so that present clients fail", there.name.node));
        }
    }
}

#[test]
fn the_schema_contains_the_contract() {
    let promised = types(include_str!("../fixtures/contract.graphql"));
    let found = lacking(&promised, &types(&wiring::sdl()));
    assert!(found.is_empty(), "clients rely on these; do not take them away:\n{}", found.join("\n"));
}

#[test]
fn the_comparison_notices_what_a_client_would_notice() {
    let promised = types("type A { x(y: Int): Int! z: [B!]! } type B { i: ID! } enum E { P Q } input I { a: Int! }");
    let none: [String; 0] = [];
    assert_eq!(lacking(&promised, &promised), none);
    let looser =
        types("type A { x(y: Int, n: Int): Int! z: [B!]! } type B { i: ID! } enum E { P Q R } input I { a: Int }");
    assert_eq!(lacking(&promised, &looser), none);
    let broken = types("type A { x(y: Int!, n: Int!): Int z: [B]! } enum E { P } input I { a: Int! b: Int! }");
    assert_eq!(
        lacking(&promised, &broken),
        [
            "A.x is Int but was promised as Int!",
            "A.x(y) takes Int! but was promised to take Int",
            "A.x(n) is new and required, so that present clients fail",
            "A.z is [B]! but was promised as [B!]!",
            "B is missing",
            "E.Q is missing",
            "I(b) is new and required, so that present clients fail",
        ]
    );
}
