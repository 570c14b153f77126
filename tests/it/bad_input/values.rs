//! Ids, numbers, words of a list, days and lists: of another type, out of range, too many, unknown.

use super::bases::{self, APART, Base};
use super::fields::{self, Field};
use crate::refusals::{call, reasons};
use crate::support::{Answer, TestApp};
use serde_json::{Value, json};

/// The code of an error at top level, with the path of its field if it names one.
fn top(answer: &Answer) -> Option<(String, String)> {
    let error = &answer.body["errors"][0]["extensions"];
    let steps = error["field"].as_array().into_iter().flatten();
    let path: Vec<&str> = steps.map(|step| step.as_str().unwrap_or_default()).collect();
    Some((error["code"].as_str()?.to_owned(), path.join(".")))
}

/// Sends the base with this value at this field, and sees it refused as a bad request that stores nothing;
/// gives the field that the error names.
async fn is_bad(base: &Base, verb: &str, path: &str, value: Value) -> String {
    let input = fields::set(verb, &base.input, path, value);
    let answer = call(&base.client, verb, input.clone()).await;
    let (code, at) = top(&answer).unwrap_or_else(|| panic!("{verb}.{path} took it: {input}"));
    assert_eq!(code, "BAD_INPUT", "{verb}.{path}: {input}");
    at
}

/// Tries every field for which `wanted` says so on the base of its mutation, and sees that nothing was stored and
/// the base still does what it says.
async fn on_every_field(wanted: impl Fn(&Field) -> bool, tries: impl AsyncFn(&Base, &str, &Field)) {
    let app = TestApp::new().await;
    for verb in fields::verbs_without(APART) {
        let (all, _) = fields::of(&verb);
        let chosen: Vec<&Field> = all.iter().filter(|field| wanted(field)).collect();
        if chosen.is_empty() {
            continue;
        }
        let base = bases::of(&app, &verb).await;
        let before = app.ledger().await;
        for field in chosen {
            tries(&base, &verb, field).await;
        }
        before.assert_same(&app.ledger().await, &verb);
        let answer = call(&base.client, &verb, base.input).await;
        answer.payload(&verb);
        assert_eq!(reasons(&answer, &verb), [], "{verb} still does what it says");
    }
}

/// An id of a type that the field does not take.
fn of_another_type(field: &Field) -> &'static str {
    match field.path.as_str() {
        "sessionId" => "user_00000000000000000000000000000001",
        _ => "session_00000000000000000000000000000001",
    }
}

#[tokio::test]
async fn an_id_of_another_type_is_bad_input_at_its_field() {
    on_every_field(
        |field| field.kind == "ID",
        async |base, verb, field| {
            let wrong = [
                json!(of_another_type(field)),
                json!(""),
                json!("nonsense"),
                json!("'; DROP TABLE submission; --"),
                json!(17),
            ];
            for id in wrong {
                if verb == "releaseAssignments" {
                    // Each entry of a batch answers for itself.
                    let answer = call(&base.client, verb, json!({ "submissionIds": [id] })).await;
                    let codes: Vec<String> = reasons(&answer, verb).into_iter().map(|reason| reason.code).collect();
                    assert_eq!(codes, ["NOT_FOUND"], "{id}");
                    continue;
                }
                let (value, path) = match field.list {
                    true => (json!([id]), format!("{}.0", field.path)),
                    false => (id, field.path.clone()),
                };
                assert_eq!(is_bad(base, verb, &field.path, value).await, path, "{verb}");
            }
            for shape in [json!({}), json!(true), json!([[]])] {
                is_bad(base, verb, &field.path, shape).await;
            }
        },
    )
    .await;
}

