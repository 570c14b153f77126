//! A client of the API: requests as a person, and answers that say what was wrong with them.

use super::app::{TestApp, Token};
use super::verbs;
use axum::body::Body;
use axum::extract::ConnectInfo;
use chrono::TimeDelta;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt;

/// The password of everybody in the sample directory.
pub const PASSWORD: &str = "Qinghe-2026-demo";

/// A person, in his only position or in the one with this role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Who {
    /// The name at sign-in.
    pub username: String,
    /// The role of the position, for people with several.
    pub role: Option<String>,
}

/// A client of one person, or of nobody; cheap to clone.
#[derive(Clone)]
pub struct Client {
    app: TestApp,
    who: Option<Who>,
    bearer: Option<String>,
    language: Option<String>,
    address: SocketAddr,
}

impl Client {
    pub(super) fn of(app: TestApp, who: Option<Who>) -> Self {
        let address = SocketAddr::from(([192, 0, 2, 1], 40_000));
        Self { app, who, bearer: None, language: None, address }
    }

    /// The same client, asking for texts in this language (`en`, `zh-CN, en;q=0.5`).
    pub fn in_language(mut self, accept: &str) -> Self {
        self.language = Some(accept.to_owned());
        self
    }

    /// The same client at another address.
    pub fn at_address(mut self, address: [u8; 4]) -> Self {
        self.address.set_ip(address.into());
        self
    }

    /// The same client with exactly this token, valid or not.
    pub fn with_token(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// The application it talks to.
    pub fn app(&self) -> &TestApp {
        &self.app
    }

    /// A token that is valid at the present instant; nothing for nobody.
    ///
    /// Signs in again when the clock was moved away from the last sign-in.
    pub async fn token(&self) -> Option<String> {
        if let Some(bearer) = &self.bearer {
            return Some(bearer.clone());
        }
        let who = self.who.as_ref()?;
        let now = self.app.now();
        let mut tokens = self.app.tokens.lock().await;
        if let Some(token) = tokens.get(who) {
            let age = now - token.since;
            if age >= TimeDelta::zero() && age < TimeDelta::minutes(10) {
                return Some(token.text.clone());
            }
        }
        let position = match &who.role {
            Some(role) => Some(self.app.directory().await.position(&who.username, role)),
            None => None,
        };
        let input = json!({ "username": who.username, "password": PASSWORD, "positionId": position });
        let query =
            "mutation($input: SignInInput!) { signIn(input: $input) { accessToken errors { code field message } } }";
        let body = json!({ "query": query, "variables": { "input": input } });
        let answer = Answer::of(self.app.clone(), self.request(&body, None)).await;
        let text =
            answer.payload("signIn")["accessToken"].as_str().unwrap_or_else(|| answer.fail("no token")).to_owned();
        tokens.insert(who.clone(), Token { text: text.clone(), since: now });
        Some(text)
    }

    /// Runs an operation.
    pub async fn gql(&self, query: &str, variables: Value) -> Answer {
        let token = self.token().await;
        let body = json!({ "query": query, "variables": variables });
        Answer::of(self.app.clone(), self.request(&body, token)).await
    }

    /// Runs a query without variables.
    pub async fn ask(&self, query: &str) -> Answer {
        self.gql(query, json!({})).await
    }

    /// Runs a mutation with this input; `selection` is what to take of the payload besides `errors`.
    pub async fn call(&self, verb: &str, input: Value, selection: &str) -> Answer {
        let kind = verbs::input_of(verb);
        let query = format!(
            "mutation($input: {kind}!) {{ {verb}(input: $input) {{ {selection} errors {{ code field message }} }} }}"
        );
        self.gql(&query, json!({ "input": input })).await
    }

    /// The present version of an object that this person may read.
    pub async fn version(&self, id: &str) -> i64 {
        let answer = self.gql(VERSION, json!({ "id": id })).await;
        answer.number("node.version")
    }

    fn request(&self, body: &Value, token: Option<String>) -> Request<Body> {
        let mut request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(language) = &self.language {
            request = request.header(header::ACCEPT_LANGUAGE, language);
        }
        let mut request = request.body(Body::from(body.to_string())).expect("a correct request");
        // As the server does for each connection.
        request.extensions_mut().insert(ConnectInfo(self.address));
        request
    }
}

const VERSION: &str = "query($id: ID!) { node(id: $id) {
    ... on Submission { version } ... on Assignment { version } ... on Reply { version } ... on Feedback { version }
    ... on Contact { version } ... on Commitment { version } ... on ReturnRequest { version }
    ... on ExtensionRequest { version } ... on OfficeRecord { version } ... on Appraisal { version }
    ... on DutyClause { version } ... on Consultation { version } ... on DeskShift { version }
} }";

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The HTTP headers.
    pub headers: HeaderMap,
    /// The JSON body; null when it was none.
    pub body: Value,
}

