//! Every path of fields from a root of the schema, packed into documents within the limits.

use super::guards::{self, Guard};
use super::model::{Field, model};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The longest path, counted in fields from the root.
pub const DEPTH: usize = 6;
/// Down to here each object shows all of its fields; deeper only those that not every reader may see.
const IN_FULL: usize = 4;
/// Down to here open fields are followed into the directory.
const INTO_DIRECTORY: usize = 3;
/// Longer paths take the list of submissions part by part.
const ALL_AT_ONCE: usize = 5;
/// How many matters a part has.
pub const PART: usize = 14;
/// Fields in one document; the guard allows 500.
const FIELDS: usize = 480;
/// Pages asked for in one document, as the guard counts them together.
const PAGES: usize = 5;

/// Objects of the directory: they lead to one another alone, so that nothing hidden lies behind them.
const DIRECTORY: &[&str] =
    &["User", "Position", "Organization", "Region", "Session", "Category", "RefusalGround", "FeedbackForm"];

/// The arguments with which a field is asked for; none when the field cannot be asked for without more.
fn arguments(field: &Field) -> Option<&'static str> {
    Some(match field.name.as_str() {
        "timeline" => "(first: 40)",
        "notifications" => "(first: 100)",
        "submissions" | "assignments" | "commitments" | "users" | "publicSubmissions" if !field.args.is_empty() => {
            "(first: 40)"
        }
        "availableActions" => "(includeRefused: true)",
        "refusalGrounds" => "(institution: CONGRESS)",
        _ if field.args.iter().all(|arg| !arg.required()) => "",
        _ => return None,
    })
}

/// Root fields that are asked otherwise, each with the place where that happens.
const ELSEWHERE: &[&str] = &[
    // One object each, walked from `nodes` in `closure.rs`, where the answer is the same as from here.
    "node",
    "nodes",
    "submission",
    // Counted by hand in `figures.rs`.
    "statistics",
    // Unavailable in this version; `errors.rs` holds them to it.
    "document",
    "similarSubmissions",
    "suggestAgencies",
];

/// A field with what is asked below it.
#[derive(Clone, Debug, Default)]
struct Tree {
    ty: String,
    below: BTreeMap<String, Tree>,
}

/// A way down: fields with the types of what they hold.
type Path = Vec<(String, String)>;

/// All paths that start at an object of this type, at this depth.
fn from(ty: &str, depth: usize, end: usize, way: &mut Path, found: &mut Vec<Path>) {
    if depth >= end {
        return;
    }
    for field in &model().objects[ty] {
        if !model().is_object(&field.base) || field.base == "PageInfo" {
            continue;
        }
        if ty == "Query" && ELSEWHERE.contains(&field.name.as_str()) {
            continue;
        }
        let guard = guards::find(ty, &field.name);
        // What is open and leads into the directory alone shows the same wherever it is.
        let plain = DIRECTORY.contains(&field.base.as_str()) && matches!(guard, Some(Guard::Open));
        if DIRECTORY.contains(&ty) && way.iter().any(|(_, ty)| !in_directory(ty)) || plain && depth > INTO_DIRECTORY {
            continue;
        }
        assert!(
            arguments(field).is_some(),
            "{ty}.{} needs arguments: give them in tests/it/leaks/paths.rs, or say in ELSEWHERE where it is asked",
            field.name
        );
        way.push((field.name.clone(), field.base.clone()));
        found.push(way.clone());
        from(&field.base, depth + 1, end, way, found);
        way.pop();
    }
}

fn in_directory(ty: &str) -> bool {
    DIRECTORY.contains(&ty) || ["Viewer", "UserConnection", "UserEdge"].contains(&ty)
}

/// All paths from the query's roots.
pub fn from_query() -> Vec<Path> {
    let mut found = Vec::new();
    from("Query", 0, DEPTH, &mut Vec::new(), &mut found);
    found
}

/// The documents in which these paths are walked: those over whole lists, and those over a part.
pub fn documents(paths: &[Path]) -> (Vec<String>, Vec<String>) {
    let long = |path: &&Path| path.len() > ALL_AT_ONCE;
    let written = |paths: Vec<Path>| {
        pack("Query", 0, &paths).into_iter().map(|selection| format!("{{{selection} }}")).collect::<Vec<_>>()
    };
    let (long, short): (Vec<&Path>, Vec<&Path>) = paths.iter().partition(long);
    (written(short.into_iter().cloned().collect()), written(long.into_iter().cloned().collect()))
}

/// The same document over another part of the list of submissions, after this cursor.
pub fn over_part(document: &str, after: Option<&String>) -> String {
    let part = after.map_or_else(String::new, |cursor| format!(", after: \"{cursor}\""));
    document.replace("submissions(first: 40)", &format!("submissions(first: {PART}{part})"))
}

/// All paths from an object of this type that was found by its id.
pub fn from_node(ty: &str, end: usize) -> Vec<Path> {
    let mut found = Vec::new();
    from(ty, 1, end, &mut Vec::new(), &mut found);
    found
}

impl Tree {
    fn of(ty: &str) -> Self {
        Self { ty: ty.to_owned(), below: BTreeMap::new() }
    }

    fn add(&mut self, path: &[(String, String)]) {
        if let Some(((name, ty), rest)) = path.split_first() {
            self.below.entry(name.clone()).or_insert_with(|| Self::of(ty)).add(rest);
        }
    }

    fn write(&self, depth: usize, out: &mut String) {
        let object = &model().objects[&self.ty];
        if self.ty != "Query" {
            out.push_str(" __typename");
        }
        for field in object {
            if model().is_object(&field.base) || field.args.iter().any(super::model::Arg::required) {
                continue;
            }
            let always = field.name == "id" || !matches!(guards::find(&self.ty, &field.name), Some(Guard::Open));
            // What has no id of its own is seen nowhere else.
            if always || depth <= IN_FULL || !model().nodes.contains(&self.ty) {
                let _ = write!(out, " {}", field.name);
            }
        }
        for (name, tree) in &self.below {
            let field = model().field(&self.ty, name).expect("the path follows the schema");
            let _ = write!(out, " {name}{} {{", arguments(field).expect("checked when the path was found"));
            tree.write(depth + 1, out);
            out.push_str(" }");
        }
    }
}

fn fields_of(document: &str) -> usize {
    document
        .split([' ', '{', '}'])
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'))
        .count()
}

/// Packs paths from the same start into as few selections as the limits allow.
pub fn pack(start: &str, depth: usize, paths: &[Path]) -> Vec<String> {
    let mut packed = Vec::new();
    let mut tree = Tree::of(start);
    let mut last = String::new();
    for path in paths {
        let mut more = tree.clone();
        more.add(path);
        let mut text = String::new();
        more.write(depth, &mut text);
        if fields_of(&text) > FIELDS || text.matches("(first:").count() > PAGES {
            packed.push(std::mem::take(&mut last));
            more = Tree::of(start);
            more.add(path);
            text.clear();
            more.write(depth, &mut text);
        }
        tree = more;
        last = text;
    }
    if last.is_empty() {
        tree.write(depth, &mut last);
    }
    packed.push(last);
    packed
}

#[test]
fn the_directory_leads_nowhere_but_into_itself() {
    for object in DIRECTORY {
        for field in model().objects[*object].iter().filter(|field| model().is_object(&field.base)) {
            let inside = DIRECTORY.contains(&field.base.as_str()) || field.base == "FeedbackQuestion";
            assert!(inside, "{object}.{} leads out of the directory: take {object} out of DIRECTORY", field.name);
        }
    }
}
