//! `schema.graphql` is what the code serves.

use crate::support::wiring;

#[test]
fn schema_graphql_is_what_the_code_serves() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let stored = std::fs::read_to_string(path).unwrap_or_default();
    let served = wiring::sdl();
    if stored.trim_end() == served.trim_end() {
        return;
    }
    let changed = stored
        .lines()
        .zip(served.lines())
        .position(|(stored, served)| stored != served)
        .unwrap_or_else(|| stored.lines().count().min(served.lines().count()));
    let line = |text: &str| text.lines().nth(changed).unwrap_or("(the end)").to_owned();
    panic!(
        "schema.graphql is not what the code serves, first in line {}:\n  file: {}\n  code: {}\n\
         When the change is meant, run `cargo run -- schema > schema.graphql` and read the difference.",
        changed + 1,
        line(&stored),
        line(&served),
    );
}
