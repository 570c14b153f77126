//! The dependencies between the crates and layers, read from the manifests and the source text.
//!
//! When a test fails, move the code to the layer that owns it; the lists of exceptions here are meant
//! to stay short, each with its reason.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const OURS: &[&str] = &["domain", "entity", "migration", "sheets", "papers", "lexis", "api"];

/// Crates that talk to the world outside, or bring a framework with them.
const NOT_FOR_RULES: &[&str] = &[
    "argon2",
    "async-graphql-axum",
    "async-trait",
    "axum",
    "futures-util",
    "getrandom",
    "http",
    "hyper",
    "hyper-util",
    "jsonwebtoken",
    "sea-orm-migration",
    "tokio",
    "tokio-stream",
    "tower",
    "tower-http",
    "tracing",
    "tracing-subscriber",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The dependencies in one section of a crate's manifest, with whether each is optional.
fn dependencies(of: &str, section: &str) -> Vec<(String, bool)> {
    let manifest: toml::Table =
        read(&root().join(of).join("Cargo.toml")).parse().unwrap_or_else(|error| panic!("{of}/Cargo.toml: {error}"));
    let optional = |value: &toml::Value| value.get("optional").and_then(toml::Value::as_bool).unwrap_or(false);
    let table = manifest.get(section).and_then(toml::Value::as_table);
    table.into_iter().flatten().map(|(name, value)| (name.clone(), optional(value))).collect()
}

/// Which of our own crates a crate needs, in its tests and build script too.
fn ours(of: &str) -> BTreeSet<String> {
    ["dependencies", "dev-dependencies", "build-dependencies"]
        .iter()
        .flat_map(|section| dependencies(of, section))
        .map(|(name, _)| name)
        .filter(|name| OURS.contains(&name.as_str()) || name == "tests" || name.starts_with("jianyan-"))
        .collect()
}

/// The Rust files under a folder, as paths from the root of the repository.
fn sources(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let path = path.strip_prefix(root()).expect("below the root").to_owned();
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    assert!(!found.is_empty(), "no Rust files below {folder}: does the folder still have this name?");
    found.sort();
    found
}

/// The lines of a file that are code, with their numbers: no comments, no test module at its end.
fn code(file: &str) -> Vec<(usize, String)> {
    let text = read(&root().join(file));
    let lines: Vec<&str> = text.lines().collect();
    let end = lines
        .windows(2)
        .position(|two| two[0] == "#[cfg(test)]" && two[1].starts_with("mod ") && two[1].ends_with('{'))
        .unwrap_or(lines.len());
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    lines[..end].iter().enumerate().map(|(index, line)| (index + 1, code(line))).collect()
}

/// Whether the line names this path, and not merely a longer word that contains it.
fn names(line: &str, path: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(path)
        .any(|(at, _)| !line[..at].ends_with(part_of_word) && !line[at + path.len()..].starts_with(part_of_word))
}

/// Places below `folder` that name one of the paths.
fn places(folder: &str, paths: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources(folder) {
        for (number, line) in code(&file) {
            if paths.iter().any(|path| names(&line, path)) {
                found.push(format!("{file}:{number}: {}", line.trim()));
            }
        }
    }
    found
}

/// What a file takes from a crate: the names right behind `crate::`, in braces or not.
fn taken(file: &str, from: &str) -> Vec<String> {
    let text: String = code(file).into_iter().map(|(_, line)| line + "\n").collect();
    let start = format!("{from}::");
    let word =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned();
    let mut names = Vec::new();
    for (at, _) in text.match_indices(&start) {
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[at + start.len()..];
        match rest.strip_prefix('{').and_then(|list| list.split_once('}')) {
            Some((list, _)) => names.extend(list.split(',').map(|entry| word(entry.trim()))),
            None => names.push(word(rest)),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Files below `folder`, outside the `allowed` files and folders, that take something from the crates.
fn takers(folder: &str, crates: &[&str], allowed: &[&str]) -> Vec<String> {
    expect_all(allowed);
    let mut found = Vec::new();
    for file in sources(folder).into_iter().filter(|file| !is_in(file, allowed)) {
        for from in crates {
            found.extend(taken(&file, from).into_iter().map(|name| format!("{file}: {from}::{name}")));
        }
    }
    found
}

/// Whether the file is one of the entries, or below one that is a folder.
fn is_in(file: &str, entries: &[&str]) -> bool {
    entries.iter().any(|entry| file == *entry || file.starts_with(&format!("{entry}/")))
}

/// An exception that has become needless hides the next mistake.
fn expect_all(entries: &[&str]) {
    for entry in entries {
        assert!(root().join(entry).exists(), "{entry} is gone: take it from the exceptions in this test");
    }
}

fn none(found: &[String], advice: &str) {
    assert!(found.is_empty(), "{advice}\n{}", found.join("\n"));
}

#[test]
fn crates_depend_one_way() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(ours("domain"), set(&[]), "domain depends on none of ours");
    assert_eq!(ours("papers"), set(&[]), "papers depends on none of ours");
    assert_eq!(ours("lexis"), set(&[]), "lexis knows texts, and no word of the field");
    assert_eq!(ours("entity"), set(&["domain"]), "entity depends on domain alone");
    assert_eq!(ours("sheets"), set(&["domain"]), "sheets depends on domain alone");
    assert_eq!(ours("migration"), set(&[]), "migrations are history: they import no present code");
    assert_eq!(
        ours("api"),
        set(&["domain", "entity", "lexis", "migration", "papers", "sheets"]),
        "nothing depends on the tests"
    );
}

#[test]
fn the_rules_need_no_framework_and_no_io() {
    for (name, optional) in dependencies("domain", "dependencies") {
        assert!(!NOT_FOR_RULES.contains(&name.as_str()), "domain depends on {name}: rules take values, not services");
        let derives = matches!(name.as_str(), "sea-orm" | "async-graphql");
        assert_eq!(optional, derives, "{name}: derives for the layers above are optional, all else is needed");
    }
    const IMPURE: &[&str] = &[
        "Utc::now",
        "Local::now",
        "Instant::now",
        "SystemTime",
        "now_v7",
        "new_v4",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "std::io",
        "tokio",
        "async fn",
        "println!",
        "eprintln!",
        "thread_rng",
        "getrandom",
    ];
    let found = [places("domain/src", IMPURE), places("lexis/src", IMPURE)].concat();
    none(&found, "domain and lexis are pure: hand the value in as an argument");
}

#[test]
fn versions_stand_in_the_root_manifest() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).parse().expect("the root manifest is TOML");
    let shared = manifest["workspace"]["dependencies"].as_table().expect("a table");
    for of in ["domain", "entity", "migration", "sheets", "papers", "lexis", "api", "tests"] {
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, _) in dependencies(of, section) {
                assert!(shared.contains_key(&name), "{of}/Cargo.toml: give {name} its version in the root manifest");
            }
        }
    }
}

