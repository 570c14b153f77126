//! What the stories need: a database of their own, the application around it, clients of each role and
//! short ways to bring a matter to a state.
//!
//! ```ignore
//! let app = TestApp::new().await;
//! let matter = app.issued("rep01").await;
//! app.at("2026-05-12T10:00:00+08:00");
//! let answer = app.sign_in("mzj-liaison").await.gql("query($id: ID!) { submission(id: $id) { status } }", json!({ "id": matter.id })).await;
//! assert_eq!(answer.text("submission.status"), "REPLIED");
//! ```
//!
//! Only [`wiring`] names the inside of the application; everything else goes through its API.

#![allow(dead_code, unused_imports, reason = "a toolbox: not every tool is in use at every time")]

pub mod app;
pub mod builders;
pub mod client;
pub mod counter;
pub mod daily;
pub mod database;
pub mod desk;
pub mod directory;
pub mod env;
pub mod figures;
pub mod ledger;
pub mod rules;
pub mod server;
pub mod socket;
pub mod verbs;
pub mod wiring;

pub use app::TestApp;
pub use builders::{Matter, draft_input};
pub use client::{Answer, Client};
pub use server::Served;