#[tokio::test]
async fn an_id_of_nothing_is_not_found_or_refused_at_its_field() {
    on_every_field(
        |field| field.kind == "ID" && field.path != "ids",
        async |base, verb, field| {
            let given =
                fields::get(&base.input, &if field.list { format!("{}.0", field.path) } else { field.path.clone() });
            let Some(given) = given.and_then(Value::as_str) else { return };
            let (kind, _) = given.rsplit_once('_').expect("an id has a type");
            let nothing = format!("{kind}_{}", "0".repeat(32));
            let value = if field.list { json!([nothing]) } else { json!(nothing) };
            let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, value)).await;
            match top(&answer) {
                Some((code, _)) => assert_eq!(code, "NOT_FOUND", "{verb}.{}", field.path),
                None => {
                    let found = reasons(&answer, verb);
                    let told = found.first().is_some_and(|reason| {
                        reason.code == "NOT_FOUND"
                            || (reason.code == "INVALID_VALUE" && reason.field.starts_with(&field.path))
                    });
                    assert!(told, "{verb}.{}: {found:?}", field.path);
                }
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_number_that_is_none_is_bad_input_and_a_version_out_of_range_is_stale() {
    on_every_field(
        |field| field.kind == "Int",
        async |base, verb, field| {
            for wrong in
                [json!(2_147_483_648_i64), json!(-2_147_483_649_i64), json!(1.5), json!("1"), json!(true), json!(1e300)]
            {
                is_bad(base, verb, &field.path, wrong).await;
            }
            for (far, code) in [(i32::MAX, ["CONFLICT", "INVALID_VALUE"]), (i32::MIN, ["CONFLICT", "INVALID_VALUE"])] {
                let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, json!(far))).await;
                let found = reasons(&answer, verb);
                let wanted = if field.path == "version" { code[0] } else { code[1] };
                let told: Vec<(&str, &str)> = found.iter().map(|r| (r.code.as_str(), r.field.as_str())).collect();
                assert_eq!(told, [(wanted, field.path.as_str())], "{verb}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn words_that_are_not_in_the_schema_and_wrong_shapes_are_bad_input() {
    let known = ["ID", "Int", "String", "Date", "DateTime"];
    on_every_field(
        |field| !known.contains(&field.kind.as_str()) || field.kind == "String",
        async |base, verb, field| {
            let shapes = match field.kind.as_str() {
                "String" => vec![json!(7), json!({}), json!(true)],
                "Boolean" => vec![json!("true"), json!(1), json!({})],
                _ => vec![json!("NO_SUCH_WORD"), json!(""), json!(1), json!({})],
            };
            for shape in shapes {
                is_bad(base, verb, &field.path, shape).await;
            }
        },
    )
    .await;
}

#[tokio::test]
async fn what_must_be_given_must_not_be_null_or_left_out() {
    on_every_field(
        |field| field.required,
        async |base, verb, field| {
            is_bad(base, verb, &field.path, Value::Null).await;
            let answer = call(&base.client, verb, fields::without(&base.input, &field.path)).await;
            assert_eq!(answer.error_code(), "BAD_INPUT", "{verb} without {}", field.path);
        },
    )
    .await;
}

#[tokio::test]
async fn unknown_fields_are_bad_input_at_every_level() {
    let app = TestApp::new().await;
    for verb in fields::verbs_without(APART) {
        let base = bases::of(&app, &verb).await;
        let before = app.ledger().await;
        let (_, inner) = fields::of(&verb);
        for path in std::iter::once(String::new()).chain(inner.into_iter().map(|one| format!("{}.", one.path))) {
            for unknown in ["status", "leadProposerId", "__proto__", "id2"] {
                is_bad(&base, &verb, &format!("{path}{unknown}"), json!("CLOSED")).await;
            }
        }
        before.assert_same(&app.ledger().await, &verb);
    }
}

#[tokio::test]
async fn days_that_do_not_exist_or_that_nobody_means_are_refused() {
    // Spellings that are no day, and days of impossible years.
    let wrong = [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-2-1",
        "20260601",
        "2026-06-01T00:00:00Z",
        "明天",
        "",
        "+026-01-01",
        " 026-01-01",
        "-026-01-01",
        "2026- 1- 1",
        "2026-06-0١",
        "12026-01-01",
    ];
    let far = ["0000-01-01", "0001-01-01", "0206-06-10", "9999-12-31"];
    on_every_field(
        |field| field.kind == "Date",
        async |base, verb, field| {
            for text in wrong {
                is_bad(base, verb, &field.path, json!(text)).await;
            }
            for number in [json!(20_260_601), json!(0), json!({})] {
                is_bad(base, verb, &field.path, number).await;
            }
            for text in far {
                let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, json!(text))).await;
                let found = reasons(&answer, verb);
                let told: Vec<(&str, &str)> = found.iter().map(|r| (r.code.as_str(), r.field.as_str())).collect();
                assert_eq!(told, [("INVALID_VALUE", field.path.as_str())], "{verb} {text}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn instants_that_do_not_exist_or_that_nobody_means_are_refused() {
    let wrong = ["2026-02-30T08:00:00Z", "2026-02-10T25:00:00Z", "2026-02-10", "08:00", "", "2026-02-10T08:00:00"];
    let far = [
        "0000-01-01T00:00:00Z",
        "1900-01-01T00:00:00Z",
        "-262143-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+262142-12-31T23:59:59Z",
    ];
    on_every_field(
        |field| field.kind == "DateTime",
        async |base, verb, field| {
            for text in wrong {
                is_bad(base, verb, &field.path, json!(text)).await;
            }
            for text in far {
                let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, json!(text))).await;
                let found = reasons(&answer, verb);
                let told: Vec<(&str, &str)> = found.iter().map(|r| (r.code.as_str(), r.field.as_str())).collect();
                assert_eq!(told, [("INVALID_VALUE", field.path.as_str())], "{verb} {text}");
            }
        },
    )
    .await;
}

/// So many entries fit into a request body, and are more than any list may hold.
const HUGE: usize = 2_100;

#[tokio::test]
async fn a_huge_list_is_refused_in_one_sentence() {
    let app = TestApp::new().await;
    let mut tried = 0;
    for verb in fields::verbs_without(APART) {
        let (all, inner) = fields::of(&verb);
        let lists = all.iter().filter(|field| field.list).map(|field| field.path.clone());
        let of_objects = inner.iter().filter(|one| one.list).map(|one| one.path.trim_end_matches(".0").to_owned());
        let lists: Vec<String> = lists.chain(of_objects).collect();
        if lists.is_empty() {
            continue;
        }
        let base = bases::of(&app, &verb).await;
        let before = app.ledger().await;
        for path in lists {
            let entry = fields::get(&base.input, &format!("{path}.0")).cloned();
            let entry = entry.unwrap_or_else(|| match path.as_str() {
                "demands" => json!("诉求"),
                "evidenceIds" => json!("attachment_00000000000000000000000000000000"),
                "suggestedAgencyIds" => json!("organization_00000000000000000000000000000000"),
                _ => panic!("{verb}.{path} is a new list: give it an entry in tests/it/bad_input/bases.rs"),
            });
            let input = fields::set(&verb, &base.input, &path, json!(vec![entry; HUGE]));
            let answer = call(&base.client, &verb, input).await;
            let found = reasons(&answer, &verb);
            if verb == "markNotificationsRead" {
                // Reading is the only thing that can be done to a notification, and once is as good as often.
                continue;
            }
            assert_eq!(found.len(), 1, "{verb}.{path}: {found:?}");
            assert!(["TOO_LONG", "DUPLICATE", "INVALID_VALUE"].contains(&found[0].code.as_str()), "{verb}: {found:?}");
            assert!(found[0].field.starts_with(&path), "{verb}.{path}: {found:?}");
            tried += 1;
        }
        if verb != "markNotificationsRead" {
            before.assert_same(&app.ledger().await, &verb);
        }
    }
    assert!(tried >= 12, "only {tried} lists were tried");
}