#[test]
fn there_is_one_tls_backend() {
    let lock = read(&root().join("Cargo.lock"));
    for other in ["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl", "openssl-sys", "boring"] {
        assert!(!lock.contains(&format!("name = \"{other}\"\n")), "{other} came in: choose features with ring instead");
    }
}

#[test]
fn only_repositories_write_queries() {
    /// What one needs to hand a transaction on, without writing a statement.
    const HANDED_ON: &[&str] = &["ConnectionTrait", "DatabaseTransaction", "DbErr"];
    let mut found = takers(
        "api/src",
        &["sea_orm"],
        &[
            "api/src/repo",
            "api/src/db.rs",             // opens connections and transactions
            "api/src/wiring.rs",         // asks SQLite at start whether it keeps what was acknowledged
            "api/src/use_cases/work.rs", // hands rows of any table to repo::save
        ],
    );
    found.retain(|place| !HANDED_ON.iter().any(|name| place.ends_with(&format!("sea_orm::{name}"))));
    none(&found, "queries belong in api/src/repo");
}

#[test]
fn only_the_edge_names_the_graphql_library() {
    let found = takers(
        "api/src",
        &["async_graphql", "async_graphql_axum"],
        &[
            "api/src/graphql",
            "api/src/http",   // runs operations and writes their errors
            "api/src/app.rs", // joins the two
        ],
    );
    none(&found, "GraphQL belongs in api/src/graphql");
}

#[test]
fn only_http_names_the_http_library() {
    let found = takers(
        "api/src",
        &["axum", "tower_http", "hyper", "hyper_util"],
        &[
            "api/src/http",
            "api/src/delivery/webhook.rs", // calls the gateway of another house
        ],
    );
    none(&found, "HTTP belongs in api/src/http");
}

#[test]
fn an_entity_is_a_row_and_nothing_else() {
    none(&takers("entity/src", &["async_graphql", "axum", "tokio"], &[]), "no framework belongs in an entity");
    let derived = places("entity/src", &["SimpleObject", "InputObject"]);
    none(&derived, "a new column must not become public by accident");
}

#[test]
fn the_inner_layers_do_not_know_who_calls_them() {
    let transport = ["crate::graphql", "crate::http"];
    none(&places("api/src/use_cases", &transport), "a use case is free of transport");
    none(&places("api/src/repo", &transport), "a repository is free of transport");
    none(&places("api/src/repo", &["crate::use_cases"]), "a repository stores and finds, it never judges");
}
