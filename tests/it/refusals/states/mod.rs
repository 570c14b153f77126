//! Each verb in each state that does not allow it: INVALID_TRANSITION that names state and verb, and nothing
//! stored. The snapshots say what was tried where; what the tables allow is not tried.

mod assignments;
mod replies;
mod requests;
mod submissions;

pub use submissions::a_submission_refuses_what_its_state_does_not_allow;

use super::{call, expected, reasons};
use crate::support::ledger::Ledger;
use crate::support::{Client, TestApp};
use domain::language::Language;
use domain::refusal::Fault;
use serde_json::{Value, json};
use std::fmt::Write;

/// What was tried where, and what came of it.
struct Grid<'a> {
    app: &'a TestApp,
    text: String,
    before: Option<Ledger>,
}

impl<'a> Grid<'a> {
    fn new(app: &'a TestApp) -> Self {
        Self { app, text: String::new(), before: None }
    }

    /// Begins the tries in one state.
    async fn begin(&mut self, state: &str) {
        let _ = writeln!(self.text, "{state}");
        self.before = Some(self.app.ledger().await);
    }

    /// Ends the tries in one state, and sees that none of them stored anything.
    async fn end(&mut self, state: &str) {
        let before = self.before.take().expect("the tries have begun");
        before.assert_same(&self.app.ledger().await, &format!("everything in {state}"));
    }

    /// Notes a verb that the table allows here.
    fn possible(&mut self, verb: &str) {
        let _ = writeln!(self.text, "  {verb}: possible");
    }

    /// Tries a verb that must be refused for this reason, or be no matter of the person's at all.
    async fn refused(&mut self, client: &Client, label: &str, input: Value, reason: impl Into<Fault>) {
        let verb = label.split(' ').next().unwrap_or(label);
        let reason = reason.into();
        let mut verdict = reason.refusal.code().code().to_owned();
        for (accept, language) in [("zh-CN", Language::Zh), ("en", Language::En)] {
            let answer = call(&client.clone().in_language(accept), verb, input.clone()).await;
            match hidden(&answer.body, verb) {
                Some(code) => verdict = code,
                None => assert_eq!(reasons(&answer, verb), [expected(&reason, language)], "{label} {input}"),
            }
        }
        let _ = writeln!(self.text, "  {label}: {verdict}");
    }
}

/// The code of an answer that does not even say that the thing exists, or what state it is in.
fn hidden(body: &Value, verb: &str) -> Option<String> {
    let top = &body["errors"][0]["extensions"]["code"];
    let entry = &body["data"][verb]["results"][0]["errors"][0]["code"];
    let code = top.as_str().or(entry.as_str())?;
    ["NOT_FOUND", "FORBIDDEN"].contains(&code).then(|| code.to_owned())
}

/// The state of an object, read by somebody who may.
async fn status(client: &Client, id: &str) -> String {
    // Fields of one name and different types cannot be asked for at once, so the id says which type it is.
    let kind = id.rsplit_once('_').map_or("", |(kind, _)| kind);
    let kind = match kind {
        "submission" => "Submission",
        "assignment" => "Assignment",
        "reply" => "Reply",
        "feedback" => "Feedback",
        "commitment" => "Commitment",
        other => panic!("{other} has no state"),
    };
    let query = format!("query($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ status }} }} }}");
    client.gql(&query, json!({ "id": id })).await.text("node.status").to_owned()
}