/// Why a payload refuses, beside which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// The path of the field, joined by dots; empty when it concerns the whole command.
    pub field: String,
    /// The text for the person.
    pub message: String,
}

impl Refused {
    /// Reads one entry of `errors`.
    pub fn of(error: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let steps: Vec<String> = error["field"].as_array().into_iter().flatten().map(text).collect();
        Self { code: text(&error["code"]), field: steps.join("."), message: text(&error["message"]) }
    }
}

impl Answer {
    async fn of(app: TestApp, request: Request<Body>) -> Self {
        let response = app.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// The value at a path into `data` (`submission.assignments.0.id`); there must be no errors.
    #[track_caller]
    pub fn data(&self, path: &str) -> &Value {
        if self.body.get("errors").is_some() || !self.status.is_success() {
            self.fail("unexpected errors");
        }
        self.part(path)
    }

    /// The value at a path into `data`, whatever errors there are.
    #[track_caller]
    pub fn part(&self, path: &str) -> &Value {
        let pointer =
            path.split('.').filter(|step| !step.is_empty()).fold(String::from("/data"), |all, step| all + "/" + step);
        self.body.pointer(&pointer).unwrap_or_else(|| self.fail(&format!("nothing at {path}")))
    }

    /// The text at a path.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        self.data(path).as_str().unwrap_or_else(|| self.fail(&format!("no text at {path}")))
    }

    /// The whole number at a path.
    #[track_caller]
    pub fn number(&self, path: &str) -> i64 {
        self.data(path).as_i64().unwrap_or_else(|| self.fail(&format!("no whole number at {path}")))
    }

    /// The list at a path.
    #[track_caller]
    pub fn list(&self, path: &str) -> &[Value] {
        self.data(path).as_array().unwrap_or_else(|| self.fail(&format!("no list at {path}")))
    }

    /// The payload of a mutation that did what was asked.
    #[track_caller]
    pub fn payload(&self, verb: &str) -> &Value {
        let payload = self.data(verb);
        if payload["errors"] != json!([]) {
            self.fail(&format!("{verb} was refused"));
        }
        payload
    }

    /// Every reason with which a mutation refuses.
    #[track_caller]
    pub fn refusals(&self, verb: &str) -> Vec<Refused> {
        let errors = self.data(verb)["errors"].as_array().unwrap_or_else(|| self.fail("no list of errors"));
        errors.iter().map(Refused::of).collect()
    }

    /// The one reason with which a mutation refuses: code, field and message.
    #[track_caller]
    pub fn refused(&self, verb: &str) -> (String, String, String) {
        match <[Refused; 1]>::try_from(self.refusals(verb)) {
            Ok([Refused { code, field, message }]) => (code, field, message),
            Err(_) => self.fail(&format!("{verb} should be refused for exactly one reason")),
        }
    }

    /// The code of the one error at top level.
    #[track_caller]
    pub fn error_code(&self) -> &str {
        match self.body["errors"].as_array().map(Vec::as_slice) {
            Some([error]) => {
                error["extensions"]["code"].as_str().unwrap_or_else(|| self.fail("an error without a code"))
            }
            _ => self.fail("exactly one error was expected"),
        }
    }

    /// Ends the test with everything that came back.
    #[track_caller]
    pub fn fail(&self, what: &str) -> ! {
        panic!("{what}: {} {:#}", self.status, self.body)
    }
}
