//! Ids, numbers, words of a list, days and lists: of another type, out of range, too many, unknown.

use super::bases::{self, APART, Base};
use super::fields::{self, Field};
use crate::refusals::{call, reasons};
use crate::support::builders::BATCHES;
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

/// Tries every field of every mutation, and every input inside one, on the mutation's valid input; sees that nothing
/// was stored, and that the valid input still does what it says.
#[tokio::test]
async fn whatever_is_unknown_or_of_another_type_or_out_of_range_is_refused_at_its_field() {
    let app = TestApp::new().await;
    for verb in fields::verbs_without(APART) {
        let (all, inner) = fields::of(&verb);
        let base = Box::pin(bases::of(&app, &verb)).await;
        let before = app.ledger().await;
        for path in std::iter::once(String::new()).chain(inner.into_iter().map(|one| format!("{}.", one.path))) {
            for unknown in ["status", "leadProposerId", "__proto__"] {
                is_bad(&base, &verb, &format!("{path}{unknown}"), json!("CLOSED")).await;
            }
        }
        for field in &all {
            // Boxed, or all these futures together are more than a test's stack holds.
            Box::pin(one_field(&base, &verb, field)).await;
        }
        before.assert_same(&app.ledger().await, &verb);
        let answer = call(&base.client, &verb, base.input).await;
        answer.payload(&verb);
        assert_eq!(reasons(&answer, &verb), [], "{verb} still does what it says");
    }
}

/// Everything that one field must refuse.
async fn one_field(base: &Base, verb: &str, field: &Field) {
    if field.required {
        is_bad(base, verb, &field.path, Value::Null).await;
        let answer = call(&base.client, verb, fields::without(&base.input, &field.path)).await;
        assert_eq!(answer.error_code(), "BAD_INPUT", "{verb} without {}", field.path);
    }
    match field.kind.as_str() {
        "ID" => ids(base, verb, field).await,
        "Int" => numbers(base, verb, field).await,
        "Date" => days(base, verb, field).await,
        "DateTime" => instants(base, verb, field).await,
        "String" => shapes(base, verb, field, &[json!(7), json!({}), json!(true)]).await,
        "Boolean" => shapes(base, verb, field, &[json!("true"), json!(1), json!({})]).await,
        _ => shapes(base, verb, field, &[json!("NO_SUCH_WORD"), json!(""), json!(1), json!({})]).await,
    }
}

/// Values of other types, which no field of this type takes.
async fn shapes(base: &Base, verb: &str, field: &Field, wrong: &[Value]) {
    for shape in wrong {
        is_bad(base, verb, &field.path, shape.clone()).await;
    }
}

/// An id of another type, no id at all, and an id of nothing.
async fn ids(base: &Base, verb: &str, field: &Field) {
    let other = if field.path == "sessionId" { "user" } else { "session" };
    let other = format!("{other}_00000000000000000000000000000001");
    for id in [json!(other), json!(""), json!("nonsense"), json!("'; DROP TABLE submission; --"), json!(17)] {
        if BATCHES.contains(&verb) {
            // Each entry of a batch answers for itself.
            let value = if field.list { json!([id]) } else { id.clone() };
            let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, value)).await;
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
    shapes(base, verb, field, &[json!({}), json!(true), json!([[]])]).await;
    let entry = if field.list { format!("{}.0", field.path) } else { field.path.clone() };
    let given = fields::get(&base.input, &entry).and_then(Value::as_str);
    // Notifications of others are passed over, whether they exist or not.
    if let Some(given) = given.filter(|_| verb != "markNotificationsRead") {
        let (kind, _) = given.rsplit_once('_').expect("an id has a type");
        let nothing = format!("{kind}_{}", "0".repeat(32));
        is_nothing(base, verb, field, if field.list { json!([nothing]) } else { json!(nothing) }).await;
    }
}

/// An id of nothing is not found, or refused at its field.
async fn is_nothing(base: &Base, verb: &str, field: &Field, value: Value) {
    let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, value)).await;
    if let Some((code, _)) = top(&answer) {
        assert_eq!(code, "NOT_FOUND", "{verb}.{}", field.path);
        return;
    }
    let found = reasons(&answer, verb);
    let told = found.first().is_some_and(|reason| {
        reason.code == "NOT_FOUND" || (reason.code == "INVALID_VALUE" && reason.field.starts_with(&field.path))
    });
    assert!(told, "{verb}.{}: {found:?}", field.path);
}

/// No whole number of 32 bits; and one at the end of the range, which no version and no index is.
async fn numbers(base: &Base, verb: &str, field: &Field) {
    let none = [json!(2_147_483_648_i64), json!(-2_147_483_649_i64), json!(1.5), json!("1"), json!(true), json!(1e300)];
    shapes(base, verb, field, &none).await;
    let code = if field.path.ends_with("version") { "CONFLICT" } else { "INVALID_VALUE" };
    for far in [json!(i32::MAX), json!(i32::MIN)] {
        is_told(base, verb, field, far, code).await;
    }
}

/// Spellings that are no day, and days of impossible years.
async fn days(base: &Base, verb: &str, field: &Field) {
    let texts = ["2026-02-30", "2026-13-01", "2026-00-10", "2026-2-1", "20260601", "2026-06-01T00:00:00Z", "明天", ""];
    let odd = ["+026-01-01", " 026-01-01", "-026-01-01", "2026- 1- 1", "2026-06-0١", "12026-01-01"];
    for text in texts.iter().chain(&odd) {
        is_bad(base, verb, &field.path, json!(text)).await;
    }
    shapes(base, verb, field, &[json!(20_260_601), json!({})]).await;
    for far in ["0000-01-01", "0001-01-01", "0206-06-10", "9999-12-31"] {
        is_told(base, verb, field, json!(far), "INVALID_VALUE").await;
    }
}

/// Spellings that are no instant, and instants of impossible years.
async fn instants(base: &Base, verb: &str, field: &Field) {
    for text in ["2026-02-30T08:00:00Z", "2026-02-10T25:00:00Z", "2026-02-10", "08:00", "", "2026-02-10T08:00:00"] {
        is_bad(base, verb, &field.path, json!(text)).await;
    }
    let past = ["0000-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "-262143-01-01T00:00:00Z"];
    for far in past.iter().chain(&["9999-12-31T23:59:59Z", "+262142-12-31T23:59:59Z"]) {
        is_told(base, verb, field, json!(far), "INVALID_VALUE").await;
    }
}

/// Sends the base with this value, and sees one refusal with this code at the field.
async fn is_told(base: &Base, verb: &str, field: &Field, value: Value, code: &str) {
    let answer = call(&base.client, verb, fields::set(verb, &base.input, &field.path, value.clone())).await;
    let found = reasons(&answer, verb);
    let told: Vec<(&str, &str)> = found.iter().map(|r| (r.code.as_str(), r.field.as_str())).collect();
    assert_eq!(told, [(code, field.path.as_str())], "{verb} {value}");
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
