//! The schema as data, read from the text that the server serves: what is new there is met here.

use crate::support::wiring;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{InputValueDefinition, TypeKind, TypeSystemDefinition};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// An argument of a field, or a field of an input.
#[derive(Clone, Debug)]
pub struct Arg {
    /// Its name.
    pub name: String,
    /// Its type as written, e.g. `[SubmissionKind!]`.
    pub ty: String,
}

impl Arg {
    /// The type without lists and exclamation marks.
    pub fn base(&self) -> String {
        base(&self.ty)
    }

    /// Whether it must be given.
    pub fn required(&self) -> bool {
        self.ty.ends_with('!')
    }

    /// Whether it is a list.
    pub fn is_list(&self) -> bool {
        self.ty.starts_with('[')
    }
}

/// A field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds, without lists and exclamation marks.
    pub base: String,
    /// Its arguments.
    pub args: Vec<Arg>,
}

/// Everything that the schema defines, by name.
#[derive(Debug, Default)]
pub struct Model {
    /// Objects with their fields.
    pub objects: BTreeMap<String, Vec<Field>>,
    /// Enumerations with their values.
    pub enums: BTreeMap<String, Vec<String>>,
    /// Inputs with their fields.
    pub inputs: BTreeMap<String, Vec<Arg>>,
    /// Objects with a global id.
    pub nodes: BTreeSet<String>,
}

fn base(ty: &str) -> String {
    ty.chars().filter(|c| !"[]!".contains(*c)).collect()
}

fn args(found: &[async_graphql::Positioned<InputValueDefinition>]) -> Vec<Arg> {
    found.iter().map(|a| Arg { name: a.node.name.node.to_string(), ty: a.node.ty.node.to_string() }).collect()
}

/// The schema.
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let mut model = Model::default();
        for definition in parse_schema(wiring::sdl()).expect("the schema can be parsed").definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => {
                    if object.implements.iter().any(|one| one.node == "Node") {
                        model.nodes.insert(name.clone());
                    }
                    let fields = object.fields.iter().map(|field| Field {
                        name: field.node.name.node.to_string(),
                        base: base(&field.node.ty.node.to_string()),
                        args: args(&field.node.arguments),
                    });
                    model.objects.insert(name, fields.collect());
                }
                TypeKind::Enum(values) => {
                    let values = values.values.iter().map(|value| value.node.value.node.to_string());
                    model.enums.insert(name, values.collect());
                }
                TypeKind::InputObject(input) => {
                    model.inputs.insert(name, args(&input.fields));
                }
                _ => {}
            }
        }
        model
    })
}

impl Model {
    /// The field of an object.
    pub fn field(&self, object: &str, name: &str) -> Option<&Field> {
        self.objects.get(object)?.iter().find(|field| field.name == name)
    }

    /// Whether this type has fields of its own; the interface counts.
    pub fn is_object(&self, name: &str) -> bool {
        name == "Node" || self.objects.contains_key(name)
    }
}
