//! The board kept live: again after each change in the region, at most one a second, and the last change never lost.

use crate::support::TestApp;
use crate::support::socket::{Heard, Socket};
use serde_json::{Value, json};

const FOLLOW: &str = "subscription($region: ID!) { supervisionBoardChanged(regionId: $region) { totals { open unsigned uncontacted } } }";

async fn region(app: &TestApp) -> Value {
    let own = app.sign_in("gov1").await.ask("{ viewer { position { organization { region { id } } } } }").await;
    json!({ "region": own.text("viewer.position.organization.region.id") })
}

async fn listening(app: &TestApp, wanted: usize) {
    while app.deps.bus.listeners() < wanted {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn many_changes_at_once_are_one_board_and_the_last_is_in_it() {
    let app = TestApp::new().await;
    let (first, second) =
        (app.assigned("rep01", &["mzj"], "SOLE").await, app.assigned("mem01", &["jtj"], "SOLE").await);
    let variables = region(&app).await;
    let mut socket = Socket::open(&app.sign_in("gov1").await).await;
    let id = socket.subscribe(FOLLOW, variables).await;
    listening(&app, 1).await;
    first.sign_for(0).await;
    let board = |open: i32, unsigned: i32, uncontacted: i32| json!({ "supervisionBoardChanged": { "totals": { "open": open, "unsigned": unsigned, "uncontacted": uncontacted } } });
    assert_eq!(socket.result(&id).await, board(2, 1, 2));
    first.start_handling(0).await;
    second.sign_for(0).await;
    second.start_handling(0).await;
    first.record_contact(0).await;
    second.record_contact(0).await;
    let mut boards = 0;
    loop {
        boards += 1;
        if socket.result(&id).await == board(2, 0, 0) {
            break;
        }
    }
    assert!(boards < 5, "five changes came as {boards} boards");
}

#[tokio::test]
async fn whoever_has_no_board_cannot_follow_it_and_rights_are_asked_again_each_time() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let variables = region(&app).await;
    let refused = |heard: Heard, code: &str| match heard {
        Heard::Said(message) => assert!(message.to_string().contains(code), "{message}"),
        other => panic!("{other:?}"),
    };
    for username in ["rep01", "mzj-handler"] {
        let mut socket = Socket::open(&app.sign_in(username).await).await;
        socket.subscribe(FOLLOW, variables.clone()).await;
        refused(socket.hear().await, "FORBIDDEN");
    }
    let mut socket = Socket::open(&app.sign_in("city-congress").await).await;
    socket.subscribe(FOLLOW, variables.clone()).await;
    refused(socket.hear().await, "NOT_FOUND");
    // Whoever signed out gets no further board.
    let auditor = app.sign_in("auditor").await;
    let mut socket = Socket::open(&auditor).await;
    let before = app.deps.bus.listeners();
    socket.subscribe(FOLLOW, variables).await;
    listening(&app, before + 1).await;
    auditor.ask("mutation { signOut { errors { code } } }").await;
    matter.sign_for(0).await;
    refused(socket.hear().await, "UNAUTHENTICATED");
}
