//! Each refusal, provoked through the API by the person concerned: code, field, the catalogue's words in
//! both languages, and nothing stored.

mod accounts;
mod appraisal;
mod assigning;
mod cosigning;
mod desk;
mod drafting;
mod feedback;
mod files;
mod handling;
mod merging;
mod notices;
mod office_records;
pub mod promises;
mod proofs;
pub mod publishing;
mod replying;
mod returning;
mod reviewing;
mod rules;
mod signing_off;
mod states;
mod supervising;
mod withdrawing;

use crate::support::client::Refused;
use crate::support::{Answer, Client, Matter};
use domain::language::Language;
use domain::refusal::Fault;
use serde_json::{Value, json};

/// Sends it in both languages, and sees it refused for exactly this reason, with nothing stored.
pub async fn refused(client: &Client, verb: &str, input: Value, reason: impl Into<Fault>) {
    let reason = reason.into();
    let before = client.app().ledger().await;
    for (accept, language) in [("zh-CN", Language::Zh), ("en", Language::En)] {
        let answer = call(&client.clone().in_language(accept), verb, input.clone()).await;
        assert_eq!(reasons(&answer, verb), [expected(&reason, language)], "{verb} {input}");
    }
    before.assert_same(&client.app().ledger().await, verb);
}

/// The same for a verb on an object at the version that the person sees.
pub async fn refused_on(client: &Client, verb: &str, id: &str, more: Value, reason: impl Into<Fault>) {
    refused(client, verb, at_present(client, id, more).await, reason).await;
}

/// An input that names the object at the version that the person sees.
pub async fn at_present(client: &Client, id: &str, more: Value) -> Value {
    with(json!({ "id": id, "version": client.version(id).await }), more)
}

/// An input that names the assignment at the version that the person sees.
pub async fn on_part(client: &Client, matter: &Matter, part: usize, more: Value) -> Value {
    let id = &matter.parts[part].id;
    with(json!({ "assignmentId": id, "version": client.version(id).await }), more)
}

/// The first object with the members of the second.
pub fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        base[name] = value.clone();
    }
    base
}

/// Sends a mutation; of a batch the results of its entries come along.
pub async fn call(client: &Client, verb: &str, input: Value) -> Answer {
    let batch = crate::support::builders::BATCHES.contains(&verb);
    client.call(verb, input, if batch { "results { errors { code field message } }" } else { "" }).await
}

/// Why a mutation was refused, as a whole or in the entries of a batch.
pub fn reasons(answer: &Answer, verb: &str) -> Vec<Refused> {
    let mut found = answer.refusals(verb);
    for result in answer.data(verb)["results"].as_array().into_iter().flatten() {
        found.extend(result["errors"].as_array().into_iter().flatten().map(Refused::of));
    }
    found
}

/// What a client is told for a reason.
pub fn expected(reason: &Fault, language: Language) -> Refused {
    Refused {
        code: reason.refusal.code().code().to_owned(),
        field: reason.field.join("."),
        message: reason.refusal.message(language),
    }
}
