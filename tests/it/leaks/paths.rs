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
/// Longer paths, and those through edges, take the list of submissions part by part.
const ALL_AT_ONCE: usize = 5;
/// How many matters a part has.
pub const PART: usize = 14;
/// Fields in one document; the guard allows 500.
const FIELDS: usize = 480;
/// Pages asked for in one document, as the guard counts them together.
const PAGES: usize = 5;

/// Objects of the directory: they lead to one another alone, so that nothing hidden lies behind them.
const DIRECTORY: &[&str] = &[
    "User",
    "Position",
    "Organization",
    "Region",
    "Session",
    "Category",
    "RefusalGround",
    "FeedbackForm",
    "RulePreset",
    "RuleSet",
    "ScoringRule",
    "ScoringItem",
    "ScoringExtra",
    "CalendarYear",
    "CalendarDay",
    "DutyClause",
    "DeskShift",
];

/// The arguments with which a field is asked for; none when the field cannot be asked for without more.
fn arguments(field: &Field) -> Option<&'static str> {
    Some(match field.name.as_str() {
        "timeline" => "(first: 48)",
        "notifications" => "(first: 100)",
        "submissions" | "assignments" | "commitments" | "users" | "publicSubmissions" | "meetings"
        | "consultations"
            if !field.args.is_empty() =>
        {
            "(first: 40)"
        }
        "availableActions" => "(includeRefused: true)",
        "refusalGrounds" => "(institution: CONGRESS)",
        "calendar" => "(year: 2026)",
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
    // Each number is held to its list in `walks/lists.rs`; matter and assignment are walked from their own lists.
    "statisticsItems",
    // Each number is held to its list in `stories/supervision_board.rs`.
    "supervisionBoard",
    // For administrators alone, and refused to the others; each delivery is walked from `nodes`.
    "deliveries",
    // For administrators and auditors alone, and refused to the others; each entry is walked from `nodes`.
    "officeTrail",
    // Open to everybody in the region; told in `stories/duty_catalogue.rs` and `stories/consultation.rs`.
    "dutyCatalogue",
    "dutyHistory",
    "deskShifts",
    // Counted for every reader in `stories/consultation.rs`.
    "consultationFigures",
    // For offices and auditors alone, and refused to the others; counted for each in `stories/quality.rs`.
    "cohorts",
    // Refused to proposers and administrators; told for every other reader in `stories/office_records.rs`, and each record
    // is walked from `nodes`.
    "officeRecords",
    "officeRecordCounts",
    // Reads rules and calendar, which are open to everybody; told in `stories/rules.rs`.
    "tryRules",
    // Refused to most, and its total is one number for everybody else; held to each reader in `stories/appraisal.rs`, and
    // each appraisal is walked from `nodes`.
    "appraisals",
    // For the transfer office alone; told in `stories/appraisal.rs`.
    "appraisalPreview",
    // Unavailable in this version; `errors.rs` holds them to it.
    "document",
    // Asked with pieces of hidden texts in `search.rs`.
    "searchSubmissions",
    // Asked with the titles of hidden matters in `search.rs`.
    "similarSubmissions",
    "suggestAgencies",
    // Made from titles and texts of many matters; asked in `search.rs`.
    "intakeClusters",
    "topics",
    // Looks at the text that is sent with it, and at nothing stored.
    "checkDraft",
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
    // What an edge holds is what stands among the nodes beside it.
    let long = |path: &&Path| path.len() > ALL_AT_ONCE || path.iter().any(|(name, _)| name == "edges");
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

    /// How many fields and pages the tree grows by with this path.
    fn grows_by(&self, path: &[(String, String)], depth: usize) -> (usize, usize) {
        let Some(((name, ty), rest)) = path.split_first() else { return (0, 0) };
        if let Some(below) = self.below.get(name) {
            return below.grows_by(rest, depth + 1);
        }
        let field = model().field(&self.ty, name).expect("the path follows the schema");
        let page = arguments(field).is_some_and(|args| args.starts_with("(first:"));
        let (fields, pages) = Self::of(ty).grows_by(rest, depth + 1);
        (fields + 2 + plain_fields(ty, depth + 1).count(), pages + usize::from(page))
    }

    fn write(&self, depth: usize, out: &mut String) {
        if self.ty != "Query" {
            out.push_str(" __typename");
        }
        for field in plain_fields(&self.ty, depth) {
            let _ = write!(out, " {}", field.name);
        }
        for (name, tree) in &self.below {
            let field = model().field(&self.ty, name).expect("the path follows the schema");
            let _ = write!(out, " {name}{} {{", arguments(field).expect("checked when the path was found"));
            tree.write(depth + 1, out);
            out.push_str(" }");
        }
    }
}

/// The fields of an object that hold no other one and are asked for at this depth.
fn plain_fields(ty: &str, depth: usize) -> impl Iterator<Item = &'static Field> + use<'_> {
    // What has no id of its own is seen nowhere else.
    let full = depth <= IN_FULL || !model().nodes.contains(ty);
    model().objects[ty].iter().filter(move |field| {
        let plain = !model().is_object(&field.base) && !field.args.iter().any(super::model::Arg::required);
        plain && (full || field.name == "id" || !matches!(guards::find(ty, &field.name), Some(Guard::Open)))
    })
}

/// Packs paths from the same start into as few selections as the limits allow.
pub fn pack(start: &str, depth: usize, paths: &[Path]) -> Vec<String> {
    let mut packed = Vec::new();
    let empty = || (Tree::of(start), plain_fields(start, depth).count() + 1, 0);
    let (mut tree, mut fields, mut pages) = empty();
    let mut keep = |tree: &Tree| {
        let mut text = String::new();
        tree.write(depth, &mut text);
        packed.push(text);
    };
    for path in paths {
        let mut more = tree.grows_by(path, depth);
        if fields + more.0 > FIELDS || pages + more.1 > PAGES {
            keep(&tree);
            (tree, fields, pages) = empty();
            more = tree.grows_by(path, depth);
        }
        tree.add(path);
        fields += more.0;
        pages += more.1;
    }
    keep(&tree);
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
