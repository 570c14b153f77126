//! Walks an answer and compares everything in it with the oracle.

use super::guards::{self, Guard};
use super::marks::Marks;
use super::model::model;
use super::oracle::{Oracle, Reader};
use domain::ids::AnyId;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What one reader was shown, and what was wrong with it.
pub struct Walk<'a> {
    oracle: &'a Oracle,
    marks: &'a Marks,
    reader: Option<&'a Reader>,
    query: String,
    answers: HashMap<(AnyId, Guard), bool>,
    lists: HashMap<AnyId, HashMap<String, Option<BTreeSet<String>>>>,
    /// Marks that he may see.
    allowed: BTreeSet<usize>,
    /// Marks that he saw.
    pub seen: BTreeSet<usize>,
    /// Things that he saw, by id.
    pub ids: BTreeSet<String>,
    /// How many values were compared.
    pub values: usize,
    /// What should not have come, or did not come though it should.
    pub faults: BTreeMap<String, String>,
}

impl<'a> Walk<'a> {
    /// For one reader.
    pub fn new(oracle: &'a Oracle, marks: &'a Marks, reader: Option<&'a Reader>) -> Self {
        let allowed = (0..marks.0.len()).filter(|mark| marks.allowed(oracle, reader, *mark)).collect();
        Self {
            oracle,
            marks,
            reader,
            query: String::new(),
            answers: HashMap::new(),
            lists: HashMap::new(),
            allowed,
            seen: BTreeSet::new(),
            ids: BTreeSet::new(),
            values: 0,
            faults: BTreeMap::new(),
        }
    }

    /// Compares a whole answer.
    pub fn take(&mut self, body: &Value, query: &str) {
        if let Some(errors) = body.get("errors") {
            self.fault("errors", errors.to_string());
        }
        self.query = query.to_owned();
        self.texts(&body["errors"]);
        self.object(&body["data"], None, &mut Vec::new());
    }

    /// Searches every text below for marks.
    fn texts(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                for mark in Marks::found_in(text) {
                    self.seen.insert(mark);
                    if !self.allowed.contains(&mark) {
                        let what = &self.marks.0[mark];
                        let example = format!("{what:?} in the answer to {}", self.query);
                        self.fault(&format!("text of {}", what.name), example);
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|one| self.texts(one)),
            Value::Object(fields) => fields.values().for_each(|one| self.texts(one)),
            _ => {}
        }
    }

    /// Marks that he may see and never saw.
    pub fn missed(&self) -> Vec<String> {
        self.allowed.difference(&self.seen).map(|mark| format!("{:?}", self.marks.0[*mark])).collect()
    }

    fn fault(&mut self, kind: &str, example: String) {
        self.faults.entry(kind.to_owned()).or_insert(example);
    }

    fn opens(&mut self, on: AnyId, guard: Guard) -> bool {
        let (oracle, reader) = (self.oracle, self.reader);
        *self
            .answers
            .entry((on, guard))
            .or_insert_with(|| reader.is_some_and(|reader| oracle.sees(reader, on) && oracle.opens(reader, on, guard)))
    }

    fn object<'v>(&mut self, value: &'v Value, on: Option<AnyId>, path: &mut Vec<&'v str>) {
        match value {
            Value::Array(list) => list.iter().for_each(|one| self.object(one, on, path)),
            Value::String(_) => self.texts(value),
            Value::Object(fields) => {
                let ty = fields.get("__typename").and_then(Value::as_str).unwrap_or("Query");
                let text = fields.get("id").and_then(Value::as_str);
                let id: Option<AnyId> = text.and_then(|id| id.parse().ok());
                if let (Some(id), Some(text)) = (id, text) {
                    if !self.ids.contains(text) {
                        self.ids.insert(text.to_owned());
                    }
                    let public = matches!(id, AnyId::PublicSubmissionId(_)) && self.public(id);
                    if !public && !self.opens(id, Guard::Open) {
                        self.fault(&format!("{ty} on {}", path.join(".")), format!("{id:?}"));
                    }
                }
                // What has no id of its own is judged with the thing on which it stands.
                let apart = |id: &AnyId| {
                    matches!(id, AnyId::MeetingId(_) | AnyId::ConsultationId(_)) || self.oracle.matter_of(*id).is_some()
                };
                let on = id.filter(apart).or(on);
                for (name, value) in fields {
                    path.push(name);
                    self.field(ty, name, value, on, path);
                    self.object(value, on, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn public(&self, id: AnyId) -> bool {
        let AnyId::PublicSubmissionId(id) = id else { return false };
        let matter = self.oracle.matter(domain::ids::SubmissionId(id.0));
        self.oracle.published(matter) || self.oracle.withdrawn(matter)
    }

    fn field(&mut self, ty: &str, name: &str, value: &Value, on: Option<AnyId>, path: &[&str]) {
        self.values += 1;
        let guard = guards::find(ty, name).unwrap_or(Guard::Nobody);
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_i64() == Some(0);
        if guard != Guard::Open {
            let open = on.is_some_and(|on| self.opens(on, guard));
            if !open && !empty {
                self.fault(&format!("{ty}.{name} on {}", path.join(".")), format!("{on:?}: {value}"));
            }
            if open && empty && on.is_some_and(|on| self.oracle.holds(on, name)) {
                self.fault(&format!("nothing at {ty}.{name} on {}", path.join(".")), format!("{on:?}"));
            }
        }
        let holds_others = value.is_array() || value.is_object() || value.is_null();
        if let Some(on) = on.filter(|_| holds_others && model().nodes.contains(ty)) {
            self.list(on, ty, name, value, path);
        }
    }

    /// Lists and links hold exactly what the oracle puts there.
    fn list(&mut self, on: AnyId, ty: &str, name: &str, value: &Value, path: &[&str]) {
        let Some(reader) = self.reader else { return };
        let oracle = self.oracle;
        let lists = self.lists.entry(on).or_default();
        if !lists.contains_key(name) {
            lists.insert(name.to_owned(), oracle.behind(reader, on, name));
        }
        let Some(Some(wanted)) = lists.get(name) else { return };
        let entries: Vec<&Value> = match value {
            Value::Array(list) => list.iter().collect(),
            Value::Object(page) if page.contains_key("nodes") => {
                page["nodes"].as_array().into_iter().flatten().collect()
            }
            Value::Object(page) if page.contains_key("edges") => {
                page["edges"].as_array().into_iter().flatten().map(|edge| &edge["node"]).collect()
            }
            Value::Object(one) if one.contains_key("id") => vec![value],
            Value::Null => Vec::new(),
            _ => return,
        };
        let found: BTreeSet<&str> = entries.iter().filter_map(|one| one["id"].as_str()).collect();
        // An edge that was asked for its cursor alone names nobody.
        if found.len() == entries.len() && !found.iter().copied().eq(wanted.iter().map(String::as_str)) {
            let wrong: Vec<_> = found.iter().filter(|id| !wanted.contains(**id)).collect();
            let missing: Vec<_> = wanted.iter().filter(|id| !found.contains(id.as_str())).collect();
            let example = format!("{on:?}: wrongly shown {wrong:?}, missing {missing:?}");
            self.fault(&format!("{ty}.{name} on {}", path.join(".")), example);
        }
    }
}
